/*
 * shm_toc_test.cpp
 *		Tables of contents: what was estimated fits, and is found again.
 */
#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "storage/shm_toc.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

constexpr uint64 kMagic = 0x12345;

TEST(ShmToc, WhatWasEstimatedFits)
{
	shm_toc_estimator e;
	const Size sizes[] = {1, 31, 32, 33, 1000};

	shm_toc_initialize_estimator(&e);
	for (const Size size : sizes)
		shm_toc_estimate_chunk(&e, size);
	shm_toc_estimate_keys(&e, lengthof(sizes));

	const Size total = shm_toc_estimate(&e);
	std::vector<uint64> memory(total / 8);
	shm_toc *toc = shm_toc_create(kMagic, memory.data(), total);

	for (uint64 key = 0; key < lengthof(sizes); key++)
	{
		void *at = shm_toc_allocate(toc, sizes[key]);

		memset(at, static_cast<int>(key), sizes[key]);
		EXPECT_EQ((static_cast<char *>(at) - reinterpret_cast<char *>(toc)) % 32, 0);
		shm_toc_insert(toc, key, at);
	}
	EXPECT_EQ(shm_toc_attach(kMagic + 1, memory.data()), nullptr);
	toc = shm_toc_attach(kMagic, memory.data());
	for (uint64 key = 0; key < lengthof(sizes); key++)
	{
		const char *at = static_cast<char *>(shm_toc_lookup(toc, key, false));

		EXPECT_EQ(at[0], static_cast<char>(key));
		EXPECT_EQ(at[sizes[key] - 1], static_cast<char>(key));
	}
}

TEST(ShmToc, WhatDoesNotFitIsAnError)
{
	std::vector<uint64> memory(32);
	shm_toc *toc = shm_toc_create(kMagic, memory.data(), 256);

	EXPECT_THROW(shm_toc_allocate(toc, 256), PgError);
	EXPECT_THROW(shm_toc_allocate(toc, SIZE_MAX), PgError);
	while (shm_toc_freespace(toc) >= 32)
		shm_toc_allocate(toc, 1);
	while (shm_toc_freespace(toc) >= 16)
		shm_toc_insert(toc, 1, toc);
	try
	{
		shm_toc_insert(toc, 1, toc);
		FAIL();
	}
	catch (const PgError &error)
	{
		EXPECT_EQ(error.sqlstate(), ERRCODE_OUT_OF_MEMORY);
	}
}

TEST(ShmToc, AMissingKeyIsAnErrorOrNull)
{
	std::vector<uint64> memory(32);
	shm_toc *toc = shm_toc_create(kMagic, memory.data(), 256);

	EXPECT_EQ(shm_toc_lookup(toc, 7, true), nullptr);
	EXPECT_THROW(shm_toc_lookup(toc, 7, false), PgError);
}

} // namespace
} // namespace pg
