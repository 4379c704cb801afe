/*
 * json.h
 *		JSON text.
 *
 * Any process.
 */
#ifndef JSON_H
#define JSON_H

#include "postgres.h"

#include "lib/stringinfo.h"

PG_BEGIN_EXTERN_C

/* Appends str in quotes, escaped. */
extern void escape_json(StringInfo buf, const char *str);

PG_END_EXTERN_C

#endif /* JSON_H */
