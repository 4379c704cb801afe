/*
 * pqformat.h
 *		Reading and writing the bodies of messages, and binary forms of values.
 *
 * Numbers are in network order. Any process.
 */
#ifndef PQFORMAT_H
#define PQFORMAT_H

#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "port/pg_bswap.h"

PG_BEGIN_EXTERN_C

/* Messages: begin makes buf anew (with the type in cursor), end sends it and frees it; the _reuse forms keep the buffer. */
extern void pq_beginmessage(StringInfo buf, char msgtype);
extern void pq_beginmessage_reuse(StringInfo buf, char msgtype);
extern void pq_endmessage(StringInfo buf);
extern void pq_endmessage_reuse(StringInfo buf);
extern void pq_puttextmessage(char msgtype, const char *str);
extern void pq_putemptymessage(char msgtype);

extern void pq_sendbytes(StringInfo buf, const void *data, int datalen);
/* A length of 4 bytes and the text. */
extern void pq_sendcountedtext(StringInfo buf, const char *str, int slen, bool countincludesself);
extern void pq_sendtext(StringInfo buf, const char *str, int slen);
extern void pq_sendstring(StringInfo buf, const char *str); /* with its null */
extern void pq_sendfloat4(StringInfo buf, float4 f);
extern void pq_sendfloat8(StringInfo buf, float8 f);
extern void pq_sendint8(StringInfo buf, uint8 i);
extern void pq_sendint16(StringInfo buf, uint16 i);
extern void pq_sendint32(StringInfo buf, uint32 i);
extern void pq_sendint64(StringInfo buf, uint64 i);
extern void pq_sendint(StringInfo buf, uint32 i, int b); /* b: 1, 2 or 4 bytes */
#define pq_sendbyte(buf, byt) pq_sendint8(buf, byt)

/* Results of a type's send function: begin, pq_send..., return pq_endtypsend. */
extern void pq_begintypsend(StringInfo buf);
extern bytea *pq_endtypsend(StringInfo buf);

/* Reading moves msg->cursor. ERROR 08P01 when the message is too short, or (pq_getmsgend) not read to its end. */
extern int pq_getmsgbyte(StringInfo msg);
extern unsigned int pq_getmsgint(StringInfo msg, int b);
extern int64 pq_getmsgint64(StringInfo msg);
extern float4 pq_getmsgfloat4(StringInfo msg);
extern float8 pq_getmsgfloat8(StringInfo msg);
extern const char *pq_getmsgbytes(StringInfo msg, int datalen); /* in msg */
extern void pq_copymsgbytes(StringInfo msg, char *buf, int datalen);
extern char *pq_getmsgtext(StringInfo msg, int rawbytes, int *nbytes); /* palloc'd */
extern const char *pq_getmsgstring(StringInfo msg);					   /* in msg */
extern const char *pq_getmsgrawstring(StringInfo msg);
extern void pq_getmsgend(StringInfo msg);

PG_END_EXTERN_C

#endif /* PQFORMAT_H */
