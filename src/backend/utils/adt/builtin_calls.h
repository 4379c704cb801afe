/*
 * utils/adt/builtin_calls.h
 *		Built-in functions as C functions: the names that modules link, and calls with datums.
 *
 * A row of the registry has one body, for the engine's values.  What C calls is one adapter that looks
 * the row up, turns datums into values, runs the body (or the engine expression that stands for it)
 * and turns the result back.  Processes that run modules.
 */
#pragma once

#include <span>
#include <string_view>

#include "fmgr.h"

namespace pg
{

/* One C name; it may serve several rows of pg_proc. */
struct BuiltinName
{
	const char *name;
	PGFunction function;
	std::span<const Oid> oids;
};

/* By OID of pg_proc and by C name; null when PostgreSQL 15 has none. */
const BuiltinName *FindBuiltin(Oid oid);
const BuiltinName *FindBuiltin(std::string_view name);

/* A function that reads or writes a type: its rows are not in the registry. */
enum class TypeRole : uint8_t
{
	None,
	Input,
	Output,
	Receive,
	Send,
	ModifierInput,
	ModifierOutput
};

struct TypeFunction
{
	TypeRole role = TypeRole::None;
	Oid type = InvalidOid; /* 0: the array type that the call tells */
};

TypeFunction FindTypeFunction(Oid oid);

/* Calls the row that fcinfo->flinfo names: for rows that PostgreSQL has no name for. */
Datum CallBuiltinByOid(FunctionCallInfo fcinfo);

} /* namespace pg */
