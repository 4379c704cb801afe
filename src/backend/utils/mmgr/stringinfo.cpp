/*
 * utils/mmgr/stringinfo.cpp
 *		Growing strings and formatted copies (C API: lib/stringinfo.h, psprintf).
 *
 * Any process.  Memory is palloc'd, so errors are palloc's and 54000 for texts beyond 1 GB.
 */
#include "lib/stringinfo.h"

#include <cstdarg>

#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/mmgr/memory.h"

namespace
{

constexpr int kFirstSize = 1024;

/* Gives data room for `needed` more bytes and the terminator. */
void
enlarge(StringInfo str, int needed)
{
	using namespace pg;

	if (needed < 0)
		Raise(Report(ERROR).msg("invalid string enlargement request size: %d", needed));
	if (static_cast<Size>(needed) >= MaxAllocSize - static_cast<Size>(str->len))
		Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
				  .msg("out of memory")
				  .detail("Cannot enlarge string buffer containing %d bytes by %d more bytes.",
						  str->len, needed));

	const int wanted = str->len + needed + 1;
	Size size = static_cast<Size>(str->maxlen);

	if (wanted <= str->maxlen)
		return;
	while (size < static_cast<Size>(wanted))
		size *= 2;
	size = Min(size, MaxAllocSize);
	str->data = static_cast<char *>(Reallocate(str->data, size));
	str->maxlen = static_cast<int>(size);
}

/* Appends what the arguments give; args is used up. */
void
append_formatted(StringInfo str, const char *fmt, va_list args)
{
	va_list again;
	const int errno_now = errno;
	const int room = str->maxlen - str->len;

	va_copy(again, args);
	const int length = vsnprintf(str->data + str->len, room, fmt, args);

	if (length >= room)
	{
		enlarge(str, length);
		errno = errno_now;
		vsnprintf(str->data + str->len, length + 1, fmt, again);
	}
	va_end(again);
	if (length > 0)
		str->len += length;
}

} /* namespace */

void
initStringInfo(StringInfo str)
{
	str->data = static_cast<char *>(palloc(kFirstSize));
	str->maxlen = kFirstSize;
	resetStringInfo(str);
}

StringInfo
makeStringInfo(void)
{
	auto *str = static_cast<StringInfo>(palloc(sizeof(StringInfoData)));

	initStringInfo(str);
	return str;
}

void
destroyStringInfo(StringInfo str)
{
	pfree(str->data);
	pfree(str);
}

void
resetStringInfo(StringInfo str)
{
	str->data[0] = '\0';
	str->len = 0;
	str->cursor = 0;
}

void
enlargeStringInfo(StringInfo str, int needed)
{
	if (needed >= 0 && needed < str->maxlen - str->len)
		return;
	pg::FromC([&] { enlarge(str, needed); });
}

void
appendStringInfo(StringInfo str, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	pg::FromC([&] { append_formatted(str, fmt, args); });
	va_end(args);
}

int
appendStringInfoVA(StringInfo str, const char *fmt, va_list args)
{
	const int room = str->maxlen - str->len;

	/* Hardly any room: not worth the attempt. */
	if (room < 16)
		return 32;

	const int length = vsnprintf(str->data + str->len, room, fmt, args);

	if (length < room)
	{
		str->len += Max(length, 0);
		return 0;
	}
	str->data[str->len] = '\0';
	return length + 1;
}

void
appendStringInfoString(StringInfo str, const char *s)
{
	appendBinaryStringInfo(str, s, static_cast<int>(strlen(s)));
}

void
appendStringInfoChar(StringInfo str, char ch)
{
	enlargeStringInfo(str, 1);
	str->data[str->len++] = ch;
	str->data[str->len] = '\0';
}

void
appendStringInfoSpaces(StringInfo str, int count)
{
	if (count <= 0)
		return;
	enlargeStringInfo(str, count);
	memset(str->data + str->len, ' ', count);
	str->len += count;
	str->data[str->len] = '\0';
}

void
appendBinaryStringInfo(StringInfo str, const char *data, int datalen)
{
	appendBinaryStringInfoNT(str, data, datalen);
	str->data[str->len] = '\0';
}

void
appendBinaryStringInfoNT(StringInfo str, const char *data, int datalen)
{
	enlargeStringInfo(str, datalen);
	memcpy(str->data + str->len, data, datalen);
	str->len += datalen;
}

size_t
pvsnprintf(char *buf, size_t len, const char *fmt, va_list args)
{
	const int length = vsnprintf(buf, len, fmt, args);

	if (length < 0)
		return 0;
	return static_cast<size_t>(length) < len ? static_cast<size_t>(length)
											 : static_cast<size_t>(length) + 1;
}

char *
psprintf(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	char *result = pg::FromC(
		[&]
		{
			char quick[256];
			va_list again;
			const int errno_now = errno;

			va_copy(again, args);
			const int length = vsnprintf(quick, sizeof(quick), fmt, args);
			auto *text = static_cast<char *>(
				pg::AllocateIn(CurrentMemoryContext, static_cast<Size>(Max(length, 0)) + 1));

			if (length < static_cast<int>(sizeof(quick)))
				memcpy(text, quick, static_cast<size_t>(Max(length, 0)) + 1);
			else
			{
				errno = errno_now;
				vsnprintf(text, static_cast<size_t>(length) + 1, fmt, again);
			}
			va_end(again);
			return text;
		});
	va_end(args);
	return result;
}
