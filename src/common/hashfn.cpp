/*
 * hashfn.cpp
 *		Hash functions: Bob Jenkins's lookup3 (in the public domain), with PostgreSQL's start values.
 *
 * Any process; pure.
 */
#include "common/hashfn.h"

#include <bit>
#include <cstring>

namespace
{

/* The state, three words at a time. */
class Lookup3
{
public:
	explicit Lookup3(uint32 length, uint64 seed = 0)
	{
		a_ = b_ = c_ = 0x9e3779b9 + length + 3923095;
		if (seed == 0)
			return;
		a_ += static_cast<uint32>(seed >> 32);
		b_ += static_cast<uint32>(seed);
		mix();
	}

	void block(uint32 a, uint32 b, uint32 c)
	{
		add(a, b, c);
		mix();
	}

	/* The last words; the hash, whose lower half is the 32-bit one. */
	uint64 finish(uint32 a, uint32 b, uint32 c)
	{
		add(a, b, c);
		turn(c_, b_, 14);
		turn(a_, c_, 11);
		turn(b_, a_, 25);
		turn(c_, b_, 16);
		turn(a_, c_, 4);
		turn(b_, a_, 14);
		turn(c_, b_, 24);
		return static_cast<uint64>(b_) << 32 | c_;
	}

private:
	void add(uint32 a, uint32 b, uint32 c)
	{
		a_ += a;
		b_ += b;
		c_ += c;
	}

	static void turn(uint32 &x, uint32 y, int bits)
	{
		x ^= y;
		x -= std::rotl(y, bits);
	}

	static void step(uint32 &x, uint32 &y, uint32 z, int bits)
	{
		x -= y;
		x ^= std::rotl(y, bits);
		y += z;
	}

	void mix()
	{
		step(a_, c_, b_, 4);
		step(b_, a_, c_, 6);
		step(c_, b_, a_, 8);
		step(a_, c_, b_, 16);
		step(b_, a_, c_, 19);
		step(c_, b_, a_, 4);
	}

	uint32 a_, b_, c_;
};

uint32
word(const unsigned char *at)
{
	uint32 value;

	memcpy(&value, at, sizeof(value));
	return value;
}

uint64
hash(const unsigned char *key, int length, uint64 seed)
{
	Lookup3 state(static_cast<uint32>(length), seed);
	unsigned char rest[12] = {};

	for (; length >= 12; key += 12, length -= 12)
		state.block(word(key), word(key + 4), word(key + 8));
	/* The lowest byte of the third word is left to the length. */
	memcpy(rest, key, static_cast<size_t>(length < 8 ? length : 8));
	if (length > 8)
		memcpy(rest + 9, key + 8, static_cast<size_t>(length - 8));
	return state.finish(word(rest), word(rest + 4), word(rest + 8));
}

} // namespace

static_assert(std::endian::native == std::endian::little);

uint32
hash_bytes(const unsigned char *k, int keylen)
{
	return static_cast<uint32>(hash(k, keylen, 0));
}

uint64
hash_bytes_extended(const unsigned char *k, int keylen, uint64 seed)
{
	return hash(k, keylen, seed);
}

uint32
hash_bytes_uint32(uint32 k)
{
	return static_cast<uint32>(Lookup3(sizeof(k)).finish(k, 0, 0));
}

uint64
hash_bytes_uint32_extended(uint32 k, uint64 seed)
{
	return Lookup3(sizeof(k), seed).finish(k, 0, 0);
}

uint32
string_hash(const void *key, Size keysize)
{
	return hash_bytes(static_cast<const unsigned char *>(key),
					  static_cast<int>(strnlen(static_cast<const char *>(key), keysize - 1)));
}

uint32
tag_hash(const void *key, Size keysize)
{
	return hash_bytes(static_cast<const unsigned char *>(key), static_cast<int>(keysize));
}

uint32
uint32_hash(const void *key, Size)
{
	return hash_bytes_uint32(word(static_cast<const unsigned char *>(key)));
}
