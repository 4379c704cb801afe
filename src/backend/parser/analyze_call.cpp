/*
 * analyze_call.cpp
 *		Calls: plain functions, aggregates, window functions.
 *
 * Backends and workers.
 */
#include "catalog/functions.h"
#include "catalog/pg_proc_d.h"
#include "nodes/parsenodes.h"
#include "parser/analyzer.h"

#include <algorithm>

namespace pg::parser
{

namespace
{

/* How errors name the clause; null where the caller words the whole message. */
const char *
place_name(Place place)
{
	switch (place)
	{
		case Place::Where: return "WHERE";
		case Place::GroupBy: return "GROUP BY";
		case Place::Having: return "HAVING";
		case Place::Limit: return "LIMIT";
		case Place::Offset: return "OFFSET";
		case Place::Values:
		case Place::ValuesSingle: return "VALUES";
		case Place::UpdateSource: return "UPDATE";
		case Place::Returning: return "RETURNING";
		case Place::Filter: return "FILTER";
		case Place::JoinOn: return "JOIN conditions";
		case Place::FromFunction: return "functions in FROM";
		case Place::ColumnDefault: return "DEFAULT expressions";
		case Place::Check: return "check constraints";
		case Place::IndexExpression: return "index expressions";
		case Place::IndexPredicate: return "index predicates";
		case Place::TriggerWhen: return "trigger WHEN conditions";
		case Place::WindowPartition: return "window PARTITION BY";
		case Place::WindowOrder: return "window ORDER BY";
		case Place::WindowFrame: return "window ROWS";
		default: return nullptr;
	}
}

bool
aggregates_allowed(Place place)
{
	switch (place)
	{
		case Place::Select:
		case Place::Having:
		case Place::OrderBy:
		case Place::DistinctOn:
		case Place::WindowPartition:
		case Place::WindowOrder: return true;
		default: return false;
	}
}

bool
windows_allowed(Place place)
{
	return place == Place::Select || place == Place::OrderBy || place == Place::DistinctOn;
}

const char *
set_returning_place_name(Place place)
{
	switch (place)
	{
		case Place::Where: return "WHERE";
		case Place::Having: return "HAVING";
		case Place::JoinOn: return "JOIN conditions";
		case Place::Limit: return "LIMIT";
		case Place::Offset: return "OFFSET";
		case Place::Values: return "VALUES";
		case Place::UpdateSource: return "UPDATE";
		case Place::Returning: return "RETURNING";
		case Place::ColumnDefault: return "DEFAULT expressions";
		case Place::Check: return "check constraints";
		case Place::TriggerWhen: return "trigger WHEN conditions";
		case Place::Filter: return "FILTER";
		default: return nullptr;
	}
}

[[noreturn]] void
raise_not_aggregate(const Analyzer &analyzer, const char *what, const std::string &name,
					int location)
{
	Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
			  .msg("%s specified, but %s is not an aggregate function", what, name.c_str())
			  .at(analyzer.at(location)));
}

/* Clauses that only aggregates take. */
void
check_plain_call(const Analyzer &analyzer, const PgQuery__FuncCall &node, const std::string &name)
{
	if (node.agg_star)
		raise_not_aggregate(analyzer, (name + "(*)").c_str(), name, node.location);
	if (node.agg_distinct)
		raise_not_aggregate(analyzer, "DISTINCT", name, node.location);
	if (node.agg_within_group)
		raise_not_aggregate(analyzer, "WITHIN GROUP", name, node.location);
	if (node.n_agg_order > 0)
		raise_not_aggregate(analyzer, "ORDER BY", name, node.location);
	if (node.agg_filter != nullptr)
		raise_not_aggregate(analyzer, "FILTER", name, node.location);
	if (node.over != nullptr)
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("OVER specified, but %s is not a window function nor an aggregate function",
					   name.c_str())
				  .at(analyzer.at(node.location)));
}

/* Takes the names of arguments, which must be the last ones and differ. */
void
collect_names(const Analyzer &analyzer, const PgQuery__FuncCall &node, CallShape *shape)
{
	for (size_t i = 0; i < node.n_args; i++)
	{
		if (node.args[i]->node_case != PG_QUERY__NODE__NODE_NAMED_ARG_EXPR)
		{
			if (!shape->arg_names.empty())
				Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
						  .msg("positional argument cannot follow named argument")
						  .at(analyzer.at(Analyzer::scope_location(node.args[i]))));
			continue;
		}
		const PgQuery__NamedArgExpr &named = *node.args[i]->named_arg_expr;

		if (std::ranges::find(shape->arg_names, named.name) != shape->arg_names.end())
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("argument name \"%s\" used more than once", named.name)
					  .at(analyzer.at(named.location)));
		shape->arg_names.emplace_back(named.name);
	}
}

} /* namespace */

Expr *
Analyzer::func_call(const PgQuery__FuncCall &node)
{
	CallShape shape = CalledName(*this, node);
	const std::string &display = shape.display;
	std::vector<Expr *> args;
	Expr *as_cast = nullptr;
	const bool was_in_aggregate = scope->in_aggregate;

	collect_names(*this, node, &shape);
	const bool in_catalog = shape.schema.empty() || shape.schema == "pg_catalog";
	const bool aggregate =
		in_catalog && std::ranges::any_of(FindFunctions(shape.name), [](const FunctionDef *function)
										  { return function->kind == FunctionKind::Aggregate; });

	if (aggregate && node.over == nullptr && scope->in_aggregate)
		Raise(Report(ERROR, ERRCODE_GROUPING_ERROR)
				  .msg("aggregate function calls cannot be nested")
				  .at(at(node.location)));
	if (aggregate && node.over == nullptr)
		scope->in_aggregate = true;
	for (size_t i = 0; i < node.n_args; i++)
	{
		const bool named = node.args[i]->node_case == PG_QUERY__NODE__NODE_NAMED_ARG_EXPR;
		const PgQuery__Node *value = named ? node.args[i]->named_arg_expr->arg : node.args[i];
		Expr *arg = row_argument(*value);

		if (arg == nullptr)
			arg = expression(value);

		if (arg->kind == ExprKind::Row)
			for (Expr *&part : arg->args)
				resolve_unknown(part);
		args.push_back(arg);
	}
	scope->in_aggregate = was_in_aggregate;
	const FunctionDef *function = find_function(shape, args, &as_cast);

	if (as_cast != nullptr)
	{
		check_plain_call(*this, node, display);
		return as_cast;
	}
	functions.push_back(function->oid);
	if (function->stored)
	{
		function_uses.push_back({&node, function, stored_depth_});
		rights.push_back({ProcedureRelationId, function->oid, ACL_EXECUTE, rights_role_});
	}
	if (function->kind == FunctionKind::Window && node.over == nullptr)
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("window function %s requires an OVER clause", display.c_str())
				  .at(at(node.location)));
	if (function->kind == FunctionKind::Window ||
		(function->kind == FunctionKind::Aggregate && node.over != nullptr))
		return window_call(node, *function, std::move(args));
	if (function->kind == FunctionKind::Aggregate)
		return aggregate_call(node, *function, std::move(args));
	check_plain_call(*this, node, display);

	Expr *expr = call_node(*function, std::move(args), shape.variadic, node.location);

	if (function->kind != FunctionKind::TableSource)
		return expr;
	if (scope->place != Place::FromFunction && scope->place != Place::Select &&
		scope->place != Place::ValuesSingle)
	{
		const char *clause = set_returning_place_name(scope->place);

		if (clause == nullptr)
			not_supported("a set-returning function here", node.location);
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("set-returning functions are not allowed in %s", clause)
				  .at(at(node.location)));
	}
	return expr;
}

const FunctionDef *
Analyzer::procedure_call(const PgQuery__FuncCall &node, Query *arguments)
{
	Scope own;
	CallShape shape = CalledName(*this, node);
	std::vector<Expr *> args;

	own.query = arguments;
	ScopeGuard guard(*this, &own);

	shape.procedure = true;
	collect_names(*this, node, &shape);
	for (size_t i = 0; i < node.n_args; i++)
	{
		const bool named = node.args[i]->node_case == PG_QUERY__NODE__NODE_NAMED_ARG_EXPR;
		Expr *const arg =
			expression(named ? node.args[i]->named_arg_expr->arg : node.args[i], Place::Other);

		if (ContainsSubQuery(arg))
			Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
					  .msg("cannot use subquery in CALL argument")
					  .at(at(arg->location)));
		args.push_back(arg);
	}

	const FunctionDef *const function = find_function(shape, args, nullptr);
	const ProcPtr proc = FindProc(function->oid);
	const std::vector<Oid> declared(function->args().begin(), function->args().end());

	functions.push_back(function->oid);
	rights.push_back({ProcedureRelationId, function->oid, ACL_EXECUTE, rights_role_});
	polymorphic_result(*function, args);
	convert_arguments(declared, args);
	for (size_t i = 0; i < args.size(); i++)
		if (function == &proc->def || proc->parameter_mode(i) != 'o')
			arguments->targets.push_back({args[i], "argument", false});
	for (Target &target : arguments->targets)
		resolve_unknown(target.expr);
	finish_outputs(arguments);
	return function;
}

Expr *
Analyzer::aggregate_call(const PgQuery__FuncCall &node, const FunctionDef &function,
						 std::vector<Expr *> args)
{
	const std::string name = function.name;

	if (!aggregates_allowed(scope->place))
	{
		const char *clause = place_name(scope->place);

		if (clause == nullptr)
			clause = "this context";
		Raise(Report(ERROR, ERRCODE_GROUPING_ERROR)
				  .msg("aggregate functions are not allowed in %s", clause)
				  .at(at(node.location)));
	}
	if (node.agg_within_group)
		not_supported("WITHIN GROUP", node.location);
	if (node.n_args == 0 && !node.agg_star && function.arg_count == 0)
		Raise(
			Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				.msg("%s(*) must be used to call a parameterless aggregate function", name.c_str())
				.at(at(node.location)));
	Expr *expr = make(ExprKind::Aggregate, 0, node.location);

	expr->function = &function;
	expr->type = polymorphic_result(function, args);
	std::vector<Oid> declared(function.args().begin(), function.args().end());

	convert_arguments(declared, args);
	expr->args = std::move(args);
	expr->star = node.agg_star;
	expr->distinct = node.agg_distinct;
	if (node.agg_distinct && expr->args.size() > 1 && function.aggregate == nullptr)
		not_supported("DISTINCT in an aggregate of several arguments", node.location);
	if (node.n_agg_order > 0)
	{
		scope->in_aggregate = true;
		for (size_t i = 0; i < node.n_agg_order; i++)
			expr->order.push_back(sort_key(*node.agg_order[i]->sort_by, nullptr));
		scope->in_aggregate = false;
		ordered_aggregate(*expr);
	}
	if (node.agg_filter != nullptr)
	{
		const bool was = scope->in_aggregate;

		scope->in_aggregate = true;
		expr->filter = coerce_to_boolean(expression(node.agg_filter, Place::Filter), "FILTER");
		scope->in_aggregate = was;
	}
	check_aggregate_level(*expr);
	scope->query->has_aggregates = true;
	return expr;
}

/* The order of the input changes only what string_agg, array_agg and their like give. */
void
Analyzer::ordered_aggregate(Expr &expr)
{
	const std::string_view name = expr.function->name;

	for (const char *indifferent :
		 {"count", "sum", "avg", "min", "max", "bool_and", "bool_or", "every", "bit_and", "bit_or"})
	{
		if (name == indifferent)
		{
			expr.order.clear();
			return;
		}
	}
	for (const SortKey &key : expr.order)
		if (expr.distinct && std::ranges::none_of(expr.args, [&](const Expr *arg)
												  { return SameExpr(arg, key.expr); }))
			Raise(Report(ERROR, ERRCODE_INVALID_COLUMN_REFERENCE)
					  .msg("in an aggregate with DISTINCT, ORDER BY expressions must appear in "
						   "argument list")
					  .at(at(key.expr->location)));
}

/* An aggregate whose arguments are all of an outer query belongs to that one: not done here. */
void
Analyzer::check_aggregate_level(const Expr &expr)
{
	struct Levels
	{
		const Query *own;
		bool own_seen = false;
		bool outer_seen = false;
	} levels{scope->query};

	for (const Expr *arg : expr.args)
		AnyExpr(
			arg,
			[](const Expr &e, void *data)
			{
				Levels &found = *static_cast<Levels *>(data);

				if (e.kind == ExprKind::Column)
					(e.rte->owner == found.own ? found.own_seen : found.outer_seen) = true;
				return false;
			},
			&levels);
	if (levels.outer_seen && !levels.own_seen)
		not_supported("an aggregate of an outer query", expr.location);
}

Expr *
Analyzer::window_call(const PgQuery__FuncCall &node, const FunctionDef &function,
					  std::vector<Expr *> args)
{
	if (!windows_allowed(scope->place))
	{
		const char *clause = place_name(scope->place);

		Raise(Report(ERROR, ERRCODE_WINDOWING_ERROR)
				  .msg("window functions are not allowed in %s", clause ? clause : "this context")
				  .at(at(node.location)));
	}
	if (scope->in_window)
		Raise(Report(ERROR, ERRCODE_WINDOWING_ERROR)
				  .msg("window function calls cannot be nested")
				  .at(at(node.location)));
	if (scope->in_aggregate)
		Raise(Report(ERROR, ERRCODE_GROUPING_ERROR)
				  .msg("aggregate function calls cannot contain window function calls")
				  .at(at(node.location)));
	if (node.agg_distinct)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("DISTINCT is not implemented for window functions")
				  .at(at(node.location)));
	if (node.n_agg_order > 0)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("aggregate ORDER BY is not implemented for window functions")
				  .at(at(node.location)));
	Expr *expr = make(ExprKind::Window, 0, node.location);

	expr->function = &function;
	expr->type = polymorphic_result(function, args);
	std::vector<Oid> declared(function.args().begin(), function.args().end());

	convert_arguments(declared, args);
	expr->args = std::move(args);
	expr->star = node.agg_star;
	if (node.agg_filter != nullptr)
	{
		if (function.kind == FunctionKind::Window)
			Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
					  .msg("FILTER is not implemented for non-aggregate window functions")
					  .at(at(node.location)));
		expr->filter = coerce_to_boolean(expression(node.agg_filter, Place::Filter), "FILTER");
	}
	scope->in_window = true;
	expr->window = window_spec(*node.over);
	scope->in_window = false;
	scope->query->has_windows = true;
	return expr;
}

namespace
{

/* Bits of WindowDef.frameOptions. */
enum Frame : int
{
	kNonDefault = 0x00001,
	kRange = 0x00002,
	kRows = 0x00004,
	kGroups = 0x00008,
	kBetween = 0x00010,
	kStartUnbounded = 0x00020,
	kEndUnboundedFollowing = 0x00100,
	kStartCurrent = 0x00200,
	kEndCurrent = 0x00400,
	kStartOffsetPreceding = 0x00800,
	kEndOffsetPreceding = 0x01000,
	kStartOffsetFollowing = 0x02000,
	kEndOffsetFollowing = 0x04000,
	kExcludeCurrent = 0x08000,
	kExcludeGroup = 0x10000,
	kExcludeTies = 0x20000
};

std::string
frame_bound(Analyzer &analyzer, const PgQuery__Node *offset, bool unbounded, bool current,
			bool preceding, int location)
{
	const char *side = preceding ? " PRECEDING" : " FOLLOWING";

	if (current)
		return "CURRENT ROW";
	if (unbounded)
		return std::string("UNBOUNDED") + side;
	const Expr *value = offset ? analyzer.expression(offset, Place::WindowFrame) : nullptr;

	if (value == nullptr || value->kind != ExprKind::Const ||
		value->value().kind != Value::Kind::Int)
		analyzer.not_supported("a window frame offset that is not an integer constant", location);
	if (value->value().integer < 0)
		Raise(Report(ERROR, ERRCODE_INVALID_PRECEDING_OR_FOLLOWING_SIZE)
				  .msg("frame %s offset must not be negative", preceding ? "starting" : "ending"));
	return std::to_string(value->value().integer) + side;
}

std::string
frame_clause(Analyzer &analyzer, const PgQuery__WindowDef &node)
{
	const int options = node.frame_options;

	if ((options & kNonDefault) == 0)
		return {};
	const bool offsets = (options & (kStartOffsetPreceding | kEndOffsetPreceding |
									 kStartOffsetFollowing | kEndOffsetFollowing)) != 0;

	if ((options & kRange) != 0 && offsets)
		analyzer.not_supported("RANGE with an offset", node.location);
	std::string text = (options & kRows) != 0	  ? " ROWS"
					   : (options & kGroups) != 0 ? " GROUPS"
												  : " RANGE";

	text += " BETWEEN ";
	text += frame_bound(analyzer, node.start_offset, (options & kStartUnbounded) != 0,
						(options & kStartCurrent) != 0, (options & kStartOffsetFollowing) == 0,
						node.location);
	text += " AND ";
	text += frame_bound(analyzer, node.end_offset, (options & kEndUnboundedFollowing) != 0,
						(options & kEndCurrent) != 0, (options & kEndOffsetPreceding) != 0,
						node.location);
	if ((options & kExcludeCurrent) != 0)
		text += " EXCLUDE CURRENT ROW";
	else if ((options & kExcludeGroup) != 0)
		text += " EXCLUDE GROUP";
	else if ((options & kExcludeTies) != 0)
		text += " EXCLUDE TIES";
	return text;
}

} /* namespace */

WindowSpec *
Analyzer::window_spec(const PgQuery__WindowDef &node)
{
	WindowSpec *spec = make_window();
	const bool references = node.name[0] != 0 || node.refname[0] != 0;
	const std::string name = node.name[0] != 0 ? node.name : node.refname;

	if (references)
	{
		const PgQuery__WindowDef *named = nullptr;

		for (size_t i = 0; window_clause_ != nullptr && i < window_clause_->n_window_clause; i++)
		{
			if (name == window_clause_->window_clause[i]->window_def->name)
				named = window_clause_->window_clause[i]->window_def;
		}
		if (named == nullptr)
			Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
					  .msg("window \"%s\" does not exist", name.c_str())
					  .at(at(node.location)));
		PgQuery__WindowDef definition = *named;

		definition.name = const_cast<char *>("");
		*spec = *window_spec(definition);
		if (node.name[0] != 0)
			return spec;
		if (node.n_partition_clause > 0)
			Raise(Report(ERROR, ERRCODE_WINDOWING_ERROR)
					  .msg("cannot override PARTITION BY clause of window \"%s\"", name.c_str())
					  .at(at(node.location)));
		if (node.n_order_clause > 0 && !spec->order.empty())
			Raise(Report(ERROR, ERRCODE_WINDOWING_ERROR)
					  .msg("cannot override ORDER BY clause of window \"%s\"", name.c_str())
					  .at(at(node.location)));
	}
	for (size_t i = 0; i < node.n_partition_clause; i++)
	{
		Expr *part = expression(node.partition_clause[i], Place::WindowPartition);

		resolve_unknown(part);
		spec->partition.push_back(part);
	}
	for (size_t i = 0; i < node.n_order_clause; i++)
	{
		PlaceGuard guard(*scope, Place::WindowOrder);

		spec->order.push_back(sort_key(*node.order_clause[i]->sort_by, nullptr));
	}
	spec->frame = frame_clause(*this, node);
	return spec;
}

} /* namespace pg::parser */
