/*
 * catalog/functions.h
 *		Functions that CREATE FUNCTION made: rows of pg_proc that a database keeps.
 *
 * Built-in functions are constant tables of utils/adt; pg_proc shows both.  The rows here lie in the
 * table "pg_catalog.pg_proc_rows" of the database's file, with pg_proc's columns, and are looked up as
 * all of the catalog is: cached for one generation.  Backends and workers with a database, inside a
 * transaction.
 */
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/write.h"
#include "utils/adt/array_text.h"
#include "utils/adt/registry.h"
#include "utils/adt/row_type.h"

namespace pg
{

inline constexpr Oid kPgProcOid = 1255;
inline constexpr Oid kInternalLanguageOid = 12;
inline constexpr Oid kCLanguageOid = 13;

struct ProcInfo
{
	ProcInfo() = default;
	ProcInfo(const ProcInfo &) = delete;
	ProcInfo &operator=(const ProcInfo &) = delete;

	/* As the analyzer wants it; its pointers point into this. */
	FunctionDef def{};
	std::string name;
	Oid owner = 0;
	Oid language = 0;
	std::string source;			/* prosrc */
	std::string library;		/* probin; empty: none */
	std::string acl;			/* stored form (rights.h); empty: the default rights */
	std::vector<Oid> arg_types; /* proargtypes: of what a call gives */
	/* Of all parameters, results included; empty where pg_proc has null. */
	std::vector<Oid> all_types;
	std::string modes; /* one letter for each of all_types: i o b v t */
	std::vector<std::string> arg_names;
	std::string defaults; /* SQL, separated by commas */
	ArrayElements config; /* proconfig: "name=value" of each SET */
	char parallel = 'u';
	bool security_definer = false, leakproof = false, returns_set = false;
	bool is_procedure = false;
	double cost = 1, rows = 0;
	std::vector<Oid> functions_used; /* by defaults; only while it is being written */

	/* Type and mode of parameter i of all, and how many there are. */
	size_t parameter_count() const
	{
		return all_types.empty() ? arg_types.size() : all_types.size();
	}
	Oid parameter_type(size_t i) const { return all_types.empty() ? arg_types[i] : all_types[i]; }
	char parameter_mode(size_t i) const { return modes.empty() ? 'i' : modes[i]; }
	/* A call goes through a RoutineScope (executor/routine_scope.h). */
	bool has_scope() const { return security_definer || !config.empty(); }
	/* Fills def's pointers from the rest. */
	void complete();
	/* As CALL names it: OUT parameters have a place among the arguments. */
	const FunctionDef &call_def() const { return is_procedure && call_.name ? call_ : def; }

private:
	FunctionDef call_{};
	std::vector<const char *> name_pointers_, call_names_;
};

using ProcPtr = std::shared_ptr<const ProcInfo>;

/* What a polymorphic type is where the declared argument types stand for the actual ones; other types as they are. */
Oid BoundType(Oid type, std::span<const Oid> declared, std::span<const Oid> actual);
/*
 * The columns of the rows that a call with these argument types gives: of OUT parameters or of the
 * result's row type.  None for a scalar, and for records that only the call describes.
 */
RowShape ResultShape(const ProcInfo &proc, std::span<const Oid> actual);

/* All of that name, in any schema; none in a process without a database. */
std::vector<ProcPtr> FindProcs(std::string_view name);
ProcPtr FindProc(Oid oid);
/* One that must be there; else 42883. */
ProcPtr ProcOf(Oid oid);
/* Every one, in order of OID. */
std::vector<ProcPtr> AllProcs();

/* A built-in function or a stored one, which it keeps alive. */
using FunctionPtr = std::shared_ptr<const FunctionDef>;
FunctionPtr FindAnyFunction(Oid oid);

/* A function that a name may mean; rank is the place of its schema in the search path, 0 when named. */
struct NamedFunction
{
	FunctionPtr function;
	size_t rank = 0;
};
/* All overloads: of the schema, or (empty) along the search path. */
std::vector<NamedFunction> FunctionsNamed(std::string_view schema, std::string_view name);

/* "f(integer,text)" as regprocedure prints it: qualified where the search path does not find it. */
std::string ProcedureName(const FunctionDef &function);
/* "f(integer, text)" as errors print a function that is not there. */
std::string FunctionSignature(const std::string &name, std::span<const Oid> types);
/* True when a call with these types and without a schema means it. */
bool FunctionIsVisible(const FunctionDef &function);

/* A list of settings as an array; empty for none. */
std::string ConfigText(const ArrayElements &config);

/* Writes its row (of def.oid, taking the place of one that is there) and its dependencies. */
void WriteFunction(const ProcInfo &proc);
void DeleteFunction(const ProcInfo &proc);

} /* namespace pg */
