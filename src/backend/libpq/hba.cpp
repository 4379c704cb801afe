/*
 * libpq/hba.cpp
 *		Loads pg_hba.conf and judges connections by it.
 *
 * LoadHba runs in the postmaster, CheckClientAllowed in client backends.
 */
#include "libpq/hba.h"

#include <ifaddrs.h>
#include <netdb.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "utils/error/report.h"

namespace pg
{
namespace
{

std::vector<HbaRule> loaded_rules;

bool
word_matches(const RuleField &words, std::string_view name)
{
	for (const RuleWord &word : words)
		if ((!word.quoted && word.text == "all") || word.text == name)
			return true;
	return false;
}

bool
database_matches(const HbaRule &rule, const HbaClient &client)
{
	for (const RuleWord &word : rule.databases)
	{
		const bool keyword = !word.quoted;

		/* "all" does not cover replication connections. */
		if (client.replication)
		{
			if (keyword && word.text == "replication")
				return true;
			continue;
		}
		if (keyword && word.text == "all")
			return true;
		if (keyword && (word.text == "sameuser" || word.text == "samerole"))
		{
			if (client.database == client.user)
				return true;
			continue;
		}
		if (word.text == client.database && !(keyword && word.text == "replication"))
			return true;
	}
	return false;
}

/* "+role" names the members of a role; the only role that has members is the role itself. */
bool
user_matches(const HbaRule &rule, const HbaClient &client)
{
	for (const RuleWord &word : rule.users)
		if (!word.quoted && word.text.starts_with('+') && word.text.substr(1) == client.user)
			return true;
	return word_matches(rule.users, client.user);
}

const uint8_t *
address_bytes(const sockaddr_storage &address, size_t *size)
{
	if (address.ss_family == AF_INET)
	{
		*size = 4;
		return reinterpret_cast<const uint8_t *>(
			&reinterpret_cast<const sockaddr_in *>(&address)->sin_addr);
	}
	*size = 16;
	return reinterpret_cast<const sockaddr_in6 *>(&address)->sin6_addr.s6_addr;
}

bool
in_range(const sockaddr_storage &client, const sockaddr_storage &address,
		 const sockaddr_storage &mask)
{
	size_t size;

	if (client.ss_family != address.ss_family)
		return false;

	const uint8_t *a = address_bytes(client, &size);
	const uint8_t *b = address_bytes(address, &size);
	const uint8_t *m = address_bytes(mask, &size);

	for (size_t i = 0; i < size; i++)
		if ((a[i] ^ b[i]) & m[i])
			return false;
	return true;
}

sockaddr_storage
to_storage(const sockaddr *address)
{
	sockaddr_storage out{};

	memcpy(&out, address,
		   address->sa_family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6));
	return out;
}

/* One of the server's own addresses (samehost), or in a network of one (samenet). */
bool
on_own_interface(const sockaddr_storage &client, bool whole_network)
{
	ifaddrs *list = nullptr;
	bool found = false;

	if (getifaddrs(&list) != 0)
		return false;
	for (ifaddrs *it = list; it != nullptr && !found; it = it->ifa_next)
	{
		if (it->ifa_addr == nullptr || it->ifa_addr->sa_family != client.ss_family ||
			(client.ss_family != AF_INET && client.ss_family != AF_INET6))
			continue;

		const sockaddr_storage own = to_storage(it->ifa_addr);
		sockaddr_storage mask{};

		if (whole_network && it->ifa_netmask != nullptr)
			mask = to_storage(it->ifa_netmask);
		else
		{
			memset(&mask, 0xff, sizeof(mask));
			mask.ss_family = client.ss_family;
		}
		found = in_range(client, own, mask);
	}
	freeifaddrs(list);
	return found;
}

/* The client's name, by reverse and then forward lookup, matches a host name or ".suffix". */
bool
name_matches(const sockaddr_storage &client, const std::string &pattern)
{
	char name[NI_MAXHOST];
	addrinfo *list = nullptr;
	bool found = false;

	if (getnameinfo(reinterpret_cast<const sockaddr *>(&client), sizeof(client), name, sizeof(name),
					nullptr, 0, NI_NAMEREQD) != 0)
		return false;

	const std::string_view view = name;

	if (pattern.starts_with('.') ? !view.ends_with(pattern)
								 : strcasecmp(name, pattern.c_str()) != 0)
		return false;
	if (getaddrinfo(name, nullptr, nullptr, &list) != 0)
		return false;
	for (addrinfo *it = list; it != nullptr && !found; it = it->ai_next)
	{
		sockaddr_storage mask;

		if (it->ai_family != client.ss_family)
			continue;
		memset(&mask, 0xff, sizeof(mask));
		mask.ss_family = client.ss_family;
		found = in_range(client, to_storage(it->ai_addr), mask);
	}
	freeaddrinfo(list);
	return found;
}

bool
address_matches(const HbaRule &rule, const sockaddr_storage &client)
{
	if (rule.connection == HbaRule::Connection::Local)
		return client.ss_family == AF_UNIX;
	if (client.ss_family == AF_UNIX || rule.connection == HbaRule::Connection::HostSsl)
		return false;
	switch (rule.address_kind)
	{
		case HbaRule::Address::Any: return true;
		case HbaRule::Address::SameHost: return on_own_interface(client, false);
		case HbaRule::Address::SameNet: return on_own_interface(client, true);
		case HbaRule::Address::Range: return in_range(client, rule.address, rule.mask);
		case HbaRule::Address::Name: return name_matches(client, rule.host_name);
	}
	return false;
}

std::string
client_name(const HbaClient &client)
{
	char host[NI_MAXHOST];

	if (client.address->ss_family == AF_UNIX)
		return "[local]";
	if (getnameinfo(reinterpret_cast<const sockaddr *>(client.address), sizeof(*client.address),
					host, sizeof(host), nullptr, 0, NI_NUMERICHOST) != 0)
		return "???";
	return host;
}

bool
read_file(const std::filesystem::path &path, std::string *text)
{
	std::ifstream file(path);
	std::stringstream buffer;

	if (!file)
		return false;
	buffer << file.rdbuf();
	*text = buffer.str();
	return true;
}

/* The file of a word @NAME; a relative one lies beside pg_hba.conf. */
bool
read_list(const std::filesystem::path &folder, const std::string &name, std::string *text,
		  std::string *error)
{
	const std::filesystem::path path = folder / name;

	if (read_file(path, text))
		return true;
	*error = "could not open secondary authentication file \"@" + name + "\" as \"" +
			 path.string() + "\": " + strerror(errno);
	return false;
}

} /* namespace */

bool
LoadHba(const char *path)
{
	std::string text;

	if (!read_file(path, &text))
	{
		Report(LOG, ERRCODE_CONFIG_FILE_ERROR)
			.msg("could not open configuration file \"%s\": %m", path)
			.emit();
		return false;
	}

	const std::filesystem::path folder = std::filesystem::path(path).parent_path();
	std::vector<HbaProblem> problems;
	std::vector<HbaRule> rules = ParseHba(
		text,
		[&](const std::string &name, std::string *list, std::string *error)
		{ return read_list(folder, name, list, error); },
		&problems);

	for (const HbaProblem &problem : problems)
		Report(LOG, ERRCODE_CONFIG_FILE_ERROR)
			.msg("%s", problem.message.c_str())
			.context("line %d of configuration file \"%s\"", problem.line, path)
			.emit();
	if (!problems.empty())
		return false;
	if (rules.empty())
	{
		Report(LOG, ERRCODE_CONFIG_FILE_ERROR)
			.msg("configuration file \"%s\" contains no entries", path)
			.emit();
		return false;
	}
	loaded_rules = std::move(rules);
	return true;
}

const HbaRule *
FindHbaRule(const std::vector<HbaRule> &rules, const HbaClient &client)
{
	for (const HbaRule &rule : rules)
		if (address_matches(rule, *client.address) && database_matches(rule, client) &&
			user_matches(rule, client))
			return &rule;
	return nullptr;
}

void
CheckClientAllowed(const HbaClient &client)
{
	const HbaRule *rule = FindHbaRule(loaded_rules, client);
	const std::string host = client_name(client);
	const std::string user(client.user), database(client.database);

	if (rule == nullptr)
		Raise(Report(FATAL, ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION)
				  .msg("no pg_hba.conf entry for host \"%s\", user \"%s\", database \"%s\", %s",
					   host.c_str(), user.c_str(), database.c_str(), "no encryption"));
	switch (rule->method)
	{
		case HbaRule::Method::Trust: return;
		case HbaRule::Method::Reject:
			Raise(Report(FATAL, ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION)
					  .msg("pg_hba.conf rejects connection for host \"%s\", user \"%s\", "
						   "database \"%s\", %s",
						   host.c_str(), user.c_str(), database.c_str(), "no encryption"));
		case HbaRule::Method::Unsupported:
			Raise(
				Report(FATAL, ERRCODE_FEATURE_NOT_SUPPORTED)
					.msg("authentication method \"%s\" is not supported", rule->method_name.c_str())
					.detail("pg_hba.conf line %d asks for it for this connection.", rule->line)
					.hint("Supported methods are \"trust\" and \"reject\"."));
	}
}

} /* namespace pg */
