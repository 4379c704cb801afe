/*
 * exit_callbacks.cpp
 *		Leaving a process: the three lists of callbacks, proc_exit and the quick way out.
 *
 * Every process.  Callbacks run last-in first-out and leave their list before they run, so that one
 * that fails is not run again and the others still are.
 */
#include "storage/ipc/ipc_internals.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "libpq/pqsignal.h"
#include "miscadmin.h"
#include "storage/condition_variable.h"
#include "storage/dsm.h"
#include "storage/ipc.h"
#include "storage/lwlock.h"
#include "utils/error/wall.h"

bool proc_exit_inprogress = false;
bool shmem_exit_inprogress = false;

namespace pg
{

static constexpr int kMaxCallbacks = 20;

struct Callback
{
	pg_on_exit_callback function;
	Datum argument;
};

struct CallbackList
{
	const char *name;
	int count;
	Callback entries[kMaxCallbacks];
};

static CallbackList before_shmem_list = {"before_shmem_exit", 0, {}};
static CallbackList shmem_list = {"on_shmem_exit", 0, {}};
static CallbackList proc_list = {"on_proc_exit", 0, {}};
static bool atexit_registered = false;

/* One callback must not keep the next from running, whatever it raises. */
static void
run_callback(const Callback &callback, int code)
{
	sigjmp_buf *const outer_stack = PG_exception_stack;
	ErrorContextCallback *const outer_context = error_context_stack;

	try
	{
		ToC(callback.function, code, callback.argument);
	}
	catch (const PgError &error)
	{
		PG_exception_stack = outer_stack;
		error_context_stack = outer_context;
		EmitCaught(error);
	}
}

static void
run_list(CallbackList &list, int code)
{
	while (list.count > 0)
		run_callback(list.entries[--list.count], code);
}

void
RunShmemExitCallbacks(int code)
{
	shmem_exit_inprogress = true;
	/* What it had in hand when it gave up must not block the callbacks. */
	LWLockReleaseAll();
	ConditionVariableCancelSleep();
	run_list(before_shmem_list, code);
	dsm_backend_shutdown();
	run_list(shmem_list, code);
	shmem_exit_inprogress = false;
}

static void
run_all_lists(int code)
{
	proc_exit_inprogress = true;
	/* From here on nothing interrupts, and FATAL in a callback only goes on with the next one. */
	InterruptPending = false;
	ProcDiePending = false;
	QueryCancelPending = false;
	InterruptHoldoffCount = 1;
	CritSectionCount = 0;
	error_context_stack = nullptr;
	RunShmemExitCallbacks(code);
	run_list(proc_list, code);
}

/* A module called exit(3): leave shared memory cleanly all the same. */
static void
at_exit(int, void *)
{
	if (MyProcPid == static_cast<int>(getpid()))
		run_all_lists(-1);
}

static void
add_callback(CallbackList &list, pg_on_exit_callback function, Datum argument)
{
	if (list.count >= kMaxCallbacks)
		Raise(Report(FATAL, ERRCODE_PROGRAM_LIMIT_EXCEEDED).msg("out of %s slots", list.name));
	list.entries[list.count++] = {function, argument};
	if (!atexit_registered)
	{
		atexit_registered = true;
		on_exit(at_exit, nullptr);
	}
}

void
ResetExitCallbacks()
{
	before_shmem_list.count = 0;
	shmem_list.count = 0;
	proc_list.count = 0;
	proc_exit_inprogress = false;
	shmem_exit_inprogress = false;
}

void
QuickDie() noexcept
{
	_exit(2);
}

} // namespace pg

using namespace pg;

void
proc_exit(int code)
{
	if (MyProcPid != 0 && MyProcPid != static_cast<int>(getpid()))
	{
		/* A fork of ours that a module or library made: nothing here is its to clean up. */
		write_stderr("proc_exit() called in child process\n");
		_exit(code);
	}
	run_all_lists(code);
	/* Whose handler comes in the midst of the library's own cleaning up must find nothing to touch. */
	pqsignal(SIGQUIT, [](int) { _exit(2); });
	if (HasExitHandlers())
		exit(code);
	fflush(nullptr);
	_exit(code);
}

void
shmem_exit(int code)
{
	RunShmemExitCallbacks(code);
}

void
on_proc_exit(pg_on_exit_callback function, Datum arg)
{
	FromC([&] { add_callback(proc_list, function, arg); });
}

void
on_shmem_exit(pg_on_exit_callback function, Datum arg)
{
	FromC([&] { add_callback(shmem_list, function, arg); });
}

void
before_shmem_exit(pg_on_exit_callback function, Datum arg)
{
	FromC([&] { add_callback(before_shmem_list, function, arg); });
}

void
cancel_before_shmem_exit(pg_on_exit_callback function, Datum arg)
{
	CallbackList &list = before_shmem_list;

	if (list.count > 0 && list.entries[list.count - 1].function == function &&
		list.entries[list.count - 1].argument == arg)
	{
		list.count--;
		return;
	}
	FromC(
		[&]
		{
			Raise(Report(ERROR).msg(
				"before_shmem_exit callback (%p,0x%llx) is not the latest entry",
				reinterpret_cast<void *>(function), static_cast<unsigned long long>(arg)));
		});
}

void
on_exit_reset(void)
{
	ResetExitCallbacks();
	reset_on_dsm_detach();
}
