/*
 * stringinfo.h
 *		Strings that grow while text is appended.
 *
 * data is palloc'd in the context that was current at initialisation and always ends with a zero byte, which len does
 * not count. Growing beyond 1 GB raises ERROR 54000. Any process.
 */
#ifndef STRINGINFO_H
#define STRINGINFO_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef struct StringInfoData
{
	char *data;
	int len;
	int maxlen; /* bytes allocated */
	int cursor; /* for readers */
} StringInfoData;

typedef StringInfoData *StringInfo;

/* A new string with its struct, both palloc'd; destroyStringInfo frees both. */
extern StringInfo makeStringInfo(void);
extern void destroyStringInfo(StringInfo str);
/* Fills a struct of the caller's; free str->data with pfree. */
extern void initStringInfo(StringInfo str);
/* Empties the string and keeps its memory. */
extern void resetStringInfo(StringInfo str);

extern void appendStringInfo(StringInfo str, const char *fmt, ...) pg_attribute_printf(2, 3);
/* One attempt: 0 when all was appended, otherwise how many bytes to enlarge by before the next try. */
extern int appendStringInfoVA(StringInfo str, const char *fmt, va_list args)
	pg_attribute_printf(2, 0);
extern void appendStringInfoString(StringInfo str, const char *s);
extern void appendStringInfoChar(StringInfo str, char ch);
#define appendStringInfoCharMacro(str, ch) appendStringInfoChar(str, ch)
extern void appendStringInfoSpaces(StringInfo str, int count);
/* Any bytes; NT does not put the terminating zero back. */
extern void appendBinaryStringInfo(StringInfo str, const char *data, int datalen);
extern void appendBinaryStringInfoNT(StringInfo str, const char *data, int datalen);
/* Makes room for needed more bytes and the terminator. */
extern void enlargeStringInfo(StringInfo str, int needed);

/* PostgreSQL 17: a string over bytes that somebody else has, which may only be read; or over len bytes and a zero byte behind them that
 * were palloc'd, and are the string's now. */
static inline void
initReadOnlyStringInfo(StringInfo str, char *data, int len)
{
	str->data = data;
	str->len = len;
	str->maxlen = 0;
	str->cursor = 0;
}

static inline void
initStringInfoFromString(StringInfo str, char *data, int len)
{
	initReadOnlyStringInfo(str, data, len);
	str->maxlen = len + 1;
}

PG_END_EXTERN_C

#endif /* STRINGINFO_H */
