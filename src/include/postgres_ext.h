/*
 * postgres_ext.h
 *		The few basic names that client programs and server modules share.
 *
 * Included by c.h and by libpq's headers. Holds no functions.
 */
#ifndef POSTGRES_EXT_H
#define POSTGRES_EXT_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif

#include "pg_config_ext.h"

/* Object identifier: names a row of a system catalog. 0 names nothing. */
typedef unsigned int Oid;

#ifdef __cplusplus
#define InvalidOid (Oid(0))
#else
#define InvalidOid ((Oid) 0)
#endif

#define OID_MAX UINT_MAX
#define atooid(x) ((Oid) strtoul((x), NULL, 10))

/* 64-bit integer of libpq's large-object calls. */
typedef PG_INT64_TYPE pg_int64;

/* Field codes of the protocol's ErrorResponse and NoticeResponse (manual, chapter "Frontend/Backend
 * Protocol", section on error and notice fields). */
#define PG_DIAG_SEVERITY 'S'
#define PG_DIAG_SEVERITY_NONLOCALIZED 'V'
#define PG_DIAG_SQLSTATE 'C'
#define PG_DIAG_MESSAGE_PRIMARY 'M'
#define PG_DIAG_MESSAGE_DETAIL 'D'
#define PG_DIAG_MESSAGE_HINT 'H'
#define PG_DIAG_STATEMENT_POSITION 'P'
#define PG_DIAG_INTERNAL_POSITION 'p'
#define PG_DIAG_INTERNAL_QUERY 'q'
#define PG_DIAG_CONTEXT 'W'
#define PG_DIAG_SCHEMA_NAME 's'
#define PG_DIAG_TABLE_NAME 't'
#define PG_DIAG_COLUMN_NAME 'c'
#define PG_DIAG_DATATYPE_NAME 'd'
#define PG_DIAG_CONSTRAINT_NAME 'n'
#define PG_DIAG_SOURCE_FILE 'F'
#define PG_DIAG_SOURCE_LINE 'L'
#define PG_DIAG_SOURCE_FUNCTION 'R'

#endif /* POSTGRES_EXT_H */
