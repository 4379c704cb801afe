/*
 * utils/misc/guc_transfer.cpp
 *		What a session has set, handed to another process (utils/guc.h).
 *
 * Backends and workers.  The form: name and value of each such setting, each ended by a zero, and an empty name at the end.
 */
#include <cstring>
#include <string>

#include "miscadmin.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/guc.h"
#include "utils/misc/guc_internals.h"

namespace pg
{
namespace
{

/* Those that this session, and not the server as a whole, gave a value. */
bool
is_of_session(const SettingRow &row)
{
	return (row.context == "user" || row.context == "superuser") &&
		   (row.source == "session" || row.source == "client" || row.source == "override" ||
			row.source == "interactive" || row.source == "database" || row.source == "user" ||
			row.source == "database user");
}

std::string
session_state()
{
	std::string state;

	for (const SettingRow &row : SettingRows())
	{
		if (!is_of_session(row) || !row.setting)
			continue;
		state += row.name;
		state += '\0';
		state += *row.setting;
		state += '\0';
	}
	return state + '\0';
}

} /* namespace */
} /* namespace pg */

using pg::FromC;

Size
EstimateGUCStateSpace(void)
{
	return FromC([] { return pg::session_state().size(); });
}

void
SerializeGUCState(Size maxsize, char *start_address)
{
	FromC(
		[&]
		{
			const std::string state = pg::session_state();

			if (state.size() > maxsize)
				pg::Raise(pg::Report(ERROR, ERRCODE_INTERNAL_ERROR)
							  .msg("not enough space to serialize GUC state"));
			memcpy(start_address, state.data(), state.size());
		});
}

void
RestoreGUCState(void *gucstate)
{
	FromC(
		[&]
		{
			const char *next = static_cast<const char *>(gucstate);

			while (*next != '\0')
			{
				const char *name = next;
				const char *value = name + strlen(name) + 1;

				next = value + strlen(value) + 1;
				pg::SetSetting(name, value, PGC_SUSET, PGC_S_SESSION);
			}
		});
}
