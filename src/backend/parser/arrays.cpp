/*
 * arrays.cpp
 *		ARRAY[...], operators of arrays, subscripts and slices, and assignment to them.
 *
 * Backends and workers.  What runs is utils/adt/array_edit.cpp and array_search.cpp.
 */
#include "parser/analyzer.h"

#include <algorithm>

namespace pg::parser
{

namespace
{

/* The type, if its values are arrays; int2vector and its kin are none. */
const TypeDef *
array_type(const Expr &expr)
{
	const TypeDef *const type = FindType(expr.type);

	return type != nullptr && type->category == 'A' && type->array_oid == 0 ? type : nullptr;
}

constexpr Oid kConcatenate = 375, kAppend = 349, kPrepend = 374;

const OperatorDef *
operator_named(std::string_view name, Oid oid)
{
	for (const OperatorDef *op : FindOperators(name))
		if (oid != 0 ? op->oid == oid : op->left == kAnyArray && op->right == kAnyArray)
			return op;
	return nullptr;
}

bool
has_equality(Oid type)
{
	return std::ranges::any_of(FindOperators("="), [&](const OperatorDef *op)
							   { return op->left == type && op->right == type; }) ||
		   (FindType(type) != nullptr && FindType(type)->category == 'S');
}

/* Assignment has other names for what reading calls by its own. */
[[noreturn]] void
raise_no_subscripts(const Analyzer &analyzer, Oid type, int location)
{
	Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
			  .msg("cannot subscript type %s because it does not support subscripting",
				   FormatType(type).c_str())
			  .at(analyzer.at(location)));
}

const TypeDef &
subscripted_type(const Analyzer &analyzer, const Expr &array, int location)
{
	const TypeDef *const type = FindType(array.type);

	if (type == nullptr || type->element_oid == 0 || type->category != 'A' ||
		type->storage != Storage::Text)
		raise_no_subscripts(analyzer, array.type, location);
	return *type;
}

} /* namespace */

Expr *
Analyzer::engine_call(const char *name, Oid type, std::vector<Expr *> args, int location)
{
	Expr *const call = make(ExprKind::EngineCall, type, location);

	call->engine_name = name;
	call->args = std::move(args);
	return call;
}

/* ---- ARRAY[...] ---- */

namespace
{

bool
is_array_literal(const PgQuery__Node *node)
{
	return node->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR;
}

} /* namespace */

/* Arrays within an array are its rows, of one more dimension. */
Expr *
Analyzer::array_expr(const PgQuery__AArrayExpr &node, Oid wanted)
{
	std::vector<Expr *> elements;
	const TypeDef *const wanted_type = wanted ? FindType(wanted) : nullptr;
	Oid element = wanted_type ? wanted_type->element_oid : 0;
	bool nested = false;

	for (size_t i = 0; i < node.n_elements; i++)
	{
		const PgQuery__Node *const part = node.elements[i];

		elements.push_back(is_array_literal(part)
							   ? array_expr(*part->a_array_expr, element != 0 ? wanted : 0)
							   : expression(part));
		nested = nested || array_type(*elements.back()) != nullptr;
	}
	if (element == 0 && elements.empty())
		Raise(Report(ERROR, ERRCODE_INDETERMINATE_DATATYPE)
				  .msg("cannot determine type of empty array")
				  .hint("Explicitly cast to the desired type, for example ARRAY[]::integer[].")
				  .at(at(node.location)));
	if (element == 0)
		element = common_type(elements, "ARRAY");

	const TypeDef *const type = FindType(element);
	const Oid oid = nested ? (wanted != 0 ? wanted : element) : type ? type->array_oid : Oid{0};
	const TypeDef *const array = oid != 0 ? FindType(oid) : nullptr;

	if (array == nullptr || array->storage != Storage::Text)
		not_supported("ARRAY of " + FormatType(element), node.location);

	Expr *const expr = nested ? engine_call("pg_array_stack", array->oid, {}, node.location)
							  : make(ExprKind::Array, array->oid, node.location);
	const Oid part = nested ? array->oid : element;

	for (Expr *arg : elements)
		expr->args.push_back(wanted != 0 ? explicit_cast(arg, part, -1, arg->location)
										 : coerce_to_common(arg, part, "ARRAY"));
	return expr;
}

/* ---- Operators ---- */

/* Which of the three || it is; 0: none. */
Oid
Analyzer::concatenation(Expr *left, Expr *right)
{
	const TypeDef *const x = array_type(*left), *const y = array_type(*right);
	const auto match = [&](const TypeDef &array, Expr *other)
	{
		Expr *const element = make_const(array.element_oid, Value::Null(), -1);

		return common_type({element, other}, nullptr) != 0;
	};

	if (x != nullptr && y != nullptr)
		return match(*x, make_const(y->element_oid, Value::Null(), -1)) ? kConcatenate : 0;
	if ((x != nullptr ? right : left)->type == kUnknown)
		return kConcatenate;
	if (x != nullptr)
		return match(*x, right) ? kAppend : 0;
	return match(*y, left) ? kPrepend : 0;
}

Expr *
Analyzer::array_operation(std::string_view name, Expr *left, Expr *right, int location)
{
	const TypeDef *const x = array_type(*left), *const y = array_type(*right);

	if (x == nullptr && y == nullptr)
		return nullptr;

	const OperatorDef *op = nullptr;

	if (name == "||")
	{
		if (const Oid oid = concatenation(left, right); oid != 0)
			op = operator_named(name, oid);
	}
	else if ((x == y || left->type == kUnknown || right->type == kUnknown))
		op = operator_named(name, 0);
	if (op == nullptr)
		return nullptr;
	if (name != "||" && !has_equality((x != nullptr ? x : y)->element_oid))
		Raise(Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
				  .msg("could not identify an equality operator for type %s",
					   FormatType((x != nullptr ? x : y)->element_oid).c_str()));
	return operator_node(op, {left, right}, location);
}

/* ---- Subscripts ---- */

Expr *
Analyzer::subscript_value(const PgQuery__Node *node)
{
	Expr *const index = expression(node);
	Expr *const converted =
		try_coerce(index, kInt4, -1, CoercionContext::Assignment, index->location);

	if (converted == nullptr)
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("array subscript must have type integer")
				  .at(at(index->location)));
	return converted;
}

bool
Analyzer::add_subscripts(PgQuery__Node *const *steps, size_t count, std::vector<Expr *> *args)
{
	const bool slice =
		std::any_of(steps, steps + count,
					[](const PgQuery__Node *step) { return step->a_indices->is_slice != 0; });
	std::string letters;
	std::vector<Expr *> bounds;

	for (size_t i = 0; i < count; i++)
	{
		const PgQuery__AIndices &step = *steps[i]->a_indices;

		if (!slice)
		{
			args->push_back(subscript_value(step.uidx));
			continue;
		}
		/* A subscript among slices is the upper bound of one that begins at 1. */
		const bool has_lower = !step.is_slice || step.lidx != nullptr;

		letters += has_lower && step.uidx != nullptr ? 'b'
				   : has_lower						 ? 'l'
				   : step.uidx != nullptr			 ? 'u'
													 : 'n';
		bounds.push_back(!step.is_slice			? make_const(kInt4, Value::Int(1), -1)
						 : step.lidx != nullptr ? subscript_value(step.lidx)
												: make_const(kInt4, Value::Null(), -1));
		bounds.push_back(step.uidx != nullptr ? subscript_value(step.uidx)
											  : make_const(kInt4, Value::Null(), -1));
	}
	if (slice)
		args->push_back(make_const(kText, Value::Text(keep(letters)), -1));
	args->insert(args->end(), bounds.begin(), bounds.end());
	return slice;
}

Expr *
Analyzer::subscripts(Expr *array, PgQuery__Node *const *steps, size_t count, int location)
{
	const TypeDef &type = subscripted_type(*this, *array, location);
	std::vector<Expr *> args = {array};

	if (add_subscripts(steps, count, &args))
		return engine_call("pg_slice", type.oid, std::move(args), location);

	Expr *const element = engine_call("pg_subscript", kText, std::move(args), location);
	Expr *const result = make(ExprKind::ViaText, type.element_oid, location);

	result->args = {element};
	return result;
}

/* ---- Assignment ---- */

Expr *
Analyzer::assign_subscripts(Expr *old, const PgQuery__ResTarget &target, Expr *value)
{
	for (size_t i = 0; i < target.n_indirection; i++)
		if (target.indirection[i]->node_case != PG_QUERY__NODE__NODE_A_INDICES)
			not_supported("assignment to a field of a column", target.location);
	if (value->kind == ExprKind::Default)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("cannot set an array element to DEFAULT")
				  .at(at(target.location)));

	const TypeDef &type = subscripted_type(*this, *old, target.location);
	std::vector<Expr *> places;
	const bool slice = add_subscripts(target.indirection, target.n_indirection, &places);
	const Oid wanted = slice ? type.oid : type.element_oid;
	Expr *part = try_coerce(value, wanted, -1, CoercionContext::Assignment, value->location);

	if (part == nullptr)
		Raise(
			Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				.msg("subscripted assignment to \"%s\" requires type %s but expression is of type "
					 "%s",
					 target.name, FormatType(wanted).c_str(), FormatType(value->type).c_str())
				.hint("You will need to rewrite or cast the expression.")
				.at(at(target.location)));
	if (!slice)
	{
		Expr *const text = make(ExprKind::ViaText, kText, value->location);

		text->args = {part};
		part = text;
	}

	std::vector<Expr *> args = {old, part};

	args.insert(args.end(), places.begin(), places.end());
	return engine_call(slice ? "pg_array_set_slice" : "pg_array_set", type.oid, std::move(args),
					   target.location);
}

} /* namespace pg::parser */
