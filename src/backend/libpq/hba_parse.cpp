/*
 * libpq/hba_parse.cpp
 *		Reads the text of pg_hba.conf into rules.
 *
 * Pure: no file, no log, no memory shared.  Any process.
 */
#include <arpa/inet.h>

#include <charconv>
#include <cstring>

#include "libpq/hba.h"

namespace pg
{
namespace
{

using Fields = std::vector<RuleField>;

/* What is wrong with a line; thrown and caught inside this file only. */
struct LineError
{
	std::string message;
};

HbaRule::Connection
connection_type(const RuleWord &token)
{
	const std::string &word = token.text;

	if (word == "local")
		return HbaRule::Connection::Local;
	if (word == "host")
		return HbaRule::Connection::Host;
	if (word == "hostssl" || word == "hostgssenc")
		return HbaRule::Connection::HostSsl;
	if (word == "hostnossl" || word == "hostnogssenc")
		return HbaRule::Connection::HostPlain;
	throw LineError{"invalid connection type \"" + word + "\""};
}

bool
parse_ip(const std::string &text, sockaddr_storage &out)
{
	auto *v4 = reinterpret_cast<sockaddr_in *>(&out);
	auto *v6 = reinterpret_cast<sockaddr_in6 *>(&out);

	out = {};
	if (inet_pton(AF_INET, text.c_str(), &v4->sin_addr) == 1)
	{
		out.ss_family = AF_INET;
		return true;
	}
	if (inet_pton(AF_INET6, text.c_str(), &v6->sin6_addr) == 1)
	{
		out.ss_family = AF_INET6;
		return true;
	}
	return false;
}

void
set_bits(uint8_t *bytes, size_t count, int bits)
{
	for (size_t i = 0; i < count; i++, bits -= 8)
		bytes[i] = bits >= 8 ? 0xff : bits <= 0 ? 0 : static_cast<uint8_t>(0xff << (8 - bits));
}

void
mask_from_length(const std::string &whole, int family, sockaddr_storage &mask)
{
	const std::string text = whole.substr(whole.find('/') + 1);
	const int limit = family == AF_INET ? 32 : 128;
	int bits = -1;
	auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);

	if (error != std::errc() || end != text.data() + text.size() || bits < 0 || bits > limit)
		throw LineError{"invalid CIDR mask in address \"" + whole + "\""};
	mask = {};
	mask.ss_family = static_cast<sa_family_t>(family);
	if (family == AF_INET)
		set_bits(reinterpret_cast<uint8_t *>(&reinterpret_cast<sockaddr_in *>(&mask)->sin_addr), 4,
				 bits);
	else
		set_bits(reinterpret_cast<sockaddr_in6 *>(&mask)->sin6_addr.s6_addr, 16, bits);
}

/* The address field, and the mask field behind it where the address has none. Returns fields used. */
size_t
parse_address(const Fields &fields, size_t at, HbaRule &rule)
{
	if (at >= fields.size())
		throw LineError{"end-of-line before IP address specification"};
	if (fields[at].size() != 1)
		throw LineError{"multiple values specified for host address"};

	const RuleWord &token = fields[at][0];

	if (!token.quoted && token.text == "all")
		rule.address_kind = HbaRule::Address::Any;
	else if (!token.quoted && token.text == "samehost")
		rule.address_kind = HbaRule::Address::SameHost;
	else if (!token.quoted && token.text == "samenet")
		rule.address_kind = HbaRule::Address::SameNet;
	else
	{
		const size_t slash = token.text.find('/');

		if (!parse_ip(token.text.substr(0, slash), rule.address))
		{
			if (slash != std::string::npos)
				throw LineError{"invalid IP address \"" + token.text +
								"\": Name or service not known"};
			rule.address_kind = HbaRule::Address::Name;
			rule.host_name = token.text;
			return 1;
		}
		rule.address_kind = HbaRule::Address::Range;
		if (slash != std::string::npos)
		{
			mask_from_length(token.text, rule.address.ss_family, rule.mask);
			return 1;
		}
		if (at + 1 >= fields.size())
			throw LineError{"end-of-line before netmask specification"};
		if (!parse_ip(fields[at + 1][0].text, rule.mask))
			throw LineError{"invalid IP mask \"" + fields[at + 1][0].text +
							"\": Name or service not known"};
		if (rule.mask.ss_family != rule.address.ss_family)
			throw LineError{"IP address and mask do not match"};
		return 2;
	}
	return 1;
}

void
parse_method(const std::string &word, HbaRule &rule)
{
	static constexpr const char *kNotYet[] = {"ident",		   "peer", "password", "md5",
											  "scram-sha-256", "gss",  "sspi",	   "pam",
											  "bsd",		   "ldap", "cert",	   "radius"};

	rule.method_name = word;
	if (word == "trust")
		rule.method = HbaRule::Method::Trust;
	else if (word == "reject")
		rule.method = HbaRule::Method::Reject;
	else
	{
		for (const char *name : kNotYet)
			if (word == name)
			{
				rule.method = HbaRule::Method::Unsupported;
				return;
			}
		throw LineError{"invalid authentication method \"" + word + "\""};
	}
}

HbaRule
parse_rule(const Fields &fields, int line)
{
	HbaRule rule;
	size_t at = 0;

	rule.line = line;
	if (fields[0].size() != 1)
		throw LineError{"multiple values specified for connection type"};
	rule.connection = connection_type(fields[at++][0]);
	if (at >= fields.size())
		throw LineError{"end-of-line before database specification"};
	rule.databases = fields[at++];
	if (at >= fields.size())
		throw LineError{"end-of-line before role specification"};
	rule.users = fields[at++];
	if (rule.connection != HbaRule::Connection::Local)
		at += parse_address(fields, at, rule);
	if (at >= fields.size())
		throw LineError{"end-of-line before authentication method"};
	if (fields[at].size() != 1)
		throw LineError{"multiple values specified for authentication type"};
	parse_method(fields[at++][0].text, rule);
	for (; at < fields.size(); at++)
	{
		for (const RuleWord &option : fields[at])
		{
			const size_t equals = option.text.find('=');

			if (equals == std::string::npos)
				throw LineError{"authentication option not in name=value format: " + option.text};
			rule.options.emplace_back(option.text.substr(0, equals),
									  option.text.substr(equals + 1));
		}
	}
	return rule;
}

} /* namespace */

std::vector<HbaRule>
ParseHba(std::string_view text, const ListReader &reader, std::vector<HbaProblem> *problems)
{
	std::vector<HbaRule> rules;
	std::vector<RuleLine> lines = LexRules(text);

	ExpandLists(lines, reader);
	for (const RuleLine &line : lines)
	{
		try
		{
			if (!line.error.empty())
				throw LineError{line.error};
			rules.push_back(parse_rule(line.fields, line.line));
		}
		catch (const LineError &error)
		{
			problems->push_back({line.line, error.message});
		}
	}
	return rules;
}

} /* namespace pg */
