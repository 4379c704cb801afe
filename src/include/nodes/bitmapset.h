/*
 * bitmapset.h
 *		Sets of small numbers that are not negative.
 *
 * The empty set is NULL. What changes a set may move it: use what it returns. Sets are palloc'd; any process.
 */
#ifndef BITMAPSET_H
#define BITMAPSET_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

#define BITS_PER_BITMAPWORD 64
typedef uint64 bitmapword;
typedef int64 signedbitmapword;

typedef struct Bitmapset
{
	int nwords;
	bitmapword words[FLEXIBLE_ARRAY_MEMBER];
} Bitmapset;

/* A new set. */
extern Bitmapset *bms_make_singleton(int x);
extern Bitmapset *bms_copy(const Bitmapset *a);
/* a is changed, or freed. */
extern Bitmapset *bms_add_member(Bitmapset *a, int x);
extern Bitmapset *bms_del_member(Bitmapset *a, int x);
extern void bms_free(Bitmapset *a);

/* Raises XX000 for a negative x. */
extern bool bms_is_member(int x, const Bitmapset *a);
extern int bms_num_members(const Bitmapset *a);
extern bool bms_is_empty(const Bitmapset *a);
extern bool bms_equal(const Bitmapset *a, const Bitmapset *b);
extern bool bms_overlap(const Bitmapset *a, const Bitmapset *b);
/* The smallest member above prevbit, which is -1 to begin with; -2 at the end. */
/* Takes the smallest number out and returns it, or -1; a is modified. Up to PostgreSQL 15. */
extern int bms_first_member(Bitmapset *a);
extern int bms_next_member(const Bitmapset *a, int prevbit);

PG_END_EXTERN_C

#endif /* BITMAPSET_H */
