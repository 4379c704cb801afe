/*
 * executor/query_id.h
 *		Query identifiers: a number for a statement whatever its constants.
 *
 * A statement is read as words; comments, spacing and the case of what is not quoted do not count, a constant counts as
 * a constant.  Any process.
 */
#pragma once

#include <string_view>
#include <vector>

#include "postgres.h"

#include "common/setting_def.h"
#include "utils/queryjumble.h"

namespace pg
{

struct QueryIdentity
{
	uint64 id = 0;
	std::vector<LocationLen> constants; /* bytes from the start of the statement */
	int highest_parameter = 0;
};

/* keep_constants: they count as they are, as in a utility statement, and always the same for one text. */
QueryIdentity IdentifyQuery(std::string_view statement, bool keep_constants);

extern const SettingSpan kQuerySettings;

} /* namespace pg */
