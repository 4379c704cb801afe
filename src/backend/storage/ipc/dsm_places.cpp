/*
 * dsm_places.cpp
 *		Which segments of dynamic shared memory there are, and where.
 *
 * Any child with shared memory, under DynamicSharedMemoryControlLock; the postmaster makes the table.
 */
#include "storage/ipc/dsm_places.h"

#include <bit>
#include <new>

namespace pg
{

size_t
DsmPlacesSize(int slots)
{
	return sizeof(DsmPlaces) + static_cast<size_t>(slots) * sizeof(DsmSlot);
}

void
InitDsmPlaces(DsmPlaces *places, int slots, size_t pages, uint32 seed)
{
	new (places) DsmPlaces{};
	places->dp_pages = pages;
	places->dp_slots = slots;
	/* Slot numbers go from 1 in handles, so that none is 0. */
	places->dp_slot_bits = std::bit_width(static_cast<unsigned>(slots));
	places->dp_first = -1;
	places->dp_free = 0;
	for (int i = 0; i < slots; i++)
	{
		DsmSlot *slot = new (&places->slots()[i]) DsmSlot{};

		slot->ds_uses = seed;
		slot->ds_next = i + 1 < slots ? i + 1 : -1;
	}
}

/* Where in the chain by address there is room: the link to put the new one into, and its page. Null: nowhere. */
static int32 *
find_room(DsmPlaces *places, size_t pages, size_t *page)
{
	int32 *link = &places->dp_first;

	*page = 0;
	while (*link >= 0)
	{
		DsmSlot &next = places->slots()[*link];

		if (next.ds_page - *page >= pages)
			return link;
		*page = next.ds_page + next.ds_pages;
		link = &next.ds_next;
	}
	return places->dp_pages - *page >= pages ? link : nullptr;
}

DsmSlot *
TakeDsmPlace(DsmPlaces *places, size_t pages, PlaceError *error)
{
	const int32 number = places->dp_free;
	size_t page;

	if (number < 0)
	{
		*error = PlaceError::NoSlot;
		return nullptr;
	}

	int32 *const link = find_room(places, pages, &page);

	if (link == nullptr)
	{
		*error = PlaceError::NoRoom;
		return nullptr;
	}

	DsmSlot *const slot = &places->slots()[number];

	places->dp_free = slot->ds_next;
	places->dp_used++;
	slot->ds_uses++;
	slot->ds_handle = slot->ds_uses << places->dp_slot_bits | (static_cast<uint32>(number) + 1);
	slot->ds_refs = 1;
	slot->ds_pinned = false;
	slot->ds_page = page;
	slot->ds_pages = pages;
	slot->ds_next = *link;
	*link = number;
	*error = PlaceError::None;
	return slot;
}

void
GiveDsmPlace(DsmPlaces *places, DsmSlot *slot)
{
	const int32 number = static_cast<int32>(slot - places->slots());
	int32 *link = &places->dp_first;

	while (*link != number)
		link = &places->slots()[*link].ds_next;
	*link = slot->ds_next;
	slot->ds_handle = 0;
	slot->ds_next = places->dp_free;
	places->dp_free = number;
	places->dp_used--;
}

DsmSlot *
FindDsmPlace(DsmPlaces *places, uint32 handle)
{
	const uint32 number = handle & ((1u << places->dp_slot_bits) - 1);

	if (number == 0 || number > static_cast<uint32>(places->dp_slots))
		return nullptr;

	DsmSlot *const slot = &places->slots()[number - 1];

	return slot->ds_handle == handle && slot->ds_refs > 0 ? slot : nullptr;
}

} /* namespace pg */
