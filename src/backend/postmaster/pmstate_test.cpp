/*
 * postmaster/pmstate_test.cpp
 *		Every cell of the state machine: each state, each event, each set of facts that matters.
 *
 * Unit test of pure functions; starts no process.
 */
#include "postmaster/pmstate.h"

#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace pg
{
namespace
{

using enum PmState;
using E = PmEvent;

constexpr int kStates = static_cast<int>(PmState::Count);
constexpr int kEvents = static_cast<int>(PmEvent::Count);

/* One row: what an event does in each of the ten states under the given facts. */
struct Row
{
	const char *what;
	E event;
	PmFacts facts;
	std::array<PmStep, kStates> steps;
};

/* A cell that changes nothing. */
constexpr PmStep kStay{PmState::Count};

constexpr PmFacts kQuiet{};
constexpr PmFacts kSmart{.stop = StopMode::Smart};
constexpr PmFacts kSmartBusy{.stop = StopMode::Smart, .clients = 1};
constexpr PmFacts kFast{.stop = StopMode::Fast};
constexpr PmFacts kImmediate{.stop = StopMode::Immediate};
constexpr PmFacts kCrashed{.crashed = true};

const std::vector<Row> kRows = {
	/* Columns: Init, Startup, Recovery, HotStandby, Run, StopBackends, WaitBackends, Shutdown, WaitDeadEnd, NoChildren */
	{"startup launched",
	 E::StartupLaunched,
	 kQuiet,
	 {{{Startup}, kStay, kStay, kStay, kStay, kStay, kStay, kStay, kStay, {Startup}}}},
	{"recovery started",
	 E::RecoveryStarted,
	 kQuiet,
	 {{kStay, {Recovery}, kStay, kStay, kStay, kStay, kStay, kStay, kStay, kStay}}},
	{"recovery started while stopping",
	 E::RecoveryStarted,
	 kFast,
	 {{kStay, kStay, kStay, kStay, kStay, kStay, kStay, kStay, kStay, kStay}}},
	{"consistent",
	 E::ConsistencyReached,
	 kQuiet,
	 {{kStay,
	   kStay,
	   {HotStandby, kPmReadyReadOnly},
	   kStay,
	   kStay,
	   kStay,
	   kStay,
	   kStay,
	   kStay,
	   kStay}}},
	{"consistent while stopping",
	 E::ConsistencyReached,
	 kSmart,
	 {{kStay, kStay, kStay, kStay, kStay, kStay, kStay, kStay, kStay, kStay}}},
	{"startup succeeded",
	 E::StartupSucceeded,
	 kQuiet,
	 {{kStay,
	   {Run, kPmReady},
	   {Run, kPmReady},
	   {Run, kPmReady},
	   kStay,
	   kStay,
	   kStay,
	   kStay,
	   kStay,
	   kStay}}},
	{"no stop",
	 E::StopRequested,
	 kQuiet,
	 {{kStay, kStay, kStay, kStay, kStay, kStay, kStay, kStay, kStay, kStay}}},
	{"smart stop",
	 E::StopRequested,
	 kSmart,
	 {{kStay, {StopBackends}, {StopBackends}, kStay, kStay, kStay, kStay, kStay, kStay, kStay}}},
	{"fast stop",
	 E::StopRequested,
	 kFast,
	 {{kStay,
	   {StopBackends},
	   {StopBackends},
	   {StopBackends},
	   {StopBackends},
	   kStay,
	   kStay,
	   kStay,
	   kStay,
	   kStay}}},
	{"immediate stop",
	 E::StopRequested,
	 kImmediate,
	 {{{WaitBackends, kPmQuit},
	   {WaitBackends, kPmQuit},
	   {WaitBackends, kPmQuit},
	   {WaitBackends, kPmQuit},
	   {WaitBackends, kPmQuit},
	   {WaitBackends, kPmQuit},
	   {WaitBackends, kPmQuit},
	   {WaitBackends, kPmQuit},
	   {WaitDeadEnd, kPmQuit},
	   kStay}}},
	{"crash",
	 E::ChildCrashed,
	 kCrashed,
	 {{kStay,
	   {WaitBackends, kPmQuit},
	   {WaitBackends, kPmQuit},
	   {WaitBackends, kPmQuit},
	   {WaitBackends, kPmQuit},
	   {WaitBackends, kPmQuit},
	   {WaitBackends, kPmQuit},
	   {WaitBackends, kPmQuit},
	   kStay,
	   kStay}}},
	{"checkpoint done",
	 E::CheckpointDone,
	 kFast,
	 {{kStay,
	   kStay,
	   kStay,
	   kStay,
	   kStay,
	   kStay,
	   kStay,
	   {WaitDeadEnd, kPmQuitDeadEnds},
	   kStay,
	   kStay}}},
	{"look, nobody there",
	 E::Look,
	 kQuiet,
	 {{kStay,
	   kStay,
	   kStay,
	   kStay,
	   kStay,
	   {WaitBackends, kPmTerminate},
	   {Shutdown, kPmCheckpoint},
	   kStay,
	   {NoChildren},
	   kStay}}},
	{"look, smart stop, last client gone",
	 E::Look,
	 kSmart,
	 {{kStay,
	   kStay,
	   kStay,
	   {StopBackends},
	   {StopBackends},
	   {WaitBackends, kPmTerminate},
	   {Shutdown, kPmCheckpoint},
	   kStay,
	   {NoChildren},
	   kStay}}},
	{"look, smart stop, a client there",
	 E::Look,
	 kSmartBusy,
	 {{kStay,
	   kStay,
	   kStay,
	   kStay,
	   kStay,
	   {WaitBackends, kPmTerminate},
	   kStay,
	   kStay,
	   kStay,
	   kStay}}},
	{"look, a worker there",
	 E::Look,
	 {.stop = StopMode::Fast, .workers = 1},
	 {{kStay,
	   kStay,
	   kStay,
	   kStay,
	   kStay,
	   {WaitBackends, kPmTerminate},
	   kStay,
	   kStay,
	   kStay,
	   kStay}}},
	{"look, smart stop, only a worker there",
	 E::Look,
	 {.stop = StopMode::Smart, .workers = 1},
	 {{kStay,
	   kStay,
	   kStay,
	   {StopBackends},
	   {StopBackends},
	   {WaitBackends, kPmTerminate},
	   kStay,
	   kStay,
	   kStay,
	   kStay}}},
	{"look, startup process there",
	 E::Look,
	 {.stop = StopMode::Fast, .startup = true},
	 {{kStay,
	   kStay,
	   kStay,
	   kStay,
	   kStay,
	   {WaitBackends, kPmTerminate},
	   kStay,
	   kStay,
	   kStay,
	   kStay}}},
	{"look, checkpointer there",
	 E::Look,
	 {.stop = StopMode::Fast, .checkpointer = true},
	 {{kStay,
	   kStay,
	   kStay,
	   kStay,
	   kStay,
	   {WaitBackends, kPmTerminate},
	   {Shutdown, kPmCheckpoint},
	   kStay,
	   kStay,
	   kStay}}},
	{"look, dead end there",
	 E::Look,
	 {.stop = StopMode::Fast, .dead_ends = 1},
	 {{kStay,
	   kStay,
	   kStay,
	   kStay,
	   kStay,
	   {WaitBackends, kPmTerminate},
	   {Shutdown, kPmCheckpoint},
	   kStay,
	   kStay,
	   kStay}}},
	{"look, crashed, nobody there",
	 E::Look,
	 kCrashed,
	 {{kStay,
	   kStay,
	   kStay,
	   kStay,
	   kStay,
	   {WaitBackends, kPmQuit},
	   {WaitDeadEnd, kPmQuitDeadEnds},
	   kStay,
	   {NoChildren},
	   kStay}}},
	{"look, crashed, checkpointer there",
	 E::Look,
	 {.crashed = true, .checkpointer = true},
	 {{kStay, kStay, kStay, kStay, kStay, {WaitBackends, kPmQuit}, kStay, kStay, kStay, kStay}}},
	{"look, immediate stop, nobody there",
	 E::Look,
	 kImmediate,
	 {{kStay,
	   kStay,
	   kStay,
	   kStay,
	   kStay,
	   {WaitBackends, kPmTerminate},
	   {WaitDeadEnd, kPmQuitDeadEnds},
	   kStay,
	   {NoChildren},
	   kStay}}},
	{"look, immediate stop, checkpointer there",
	 E::Look,
	 {.stop = StopMode::Immediate, .checkpointer = true},
	 {{kStay,
	   kStay,
	   kStay,
	   kStay,
	   kStay,
	   {WaitBackends, kPmTerminate},
	   kStay,
	   kStay,
	   kStay,
	   kStay}}},
};

TEST(PmState, EveryCell)
{
	for (const Row &row : kRows)
	{
		for (int i = 0; i < kStates; i++)
		{
			auto state = static_cast<PmState>(i);
			PmStep wanted = row.steps[i] == kStay ? PmStep{state} : row.steps[i];
			PmStep got = NextStep(state, row.event, row.facts);

			EXPECT_EQ(PmStateName(got.next), PmStateName(wanted.next))
				<< row.what << " in " << PmStateName(state);
			EXPECT_EQ(got.actions, wanted.actions) << row.what << " in " << PmStateName(state);
		}
	}
}

TEST(PmState, EveryEventHasARow)
{
	std::array<int, kEvents> rows{};

	for (const Row &row : kRows)
		rows[static_cast<int>(row.event)]++;
	for (int count : rows)
		EXPECT_GT(count, 0);
}

/* Feeds Look until nothing changes; returns where it ends. */
PmState
settle(PmState state, const PmFacts &facts)
{
	for (;;)
	{
		PmState next = NextStep(state, E::Look, facts).next;

		if (next == state)
			return state;
		state = next;
	}
}

TEST(PmState, StopsWalkToTheEnd)
{
	PmFacts facts{.stop = StopMode::Fast, .workers = 2, .checkpointer = true};
	PmState state = settle(NextStep(PmState::Run, E::StopRequested, facts).next, facts);

	EXPECT_EQ(state, WaitBackends);
	facts.workers = 0;
	state = settle(state, facts);
	EXPECT_EQ(state, Shutdown);
	state = NextStep(state, E::CheckpointDone, facts).next;
	facts.checkpointer = false;
	EXPECT_EQ(settle(state, facts), NoChildren);
}

TEST(PmState, CrashWalksToTheEnd)
{
	PmFacts facts{.crashed = true, .clients = 1, .checkpointer = true};
	PmState state = settle(NextStep(PmState::Run, E::ChildCrashed, facts).next, facts);

	EXPECT_EQ(state, WaitBackends);
	facts.clients = 0;
	EXPECT_EQ(settle(state, facts), WaitBackends);
	facts.checkpointer = false;
	EXPECT_EQ(settle(state, facts), NoChildren);
	EXPECT_EQ(NextStep(NoChildren, E::StartupLaunched, facts).next, Startup);
}

TEST(PmState, WhoIsTurnedAway)
{
	using TurnAway::None;
	using TurnAway::NotConsistent;
	/* In the order of the states: quiet; after a crash; a stop was requested. */
	constexpr std::array<std::array<TurnAway, 3>, kStates> table = {{
		{TurnAway::Startup, TurnAway::Recovery, TurnAway::Shutdown},
		{TurnAway::Startup, TurnAway::Recovery, TurnAway::Shutdown},
		{NotConsistent, TurnAway::Recovery, TurnAway::Shutdown},
		{None, None, TurnAway::Shutdown},
		{None, None, TurnAway::Shutdown},
		{TurnAway::Recovery, TurnAway::Recovery, TurnAway::Shutdown},
		{TurnAway::Recovery, TurnAway::Recovery, TurnAway::Shutdown},
		{TurnAway::Recovery, TurnAway::Recovery, TurnAway::Shutdown},
		{TurnAway::Recovery, TurnAway::Recovery, TurnAway::Shutdown},
		{TurnAway::Recovery, TurnAway::Recovery, TurnAway::Shutdown},
	}};

	for (int i = 0; i < kStates; i++)
	{
		auto state = static_cast<PmState>(i);

		EXPECT_EQ(TurnAwayReason(state, kQuiet), table[i][0]) << PmStateName(state);
		EXPECT_EQ(TurnAwayReason(state, kCrashed), table[i][1]) << PmStateName(state);
		for (const PmFacts &facts : {kSmart, kFast, kImmediate})
			EXPECT_EQ(TurnAwayReason(state, facts), table[i][2]) << PmStateName(state);
	}
}

TEST(PmState, WhichWorkersStart)
{
	/* PostmasterStart, ConsistentState, RecoveryFinished */
	constexpr std::array<std::array<bool, 3>, kStates> table = {{
		{true, false, false},
		{true, false, false},
		{true, false, false},
		{true, true, false},
		{true, true, true},
		{false, false, false},
		{false, false, false},
		{false, false, false},
		{false, false, false},
		{false, false, false},
	}};

	for (int i = 0; i < kStates; i++)
	{
		auto state = static_cast<PmState>(i);

		for (int p = 0; p < 3; p++)
		{
			auto phase = static_cast<StartPhase>(p);

			EXPECT_EQ(WorkerMayStart(state, kQuiet, phase), table[i][p]) << PmStateName(state) << p;
			EXPECT_EQ(WorkerMayStart(state, kSmartBusy, phase), table[i][p])
				<< PmStateName(state) << p;
			EXPECT_FALSE(WorkerMayStart(state, kCrashed, phase)) << PmStateName(state) << p;
			EXPECT_FALSE(WorkerMayStart(state, kFast, phase)) << PmStateName(state) << p;
			EXPECT_FALSE(WorkerMayStart(state, kImmediate, phase)) << PmStateName(state) << p;
		}
	}
}

} /* namespace */
} /* namespace pg */
