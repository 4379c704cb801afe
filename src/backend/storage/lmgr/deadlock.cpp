/*
 * storage/lmgr/deadlock.cpp
 *		Finding out that processes wait for each other in a circle.
 *
 * Backends and workers, each for itself, once it has waited for deadlock_timeout.  Who waits for whom:
 *	 hard: the other holds what conflicts with the request, or holds the write lock of the database;
 *	 soft: the other asked for what conflicts and stands in front of this one in the queue.
 * A circle with a soft link is broken by letting the one behind go in front; one of hard links only is
 * broken by an error in the process that found it.
 */
#include "postgres.h"

#include <string>
#include <vector>

#include "catalog/pg_database_d.h"
#include "miscadmin.h"
#include "storage/lmgr/heavy_lock.h"
#include "storage/lmgr/lmgr_internals.h"
#include "storage/lmgr/lock_table.h"
#include "storage/lmgr/lock_wait.h"
#include "storage/proc.h"
#include "utils/backend_status.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

using namespace locks;

struct Link
{
	int waiter, blocker; /* slots */
	bool soft;
};

bool
waits(int proc)
{
	return Proc(proc).lp_state.load(std::memory_order_relaxed) == LockState::Waiting;
}

/* For whom a process waits. */
std::vector<Link>
links_of(int proc)
{
	std::vector<Link> links;
	Oid database;

	if (const int holder = WriteLockBlocker(proc, &database); holder >= 0)
		links.push_back({proc, holder, false});
	if (!waits(proc))
		return links;

	const LockEntry &lock = Lock(Hold(Proc(proc).lp_hold).lh_lock);
	const LOCKMASK conflicts = ConflictsOf(Proc(proc).lp_mode);

	for (int at = lock.lk_first_hold; at != kNone; at = Hold(at).lh_next)
		if (Hold(at).lh_proc != proc && (Hold(at).lh_modes & conflicts) != 0)
			links.push_back({proc, Hold(at).lh_proc, false});
	for (int at = lock.lk_first; at != proc && at != kNone; at = Proc(at).lp_next)
		if ((LOCKBIT_ON(Proc(at).lp_mode) & conflicts) != 0)
			links.push_back({proc, at, true});
	return links;
}

/* The links from `start` back to it; empty when there is no way. */
class CircleSearch
{
public:
	explicit CircleSearch(int start) : start_(start), seen_(static_cast<size_t>(ProcCount()), false)
	{
	}

	std::vector<Link> run()
	{
		visit(start_);
		return path_;
	}

private:
	bool visit(int proc)
	{
		for (const Link &link : links_of(proc))
		{
			path_.push_back(link);
			if (link.blocker == start_)
				return true;
			if (!seen_[static_cast<size_t>(link.blocker)])
			{
				seen_[static_cast<size_t>(link.blocker)] = true;
				if (visit(link.blocker))
					return true;
			}
			path_.pop_back();
		}
		return false;
	}

	int start_;
	std::vector<bool> seen_;
	std::vector<Link> path_;
};

bool
in_circle(int proc)
{
	return !CircleSearch(proc).run().empty();
}

/* Lets the waiter of a soft link go in front, unless that makes another circle. */
bool
let_pass(const Link &link, int me)
{
	const int behind = Proc(link.waiter).lp_next;
	const int lock = Hold(Proc(link.waiter).lp_hold).lh_lock;

	MoveBefore(link.waiter, link.blocker);
	if (!in_circle(me) && !in_circle(link.waiter) && !in_circle(link.blocker))
	{
		WakeUp(lock);
		return true;
	}
	MoveBefore(link.waiter, behind);
	return false;
}

/* One line of the report. */
struct Wait
{
	int pid, blocker;
	std::string mode, object;
};

Wait
describe(const Link &link)
{
	Wait wait{
		ProcGlobal->allProcs[link.waiter].pid, ProcGlobal->allProcs[link.blocker].pid, {}, {}};
	Oid database;

	if (WriteLockBlocker(link.waiter, &database) >= 0)
	{
		LOCKTAG tag;

		SET_LOCKTAG_OBJECT(tag, InvalidOid, DatabaseRelationId, database, 0);
		wait.mode = GetLockmodeName(DEFAULT_LOCKMETHOD, ExclusiveLock);
		wait.object = LockTagText(tag);
	}
	else
	{
		wait.mode = GetLockmodeName(DEFAULT_LOCKMETHOD, Proc(link.waiter).lp_mode);
		wait.object = LockTagText(Lock(Hold(Proc(link.waiter).lp_hold).lh_lock).lk_tag);
	}
	return wait;
}

/* Breaks a circle if it can; else the waits that make it up. Empty: there is none any more. */
std::vector<Wait>
resolve()
{
	const LockTableGuard guard;
	const int me = MyProc->pgprocno;
	const std::vector<Link> circle = CircleSearch(me).run();
	std::vector<Wait> waits;

	for (const Link &link : circle)
		if (link.soft && let_pass(link, me))
			return {};
	for (const Link &link : circle)
		waits.push_back(describe(link));
	return waits;
}

[[noreturn]] void
raise_deadlock(const std::vector<Wait> &waits)
{
	std::string client, log;

	for (const Wait &wait : waits)
		client += (client.empty() ? "Process " : "\nProcess ") + std::to_string(wait.pid) +
				  " waits for " + wait.mode + " on " + wait.object + "; blocked by process " +
				  std::to_string(wait.blocker) + ".";
	log = client;
	for (const Wait &wait : waits)
		log += "\nProcess " + std::to_string(wait.pid) + ": " +
			   pgstat_get_backend_current_activity(wait.pid, false);
	Raise(Report(ERROR, ERRCODE_T_R_DEADLOCK_DETECTED)
			  .msg("deadlock detected")
			  .detail("%s", client.c_str())
			  .detail_log("%s", log.c_str())
			  .hint("See server log for query details."));
}

} /* namespace */

void
CheckForDeadlock(const std::string &what)
{
	const std::vector<Wait> waits = resolve();

	if (waits.empty())
		return;
	if (log_lock_waits)
		Report(LOG)
			.msg("process %d detected deadlock while waiting for %s", MyProcPid, what.c_str())
			.emit();
	raise_deadlock(waits);
}

std::vector<int>
BlockingPids(int pid)
{
	std::vector<int> pids;
	const LockTableGuard guard(LW_SHARED);

	for (int proc = 0; proc < ProcCount(); proc++)
	{
		if (ProcGlobal->allProcs[proc].pid != pid)
			continue;
		for (const Link &link : links_of(proc))
			pids.push_back(ProcGlobal->allProcs[link.blocker].pid);
		break;
	}
	return pids;
}

} /* namespace pg */
