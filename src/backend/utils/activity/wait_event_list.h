/*
 * utils/activity/wait_event_list.h
 *		All wait events there are, for pg_wait_events.
 */
#pragma once

#include "postgres.h"

namespace pg
{

/* The number-th event, from 0: its type, name and what it means; false past the last one. Valid until the next call. */
struct WaitEventInfo
{
	const char *type;
	const char *name;
	const char *description;
};
bool GetWaitEventInfo(int number, WaitEventInfo *info);

} // namespace pg
