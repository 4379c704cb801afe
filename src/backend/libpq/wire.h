/*
 * libpq/wire.h
 *		Protocol 3 framing: messages in, messages out, over one client socket.
 *
 * Parsing is pure over spans.  Input that makes no sense raises FATAL 08P01 and ends this connection
 * only.  Waiting for input is interruptible and sees the postmaster's death.  Client backends only.
 */
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "postgres.h"

namespace pg
{

/* The first packet of a connection, decoded. */
struct StartupPacket
{
	enum class Kind : uint8_t
	{
		Startup,
		SslRequest,
		GssRequest,
		Cancel
	};

	Kind kind = Kind::Startup;
	int protocol_major = 3, protocol_minor = 0;
	std::string user, database, options;
	bool replication = false;
	std::vector<std::pair<std::string, std::string>> settings; /* the rest, by name */
	std::vector<std::string> protocol_options;				   /* _pq_.* names */
	int cancel_pid = 0;
	int32 cancel_key = 0;
};

/* body: without the length word.  Pure.  Raises FATAL 08P01, or 0A000 for other protocol versions. */
StartupPacket ParseStartupPacket(std::string_view body);

/* One message from the client: type byte and body. */
struct WireMessage
{
	char type;
	std::string_view body; /* valid until the next receive() */
};

/* Cursor over a message's body; each getter raises ERROR 08P01 when the body is too short. */
class MessageReader
{
public:
	explicit MessageReader(std::string_view body) : rest_(body) {}
	uint8_t byte();
	int16_t int16();
	int32_t int32();
	std::string_view string(); /* up to and without its null */
	std::string_view bytes(size_t n);
	size_t left() const { return rest_.size(); }
	void done() const; /* raises when bytes are left: "invalid message format" */

private:
	std::string_view take(size_t n);

	std::string_view rest_;
};

/* Called between messages when the latch was set while the session waits; null: nothing to do. Set by tcop. */
extern void (*serve_while_waiting)();

/* The connection of this process.  Owns the socket. */
class Wire
{
public:
	explicit Wire(int fd);
	~Wire();
	Wire(const Wire &) = delete;
	Wire &operator=(const Wire &) = delete;

	/* The first packet; nullopt when the client went away without a word. */
	std::optional<StartupPacket> receive_startup();
	/* 'N' to SSLRequest and GSSENCRequest. */
	void answer_no();
	/*
	 * The next message; nullopt at the end of the stream.  Between messages interrupts are served, so
	 * this may raise what CheckForInterrupts raises.
	 */
	std::optional<WireMessage> receive();
	/* Whether bytes of a next message are already here. */
	bool has_input() const;

	/* Messages out gather in a buffer; begin() and end() frame one. */
	void begin(char type);
	void put_byte(uint8_t v);
	void put_int16(int16_t v);
	void put_int32(int32_t v);
	void put_string(std::string_view v); /* with its null */
	void put_bytes(std::string_view v);
	void end();
	/* Opens an int32 length and a value for output functions to append to; close_value() fills it in. */
	std::string *open_value();
	void close_value();
	/* The output buffer, for a value that writes its own length. */
	std::string *buffer() { return &out_; }
	/* Sends everything.  A lost client is remembered: later output is dropped, receive() says EOF. */
	void flush() noexcept;
	bool lost() const { return lost_; }
	/* Drops a message begun but not ended (an error came between). */
	void discard_partial() noexcept;

	int fd() const { return fd_; }

private:
	bool fill(size_t need, bool between_messages);
	bool receive_some();
	void wait_readable(bool between_messages);

	int fd_;
	bool lost_ = false;
	std::string in_;
	size_t in_start_ = 0; /* bytes of in_ consumed */
	std::string out_;
	size_t message_start_ = std::string::npos; /* offset of the open message's length word */
	size_t value_start_ = 0;
};

} /* namespace pg */
