/*
 * postmaster/child_kind.h
 *		Kinds of child process, as rows of the table that main/ hands down.
 *
 * The postmaster forks and watches; what a child does is behind main_fn, so postmaster/ knows
 * nothing of engines, SQL or the wire.
 */
#pragma once

#include <span>

#include "miscadmin.h"

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
	int			slot = -1;			/* process slot, -1: none */
	int			client_fd = -1;		/* Backend */
	int			refuse = 0;			/* Backend: CAC_state why it must be turned away, 0: welcome */
	int			worker = -1;		/* BackgroundWorker: its slot number */
};

struct ChildKindDef
{
	ChildKind	kind;
	BackendType backend_type;
	const char *title;				/* of ps: "checkpointer" */
	bool		uses_shared_memory;
	/* Runs in the child, signals blocked, after it left the postmaster's resources. */
	[[noreturn]] void (*main_fn)(const ChildStart &start);
};

/* Rows in enum order. */
using ChildKinds = std::span<const ChildKindDef, static_cast<size_t>(ChildKind::Count)>;

/* Runs the postmaster (argv as given to `postgres`) until it ends; returns the exit code. */
int PostmasterMain(int argc, char **argv, ChildKinds kinds);

}  /* namespace pg */
