/*
 * utils/adt/inet.h
 *		Network addresses: text, which is how they lie in the engine, and bytes.
 *
 * Any process.
 */
#pragma once

#include <string>
#include <string_view>

namespace pg
{

struct InetAddress
{
	bool v6 = false;
	int bits = 0; /* of the netmask */
	unsigned char bytes[16] = {};
};

/* Text that an input function has made. */
InetAddress ReadInet(std::string_view text);
/* A cidr shows its netmask always, an inet where it is not full. */
std::string FormatInet(const InetAddress &address, bool with_mask);

} /* namespace pg */
