/*
 * bitmapset.cpp
 *		Sets of small numbers (C API: nodes/bitmapset.h).
 *
 * Any process.
 */
#include "nodes/bitmapset.h"

#include <bit>
#include <cstddef>
#include <cstring>

#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/palloc.h"

namespace pg
{
namespace
{

int
word_of(int x)
{
	if (x < 0)
		Raise(Report(ERROR).msg("negative bitmapset member not allowed"));
	return x / BITS_PER_BITMAPWORD;
}

bitmapword
bit_of(int x)
{
	return bitmapword{1} << (x % BITS_PER_BITMAPWORD);
}

Size
size_of(int words)
{
	return offsetof(Bitmapset, words) + static_cast<Size>(words) * sizeof(bitmapword);
}

/* A set of that many words, with the members of a. */
Bitmapset *
widened(const Bitmapset *a, int words)
{
	auto *const result = static_cast<Bitmapset *>(palloc0(size_of(words)));

	if (a != nullptr)
		memcpy(static_cast<void *>(result), a, size_of(a->nwords));
	result->nwords = words;
	return result;
}

Bitmapset *
add_member(Bitmapset *a, int x)
{
	const int word = word_of(x);

	if (a == nullptr || a->nwords <= word)
	{
		Bitmapset *const wide = widened(a, word + 1);

		bms_free(a);
		a = wide;
	}
	a->words[word] |= bit_of(x);
	return a;
}

Bitmapset *
del_member(Bitmapset *a, int x)
{
	const int word = word_of(x);

	if (a != nullptr && word < a->nwords)
		a->words[word] &= ~bit_of(x);
	if (!bms_is_empty(a))
		return a;
	bms_free(a);
	return nullptr;
}

bitmapword
word_at(const Bitmapset *a, int word)
{
	return a != nullptr && word < a->nwords ? a->words[word] : 0;
}

int
words_of(const Bitmapset *a)
{
	return a != nullptr ? a->nwords : 0;
}

} /* namespace */
} /* namespace pg */

using namespace pg;

Bitmapset *
bms_make_singleton(int x)
{
	return FromC([&] { return add_member(nullptr, x); });
}

Bitmapset *
bms_copy(const Bitmapset *a)
{
	return FromC([&] { return a != nullptr ? widened(a, a->nwords) : nullptr; });
}

Bitmapset *
bms_add_member(Bitmapset *a, int x)
{
	return FromC([&] { return add_member(a, x); });
}

Bitmapset *
bms_del_member(Bitmapset *a, int x)
{
	return FromC([&] { return del_member(a, x); });
}

void
bms_free(Bitmapset *a)
{
	if (a != nullptr)
		pfree(a);
}

bool
bms_is_member(int x, const Bitmapset *a)
{
	return FromC([&] { return (word_at(a, word_of(x)) & bit_of(x)) != 0; });
}

int
bms_num_members(const Bitmapset *a)
{
	int count = 0;

	for (int i = 0; i < words_of(a); i++)
		count += std::popcount(a->words[i]);
	return count;
}

bool
bms_is_empty(const Bitmapset *a)
{
	return bms_num_members(a) == 0;
}

bool
bms_equal(const Bitmapset *a, const Bitmapset *b)
{
	for (int i = 0; i < words_of(a) || i < words_of(b); i++)
		if (word_at(a, i) != word_at(b, i))
			return false;
	return true;
}

bool
bms_overlap(const Bitmapset *a, const Bitmapset *b)
{
	for (int i = 0; i < words_of(a) && i < words_of(b); i++)
		if ((a->words[i] & b->words[i]) != 0)
			return true;
	return false;
}

int
bms_first_member(Bitmapset *a)
{
	const int first = bms_next_member(a, -1);

	if (first < 0)
		return -1;
	a->words[first / BITS_PER_BITMAPWORD] &= ~bit_of(first);
	return first;
}

int
bms_next_member(const Bitmapset *a, int prevbit)
{
	for (int x = prevbit + 1; x / BITS_PER_BITMAPWORD < words_of(a); x++)
		if ((word_at(a, x / BITS_PER_BITMAPWORD) & bit_of(x)) != 0)
			return x;
	return -2;
}
