/*
 * utils/activity/status_entry.h
 *		The activity entry in shared memory, and the protocol by which it is written and read.
 *
 * Owner:	ActivityWrite scope: makes st_changes odd, changes the entry by straight code that cannot
 *			raise, makes st_changes even again.  Nobody else writes.
 * Reader:	notes st_changes, copies, looks again; the copy is good when the number was even and is the
 *			same.  Tries a bounded number of times, then leaves the entry out: an owner that died in
 *			between takes the server through a crash cycle anyway.
 * Both fences matter: without the writer's the odd number could become visible after the change, without
 * the reader's the copy could be read after the second look.
 */
#pragma once

#include "postgres.h"

#include <atomic>
#include <type_traits>

#include "postmaster/bgworker.h"
#include "utils/backend_status.h"

namespace pg
{

inline constexpr int kClientAddressSize = 48; /* a numeric IPv6 address with its scope fits */

/* What a reader copies; the query's text lies beside it, in an array of its own. */
struct ActivityData
{
	int st_pid; /* 0: entry not in use */
	BackendType st_type;
	Oid st_database;
	Oid st_user;
	BackendState st_state;
	int st_client_port;
	bool st_has_client;
	uint64 st_query_id;
	TimestampTz st_backend_start;
	TimestampTz st_xact_start;
	TimestampTz st_query_start;
	TimestampTz st_state_change;
	char st_appname[NAMEDATALEN];
	char st_type_text[BGW_MAXLEN];
	char st_client_address[kClientAddressSize];
	char st_client_hostname[NAMEDATALEN];
};
static_assert(std::is_trivially_copyable_v<ActivityData> &&
			  std::is_standard_layout_v<ActivityData>);

struct ActivityEntry
{
	std::atomic<uint32> st_changes;
	ActivityData st_data;
};
static_assert(std::atomic<uint32>::is_always_lock_free);
static_assert(std::is_standard_layout_v<ActivityEntry> &&
			  std::is_trivially_destructible_v<ActivityEntry>);

/* The owner's scope. Keep it short; nothing in it may raise or check for interrupts. */
class ActivityWrite
{
public:
	explicit ActivityWrite(ActivityEntry &entry) : entry_(entry)
	{
		before_ = entry_.st_changes.load(std::memory_order_relaxed);
		entry_.st_changes.store(before_ + 1, std::memory_order_relaxed);
		/* pairs with the acquire fence of ReadActivity */
		std::atomic_thread_fence(std::memory_order_release);
	}
	~ActivityWrite()
	{
		/* release: pairs with the first load of ReadActivity */
		entry_.st_changes.store(before_ + 2, std::memory_order_release);
	}
	ActivityWrite(const ActivityWrite &) = delete;
	ActivityWrite &operator=(const ActivityWrite &) = delete;

	ActivityData *operator->() { return &entry_.st_data; }

private:
	ActivityEntry &entry_;
	uint32 before_;
};

/*
 * Calls copy() until it ran without a change in between; false when that never happened.  copy may see
 * a torn entry: it must bound every length and index, and its result counts only when this is true.
 */
template <typename Copy>
bool
ReadActivity(const ActivityEntry &entry, Copy copy)
{
	constexpr int kAttempts = 10000;

	for (int attempt = 0; attempt < kAttempts; attempt++)
	{
		const uint32 before = entry.st_changes.load(std::memory_order_acquire);

		if (before & 1)
			continue;
		copy();
		std::atomic_thread_fence(std::memory_order_acquire);
		if (entry.st_changes.load(std::memory_order_relaxed) == before)
			return true;
	}
	return false;
}

} // namespace pg
