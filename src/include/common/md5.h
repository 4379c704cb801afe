/*
 * md5.h
 *		MD5 sums, for fingerprints; not for secrets.
 *
 * Any process.
 */
#ifndef MD5_H
#define MD5_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

#define MD5_PASSWD_CHARSET "0123456789abcdef"
#define MD5_PASSWD_LEN 35

/* The sum of len bytes as 32 digits and a zero, or as 16 bytes. False, and *errstr a static text, when the library refuses. */
extern bool pg_md5_hash(const void *buff, size_t len, char *hexsum, const char **errstr);
extern bool pg_md5_binary(const void *buff, size_t len, void *outbuf, const char **errstr);

PG_END_EXTERN_C

#endif /* MD5_H */
