/*
 * libpq/wire.h
 *		Protocol 3 framing: messages in, messages out, over one client socket.
 *
 * Parsing is pure over spans (and fuzzed).  Input errors raise FATAL 08P01 (PostgreSQL: ERRCODE_PROTOCOL_VIOLATION)
 * and end this connection only.  Waiting for input is interruptible and sees the postmaster's death.
 * Client backends only.
 */
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "postgres.h"

namespace pg
{

struct StartupPacket
{
	enum class Kind : uint8_t
	{
		Startup,
		SslRequest,
		GssRequest,
		Cancel
	};

	Kind		kind = Kind::Startup;
	int			protocol_major = 3, protocol_minor = 0;
	std::string user, database, options, application_name;
	std::vector<std::pair<std::string, std::string>> settings;	/* the rest, by name */
	std::vector<std::string> unknown_protocol_options;			/* _pq_.* */
	int			cancel_pid = 0;
	int32		cancel_key = 0;
};

/* body: without the length word. Pure. Raises FATAL 08P01, 0A000 for other protocol versions. */
StartupPacket ParseStartupPacket(std::span<const std::byte> body);

/* One message from the client: type byte and body. */
struct WireMessage
{
	char		type;
	std::string_view body;		/* valid until the next Receive */
};

/* Cursor over a message body; every getter raises ERROR 08P01 at a short message. */
class MessageReader
{
public:
	explicit MessageReader(std::string_view body) : rest_(body) {}
	uint8_t byte();
	int16_t int16();
	int32_t int32();
	std::string_view string();	/* up to and without its null */
	std::string_view bytes(size_t n);
	void done() const;			/* raises when bytes are left: "invalid message format" */

private:
	std::string_view rest_;
};

/* The connection of this process. */
class Wire
{
public:
	/* Takes over the socket. */
	explicit Wire(int fd);
	~Wire();

	/* First packet; nullopt when the client went away silently. */
	std::optional<StartupPacket> receive_startup();
	void answer_no();					/* 'N' to SSLRequest and GSSENCRequest */
	/* Next message; nullopt at EOF. Interruptible between messages. */
	std::optional<WireMessage> receive();

	/* Messages out are buffered; begin..end frame one message. */
	void begin(char type);
	void put_byte(uint8_t v);
	void put_int16(int16_t v);
	void put_int32(int32_t v);
	void put_string(std::string_view v);	/* with its null */
	void put_bytes(std::string_view v);
	void end();
	void flush();				/* all out; a lost client is COMMERROR, then FATAL-less exit */

	int fd() const { return fd_; }

private:
	int			fd_;
	struct Buffers;
	std::unique_ptr<Buffers> buffers_;
};

}  /* namespace pg */
