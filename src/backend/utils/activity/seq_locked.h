/*
 * utils/activity/seq_locked.h
 *		Data in shared memory with one writer, and the protocol by which readers get a whole copy.
 *
 * Owner:	SeqWrite scope: makes st_changes odd, changes the data by straight code that cannot
 *			raise, makes st_changes even again.  Nobody else writes.
 * Reader:	notes st_changes, copies, looks again; the copy is good when the number was even and is the
 *			same.  Tries a bounded number of times, then leaves the entry out: an owner that died in
 *			between takes the server through a crash cycle anyway.
 * Both fences matter: without the writer's the odd number could become visible after the change, without
 * the reader's the copy could be read after the second look.
 *
 * Zeroed memory is a valid SeqLocked<T> of zeros: an array of them in fresh shared memory needs no
 * construction, and its untouched pages cost nothing.
 */
#pragma once

#include "postgres.h"

#include <atomic>
#include <type_traits>

namespace pg
{

template <typename T>
struct SeqLocked
{
	static_assert(std::is_trivially_copyable_v<T> && std::is_standard_layout_v<T>);

	std::atomic<uint32> st_changes;
	T st_data;
};
static_assert(std::atomic<uint32>::is_always_lock_free);

/* The owner's scope. Keep it short; nothing in it may raise or check for interrupts. */
template <typename T>
class SeqWrite
{
public:
	explicit SeqWrite(SeqLocked<T> &entry) : entry_(entry)
	{
		before_ = entry_.st_changes.load(std::memory_order_relaxed);
		entry_.st_changes.store(before_ + 1, std::memory_order_relaxed);
		/* pairs with the acquire fence of ReadActivity */
		std::atomic_thread_fence(std::memory_order_release);
	}
	~SeqWrite()
	{
		/* release: pairs with the first load of ReadActivity */
		entry_.st_changes.store(before_ + 2, std::memory_order_release);
	}
	SeqWrite(const SeqWrite &) = delete;
	SeqWrite &operator=(const SeqWrite &) = delete;

	T *operator->() { return &entry_.st_data; }
	T &operator*() { return entry_.st_data; }

private:
	SeqLocked<T> &entry_;
	uint32 before_;
};

/*
 * Calls copy() until it ran without a change in between; false when that never happened.  copy may see
 * a torn entry: it must bound every length and index, and its result counts only when this is true.
 */
template <typename T, typename Copy>
bool
ReadActivity(const SeqLocked<T> &entry, Copy copy)
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
