/*
 * queryjumble.h
 *		Query identifiers: the same number for statements that differ in their constants only.
 *
 * The number is made of the statement's words as they were written, without comments, spacing and case; of a utility
 * statement also its constants count. So a view of statements per identifier may not be compared with PostgreSQL's.
 */
#ifndef QUERYJUMBLE_H
#define QUERYJUMBLE_H

#include "postgres.h"

#include "nodes/parsenodes.h"

PG_BEGIN_EXTERN_C

/* Where a constant stands. */
typedef struct LocationLen
{
	int location; /* bytes from the text's start */
	int length;	  /* bytes; -1: not known */
} LocationLen;

/* The constants of a statement, for hooks that show it without them. */
typedef struct JumbleState
{
	unsigned char *jumble; /* NULL */
	Size jumble_len;
	LocationLen *clocations;
	int clocations_buf_size;
	int clocations_count;
	int highest_extern_param_id;
} JumbleState;

typedef enum
{
	COMPUTE_QUERY_ID_OFF,
	COMPUTE_QUERY_ID_ON,
	COMPUTE_QUERY_ID_AUTO,
	COMPUTE_QUERY_ID_REGRESS
} ComputeQueryIdType;

extern PGDLLIMPORT int compute_query_id; /* a ComputeQueryIdType, setting */
extern PGDLLIMPORT bool query_id_enabled;

/* The statement that begins at *location of a source text (-1: at its start) and has *len bytes (0 or -1: to its end), without
 * white space around it. Returns its start, in query; both numbers are corrected. */
extern const char *CleanQuerytext(const char *query, int *location, int *len);

/* A module wants identifiers: with compute_query_id = auto they are made from now on. From _PG_init. */
extern void EnableQueryId(void);

static inline bool
IsQueryIdEnabled(void)
{
	if (compute_query_id == COMPUTE_QUERY_ID_OFF)
		return false;
	return compute_query_id == COMPUTE_QUERY_ID_ON || query_id_enabled;
}

PG_END_EXTERN_C

#endif /* QUERYJUMBLE_H */
