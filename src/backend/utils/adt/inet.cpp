/*
 * utils/adt/inet.cpp
 *		Types inet and cidr: kept in the engine as PostgreSQL prints them.
 *
 * Any process.
 */
#include "utils/adt/inet.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "utils/adt/adt_internals.h"
#include "utils/adt/type_io.h"

namespace pg
{

static int
full_bits(const InetAddress &address)
{
	return address.v6 ? 128 : 32;
}

/* "10.1" of a cidr is 10.1.0.0; how many parts were written goes to *parts. */
static bool
read_v4(std::string text, bool may_be_short, InetAddress *address, int *parts)
{
	*parts = static_cast<int>(std::ranges::count(text, '.')) + 1;
	if (may_be_short && !text.empty() && text.back() != '.')
		for (int i = *parts; i < 4; i++)
			text += ".0";
	return inet_pton(AF_INET, text.c_str(), address->bytes) == 1;
}

/* The netmask of a cidr without one: by the classes of old, but no less than what was written. */
static int
class_bits(const InetAddress &address, int parts)
{
	const int first = address.bytes[0];
	const int bits = first >= 240	? 32
					 : first >= 224 ? 8
					 : first >= 192 ? 24
					 : first >= 128 ? 16
									: 8;

	return std::max(bits, parts * 8);
}

static bool
parse_address(std::string_view text, bool is_cidr, InetAddress *address)
{
	const size_t slash = text.find('/');
	const std::string host(text.substr(0, slash));
	int parts = 4;

	address->v6 = host.find(':') != std::string::npos;
	if (address->v6 ? inet_pton(AF_INET6, host.c_str(), address->bytes) != 1
					: !read_v4(host, is_cidr, address, &parts))
		return false;
	address->bits =
		is_cidr && !address->v6 && parts < 4 ? class_bits(*address, parts) : full_bits(*address);
	if (slash == std::string_view::npos)
		return true;

	const std::string_view mask = text.substr(slash + 1);
	const auto [end, error] =
		std::from_chars(mask.data(), mask.data() + mask.size(), address->bits);

	return error == std::errc() && end == mask.data() + mask.size() && address->bits >= 0 &&
		   address->bits <= full_bits(*address);
}

InetAddress
ReadInet(std::string_view text)
{
	InetAddress address;

	parse_address(text, false, &address);
	return address;
}

std::string
FormatInet(const InetAddress &address, bool with_mask)
{
	char shown[INET6_ADDRSTRLEN];

	inet_ntop(address.v6 ? AF_INET6 : AF_INET, address.bytes, shown, sizeof(shown));
	if (!with_mask && address.bits == full_bits(address))
		return shown;
	return std::string(shown) + "/" + std::to_string(address.bits);
}

Value
InetIn(std::string_view text, int32, std::string *scratch)
{
	InetAddress address;

	if (!parse_address(text, false, &address))
		RaiseBadInput("inet", text);
	*scratch = FormatInet(address, false);
	return Value::Text(*scratch);
}

static bool
bit_is_set(const InetAddress &address, int bit)
{
	return (address.bytes[bit / 8] & (0x80 >> bit % 8)) != 0;
}

Value
CidrIn(std::string_view text, int32, std::string *scratch)
{
	InetAddress address;

	if (!parse_address(text, true, &address))
		RaiseBadInput("cidr", text);
	for (int bit = address.bits; bit < full_bits(address); bit++)
		if (bit_is_set(address, bit))
			Raise(Report(ERROR, ERRCODE_INVALID_TEXT_REPRESENTATION)
					  .msg("invalid cidr value: \"%s\"", std::string(text).c_str())
					  .detail("Value has bits set to right of mask."));
	*scratch = FormatInet(address, true);
	return Value::Text(*scratch);
}

} /* namespace pg */
