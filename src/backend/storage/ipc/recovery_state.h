/*
 * storage/ipc/recovery_state.h
 *		Whether the server is in recovery, for every process (the C API is RecoveryInProgress, access/xlog.h).
 *
 * The startup process writes, everybody reads; one atomic word, no lock.
 */
#pragma once

#include <cstdint>
#include <span>

#include "storage/ipc/shmem_internals.h"

namespace pg
{

enum class RecoveryPhase : uint32_t
{
	Recovering, /* from the creation of shared memory on */
	Promoting,	/* a promotion was asked for and is under way */
	Done		/* writing is possible; never goes back */
};

/* Startup process. */
void SetRecoveryPhase(RecoveryPhase phase);

RecoveryPhase CurrentRecoveryPhase();

/*
 * pg_promote(): asks the startup process of a standby to end recovery; true when the request is on its way.  Backends
 * and workers.
 */
bool RequestPromotion();

/* Why the postmaster sends SIGQUIT to everybody. */
enum class QuitReason : uint32_t
{
	Unknown,
	Crash, /* of another process */
	Stop   /* immediate shutdown */
};

/* Postmaster. */
void SetQuitReason(QuitReason reason);
/* Every process; also from signal handlers. */
QuitReason CurrentQuitReason() noexcept;

extern const std::span<const ShmemArea> kRecoveryAreas;

} /* namespace pg */
