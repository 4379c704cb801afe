/*
 * pg_prng.h
 *		Random numbers for everything but secrets (xoroshiro128**).
 *
 * Any process; nothing raises. For secrets: pg_strong_random (port.h).
 */
#ifndef PG_PRNG_H
#define PG_PRNG_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef struct pg_prng_state
{
	uint64 s0, s1; /* never both zero */
} pg_prng_state;

/* The process's own; seeded differently in each. */
extern PGDLLIMPORT pg_prng_state pg_global_prng_state;

extern void pg_prng_seed(pg_prng_state *state, uint64 seed);
/* fseed from -1 to 1 */
extern void pg_prng_fseed(pg_prng_state *state, double fseed);
/* False, and a seed of its own, when all bits were zero. */
extern bool pg_prng_seed_check(pg_prng_state *state);
/* From the system's entropy; false when it has none to give. */
#define pg_prng_strong_seed(state) \
	(pg_strong_random(state, sizeof(pg_prng_state)) ? pg_prng_seed_check(state) : false)

extern uint64 pg_prng_uint64(pg_prng_state *state);
/* rmin to rmax, both included; rmin when rmax is less. */
extern uint64 pg_prng_uint64_range(pg_prng_state *state, uint64 rmin, uint64 rmax);
extern int64 pg_prng_int64(pg_prng_state *state);
extern int64 pg_prng_int64p(pg_prng_state *state); /* not negative */
extern uint32 pg_prng_uint32(pg_prng_state *state);
extern int32 pg_prng_int32(pg_prng_state *state);
extern int32 pg_prng_int32p(pg_prng_state *state);	/* not negative */
extern double pg_prng_double(pg_prng_state *state); /* 0 to 1, 1 excluded */
extern bool pg_prng_bool(pg_prng_state *state);

PG_END_EXTERN_C

#endif /* PG_PRNG_H */
