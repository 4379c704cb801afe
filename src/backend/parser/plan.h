/*
 * parser/plan.h
 *		From text to something the executor can run: parse, analyze, lower (DESIGN section 6).
 *
 * Parse trees are libpg_query's protobuf structs and stay inside this folder and commands/; the rest
 * of the server sees the types below.  Texts that repeat are looked up, not parsed.
 */
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/objects.h"
#include "catalog/rights.h"
#include "engine/engine.h"
#include "parser/literals.h"
#include "utils/adt/row_type.h"

struct PgQuery__Node;

namespace pg
{

/* One statement of a text. Keeps its tree and its text alive. */
struct RawStatement
{
	std::shared_ptr<const void> keep; /* owner of node */
	const PgQuery__Node *node = nullptr;
	std::string_view text; /* the statement's own part of the source */
	int text_offset =
		0; /* of text in the source, bytes; positions in errors count from the source's start */
	const char *tag = ""; /* command tag without counts: "SELECT", "CREATE TABLE" */
};

/* Splits and parses; raises 42601 with position. Cached by text. An empty text gives no statements. */
std::shared_ptr<const std::vector<RawStatement>> ParseStatements(std::string_view text);

struct ResultColumn
{
	std::string name;
	Oid type;
	int32 typmod = -1;
	Oid table = 0; /* pg_class OID and attnum when it is a plain column */
	int16 attnum = 0;
};

enum class StatementKind : uint8_t
{
	Select,
	Insert,
	Update,
	Delete,
	Utility /* for commands/ or tcop, by its node */
};

/*
 * One engine statement of a plan.  A statement with data-modifying CTEs, or whose RETURNING reaches
 * beyond the target table, has several: Buffer steps first compute rows from the state before the
 * statement (engine table function pg_rows(k) reads them back), Apply steps then change tables by
 * rowid, the Final step yields the client's rows.  Ordinary statements have one Final step.
 */
/* Columns of one row source as they are, all rows: needs no engine. */
struct SourceScan
{
	const RowSource *source = nullptr; /* null: the step is none */
	std::vector<int> columns;
};

/*
 * A statement on a table with triggers: the rows of a buffer are written one by one, each between its
 * triggers (executor/row_writer.h).  "All columns" are those that are not dropped, in their order.
 */
struct RowWrites
{
	StatementKind kind = StatementKind::Insert;
	/* In: for INSERT all columns; else the rowid, all columns as they are, the new values of set_columns; then extras. */
	int source_buffer = -1;
	/* Out, for RETURNING: (not for INSERT) the rowid, all columns as written, extras; -1: nobody asks. */
	int result_buffer = -1;
	int extras = 0;					/* columns behind the rows, for RETURNING */
	std::vector<int16> set_columns; /* attnums, of UPDATE */
	std::string fetch_sql;			/* ?1 is a rowid: all columns */
	/* INSERT: ?1.. are all columns.  UPDATE: the same with the rowid behind them.  DELETE: ?1 is the rowid.  Gives the (new) rowid of a row that was written. */
	std::string write_sql;
	/* ON CONFLICT DO UPDATE: the proposed row goes to proposed_buffer. */
	int proposed_buffer = -1;
	std::vector<int16> conflict_columns;
	std::string
		conflict_sql; /* of the row in the way: whether WHERE holds, rowid, all columns, the new values */
	std::string conflict_write_sql; /* as write_sql of an UPDATE */
};

struct PlanStep
{
	enum class Role : uint8_t
	{
		Buffer, /* rows go to row buffer `buffer` */
		Apply,	/* rows, if any, are thrown away; changes() may be the count */
		Rows,	/* what row_writes says */
		Final	/* rows go to the receiver; changes() is the count where it writes */
	};

	Role role = Role::Final;
	int buffer = -1;
	std::string sql;			/* engine SQL; parameters ?1.. are the statement's $1.. */
	SourceScan scan;			/* what yields the same rows for less */
	bool counts = false;		/* its changes() (or buffered rows) is the tag's count */
	bool discards_rows = false; /* Final of a DML without RETURNING */
	/* For diagnosis of constraint violations: SELECT of the rows that the step tried to write, in the target's column order, or empty. */
	std::string diagnosis_sql;
	std::shared_ptr<const RowWrites> row_writes;
	Oid target = 0;					   /* relation written */
	std::vector<int16> target_columns; /* attnums in the order of diagnosis_sql's columns */
};

/*
 * What a statement within a function means beyond its text: names that stand for parameters, "x", "label.x" and
 * "record.field", and what its rows have to be.
 */
struct ParameterNames
{
	/* Where a column has the same name, it is meant; otherwise the reference is ambiguous (42702). */
	bool columns_first = false;
	/* The types that its columns are brought to, as an assignment does; empty: they stay as they are. */
	std::vector<Oid> result_types;
	std::map<std::string, int, std::less<>> numbers; /* of the parameters, from 1 */
	/* Records with their fields and those fields' numbers, for "record" and "record.*". */
	std::map<std::string, std::vector<std::pair<std::string, int>>, std::less<>> records;
	/* Transition tables of the trigger that runs: the table whose columns they have, and 'o' or 'n'. */
	std::map<std::string, std::pair<Oid, char>, std::less<>> transitions;
	/* Rows that a module gave a name, and their columns (executor/spi_relations.h). */
	std::map<std::string, RowShape, std::less<>> given_rows;
};

struct Plan
{
	StatementKind kind;
	bool writes = false; /* needs EngineSession::ensure_write */
	bool returns_rows = false;
	const char *tag = "";
	std::vector<ResultColumn> columns;
	std::vector<Oid> parameter_types;
	std::vector<PlanStep> steps;
	std::vector<LiteralRecipe> literals; /* what ?1.. of the steps are, when literals are shared */
	std::vector<int> fixed_literals;	 /* tokens whose text the plan depends on */
	std::vector<RightWanted> rights;
	std::vector<Oid> functions; /* called by name, for object_access_hook */
	RawStatement raw;			/* for Utility: what commands/ runs */
	/* For CALL: what it calls, and a SELECT of the input arguments. */
	Oid procedure = 0;
	std::shared_ptr<const Plan> arguments;
	uint64 generation = 0, naming = 0; /* CatalogGeneration and NamingNumber when made */
};

/*
 * Analyzes and lowers one statement. parameter_types: known types of $n; 0 or missing ones are
 * inferred and returned in the plan. Raises 42P01, 42703, 42883, 42804, ... with position, 0A000 for
 * what cannot be done.  literals: those of the statement's source (literals.h), for a plan that serves
 * texts with others in their places; only for statements without parameters.
 */
std::shared_ptr<const Plan> MakePlan(const RawStatement &statement,
									 std::span<const Oid> parameter_types,
									 std::span<const LiteralToken> literals = {},
									 const ParameterNames *names = nullptr);

/*
 * Expression services for commands/: analyzes SQL text of a default or CHECK against the columns of
 * `relation` (null: none), coerces to `type` (0: leave; CHECK: bool), returns the engine expression.
 */
std::string LowerExpression(const std::string &sql, const RelationInfo *relation, Oid type,
							int32 typmod);

/*
 * SQL that outlives its session, in the form in which catalogs keep it: calls of functions that the
 * database keeps name their schemas, so that it means the same under any search path; constants of type
 * regclass are OIDs, so that it means the same after a renaming (ShownSql of catalog/sequences.h).
 */
struct StoredSql
{
	std::string sql;
	std::vector<Oid> functions; /* the ones called, each once */
	std::vector<Oid> relations; /* those that constants name */
	std::vector<Oid> types{};	/* those of catalog/user_types.h that it names */
};
/* Of a default or CHECK, as LowerExpression takes it; of a whole query. */
StoredSql QualifyFunctions(const std::string &sql, const RelationInfo *relation);
StoredSql QualifyFunctionsOfQuery(const std::string &sql);
/*
 * Of the default of a parameter of that type in a CREATE FUNCTION, written as pg_get_expr shows it.
 * Raises 42804 and the like with position.
 */
StoredSql ParameterDefault(const RawStatement &statement, const PgQuery__Node *expression,
						   Oid type);

/*
 * WHEN of a trigger of that type (TRIGGER_TYPE_ bits): raises what is wrong with it, with position.
 */
StoredSql CheckTriggerWhen(const RawStatement &statement, const PgQuery__Node *condition,
						   const RelationInfo &relation, int type);
/*
 * The same as an engine query of one value.  With n columns, dropped ones among them, ?i is column i of the
 * old row and ?(n+i) of the new.
 */
std::string LowerTriggerWhen(const std::string &sql, const RelationInfo &relation);

/* PostgreSQL SQL of an expression or statement tree, for catalogs and pg_get_viewdef. */
std::string DeparseNode(const PgQuery__Node *node);
/* The same with every relation's schema written out: what CREATE VIEW keeps. */
std::string DeparseQualified(const PgQuery__Node *node);

/* Resolves a TypeName node: OID and typmod; raises 42704 'type "x" does not exist'. */
struct TypeRef
{
	Oid type;
	int32 typmod;
};
TypeRef ResolveTypeName(const void *pg_query_type_name);

/*
 * How calls of stored functions in FROM look to the engine; executor/ makes the rows.  Column 0 is the
 * whole value, those behind it are the fields of a row.
 */
std::span<const RowColumn> CallRowsColumns();
inline constexpr const char *kCallRowsName = "pg_call_rows";
inline constexpr int kCallRowsArguments = 31; /* the signature (utils/adt/row_type.h) among them */
inline constexpr size_t kMaxCallFields = 255;
/* How transition tables look: the same columns, with 'o' or 'n' as the argument; or, of given rows, their key. */
inline constexpr const char *kTransitionName = "pg_transition_rows";
/* "=TYPES:NAME": a plan is good for no other columns. */
std::string GivenRowsKey(std::string_view name, const RowShape &shape);

/* What lowered SQL calls and no row of pg_proc names: part of every engine session's library. */
std::span<const EngineFunction> ParserEngineFunctions();
std::span<const EngineAggregate> ParserEngineAggregates();

} /* namespace pg */
