/*
 * dsa_test.cpp
 *		Areas: size classes as pure functions; the allocator in one process against a model.
 */
#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <vector>

#include "storage/dsa/dsa_layout.h"
#include "storage/ipc/dsm_internals.h"
#include "storage/ipc/testing.h"
#include "storage/lmgr/proc_internals.h"
#include "utils/error/report.h"

namespace pg
{
namespace dsa
{
namespace
{

TEST(DsaClasses, HoldWhatTheyAreChosenForAndWasteLittle)
{
	for (Size size = 1; size <= kLargestSmall; size++)
	{
		const Size got = ClassSize(ClassOf(size));

		ASSERT_GE(got, size);
		ASSERT_EQ(got % MAXIMUM_ALIGNOF, 0u);
		ASSERT_LE(got, size + std::max<Size>(size / 4, 7));
		ASSERT_EQ(ClassOf(got), ClassOf(size));
	}
	for (int i = 0; i < kClasses; i++)
		EXPECT_GE(SpanObjects(i), 8);
}

/* Runs `body` in a process with shared memory; true when it had no failure. */
bool
in_a_process(const std::function<void()> &body)
{
	testing::SharedMemoryScope memory({kLmgrAreas, kIpcAreas, kDsmAreas});
	const pid_t child = testing::StartChild(0,
											[&]
											{
												body();
												return ::testing::Test::HasFailure() ? 1 : 0;
											});

	return testing::WaitChild(child) == 0;
}

struct Object
{
	dsa_pointer pointer;
	Size size;
	unsigned char fill;
};

void
check(dsa_area *area, const Object &object)
{
	const auto at = static_cast<unsigned char *>(dsa_get_address(area, object.pointer));

	ASSERT_EQ(reinterpret_cast<uintptr_t>(at) % MAXIMUM_ALIGNOF, 0u);
	for (Size i = 0; i < object.size; i += 1 + i / 7)
		ASSERT_EQ(at[i], object.fill);
	ASSERT_EQ(at[object.size - 1], object.fill);
}

void
allocate_and_free(dsa_area *area, int rounds)
{
	std::mt19937 random(5);
	std::vector<Object> live;

	for (int i = 0; i < rounds; i++)
	{
		if (random() % 100 < (i < rounds / 2 ? 55 : 45) || live.empty())
		{
			const Size size = 1 + random() % (random() % 20 == 0 ? 300000 : 2000);
			Object object = {dsa_allocate(area, size), size, static_cast<unsigned char>(i)};

			memset(dsa_get_address(area, object.pointer), object.fill, size);
			live.push_back(object);
		}
		else
		{
			const Size which = random() % live.size();

			check(area, live[which]);
			dsa_free(area, live[which].pointer);
			live[which] = live.back();
			live.pop_back();
		}
	}
	for (const Object &object : live)
	{
		check(area, object);
		dsa_free(area, object.pointer);
	}
}

TEST(Dsa, ObjectsDoNotTouchAndSegmentsAreGivenBack)
{
	EXPECT_TRUE(in_a_process(
		[]
		{
			dsa_area *area = dsa_create(LWTRANCHE_PARALLEL_QUERY_DSA);

			allocate_and_free(area, 20000);
			EXPECT_GT(dsa_get_total_size(area), 0u);
			dsa_trim(area);
			EXPECT_EQ(dsa_get_total_size(area), DSA_DEFAULT_INIT_SEGMENT_SIZE);
			EXPECT_EQ(area->control->dc_head.sh_free,
					  area->control->dc_head.sh_pages - area->control->dc_head.sh_first);
			dsa_detach(area);
		}));
}

TEST(Dsa, InPlaceItBeginsWithWhatItWasGiven)
{
	EXPECT_TRUE(in_a_process(
		[]
		{
			std::vector<uint64> place(dsa_minimum_size() / 8);

			EXPECT_THROW(dsa_create_in_place(place.data(), dsa_minimum_size() - 1,
											 LWTRANCHE_PARALLEL_QUERY_DSA, nullptr),
						 PgError);

			dsa_area *area = dsa_create_in_place(place.data(), dsa_minimum_size(),
												 LWTRANCHE_PARALLEL_QUERY_DSA, nullptr);

			allocate_and_free(area, 2000);
			dsa_trim(area);
			EXPECT_EQ(dsa_get_total_size(area), dsa_minimum_size());
			dsa_allocate(area, 100);
			dsa_detach(area);
			dsa_release_in_place(place.data());
			EXPECT_THROW(dsa_attach_in_place(place.data(), nullptr), PgError);
		}));
}

TEST(Dsa, KeepsToItsLimitAndSaysSo)
{
	EXPECT_TRUE(in_a_process(
		[]
		{
			dsa_area *area = dsa_create(LWTRANCHE_PARALLEL_QUERY_DSA);

			dsa_set_size_limit(area, 3 * DSA_DEFAULT_INIT_SEGMENT_SIZE);
			EXPECT_EQ(dsa_allocate_extended(area, 4000000, DSA_ALLOC_NO_OOM), InvalidDsaPointer);
			try
			{
				while (true)
					dsa_allocate(area, 5000);
			}
			catch (const PgError &error)
			{
				EXPECT_EQ(error.sqlstate(), ERRCODE_OUT_OF_MEMORY);
				EXPECT_EQ(error.report.detail_text, "Failed on DSA request of size 5000.");
			}
			EXPECT_LE(dsa_get_total_size(area), 3 * DSA_DEFAULT_INIT_SEGMENT_SIZE);
			EXPECT_GT(dsa_get_total_size(area), 2 * DSA_DEFAULT_INIT_SEGMENT_SIZE);
			EXPECT_THROW(dsa_allocate(area, 0x40000000), PgError);
			dsa_set_size_limit(area, SIZE_MAX);
			dsa_free(area, dsa_allocate(area, 100000000));
			dsa_detach(area);
		}));
}

TEST(Dsa, WhatIsNoAllocationIsNotFreed)
{
	EXPECT_TRUE(in_a_process(
		[]
		{
			dsa_area *area = dsa_create(LWTRANCHE_PARALLEL_QUERY_DSA);
			const dsa_pointer small = dsa_allocate0(area, 100);
			const dsa_pointer large = dsa_allocate(area, 20000);

			for (const dsa_pointer wrong :
				 {InvalidDsaPointer, small + 8, large + 8, static_cast<dsa_pointer>(1) << 40,
				  ~static_cast<dsa_pointer>(0), small + 112 * 100})
				EXPECT_THROW(dsa_free(area, wrong), PgError) << wrong;
			dsa_free(area, large);
			EXPECT_THROW(dsa_free(area, large), PgError);
			EXPECT_EQ(dsa_get_address(area, InvalidDsaPointer), nullptr);
			dsa_detach(area);
		}));
}

} // namespace
} // namespace dsa
} // namespace pg
