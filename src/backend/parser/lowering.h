/*
 * parser/lowering.h
 *		From the typed tree to engine SQL.
 *
 * Every expression comes out as one operand: parenthesised or atomic.  Every comparison, sort, group
 * and distinct carries the collation of its type.  Only this folder includes it.
 */
#pragma once

#include <string>

#include "parser/analyzer.h"

namespace pg::parser
{

/* How a query's columns come out. */
struct ColumnStyle
{
	bool named = false;	   /* AS c1, c2, ... */
	bool collated = false; /* with their collations: rows get compared */
};

class Lowering
{
public:
	explicit Lowering(Analyzer &analyzer) : analyzer_(analyzer) {}

	void expr(const Expr &expr);
	void query(const Query &query, ColumnStyle style);
	/* Columns of rte are written without a qualifier. */
	void set_bare(const Rte *rte) { bare_ = rte; }
	/* SQL that stands around expressions. */
	void text(std::string_view sql) { out_ += sql; }
	std::string take() { return std::move(out_); }

	/* ---- plans (lower_plan.cpp) ---- */
	void plan_query(const Query &query, Plan *plan);
	void plan_dml(const DmlQuery &dml, Plan *plan);
	void plan_steps(const Query *query, const DmlQuery *dml, Plan *plan);

private:
	/* lower_expr.cpp */
	void constant(const Value &value);
	void column(const Expr &expr);
	void plain_column(const Expr &expr);
	void call(const Expr &expr);
	void as_json(const Expr &arg, const Expr *pretty = nullptr);
	void stored_call(const Expr &expr);
	void signature(const Expr &expr);
	void row_value(const Expr &expr);
	void check_c_forms(const Expr &expr);
	/* whole: the call, for @0. */
	void expand(const char *lowering, const std::vector<Expr *> &args, const Expr *whole = nullptr);
	void joined(const std::vector<Expr *> &exprs, const char *separator);
	void via_text(const Expr &expr);
	void as_text(const Expr &expr);
	void as_variadic(const FunctionDef &function, const Expr &arg);
	void extreme(const Expr &expr);
	void null_if(const Expr &expr);
	void case_when(const Expr &expr);
	void in_list(const Expr &expr);
	void aggregate(const Expr &expr);
	void aggregated(const FunctionDef &function, const Expr &arg);
	void sorted_aggregate(const Expr &expr);
	void filter_clause(const Expr &expr);
	void window(const Expr &expr);
	void scalar_query(const Query &query, int column);
	void quantified(const Expr &expr);
	void collate(Oid type);

	/* lower_select.cpp */
	void with_clause(const std::vector<Cte *> &ctes, bool recursive);
	void select(const Query &query, ColumnStyle style);
	void select_core(const Query &query, ColumnStyle style);
	void single_select(const Query &query);
	void distinct_on(const Query &query, ColumnStyle style);
	void set_operation(const Query &query, ColumnStyle style);
	void bag_operation(const Query &query, ColumnStyle style);
	void numbered_operand(const Query &operand, const Query &query);
	void operand(const Query &query, bool left, ColumnStyle style);
	void values(const Query &query, ColumnStyle style);
	void from_clause(const std::vector<FromNode *> &from);
	void from_item(const FromNode &node);
	void from_leaf(const Rte &rte);
	void key(const Expr &expr);
	void sort_key(const SortKey &key);
	void sort_clause(const std::vector<SortKey> &keys);
	void limit_clause(const Query &query);
	void limit_value(const Expr &expr, const char *function);

	/* lower_dml.cpp */
	void insert(const DmlQuery &dml);
	void insert_head(const DmlQuery &dml);
	void insert_guarded(const DmlQuery &dml);
	void insert_rows(const DmlQuery &dml);
	void on_conflict(const DmlQuery &dml);
	void update(const DmlQuery &dml);
	void remove(const DmlQuery &dml);
	void returning(const DmlQuery &dml);
	void dml_target(const Rte &target);
	void target_from(const DmlQuery &dml);
	void written_value(const Rte &target, int column, const Expr &value);
	void new_values(const DmlQuery &dml);
	std::string diagnosis(const DmlQuery &dml);
	static void describe_target(const DmlQuery &dml, PlanStep *step);

	/* lower_steps.cpp */
	bool runs_natively(const DmlQuery &dml) const;
	void buffer_step(DmlQuery &dml, const std::vector<Cte *> &ctes, bool recursive, Plan *plan);
	void insert_buffer(const DmlQuery &dml);
	void plan_redirects(DmlQuery &dml, const std::vector<std::pair<Rte *, size_t>> &extra);
	void returning_query(const DmlQuery &dml);
	void apply_step(const DmlQuery &dml, bool counts, Plan *plan);
	void written_buffer(const Rte &target, int column, const std::string &text);

	/* lower_triggers.cpp */
	void check_triggers(const DmlQuery &dml, bool in_with) const;
	void old_and_new(const DmlQuery &dml);
	void rows_step(const DmlQuery &dml, bool counts, Plan *plan);
	std::string fetch_row(const Rte &target) const;
	std::string row_insert(const DmlQuery &dml);
	std::string row_update(const Rte &target);
	std::string row_delete(const Rte &target) const;
	void conflict_query(const DmlQuery &dml, RowWrites *writes);
	void conflict_target(const DmlQuery &dml);

	Analyzer &analyzer_;
	std::string out_;
	const Rte *bare_ = nullptr; /* its columns are written without a qualifier */
};

/* How many columns of FROM items RETURNING reads. */
size_t ExtraColumnsOf(const DmlQuery &dml);

/* Does the statement fire triggers of its target? */
bool FiresTriggers(const DmlQuery &dml);

/* A name that means the rowid of the target's table. */
std::string RowIdName(const Rte &target);

/* Name of column i of pg_rows. */
inline std::string
BufferColumn(size_t i)
{
	return "c" + std::to_string(i);
}

} /* namespace pg::parser */
