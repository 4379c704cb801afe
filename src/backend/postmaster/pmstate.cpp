/*
 * postmaster/pmstate.cpp
 *		The transitions of pmstate.h.
 *
 * Pure functions, run by the postmaster.  Nothing here may call the operating system, log or raise.
 */
#include "postmaster/pmstate.h"

#include <array>
#include <cstddef>

namespace pg
{

namespace
{

bool
is_serving(PmState state)
{
	return state == PmState::HotStandby || state == PmState::Run;
}

bool
is_starting(PmState state)
{
	return state == PmState::Startup || state == PmState::Recovery;
}

/* No checkpoint will be written: the next start recovers. */
bool
gives_up(const PmFacts &facts)
{
	return facts.crashed || facts.stop == StopMode::Immediate;
}

PmStep
stop_requested(PmState state, const PmFacts &facts)
{
	switch (facts.stop)
	{
		case StopMode::None: break;
		case StopMode::Smart:
		case StopMode::Fast:
			if (is_starting(state) || (facts.stop == StopMode::Fast && is_serving(state)))
				return {PmState::StopBackends};
			break;
		case StopMode::Immediate:
			if (state < PmState::WaitBackends || state == PmState::Shutdown)
				return {PmState::WaitBackends, kPmQuit};
			if (state == PmState::WaitBackends || state == PmState::WaitDeadEnd)
				return {state, kPmQuit};
			break;
	}
	return {state};
}

PmStep
child_crashed(PmState state)
{
	if (state == PmState::Init || state >= PmState::WaitDeadEnd)
		return {state};
	return {PmState::WaitBackends, kPmQuit};
}

bool
is_left_alone(const PmFacts &facts)
{
	bool checkpointer_may_stay = !gives_up(facts);

	return facts.clients == 0 && facts.workers == 0 && !facts.startup &&
		   (!facts.checkpointer || checkpointer_may_stay);
}

/* What follows by itself from the state and who is left. */
PmStep
follow_up(PmState state, const PmFacts &facts)
{
	switch (state)
	{
		case PmState::HotStandby:
		case PmState::Run:
			if (facts.stop == StopMode::Smart && facts.clients == 0)
				return {PmState::StopBackends};
			break;
		case PmState::StopBackends:
			/* After a crash there is nothing worth an orderly end, and no last checkpoint to come. */
			return {PmState::WaitBackends, facts.crashed ? kPmQuit : kPmTerminate};
		case PmState::WaitBackends:
			if (!is_left_alone(facts))
				break;
			if (gives_up(facts))
				return {PmState::WaitDeadEnd, kPmQuitDeadEnds};
			return {PmState::Shutdown, kPmCheckpoint};
		case PmState::WaitDeadEnd:
			if (facts.clients == 0 && facts.workers == 0 && facts.dead_ends == 0 &&
				!facts.startup && !facts.checkpointer)
				return {PmState::NoChildren};
			break;
		default: break;
	}
	return {state};
}

} /* namespace */

PmStep
NextStep(PmState state, PmEvent event, const PmFacts &facts)
{
	switch (event)
	{
		case PmEvent::StartupLaunched:
			if (state == PmState::Init || state == PmState::NoChildren)
				return {PmState::Startup};
			break;
		case PmEvent::RecoveryStarted:
			if (state == PmState::Startup && facts.stop == StopMode::None)
				return {PmState::Recovery};
			break;
		case PmEvent::ConsistencyReached:
			if (state == PmState::Recovery && facts.stop == StopMode::None)
				return {PmState::HotStandby, kPmReadyReadOnly};
			break;
		case PmEvent::StartupSucceeded:
			if (is_starting(state) || state == PmState::HotStandby)
				return {PmState::Run, kPmReady};
			break;
		case PmEvent::StopRequested: return stop_requested(state, facts);
		case PmEvent::ChildCrashed: return child_crashed(state);
		case PmEvent::CheckpointDone:
			if (state == PmState::Shutdown)
				return {PmState::WaitDeadEnd, kPmQuitDeadEnds};
			break;
		case PmEvent::Look: return follow_up(state, facts);
		case PmEvent::Count: break;
	}
	return {state};
}

TurnAway
TurnAwayReason(PmState state, const PmFacts &facts)
{
	if (is_serving(state))
		return facts.stop == StopMode::None ? TurnAway::None : TurnAway::Shutdown;
	if (facts.stop != StopMode::None)
		return TurnAway::Shutdown;
	if (!facts.crashed && state <= PmState::Startup)
		return TurnAway::Startup;
	if (!facts.crashed && state == PmState::Recovery)
		return TurnAway::NotConsistent;
	return TurnAway::Recovery;
}

bool
WorkerMayStart(PmState state, const PmFacts &facts, StartPhase phase)
{
	if (facts.crashed || facts.stop >= StopMode::Fast)
		return false;
	switch (state)
	{
		case PmState::Init:
		case PmState::Startup:
		case PmState::Recovery: return phase == StartPhase::PostmasterStart;
		case PmState::HotStandby: return phase != StartPhase::RecoveryFinished;
		case PmState::Run: return true;
		default: return false;
	}
}

const char *
PmStateName(PmState state)
{
	static constexpr std::array<const char *, static_cast<std::size_t>(PmState::Count)> names = {
		"INIT",			 "STARTUP",		  "RECOVERY", "HOT_STANDBY",   "RUN",
		"STOP_BACKENDS", "WAIT_BACKENDS", "SHUTDOWN", "WAIT_DEAD_END", "NO_CHILDREN"};
	auto index = static_cast<std::size_t>(state);

	return index < names.size() ? names[index] : "?";
}

} /* namespace pg */
