/*
 * pl/plpgsql/plpgsql.h
 *		The language PL/pgSQL: DO blocks and functions.
 *
 * Backends and workers with a database, inside a transaction.  Errors carry the line as CONTEXT.
 */
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/functions.h"
#include "engine/value.h"

namespace pg::plpgsql
{

/* DO: may_commit says that COMMIT and ROLLBACK may end the transaction around it. */
void RunInline(std::string_view source, bool may_commit);

/* CREATE FUNCTION: raises what is wrong with the body. */
void CheckBody(const ProcInfo &proc);

/* One value, with the memory it needs. */
class Kept
{
public:
	Kept() = default;
	explicit Kept(const Value &value) { set(value); }
	void set(const Value &value)
	{
		bytes_.assign(value.bytes);
		value_ = value;
	}
	/* Valid until the next set. */
	Value get() const
	{
		Value value = value_;

		value.bytes = bytes_;
		return value;
	}
	bool is_null() const { return value_.is_null(); }

private:
	Value value_;
	std::string bytes_;
};

/*
 * Calls a function; arguments are of the types that it declares.  The result of a function that returns a
 * set is one value a row, in rows.
 */
Kept Call(const ProcInfo &proc, std::vector<Value> arguments, std::vector<Kept> *rows);

} /* namespace pg::plpgsql */
