/*
 * utils/adt/registry.h
 *		Built-in types, functions, operators and casts: the tables and how they are looked up.
 *
 * One declaration of a function serves the analyzer (types), the engine (body) and pg_proc (row).
 * OIDs, names and signatures are PostgreSQL's.  Lookups are pure and allocate nothing; any process.
 */
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/function.h"

namespace pg
{

/* How a type's values lie in the engine, see engine/value.h. */
enum class Storage : uint8_t
{
	Integer,
	Real,
	Text,
	Blob
};

struct TypeDef
{
	Oid oid;
	const char *name;	  /* pg_type.typname */
	const char *sql_name; /* format_type without typmod: "integer" */
	int16 len;			  /* pg_type.typlen */
	bool by_value;
	char category; /* pg_type.typcategory */
	bool preferred;
	char kind; /* typtype: 'b' base, 'p' pseudo, 'c', 'd', 'e' */
	char align;
	Oid array_oid;
	Oid element_oid;
	Storage storage;
	const char *collation; /* engine collation name or null */
	/*
	 * Text to value; raises 22P02 etc. The result's bytes live in *scratch. typmod -1 is none.
	 */
	Value (*input)(std::string_view text, int32 typmod, std::string *scratch);
	/* Value (not null) to text, appended to out; AppendValue below knows those that need the type itself. */
	void (*output)(const Value &value, std::string *out);
	/* Applies a length or precision: varchar(3), char(n), timestamp(p). Null: the type takes none. explicit_cast truncates where PostgreSQL does. */
	Value (*coerce_typmod)(const Value &value, int32 typmod, bool explicit_cast,
						   std::string *scratch);
};

enum class Volatility : char
{
	Immutable = 'i',
	Stable = 's',
	Volatile = 'v'
};

enum class FunctionKind : char
{
	Normal = 'f',
	Aggregate = 'a',
	Window = 'w',
	TableSource = 't' /* set-returning, a RowSource; prokind 'f', proretset */
};

struct FunctionDef
{
	Oid oid;
	const char *name; /* in pg_catalog */
	FunctionKind kind;
	Volatility volatility;
	bool strict;
	Oid result;
	Oid arg_types[8] = {};
	int arg_count = 0;
	int default_count = 0;	   /* trailing arguments that may be left out */
	bool variadic_any = false; /* concat, format: any number of last argument */
	/*
	 * How a call is lowered: an engine expression with $1..$9 for the lowered arguments, #1..#9 for the
	 * COLLATE clauses of their types, ~1..~9 for them as JSON, @1..@9 for the OIDs of their actual types
	 * (polymorphic arguments) and @0 for a signature (row_type.h) of the call, or null for a call of engine function
	 * `engine_name` with the arguments in order.  Arguments that fall under variadic_any are handed
	 * over as text, each through its type's output (ValueOut below).  A window function, count, min,
	 * max and sum of integers may name one that the engine has by itself: then there is no body.
	 */
	const char *lowering = nullptr;
	const char *engine_name = nullptr;
	ScalarBody body = nullptr;
	std::unique_ptr<AggregateState> (*aggregate)() = nullptr;
	const char *row_source = nullptr;
	const char *const *arg_names = nullptr; /* arg_count names, or null */
	const char *defaults = nullptr;			/* comma-separated SQL of the defaults */

	/* ---- What functions of CREATE FUNCTION have (catalog/functions.h) ---- */
	bool stored = false;			/* a row of the database's, called by its OID */
	Oid schema = 11;				/* pg_catalog */
	Oid variadic = 0;				/* type of the elements of the last argument, VARIADIC type[] */
	const Oid *long_args = nullptr; /* the argument types where arg_types has no room for them */

	std::span<const Oid> args() const
	{
		return {long_args != nullptr ? long_args : arg_types, static_cast<size_t>(arg_count)};
	}
};

struct OperatorDef
{
	Oid oid;
	const char *name; /* "+" */
	Oid left;		  /* 0: prefix operator */
	Oid right;
	Oid result;
	Oid function; /* its FunctionDef, which says how it is lowered */
	Oid commutator = 0;
	Oid negator = 0;
};

struct CastDef
{
	Oid source;
	Oid target;
	char context; /* 'i' implicit, 'a' assignment, 'e' explicit */
	char method;  /* 'b' same bytes, 'f' function, 'i' through text */
	Oid function; /* for 'f' */
};

std::span<const TypeDef> AllTypes();
std::span<const FunctionDef *const> AllFunctions(); /* in order of OID */
std::span<const OperatorDef> AllOperators();
std::span<const CastDef> AllCasts();

const TypeDef *FindType(Oid oid);
/* True for any, anyelement, anyarray, ... */
bool IsPolymorphic(Oid type);
/* Catalog name ("int4") or SQL name or alias of the grammar; null when unknown. */
const TypeDef *FindTypeByName(std::string_view name);
/* One of the database: an enumeration or the type of a relation's rows. Schema empty: along the search path. Null when there is none. */
const TypeDef *FindDatabaseType(std::string_view schema, std::string_view name);
std::span<const FunctionDef *const> FindFunctions(std::string_view name); /* all overloads */
const FunctionDef *FindFunction(Oid oid);
/* True when PostgreSQL 15 has a function of that name in pg_catalog and Postroom has not: 0A000. */
bool IsUnsupportedFunction(std::string_view name);
std::span<const OperatorDef *const> FindOperators(std::string_view name);
const CastDef *FindCast(Oid source, Oid target);

/* "character varying(10)", "integer", as format_type does. */
std::string FormatType(Oid type, int32 typmod = -1);

/* typmod text in parentheses, as format_type prints it ("(10,2)"), empty for -1. */
std::string FormatTypmod(Oid type, int32 typmod);
/* typmod of varchar(3), numeric(10,2), timestamp(3): raises 22023. For interval the first modifier is the field mask. */
int32 MakeTypmod(Oid type, std::span<const int32> modifiers);

/* Text of a value as its type's output function prints it, and back. scratch holds the result's bytes. */
std::string ValueOut(Oid type, const Value &value);
void AppendValue(const TypeDef &type, const Value &value, std::string *out);
Value ValueIn(Oid type, std::string_view text, int32 typmod, std::string *scratch);

/*
 * Engine functions that no pg_proc row names, for lowering (utils/adt/engine_only.cpp):
 *		pg_in(type, text, typmod)                     input conversion, the cast of method 'i' from text
 *		pg_out(type, value)                           output conversion, the cast of method 'i' to text
 *		pg_typmod(type, value, typmod, explicit)      TypeDef::coerce_typmod
 *		pg_greatest(collation, v, ...)                GREATEST, LEAST: nulls are passed over; collation
 *		pg_least(collation, v, ...)                       is the type's TypeDef::collation or null
 *		pg_current_date() pg_current_timestamp(typmod) pg_localtime(typmod) pg_localtimestamp(typmod)
 *		pg_current_role() pg_session_user() pg_current_catalog() pg_current_schema()
 */

/* What the adt folder gives to every engine session. */
extern const std::span<const EngineCollation> kAdtCollations;
std::span<const EngineFunction> AdtEngineFunctions();
std::span<const EngineAggregate> AdtEngineAggregates();
std::span<const RowSource> AdtRowSources();

} /* namespace pg */
