/*
 * main/registries.h
 *		The four tables that main/ hands down: settings, functions, shared-memory areas, kinds of child.
 *
 * Each subsystem declares its rows next to its code; here they are only joined.
 */
#pragma once

#include <span>
#include <vector>

#include "common/setting_def.h"
#include "engine/function.h"
#include "postmaster/child_kind.h"
#include "storage/ipc/shmem_internals.h"

namespace pg
{

/* settings.cpp */
std::span<const SettingSpan> AllSettings();

/* functions.cpp */
EngineLibrary AllEngineFunctions();

/* shmem_areas.cpp: in order of creation */
std::vector<ShmemArea> AllShmemAreas();

/* child_kinds.cpp */
ChildKinds AllChildKinds();

} /* namespace pg */
