/*
 * dsm_places_test.cpp
 *		Places and handles of segments.
 */
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "storage/ipc/dsm_places.h"

namespace pg
{
namespace
{

class DsmPlacesTest : public ::testing::Test
{
protected:
	explicit DsmPlacesTest(int slots = 4, size_t pages = 10)
		: memory_(DsmPlacesSize(slots) / 8 + 1),
		  places_(reinterpret_cast<DsmPlaces *>(memory_.data()))
	{
		InitDsmPlaces(places_, slots, pages, 7);
	}

	DsmSlot *take(size_t pages) { return TakeDsmPlace(places_, pages, &error_); }
	void give(DsmSlot *slot)
	{
		slot->ds_refs = 0;
		GiveDsmPlace(places_, slot);
	}

	std::vector<uint64_t> memory_;
	DsmPlaces *places_;
	PlaceError error_ = PlaceError::None;
};

TEST_F(DsmPlacesTest, SegmentsLieSideBySideAndGapsAreFilled)
{
	DsmSlot *a = take(3);
	DsmSlot *b = take(3);
	DsmSlot *c = take(4);

	EXPECT_EQ(a->ds_page, 0u);
	EXPECT_EQ(b->ds_page, 3u);
	EXPECT_EQ(c->ds_page, 6u);
	EXPECT_EQ(take(1), nullptr);
	EXPECT_EQ(error_, PlaceError::NoRoom);
	give(b);
	EXPECT_EQ(take(4), nullptr);
	EXPECT_EQ(take(2)->ds_page, 3u);
	EXPECT_EQ(take(1)->ds_page, 5u);
	EXPECT_EQ(take(1), nullptr);
	EXPECT_EQ(error_, PlaceError::NoSlot);
}

TEST_F(DsmPlacesTest, AHandleFindsItsSegmentOnlyWhileThatLives)
{
	DsmSlot *a = take(1);
	const uint32 handle = a->ds_handle;

	EXPECT_NE(handle, 0u);
	EXPECT_EQ(FindDsmPlace(places_, handle), a);
	EXPECT_EQ(FindDsmPlace(places_, 0), nullptr);
	EXPECT_EQ(FindDsmPlace(places_, UINT32_MAX), nullptr);
	a->ds_refs = 0;
	EXPECT_EQ(FindDsmPlace(places_, handle), nullptr) << "dying";
	GiveDsmPlace(places_, a);
	EXPECT_EQ(FindDsmPlace(places_, handle), nullptr);
	EXPECT_EQ(take(1), a);
	EXPECT_NE(a->ds_handle, handle);
	EXPECT_EQ(FindDsmPlace(places_, handle), nullptr);
}

class ManyPlaces : public DsmPlacesTest
{
protected:
	ManyPlaces() : DsmPlacesTest(200, 1000) {}
};

TEST_F(ManyPlaces, NeverOverlap)
{
	std::mt19937 random(1);
	std::vector<DsmSlot *> live;
	std::vector<bool> taken(1000);

	for (int round = 0; round < 20000; round++)
	{
		if (random() % 2 == 0)
		{
			DsmSlot *slot = take(1 + random() % 20);

			if (slot == nullptr)
				continue;
			for (size_t page = slot->ds_page; page < slot->ds_page + slot->ds_pages; page++)
			{
				ASSERT_FALSE(taken.at(page));
				taken[page] = true;
			}
			live.push_back(slot);
		}
		else if (!live.empty())
		{
			const size_t which = random() % live.size();
			DsmSlot *slot = live[which];

			for (size_t page = slot->ds_page; page < slot->ds_page + slot->ds_pages; page++)
				taken[page] = false;
			give(slot);
			live[which] = live.back();
			live.pop_back();
		}
		ASSERT_EQ(places_->dp_used, static_cast<int>(live.size()));
	}
}

} // namespace
} // namespace pg
