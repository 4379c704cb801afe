/*
 * catalog/cursors_view.h
 *		What pg_cursors shows: the open cursors of this session, which executor/ knows.
 */
#pragma once

#include <string>
#include <vector>

#include "postgres.h"

namespace pg
{

struct CursorRow
{
	std::string name, statement;
	bool is_holdable, is_binary, is_scrollable;
	int64 created;
};

/* Null before the first cursor. */
extern std::vector<CursorRow> (*list_cursors)();

} /* namespace pg */
