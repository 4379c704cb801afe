/*
 * commands/async.cpp
 *		LISTEN and NOTIFY from C (commands/async.h), which are not there yet.
 *
 * Any process: each function raises 0A000, so that a module that may notify loads all the same.
 */
#include "postgres.h"

#include "commands/async.h"

#include "utils/error/wall.h"

extern "C"
{
	void Async_Notify(const char *, const char *)
	{
		pg::FromC([] { pg::RaiseNotSupported("NOTIFY"); });
	}

	void Async_Listen(const char *)
	{
		pg::FromC([] { pg::RaiseNotSupported("LISTEN"); });
	}

	void Async_Unlisten(const char *)
	{
		pg::FromC([] { pg::RaiseNotSupported("UNLISTEN"); });
	}

	void Async_UnlistenAll(void)
	{
		pg::FromC([] { pg::RaiseNotSupported("UNLISTEN"); });
	}
}
