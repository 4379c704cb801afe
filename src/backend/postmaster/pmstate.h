/*
 * postmaster/pmstate.h
 *		The states of the server as a pure function: no process, no clock, no memory but its arguments.
 *
 * The postmaster feeds events in and carries out the actions that come back.  Legal transitions:
 *
 *	 Init -> Startup                      the startup process was launched
 *	 Startup -> Recovery                  it found a standby's work to do
 *	 Recovery -> HotStandby               what it has is consistent: read-only sessions may come
 *	 Startup|Recovery|HotStandby -> Run   it ended with 0
 *	 Startup|Recovery -> StopBackends     any stop request
 *	 HotStandby|Run -> StopBackends       fast stop; or smart stop once the last client has gone
 *	 StopBackends -> WaitBackends         at once; all children are told to end
 *	 any but NoChildren -> WaitBackends   immediate stop, or crash of a child (not from WaitDeadEnd)
 *	 WaitBackends -> Shutdown             only the checkpointer is left; it writes the last checkpoint
 *	 WaitBackends -> WaitDeadEnd          the same after a crash or at an immediate stop: no checkpoint
 *	 Shutdown -> WaitDeadEnd              the checkpointer ended with 0
 *	 WaitDeadEnd -> NoChildren            nobody is left (the logger does not count)
 *	 NoChildren -> Startup                after a crash: reinitialised
 */
#pragma once

#include <cstdint>

namespace pg
{

enum class PmState : uint8_t
{
	Init,
	Startup,
	Recovery,
	HotStandby,
	Run,
	StopBackends,
	WaitBackends,
	Shutdown,
	WaitDeadEnd,
	NoChildren,
	Count
};

/* In rising order of urgency: a request never lowers it. */
enum class StopMode : uint8_t
{
	None,
	Smart,
	Fast,
	Immediate
};

enum class PmEvent : uint8_t
{
	StartupLaunched,
	RecoveryStarted,	/* the startup process said so */
	ConsistencyReached, /* the startup process said so */
	StartupSucceeded,	/* the startup process ended with 0 */
	StopRequested,		/* PmFacts::stop has risen */
	ChildCrashed,		/* PmFacts::crashed was set */
	CheckpointDone,		/* the checkpointer ended with 0 */
	Look,				/* a child has gone, or a state was entered */
	Count
};

/* What the transitions depend on. */
struct PmFacts
{
	StopMode stop = StopMode::None;
	bool crashed = false; /* a child crashed since the last (re)initialisation */
	int clients = 0;	  /* client backends that were let in */
	int workers = 0;	  /* background workers, of either kind */
	int dead_ends = 0;	  /* children that only turn a client away */
	bool startup = false; /* the startup process lives */
	bool checkpointer = false;
};

/* What the postmaster does with the transition, in this order. */
enum PmAction : unsigned
{
	kPmNothing = 0,
	kPmTerminate = 1 << 0,	/* SIGTERM to clients, workers and the startup process */
	kPmQuit = 1 << 1,		/* SIGQUIT to all but the logger; SIGKILL follows in 5 s */
	kPmCheckpoint = 1 << 2, /* have a checkpointer, and SIGUSR2 to it: last checkpoint, then exit */
	kPmQuitDeadEnds = 1 << 3,  /* SIGQUIT to the dead ends */
	kPmReady = 1 << 4,		   /* ready for read and write: say so */
	kPmReadyReadOnly = 1 << 5, /* ready for read-only sessions: say so */
};

struct PmStep
{
	PmState next;
	unsigned actions = kPmNothing;

	bool operator==(const PmStep &) const = default;
};

/*
 * The step that an event causes. An event that means nothing in a state leaves it as it is. After a step that changed
 * the state, the caller feeds Look until nothing changes any more.
 */
PmStep NextStep(PmState state, PmEvent event, const PmFacts &facts);

/* Why a new client must be turned away, in the order of PostgreSQL's CAC_state. */
enum class TurnAway : uint8_t
{
	None,
	Startup,
	Shutdown,
	Recovery,
	NotConsistent,
	TooMany /* decided by the child table, not by the state */
};
TurnAway TurnAwayReason(PmState state, const PmFacts &facts);

/* Values as of bgw_start_time, which the postmaster has checked. */
enum class StartPhase : uint8_t
{
	PostmasterStart,
	ConsistentState,
	RecoveryFinished
};
inline constexpr int kStartPhases = 3;
bool WorkerMayStart(PmState state, const PmFacts &facts, StartPhase phase);

/* For DEBUG messages: "RUN". */
const char *PmStateName(PmState state);

} /* namespace pg */
