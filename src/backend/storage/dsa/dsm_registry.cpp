/*
 * dsm_registry.cpp
 *		Segments of dynamic shared memory by name.
 *
 * Backends and workers with shared memory.  rg_lock guards the names; an entry, once there, stays.  The entry's own lock is
 * held while its segment is made, so that others wait until it is complete.
 */
#include "storage/dsm_registry.h"

#include <cstring>
#include <new>

#include "storage/dsa/dsa_layout.h"
#include "storage/dsa/registry_area.h"
#include "storage/dsm.h"
#include "storage/ipc/dsm_internals.h"
#include "storage/lwlock.h"
#include "utils/error/wall.h"

namespace pg
{

static constexpr int kMaxNames = 512;
static constexpr Size kNameSize = 64;

struct RegistryEntry
{
	char re_name[kNameSize];
	LWLock re_lock;
	Size re_size;
	dsm_handle re_handle; /* DSM_HANDLE_INVALID: nobody has made it, or that failed */
};

struct Registry
{
	LWLock rg_lock;
	int rg_count;
	RegistryEntry rg_entries[kMaxNames];
};

static Registry *registry = nullptr;

/* The entry of a name, made if need be. */
static RegistryEntry &
entry_of(const char *name)
{
	const dsa::Locked lock(&registry->rg_lock);

	for (int i = 0; i < registry->rg_count; i++)
	{
		if (strcmp(registry->rg_entries[i].re_name, name) == 0)
			return registry->rg_entries[i];
	}
	if (registry->rg_count == kMaxNames)
		Raise(Report(ERROR, ERRCODE_OUT_OF_MEMORY)
				  .msg("out of shared memory")
				  .detail("There are %d named segments already.", kMaxNames));

	RegistryEntry &entry = registry->rg_entries[registry->rg_count];

	strlcpy(entry.re_name, name, kNameSize);
	LWLockInitialize(&entry.re_lock, LWTRANCHE_DSM_REGISTRY_HASH);
	entry.re_handle = DSM_HANDLE_INVALID;
	registry->rg_count++;
	return entry;
}

static dsm_segment *
make(RegistryEntry &entry, Size size, void (*init_callback)(void *))
{
	dsm_segment *const segment = dsm_create(size, 0);

	dsm_pin_mapping(segment);
	try
	{
		if (init_callback != nullptr)
			ToC(init_callback, dsm_segment_address(segment));
		dsm_pin_segment(segment);
	}
	catch (const PgError &)
	{
		dsm_detach(segment);
		throw;
	}
	entry.re_size = size;
	entry.re_handle = dsm_segment_handle(segment);
	return segment;
}

static dsm_segment *
mapping_of(const RegistryEntry &entry)
{
	if (dsm_segment *const here = dsm_find_mapping(entry.re_handle))
		return here;

	dsm_segment *const segment = dsm_attach(entry.re_handle);

	if (segment == nullptr)
		Raise(Report(ERROR).msg("could not map dynamic shared memory segment"));
	dsm_pin_mapping(segment);
	return segment;
}

static void *
find_or_make(const char *name, Size size, void (*init_callback)(void *), bool *found)
{
	if (name == nullptr || *name == '\0')
		Raise(Report(ERROR).msg("DSM segment name cannot be empty"));
	if (strlen(name) >= kNameSize)
		Raise(Report(ERROR).msg("DSM segment name too long"));
	if (size == 0)
		Raise(Report(ERROR).msg("DSM segment size must be nonzero"));
	RequireSharedMemory();

	RegistryEntry &entry = entry_of(name);
	const dsa::Locked lock(&entry.re_lock);

	*found = entry.re_handle != DSM_HANDLE_INVALID;
	if (!*found)
		return dsm_segment_address(make(entry, size, init_callback));
	if (entry.re_size != size)
		Raise(Report(ERROR).msg(
			"requested DSM segment size does not match size of existing segment"));
	return dsm_segment_address(mapping_of(entry));
}

static void
init_registry(void *at)
{
	registry = static_cast<Registry *>(at); /* zeros: no names */
	LWLockInitialize(&registry->rg_lock, LWTRANCHE_DSM_REGISTRY_HASH);
}

static constexpr ShmemArea registry_areas[] = {
	{"DSM Registry Data", [] { return sizeof(Registry); }, init_registry},
};
const std::span<const ShmemArea> kDsmRegistryAreas = registry_areas;

} // namespace pg

using namespace pg;

void *
GetNamedDSMSegment(const char *name, size_t size, void (*init_callback)(void *ptr), bool *found)
{
	return FromC([&] { return find_or_make(name, size, init_callback, found); });
}
