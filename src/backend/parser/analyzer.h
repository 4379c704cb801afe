/*
 * parser/analyzer.h
 *		The analysis of one statement: its pools, scopes, parameters, and the rules as methods.
 *
 * One Analyzer per statement, inside a transaction.  Methods are grouped by the file that defines
 * them.  Everything an Expr or Query points to lives in the pools here.  Only this folder includes it.
 */
#pragma once

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parser/expr.h"
#include "utils/error/report.h"

namespace pg::parser
{

/* OIDs of types that the rules name. */
enum TypeOid : Oid
{
	kBool = 16,
	kBytea = 17,
	kChar = 18,
	kName = 19,
	kInt8 = 20,
	kInt2 = 21,
	kInt4 = 23,
	kText = 25,
	kOid = 26,
	kFloat4 = 700,
	kFloat8 = 701,
	kUnknown = 705,
	kBpchar = 1042,
	kVarchar = 1043,
	kDate = 1082,
	kTime = 1083,
	kTimestamp = 1114,
	kTimestamptz = 1184,
	kInterval = 1186,
	kTimetz = 1266,
	kBit = 1560,
	kVarbit = 1562,
	kNumeric = 1700,
	kAclItemArray = 1034,
	kRegclass = 2205,
	kRecord = 2249,
	kCstring = 2275,
	kAny = 2276,
	kAnyArray = 2277,
	kVoid = 2278,
	kAnyElement = 2283,
	kAnyNonArray = 2776,
	kAnyEnum = 3500,
	kAnyCompatible = 5077,
	kAnyCompatibleArray = 5078,
	kAnyCompatibleNonArray = 5079
};

/* Which clause an expression stands in: decides what it may contain and how errors name it. */
enum class Place : uint8_t
{
	Other,
	Select,
	Where,
	Having,
	JoinOn,
	GroupBy,
	OrderBy,
	DistinctOn,
	Limit,
	Offset,
	FromFunction,
	Values,
	ValuesSingle,
	UpdateSource,
	Returning,
	ColumnDefault,
	Check,
	IndexExpression,
	IndexPredicate,
	TriggerWhen,
	Filter,
	WindowPartition,
	WindowOrder,
	WindowFrame
};

/* How far a conversion may go. */
enum class CoercionContext : uint8_t
{
	Implicit,
	Assignment,
	Explicit
};

struct NamedColumn
{
	std::string_view name;
	Expr *expr;
};

/* What one FROM item makes visible. */
struct NameItem
{
	std::string_view name;	 /* alias or relation; empty: a join without alias */
	std::string_view schema; /* of a relation without alias */
	Rte *rte = nullptr;
	const std::vector<NamedColumn> *columns = nullptr; /* join; else rte's */
	bool relation_visible = true;
	bool columns_visible = true;
};

struct Scope
{
	Scope *parent = nullptr;
	Query *query = nullptr;
	std::vector<NameItem> items;
	Place place = Place::Other;
	bool in_aggregate = false;
	bool in_window = false;
	bool allows_set_returning = false;
	/* Set by the FROM item being analyzed: names there but out of reach. */
	bool items_hidden = false;
};

/* The sub-query that several columns of one SET item share. */
struct SetSource
{
	Query *query = nullptr;
};

/* What a call says beside its arguments. */
struct CallShape
{
	std::string display; /* the name as written */
	std::string_view schema, name;
	std::vector<std::string_view> arg_names; /* of the last arguments, where they have names */
	bool variadic = false;					 /* VARIADIC before the last */
	bool star = false;
	bool procedure = false; /* CALL */
	int location = -1;
};

/* A call of a function that the database keeps, where the tree has it. */
struct FunctionUse
{
	const PgQuery__FuncCall *call;
	const FunctionDef *function;
	int depth; /* 0: in the statement itself, not in stored SQL that it uses */
};

struct Candidate; /* resolve_func.cpp */

class Analyzer
{
public:
	/* source: whole text that positions count from. */
	Analyzer(std::string_view source, std::span<const Oid> parameter_types,
			 std::span<const LiteralToken> literals = {});
	Analyzer(const Analyzer &) = delete;
	Analyzer &operator=(const Analyzer &) = delete;

	/* ---- pools and errors (analyzer.cpp) ---- */
	Expr *make(ExprKind kind, Oid type, int location);
	Expr *make_const(Oid type, const Value &value, int location);
	Expr *make_column(Rte *rte, int column, int location);
	static int leftmost(const std::vector<Expr *> &args, int location);
	Expr *make_bool(ExprKind kind, std::vector<Expr *> args, int location);
	Expr *copy(const Expr &expr);
	Query *make_query();
	Rte *make_rte(RteKind kind, Query *owner);
	FromNode *make_from(Rte *rte);
	FromNode *make_join(JoinKind kind, FromNode *left, FromNode *right);
	Cte *make_cte();
	DmlQuery *make_dml();
	WindowSpec *make_window();
	std::vector<NamedColumn> *make_columns();
	std::string_view keep(std::string text);
	const RowShape *keep(RowShape shape);
	int at(int location) const; /* Report::at position */
	[[noreturn]] void not_supported(const std::string &what, int location) const;
	/* ---- literals that may become parameters (shared_literals.cpp) ---- */
	/* Makes a Const one of them, if its token is there. */
	void mark_literal(Expr *constant);
	/* The plan depends on the literal at location, which was read from the parse tree. */
	void fix_literal(int location);
	/* After analysis: those that an index's predicate or expression might be about stay as they are. */
	void fix_literals_of_indexes();
	/* The engine parameter of a Const; 0: write its value. */
	int literal_parameter(const Expr &constant);
	/* After lowering. */
	void describe_literals(Plan *plan) const;
	/* After analysis: 42P18 for parameters nothing gave a type. */
	std::vector<Oid> final_parameter_types() const;

	/* ---- names of types (names.cpp) ---- */
	TypeRef type_name(const PgQuery__TypeName &name);
	int32 type_modifier(const TypeDef &type, const PgQuery__TypeName &name);

	/* ---- conversion (coerce.cpp) ---- */
	bool can_coerce(Oid source, Oid target, CoercionContext context) const;
	/* Converts; the caller has checked can_coerce. */
	Expr *coerce(Expr *expr, Oid target, int32 typmod, CoercionContext context, int location);
	/* As coerce, null when it cannot be. */
	Expr *try_coerce(Expr *expr, Oid target, int32 typmod, CoercionContext context, int location);
	Expr *explicit_cast(Expr *expr, Oid target, int32 typmod, int location);
	Expr *apply_typmod(Expr *expr, int32 typmod, bool explicit_cast);
	Expr *coerce_to_boolean(Expr *expr, const char *construct);
	Expr *coerce_to_specific(Expr *expr, Oid type, const char *construct);
	Expr *coerce_to_common(Expr *expr, Oid type, const char *construct);
	Oid common_type(const std::vector<Expr *> &exprs, const char *construct,
					Expr **which = nullptr);
	int32 common_typmod(const std::vector<Expr *> &exprs, Oid type) const;
	void resolve_unknown(Expr *&expr);
	Expr *literal(const Expr &unknown, Oid type, int32 typmod, int location);

	/* ---- functions and operators (resolve_func.cpp) ---- */
	Expr *binary(std::string_view name, Expr *left, Expr *right, int location);
	Expr *operator_node(const OperatorDef *op, std::vector<Expr *> args, int location);
	Expr *prefix(std::string_view name, Expr *arg, int location);
	Expr *call(std::string_view name, std::vector<Expr *> args, int location);
	/* CALL: the procedure, and the input arguments as the outputs of a query. */
	const FunctionDef *procedure_call(const PgQuery__FuncCall &node, Query *arguments);
	const FunctionDef *find_function(const CallShape &shape, std::vector<Expr *> &args,
									 Expr **as_cast);
	void complete_arguments(const Candidate &candidate, const CallShape &shape,
							std::vector<Expr *> &args);
	Expr *variadic_array(Oid element, std::vector<Expr *> args, int location);
	Oid polymorphic_result(const FunctionDef &function, std::vector<Expr *> &args);
	void convert_arguments(std::span<const Oid> declared, std::vector<Expr *> &args);

	/* ---- scopes (scope.cpp) ---- */
	Expr *find_column(std::string_view name, int location);
	/* The row of a FROM item by its name; null when no item has it. */
	Expr *whole_row(std::string_view schema, std::string_view name, int location);
	Expr *find_qualified(std::string_view schema, std::string_view table, std::string_view name,
						 int location);
	void expand_star(const PgQuery__ColumnRef &ref, std::vector<Target> &targets);
	Expr *item_column(const NameItem &item, std::string_view name, int location, bool *ambiguous);
	Cte *find_cte(std::string_view name);

	/* ---- expressions (analyze_expr.cpp, analyze_call.cpp, analyze_sublink.cpp) ---- */
	Expr *expression(const PgQuery__Node *node);
	Expr *expression(const PgQuery__Node *node, Place place);
	static int scope_location(const PgQuery__Node *node);
	Expr *constant(const PgQuery__AConst &node);
	Expr *parameter(int number, int location);
	Expr *column_ref(const PgQuery__ColumnRef &ref);
	Expr *variable(const PgQuery__ColumnRef &ref);
	Expr *field_of_parameter(const PgQuery__ColumnRef &ref);
	Expr *record_variable(const std::vector<std::pair<std::string, int>> &fields, int location);
	const std::vector<std::pair<std::string, int>> *record_named(
		const PgQuery__ColumnRef &ref) const;
	Expr *star_row(const PgQuery__ColumnRef &ref);
	bool is_column(const PgQuery__ColumnRef &ref);
	Expr *a_expr(const PgQuery__AExpr &node);
	Expr *operator_expr(const PgQuery__AExpr &node);
	Expr *row_comparison(std::string_view name, const std::vector<Expr *> &left,
						 const std::vector<Expr *> &right, int location);
	Expr *distinct_expr(Expr *left, Expr *right, bool negated, int location);
	Expr *in_list(const PgQuery__AExpr &node);
	Expr *any_list(const PgQuery__AExpr &node, bool all);
	Expr *any_element(std::string_view name, Expr *left, Expr *array, bool all, int location);
	Expr *between(const PgQuery__AExpr &node);
	Expr *type_cast(const PgQuery__TypeCast &node);
	Expr *case_expr(const PgQuery__CaseExpr &node);
	Expr *value_function(const PgQuery__SQLValueFunction &node);
	Expr *null_test(const PgQuery__NullTest &node);
	Expr *boolean_test(const PgQuery__BooleanTest &node);
	Expr *collate(const PgQuery__CollateClause &node);
	Expr *indirection(const PgQuery__AIndirection &node, size_t count);
	/* ---- arrays (arrays.cpp) ---- */
	/* wanted: the array type of a cast, or 0. */
	Expr *array_expr(const PgQuery__AArrayExpr &node, Oid wanted);
	/* An operator of arrays; null when neither side is one, or none fits. */
	Expr *array_operation(std::string_view name, Expr *left, Expr *right, int location);
	Oid concatenation(Expr *left, Expr *right);
	/* array[i][j], array[1:2]: all the subscripts at once. */
	Expr *subscripts(Expr *array, PgQuery__Node *const *steps, size_t count, int location);
	/* Appends what the subscripts mean; true for a slice, whose bounds come behind their letters. */
	bool add_subscripts(PgQuery__Node *const *steps, size_t count, std::vector<Expr *> *args);
	Expr *subscript_value(const PgQuery__Node *node);
	/* The array that "column[...] = value" makes of its old value. */
	Expr *assign_subscripts(Expr *old, const PgQuery__ResTarget &target, Expr *value);
	Expr *engine_call(const char *name, Oid type, std::vector<Expr *> args, int location);
	/* ---- rows (analyze_row.cpp) ---- */
	/* The columns of a value; null when it is no row or nobody knows. */
	const RowShape *row_shape(const Expr &expr);
	Expr *row_expr(const PgQuery__RowExpr &node);
	Expr *row_argument(const PgQuery__Node &node);
	/* A field by its name; null when there is none. */
	Expr *field(Expr *row, std::string_view name, int location);
	Expr *field(Expr *row, const RowShape &shape, size_t number, int location);
	Expr *row_as(Expr *row, Oid type, CoercionContext context, int location);
	Expr *call_node(const FunctionDef &function, std::vector<Expr *> args, bool variadic,
					int location);
	Expr *min_max(const PgQuery__MinMaxExpr &node);
	Expr *coalesce(const PgQuery__CoalesceExpr &node);
	Expr *func_call(const PgQuery__FuncCall &node);
	Expr *aggregate_call(const PgQuery__FuncCall &node, const FunctionDef &function,
						 std::vector<Expr *> args);
	Expr *window_call(const PgQuery__FuncCall &node, const FunctionDef &function,
					  std::vector<Expr *> args);
	WindowSpec *window_spec(const PgQuery__WindowDef &node);
	void ordered_aggregate(Expr &expr);
	void check_aggregate_level(const Expr &expr);
	Expr *sub_link(const PgQuery__SubLink &node);
	Expr *quantified(const PgQuery__SubLink &node, Query *query);
	Expr *sub_query_column(Query *query, Rte *&rte, int column, int location);

	/* ---- SELECT (analyze_select.cpp, from.cpp, group.cpp) ---- */
	Query *select(const PgQuery__SelectStmt &stmt, Scope *parent, bool keep_unknown = false);
	Query *plain_select(const PgQuery__SelectStmt &stmt, Scope *parent, bool keep_unknown);
	Query *values_select(const PgQuery__SelectStmt &stmt, Scope *parent);
	Query *set_operation(const PgQuery__SelectStmt &stmt, Scope *parent);
	Query *set_operand(const PgQuery__SelectStmt &stmt, Scope *parent);
	void unify_columns(Query *query, const char *name, const PgQuery__SelectStmt &right);
	Query *combine(const PgQuery__SelectStmt &stmt, Scope *parent);
	Query *coerced_operand(Query *query, const std::vector<Output> &wanted, const char *name);
	void output_sort(const PgQuery__SelectStmt &stmt, Query *query, const char *what);
	void expand_set_returning(Query *query);
	void locking_clause(const PgQuery__SelectStmt &stmt, const Query *query);
	bool is_input_column(std::string_view name, int location);
	bool expand_fields(const PgQuery__AIndirection &node, std::vector<Target> &targets);
	Rte *expand_set(Expr *call);
	void target_list(PgQuery__Node *const *nodes, size_t count, std::vector<Target> &targets,
					 Place place);
	void sort_clause(const PgQuery__SelectStmt &stmt, Query *query);
	SortKey sort_key(const PgQuery__SortBy &node, Query *query);
	void check_sortable(const Expr &expr);
	Expr *find_target(const PgQuery__Node *node, Query *query, Place place, int *position);
	void limit_clause(const PgQuery__SelectStmt &stmt, Query *query);
	void distinct_clause(const PgQuery__SelectStmt &stmt, Query *query);
	void group_clause(const PgQuery__SelectStmt &stmt, Query *query);
	void check_grouping(Query *query);
	void finish_outputs(Query *query);
	void from_clause(PgQuery__Node *const *nodes, size_t count, Scope &scope);
	FromNode *from_item(const PgQuery__Node *node, Scope &scope, std::vector<NameItem> &items);
	FromNode *from_relation(const PgQuery__RangeVar &node, Scope &scope,
							std::vector<NameItem> &items);
	FromNode *from_query(const PgQuery__RangeSubselect &node, Scope &scope,
						 std::vector<NameItem> &items);
	Rte *numbered(Rte *rte, int location);
	FromNode *from_function(const PgQuery__RangeFunction &node, Scope &scope,
							std::vector<NameItem> &items);
	FromNode *from_join(const PgQuery__JoinExpr &node, Scope &scope, std::vector<NameItem> &items);
	void join_using(const PgQuery__JoinExpr &node, FromNode *join, std::vector<NameItem> &items,
					size_t left_count);
	void alias_join(const PgQuery__JoinExpr &node, std::vector<NameItem> &items);
	void describe_row_source(Rte *rte, std::string_view item_name, bool as_value = false);
	void describe_record(const PgQuery__RangeFunction &node, Expr *call, int location);
	static int first_location(const PgQuery__SelectStmt &stmt);
	[[noreturn]] void raise_no_relation(const PgQuery__RangeVar &node) const;
	Rte *relation_rte(const RelationInfoPtr &relation, Query *owner);
	Rte *query_rte(Query *query, Query *owner);
	void name_columns(Rte *rte, const PgQuery__Alias *alias, std::string_view name);
	Query *stored_query(const std::string &sql, Oid role);
	Query *guarded_query(const RelationInfo &table);
	Query *view_query(const RelationInfo &view);
	/* Notes what the statement needs of a relation; of what a view reads, its owner needs it. */
	void want_right(Rte *rte, AclMode right);
	Rte *transition_rte(std::string_view name, Query *owner);

	/* ---- whole statements (statement.cpp) ---- */
	Query *top_query(const PgQuery__SelectStmt &stmt);
	/* The columns as names->result_types wants them, where they can be brought there. */
	Query *with_result_types(Query *query);
	void bring_returning_to_result_types(DmlQuery *dml);
	DmlQuery *top_dml(const PgQuery__Node *node);

	/* ---- WITH (cte.cpp) ---- */
	void with_clause(const PgQuery__WithClause &with, Scope *parent, std::vector<Cte *> &ctes,
					 bool top_level);
	void start_recursion(Cte *cte, Query *first);
	void finish_recursion(Cte *cte);
	void analyze_cte(const PgQuery__CommonTableExpr &node, Cte *cte, Scope *parent, bool recursive,
					 bool top_level);

	/* ---- INSERT, UPDATE, DELETE (dml.cpp, dml_insert.cpp) ---- */
	DmlQuery *insert(const PgQuery__InsertStmt &stmt, Scope *parent, bool top_level);
	DmlQuery *update(const PgQuery__UpdateStmt &stmt, Scope *parent, bool top_level);
	DmlQuery *remove(const PgQuery__DeleteStmt &stmt, Scope *parent, bool top_level);
	DmlQuery *data_modifying(const PgQuery__Node *node, Scope *parent, bool top_level);
	void dml_target(DmlQuery *dml, const PgQuery__RangeVar &range, Scope &scope, const char *verb);
	void dml_with(const PgQuery__WithClause *with, Scope *parent, bool top_level, DmlQuery *dml);
	void insert_columns(DmlQuery *dml, const PgQuery__InsertStmt &stmt);
	void insert_source(DmlQuery *dml, const PgQuery__InsertStmt &stmt, Scope *parent);
	void insert_values(DmlQuery *dml, const PgQuery__InsertStmt &stmt, Scope *parent);
	void select_values(Query *query);
	void insert_select(DmlQuery *dml, const PgQuery__InsertStmt &stmt, Scope *parent);
	void check_insert_width(DmlQuery *dml, const PgQuery__InsertStmt &stmt, size_t width,
							int surplus_location);
	void add_insert_defaults(DmlQuery *dml);
	void on_conflict(DmlQuery *dml, const PgQuery__OnConflictClause &clause, Scope &own);
	void conflict_target(DmlQuery *dml, const PgQuery__InferClause &infer);
	Expr *set_value(const PgQuery__Node *value, SetSource *shared, int location);
	void set_clause(PgQuery__Node *const *nodes, size_t count, const Rte &target,
					std::vector<int> &columns, std::vector<Expr *> &values);
	void guard_deletion(DmlQuery *dml);
	void returning_clause(DmlQuery *dml, PgQuery__Node *const *nodes, size_t count);
	Expr *assign(Expr *expr, const ColumnInfo &column, int location);
	Expr *column_default(const Rte &target, int column, int location);
	int target_column(const Rte &target, const char *name, int location);

	/* Analyzes SQL of a default or CHECK that the catalog keeps, outside all scopes but `scope`. */
	Expr *stored_expression(const std::string &sql, Scope *scope, Place place);
	Expr *stored_node(const PgQuery__Node *node, Scope *scope, Place place);

	Scope *scope = nullptr; /* innermost */
	std::string_view source;
	bool locks_rows = false; /* FOR UPDATE somewhere */
	bool has_dml_cte = false;
	const ParameterNames *names = nullptr;
	std::vector<RightWanted> rights;
	std::vector<Oid> functions;		  /* called by name */
	std::vector<DmlQuery *> dml_ctes; /* in order of writing */
	std::vector<FunctionUse> function_uses;

private:
	friend class Lowering;
	std::vector<Oid> params_;
	std::vector<int> param_locations_;
	std::vector<bool> param_fixed_;
	std::vector<LiteralState> literals_;
	std::vector<LiteralRecipe> literal_parameters_;
	std::vector<std::vector<Cte *>> cte_frames_;
	int next_alias_ = 0;
	int next_cte_ = 0;
	int next_buffer_ = 0;
	int view_depth_ = 0;
	int stored_depth_ = 0;
	Oid rights_role_ = 0;		   /* owner of the view that is being analyzed */
	Oid open_table_ = 0;		   /* read past its policies: by the query that guards it */
	Cte *recursive_cte_ = nullptr; /* whose recursive term is being analyzed */
	const PgQuery__SelectStmt *window_clause_ =
		nullptr; /* the SELECT whose WINDOW clause is in force */

	std::deque<Expr> exprs_;
	std::deque<Query> queries_;
	std::deque<Rte> rtes_;
	std::deque<FromNode> from_nodes_;
	std::deque<Cte> ctes_;
	std::deque<DmlQuery> dmls_;
	std::deque<WindowSpec> windows_;
	std::deque<std::vector<NamedColumn>> column_lists_;
	std::deque<std::string> texts_;
	std::deque<RowShape> shapes_;
	std::vector<std::shared_ptr<const void>> kept_;

public:
	int new_buffer() { return next_buffer_++; }
	std::string new_alias() { return "t" + std::to_string(++next_alias_); }
};

/* Sets a scope's place for one clause. */
class PlaceGuard
{
public:
	PlaceGuard(Scope &scope, Place place) : scope_(scope), before_(scope.place)
	{
		scope.place = place;
	}
	~PlaceGuard() { scope_.place = before_; }
	PlaceGuard(const PlaceGuard &) = delete;
	PlaceGuard &operator=(const PlaceGuard &) = delete;

private:
	Scope &scope_;
	Place before_;
};

/* Makes `scope` the innermost for one block. */
class ScopeGuard
{
public:
	ScopeGuard(Analyzer &analyzer, Scope *scope) : analyzer_(analyzer), before_(analyzer.scope)
	{
		analyzer.scope = scope;
	}
	~ScopeGuard() { analyzer_.scope = before_; }
	ScopeGuard(const ScopeGuard &) = delete;
	ScopeGuard &operator=(const ScopeGuard &) = delete;

private:
	Analyzer &analyzer_;
	Scope *before_;
};

/* pg_type.typcategory; 'X' of an unknown type. (coerce.cpp) */
char CategoryOf(Oid type);

/* ---- helpers of the tree (tree.cpp) ---- */
bool SameExpr(const Expr *a, const Expr *b);
/* Calls visit on expr and everything below it, sub-queries left out; stops when visit returns true. */
bool AnyExpr(const Expr *expr, bool (*visit)(const Expr &, void *), void *data);
/* Whether a set-returning function is called in it. */
bool HasSet(const Expr *expr);
bool ContainsAggregate(const Expr *expr);
bool ContainsWindow(const Expr *expr);
bool ContainsVolatile(const Expr *expr);
bool ContainsSubQuery(const Expr *expr);
bool QueryIsVolatile(const Query *query);
/* Every expression of a query, its sub-queries included. */
bool AnyExprOfQuery(const Query *query, bool (*visit)(const Expr &, void *), void *data);
/* AnyExpr that goes into sub-queries, too. */
bool AnyExprDeep(const Expr *expr, bool (*visit)(const Expr &, void *), void *data);
/* Does the query read the relation, at any depth? */
bool QueryReads(const Query *query, Oid relation);

/* Makes the columns of a relation visible in scope, by their bare names (statement.cpp). */
Rte *OwnColumns(Analyzer &analyzer, Scope &scope, const RelationInfo &relation);

/* SQL of a tree that was analyzed, with the schemas of stored functions (stored_sql.cpp). */
StoredSql WrittenOut(const PgQuery__Node *tree, const Analyzer &analyzer);

/* ---- conversions (coerce.cpp) ---- */
bool DependsOnSession(Oid type, std::string_view text);

/* ---- names (names.cpp) ---- */
std::string_view StringOf(const PgQuery__Node *node);
/* The name that PostgreSQL gives an output column; "?column?" when there is none better. */
std::string_view ColumnLabel(const PgQuery__Node *node);
/* Last part of a qualified operator or function name; raises for schemas other than pg_catalog. */
std::string_view CatalogName(const Analyzer &analyzer, PgQuery__Node *const *parts, size_t count,
							 int location, const char *what);
/* Name and schema of a call; 3F000 where there is no such schema. */
CallShape CalledName(const Analyzer &analyzer, const PgQuery__FuncCall &node);
std::string QualifiedDisplay(PgQuery__Node *const *parts, size_t count);
std::string Quoted(std::string_view name);

} /* namespace pg::parser */
