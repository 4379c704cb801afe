/*
 * pg_prng.cpp
 *		Random numbers for everything but secrets (common/pg_prng.h): Blackman and Vigna's xoroshiro128**, which is in the
 *		public domain.
 *
 * Any process; pure but for the process's own state.
 */
#include "common/pg_prng.h"

#include <bit>

/* Fixed until a process seeds it: never zero. */
pg_prng_state pg_global_prng_state = {0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9};

/* Spreads a seed over 64 bits (splitmix64). */
static uint64
next_seed(uint64 *seed)
{
	uint64 mixed = (*seed += 0x9e3779b97f4a7c15);

	mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
	mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
	return mixed ^ (mixed >> 31);
}

void
pg_prng_seed(pg_prng_state *state, uint64 seed)
{
	state->s0 = next_seed(&seed);
	state->s1 = next_seed(&seed);
	pg_prng_seed_check(state);
}

void
pg_prng_fseed(pg_prng_state *state, double fseed)
{
	pg_prng_seed(state, static_cast<uint64>(static_cast<int64>(fseed * 0x1p52)));
}

bool
pg_prng_seed_check(pg_prng_state *state)
{
	if (state->s0 != 0 || state->s1 != 0)
		return true;
	state->s0 = 0x9e3779b97f4a7c15;
	state->s1 = 0xbf58476d1ce4e5b9;
	return false;
}

uint64
pg_prng_uint64(pg_prng_state *state)
{
	const uint64 s0 = state->s0;
	const uint64 s1 = state->s1 ^ s0;
	const uint64 result = std::rotl(s0 * 5, 7) * 9;

	state->s0 = std::rotl(s0, 24) ^ s1 ^ (s1 << 16);
	state->s1 = std::rotl(s1, 37);
	return result;
}

uint64
pg_prng_uint64_range(pg_prng_state *state, uint64 rmin, uint64 rmax)
{
	if (rmax <= rmin)
		return rmin;

	/* As many bits as the range needs; those that exceed it are drawn again, so that none is favoured. */
	const uint64 range = rmax - rmin;
	const int unused = std::countl_zero(range);
	uint64 drawn = pg_prng_uint64(state) >> unused;

	while (drawn > range)
		drawn = pg_prng_uint64(state) >> unused;
	return rmin + drawn;
}

int64
pg_prng_int64(pg_prng_state *state)
{
	return static_cast<int64>(pg_prng_uint64(state));
}

int64
pg_prng_int64p(pg_prng_state *state)
{
	return static_cast<int64>(pg_prng_uint64(state) >> 1);
}

uint32
pg_prng_uint32(pg_prng_state *state)
{
	return static_cast<uint32>(pg_prng_uint64(state) >> 32);
}

int32
pg_prng_int32(pg_prng_state *state)
{
	return static_cast<int32>(pg_prng_uint32(state));
}

int32
pg_prng_int32p(pg_prng_state *state)
{
	return static_cast<int32>(pg_prng_uint32(state) >> 1);
}

double
pg_prng_double(pg_prng_state *state)
{
	return static_cast<double>(pg_prng_uint64(state) >> 11) * 0x1p-53;
}

bool
pg_prng_bool(pg_prng_state *state)
{
	return pg_prng_uint64(state) >> 63 != 0;
}
