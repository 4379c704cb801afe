/*
 * catalog/rows_wait_events.cpp
 *		pg_wait_events: what processes can wait for.
 *
 * Backends and workers.  Constant but for the events that modules have registered.
 */
#include "catalog/pg_type_d.h"
#include "catalog/rows.h"
#include "utils/activity/wait_event_list.h"

namespace pg
{
namespace
{

constexpr RowColumn kWaitEventColumns[] = {{"type", TEXTOID},
										   {"name", TEXTOID},
										   {"description", TEXTOID}};

class WaitEventCursor : public RowCursor
{
public:
	bool next() override
	{
		while (GetWaitEventInfo(++current_, &info_))
			if (info_.name[0] != '<') /* numbers that no lock has */
				return true;
		return false;
	}

	Value column(int i) override
	{
		return Value::Text(i == 0 ? info_.type : i == 1 ? info_.name : info_.description);
	}

private:
	WaitEventInfo info_{};
	int current_ = -1;
};

std::unique_ptr<RowCursor>
open_wait_events(std::span<const Value>)
{
	return std::make_unique<WaitEventCursor>();
}

} /* namespace */

const RowSource kWaitEventSource = {"pg_catalog.pg_wait_events", kWaitEventColumns, 0,
									open_wait_events};

} /* namespace pg */
