/*
 * pl/plpgsql/plpgsql.h
 *		The language PL/pgSQL: DO blocks and functions.
 *
 * Backends and workers with a database, inside a transaction.  Errors carry the line as CONTEXT.
 */
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/functions.h"
#include "engine/kept.h"
#include "utils/adt/row_type.h"

namespace pg
{
struct TriggerFiring;
using TriggerRow = std::vector<Kept>;
} /* namespace pg */

namespace pg::plpgsql
{

/* DO: may_commit says that COMMIT and ROLLBACK may end the transaction around it. */
void RunInline(std::string_view source, bool may_commit);

/* CREATE FUNCTION: raises what is wrong with the body. */
void CheckBody(const ProcInfo &proc);

using pg::Kept;

/* The columns of a row, or the one value of what is no row; empty: a null row. */
using ResultRow = std::vector<Kept>;

/* Calls a function, whose types the signature says. One that returns no set gives one row. */
std::vector<ResultRow> Call(const ProcInfo &proc, const CallSignature &signature,
							std::vector<Value> arguments);

/* The row that a trigger function returns; none: NULL, or a trigger of a statement. */
std::optional<TriggerRow> CallTrigger(const ProcInfo &proc, const TriggerFiring &firing);

/*
 * CALL: the values of its OUT and INOUT parameters.  arguments: of the input parameters.  may_commit: as
 * for RunInline.
 */
std::vector<Kept> CallProcedure(const ProcInfo &proc, std::vector<Value> arguments,
								bool may_commit);

} /* namespace pg::plpgsql */
