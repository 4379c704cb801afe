/*
 * libpq/hba.h
 *		pg_hba.conf: who may connect from where, by which method.
 *
 * The postmaster loads the file at start and at each reload; children inherit the rules by fork, and
 * the first rule that matches a connection decides.  Parsing is pure over the text.
 */
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <string>
#include <string_view>
#include <vector>

#include "postgres.h"
#include "common/rule_file.h"

namespace pg
{

struct HbaRule
{
	enum class Connection : uint8_t
	{
		Local,
		Host,	   /* any TCP connection */
		HostSsl,   /* encrypted ones: none yet */
		HostPlain, /* hostnossl and hostnogssenc: unencrypted ones */
	};
	enum class Address : uint8_t
	{
		Any,
		SameHost,
		SameNet,
		Range, /* address and mask */
		Name   /* host name or .suffix */
	};
	enum class Method : uint8_t
	{
		Trust,
		Reject,
		Unsupported /* a method of PostgreSQL that is not there yet */
	};

	Connection connection;
	RuleField databases, users;
	Address address_kind = Address::Any;
	sockaddr_storage address{}, mask{};
	std::string host_name;
	Method method;
	std::string method_name;
	std::vector<std::pair<std::string, std::string>> options;
	int line;
};

struct HbaProblem
{
	int line;
	std::string message;
};

/* Rules of the text, with reader for words of the form @file; problems (none: the file is good) one per bad line.  Never raises. */
std::vector<HbaRule> ParseHba(std::string_view text, const ListReader &reader,
							  std::vector<HbaProblem> *problems);

/*
 * Postmaster: reads the file; when it is bad each bad line is logged with file and line and the rules
 * in force stay.  False when bad.
 */
bool LoadHba(const char *path);

/* A connection to be judged. */
struct HbaClient
{
	const sockaddr_storage *address; /* family AF_UNIX for a local socket */
	std::string_view user, database;
	bool replication = false;
};

/* First rule that matches, or null (then nobody may connect). */
const HbaRule *FindHbaRule(const std::vector<HbaRule> &rules, const HbaClient &client);

/* Judges a connection by the loaded rules: returns, or raises FATAL 28000 (or 0A000 for a method that is not there yet). */
void CheckClientAllowed(const HbaClient &client);

} /* namespace pg */
