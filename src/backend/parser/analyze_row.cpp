/*
 * analyze_row.cpp
 *		Rows as values: ROW(...), whole rows of FROM items, fields, and rows as other row types.
 *
 * Backends and workers.  A row is either a Row node, whose parts are expressions, or any other
 * expression of a row type, which the engine has as text.
 */
#include "parser/analyzer.h"

#include "catalog/functions.h"

namespace pg::parser
{

const RowShape *
Analyzer::keep(RowShape shape)
{
	return &shapes_.emplace_back(std::move(shape));
}

const RowShape *
Analyzer::row_shape(const Expr &expr)
{
	if (expr.row != nullptr)
		return expr.row;
	if (FindRowType(expr.type) != nullptr)
		return keep(RowTypeShape(expr.type));
	if (expr.kind != ExprKind::Row)
		return nullptr;

	RowShape shape;

	for (const Expr *arg : expr.args)
		shape.push_back({"f" + std::to_string(shape.size() + 1),
						 arg->type == kUnknown ? Oid{kText} : arg->type, arg->typmod});
	return keep(std::move(shape));
}

Expr *
Analyzer::row_expr(const PgQuery__RowExpr &node)
{
	Expr *row = make(ExprKind::Row, kRecord, node.location);

	for (size_t i = 0; i < node.n_args; i++)
	{
		const PgQuery__Node *arg = node.args[i];

		if (arg->node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
			arg->column_ref->fields[arg->column_ref->n_fields - 1]->node_case ==
				PG_QUERY__NODE__NODE_A_STAR)
		{
			std::vector<Target> targets;

			expand_star(*arg->column_ref, targets);
			for (const Target &target : targets)
				row->args.push_back(target.expr);
			continue;
		}
		row->args.push_back(expression(arg));
	}
	return row;
}

Expr *
Analyzer::field(Expr *row, const RowShape &shape, size_t number, int location)
{
	if (row->kind == ExprKind::Row)
		return copy(*row->args.at(number));

	Expr *text = make(ExprKind::Field, kText, location);
	Expr *result = make(ExprKind::ViaText, shape[number].type, location);

	text->args = {row};
	text->number = static_cast<int>(number);
	result->args = {text};
	result->typmod = shape[number].typmod;
	if (FindRowType(shape[number].type) == nullptr && shape[number].type == kRecord)
		not_supported("a field that is a record", location);
	return result;
}

Expr *
Analyzer::field(Expr *row, std::string_view name, int location)
{
	const RowShape *shape = row_shape(*row);

	for (size_t i = 0; shape != nullptr && i < shape->size(); i++)
		if ((*shape)[i].name == name)
			return field(row, *shape, i, location);
	return nullptr;
}

Expr *
Analyzer::whole_row(std::string_view schema, std::string_view name, int location)
{
	for (const Scope *level = scope; level != nullptr; level = level->parent)
		for (const NameItem &item : level->items)
		{
			if (!item.relation_visible || item.name != name || item.name.empty() ||
				(!schema.empty() && item.schema != schema))
				continue;
			if (item.rte == nullptr || item.rte->nullable)
				not_supported("a whole-row reference to a join or its nullable side", location);

			Rte *rte = item.rte;

			/* A function that gives no rows is its value. */
			if (rte->kind == RteKind::Function && rte->columns.size() == 1)
				return make_column(rte, 0, location);

			Expr *row = make(ExprKind::Row, kRecord, location);
			RowShape shape;

			for (size_t i = 0; i < rte->columns.size(); i++)
			{
				const RteColumn &column = rte->columns[i];

				if (column.dropped)
					continue;
				row->args.push_back(make_column(rte, static_cast<int>(i), location));
				shape.push_back({std::string(column.name), column.type, column.typmod});
			}
			if (rte->kind == RteKind::Relation && FindRowType(rte->relation->oid) != nullptr)
				row->type = rte->relation->oid;
			row->row = keep(std::move(shape));
			return row;
		}
	return nullptr;
}

/* An argument t.*: the whole row. Null when the node is something else. */
Expr *
Analyzer::row_argument(const PgQuery__Node &node)
{
	if (node.node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
		return nullptr;
	const PgQuery__ColumnRef &ref = *node.column_ref;
	const size_t count = ref.n_fields;

	if (count < 2 || ref.fields[count - 1]->node_case != PG_QUERY__NODE__NODE_A_STAR)
		return nullptr;
	return whole_row(count > 2 ? StringOf(ref.fields[count - 3]) : std::string_view(),
					 StringOf(ref.fields[count - 2]), ref.location);
}

/* A row under another row type: field by field where the parts are there. */
Expr *
Analyzer::row_as(Expr *row, Oid type, CoercionContext context, int location)
{
	if (type == kRecord)
	{
		Expr *record =
			row->kind == ExprKind::Row ? copy(*row) : make(ExprKind::Relabel, kRecord, location);

		record->row = row_shape(*row);
		record->type = kRecord;
		if (row->kind != ExprKind::Row)
			record->args = {row};
		return record;
	}

	const RowShape shape = RowTypeShape(type);
	const RowShape *given = row_shape(*row);

	if (given == nullptr)
		not_supported("a record of unknown columns as type " + FormatType(type), location);

	const auto refuse = [&](const std::string &why, int where)
	{
		Raise(Report(ERROR, ERRCODE_CANNOT_COERCE)
				  .msg("cannot cast type %s to %s", FormatType(row->type).c_str(),
					   FormatType(type).c_str())
				  .detail("%s", why.c_str())
				  .at(at(where)));
	};
	Expr *result = make(ExprKind::Row, type, row->location);

	for (size_t i = 0; i < shape.size(); i++)
	{
		if (i >= given->size())
			refuse("Input has too few columns.", location);
		Expr *part = field(row, *given, i, location);
		const Oid part_type = part->type;
		Expr *converted = try_coerce(part, shape[i].type, shape[i].typmod, context, location);

		if (converted == nullptr)
			refuse("Cannot cast type " + FormatType(part_type) + " to " +
					   FormatType(shape[i].type) + " in column " + std::to_string(i + 1) + ".",
				   part->location);
		result->args.push_back(converted);
	}
	if (given->size() > shape.size())
		refuse("Input has too many columns.", location);
	return result;
}

/* A call with its arguments in order; the result's type and columns follow from them. */
Expr *
Analyzer::call_node(const FunctionDef &function, std::vector<Expr *> args, bool variadic,
					int location)
{
	Expr *expr = make(ExprKind::Function, 0, location);

	expr->function = &function;
	expr->variadic = variadic;
	expr->type = polymorphic_result(function, args);
	std::vector<Oid> declared(function.args().begin(), function.args().end());

	while (declared.size() < args.size() && !declared.empty())
		declared.push_back(declared.back());
	convert_arguments(declared, args);
	expr->args = std::move(args);
	if (!function.stored || expr->type != kRecord)
		return expr;

	std::vector<Oid> actual;
	const ProcPtr proc = FindProc(function.oid);

	for (const Expr *arg : expr->args)
		actual.push_back(arg->type);
	if (RowShape shape = ResultShape(*proc, actual); !shape.empty())
		expr->row = keep(std::move(shape));
	return expr;
}

} /* namespace pg::parser */
