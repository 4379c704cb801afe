/*
 * engine/function.h
 *		Functions, collations and row sources that the server gives to an engine session.
 *
 * utils/adt and catalog write them as constexpr rows; main hands the spans down (DESIGN section 8).
 * Bodies run in the process and transaction of the statement; they may raise PgError: the engine
 * carries it across the library's C frames and rethrows it from Statement::Step.
 */
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "engine/value.h"

namespace pg
{

/* What one place in a statement that calls a function keeps from row to row; dies with the run. */
class CallState
{
public:
	virtual ~CallState() = default;
};

/* One call. Argument bytes are valid during the call; result bytes are copied at once. */
class FunctionCall
{
public:
	virtual int arg_count() const = 0;
	virtual Value arg(int i) const = 0;
	virtual void set_result(const Value &result) = 0; /* unset: null */
	/* Kept only where the first argument is a constant of the statement; else null. */
	virtual CallState *state() const { return nullptr; }
	virtual void keep_state(std::unique_ptr<CallState>) {}

protected:
	~FunctionCall() = default;
};

using ScalarBody = void (*)(FunctionCall &call);

/* Engine-level name, unique per argument count; arg_count -1 is any. */
struct EngineFunction
{
	const char *name;
	int arg_count;
	bool deterministic; /* same arguments, same result, within any statement */
	bool strict;		/* the engine answers null without calling when any argument is null */
	ScalarBody body;
};

/* State of one aggregate over one group. */
class AggregateState
{
public:
	virtual ~AggregateState() = default;
	virtual void step(FunctionCall &call) = 0;	 /* arguments only */
	virtual void finish(FunctionCall &call) = 0; /* result only */
};

struct EngineAggregate
{
	const char *name;
	int arg_count;
	std::unique_ptr<AggregateState> (*create)();
};

struct EngineCollation
{
	const char *name;
	int (*compare)(std::string_view a, std::string_view b) noexcept;
};

/*
 * A view computed by C++ (pg_stat_activity, generate_series, ...), visible in SQL as a table.  Columns
 * are numbered from 0; hidden argument columns (arguments of a table function) follow the visible.
 */
class RowCursor
{
public:
	virtual ~RowCursor() = default;
	/* Moves to the next row; false at the end. First call moves to the first. */
	virtual bool next() = 0;
	/* Valid until the next call of next(). */
	virtual Value column(int i) = 0;
};

struct RowColumn
{
	const char *name;
	Oid type;
};

struct RowSource
{
	const char *name; /* engine-level table name, "pg_catalog.pg_stat_activity" */
	std::span<const RowColumn> columns;
	int arg_count; /* hidden columns; 0 for a plain view */
	/* args has arg_count values (null where the statement gave none). */
	std::unique_ptr<RowCursor> (*open)(std::span<const Value> args);
};

struct EngineLibrary
{
	std::span<const std::span<const EngineFunction>> functions;
	std::span<const std::span<const EngineAggregate>> aggregates;
	std::span<const EngineCollation> collations;
	std::span<const std::span<const RowSource>> row_sources;
};

} /* namespace pg */
