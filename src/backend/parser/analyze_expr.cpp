/*
 * analyze_expr.cpp
 *		Expressions: from parse nodes to typed ones.
 *
 * Backends and workers.  Calls and sub-queries are in analyze_call.cpp and analyze_sublink.cpp.
 */
#include "parser/analyzer.h"

#include <charconv>

namespace pg::parser
{

Expr *
Analyzer::expression(const PgQuery__Node *node, Place place)
{
	PlaceGuard guard(*scope, place);

	return expression(node);
}

Expr *
Analyzer::expression(const PgQuery__Node *node)
{
	switch (node->node_case)
	{
		case PG_QUERY__NODE__NODE_A_CONST: return constant(*node->a_const);
		case PG_QUERY__NODE__NODE_COLUMN_REF: return column_ref(*node->column_ref);
		case PG_QUERY__NODE__NODE_PARAM_REF:
			return parameter(node->param_ref->number, node->param_ref->location);
		case PG_QUERY__NODE__NODE_A_EXPR: return a_expr(*node->a_expr);
		case PG_QUERY__NODE__NODE_FUNC_CALL: return func_call(*node->func_call);
		case PG_QUERY__NODE__NODE_TYPE_CAST: return type_cast(*node->type_cast);
		case PG_QUERY__NODE__NODE_CASE_EXPR: return case_expr(*node->case_expr);
		case PG_QUERY__NODE__NODE_COALESCE_EXPR: return coalesce(*node->coalesce_expr);
		case PG_QUERY__NODE__NODE_MIN_MAX_EXPR: return min_max(*node->min_max_expr);
		case PG_QUERY__NODE__NODE_SUB_LINK: return sub_link(*node->sub_link);
		case PG_QUERY__NODE__NODE_NULL_TEST: return null_test(*node->null_test);
		case PG_QUERY__NODE__NODE_BOOLEAN_TEST: return boolean_test(*node->boolean_test);
		case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
			return value_function(*node->sqlvalue_function);
		case PG_QUERY__NODE__NODE_COLLATE_CLAUSE: return collate(*node->collate_clause);
		case PG_QUERY__NODE__NODE_A_ARRAY_EXPR: return array_expr(*node->a_array_expr, 0);
		case PG_QUERY__NODE__NODE_SET_TO_DEFAULT:
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("DEFAULT is not allowed in this context")
					  .at(at(node->set_to_default->location)));
		case PG_QUERY__NODE__NODE_BOOL_EXPR:
		{
			const PgQuery__BoolExpr &node_bool = *node->bool_expr;
			const bool is_and = node_bool.boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR;
			const bool is_not = node_bool.boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR;
			const char *name = is_not ? "NOT" : is_and ? "AND" : "OR";
			std::vector<Expr *> args;

			for (size_t i = 0; i < node_bool.n_args; i++)
				args.push_back(coerce_to_boolean(expression(node_bool.args[i]), name));
			return make_bool(is_not	  ? ExprKind::Not
							 : is_and ? ExprKind::And
									  : ExprKind::Or,
							 std::move(args), node_bool.location);
		}
		case PG_QUERY__NODE__NODE_ROW_EXPR: return row_expr(*node->row_expr);
		case PG_QUERY__NODE__NODE_A_INDIRECTION:
			return indirection(*node->a_indirection, node->a_indirection->n_indirection);
		case PG_QUERY__NODE__NODE_GROUPING_FUNC:
			not_supported("GROUPING", node->grouping_func->location);
		case PG_QUERY__NODE__NODE_CURRENT_OF_EXPR: not_supported("WHERE CURRENT OF", -1);
		case PG_QUERY__NODE__NODE_XML_EXPR: not_supported("XML", node->xml_expr->location);
		case PG_QUERY__NODE__NODE_NAMED_ARG_EXPR:
			not_supported("a named argument", node->named_arg_expr->location);
		default: not_supported("this kind of expression", -1);
	}
}

namespace
{

/* Null when the item has none of that name. */
Expr *
column_named(Analyzer &analyzer, Rte *rte, std::string_view name, int location)
{
	for (size_t i = 0; i < rte->columns.size(); i++)
		if (rte->columns[i].name == name)
			return analyzer.make_column(rte, static_cast<int>(i), location);
	return nullptr;
}

} /* namespace */

/* The first `count` steps of (row).field, array[i]. */
Expr *
Analyzer::indirection(const PgQuery__AIndirection &node, size_t count)
{
	const int location = scope_location(node.arg);
	Expr *value = expression(node.arg);

	for (size_t i = 0; i < count; i++)
	{
		const PgQuery__Node &step = *node.indirection[i];

		if (step.node_case == PG_QUERY__NODE__NODE_A_INDICES)
		{
			size_t end = i + 1;

			while (end < count &&
				   node.indirection[end]->node_case == PG_QUERY__NODE__NODE_A_INDICES)
				end++;
			value = subscripts(value, node.indirection + i, end - i, location);
			i = end - 1;
			continue;
		}
		if (step.node_case != PG_QUERY__NODE__NODE_STRING)
			not_supported("row expansion via \"*\"", location);

		const std::string name(StringOf(&step));
		Rte *const set = expand_set(value);
		Expr *found = set != nullptr ? column_named(*this, set, name, location)
									 : field(value, name, location);

		if (found == nullptr && row_shape(*value) == nullptr && value->type == kRecord)
			Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
					  .msg("could not identify column \"%s\" in record data type", name.c_str())
					  .at(at(location)));
		if (found == nullptr && row_shape(*value) == nullptr)
			Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
					  .msg("column notation .%s applied to type %s, which is not a composite type",
						   name.c_str(), FormatType(value->type).c_str())
					  .at(at(location)));
		if (found == nullptr && value->type == kRecord)
			Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
					  .msg("could not identify column \"%s\" in record data type", name.c_str())
					  .at(at(location)));
		if (found == nullptr)
			Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
					  .msg("column \"%s\" not found in data type %s", name.c_str(),
						   FormatType(value->type).c_str())
					  .at(at(location)));
		value = found;
	}
	return value;
}

int
Analyzer::scope_location(const PgQuery__Node *node)
{
	switch (node->node_case)
	{
		case PG_QUERY__NODE__NODE_A_INDIRECTION: return scope_location(node->a_indirection->arg);
		case PG_QUERY__NODE__NODE_COLUMN_REF: return node->column_ref->location;
		case PG_QUERY__NODE__NODE_FUNC_CALL: return node->func_call->location;
		case PG_QUERY__NODE__NODE_PARAM_REF: return node->param_ref->location;
		case PG_QUERY__NODE__NODE_A_CONST: return node->a_const->location;
		case PG_QUERY__NODE__NODE_TYPE_CAST: return node->type_cast->location;
		case PG_QUERY__NODE__NODE_SUB_LINK: return node->sub_link->location;
		case PG_QUERY__NODE__NODE_A_EXPR: return node->a_expr->location;
		case PG_QUERY__NODE__NODE_ROW_EXPR: return node->row_expr->location;
		case PG_QUERY__NODE__NODE_A_ARRAY_EXPR: return node->a_array_expr->location;
		default: return -1;
	}
}

Expr *
Analyzer::constant(const PgQuery__AConst &node)
{
	Expr *result = make_const(kUnknown, Value::Null(), node.location);

	if (node.isnull)
		return result;
	switch (node.val_case)
	{
		case PG_QUERY__A__CONST__VAL_IVAL:
			result->type = kInt4;
			result->constant = Value::Int(node.ival->ival);
			break;
		case PG_QUERY__A__CONST__VAL_FVAL:
		{
			/* Too big for the scanner's int4: the least of int4 (-2147483648), int8 and numeric. */
			const std::string_view text = node.fval->fval;
			int64 value = 0;
			const auto [end, error] =
				std::from_chars(text.data(), text.data() + text.size(), value);

			if (error == std::errc() && end == text.data() + text.size())
			{
				result->type = value == INT32_MIN ? kInt4 : kInt8;
				result->constant = Value::Int(value);
				break;
			}
			result->constant = Value::Text(text);
			mark_literal(result);
			return literal(*result, kNumeric, -1, node.location);
		}
		case PG_QUERY__A__CONST__VAL_BOOLVAL:
			result->type = kBool;
			result->constant = Value::Bool(node.boolval->boolval);
			return result;
		case PG_QUERY__A__CONST__VAL_SVAL: result->constant = Value::Text(node.sval->sval); break;
		case PG_QUERY__A__CONST__VAL_BSVAL: not_supported("type bit", node.location);
		default: return result;
	}
	mark_literal(result);
	return result;
}

Expr *
Analyzer::type_cast(const PgQuery__TypeCast &node)
{
	const TypeRef target = type_name(*node.type_name);
	const int location = node.location >= 0 ? node.location : node.type_name->location;

	if (node.arg->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR)
		return array_expr(*node.arg->a_array_expr, target.type);
	Expr *arg = expression(node.arg);

	return explicit_cast(arg, target.type, target.typmod, location);
}

Expr *
Analyzer::case_expr(const PgQuery__CaseExpr &node)
{
	Expr *arg = node.arg ? expression(node.arg) : nullptr;
	std::vector<Expr *> conditions, results;

	if (arg != nullptr)
	{
		resolve_unknown(arg);
		if (node.n_args > 1 && ContainsVolatile(arg))
			not_supported("CASE on a volatile expression", arg->location);
	}
	for (size_t i = 0; i < node.n_args; i++)
	{
		const PgQuery__CaseWhen &when = *node.args[i]->case_when;
		Expr *condition = expression(when.expr);

		if (arg != nullptr)
			condition = binary("=", arg, condition, when.location);
		conditions.push_back(coerce_to_boolean(condition, "CASE/WHEN"));
		results.push_back(expression(when.result));
	}
	Expr *otherwise = node.defresult ? expression(node.defresult)
									 : make_const(kUnknown, Value::Null(), node.location);
	/* ELSE takes part in the choice of the type first, as in PostgreSQL. */
	std::vector<Expr *> all{otherwise};

	all.insert(all.end(), results.begin(), results.end());
	const Oid type = common_type(all, "CASE");
	Expr *expr = make(ExprKind::Case, type, node.location);

	otherwise = coerce_to_common(otherwise, type, "CASE/ELSE");
	std::vector<Expr *> converted;

	for (size_t i = 0; i < results.size(); i++)
	{
		Expr *result = coerce_to_common(results[i], type, "CASE/WHEN");

		expr->args.push_back(conditions[i]);
		expr->args.push_back(result);
		converted.push_back(result);
	}
	expr->args.push_back(otherwise);
	converted.push_back(otherwise);
	expr->typmod = common_typmod(converted, type);
	return expr;
}

namespace
{

std::vector<Expr *>
expressions(Analyzer &analyzer, PgQuery__Node *const *nodes, size_t count)
{
	std::vector<Expr *> exprs;

	exprs.reserve(count);
	for (size_t i = 0; i < count; i++)
		exprs.push_back(analyzer.expression(nodes[i]));
	return exprs;
}

} /* namespace */

Expr *
Analyzer::coalesce(const PgQuery__CoalesceExpr &node)
{
	std::vector<Expr *> args = expressions(*this, node.args, node.n_args);
	const Oid type = common_type(args, "COALESCE");
	Expr *expr = make(ExprKind::Coalesce, type, node.location);

	for (Expr *&arg : args)
		arg = coerce_to_common(arg, type, "COALESCE");
	expr->typmod = common_typmod(args, type);
	expr->args = std::move(args);
	return expr;
}

Expr *
Analyzer::min_max(const PgQuery__MinMaxExpr &node)
{
	const bool greatest = node.op == PG_QUERY__MIN_MAX_OP__IS_GREATEST;
	const char *name = greatest ? "GREATEST" : "LEAST";
	std::vector<Expr *> args = expressions(*this, node.args, node.n_args);
	const Oid type = common_type(args, name);
	Expr *expr = make(greatest ? ExprKind::Greatest : ExprKind::Least, type, node.location);

	for (Expr *&arg : args)
		arg = coerce_to_common(arg, type, name);
	expr->typmod = common_typmod(args, type);
	expr->args = std::move(args);
	return expr;
}

Expr *
Analyzer::null_test(const PgQuery__NullTest &node)
{
	const bool is_null = node.nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL;
	const ExprKind kind = is_null ? ExprKind::IsNull : ExprKind::IsNotNull;
	Expr *arg = expression(node.arg);

	if (arg->kind != ExprKind::Row)
	{
		resolve_unknown(arg);
		return make_bool(kind, {arg}, node.location);
	}
	/* Of a row: every field is (not) null. */
	std::vector<Expr *> tests;

	for (Expr *field : arg->args)
	{
		resolve_unknown(field);
		tests.push_back(make_bool(kind, {field}, node.location));
	}
	if (tests.empty())
		return make_const(kBool, Value::Bool(true), node.location);
	return make_bool(ExprKind::And, std::move(tests), node.location);
}

Expr *
Analyzer::boolean_test(const PgQuery__BooleanTest &node)
{
	ExprKind kind;
	const char *name;

	switch (node.booltesttype)
	{
		case PG_QUERY__BOOL_TEST_TYPE__IS_TRUE:
			kind = ExprKind::IsTrue;
			name = "IS TRUE";
			break;
		case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_TRUE:
			kind = ExprKind::IsNotTrue;
			name = "IS NOT TRUE";
			break;
		case PG_QUERY__BOOL_TEST_TYPE__IS_FALSE:
			kind = ExprKind::IsFalse;
			name = "IS FALSE";
			break;
		case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_FALSE:
			kind = ExprKind::IsNotFalse;
			name = "IS NOT FALSE";
			break;
		case PG_QUERY__BOOL_TEST_TYPE__IS_UNKNOWN:
			kind = ExprKind::IsNull;
			name = "IS UNKNOWN";
			break;
		default:
			kind = ExprKind::IsNotNull;
			name = "IS NOT UNKNOWN";
			break;
	}
	return make_bool(kind, {coerce_to_boolean(expression(node.arg), name)}, node.location);
}

Expr *
Analyzer::value_function(const PgQuery__SQLValueFunction &node)
{
	const int32 precision = node.typmod;
	const auto call_rounded = [&](const char *function, Oid type)
	{
		Expr *now = call(function, {}, node.location);

		if (now->type != type)
			now = coerce(now, type, -1, CoercionContext::Explicit, node.location);
		return precision >= 0 ? apply_typmod(now, std::min(precision, 6), true) : now;
	};

	switch (node.op)
	{
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE: return call_rounded("now", kDate);
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP:
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N:
			return call_rounded("now", kTimestamptz);
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP:
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N:
			return call_rounded("now", kTimestamp);
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME:
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N: return call_rounded("now", kTime);
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE:
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER:
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER:
			return call("current_user", {}, node.location);
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER:
			return call("session_user", {}, node.location);
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG:
			return call("current_database", {}, node.location);
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA:
			return call("current_schema", {}, node.location);
		default: not_supported("CURRENT_TIME", node.location);
	}
}

Expr *
Analyzer::collate(const PgQuery__CollateClause &node)
{
	const std::string name = QualifiedDisplay(node.collname, node.n_collname);
	Expr *arg = expression(node.arg);

	if (arg->type == kUnknown)
		resolve_unknown(arg);
	const TypeDef *type = FindType(arg->type);

	if (type == nullptr || type->category != 'S')
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("collations are not supported by type %s", FormatType(arg->type).c_str())
				  .at(at(node.location)));
	for (const char *bytewise : {"C", "POSIX", "default", "ucs_basic"})
	{
		if (name == bytewise || name == std::string("pg_catalog.") + bytewise)
			return arg;
	}
	Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
			  .msg("collation \"%s\" for encoding \"UTF8\" does not exist", name.c_str())
			  .at(at(node.location)));
}

} /* namespace pg::parser */
