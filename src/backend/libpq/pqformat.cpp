/*
 * libpq/pqformat.cpp
 *		Bodies of messages, for modules (libpq/pqformat.h).
 *
 * Any process.
 */
#include "libpq/pqformat.h"

#include <bit>
#include <cstring>
#include <string>

#include "libpq/libpq.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "varatt.h"

namespace
{

void
put_number(StringInfo buf, uint64 value, int bytes)
{
	char out[8];

	for (int i = 0; i < bytes; i++)
		out[i] = static_cast<char>(value >> (8 * (bytes - 1 - i)));
	appendBinaryStringInfo(buf, out, bytes);
}

[[noreturn]] void
raise_short()
{
	pg::FromC(
		[]
		{
			pg::Raise(pg::Report(ERROR, ERRCODE_PROTOCOL_VIOLATION)
						  .msg("insufficient data left in message"));
		});
	pg_unreachable();
}

const char *
take(StringInfo msg, int bytes)
{
	if (bytes < 0 || bytes > msg->len - msg->cursor)
		raise_short();

	const char *at = msg->data + msg->cursor;

	msg->cursor += bytes;
	return at;
}

uint64
get_number(StringInfo msg, int bytes)
{
	const char *at = take(msg, bytes);
	uint64 value = 0;

	for (int i = 0; i < bytes; i++)
		value = value << 8 | static_cast<unsigned char>(at[i]);
	return value;
}

[[noreturn]] void
raise_size(int bytes)
{
	pg::FromC([&] { pg::Raise(pg::Report(ERROR).msg("unsupported integer size %d", bytes)); });
	pg_unreachable();
}

} /* namespace */

extern "C"
{
	void pq_beginmessage(StringInfo buf, char msgtype)
	{
		initStringInfo(buf);
		buf->cursor = msgtype;
	}

	void pq_beginmessage_reuse(StringInfo buf, char msgtype)
	{
		resetStringInfo(buf);
		buf->cursor = msgtype;
	}

	void pq_endmessage(StringInfo buf)
	{
		pq_endmessage_reuse(buf);
		pfree(buf->data);
		buf->data = nullptr;
	}

	void pq_endmessage_reuse(StringInfo buf)
	{
		(void) pq_putmessage(static_cast<char>(buf->cursor), buf->data,
							 static_cast<size_t>(buf->len));
	}

	void pq_puttextmessage(char msgtype, const char *str)
	{
		(void) pq_putmessage(msgtype, str, strlen(str) + 1);
	}

	void pq_putemptymessage(char msgtype)
	{
		(void) pq_putmessage(msgtype, nullptr, 0);
	}

	void pq_sendbytes(StringInfo buf, const void *data, int datalen)
	{
		appendBinaryStringInfo(buf, static_cast<const char *>(data), datalen);
	}

	void pq_sendcountedtext(StringInfo buf, const char *str, int slen, bool countincludesself)
	{
		pq_sendint32(buf, static_cast<uint32>(slen + (countincludesself ? 4 : 0)));
		appendBinaryStringInfo(buf, str, slen);
	}

	void pq_sendtext(StringInfo buf, const char *str, int slen)
	{
		appendBinaryStringInfo(buf, str, slen);
	}

	void pq_sendstring(StringInfo buf, const char *str)
	{
		appendBinaryStringInfo(buf, str, static_cast<int>(strlen(str)) + 1);
	}

	void pq_sendfloat4(StringInfo buf, float4 f)
	{
		pq_sendint32(buf, std::bit_cast<uint32>(f));
	}

	void pq_sendfloat8(StringInfo buf, float8 f)
	{
		pq_sendint64(buf, std::bit_cast<uint64>(f));
	}

	void pq_sendint8(StringInfo buf, uint8 i)
	{
		put_number(buf, i, 1);
	}

	void pq_sendint16(StringInfo buf, uint16 i)
	{
		put_number(buf, i, 2);
	}

	void pq_sendint32(StringInfo buf, uint32 i)
	{
		put_number(buf, i, 4);
	}

	void pq_sendint64(StringInfo buf, uint64 i)
	{
		put_number(buf, i, 8);
	}

	void pq_sendint(StringInfo buf, uint32 i, int b)
	{
		if (b != 1 && b != 2 && b != 4)
			raise_size(b);
		put_number(buf, i, b);
	}

	void pq_begintypsend(StringInfo buf)
	{
		initStringInfo(buf);
		put_number(buf, 0, 4);
	}

	bytea *pq_endtypsend(StringInfo buf)
	{
		auto *result = reinterpret_cast<bytea *>(buf->data);

		SET_VARSIZE(result, buf->len);
		return result;
	}

	int pq_getmsgbyte(StringInfo msg)
	{
		return static_cast<int>(get_number(msg, 1));
	}

	unsigned int pq_getmsgint(StringInfo msg, int b)
	{
		if (b != 1 && b != 2 && b != 4)
			raise_size(b);
		return static_cast<unsigned int>(get_number(msg, b));
	}

	int64 pq_getmsgint64(StringInfo msg)
	{
		return static_cast<int64>(get_number(msg, 8));
	}

	float4 pq_getmsgfloat4(StringInfo msg)
	{
		return std::bit_cast<float4>(static_cast<uint32>(get_number(msg, 4)));
	}

	float8 pq_getmsgfloat8(StringInfo msg)
	{
		return std::bit_cast<float8>(get_number(msg, 8));
	}

	const char *pq_getmsgbytes(StringInfo msg, int datalen)
	{
		return take(msg, datalen);
	}

	void pq_copymsgbytes(StringInfo msg, char *buf, int datalen)
	{
		memcpy(buf, take(msg, datalen), static_cast<size_t>(datalen));
	}

	char *pq_getmsgtext(StringInfo msg, int rawbytes, int *nbytes)
	{
		char *copy = pnstrdup(take(msg, rawbytes), static_cast<Size>(rawbytes));

		*nbytes = static_cast<int>(strlen(copy));
		return copy;
	}

	const char *pq_getmsgstring(StringInfo msg)
	{
		const char *at = msg->data + msg->cursor;
		const void *end = memchr(at, '\0', static_cast<size_t>(msg->len - msg->cursor));

		if (end == nullptr)
			pg::FromC(
				[] {
					pg::Raise(pg::Report(ERROR, ERRCODE_PROTOCOL_VIOLATION)
								  .msg("invalid string in message"));
				});
		msg->cursor += static_cast<int>(static_cast<const char *>(end) - at) + 1;
		return at;
	}

	const char *pq_getmsgrawstring(StringInfo msg)
	{
		return pq_getmsgstring(msg);
	}

	void pq_getmsgend(StringInfo msg)
	{
		if (msg->cursor != msg->len)
			pg::FromC(
				[] {
					pg::Raise(pg::Report(ERROR, ERRCODE_PROTOCOL_VIOLATION)
								  .msg("invalid message format"));
				});
	}
}
