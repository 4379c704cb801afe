/*
 * block_state.cpp
 *		The table of transaction block states.  Pure; any process.
 */
#include "block_state.h"

#include <array>
#include <cstddef>

namespace pg
{

namespace
{

using S = BlockState;
using A = BlockAction;

constexpr size_t kStates = static_cast<size_t>(BlockState::Count);
constexpr size_t kEvents = static_cast<size_t>(BlockEvent::Count);

struct Row
{
	BlockState state;
	const char *name;
	std::array<BlockStep, kEvents> steps; /* in the order of BlockEvent */
};

/* clang-format off */
constexpr Row kTable[] = {
	{S::Idle, "IDLE", {{
		{S::Single, A::Start},				/* StatementStart */
		{S::Idle, A::Nothing},				/* StatementEnd */
		{S::Idle, A::Nothing},				/* StatementError */
		{S::Idle, A::Refuse},				/* Begin */
		{S::Idle, A::Refuse},				/* Commit */
		{S::Idle, A::Refuse},				/* Rollback */
		{S::Idle, A::Refuse},				/* RollbackTo */
		{S::Idle, A::Refuse},				/* ImplicitBegin */
		{S::Idle, A::Nothing}}}},			/* ImplicitEnd */
	{S::Single, "SINGLE", {{
		{S::Single, A::Nothing},
		{S::Idle, A::CommitAll},
		{S::Idle, A::AbortAll},
		{S::Starting, A::Nothing},
		{S::Single, A::WarnOutside},
		{S::RollingBack, A::WarnOutside},
		{S::Single, A::Refuse},
		{S::Implicit, A::Nothing},
		{S::Single, A::Nothing}}}},
	{S::Implicit, "IMPLICIT", {{
		{S::Implicit, A::Nothing},
		{S::Implicit, A::NextCommand},
		{S::Idle, A::AbortAll},
		{S::Starting, A::Nothing},
		{S::Ending, A::WarnOutside},
		{S::RollingBack, A::WarnOutside},
		{S::Implicit, A::Refuse},
		{S::Implicit, A::Nothing},
		{S::Single, A::Nothing}}}},
	{S::Starting, "STARTING", {{
		{S::Starting, A::Refuse},
		{S::InBlock, A::NextCommand},
		{S::Idle, A::AbortAll},
		{S::Starting, A::Refuse},
		{S::Starting, A::Refuse},
		{S::Starting, A::Refuse},
		{S::Starting, A::Refuse},
		{S::Starting, A::Nothing},
		{S::Starting, A::Nothing}}}},
	{S::InBlock, "IN BLOCK", {{
		{S::InBlock, A::Nothing},
		{S::InBlock, A::NextCommand},
		{S::Failed, A::AbortStay},
		{S::InBlock, A::WarnInside},
		{S::Ending, A::Nothing},
		{S::RollingBack, A::Nothing},
		{S::InBlock, A::Nothing},
		{S::InBlock, A::Nothing},
		{S::InBlock, A::Nothing}}}},
	{S::Ending, "ENDING", {{
		{S::Ending, A::Refuse},
		{S::Idle, A::CommitAll},
		{S::Idle, A::AbortAll},
		{S::Ending, A::Refuse},
		{S::Ending, A::Refuse},
		{S::Ending, A::Refuse},
		{S::Ending, A::Refuse},
		{S::Ending, A::Nothing},
		{S::Ending, A::Nothing}}}},
	{S::RollingBack, "ROLLING BACK", {{
		{S::RollingBack, A::Refuse},
		{S::Idle, A::AbortAll},
		{S::Idle, A::AbortAll},
		{S::RollingBack, A::Refuse},
		{S::RollingBack, A::Refuse},
		{S::RollingBack, A::Refuse},
		{S::RollingBack, A::Refuse},
		{S::RollingBack, A::Nothing},
		{S::RollingBack, A::Nothing}}}},
	{S::Failed, "FAILED", {{
		{S::Failed, A::Nothing},
		{S::Failed, A::Nothing},
		{S::Failed, A::Nothing},
		{S::Failed, A::Refuse},
		{S::FailedEnding, A::Nothing},
		{S::FailedEnding, A::Nothing},
		{S::InBlock, A::Nothing},
		{S::Failed, A::Nothing},
		{S::Failed, A::Nothing}}}},
	{S::FailedEnding, "FAILED, ENDING", {{
		{S::FailedEnding, A::Refuse},
		{S::Idle, A::CleanUp},
		{S::Idle, A::CleanUp},
		{S::FailedEnding, A::Refuse},
		{S::FailedEnding, A::Refuse},
		{S::FailedEnding, A::Refuse},
		{S::FailedEnding, A::Refuse},
		{S::FailedEnding, A::Nothing},
		{S::FailedEnding, A::Nothing}}}},
};
/* clang-format on */

consteval bool
rows_are_in_order()
{
	for (size_t i = 0; i < kStates; i++)
		if (static_cast<size_t>(kTable[i].state) != i)
			return false;
	return sizeof(kTable) / sizeof(kTable[0]) == kStates;
}
static_assert(rows_are_in_order());

} /* namespace */

BlockStep
NextBlockStep(BlockState state, BlockEvent event)
{
	return kTable[static_cast<size_t>(state)].steps[static_cast<size_t>(event)];
}

const char *
BlockStateName(BlockState state)
{
	return kTable[static_cast<size_t>(state)].name;
}

} /* namespace pg */
