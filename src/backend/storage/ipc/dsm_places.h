/*
 * storage/ipc/dsm_places.h
 *		Which segments of dynamic shared memory there are, and where: the table in the main shared mapping.
 *
 * Pure bookkeeping: the caller holds DynamicSharedMemoryControlLock, and maps and allots.
 *
 * A slot is free (ds_handle 0), in use (ds_refs > 0) or dying (in use, ds_refs 0: nobody finds it by its handle any more and
 * whoever let go last frees its memory, without the lock, and then the slot).  ds_refs counts the mappings, and one more for
 * a pin.  A process that is killed leaves its counts behind; the crash cycle that follows makes all of it anew.
 */
#pragma once

#include <cstddef>
#include <cstdint>

#include "postgres.h"

namespace pg
{

struct DsmSlot
{
	uint32 ds_handle; /* 0: free */
	uint32 ds_uses;	  /* how often the slot was taken: the handle's upper bits */
	int32 ds_refs;
	bool ds_pinned;
	int32 ds_next; /* in use: next one by address; free: next free one; -1: none */
	size_t ds_page;
	size_t ds_pages;
	size_t ds_size; /* bytes asked for */
};

struct DsmPlaces
{
	size_t dp_pages; /* in the whole range */
	int32 dp_slots;
	int32 dp_slot_bits; /* of a handle */
	int32 dp_first;		/* by address */
	int32 dp_free;
	int32 dp_used;

	DsmSlot *slots() { return reinterpret_cast<DsmSlot *>(this + 1); }
};
static_assert(sizeof(DsmPlaces) % alignof(DsmSlot) == 0);

size_t DsmPlacesSize(int slots);
/* seed makes the handles differ from those of the server's former lives. */
void InitDsmPlaces(DsmPlaces *places, int slots, size_t pages, uint32 seed);

enum class PlaceError : uint8_t
{
	None,
	NoSlot,
	NoRoom
};

/* Takes the lowest place where `pages` fit; the slot has one reference. Null and *error otherwise. */
DsmSlot *TakeDsmPlace(DsmPlaces *places, size_t pages, PlaceError *error);
/* Frees a dying slot. */
void GiveDsmPlace(DsmPlaces *places, DsmSlot *slot);
/* The segment of this handle; null when there is none or it is dying. */
DsmSlot *FindDsmPlace(DsmPlaces *places, uint32 handle);

} /* namespace pg */
