/*
 * nonatomic.cpp
 *		COMMIT and ROLLBACK within DO, procedures and nonatomic SPI.
 *
 * Backends and workers.
 */
#include "access/nonatomic.h"

#include "access/transaction.h"
#include "access/xact.h"
#include "utils/error/report.h"
#include "utils/mmgr/memory.h"
#include "utils/palloc.h"

namespace pg
{
namespace
{

bool nonatomic = true;
bool ending = false;
int scopes = 0;

/* What SET TRANSACTION and its options said. */
struct Characteristics
{
	int isolation = XactIsoLevel;
	bool read_only = XactReadOnly;
	bool deferrable = XactDeferrable;

	void restore() const
	{
		XactIsoLevel = isolation;
		XactReadOnly = read_only;
		XactDeferrable = deferrable;
	}
};

} /* namespace */

bool
IsNonatomic()
{
	return nonatomic;
}

bool
IsWithinRoutine()
{
	return scopes > 0;
}

bool
IsEndingWithin()
{
	return ending;
}

NonatomicScope::NonatomicScope(bool wanted) : before_(nonatomic)
{
	nonatomic = wanted;
	scopes++;
}

NonatomicScope::~NonatomicScope()
{
	nonatomic = before_;
	scopes--;
}

void
EndTransactionWithin(bool commit, bool chain)
{
	const Characteristics before;
	const MemoryContext context = CurrentMemoryContext;

	if (nonatomic && IsSubTransaction())
		Raise(Report(ERROR, ERRCODE_INVALID_TRANSACTION_TERMINATION)
				  .msg(commit ? "cannot commit while a subtransaction is active"
							  : "cannot roll back while a subtransaction is active"));
	if (!nonatomic || InAnyBlock())
		Raise(Report(ERROR, ERRCODE_INVALID_TRANSACTION_TERMINATION)
				  .msg("invalid transaction termination"));
	ending = true;
	try
	{
		if (commit)
			CommitTransactionCommand();
		else
			AbortCurrentTransaction();
	}
	catch (const PgError &)
	{
		AbortCurrentTransaction();
		ending = false;
		StartTransactionCommand();
		CurrentMemoryContext = context;
		throw;
	}
	ending = false;
	StartTransactionCommand();
	if (chain)
		before.restore();
	CurrentMemoryContext = context;
}

} /* namespace pg */
