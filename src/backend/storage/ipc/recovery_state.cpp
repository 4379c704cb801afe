/*
 * recovery_state.cpp
 *		The shared word behind RecoveryInProgress() (recovery_state.h).
 *
 * Every process that has shared memory.  Raises nothing.
 */
#include "postgres.h"

#include "storage/ipc/recovery_state.h"

#include <atomic>
#include <new>

#include "access/xlog.h"
#include "storage/lmgr/proc_internals.h"

namespace pg
{

namespace
{

struct RecoveryStateShared
{
	std::atomic<uint32_t> rs_phase;
	std::atomic<uint32_t> rs_quit_reason;
};
static_assert(std::atomic<uint32_t>::is_always_lock_free);

RecoveryStateShared *shared_state = nullptr;

/* Once done, always done: spares the look at shared memory. */
bool known_done = false;

void
init_recovery_area(void *at)
{
	shared_state = new (at) RecoveryStateShared{};
	known_done = false;
}

constexpr ShmemArea kStateAreas[] = {
	{"Recovery State", [] { return sizeof(RecoveryStateShared); }, init_recovery_area}};

} /* namespace */

const std::span<const ShmemArea> kRecoveryAreas(kStateAreas);

void
SetRecoveryPhase(RecoveryPhase phase)
{
	/* release: whoever sees Done sees what recovery did */
	shared_state->rs_phase.store(static_cast<uint32_t>(phase), std::memory_order_release);
}

RecoveryPhase
CurrentRecoveryPhase()
{
	/* Without shared memory there is nothing that could be in recovery. */
	if (known_done || shared_state == nullptr || !HaveSharedMemory())
		return RecoveryPhase::Done;

	/* pairs with SetRecoveryPhase */
	auto phase = static_cast<RecoveryPhase>(shared_state->rs_phase.load(std::memory_order_acquire));

	known_done = phase == RecoveryPhase::Done;
	return phase;
}

void
SetQuitReason(QuitReason reason)
{
	/* relaxed: the signal that follows orders it */
	if (shared_state != nullptr)
		shared_state->rs_quit_reason.store(static_cast<uint32_t>(reason),
										   std::memory_order_relaxed);
}

QuitReason
CurrentQuitReason() noexcept
{
	if (shared_state == nullptr)
		return QuitReason::Unknown;
	return static_cast<QuitReason>(shared_state->rs_quit_reason.load(std::memory_order_relaxed));
}

bool
RequestPromotion()
{
	SendPostmasterSignal(PmSignal::PromoteRequested);
	return true;
}

} /* namespace pg */

extern "C" bool
RecoveryInProgress(void)
{
	return pg::CurrentRecoveryPhase() != pg::RecoveryPhase::Done;
}
