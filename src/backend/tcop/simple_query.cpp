/*
 * tcop/simple_query.cpp
 *		One simple query: each statement in turn, several as one implicit transaction block.
 *
 * Client backends only.  Transaction rules are PostgreSQL's ("Multiple Statements in a Simple Query",
 * chapter 55.2.2 of its documentation).
 */
#include <cstring>

#include "access/transaction.h"
#include "access/xact.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "storage/ipc/interrupts.h"
#include "storage/proc.h"
#include "tcop/client.h"
#include "tcop/query_log.h"
#include "utils/error/report.h"
#include "utils/misc/timeout.h"
#include "utils/ps_status.h"

namespace pg
{
namespace
{

bool
is_one_of(const char *tag, std::initializer_list<const char *> tags)
{
	for (const char *candidate : tags)
		if (strcmp(tag, candidate) == 0)
			return true;
	return false;
}

/* Statements that may run in a failed block, since they end it. */
bool
ends_transaction(const char *tag)
{
	return is_one_of(tag, {"COMMIT", "ROLLBACK", "PREPARE TRANSACTION"});
}

/* Statements that steer the transaction themselves. */
bool
steers_transaction(const char *tag)
{
	return ends_transaction(tag) ||
		   is_one_of(tag, {"BEGIN", "START TRANSACTION", "SAVEPOINT", "RELEASE", "COMMIT PREPARED",
						   "ROLLBACK PREPARED"});
}

void
send_completion(Wire &wire, const std::string &tag)
{
	wire.begin('C');
	wire.put_string(tag);
	wire.end();
}

/* Where the statement stands in its implicit block decides how its transaction ends. */
struct Place
{
	bool many;
	bool last;
};

void
run_statement(Wire &wire, PreparedPlan &statement, Place place)
{
	const char *tag = statement.raw().tag;

	log_identity.command_tag = tag;
	if (update_process_title)
		set_ps_display(tag);
	if (InFailedBlock() && !ends_transaction(tag))
		Raise(Report(ERROR, ERRCODE_IN_FAILED_SQL_TRANSACTION)
				  .msg("current transaction is aborted, commands ignored until end of "
					   "transaction block"));
	StartTransactionCommand();
	if (place.many)
		BeginImplicitTransactionBlock();
	CheckForInterrupts();

	/* Only the extended protocol gives values to parameters. */
	if (!statement.plan().parameter_types.empty())
		Raise(Report(ERROR, ERRCODE_UNDEFINED_PARAMETER).msg("there is no parameter $1"));

	WireReceiver receiver(wire);
	const RunResult result =
		statement.run({}, receiver, 0, {.context = PROCESS_UTILITY_TOPLEVEL, .dest = DestRemote});

	if (place.last)
	{
		if (place.many)
			EndImplicitTransactionBlock();
		CommitTransactionCommand();
	}
	else if (steers_transaction(tag))
		CommitTransactionCommand();
	else
		CommandCounterIncrement();
	send_completion(wire, result.completion());
}

} /* namespace */

void
RunSimpleQuery(Wire &wire, std::string_view text)
{
	QueryLog log(text);

	SetCurrentStatementStartTimestamp();
	pgstat_report_activity(STATE_RUNNING, log.text());
	if (StatementTimeout > 0)
		EnableTimeoutAfter(TimeoutKind::Statement, StatementTimeout);

	std::shared_ptr<PreparedText> prepared;

	try
	{
		prepared = PrepareForRun(text);
	}
	catch (...)
	{
		/* A text that does not parse fails its block as any error does. */
		StartTransactionCommand();
		throw;
	}
	log.parsed(*prepared);

	const size_t count = prepared->statements.size();

	if (count == 0)
	{
		wire.begin('I');
		wire.end();
	}
	for (size_t i = 0; i < count; i++)
		run_statement(wire, *prepared->statements[i], Place{count > 1, i + 1 == count});
	DisableTimeout(TimeoutKind::Statement);
	log.finished();
}

} /* namespace pg */
