/*
 * lower_plan.cpp
 *		From a raw statement to its plan.
 *
 * Backends and workers, inside a transaction.  The executor keeps plans; nothing is kept here.
 */
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
	Lowering lowering(analyzer);

	analyzer.fix_literals_of_indexes();

	plan->kind = dml->kind;
	plan->writes = true;
	plan->returns_rows = !dml->returning.empty();
	plan->parameter_types = analyzer.final_parameter_types();
	lowering.plan_dml(*dml, plan);
}

} /* namespace */

std::shared_ptr<const Plan>
MakePlan(const RawStatement &statement, std::span<const Oid> parameter_types,
		 std::span<const LiteralToken> literals)
{
	auto plan = std::make_shared<Plan>();

	plan->generation = CatalogGeneration();
	plan->tag = statement.tag;
	Analyzer analyzer(whole_source(statement), parameter_types, literals);

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
		case PG_QUERY__NODE__NODE_MERGE_STMT: RaiseNotSupported("MERGE");
		default: make_utility(statement, plan.get()); break;
	}
	analyzer.describe_literals(plan.get());
	return plan;
}

} /* namespace pg */

namespace pg::parser
{

void
Lowering::plan_query(const Query &q, Plan *plan)
{
	for (const Output &output : q.outputs)
		plan->columns.push_back(
			{output.name, output.type, output.typmod, output.table, output.attnum});
	query(q, {});
	PlanStep &step = plan->steps.emplace_back();

	step.sql = take();
	step.counts = true;
}

} /* namespace pg::parser */
