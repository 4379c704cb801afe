/*
 * commands/on_commit.h
 *		ON COMMIT of temporary tables.
 */
#pragma once

#include <pg_query/pg_query.pb-c.h>

#include "postgres.h"

namespace pg::commands
{

/* Raises 42P16 for ON COMMIT of a permanent table. */
void CheckOnCommit(PgQuery__OnCommitAction action, bool temporary);
/* From now on, at the end of each transaction, does to the table what `action` says. */
void RegisterOnCommit(Oid relation, PgQuery__OnCommitAction action);
/* The table is gone. */
void ForgetOnCommit(Oid relation);

} /* namespace pg::commands */
