/*
 * child_kinds.cpp
 *		The kinds of child process: who they are and where their main functions lie.
 *
 * Constant data; the small functions here run in the new child.
 */
#include <array>

#include "main/helpers.h"
#include "main/registries.h"
#include "postmaster/lockfile.h"
#include "postmaster/worker_main.h"
#include "tcop/session.h"
#include "utils/error/syslogger.h"

namespace pg
{

namespace
{

[[noreturn]] void
run_backend(const ChildStart &start)
{
	BackendMain(start.client_fd, start.slot, static_cast<Refusal>(start.refuse));
}

[[noreturn]] void
run_logger(const ChildStart &)
{
	LeaveDataDirLock();
	DetachSharedMemory();
	LoggerMain();
}

constexpr std::array<ChildKindDef, static_cast<size_t>(ChildKind::Count)> kKinds = {{
	{ChildKind::Backend, B_BACKEND, "client backend", true, run_backend},
	{ChildKind::BackgroundWorker, B_BG_WORKER, "background worker", true, WorkerMain},
	{ChildKind::Startup, B_STARTUP, "startup", true, StartupMain},
	{ChildKind::Checkpointer, B_CHECKPOINTER, "checkpointer", true, CheckpointerMain},
	{ChildKind::Logger, B_LOGGER, "logger", false, run_logger},
}};

consteval bool
rows_are_in_order()
{
	for (size_t i = 0; i < kKinds.size(); i++)
		if (static_cast<size_t>(kKinds[i].kind) != i)
			return false;
	return true;
}
static_assert(rows_are_in_order());

} /* namespace */

ChildKinds
AllChildKinds()
{
	return ChildKinds(kKinds);
}

} /* namespace pg */
