/*
 * pl/plpgsql/tree.h
 *		A PL/pgSQL function as the parser leaves it and the interpreter runs it.
 *
 * Owned by the session that compiled it; not shared between processes.
 */
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "executor/run.h"
#include "nodes/parsenodes.h"

namespace pg::plpgsql
{

/* Names in force at a place of the source, innermost block first. */
struct Scope
{
	const Scope *parent = nullptr;
	std::string label;
	std::map<std::string, int, std::less<>> names; /* places in Function::variables */
};

/* A piece of SQL in the source: an expression, or a whole statement. */
struct Expression
{
	std::string text;
	bool is_statement = false;
	const Scope *scope = nullptr;
	/* Made at the first run; again when a record or a CASE's value has another shape. */
	std::shared_ptr<PreparedPlan> plan;
	std::shared_ptr<const ParameterNames> names;
	std::string shape;
	std::vector<std::pair<int, int>> fields; /* parameters beyond the variables: record, field */
};

struct Variable
{
	std::string name;
	Oid type = 0;
	int32 typmod = -1;
	bool is_record = false;
	bool is_constant = false, not_null = false;
	bool has_dynamic_type = false; /* the value of a CASE */
	Oid row_of = 0;				   /* %ROWTYPE */
	int cursor = -1;			   /* of a bound one: its place in Function::cursors */
	Expression *initial = nullptr;
	int line = 0;
};

/* What a cursor was declared for. */
struct Cursor
{
	Expression *query = nullptr;
	std::vector<int> parameters; /* variables that the query reads */
	int options = 0;			 /* CURSOR_OPT_ bits */
};

/* Where a value goes: a variable, or a field of a record. */
struct Target
{
	int variable = -1;
	std::string field;
};

/* [upper], or [lower:upper], whose bounds may be missing. */
struct Subscript
{
	Expression *lower = nullptr, *upper = nullptr;
	bool is_slice = false;
};

struct Statement;
using Statements = std::vector<std::unique_ptr<Statement>>;

struct Branch
{
	Expression *condition = nullptr;
	Statements body;
};

/* WHEN a OR b THEN */
struct Handler
{
	std::vector<int> conditions; /* SQLSTATEs; kOthers */
	Statements body;
};
inline constexpr int kOthers = -1;

enum class StatementKind : uint8_t
{
	Block,
	Assign,
	If,
	Case,
	Loop,
	While,
	ForInteger,
	ForQuery,
	ForExecute,
	ForeachArray,
	ForCursor,
	Open,
	Fetch,
	Move,
	Close,
	Exit,
	Return,
	ReturnNext,
	ReturnQuery,
	Raise,
	Assert,
	Sql,
	Execute,
	GetDiagnostics,
	Perform,
	Commit,
	Rollback,
	Nothing
};

struct RaiseOption
{
	std::string name;
	Expression *value;
};

struct DiagnosticsItem
{
	Target target;
	std::string name;
};

/* One statement of any kind; which fields it uses stands behind them. */
struct Statement
{
	StatementKind kind = StatementKind::Nothing;
	int line = 0;
	std::string label;							/* loops, blocks; of EXIT and CONTINUE: which */
	Expression *expression = nullptr;			/* most */
	Expression *upper = nullptr, *by = nullptr; /* FOR .. TO .. BY; message of ASSERT */
	std::vector<Expression *> arguments;		/* RAISE, USING of EXECUTE */
	std::vector<Target> targets;				/* assignment, INTO, loop variables, FOREACH */
	std::vector<Subscript> subscripts;			/* assignment to a part of an array */
	int slice = 0;								/* FOREACH: dimensions of a turn's array */
	bool has_into = false, strict = false;
	bool flag = false; /* REVERSE; CONTINUE; STACKED; dynamic RETURN QUERY; AND CHAIN */
	bool has_else = false;
	/* The value of a CASE; the record that is assigned or returned whole; a cursor. */
	int variable = -1;
	std::vector<Branch> branches;  /* IF, CASE */
	Statements body;			   /* blocks, loops; ELSE of IF and CASE */
	std::vector<int> locals;	   /* blocks: variables to initialise */
	std::vector<Handler> handlers; /* blocks with EXCEPTION */
	bool has_handlers = false;
	int state_variable = -1, message_variable = -1; /* SQLSTATE and SQLERRM of the handlers */
	/* RAISE */
	int elevel = 0;
	bool is_bare = false; /* RAISE; alone */
	std::string text;	  /* format, or name of a condition */
	bool has_format = false;
	std::vector<RaiseOption> options;
	std::vector<DiagnosticsItem> items; /* GET DIAGNOSTICS */
	/* OPEN, FETCH and MOVE: CURSOR_OPT_ bits; how far to go, unless `upper` says it */
	int cursor_options = 0;
	FetchDirection direction = FETCH_FORWARD;
	long count = 1;
};

/* What a trigger function finds declared, in this order. */
enum TriggerVariable : uint8_t
{
	kNew,
	kOld,
	kTgName,
	kTgWhen,
	kTgLevel,
	kTgOp,
	kTgRelid,
	kTgRelname,
	kTgTableName,
	kTgTableSchema,
	kTgNargs,
	kTgArgv
};

struct Function
{
	std::string name; /* as CONTEXT shows it: "f(integer)", "inline_code_block" */
	Oid result = 0;	  /* 0: none, of DO */
	bool returns_set = false;
	bool is_procedure = false;
	int parameters = 0;		  /* the first variables */
	int found = -1;			  /* the variable FOUND */
	std::vector<int> outputs; /* variables that are OUT parameters */
	int trigger = -1;		  /* of a trigger: the first of kTriggerVariables */
	std::vector<Variable> variables;
	std::vector<Cursor> cursors;
	std::deque<Scope> scopes;
	std::deque<Expression> expressions;
	std::unique_ptr<Statement> body;
};

/* A parameter of a function that is compiled. */
struct Parameter
{
	std::string name;
	Oid type;
	char mode; /* i o b v t */
};

/* What the function that is compiled is called and takes. */
struct Header
{
	std::string name;	   /* bare, for "f.parameter" */
	std::string signature; /* for CONTEXT */
	std::vector<Parameter> parameters;
	Oid result = 0;
	bool returns_set = false;
	bool is_trigger = false;
	bool is_procedure = false;
};

/* Raises 42601 and the like: at a position of the source, or with "compilation of PL/pgSQL function ..." as context. */
std::unique_ptr<Function> Parse(std::string_view source, const Header &header);

/* SQLSTATEs of a condition's name; empty for an unknown one. */
std::vector<int> ConditionCodes(std::string_view name);

} /* namespace pg::plpgsql */
