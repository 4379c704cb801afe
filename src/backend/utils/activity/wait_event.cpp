/*
 * wait_event.cpp
 *		Wait events: from number to name, and numbers for the modules' own.
 *
 * Any process.  Names of custom events lie in shared memory and are never taken back; a name is
 * complete before its number is given out, so reading needs no lock.
 */
#include "postgres.h"

#include "utils/wait_event.h"

#include <atomic>
#include <new>
#include <span>

#include "storage/ipc/shmem_internals.h"
#include "storage/lmgr/lwlock_names.h"
#include "storage/spin.h"
#include "utils/activity/activity_internals.h"
#include "utils/activity/wait_event_names.h"
#include "utils/error/wall.h"

namespace pg
{

static constexpr uint32 kClassMask = 0xFF000000U;
static constexpr uint32 kNumberMask = 0x0000FFFFU;
static constexpr int kMaxCustomEvents = 128;

/* Number 0 of class Extension is PG_WAIT_EXTENSION itself; custom events count from 1. */
struct CustomEvents
{
	slock_t ce_lock; /* against another process that adds */
	std::atomic<int> ce_count;
	char ce_names[kMaxCustomEvents][NAMEDATALEN];
};
static_assert(std::atomic<int>::is_always_lock_free);

static CustomEvents *custom = nullptr;

size_t
WaitEventNamesSize()
{
	return sizeof(CustomEvents);
}

void
InitWaitEventNames(void *at)
{
	custom = new (at) CustomEvents{};
	SpinLockInit(&custom->ce_lock);
}

int
CustomWaitEventCount()
{
	return HaveSharedMemory() ? custom->ce_count.load(std::memory_order_acquire) : 0;
}

/* The number of a custom event, or 0. */
static uint32
find_custom(const char *name)
{
	/* acquire: pairs with the release in add_custom */
	const int count = custom->ce_count.load(std::memory_order_acquire);

	for (int i = 0; i < count; i++)
	{
		if (strcmp(custom->ce_names[i], name) == 0)
			return static_cast<uint32>(i) + 1;
	}
	return 0;
}

/* Finds or makes; 0 when there is no room. */
static uint32
add_custom(const char *name)
{
	SpinLockAcquire(&custom->ce_lock);

	uint32 number = find_custom(name);
	const int count = custom->ce_count.load(std::memory_order_relaxed);

	if (number == 0 && count < kMaxCustomEvents)
	{
		strlcpy(custom->ce_names[count], name, NAMEDATALEN);
		custom->ce_count.store(count + 1, std::memory_order_release);
		number = static_cast<uint32>(count) + 1;
	}
	SpinLockRelease(&custom->ce_lock);
	return number;
}

static uint32
custom_event(const char *name)
{
	if (!HaveSharedMemory())
		return PG_WAIT_EXTENSION;
	if (strlen(name) >= NAMEDATALEN)
		Raise(Report(ERROR).msg("cannot use custom wait event string longer than %d characters",
								NAMEDATALEN - 1));

	uint32 number = find_custom(name);

	if (number == 0)
		number = add_custom(name);
	if (number == 0)
		Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED).msg("too many custom wait events"));
	return PG_WAIT_EXTENSION | number;
}

static const char *
custom_name(uint32 number)
{
	if (number == 0)
		return "Extension";
	if (!HaveSharedMemory() ||
		number > static_cast<uint32>(custom->ce_count.load(std::memory_order_acquire)))
		return "unknown wait event";
	return custom->ce_names[number - 1];
}

static const char *
name_in(std::span<const char *const> names, uint32 number)
{
	return number < names.size() ? names[number] : "unknown wait event";
}

} // namespace pg

using namespace pg;

const char *
pgstat_get_wait_event_type(uint32 wait_event_info)
{
	if (wait_event_info == 0)
		return nullptr;
	switch (wait_event_info & kClassMask)
	{
		case PG_WAIT_LWLOCK: return "LWLock";
		case PG_WAIT_LOCK: return "Lock";
		case PG_WAIT_BUFFER_PIN: return "BufferPin";
		case PG_WAIT_ACTIVITY: return "Activity";
		case PG_WAIT_CLIENT: return "Client";
		case PG_WAIT_EXTENSION: return "Extension";
		case PG_WAIT_IPC: return "IPC";
		case PG_WAIT_TIMEOUT: return "Timeout";
		case PG_WAIT_IO: return "IO";
		default: return "???";
	}
}

const char *
pgstat_get_wait_event(uint32 wait_event_info)
{
	const uint32 number = wait_event_info & kNumberMask;

	if (wait_event_info == 0)
		return nullptr;
	switch (wait_event_info & kClassMask)
	{
		case PG_WAIT_LWLOCK: return LWLockTrancheName(static_cast<int>(number));
		case PG_WAIT_LOCK: return name_in(kLockNames, number);
		case PG_WAIT_BUFFER_PIN: return "BufferPin";
		case PG_WAIT_ACTIVITY: return name_in(kActivityNames, number);
		case PG_WAIT_CLIENT: return name_in(kClientNames, number);
		case PG_WAIT_EXTENSION: return custom_name(number);
		case PG_WAIT_IPC: return name_in(kIPCNames, number);
		case PG_WAIT_TIMEOUT: return name_in(kTimeoutNames, number);
		case PG_WAIT_IO: return name_in(kIONames, number);
		default: return "unknown wait event";
	}
}

uint32
WaitEventExtensionNew(const char *wait_event_name)
{
	return FromC([&] { return custom_event(wait_event_name); });
}
