/*
 * postmaster/listen.h
 *		The listening sockets: TCP as listen_addresses says, unix sockets, and accepting from them.
 *
 * Postmaster only; children close the sockets first of all.
 */
#pragma once

#include <span>
#include <string>
#include <vector>

namespace pg
{

class Listeners
{
public:
	/* Opens all that the settings name; what cannot be opened is a WARNING, FATAL when nothing is left. */
	void open_all();

	/* All of them, for the wait set; non-blocking. */
	std::span<const int> sockets() const { return sockets_; }

	/* One waiting connection of that listening socket, or -1 when there is none (left). */
	static int accept_from(int listening);

	void close_all() noexcept;

private:
	int open_tcp(const char *host);
	bool open_unix(const std::string &directory);
	void open_tcp_addresses();
	void open_unix_directories();

	std::vector<int> sockets_;
};

/* "a, b" as a list, blanks and double quotes handled as in a setting; false at bad syntax. Pure. */
bool SplitNameList(const char *text, std::vector<std::string> *names);

} /* namespace pg */
