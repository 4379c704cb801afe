/*
 * pg_ctl/waiting.h
 *		Waiting for a server to change: looks often, shows a dot now and then.
 */
#pragma once

#include <unistd.h>

#include "messages.h"

/* Looks every 10 ms until done() or for `seconds`; a dot at the start and each second. True when done. */
template <typename Done>
bool
WaitFor(int seconds, Done done)
{
	constexpr int looks_per_second = 100;

	for (int look = 0; look < seconds * looks_per_second; look++)
	{
		if (done())
		{
			if (look == 0)
				Say(".");
			return true;
		}
		if (look % looks_per_second == 0)
			Say(".");
		usleep(1000000 / looks_per_second); /* poll */
	}
	return false;
}
