/*
 * parsenodes.h
 *		Parsed statements. Postroom keeps them in a form of its own; to modules they are handles.
 */
#ifndef PARSENODES_H
#define PARSENODES_H

#include "postgres.h"

#include "nodes/nodes.h"
#include "nodes/pg_list.h"

PG_BEGIN_EXTERN_C

typedef struct Query Query;
typedef struct RawStmt RawStmt;

/* Options of SPI_cursor_open_with_args and SPI_prepare_cursor. */
#define CURSOR_OPT_BINARY 0x0001
#define CURSOR_OPT_SCROLL 0x0002
#define CURSOR_OPT_NO_SCROLL 0x0004
#define CURSOR_OPT_INSENSITIVE 0x0008
#define CURSOR_OPT_ASENSITIVE 0x0010
#define CURSOR_OPT_HOLD 0x0020
#define CURSOR_OPT_FAST_PLAN 0x0100
#define CURSOR_OPT_GENERIC_PLAN 0x0200
#define CURSOR_OPT_CUSTOM_PLAN 0x0400
#define CURSOR_OPT_PARALLEL_OK 0x0800

PG_END_EXTERN_C

#endif /* PARSENODES_H */
