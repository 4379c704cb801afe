/*
 * postroom/worker.hpp
 *		Registering, launching and being a background worker.
 */
#pragma once

extern "C"
{
#include "postgres.h"

#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "tcop/tcopprot.h"
#include "utils/guc.h"
}

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "postroom/error.hpp"

namespace postroom
{

/* What a worker is registered with; the fields of BackgroundWorker (postmaster/bgworker.h) by other names. */
struct WorkerOptions
{
	std::string_view name;	   /* process title and log; up to 95 characters */
	std::string_view type{};   /* backend_type in pg_stat_activity; empty: name */
	std::string_view library;  /* the module, as in shared_preload_libraries */
	std::string_view function; /* what POSTROOM_WORKER declares */
	Datum argument = 0;
	std::string_view extra{}; /* up to 128 bytes of any kind */
	BgWorkerStartTime start = BgWorkerStart_RecoveryFinished;
	/* Between its end with an error and its next start; null: it is not started again. */
	std::optional<std::chrono::seconds> restart =
		std::chrono::seconds(BGW_DEFAULT_RESTART_INTERVAL);
	bool shared_memory = true;
	bool database = true; /* it will connect to one */
	pid_t notify = 0;	  /* who is woken when it starts and ends; dynamic workers only */
};

/* The C struct; Error 22023 when a text is too long. */
inline BackgroundWorker
Describe(const WorkerOptions &options)
{
	BackgroundWorker worker{};
	const auto put = [](auto &field, std::string_view text, size_t room, const char *what)
	{
		if (text.size() > room)
			throw Error(ERRCODE_INVALID_PARAMETER_VALUE,
						std::string(what) + " of background worker is too long",
						"It may have up to " + std::to_string(room) + " bytes.");
		std::ranges::copy(text, field);
	};

	put(worker.bgw_name, options.name, sizeof(worker.bgw_name) - 1, "name");
	put(worker.bgw_type, options.type, sizeof(worker.bgw_type) - 1, "type");
	put(worker.bgw_library_name, options.library, sizeof(worker.bgw_library_name) - 1, "library");
	put(worker.bgw_function_name, options.function, sizeof(worker.bgw_function_name) - 1,
		"function");
	put(worker.bgw_extra, options.extra, sizeof(worker.bgw_extra), "extra");
	worker.bgw_flags = (options.shared_memory ? BGWORKER_SHMEM_ACCESS : 0) |
					   (options.database ? BGWORKER_BACKEND_DATABASE_CONNECTION : 0);
	worker.bgw_start_time = options.start;
	worker.bgw_restart_time =
		options.restart ? static_cast<int>(options.restart->count()) : BGW_NEVER_RESTART;
	worker.bgw_main_arg = options.argument;
	worker.bgw_notify_pid = options.notify;
	return worker;
}

/* RegisterBackgroundWorker: in POSTROOM_MODULE, while shared_preload_libraries are loaded. */
inline void
Register(const WorkerOptions &options)
{
	BackgroundWorker worker = Describe(options);

	Checked([&] { RegisterBackgroundWorker(&worker); });
}

/* A worker started while the server runs.  Good in the process that launched it; may be copied. */
class LaunchedWorker
{
public:
	/* Process number while it runs, else null. */
	std::optional<pid_t> pid() const
	{
		return running(Checked([&] { return GetBackgroundWorkerPid(handle_, &pid_); }));
	}

	/* Waits until it runs or has ended; null in the latter case. */
	std::optional<pid_t> wait_until_started() const
	{
		return running(Checked([&] { return WaitForBackgroundWorkerStartup(handle_, &pid_); }));
	}

	void wait_until_stopped() const
	{
		running(Checked([&] { return WaitForBackgroundWorkerShutdown(handle_); }));
	}

	/* Ends it for good; does not wait. */
	void terminate() const
	{
		Checked([&] { TerminateBackgroundWorker(handle_); });
	}

private:
	friend LaunchedWorker Launch(const WorkerOptions &);

	explicit LaunchedWorker(BackgroundWorkerHandle *handle) : handle_(handle) {}

	std::optional<pid_t> running(BgwHandleStatus status) const
	{
		if (status == BGWH_POSTMASTER_DIED)
			throw Error(ERRCODE_INSUFFICIENT_RESOURCES,
						"cannot start background processes without postmaster", {},
						"Kill all remaining database processes and restart the database.");
		if (status != BGWH_STARTED)
			return std::nullopt;
		return pid_;
	}

	BackgroundWorkerHandle *handle_;
	mutable pid_t pid_ = 0;
};

/*
 * RegisterDynamicBackgroundWorker; notifies this process unless told otherwise.  Error 53400 when all slots are taken.
 */
inline LaunchedWorker
Launch(const WorkerOptions &options)
{
	BackgroundWorker worker = Describe(options);
	BackgroundWorkerHandle *handle = nullptr;

	if (worker.bgw_notify_pid == 0)
		worker.bgw_notify_pid = MyProcPid;

	/* The handle is to last as long as its copies, so it is the process's. */
	const bool launched = Checked(
		[&]
		{
			const MemoryContext before = MemoryContextSwitchTo(TopMemoryContext);
			const bool done = RegisterDynamicBackgroundWorker(&worker, &handle);

			MemoryContextSwitchTo(before);
			return done;
		});

	if (!launched)
		throw Error(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED, "out of background worker slots", {},
					"You might need to increase \"max_worker_processes\".");
	return LaunchedWorker(handle);
}

/*
 * The running worker, handed to the function that POSTROOM_WORKER names.  SIGHUP and SIGTERM have their handlers, and
 * signals are let in.
 */
class Worker
{
public:
	/* As registered. */
	const char *name() const { return MyBgworkerEntry->bgw_name; }
	Datum argument() const { return argument_; }
	std::string_view extra() const
	{
		return {MyBgworkerEntry->bgw_extra, sizeof(MyBgworkerEntry->bgw_extra)};
	}

	/* Once: to a database, as a role; without one, as the bootstrap superuser.  FATAL when that cannot be. */
	void connect(const std::string &database, const std::optional<std::string> &role = std::nullopt)
	{
		Checked(
			[&] {
				BackgroundWorkerInitializeConnection(database.c_str(),
													 role ? role->c_str() : nullptr, 0);
			});
	}

	void connect(Oid database, Oid role = InvalidOid)
	{
		Checked([&] { BackgroundWorkerInitializeConnectionByOid(database, role, 0); });
	}

	/* Called after a SIGHUP, when the settings have their new values. */
	void on_reload(std::function<void()> callback) { reloaded_ = std::move(callback); }

	/*
	 * The loop: calls work, which says how long to nap, then naps; for ever.  A set latch or SIGHUP ends the nap early.
	 * SIGTERM ends the process, between two rounds or where a statement or wait of the round notices it.  An exception
	 * ends it with code 1: it is started again as registered.
	 */
	template <typename Work>
	[[noreturn]] void run(Work work)
	{
		for (;;)
			nap(std::chrono::duration_cast<std::chrono::milliseconds>(work()));
	}

	/* One nap, for loops of another shape: serves SIGHUP and SIGTERM, and ends with the postmaster. */
	void nap(std::chrono::milliseconds time)
	{
		Checked(
			[&]
			{
				(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH,
								 static_cast<long>(time.count()), PG_WAIT_EXTENSION);
				ResetLatch(MyLatch);
				CHECK_FOR_INTERRUPTS();
			});
		if (!ConfigReloadPending)
			return;
		ConfigReloadPending = false;
		Checked([] { ProcessConfigFile(PGC_SIGHUP); });
		if (reloaded_)
			reloaded_();
	}

	/* For POSTROOM_WORKER only. */
	static void main(Datum argument, void (*body)(Worker &))
	{
		Guarded(
			[&]
			{
				Worker worker(argument);

				body(worker);
			});
	}

private:
	explicit Worker(Datum argument) : argument_(argument)
	{
		pqsignal(SIGHUP, SignalHandlerForConfigReload);
		pqsignal(SIGTERM, die);
		BackgroundWorkerUnblockSignals();
	}

	std::function<void()> reloaded_;
	const Datum argument_;
};

} /* namespace postroom */

/* Exports name, for WorkerOptions::function; body is a void (postroom::Worker &). */
#define POSTROOM_WORKER(name, body)                   \
	extern "C" PGDLLEXPORT void name(Datum argument); \
	void name(Datum argument)                         \
	{                                                 \
		postroom::Worker::main(argument, body);       \
	}                                                 \
	static_assert(sizeof(#name) <= BGW_MAXLEN, "the name of a worker's function is too long")
