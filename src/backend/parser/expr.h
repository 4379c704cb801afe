/*
 * parser/expr.h
 *		The typed tree between analysis and lowering: expressions, queries, range-table entries.
 *
 * Every Expr has a type OID.  Nodes belong to the Analyzer's pools and live as long as it does;
 * pointers between them own nothing.  Only this folder includes it.
 */
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <pg_query/pg_query.pb-c.h>

#include "catalog/objects.h"
#include "engine/value.h"
#include "parser/plan.h"
#include "utils/adt/registry.h"
#include "utils/adt/row_type.h"

namespace pg::parser
{

struct Expr;
struct Query;
struct Rte;

/* A literal of the statement's text, when plans are shared with texts that have another one there. */
struct LiteralState
{
	LiteralToken token;
	bool seen = false;	/* analyzed as an expression */
	bool fixed = false; /* somebody looked at its value: the plan is good for this value only */
};

enum class ExprKind : uint8_t
{
	Const,	   /* value; type unknown (705) until coerced */
	Param,	   /* number */
	Column,	   /* rte, column */
	Function,  /* function, args */
	Operator,  /* op, function, args */
	Aggregate, /* function, args, order, filter, distinct, star */
	Window,	   /* the same with window */
	And,
	Or,
	Not,
	Relabel, /* args[0] under another type of the same form */
	ViaText, /* args[0] written as text and read as type */
	Typmod,	 /* args[0] brought to typmod; explicit_cast */
	Case,	 /* args: condition, result, ..., else */
	Coalesce,
	NullIf, /* args: value; comparison in args[1] */
	Greatest,
	Least,
	IsNull,
	IsNotNull,
	IsTrue,
	IsNotTrue,
	IsFalse,
	IsNotFalse,
	IsDistinct, /* args: left, right; no_lowering */
	IsNotDistinct,
	InList, /* args[0] among args[1..] by plain equality; negated */
	Row,
	Exists,		 /* query */
	ScalarQuery, /* query, column number in `number` */
	InQuery,	 /* args: left sides; query; comparison by plain equality; negated */
	AnyQuery,	 /* args[0]: comparison against columns of rte; query */
	AllQuery,
	CompareQuery, /* args[0]: comparison against the one row of query */
	ArrayHas,	  /* args: array, value as text; negated */
	ArrayQuery,	  /* ARRAY(SELECT ...) */
	Array,		  /* ARRAY[...] */
	EngineCall,	  /* engine function `engine_name` of args */
	Field,		  /* args: row; column `number` (from 0) of it as text */
	Default		  /* DEFAULT in VALUES or SET */
};

struct SortKey
{
	Expr *expr = nullptr;
	int target = -1; /* position in the target list, or -1 */
	bool descending = false;
	bool nulls_first = false;
};

struct WindowSpec
{
	std::vector<Expr *> partition;
	std::vector<SortKey> order;
	std::string frame; /* engine SQL of the frame clause, empty: default */
	const PgQuery__WindowDef *source = nullptr;
};

struct Expr
{
	ExprKind kind;
	bool explicit_cast = false;
	bool negated = false;
	bool distinct = false;
	bool star = false;
	bool variadic = false; /* Function: the last argument was given as VARIADIC */
	Oid type = 0;
	int32 typmod = -1;
	int location = -1; /* byte offset in the source */
	int number = 0;
	int column = 0;
	Value constant; /* Const; see value() */
	LiteralState *literal =
		nullptr;		  /* Const: where it came from, if a plan may take it as a parameter */
	LiteralRecipe recipe; /* with literal: how */
	const char *engine_name = nullptr; /* EngineCall */
	const FunctionDef *function = nullptr;
	const OperatorDef *op = nullptr;
	Rte *rte = nullptr;
	Query *query = nullptr;
	Expr *filter = nullptr;
	WindowSpec *window = nullptr;
	std::vector<Expr *> args;
	std::vector<SortKey> order;
	const RowShape *row = nullptr; /* columns of a value of type record, where they are known */

	bool is_unknown_const() const { return kind == ExprKind::Const && type == 705; }
	bool is_null_const() const { return kind == ExprKind::Const && constant.is_null(); }
	/*
	 * The value of a Const.  Who asks makes the plan depend on it.  Who carries it along unseen reads
	 * `constant`, and carries `literal` and `recipe` along as well.  A literal is never null.
	 */
	const Value &value() const
	{
		if (literal != nullptr)
			literal->fixed = true;
		return constant;
	}
};

struct Output
{
	std::string name;
	Oid type = 0;
	int32 typmod = -1;
	Oid table = 0;
	int16 attnum = 0;
	const RowShape *row = nullptr; /* as in Expr */
};

struct RteColumn
{
	std::string_view name; /* as SQL knows it */
	std::string engine;	   /* quoted engine name */
	Oid type = 0;
	int32 typmod = -1;
	int16 attnum = 0;
	bool dropped = false;
	bool not_null = false;
	const RowShape *row = nullptr; /* as in Expr */
};

enum class RteKind : uint8_t
{
	Relation,
	Subquery,
	Cte,
	Function, /* row source `call` */
	Rows	  /* pg_rows(buffer) */
};

struct Cte;

struct Rte
{
	RteKind kind = RteKind::Relation;
	bool nullable = false; /* below the null-supplying side of an outer join */
	bool ordinality = false;
	std::string engine_alias; /* t1 */
	std::string_view name;	  /* as the statement calls it */
	RelationInfoPtr relation;
	Query *query = nullptr;
	Cte *cte = nullptr;
	Expr *call = nullptr;
	const RowSource *source = nullptr;
	int buffer = -1;
	int right = -1; /* of a relation: its place among the analyzer's rights */
	Query *owner = nullptr;
	std::vector<RteColumn> columns;
	/* Where columns come from instead while lowering RETURNING from a buffer; empty: from itself. */
	std::vector<std::string> redirected;
	std::vector<std::string> names; /* storage of column names given by aliases */
};

enum class JoinKind : uint8_t
{
	Inner,
	Left,
	Right,
	Full
};

struct FromNode
{
	Rte *rte = nullptr; /* leaf, or null: a join */
	JoinKind join = JoinKind::Inner;
	FromNode *left = nullptr;
	FromNode *right = nullptr;
	Expr *on = nullptr;
};

struct Target
{
	Expr *expr = nullptr;
	std::string name;
	bool junk = false;
};

struct DmlQuery;

struct Cte
{
	std::string name;
	std::string engine_name;
	Query *query = nullptr;
	DmlQuery *dml = nullptr;
	std::vector<Output> outputs;
	const PgQuery__CommonTableExpr *node = nullptr;
	int references = 0;
	int buffer = -1; /* rows of a data-modifying one */
	bool self_reference = false;
	bool materialized = false;
	bool not_materialized = false;
	bool in_progress = false;
	bool volatile_query = false;
};

enum class QueryKind : uint8_t
{
	Select,
	SetOperation,
	Values
};

struct Query
{
	QueryKind kind = QueryKind::Select;
	std::vector<Output> outputs; /* what it yields, junk left out */
	std::vector<Target> targets;
	std::vector<FromNode *> from;
	Expr *where = nullptr;
	Expr *having = nullptr;
	std::vector<Expr *> group;
	bool has_group = false;
	bool has_aggregates = false;
	bool has_windows = false;
	Rte *expanded_set = nullptr; /* of (set(...)).* or (set(...)).column: its rows stand in FROM */
	bool distinct = false;
	std::vector<Expr *> distinct_on;
	std::vector<SortKey> sort;
	Expr *limit = nullptr;
	Expr *offset = nullptr;
	std::vector<Cte *> ctes;
	bool recursive = false;
	PgQuery__SetOperation operation = PG_QUERY__SET_OPERATION__SETOP_NONE;
	bool all = false;
	Query *left = nullptr;
	Query *right = nullptr;
	std::vector<std::vector<Expr *>> rows; /* Values */
	bool locks_rows = false;
};

/* One INSERT, UPDATE or DELETE, top level or in WITH. */
struct DmlQuery
{
	StatementKind kind;
	Rte *target = nullptr;
	Query *frame = nullptr; /* owner of target and FROM items; from holds those */
	std::vector<Cte *> ctes;
	bool recursive = false;
	/* INSERT: source has one output per entry of columns, already of the columns' types. */
	Query *source = nullptr;
	bool single_row = false;  /* source is Values of one row */
	std::vector<int> columns; /* indexes into target->columns that are written */
	/* UPDATE: new values, one per entry of columns. */
	std::vector<Expr *> values;
	Expr *where = nullptr;
	std::vector<Target> returning;
	std::vector<Output> outputs;
	/* ON CONFLICT */
	bool on_conflict = false;
	bool do_update = false;
	std::vector<std::string> conflict_targets; /* engine SQL */
	Expr *conflict_predicate = nullptr;
	Rte *excluded = nullptr;
	std::vector<int> conflict_columns;
	std::vector<Expr *> conflict_values;
	Expr *conflict_where = nullptr;
	int buffer = -1; /* rows it writes, when it runs in steps */
	int source_buffer =
		-1; /* with triggers: the rows as they would be without; buffer has them as written */
	/* Where RETURNING finds the columns of FROM items and target in the buffer. */
	std::vector<std::pair<Rte *, std::vector<std::string>>> redirects;
};

} /* namespace pg::parser */
