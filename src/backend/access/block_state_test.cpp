/*
 * block_state_test.cpp
 *		Every cell of the table of transaction block states.
 */
#include <gtest/gtest.h>

#include <set>

#include "block_state.h"

namespace pg
{
namespace
{

using S = BlockState;
using E = BlockEvent;
using A = BlockAction;

struct Cell
{
	BlockState state;
	BlockEvent event;
	BlockState next;
	BlockAction action;
};

/* All cells that do not refuse; every other one must refuse and stay. */
constexpr Cell kLegal[] = {
	{S::Idle, E::StatementStart, S::Single, A::Start},
	{S::Idle, E::StatementEnd, S::Idle, A::Nothing},
	{S::Idle, E::StatementError, S::Idle, A::Nothing},
	{S::Idle, E::ImplicitEnd, S::Idle, A::Nothing},

	{S::Single, E::StatementStart, S::Single, A::Nothing},
	{S::Single, E::StatementEnd, S::Idle, A::CommitAll},
	{S::Single, E::StatementError, S::Idle, A::AbortAll},
	{S::Single, E::Begin, S::Starting, A::Nothing},
	{S::Single, E::Commit, S::Single, A::WarnOutside},
	{S::Single, E::Rollback, S::RollingBack, A::WarnOutside},
	{S::Single, E::ImplicitBegin, S::Implicit, A::Nothing},
	{S::Single, E::ImplicitEnd, S::Single, A::Nothing},

	{S::Implicit, E::StatementStart, S::Implicit, A::Nothing},
	{S::Implicit, E::StatementEnd, S::Implicit, A::NextCommand},
	{S::Implicit, E::StatementError, S::Idle, A::AbortAll},
	{S::Implicit, E::Begin, S::Starting, A::Nothing},
	{S::Implicit, E::Commit, S::Ending, A::WarnOutside},
	{S::Implicit, E::Rollback, S::RollingBack, A::WarnOutside},
	{S::Implicit, E::ImplicitBegin, S::Implicit, A::Nothing},
	{S::Implicit, E::ImplicitEnd, S::Single, A::Nothing},

	{S::Starting, E::StatementEnd, S::InBlock, A::NextCommand},
	{S::Starting, E::StatementError, S::Idle, A::AbortAll},
	{S::Starting, E::ImplicitBegin, S::Starting, A::Nothing},
	{S::Starting, E::ImplicitEnd, S::Starting, A::Nothing},

	{S::InBlock, E::StatementStart, S::InBlock, A::Nothing},
	{S::InBlock, E::StatementEnd, S::InBlock, A::NextCommand},
	{S::InBlock, E::StatementError, S::Failed, A::AbortStay},
	{S::InBlock, E::Begin, S::InBlock, A::WarnInside},
	{S::InBlock, E::Commit, S::Ending, A::Nothing},
	{S::InBlock, E::Rollback, S::RollingBack, A::Nothing},
	{S::InBlock, E::RollbackTo, S::InBlock, A::Nothing},
	{S::InBlock, E::ImplicitBegin, S::InBlock, A::Nothing},
	{S::InBlock, E::ImplicitEnd, S::InBlock, A::Nothing},

	{S::Ending, E::StatementEnd, S::Idle, A::CommitAll},
	{S::Ending, E::StatementError, S::Idle, A::AbortAll},
	{S::Ending, E::ImplicitBegin, S::Ending, A::Nothing},
	{S::Ending, E::ImplicitEnd, S::Ending, A::Nothing},

	{S::RollingBack, E::StatementEnd, S::Idle, A::AbortAll},
	{S::RollingBack, E::StatementError, S::Idle, A::AbortAll},
	{S::RollingBack, E::ImplicitBegin, S::RollingBack, A::Nothing},
	{S::RollingBack, E::ImplicitEnd, S::RollingBack, A::Nothing},

	{S::Failed, E::StatementStart, S::Failed, A::Nothing},
	{S::Failed, E::StatementEnd, S::Failed, A::Nothing},
	{S::Failed, E::StatementError, S::Failed, A::Nothing},
	{S::Failed, E::Commit, S::FailedEnding, A::Nothing},
	{S::Failed, E::Rollback, S::FailedEnding, A::Nothing},
	{S::Failed, E::RollbackTo, S::InBlock, A::Nothing},
	{S::Failed, E::ImplicitBegin, S::Failed, A::Nothing},
	{S::Failed, E::ImplicitEnd, S::Failed, A::Nothing},

	{S::FailedEnding, E::StatementEnd, S::Idle, A::CleanUp},
	{S::FailedEnding, E::StatementError, S::Idle, A::CleanUp},
	{S::FailedEnding, E::ImplicitBegin, S::FailedEnding, A::Nothing},
	{S::FailedEnding, E::ImplicitEnd, S::FailedEnding, A::Nothing},
};

TEST(BlockStateTest, EveryCell)
{
	std::set<std::pair<int, int>> legal;

	for (const Cell &cell : kLegal)
	{
		const BlockStep step = NextBlockStep(cell.state, cell.event);

		EXPECT_EQ(step.next, cell.next)
			<< BlockStateName(cell.state) << static_cast<int>(cell.event);
		EXPECT_EQ(step.action, cell.action)
			<< BlockStateName(cell.state) << static_cast<int>(cell.event);
		legal.emplace(static_cast<int>(cell.state), static_cast<int>(cell.event));
	}
	for (int state = 0; state < static_cast<int>(S::Count); state++)
		for (int event = 0; event < static_cast<int>(E::Count); event++)
		{
			if (legal.contains({state, event}))
				continue;

			const BlockStep step = NextBlockStep(static_cast<S>(state), static_cast<E>(event));

			EXPECT_EQ(step.next, static_cast<S>(state));
			EXPECT_EQ(step.action, A::Refuse) << BlockStateName(step.next) << event;
		}
}

TEST(BlockStateTest, EveryErrorEndsInIdleOrFailed)
{
	for (int state = 0; state < static_cast<int>(S::Count); state++)
	{
		const BlockState next = NextBlockStep(static_cast<S>(state), E::StatementError).next;

		EXPECT_TRUE(next == S::Idle || next == S::Failed) << BlockStateName(static_cast<S>(state));
	}
}

} /* namespace */
} /* namespace pg */
