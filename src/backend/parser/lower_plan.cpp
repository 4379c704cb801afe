/*
 * lower_plan.cpp
 *		From a raw statement to its plan.
 *
 * Backends and workers, inside a transaction.  The executor keeps plans; nothing is kept here.
 */
#include "catalog/lookup.h"
#include "parser/lowering.h"
#include "parser/parse.h"

namespace pg
{

namespace
{

using parser::Analyzer;
using parser::Lowering;

std::string_view
whole_source(const RawStatement &statement)
{
	return {statement.text.data() - statement.text_offset,
			statement.text.size() + static_cast<size_t>(statement.text_offset)};
}

void
make_utility(const RawStatement &statement, Plan *plan)
{
	plan->kind = StatementKind::Utility;
	plan->raw = statement;
}

void
make_query(const RawStatement &statement, Analyzer &analyzer, Plan *plan)
{
	const PgQuery__SelectStmt &stmt = *statement.node->select_stmt;
	parser::Query *query = analyzer.top_query(stmt);

	if (analyzer.names != nullptr && !analyzer.names->result_types.empty())
		query = analyzer.with_result_types(query);

	Lowering lowering(analyzer);

	analyzer.fix_literals_of_indexes();

	plan->kind = StatementKind::Select;
	plan->returns_rows = true;
	plan->writes = analyzer.locks_rows || !analyzer.dml_ctes.empty();
	plan->parameter_types = analyzer.final_parameter_types();
	if (analyzer.dml_ctes.empty())
		lowering.plan_query(*query, plan);
	else
		lowering.plan_steps(query, nullptr, plan);
}

void
make_dml(const RawStatement &statement, Analyzer &analyzer, Plan *plan)
{
	parser::DmlQuery *dml = analyzer.top_dml(statement.node);

	if (analyzer.names != nullptr && !analyzer.names->result_types.empty())
		analyzer.bring_returning_to_result_types(dml);

	Lowering lowering(analyzer);

	analyzer.fix_literals_of_indexes();

	plan->kind = dml->kind;
	plan->writes = true;
	plan->returns_rows = !dml->returning.empty();
	plan->parameter_types = analyzer.final_parameter_types();
	lowering.plan_dml(*dml, plan);
}

void
make_call(const RawStatement &statement, Analyzer &analyzer, Plan *plan)
{
	auto arguments = std::make_shared<Plan>();
	parser::Query *const query = analyzer.make_query();

	plan->procedure = analyzer.procedure_call(*statement.node->call_stmt->funccall, query)->oid;

	Lowering lowering(analyzer);

	analyzer.fix_literals_of_indexes();
	plan->parameter_types = analyzer.final_parameter_types();
	lowering.plan_query(*query, arguments.get());
	plan->arguments = std::move(arguments);
	make_utility(statement, plan);
}

} /* namespace */

std::shared_ptr<const Plan>
MakePlan(const RawStatement &statement, std::span<const Oid> parameter_types,
		 std::span<const LiteralToken> literals, const ParameterNames *names)
{
	auto plan = std::make_shared<Plan>();

	plan->generation = CatalogGeneration();
	plan->naming = NamingNumber();
	plan->tag = statement.tag;
	Analyzer analyzer(whole_source(statement), parameter_types, literals);

	analyzer.names = names;

	switch (statement.node->node_case)
	{
		case PG_QUERY__NODE__NODE_SELECT_STMT:
			if (statement.node->select_stmt->into_clause != nullptr)
				make_utility(statement, plan.get());
			else
				make_query(statement, analyzer, plan.get());
			break;
		case PG_QUERY__NODE__NODE_INSERT_STMT:
		case PG_QUERY__NODE__NODE_UPDATE_STMT:
		case PG_QUERY__NODE__NODE_DELETE_STMT: make_dml(statement, analyzer, plan.get()); break;
		case PG_QUERY__NODE__NODE_CALL_STMT: make_call(statement, analyzer, plan.get()); break;
		case PG_QUERY__NODE__NODE_MERGE_STMT: RaiseNotSupported("MERGE");
		default: make_utility(statement, plan.get()); break;
	}
	analyzer.describe_literals(plan.get());
	plan->rights = std::move(analyzer.rights);
	plan->functions = std::move(analyzer.functions);
	return plan;
}

} /* namespace pg */

namespace pg::parser
{

namespace
{

/* SELECT of columns FROM one table-like thing, and nothing else. */
bool
is_plain_select(const Query &q)
{
	return q.kind == QueryKind::Select && q.operation == PG_QUERY__SET_OPERATION__SETOP_NONE &&
		   q.from.size() == 1 && q.from[0]->rte != nullptr && q.where == nullptr &&
		   q.having == nullptr && !q.has_group && !q.has_aggregates && !q.has_windows &&
		   !q.distinct && q.distinct_on.empty() && q.sort.empty() && q.limit == nullptr &&
		   q.offset == nullptr && q.ctes.empty() && !q.locks_rows;
}

/* Most reads of views like pg_stat_activity take all of it: the engine would copy each value twice. */
SourceScan
scan_of(const Query &q)
{
	if (!is_plain_select(q))
		return {};

	const Rte &rte = *q.from[0]->rte;
	SourceScan scan;

	if (rte.kind != RteKind::Relation || rte.ordinality || rte.relation == nullptr ||
		!rte.relation->is_row_source)
		return {};
	for (const Target &target : q.targets)
	{
		const Expr &expr = *target.expr;

		if (expr.kind != ExprKind::Column || expr.rte != &rte || target.junk)
			return {};
		scan.columns.push_back(rte.columns[static_cast<size_t>(expr.column)].attnum - 1);
	}

	const std::string name = rte.relation->schema_name + "." + rte.relation->name;

	for (const RowSource &source : CatalogRowSources())
		if (name == source.name && source.arg_count == 0)
			scan.source = &source;
	for (const int column : scan.columns)
		if (scan.source != nullptr &&
			(column < 0 || static_cast<size_t>(column) >= scan.source->columns.size()))
			return {};
	return scan;
}

} /* namespace */

void
Lowering::plan_query(const Query &q, Plan *plan)
{
	for (const Output &output : q.outputs)
		plan->columns.push_back(
			{output.name, output.type, output.typmod, output.table, output.attnum});
	query(q, {});
	PlanStep &step = plan->steps.emplace_back();

	step.sql = take();
	step.scan = scan_of(q);
	step.counts = true;
}

} /* namespace pg::parser */
