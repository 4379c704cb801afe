/*
 * utils/adt/lock_funcs.cpp
 *		Advisory locks, and who blocks whom.
 *
 * Backends and workers with a database.  The locks lie in the one table of heavyweight locks
 * (storage/lmgr/README.md).
 */
#include "miscadmin.h"
#include "storage/lmgr/heavy_lock.h"
#include "storage/lock.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/array_text.h"

#include <algorithm>
#include <vector>

namespace pg
{
namespace
{

/* One key of 64 bits, or two of 32: different locks, told by the last field. */
LOCKTAG
advisory_tag(const FunctionCall &call)
{
	LOCKTAG tag;

	if (call.arg_count() == 1)
	{
		const auto key = static_cast<uint64>(ArgInt(call, 0));

		SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, static_cast<uint32>(key >> 32),
							 static_cast<uint32>(key), 1);
	}
	else
		SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, static_cast<uint32>(ArgInt(call, 0)),
							 static_cast<uint32>(ArgInt(call, 1)), 2);
	return tag;
}

template <LOCKMODE mode, bool session>
void
lock(FunctionCall &call)
{
	const LOCKTAG tag = advisory_tag(call);

	LockAcquire(&tag, mode, session, false);
	SetText(call, "");
}

template <LOCKMODE mode, bool session>
void
try_lock(FunctionCall &call)
{
	const LOCKTAG tag = advisory_tag(call);

	SetBool(call, LockAcquire(&tag, mode, session, true) != LOCKACQUIRE_NOT_AVAIL);
}

template <LOCKMODE mode>
void
unlock(FunctionCall &call)
{
	const LOCKTAG tag = advisory_tag(call);

	SetBool(call, LockRelease(&tag, mode, true));
}

void
unlock_all(FunctionCall &call)
{
	LockReleaseSession(USER_LOCKMETHOD);
	SetText(call, "");
}

void
blocking_pids(FunctionCall &call)
{
	std::string list;

	for (const int pid : BlockingPids(static_cast<int>(ArgInt(call, 0))))
		list += (list.empty() ? "" : ",") + std::to_string(pid);
	SetText(call, "{" + list + "}");
}

/* For isolationtester: does one of these sessions keep the first one waiting? */
void
session_is_blocked(FunctionCall &call)
{
	const std::vector<int> blockers = BlockingPids(static_cast<int>(ArgInt(call, 0)));
	const ArrayElements sessions = ReadArray(ArgText(call, 1));

	SetBool(call, std::ranges::any_of(blockers,
									  [&](int pid) {
										  return std::ranges::find(sessions, std::to_string(pid)) !=
												 sessions.end();
									  }));
}

constexpr FunctionDef kLockRows[] = {
	Fn(2561, "pg_blocking_pids", 'v', "pg_blocking_pids", INT4ARRAYOID, {INT4OID}, blocking_pids),
	Fn(2880, "pg_advisory_lock", 'v', "pg_advisory_lock_int8", VOIDOID, {INT8OID},
	   lock<ExclusiveLock, true>),
	Fn(2881, "pg_advisory_lock_shared", 'v', "pg_advisory_lock_shared_int8", VOIDOID, {INT8OID},
	   lock<ShareLock, true>),
	Fn(2882, "pg_try_advisory_lock", 'v', "pg_try_advisory_lock_int8", BOOLOID, {INT8OID},
	   try_lock<ExclusiveLock, true>),
	Fn(2883, "pg_try_advisory_lock_shared", 'v', "pg_try_advisory_lock_shared_int8", BOOLOID,
	   {INT8OID}, try_lock<ShareLock, true>),
	Fn(2884, "pg_advisory_unlock", 'v', "pg_advisory_unlock_int8", BOOLOID, {INT8OID},
	   unlock<ExclusiveLock>),
	Fn(2885, "pg_advisory_unlock_shared", 'v', "pg_advisory_unlock_shared_int8", BOOLOID, {INT8OID},
	   unlock<ShareLock>),
	Fn(2886, "pg_advisory_lock", 'v', "pg_advisory_lock_int4", VOIDOID, {INT4OID, INT4OID},
	   lock<ExclusiveLock, true>),
	Fn(2887, "pg_advisory_lock_shared", 'v', "pg_advisory_lock_shared_int4", VOIDOID,
	   {INT4OID, INT4OID}, lock<ShareLock, true>),
	Fn(2888, "pg_try_advisory_lock", 'v', "pg_try_advisory_lock_int4", BOOLOID, {INT4OID, INT4OID},
	   try_lock<ExclusiveLock, true>),
	Fn(2889, "pg_try_advisory_lock_shared", 'v', "pg_try_advisory_lock_shared_int4", BOOLOID,
	   {INT4OID, INT4OID}, try_lock<ShareLock, true>),
	Fn(2890, "pg_advisory_unlock", 'v', "pg_advisory_unlock_int4", BOOLOID, {INT4OID, INT4OID},
	   unlock<ExclusiveLock>),
	Fn(2891, "pg_advisory_unlock_shared", 'v', "pg_advisory_unlock_shared_int4", BOOLOID,
	   {INT4OID, INT4OID}, unlock<ShareLock>),
	Fn(2892, "pg_advisory_unlock_all", 'v', "pg_advisory_unlock_all", VOIDOID, {}, unlock_all),
	Fn(3378, "pg_isolation_test_session_is_blocked", 'v', "pg_isolation_test_session_is_blocked",
	   BOOLOID, {INT4OID, INT4ARRAYOID}, session_is_blocked),
	Fn(3089, "pg_advisory_xact_lock", 'v', "pg_advisory_xact_lock_int8", VOIDOID, {INT8OID},
	   lock<ExclusiveLock, false>),
	Fn(3090, "pg_advisory_xact_lock_shared", 'v', "pg_advisory_xact_lock_shared_int8", VOIDOID,
	   {INT8OID}, lock<ShareLock, false>),
	Fn(3091, "pg_try_advisory_xact_lock", 'v', "pg_try_advisory_xact_lock_int8", BOOLOID, {INT8OID},
	   try_lock<ExclusiveLock, false>),
	Fn(3092, "pg_try_advisory_xact_lock_shared", 'v', "pg_try_advisory_xact_lock_shared_int8",
	   BOOLOID, {INT8OID}, try_lock<ShareLock, false>),
	Fn(3093, "pg_advisory_xact_lock", 'v', "pg_advisory_xact_lock_int4", VOIDOID,
	   {INT4OID, INT4OID}, lock<ExclusiveLock, false>),
	Fn(3094, "pg_advisory_xact_lock_shared", 'v', "pg_advisory_xact_lock_shared_int4", VOIDOID,
	   {INT4OID, INT4OID}, lock<ShareLock, false>),
	Fn(3095, "pg_try_advisory_xact_lock", 'v', "pg_try_advisory_xact_lock_int4", BOOLOID,
	   {INT4OID, INT4OID}, try_lock<ExclusiveLock, false>),
	Fn(3096, "pg_try_advisory_xact_lock_shared", 'v', "pg_try_advisory_xact_lock_shared_int4",
	   BOOLOID, {INT4OID, INT4OID}, try_lock<ShareLock, false>),
};

} /* namespace */

const std::span<const FunctionDef> kLockFunctions = kLockRows;

} /* namespace pg */
