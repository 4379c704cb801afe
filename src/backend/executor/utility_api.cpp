/*
 * executor/utility_api.cpp
 *		Utility statements for modules: ProcessUtility (tcop/utility.h).
 *
 * Backends and workers, inside a transaction.
 */
#include "tcop/utility.h"

#include "executor/command_tag.h"
#include "executor/hooks.h"
#include "parser/node_structs.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"

namespace pg
{
namespace
{

/* Sets CurrentMemoryContext to the statement's for a scope, and keeps where it went from there. */
class StatementContext
{
public:
	explicit StatementContext(PostroomStatement &statement)
		: statement_(statement),
		  former_(MemoryContextSwitchTo(statement.context != nullptr ? statement.context
																	 : CurrentMemoryContext))
	{
	}
	~StatementContext()
	{
		statement_.context = CurrentMemoryContext;
		CurrentMemoryContext = former_;
	}
	StatementContext(const StatementContext &) = delete;
	StatementContext &operator=(const StatementContext &) = delete;

private:
	PostroomStatement &statement_;
	MemoryContext former_;
};

void
process(PlannedStmt *planned, DestReceiver *dest, QueryCompletion *completion)
{
	PostroomStatement *statement = planned->pr_statement;

	if (statement == nullptr)
		RaiseNotSupported("a utility statement that a module made");
	if (!IsUnchangedNode(planned->utilityStmt, statement->plan->raw()))
		RaiseNotSupported("a utility statement that a module changed");

	statement->plan->plan();

	RowsTo rows(dest, CMD_SELECT);
	std::string tag;

	{
		const StatementContext scope(*statement);

		tag = statement->plan->execute({}, rows.receiver(), 0).utility_tag;
	}
	rows.finish();
	/* As in PostgreSQL, only what counts rows says so here; the others' tags are known beforehand. */
	if (completion != nullptr)
		if (const QueryCompletion told = CompletionOfTag(tag);
			command_tag_display_rowcount(told.commandTag))
			*completion = told;
	if (HookedReceiver *hooked = HookedReceiverOf(dest))
		hooked->utility_tag = std::move(tag);
}

} /* namespace */
} /* namespace pg */

extern "C"
{
	void ProcessUtility(PlannedStmt *pstmt, const char *queryString, bool readOnlyTree,
						ProcessUtilityContext context, ParamListInfo params,
						QueryEnvironment *queryEnv, DestReceiver *dest, QueryCompletion *qc)
	{
		pg::FromC(
			[&]
			{
				if (ProcessUtility_hook != nullptr)
					pg::ToC(ProcessUtility_hook, pstmt, queryString, readOnlyTree, context, params,
							queryEnv, dest, qc);
				else
					pg::process(pstmt, dest, qc);
			});
	}

	void standard_ProcessUtility(PlannedStmt *pstmt, const char *, bool, ProcessUtilityContext,
								 ParamListInfo, QueryEnvironment *, DestReceiver *dest,
								 QueryCompletion *qc)
	{
		pg::FromC([&] { pg::process(pstmt, dest, qc); });
	}
}
