/*
 * utils/misc/timeout_c.cpp
 *		The C API of timers (utils/timeout.h).
 *
 * Backends and workers.
 */
#include "utils/timeout.h"

#include <algorithm>
#include <string>

#include "utils/error/wall.h"
#include "utils/misc/timeout.h"
#include "utils/timestamp.h"

namespace pg
{
namespace
{

/* When each was last started, and for when; of the timers that modules start. */
struct Times
{
	TimestampTz start;
	TimestampTz finish;
};

Times times[MAX_TIMEOUTS];

TimeoutKind
own_id(TimeoutId id)
{
	switch (id)
	{
		case STARTUP_PACKET_TIMEOUT: return TimeoutKind::StartupPacket;
		case LOCK_TIMEOUT: return TimeoutKind::Lock;
		case STATEMENT_TIMEOUT: return TimeoutKind::Statement;
		case IDLE_IN_TRANSACTION_SESSION_TIMEOUT: return TimeoutKind::IdleInTransaction;
		case IDLE_SESSION_TIMEOUT: return TimeoutKind::IdleSession;
		default: break;
	}
	if (id < USER_TIMEOUT || id >= MAX_TIMEOUTS)
		RaiseNotSupported("timeout number " + std::to_string(static_cast<int>(id)));
	return static_cast<TimeoutKind>(static_cast<int>(TimeoutKind::FirstUser) + id - USER_TIMEOUT);
}

void
start(TimeoutId id, TimestampTz now, TimestampTz finish, int period)
{
	const TimeoutKind own = own_id(id);
	const int delay = static_cast<int>(TimestampDifferenceMilliseconds(now, finish));

	times[id] = {now, finish};
	if (period > 0)
		EnableTimeoutEvery(own, delay, period);
	else
		EnableTimeoutAfter(own, delay);
}

void
stop(TimeoutId id, bool keep_indicator)
{
	DisableTimeout(own_id(id));
	if (!keep_indicator)
		TimeoutHasFired(own_id(id), true);
}

} /* namespace */
} /* namespace pg */

using pg::FromC;
using pg::own_id;

TimeoutId
RegisterTimeout(TimeoutId id, timeout_handler_proc handler)
{
	return FromC(
		[&]
		{
			/* A handler of a module raises nothing. */
			const auto quiet = reinterpret_cast<void (*)() noexcept>(handler);

			if (id < USER_TIMEOUT)
			{
				pg::RegisterTimeoutHandler(own_id(id), quiet);
				return id;
			}

			const int number = static_cast<int>(pg::RegisterUserTimeout(quiet)) -
							   static_cast<int>(pg::TimeoutKind::FirstUser);

			return static_cast<TimeoutId>(USER_TIMEOUT + number);
		});
}

void
enable_timeout_after(TimeoutId id, int delay_ms)
{
	FromC(
		[&]
		{
			const TimestampTz now = GetCurrentTimestamp();

			pg::start(id, now, TimestampTzPlusMilliseconds(now, delay_ms), 0);
		});
}

void
enable_timeout_at(TimeoutId id, TimestampTz fin_time)
{
	FromC([&] { pg::start(id, GetCurrentTimestamp(), fin_time, 0); });
}

void
enable_timeout_every(TimeoutId id, TimestampTz fin_time, int delay_ms)
{
	FromC([&] { pg::start(id, GetCurrentTimestamp(), fin_time, std::max(delay_ms, 1)); });
}

void
enable_timeouts(const EnableTimeoutParams *timeouts, int count)
{
	for (int i = 0; i < count; i++)
	{
		const EnableTimeoutParams &wanted = timeouts[i];

		if (wanted.type == TMPARAM_AFTER)
			enable_timeout_after(wanted.id, wanted.delay_ms);
		else if (wanted.type == TMPARAM_AT)
			enable_timeout_at(wanted.id, wanted.fin_time);
		else
			enable_timeout_every(wanted.id, wanted.fin_time, wanted.delay_ms);
	}
}

void
disable_timeout(TimeoutId id, bool keep_indicator)
{
	FromC([&] { pg::stop(id, keep_indicator); });
}

void
disable_timeouts(const DisableTimeoutParams *timeouts, int count)
{
	for (int i = 0; i < count; i++)
		disable_timeout(timeouts[i].id, timeouts[i].keep_indicator);
}

void
disable_all_timeouts(bool keep_indicators)
{
	pg::DisableAllTimeouts();
	for (int id = 0; id < static_cast<int>(pg::TimeoutKind::Count) && !keep_indicators; id++)
		pg::TimeoutHasFired(static_cast<pg::TimeoutKind>(id), true);
}

bool
get_timeout_active(TimeoutId id)
{
	return FromC([&] { return pg::TimeoutActive(own_id(id)); });
}

bool
get_timeout_indicator(TimeoutId id, bool reset_indicator)
{
	return FromC([&] { return pg::TimeoutHasFired(own_id(id), reset_indicator); });
}

TimestampTz
get_timeout_start_time(TimeoutId id)
{
	return pg::times[id].start;
}

TimestampTz
get_timeout_finish_time(TimeoutId id)
{
	return pg::times[id].finish;
}
