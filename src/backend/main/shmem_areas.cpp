/*
 * shmem_areas.cpp
 *		Joins the areas of shared memory, in the order in which they are built.
 *
 * Run by the postmaster at start and after a crash.
 */
#include "access/notify_queue.h"
#include "catalog/cluster.h"
#include "engine/engine.h"
#include "main/registries.h"
#include "postmaster/rules_file.h"
#include "postmaster/worker_list.h"
#include "storage/dsa/registry_area.h"
#include "storage/ipc/cancel_keys.h"
#include "storage/ipc/dsm_internals.h"
#include "storage/ipc/recovery_state.h"
#include "storage/lmgr/proc_internals.h"
#include "utils/activity/status.h"
#include "utils/misc/guc_internals.h"

namespace pg
{

std::vector<ShmemArea>
AllShmemAreas()
{
	std::vector<ShmemArea> areas;

	for (std::span<const ShmemArea> some :
		 {kLmgrAreas, kIpcAreas, kRecoveryAreas, kCancelKeyAreas, kDsmAreas, kDsmRegistryAreas,
		  kActivityAreas, kWorkerAreas, kWorkerRulesAreas, kEngineAreas, kCatalogAreas,
		  kNotifyAreas, kSettingsAreas})
		areas.insert(areas.end(), some.begin(), some.end());
	return areas;
}

} /* namespace pg */
