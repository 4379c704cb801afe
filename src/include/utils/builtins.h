/*
 * builtins.h
 *		Helpers of the built-in types and functions.
 *
 * Results are palloc'd in CurrentMemoryContext. Any process, unless stated.
 */
#ifndef BUILTINS_H
#define BUILTINS_H

#include "postgres.h"

#include "fmgr.h"
#include "nodes/nodes.h"
#include "utils/fmgrprotos.h"

PG_BEGIN_EXTERN_C

#define MAXINT8LEN 20

/* "true", "yes", "on", "1" and what they begin with, and the opposites, without regard to case. False when it is none. */
extern bool parse_bool(const char *value, bool *result);
extern bool parse_bool_with_len(const char *value, size_t len, bool *result);

/* Names: copies cut at NAMEDATALEN - 1 bytes and padded with zeros, and comparison with a string. */
extern void namestrcpy(Name name, const char *str);
extern int namestrcmp(Name name, const char *str);

/* Text to integer, with blanks around; ERROR 22P02 for bad text, 22003 out of range. */
extern int16 pg_strtoint16(const char *s);
extern int32 pg_strtoint32(const char *s);
extern int64 pg_strtoint64(const char *s);
/* Integer to text in a buffer of the caller's (7, 12 and MAXINT8LEN + 1 bytes); the length. */
extern int pg_itoa(int16 i, char *a);
extern int pg_ltoa(int32 l, char *a);
extern int pg_lltoa(int64 ll, char *a);

/* Quoting for SQL. quote_identifier returns ident itself when it needs no quotes; qualifier may be NULL. */
extern PGDLLIMPORT bool quote_all_identifiers; /* setting */
extern const char *quote_identifier(const char *ident);
extern char *quote_qualified_identifier(const char *qualifier, const char *ident);
extern char *quote_literal_cstr(const char *rawstr);

/* Between C strings and text values; t may be in short form. The buffer form cuts at a character boundary. */
extern text *cstring_to_text(const char *s);
extern text *cstring_to_text_with_len(const char *s, int len);
extern char *text_to_cstring(const text *t);
extern void text_to_cstring_buffer(const text *src, char *dst, size_t dst_len);

#define CStringGetTextDatum(s) PointerGetDatum(cstring_to_text(s))
#define TextDatumGetCString(d) text_to_cstring((text *) DatumGetPointer(d))

/* A type's name as SQL writes it. Processes with a database connection. */
extern char *format_type_be(Oid type_oid);
extern char *format_type_with_typemod(Oid type_oid, int32 typemod);

PG_END_EXTERN_C

#endif /* BUILTINS_H */
