/*
 * libpq/wire.cpp
 *		Protocol 3 framing over one client socket.
 *
 * Runs in client backends.  Never trusts a length: each is checked before memory is asked for.
 */
#include "libpq/wire.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "miscadmin.h"
#include "storage/ipc/interrupts.h"
#include "storage/latch.h"
#include "utils/error/report.h"
#include "utils/wait_event.h"

namespace pg
{

void (*serve_while_waiting)() = nullptr;

namespace
{

constexpr size_t kMaxStartupPacket = 10000;
constexpr size_t kSmallMessage = 10000;
constexpr size_t kLargeMessage = 0x3fffffff;
constexpr size_t kReadChunk = 8192;
constexpr size_t kFlushAt = 8192;
constexpr size_t kKeepBuffer = 64 * 1024; /* larger buffers are given back when empty */

constexpr int32_t kSslRequest = (1234 << 16) | 5679;
constexpr int32_t kCancelRequest = (1234 << 16) | 5678;
constexpr int32_t kGssRequest = (1234 << 16) | 5680;

[[noreturn]] void
protocol_fatal(const char *text)
{
	Raise(Report(FATAL, ERRCODE_PROTOCOL_VIOLATION).msg("%s", text));
}

int32_t
read_int32(const char *at)
{
	uint32_t v;

	memcpy(&v, at, sizeof(v));
	return static_cast<int32_t>(ntohl(v));
}

/* Queries and data may be long; every other message has no reason to be. */
size_t
message_limit(char type)
{
	switch (type)
	{
		case 'Q':
		case 'P':
		case 'B':
		case 'F':
		case 'd': return kLargeMessage;
		default: return kSmallMessage;
	}
}

bool
is_message_type(char type)
{
	return type != '\0' && strchr("QPBEDCHSXFdcfp", type) != nullptr;
}

bool
parse_boolean_word(std::string_view word)
{
	return word == "true" || word == "on" || word == "yes" || word == "1";
}

void
take_parameter(StartupPacket &packet, std::string_view name, std::string_view value)
{
	if (name == "user")
		packet.user = value;
	else if (name == "database")
		packet.database = value;
	else if (name == "options")
		packet.options = value;
	else if (name == "replication")
		packet.replication = value == "database" || parse_boolean_word(value);
	else if (name.starts_with("_pq_."))
		packet.protocol_options.emplace_back(name);
	else
		packet.settings.emplace_back(name, value);
}

} /* namespace */

StartupPacket
ParseStartupPacket(std::string_view body)
{
	if (body.size() < 4)
		protocol_fatal("invalid length of startup packet");

	StartupPacket packet;
	const int32_t code = read_int32(body.data());
	std::string_view rest = body.substr(4);

	if (code == kCancelRequest)
	{
		if (rest.size() != 8)
			protocol_fatal("invalid length of startup packet");
		packet.kind = StartupPacket::Kind::Cancel;
		packet.cancel_pid = read_int32(rest.data());
		packet.cancel_key = read_int32(rest.data() + 4);
		return packet;
	}
	if (code == kSslRequest || code == kGssRequest)
	{
		packet.kind =
			code == kSslRequest ? StartupPacket::Kind::SslRequest : StartupPacket::Kind::GssRequest;
		return packet;
	}

	packet.protocol_major = static_cast<uint32_t>(code) >> 16;
	packet.protocol_minor = code & 0xffff;
	if (packet.protocol_major != 3)
		Raise(Report(FATAL, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("unsupported frontend protocol %d.%d: server supports 3.0 to 3.0",
					   packet.protocol_major, packet.protocol_minor));

	while (true)
	{
		const size_t name_end = rest.find('\0');

		if (name_end == std::string_view::npos)
			break;
		if (name_end == 0)
		{
			if (rest.size() != 1)
				break;
			if (packet.user.empty())
				Raise(Report(FATAL, ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION)
						  .msg("no PostgreSQL user name specified in startup packet"));
			if (packet.database.empty())
				packet.database = packet.user;
			return packet;
		}

		const size_t value_end = rest.find('\0', name_end + 1);

		if (value_end == std::string_view::npos)
			break;
		take_parameter(packet, rest.substr(0, name_end),
					   rest.substr(name_end + 1, value_end - name_end - 1));
		rest.remove_prefix(value_end + 1);
	}
	Raise(Report(FATAL, ERRCODE_PROTOCOL_VIOLATION)
			  .msg("invalid startup packet layout: expected terminator as last byte"));
}

std::string_view
MessageReader::take(size_t n)
{
	if (rest_.size() < n)
		Raise(Report(ERROR, ERRCODE_PROTOCOL_VIOLATION).msg("insufficient data left in message"));

	std::string_view result = rest_.substr(0, n);

	rest_.remove_prefix(n);
	return result;
}

uint8_t
MessageReader::byte()
{
	return static_cast<uint8_t>(take(1)[0]);
}

int16_t
MessageReader::int16()
{
	uint16_t v;

	memcpy(&v, take(2).data(), sizeof(v));
	return static_cast<int16_t>(ntohs(v));
}

int32_t
MessageReader::int32()
{
	return read_int32(take(4).data());
}

std::string_view
MessageReader::string()
{
	const size_t end = rest_.find('\0');

	if (end == std::string_view::npos)
		Raise(Report(ERROR, ERRCODE_PROTOCOL_VIOLATION).msg("invalid string in message"));

	std::string_view result = rest_.substr(0, end);

	rest_.remove_prefix(end + 1);
	return result;
}

std::string_view
MessageReader::bytes(size_t n)
{
	return take(n);
}

void
MessageReader::done() const
{
	if (!rest_.empty())
		Raise(Report(ERROR, ERRCODE_PROTOCOL_VIOLATION).msg("invalid message format"));
}

Wire::Wire(int fd) : fd_(fd) {}

Wire::~Wire()
{
	close(fd_);
}

/*
 * Sleeps until the socket has input.  Between messages interrupts are served (and a cancel that
 * comes too late is forgotten, as the session has nothing to cancel); inside one, only the end of
 * the process is.
 */
void
Wire::wait_readable(bool between_messages)
{
	const int events =
		WaitLatchOrSocket(MyLatch, WL_LATCH_SET | WL_SOCKET_READABLE | WL_EXIT_ON_PM_DEATH, fd_, -1,
						  WAIT_EVENT_CLIENT_READ);

	if (events & WL_LATCH_SET)
	{
		ResetLatch(MyLatch);
		if (between_messages)
			QueryCancelPending = false;
		if (between_messages || ProcDiePending)
			CheckForInterrupts();
		if (between_messages && serve_while_waiting != nullptr)
			serve_while_waiting();
	}
}

/* One recv(); false at the end of the stream. */
bool
Wire::receive_some()
{
	if (in_start_ > 0)
	{
		in_.erase(0, in_start_);
		in_start_ = 0;
	}

	const size_t have = in_.size();

	in_.resize(have + kReadChunk);

	const ssize_t got = recv(fd_, in_.data() + have, kReadChunk, MSG_DONTWAIT);

	in_.resize(have + (got > 0 ? static_cast<size_t>(got) : 0));
	if (got > 0)
		return true;
	if (got == 0)
		return false;
	return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

/* Makes at least `need` unread bytes available; false when the stream ends before. */
bool
Wire::fill(size_t need, bool between_messages)
{
	while (in_.size() - in_start_ < need)
	{
		if (lost_)
			return false;

		const size_t before = in_.size() - in_start_;

		wait_readable(between_messages && before == 0);
		if (!receive_some())
			return false;
	}
	return true;
}

bool
Wire::has_input() const
{
	return in_.size() > in_start_;
}

std::optional<StartupPacket>
Wire::receive_startup()
{
	if (!fill(4, false))
		return std::nullopt;

	const int32_t length = read_int32(in_.data() + in_start_);

	if (length < 8 || static_cast<size_t>(length) > kMaxStartupPacket)
		protocol_fatal("invalid length of startup packet");
	if (!fill(static_cast<size_t>(length), false))
		protocol_fatal("incomplete startup packet");

	StartupPacket packet =
		ParseStartupPacket(std::string_view(in_).substr(in_start_ + 4, length - 4));

	in_start_ += length;
	/* Bytes sent before our answer would be read as if they were encrypted: refuse them. */
	if (has_input() && (packet.kind == StartupPacket::Kind::SslRequest ||
						packet.kind == StartupPacket::Kind::GssRequest))
		Raise(Report(FATAL, ERRCODE_PROTOCOL_VIOLATION)
				  .msg("received unencrypted data after SSL request"));
	return packet;
}

void
Wire::answer_no()
{
	out_.push_back('N');
	flush();
}

std::optional<WireMessage>
Wire::receive()
{
	if (in_start_ == in_.size() && in_.capacity() > kKeepBuffer)
	{
		in_ = std::string();
		in_start_ = 0;
	}
	if (!fill(1, true))
		return std::nullopt;

	const char type = in_[in_start_];

	if (!is_message_type(type))
		Raise(Report(FATAL, ERRCODE_PROTOCOL_VIOLATION)
				  .msg("invalid frontend message type %d", static_cast<unsigned char>(type)));
	if (!fill(5, false))
		return std::nullopt;

	const int32_t length = read_int32(in_.data() + in_start_ + 1);

	if (length < 4 || static_cast<size_t>(length) > message_limit(type))
		protocol_fatal("invalid message length");
	if (!fill(1 + static_cast<size_t>(length), false))
		return std::nullopt;

	WireMessage message{type, std::string_view(in_).substr(in_start_ + 5, length - 4)};

	in_start_ += 1 + static_cast<size_t>(length);
	return message;
}

void
Wire::begin(char type)
{
	if (out_.size() > kFlushAt)
		flush();
	out_.push_back(type);
	message_start_ = out_.size();
	out_.append(4, '\0');
}

void
Wire::put_byte(uint8_t v)
{
	out_.push_back(static_cast<char>(v));
}

void
Wire::put_int16(int16_t v)
{
	const uint16_t wire = htons(static_cast<uint16_t>(v));

	out_.append(reinterpret_cast<const char *>(&wire), sizeof(wire));
}

void
Wire::put_int32(int32_t v)
{
	const uint32_t wire = htonl(static_cast<uint32_t>(v));

	out_.append(reinterpret_cast<const char *>(&wire), sizeof(wire));
}

void
Wire::put_string(std::string_view v)
{
	out_.append(v);
	out_.push_back('\0');
}

void
Wire::put_bytes(std::string_view v)
{
	out_.append(v);
}

void
Wire::end()
{
	const uint32_t length = htonl(static_cast<uint32_t>(out_.size() - message_start_));

	memcpy(out_.data() + message_start_, &length, sizeof(length));
	message_start_ = std::string::npos;
}

std::string *
Wire::open_value()
{
	value_start_ = out_.size();
	out_.append(4, '\0');
	return &out_;
}

void
Wire::close_value()
{
	const uint32_t length = htonl(static_cast<uint32_t>(out_.size() - value_start_ - 4));

	memcpy(out_.data() + value_start_, &length, sizeof(length));
}

void
Wire::discard_partial() noexcept
{
	if (message_start_ != std::string::npos)
		out_.resize(message_start_ - 1);
	message_start_ = std::string::npos;
}

/*
 * A client that stops reading must not hold the server up for ever: the wait sees the end of the
 * process (SIGTERM, the postmaster's death) and then the rest is dropped.
 */
void
Wire::flush() noexcept
{
	size_t sent = 0;

	while (sent < out_.size() && !lost_)
	{
		const ssize_t n =
			send(fd_, out_.data() + sent, out_.size() - sent, MSG_DONTWAIT | MSG_NOSIGNAL);

		if (n > 0)
		{
			sent += static_cast<size_t>(n);
			continue;
		}
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		{
			const int events =
				WaitLatchOrSocket(MyLatch, WL_LATCH_SET | WL_SOCKET_WRITEABLE | WL_POSTMASTER_DEATH,
								  fd_, -1, WAIT_EVENT_CLIENT_WRITE);

			if (events & WL_LATCH_SET)
				ResetLatch(MyLatch);
			if ((events & WL_POSTMASTER_DEATH) || ProcDiePending)
				lost_ = true;
			continue;
		}
		lost_ = true;
	}
	out_.clear();
	if (out_.capacity() > kKeepBuffer)
		out_ = std::string();
}

} /* namespace pg */
