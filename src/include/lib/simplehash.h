/*
 * simplehash.h
 *		A hash table made for one type of element: included once for each, after macros that say what it is.
 *
 *		#define SH_PREFIX color             names: color_hash, color_iterator, color_insert, ...
 *		#define SH_ELEMENT_TYPE ColorEntry  a struct with a member "status", of any integer type, that is the table's
 *		#define SH_KEY_TYPE uint32
 *		#define SH_KEY rgb                  the member with the key
 *		#define SH_HASH_KEY(tb, key) murmurhash32(key)
 *		#define SH_EQUAL(tb, a, b) ((a) == (b))
 *		#define SH_SCOPE static inline
 *		#define SH_DECLARE                  types and prototypes are wanted here
 *		#define SH_DEFINE                   and the functions
 *		#include "lib/simplehash.h"
 *
 * Also: SH_STORE_HASH with SH_GET_HASH(tb, element), for elements that keep their hash (and have a member for it, "hash");
 * SH_RAW_ALLOCATOR, a function of a size that gives zeroed memory (SH_RAW_FREE, or else pfree, takes it back): the table then belongs to
 * no memory context; SH_USE_NONDEFAULT_ALLOCATOR, when PREFIX_allocate and PREFIX_free are the caller's. All macros are undefined
 * at the end. Source of the interface: PostgreSQL 15.
 *
 * Elements lie in one array, each at the first free place from its hash on, and move when others come or go: a pointer to one is good
 * until the next insert or delete. One process's, unless it is allocated otherwise. Errors are palloc's, and XX000 for a table that is
 * too large. Any process.
 */
#include "postgres.h"

#ifdef SH_PREFIX

#define SH_JOIN_NOW(prefix, name) prefix##_##name
#define SH_JOIN(prefix, name) SH_JOIN_NOW(prefix, name)
#define SH_MAKE_NAME(name) SH_JOIN(SH_PREFIX, name)

#define SH_TYPE SH_MAKE_NAME(hash)
#define SH_ITERATOR SH_MAKE_NAME(iterator)
#define SH_STATUS SH_MAKE_NAME(status)
#define SH_STATUS_EMPTY SH_MAKE_NAME(SH_EMPTY)
#define SH_STATUS_IN_USE SH_MAKE_NAME(SH_IN_USE)

#ifdef SH_DECLARE

PG_BEGIN_EXTERN_C

typedef struct SH_TYPE
{
	uint64 size; /* of data, a power of two */
	uint32 members;
	uint32 sizemask;
	uint32 grow_threshold; /* members */
	SH_ELEMENT_TYPE *data;
#ifndef SH_RAW_ALLOCATOR
	MemoryContext ctx;
#endif
	void *private_data; /* the caller's */
} SH_TYPE;

typedef enum SH_STATUS
{
	SH_STATUS_EMPTY = 0,
	SH_STATUS_IN_USE = 1
} SH_STATUS;

typedef struct SH_ITERATOR
{
	uint32 cur; /* the next place to look at; places are passed downwards */
	uint32 end; /* the last one */
	bool done;
} SH_ITERATOR;

/* A table with room for nelements before it grows. */
#ifdef SH_RAW_ALLOCATOR
SH_SCOPE SH_TYPE *SH_MAKE_NAME(create)(uint32 nelements, void *private_data);
#else
SH_SCOPE SH_TYPE *SH_MAKE_NAME(create)(MemoryContext ctx, uint32 nelements, void *private_data);
#endif
SH_SCOPE void SH_MAKE_NAME(destroy)(SH_TYPE *tb);
/* Without elements, with its memory. */
SH_SCOPE void SH_MAKE_NAME(reset)(SH_TYPE *tb);
/* Room for more: newsize places at least. */
SH_SCOPE void SH_MAKE_NAME(grow)(SH_TYPE *tb, uint64 newsize);
/* The element of a key. Not *found: a new one, of which only the key (and the hash) is set; the rest is the caller's. */
SH_SCOPE SH_ELEMENT_TYPE *SH_MAKE_NAME(insert)(SH_TYPE *tb, SH_KEY_TYPE key, bool *found);
SH_SCOPE SH_ELEMENT_TYPE *SH_MAKE_NAME(insert_hash)(SH_TYPE *tb, SH_KEY_TYPE key, uint32 hash,
													bool *found);
/* NULL: it has none. */
SH_SCOPE SH_ELEMENT_TYPE *SH_MAKE_NAME(lookup)(SH_TYPE *tb, SH_KEY_TYPE key);
SH_SCOPE SH_ELEMENT_TYPE *SH_MAKE_NAME(lookup_hash)(SH_TYPE *tb, SH_KEY_TYPE key, uint32 hash);
/* Whether there was one. */
SH_SCOPE bool SH_MAKE_NAME(delete)(SH_TYPE *tb, SH_KEY_TYPE key);
SH_SCOPE void SH_MAKE_NAME(delete_item)(SH_TYPE *tb, SH_ELEMENT_TYPE *entry);
/* All elements, NULL behind the last. The one that was given last may be deleted. start_iterate_at begins at any number: such a scan
 * may pass twice, or not at all, what moves through its beginning. */
SH_SCOPE void SH_MAKE_NAME(start_iterate)(SH_TYPE *tb, SH_ITERATOR *iter);
SH_SCOPE void SH_MAKE_NAME(start_iterate_at)(SH_TYPE *tb, SH_ITERATOR *iter, uint32 at);
SH_SCOPE SH_ELEMENT_TYPE *SH_MAKE_NAME(iterate)(SH_TYPE *tb, SH_ITERATOR *iter);
/* Logs how full it is and how far elements lie from their places. */
SH_SCOPE void SH_MAKE_NAME(stat)(SH_TYPE *tb);

PG_END_EXTERN_C

#endif /* SH_DECLARE */

#ifdef SH_DEFINE

PG_BEGIN_EXTERN_C

#define SH_MOST_PLACES ((uint64) PG_UINT32_MAX + 1)
#define SH_HASH_OF SH_MAKE_NAME(hash_of)
#define SH_ALLOCATE SH_MAKE_NAME(allocate)
#define SH_FREE SH_MAKE_NAME(free)
#define SH_SET_SIZE SH_MAKE_NAME(set_size)
#define SH_FIND SH_MAKE_NAME(find)
#define SH_SPACING SH_MAKE_NAME(spacing)

#ifdef SH_STORE_HASH
#define SH_SAME_HASH(tb, entry, wanted) (SH_GET_HASH(tb, entry) == (wanted))
#else
#define SH_SAME_HASH(tb, entry, wanted) true
#endif

#ifndef SH_USE_NONDEFAULT_ALLOCATOR

/* Zeroed. */
static inline void *
SH_ALLOCATE(SH_TYPE *tb, Size size)
{
	(void) tb;
#ifdef SH_RAW_ALLOCATOR
	return SH_RAW_ALLOCATOR(size);
#else
	return MemoryContextAllocExtended(tb->ctx, size, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
#endif
}

static inline void
SH_FREE(SH_TYPE *tb, void *pointer)
{
	(void) tb;
#ifdef SH_RAW_FREE
	SH_RAW_FREE(pointer);
#else
	pfree(pointer);
#endif
}

#endif

static inline uint32
SH_HASH_OF(SH_TYPE *tb, SH_ELEMENT_TYPE *entry)
{
	(void) tb;
#ifdef SH_STORE_HASH
	return SH_GET_HASH(tb, entry);
#else
	return SH_HASH_KEY(tb, entry->SH_KEY);
#endif
}

/* Of wanted places at least; the array is the caller's. */
static inline void
SH_SET_SIZE(SH_TYPE *tb, uint64 wanted)
{
	uint64 size = 2;

	while (size < wanted && size < SH_MOST_PLACES)
		size *= 2;
	if (size < wanted || size > SIZE_MAX / 2 / sizeof(SH_ELEMENT_TYPE))
		elog(ERROR, "hash table too large");
	tb->size = size;
	tb->sizemask = (uint32) (size - 1);
	/* Three quarters: from there on runs of taken places get long. */
	tb->grow_threshold = (uint32) (size - (size + 3) / 4);
}

/* How far place is behind the one that hash asks for. */
static inline uint32
SH_SPACING(SH_TYPE *tb, uint32 hash, uint32 place)
{
	return (place - hash) & tb->sizemask;
}

/* The key's place, or the free one where it would lie. */
static inline uint32
SH_FIND(SH_TYPE *tb, SH_KEY_TYPE key, uint32 hash)
{
	uint32 place = hash & tb->sizemask;

	for (;;)
	{
		SH_ELEMENT_TYPE *entry = &tb->data[place];

		if (entry->status != SH_STATUS_IN_USE ||
			(SH_SAME_HASH(tb, entry, hash) && SH_EQUAL(tb, entry->SH_KEY, key)))
			return place;
		place = (place + 1) & tb->sizemask;
	}
}

#ifdef SH_RAW_ALLOCATOR
SH_SCOPE SH_TYPE *
SH_MAKE_NAME(create)(uint32 nelements, void *private_data)
{
	SH_TYPE *tb = (SH_TYPE *) SH_RAW_ALLOCATOR(sizeof(SH_TYPE));
#else
SH_SCOPE SH_TYPE *
SH_MAKE_NAME(create)(MemoryContext ctx, uint32 nelements, void *private_data)
{
	SH_TYPE *tb = (SH_TYPE *) MemoryContextAllocZero(ctx, sizeof(SH_TYPE));

	tb->ctx = ctx;
#endif
	tb->private_data = private_data;
	SH_SET_SIZE(tb, (uint64) nelements + nelements / 3 + 2);
	tb->data = (SH_ELEMENT_TYPE *) SH_ALLOCATE(tb, sizeof(SH_ELEMENT_TYPE) * tb->size);
	return tb;
}

SH_SCOPE void
SH_MAKE_NAME(destroy)(SH_TYPE *tb)
{
	SH_FREE(tb, tb->data);
#ifdef SH_RAW_FREE
	SH_RAW_FREE(tb);
#else
	pfree(tb);
#endif
}

SH_SCOPE void
SH_MAKE_NAME(reset)(SH_TYPE *tb)
{
	memset((void *) tb->data, 0, sizeof(SH_ELEMENT_TYPE) * tb->size);
	tb->members = 0;
}

SH_SCOPE void
SH_MAKE_NAME(grow)(SH_TYPE *tb, uint64 newsize)
{
	SH_ELEMENT_TYPE *old = tb->data;
	SH_ELEMENT_TYPE *fresh;
	SH_TYPE grown = *tb;
	uint64 old_size = tb->size;
	uint64 i;

	/* The table stays as it is if there is no memory. */
	SH_SET_SIZE(&grown, newsize > tb->size ? newsize : tb->size);
	fresh = (SH_ELEMENT_TYPE *) SH_ALLOCATE(tb, sizeof(SH_ELEMENT_TYPE) * grown.size);
	*tb = grown;
	tb->data = fresh;
	for (i = 0; i < old_size; i++)
	{
		uint32 place;

		if (old[i].status != SH_STATUS_IN_USE)
			continue;
		place = SH_HASH_OF(tb, &old[i]) & tb->sizemask;
		while (fresh[place].status == SH_STATUS_IN_USE)
			place = (place + 1) & tb->sizemask;
		fresh[place] = old[i];
	}
	SH_FREE(tb, old);
}

SH_SCOPE SH_ELEMENT_TYPE *
SH_MAKE_NAME(insert_hash)(SH_TYPE *tb, SH_KEY_TYPE key, uint32 hash, bool *found)
{
	uint32 place = SH_FIND(tb, key, hash);
	SH_ELEMENT_TYPE *entry = &tb->data[place];

	*found = entry->status == SH_STATUS_IN_USE;
	if (*found)
		return entry;
	if (tb->members >= tb->grow_threshold)
	{
		SH_MAKE_NAME(grow)(tb, tb->size * 2);
		entry = &tb->data[SH_FIND(tb, key, hash)];
	}
	entry->SH_KEY = key;
#ifdef SH_STORE_HASH
	SH_GET_HASH(tb, entry) = hash;
#endif
	entry->status = SH_STATUS_IN_USE;
	tb->members++;
	return entry;
}

SH_SCOPE SH_ELEMENT_TYPE *
SH_MAKE_NAME(insert)(SH_TYPE *tb, SH_KEY_TYPE key, bool *found)
{
	return SH_MAKE_NAME(insert_hash)(tb, key, SH_HASH_KEY(tb, key), found);
}

SH_SCOPE SH_ELEMENT_TYPE *
SH_MAKE_NAME(lookup_hash)(SH_TYPE *tb, SH_KEY_TYPE key, uint32 hash)
{
	SH_ELEMENT_TYPE *entry = &tb->data[SH_FIND(tb, key, hash)];

	return entry->status == SH_STATUS_IN_USE ? entry : NULL;
}

SH_SCOPE SH_ELEMENT_TYPE *
SH_MAKE_NAME(lookup)(SH_TYPE *tb, SH_KEY_TYPE key)
{
	return SH_MAKE_NAME(lookup_hash)(tb, key, SH_HASH_KEY(tb, key));
}

/* Those behind it move up, as far as they may lie there. */
SH_SCOPE void
SH_MAKE_NAME(delete_item)(SH_TYPE *tb, SH_ELEMENT_TYPE *entry)
{
	uint32 hole = (uint32) (entry - tb->data);
	uint32 place = hole;

	for (;;)
	{
		SH_ELEMENT_TYPE *next;

		place = (place + 1) & tb->sizemask;
		next = &tb->data[place];
		if (next->status != SH_STATUS_IN_USE)
			break;
		if (SH_SPACING(tb, SH_HASH_OF(tb, next), place) >= ((place - hole) & tb->sizemask))
		{
			tb->data[hole] = *next;
			hole = place;
		}
	}
	tb->data[hole].status = SH_STATUS_EMPTY;
	tb->members--;
}

SH_SCOPE bool SH_MAKE_NAME(delete)(SH_TYPE *tb, SH_KEY_TYPE key)
{
	SH_ELEMENT_TYPE *entry = SH_MAKE_NAME(lookup)(tb, key);

	if (entry == NULL)
		return false;
	SH_MAKE_NAME(delete_item)(tb, entry);
	return true;
}

SH_SCOPE void
SH_MAKE_NAME(start_iterate_at)(SH_TYPE *tb, SH_ITERATOR *iter, uint32 at)
{
	iter->end = at & tb->sizemask;
	iter->cur = (iter->end - 1) & tb->sizemask;
	iter->done = false;
}

/* From a free place downwards: what a deletion moves comes from places that have been passed. */
SH_SCOPE void
SH_MAKE_NAME(start_iterate)(SH_TYPE *tb, SH_ITERATOR *iter)
{
	uint32 place = 0;

	while (tb->data[place].status == SH_STATUS_IN_USE)
		place++;
	SH_MAKE_NAME(start_iterate_at)(tb, iter, place);
}

SH_SCOPE SH_ELEMENT_TYPE *
SH_MAKE_NAME(iterate)(SH_TYPE *tb, SH_ITERATOR *iter)
{
	while (!iter->done)
	{
		SH_ELEMENT_TYPE *entry = &tb->data[iter->cur];

		iter->done = iter->cur == iter->end;
		iter->cur = (iter->cur - 1) & tb->sizemask;
		if (entry->status == SH_STATUS_IN_USE)
			return entry;
	}
	return NULL;
}

SH_SCOPE void
SH_MAKE_NAME(stat)(SH_TYPE *tb)
{
	uint64 total = 0;
	uint32 farthest = 0;
	uint64 i;

	for (i = 0; i < tb->size; i++)
	{
		uint32 spacing;

		if (tb->data[i].status != SH_STATUS_IN_USE)
			continue;
		spacing = SH_SPACING(tb, SH_HASH_OF(tb, &tb->data[i]), (uint32) i);
		total += spacing;
		if (spacing > farthest)
			farthest = spacing;
	}
	elog(LOG,
		 "size: " UINT64_FORMAT ", members: %u, filled: %f, distance: %f on average, %u at most",
		 tb->size, tb->members, (double) tb->members / (double) tb->size,
		 tb->members > 0 ? (double) total / tb->members : 0.0, farthest);
}

PG_END_EXTERN_C

#undef SH_MOST_PLACES
#undef SH_HASH_OF
#undef SH_ALLOCATE
#undef SH_FREE
#undef SH_SET_SIZE
#undef SH_FIND
#undef SH_SPACING
#undef SH_SAME_HASH

#endif /* SH_DEFINE */

#undef SH_JOIN_NOW
#undef SH_JOIN
#undef SH_MAKE_NAME
#undef SH_TYPE
#undef SH_ITERATOR
#undef SH_STATUS
#undef SH_STATUS_EMPTY
#undef SH_STATUS_IN_USE

#undef SH_PREFIX
#undef SH_ELEMENT_TYPE
#undef SH_KEY_TYPE
#undef SH_KEY
#undef SH_HASH_KEY
#undef SH_EQUAL
#undef SH_SCOPE
#undef SH_DECLARE
#undef SH_DEFINE
#undef SH_STORE_HASH
#undef SH_GET_HASH
#undef SH_RAW_ALLOCATOR
#undef SH_RAW_FREE
#undef SH_USE_NONDEFAULT_ALLOCATOR

#endif /* SH_PREFIX */
