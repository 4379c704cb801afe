/*
 * postmaster/launch_backend.cpp
 *		From the postmaster to a child's main function, in as few steps as can be.
 *
 * The fork happens in the postmaster with all signals blocked; the rest runs in the new child.  Every
 * page that is written here costs each connection a page fault, so little is.
 */
#include "postgres.h"

#include "postmaster/launch_backend.h"

#include <cerrno>
#include <csignal>

#include "common/pg_prng.h"
#include "libpq/pqsignal.h"
#include "miscadmin.h"
#include "port/os.h"
#include "postmaster/interrupt.h"
#include "storage/ipc/ipc_internals.h"
#include "storage/ipc/latch_internals.h"
#include "utils/error/report.h"
#include "utils/ps_status.h"
#include "utils/timestamp.h"

namespace pg
{

namespace
{

const ChildKindDef *kind_table = nullptr;
void (*leave_postmaster_hook)(ChildKind kind) = nullptr;

/* What every child does first. */
void
become_child(const ChildKindDef &kind, const char *title)
{
	sigset_t quit;

	IsUnderPostmaster = true;
	MyBackendType = kind.backend_type;
	ResetExitCallbacks();
	InitializeLatchSupport();
	MyStartTimestamp = GetCurrentTimestamp();
	MyStartTime = timestamptz_to_time_t(MyStartTimestamp);
	if (!pg_prng_strong_seed(&pg_global_prng_state))
		pg_prng_seed(&pg_global_prng_state,
					 static_cast<uint64>(MyStartTimestamp) ^ static_cast<uint64>(MyProcPid) << 32);
	log_identity = {};
	log_identity.backend_type = GetBackendTypeDesc(kind.backend_type);
	log_identity.session_start = MyStartTimestamp;
	JoinPostmasterDeathWatch();
	leave_postmaster_hook(kind.kind);

	/* SIGQUIT is obeyed from the first moment on; all else stays blocked until main_fn is ready for it. */
	pqsignal(SIGQUIT, SignalHandlerForCrashExit);
	sigemptyset(&quit);
	sigaddset(&quit, SIGQUIT);
	sigprocmask(SIG_UNBLOCK, &quit, nullptr);
	init_ps_display(title != nullptr ? title : kind.title);
}

} /* namespace */

void
SetChildKinds(ChildKinds kinds, void (*leave_postmaster)(ChildKind kind))
{
	kind_table = kinds.data();
	leave_postmaster_hook = leave_postmaster;
}

const ChildKindDef &
ChildKindOf(ChildKind kind)
{
	return kind_table[static_cast<size_t>(kind)];
}

pid_t
LaunchChild(ChildKind kind, const ChildStart &start, const char *title)
{
	sigprocmask(SIG_SETMASK, &BlockSig, nullptr);

	pid_t pid = os.fork();

	if (pid == 0)
	{
		const ChildKindDef &definition = ChildKindOf(kind);

		become_child(definition, title);
		definition.main_fn(start);
	}

	int saved_errno = errno;

	sigprocmask(SIG_SETMASK, &UnBlockSig, nullptr);
	errno = saved_errno;
	return pid;
}

} /* namespace pg */
