/*
 * wait_event_list.cpp
 *		Wait events one by one, with what they mean (wait_event_list.h).
 *
 * Any process.  Constant data, and the names that modules have registered.
 */
#include "utils/activity/wait_event_list.h"

#include <cstdio>
#include <span>

#include "storage/lmgr/lwlock_names.h"
#include "utils/activity/activity_internals.h"
#include "utils/activity/wait_event_names.h"
#include "utils/wait_event.h"

namespace pg
{

namespace
{

constexpr const char *kUnused = "Not used by this server.";

struct Described
{
	uint32 event;
	const char *text;
};

/* Those that this server reports. All others have their names from PostgreSQL, for modules that name them. */
constexpr Described kDescribed[] = {
	{WAIT_EVENT_CHECKPOINTER_MAIN, "Waiting for work in the main loop of the checkpointer."},
	{WAIT_EVENT_RECOVERY_WAL_STREAM, "Waiting in the startup process of a standby."},
	{WAIT_EVENT_CLIENT_READ, "Waiting for the client to send something."},
	{WAIT_EVENT_CLIENT_WRITE, "Waiting for the client to take what is sent to it."},
	{WAIT_EVENT_BACKEND_TERMINATION, "Waiting for another process to end."},
	{WAIT_EVENT_BGWORKER_STARTUP, "Waiting for a background worker to start or to be ready."},
	{WAIT_EVENT_BGWORKER_SHUTDOWN, "Waiting for a background worker to end."},
	{WAIT_EVENT_CHECKPOINT_DONE, "Waiting for a checkpoint to be complete."},
	{WAIT_EVENT_PROMOTE, "Waiting for a standby to be promoted."},
	{WAIT_EVENT_PG_SLEEP, "Waiting because pg_sleep() was called."},
	{WAIT_EVENT_WAL_SYNC, "Waiting for a commit to be on disk."},
	{PG_WAIT_EXTENSION, "Waiting in the code of a module."},
	{PG_WAIT_LOCK, "Waiting for the write lock of a database."},
};

const char *
description_of(uint32 event)
{
	for (const Described &described : kDescribed)
		if (described.event == event)
			return described.text;
	return kUnused;
}

struct EventClass
{
	uint32 base;
	const char *type;
	std::span<const char *const> names;
};

constexpr EventClass kClasses[] = {
	{PG_WAIT_ACTIVITY, "Activity", kActivityNames},
	{PG_WAIT_CLIENT, "Client", kClientNames},
	{PG_WAIT_IPC, "IPC", kIPCNames},
	{PG_WAIT_IO, "IO", kIONames},
	{PG_WAIT_LOCK, "Lock", kLockNames},
	{PG_WAIT_TIMEOUT, "Timeout", kTimeoutNames},
};

/* The server's own LWLocks; what they protect stands where they are declared. */
bool
lwlock_info(int number, WaitEventInfo *info)
{
	static char text[200];
	const LWLockName &lock = kLWLockNames[number];

	snprintf(text, sizeof(text), "Waiting for the lock on %s.", lock.protects);
	*info = {"LWLock", lock.name, lock.rank > 0 ? text : kUnused};
	return true;
}

bool
custom_info(int number, WaitEventInfo *info)
{
	static char text[NAMEDATALEN + 80];
	const uint32 event = PG_WAIT_EXTENSION | static_cast<uint32>(number);

	if (number > CustomWaitEventCount())
		return false;
	*info = {"Extension", pgstat_get_wait_event(event), description_of(event)};
	if (number > 0)
	{
		snprintf(text, sizeof(text), "Waiting for custom wait event \"%s\" defined by a module.",
				 info->name);
		info->description = text;
	}
	return true;
}

} /* namespace */

bool
GetWaitEventInfo(int number, WaitEventInfo *info)
{
	for (const EventClass &some : kClasses)
	{
		const int count = static_cast<int>(some.names.size());

		if (number < count)
		{
			*info = {some.type, some.names[static_cast<size_t>(number)],
					 description_of(some.base + static_cast<uint32>(number))};
			return true;
		}
		number -= count;
	}
	if (number < NUM_INDIVIDUAL_LWLOCKS)
		return lwlock_info(number, info);
	return custom_info(number - NUM_INDIVIDUAL_LWLOCKS, info);
}

} // namespace pg
