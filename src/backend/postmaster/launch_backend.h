/*
 * postmaster/launch_backend.h
 *		Forks a child of any kind and brings it to its main function.
 */
#pragma once

#include "postmaster/child_kind.h"

namespace pg
{

/* Which kinds there are; once, before the first fork. leave_postmaster runs in each child, first of all. */
void SetChildKinds(ChildKinds kinds, void (*leave_postmaster)(ChildKind kind));

const ChildKindDef &ChildKindOf(ChildKind kind);

/*
 * Forks. Returns the pid, or -1 and errno; does not return in the child. title overrides the kind's (workers).
 */
pid_t LaunchChild(ChildKind kind, const ChildStart &start, const char *title = nullptr);

} /* namespace pg */
