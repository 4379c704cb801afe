/*
 * settings.cpp
 *		Joins the settings that the subsystems declare.
 *
 * Constant data, for every process.  A name stands in one row only; utils/misc checks that.
 */
#include <array>

#include "access/transaction.h"
#include "catalog/identity.h"
#include "catalog/lookup.h"
#include "engine/engine.h"
#include "executor/query_id.h"
#include "main/registries.h"
#include "postmaster/pm_settings.h"
#include "storage/ipc/dsm_internals.h"
#include "storage/lmgr/proc_internals.h"
#include "tcop/session.h"
#include "utils/activity/status.h"
#include "utils/error/log_output.h"
#include "utils/misc/guc_internals.h"
#include "utils/misc/settings.h"

namespace pg
{

std::span<const SettingSpan>
AllSettings()
{
	static const std::array spans = {
		kPostmasterSettings,  kErrorSettings,  kLmgrSettings,	 kDsmSettings,
		kActivitySettings,	  kEngineSettings, kCatalogSettings, kSessionSettings,
		kTransactionSettings, kQuerySettings,  kMiscSettings,	 kIdentitySettings,
		IgnoredSettings(),
	};

	return spans;
}

} /* namespace pg */
