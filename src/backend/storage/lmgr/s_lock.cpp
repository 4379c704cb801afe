/*
 * s_lock.cpp
 *		The slow way of a spinlock: somebody else holds it.
 *
 * Children with shared memory.  Never raises ERROR: the caller is in the middle of something.
 */
#include "postgres.h"

#include "storage/s_lock.h"

#include <time.h>

#include "utils/error/report.h"

namespace
{

constexpr int kSpinsPerSleep = 100;
constexpr long kFirstSleepUsec = 100;
constexpr long kLongestSleepUsec = 100000;
constexpr long kStuckAfterUsec = 60L * 1000 * 1000;

void
sleep_for(long usec)
{
	const timespec delay = {usec / 1000000, (usec % 1000000) * 1000};

	nanosleep(&delay, nullptr); /* poll: a spinlock has nobody who would wake us */
}

} // namespace

int
s_lock(volatile slock_t *lock, const char *file, int line, const char *func)
{
	long delay = kFirstSleepUsec;
	long slept = 0;
	int sleeps = 0;
	int spins = 0;

	while (TAS_SPIN(lock))
	{
		SPIN_DELAY();
		if (++spins < kSpinsPerSleep)
			continue;
		spins = 0;
		if (slept > kStuckAfterUsec)
			pg::Report(PANIC)
				.msg("stuck spinlock detected at %s, %s:%d", func != nullptr ? func : "(unknown)",
					 file, line)
				.emit();
		sleep_for(delay);
		slept += delay;
		sleeps++;
		delay = delay * 2 > kLongestSleepUsec ? kLongestSleepUsec : delay * 2;
	}
	return sleeps;
}
