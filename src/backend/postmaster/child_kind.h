/*
 * postmaster/child_kind.h
 *		Kinds of child process, as rows of the table that main/ hands down.
 *
 * The postmaster forks and watches; what a child does is behind main_fn, so postmaster/ knows
 * nothing of engines, SQL or the wire.
 */
#pragma once

#include <span>

#include "common/setting_def.h"
#include "miscadmin.h"
#include "storage/ipc/shmem_internals.h"

namespace pg
{

enum class ChildKind : uint8_t
{
	Backend,
	BackgroundWorker,
	Startup,
	Checkpointer,
	Logger,
	Count
};

/* What the parent leaves for the child; lies in the postmaster's memory, copied by fork. */
struct ChildStart
{
	int slot = -1;		/* process slot, -1: none */
	int client_fd = -1; /* Backend */
	int refuse = 0;		/* Backend: a TurnAway (pmstate.h) or 0: welcome; then slot is -1 */
	int free_slots = 0; /* Backend: slots left of max_connections, its own not counted */
	int worker = -1;	/* BackgroundWorker: its slot number */
};

struct ChildKindDef
{
	ChildKind kind;
	BackendType backend_type;
	const char *title; /* of ps: "checkpointer" */
	bool uses_shared_memory;
	/* Runs in the child, signals blocked, after it left the postmaster's resources. */
	void (*main_fn)(const ChildStart &start); /* does not return */
};

/* Rows in enum order. */
using ChildKinds = std::span<const ChildKindDef, static_cast<size_t>(ChildKind::Count)>;

/* What main/ hands down. */
struct PostmasterTables
{
	ChildKinds kinds;
	std::span<const ShmemArea> areas;
	/* Reads pg_hba.conf; false when it is bad (it says why). At start that is FATAL, at reload the old one stays. */
	bool (*load_authentication)() = nullptr;
	/* Looks at global/pg_control; does not return when it is missing or damaged. */
	void (*check_control_file)() = nullptr;
};

/* Runs the postmaster (argv as given to `postgres`) until it ends: leaves through proc_exit. */
[[noreturn]] void PostmasterMain(int argc, char **argv, const PostmasterTables &tables);

} /* namespace pg */
