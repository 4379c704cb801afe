/*
 * postmaster/bgworker_main.cpp
 *		The life of a background worker's process, from fork to its function and out again.
 *
 * Runs in background workers only.  A worker without shared memory lets go of it, and of the data
 * directory's lock, before any of its code runs; after that nothing here may touch a shared area.
 */
#include "postgres.h"

#include "postmaster/worker_main.h"

#include <utility>

#include "commands/dbcommands.h"
#include "libpq/pqsignal.h"
#include "miscadmin.h"
#include "postmaster/bgworker.h"
#include "postmaster/lockfile.h"
#include "postmaster/ready_board.h"
#include "postmaster/rules_file.h"
#include "postmaster/worker_list.h"
#include "storage/ipc.h"
#include "storage/ipc/interrupts.h"
#include "storage/ipc/latch_internals.h"
#include "storage/lmgr/proc_internals.h"
#include "utils/activity/status.h"
#include "utils/activity/worker_status.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/fmgr/loader.h"
#include "utils/guc.h"
#include "utils/misc/timeout.h"

extern "C"
{
	BackgroundWorker *MyBgworkerEntry = nullptr;
}

namespace pg
{

void (*connect_worker)(const WorkerConnection &wanted) = nullptr;

namespace
{

int my_worker_slot = -1;
int my_rule_line = 0; /* of pg_bgworker.conf; 0: none */
WorkerPolicy my_policy;

bool
wants_shared_memory(const BackgroundWorker &worker)
{
	return (worker.bgw_flags & BGWORKER_SHMEM_ACCESS) != 0;
}

bool
wants_database(const BackgroundWorker &worker)
{
	return (worker.bgw_flags & BGWORKER_BACKEND_DATABASE_CONNECTION) != 0;
}

void
tell_progress() noexcept
{
	MarkWorkerChanged(my_worker_slot);
	AnnounceWorkerChanges();
}

/* From here on the postmaster lets the next worker start. */
void
report_settled() noexcept
{
	shared_workers->wa_slots[my_worker_slot].ws_settled_pid = MyProcPid;
	tell_progress();
}

/* Connecting costs more than the way to the main function, so it belongs to the start. */
void
report_in_main(const BackgroundWorker &worker)
{
	WorkerSlot &slot = shared_workers->wa_slots[my_worker_slot];

	slot.ws_main_pid = MyProcPid;
	if (wants_database(worker))
		before_first_sleep = report_settled;
	else
		slot.ws_settled_pid = MyProcPid;
	tell_progress();
}

void
report_ready()
{
	if (MyBgworkerEntry == nullptr)
		Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
				  .msg("this process is no background worker"));
	if (shared_workers == nullptr)
	{
		if (!SayReady(my_worker_slot))
			Raise(Report(ERROR, ERRCODE_OUT_OF_MEMORY)
					  .msg("there is no memory in which to say that a background worker is ready"));
		return;
	}
	shared_workers->wa_slots[my_worker_slot].ws_ready_pid = MyProcPid;
	tell_progress();
}

void
leave_shared_memory()
{
	LeaveWorkerAccount();
	shared_workers = nullptr;
	shared_worker_news = nullptr;
	DetachSharedMemory();
	LeaveDataDirLock();
}

/*
 * As if by options of a connection: files that are read again do not change it, the worker's own SET does.  What its
 * module does not accept is told and left out.
 */
void
apply_settings()
{
	for (const auto &[name, value] : my_policy.settings)
		(void) set_config_option(name.c_str(), value.c_str(), PGC_SUSET, PGC_S_CLIENT,
								 GUC_ACTION_SET, true, WARNING, false);
}

/* Others that hold a place of the quota that is now ours. */
int
count_quota_users(uint64 key)
{
	int found = 0;

	for (int i = 0; i < WorkerSlotsUsed(); i++)
	{
		const WorkerSlot &slot = shared_workers->wa_slots[i];

		found += i != my_worker_slot && slot.ws_in_use && slot.ws_pid > 0 && slot.ws_quota == key;
	}
	return found;
}

/* Now that the database is known, a line about databases may be the first that matches. */
void
follow_rule_of_database(const char *database)
{
	const WorkerIdentity identity = {MyBgworkerEntry->bgw_name, MyBgworkerEntry->bgw_library_name,
									 database};
	WorkerRequest &request = shared_worker_requests[my_worker_slot];
	const bool is_new = strcmp(request.wr_database, database) != 0;
	const WorkerRule *rule = FindWorkerRule(WorkerRulesInForce(), identity);

	if (is_new)
		strlcpy(request.wr_database, database, sizeof(request.wr_database));
	if (rule == nullptr || rule->type != RuleType::Database)
		return;
	if (is_new)
		tell_progress(); /* it wants to know the database, too */
	if (rule->policy.quota)
	{
		const uint64 key = QuotaKey(*rule, identity);

		shared_workers->wa_slots[my_worker_slot].ws_quota = key;
		if (count_quota_users(key) >= *rule->policy.quota)
			Report(FATAL, ERRCODE_CONFIGURATION_LIMIT_EXCEEDED)
				.msg("too many background workers for database \"%s\"", database)
				.detail("Line %d of pg_bgworker.conf allows %d.", rule->line, *rule->policy.quota)
				.emit();
	}
	if (rule->line == my_rule_line)
		return;
	my_rule_line = rule->line;
	my_policy.settings = rule->policy.settings;
	apply_settings();
}

bgworker_main_type
find_function(const BackgroundWorker &worker)
{
	if ((worker.bgw_flags & BGWORKER_MAIN_POINTER) != 0)
		return worker.bgw_main;
	if (strcmp(worker.bgw_library_name, "postgres") == 0)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
				  .msg("internal function \"%s\" not found", worker.bgw_function_name));

	return reinterpret_cast<bgworker_main_type>(
		LoadExternalFunction(worker.bgw_library_name, worker.bgw_function_name));
}

void
run(const BackgroundWorker &worker, const ChildStart &start)
{
	bool shared = wants_shared_memory(worker);

	InstallWorkerSignals(shared, wants_database(worker));
	InitializeTimeouts();
	if (shared)
	{
		InitProcess(start.slot, B_BG_WORKER);
		StatusStart(start.slot, B_BG_WORKER, worker.bgw_type);
	}
	JoinWorkerAccount(start.worker);
	log_identity.backend_type = MyBgworkerEntry->bgw_type;
	apply_settings();

	bgworker_main_type function = find_function(worker);

	report_in_main(worker);
	if (!shared)
		leave_shared_memory();
	ToC(function, worker.bgw_main_arg);
}

[[noreturn]] void
raise_no_database()
{
	Report(FATAL, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
		.msg("database connection requirement not indicated during registration")
		.emit();
	pg_unreachable();
}

void
connect(const WorkerConnection &wanted)
{
	if (!IsInitProcessingMode())
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
				  .msg("invalid processing mode in background worker"));
	connect_worker(wanted);
	if (log_identity.database != nullptr)
		follow_rule_of_database(log_identity.database);
	if (auto *const report = std::exchange(before_first_sleep, nullptr))
		report();
	SetProcessingMode(NormalProcessing);
	/* Who was told to end while it connected does not begin: modules rely on it. */
	CheckForInterrupts();
}

} /* namespace */

void
WorkerMain(const ChildStart &start)
{
	static BackgroundWorker entry;
	int code = 0;

	const RegisteredWorker &registered = *WorkerList::instance().find_by_slot(start.worker);

	entry = registered.rw_worker;
	my_policy = registered.rw_policy;
	my_rule_line = registered.rw_rule_line;
	MyBgworkerEntry = &entry;
	my_worker_slot = start.worker;
	IsBackgroundWorker = true;
	SetProcessingMode(InitProcessing);
	try
	{
		run(entry, start);
	}
	catch (const PgError &error)
	{
		InterruptHoldoffCount = InterruptHoldoffCount + 1;
		EmitCaught(error);
		code = 1;
	}
	proc_exit(code);
}

} /* namespace pg */

using namespace pg;

extern "C"
{
	/* The parentheses keep macros for old sources away. */
	void(BackgroundWorkerInitializeConnection)(const char *dbname, const char *username,
											   uint32 flags)
	{
		FromC(
			[&]
			{
				if (!wants_database(*MyBgworkerEntry))
					raise_no_database();
				connect({.database = dbname,
						 .user = username,
						 .bypass_allow_connections = (flags & BGWORKER_BYPASS_ALLOWCONN) != 0,
						 .bypass_login_check = (flags & BGWORKER_BYPASS_ROLELOGINCHECK) != 0});
			});
	}

	void(BackgroundWorkerInitializeConnectionByOid)(Oid dboid, Oid useroid, uint32 flags)
	{
		FromC(
			[&]
			{
				if (!wants_database(*MyBgworkerEntry))
					raise_no_database();
				connect({.database_oid = dboid,
						 .user_oid = useroid,
						 .bypass_allow_connections = (flags & BGWORKER_BYPASS_ALLOWCONN) != 0,
						 .bypass_login_check = (flags & BGWORKER_BYPASS_ROLELOGINCHECK) != 0});
			});
	}

	/* As in PostgreSQL the flags do not matter here, but for the shared memory that a connection needs. */
	void InitPostgres(const char *in_dbname, Oid dboid, const char *username, Oid useroid, bool,
					  bool override_allow_connections, char *out_dbname)
	{
		FromC(
			[&]
			{
				if (!wants_shared_memory(*MyBgworkerEntry))
					raise_no_database();
				connect({.database = in_dbname,
						 .database_oid = in_dbname != nullptr ? InvalidOid : dboid,
						 .user = username,
						 .user_oid = username != nullptr ? InvalidOid : useroid,
						 .bypass_allow_connections = override_allow_connections});
				if (out_dbname == nullptr)
					return;

				const char *name = get_database_name(MyDatabaseId);

				strlcpy(out_dbname, name == nullptr ? "" : name, NAMEDATALEN);
			});
	}

	BackgroundWorkerRef GetMyBackgroundWorkerRef(void)
	{
		if (MyBgworkerEntry == nullptr || shared_workers == nullptr)
			return {0, 0};
		const WorkerSlot &slot = shared_workers->wa_slots[my_worker_slot];

		return {slot.ws_id, slot.ws_generation};
	}

	void BackgroundWorkerReady(void)
	{
		FromC([] { report_ready(); });
	}

	void BackgroundWorkerBlockSignals(void)
	{
		PG_SETMASK(&BlockSig);
	}

	void BackgroundWorkerUnblockSignals(void)
	{
		PG_SETMASK(&UnBlockSig);
	}
}
