/*
 * names.cpp
 *		Names: of types with their modifiers, of output columns, of catalog objects.
 *
 * Backends and workers.
 */
#include "parser/analyzer.h"

namespace pg
{

TypeRef
ResolveTypeName(const void *pg_query_type_name)
{
	parser::Analyzer analyzer({}, {});

	return analyzer.type_name(*static_cast<const PgQuery__TypeName *>(pg_query_type_name));
}

} /* namespace pg */

namespace pg::parser
{

namespace
{

std::string
type_display(const PgQuery__TypeName &name)
{
	std::string text = QualifiedDisplay(name.names, name.n_names);

	for (size_t i = 0; i < name.n_array_bounds; i++)
		text += "[]";
	return text;
}

[[noreturn]] void
raise_unknown_type(const Analyzer &analyzer, const PgQuery__TypeName &name)
{
	Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
			  .msg("type \"%s\" does not exist", type_display(name).c_str())
			  .at(analyzer.at(name.location)));
}

/* The integer constants of a type modifier list. */
std::vector<int32>
modifier_values(const Analyzer &analyzer, const TypeDef &type, const PgQuery__TypeName &name)
{
	std::vector<int32> values;

	for (size_t i = 0; i < name.n_typmods; i++)
	{
		const PgQuery__Node *node = name.typmods[i];
		const bool integer = node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
							 node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL;

		if (!integer)
			Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					  .msg("invalid type modifier for type \"%s\"", type.sql_name)
					  .at(analyzer.at(name.location)));
		values.push_back(node->a_const->ival->ival);
	}
	return values;
}

const TypeDef *
find_named_type(const Analyzer &analyzer, const PgQuery__TypeName &name)
{
	if (name.n_names > 2)
		raise_unknown_type(analyzer, name);
	const std::string_view last = StringOf(name.names[name.n_names - 1]);

	if (name.n_names == 2 && StringOf(name.names[0]) != "pg_catalog")
	{
		const std::string_view schema = StringOf(name.names[0]);

		if (!FindSchema(schema))
			Raise(Report(ERROR, ERRCODE_UNDEFINED_SCHEMA)
					  .msg("schema \"%s\" does not exist", std::string(schema).c_str())
					  .at(analyzer.at(name.location)));
		return FindDatabaseType(schema, last);
	}
	if (const TypeDef *builtin = FindTypeByName(last))
		return builtin;
	return name.n_names == 1 ? FindDatabaseType({}, last) : nullptr;
}

} /* namespace */

int32
Analyzer::type_modifier(const TypeDef &type, const PgQuery__TypeName &name)
{
	if (name.n_typmods == 0)
		return -1;
	const std::vector<int32> values = modifier_values(*this, type, name);

	try
	{
		return MakeTypmod(type.oid, values);
	}
	catch (PgError &error)
	{
		error.report.at(at(name.location));
		throw;
	}
}

TypeRef
Analyzer::type_name(const PgQuery__TypeName &name)
{
	if (name.setof)
		not_supported("SETOF", name.location);
	if (name.pct_type)
		not_supported("%TYPE", name.location);
	if (name.n_names == 0)
		return {name.type_oid, name.typemod};
	const TypeDef *type = find_named_type(*this, name);

	if (type == nullptr)
		raise_unknown_type(*this, name);
	const int32 typmod = type_modifier(*type, name);

	if (name.n_array_bounds == 0)
		return {type->oid, typmod};
	const TypeDef *array = type->array_oid ? FindType(type->array_oid) : nullptr;

	if (array == nullptr)
		not_supported("type " + std::string(type->sql_name) + "[]", name.location);
	return {array->oid, typmod};
}

std::string_view
StringOf(const PgQuery__Node *node)
{
	return node->node_case == PG_QUERY__NODE__NODE_STRING ? node->string->sval : std::string_view();
}

std::string
QualifiedDisplay(PgQuery__Node *const *parts, size_t count)
{
	std::string text;

	for (size_t i = 0; i < count; i++)
	{
		if (i > 0)
			text += '.';
		text += StringOf(parts[i]);
	}
	return text;
}

std::string_view
CatalogName(const Analyzer &analyzer, PgQuery__Node *const *parts, size_t count, int location,
			const char *what)
{
	if (count == 1)
		return StringOf(parts[0]);
	if (count > 2)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("improper qualified name (too many dotted names): %s",
					   QualifiedDisplay(parts, count).c_str())
				  .at(analyzer.at(location)));
	const std::string schema(StringOf(parts[0]));

	if (schema == "pg_catalog")
		return StringOf(parts[1]);
	if (!FindSchema(schema))
		Raise(Report(ERROR, ERRCODE_UNDEFINED_SCHEMA)
				  .msg("schema \"%s\" does not exist", schema.c_str())
				  .at(analyzer.at(location)));
	/* No schema but pg_catalog holds operators: look up what is nowhere. */
	(void) what;
	return {};
}

CallShape
CalledName(const Analyzer &analyzer, const PgQuery__FuncCall &node)
{
	CallShape shape;

	shape.display = QualifiedDisplay(node.funcname, node.n_funcname);
	shape.star = node.agg_star;
	shape.variadic = node.func_variadic;
	shape.location = node.location;
	shape.name = StringOf(node.funcname[node.n_funcname - 1]);
	if (node.n_funcname > 2)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("improper qualified name (too many dotted names): %s", shape.display.c_str())
				  .at(analyzer.at(node.location)));
	if (node.n_funcname == 1)
		return shape;
	shape.schema = StringOf(node.funcname[0]);
	if (!FindSchema(shape.schema))
		Raise(Report(ERROR, ERRCODE_UNDEFINED_SCHEMA)
				  .msg("schema \"%s\" does not exist", std::string(shape.schema).c_str())
				  .at(analyzer.at(node.location)));
	return shape;
}

std::string
Quoted(std::string_view name)
{
	std::string quoted = "\"";

	for (char c : name)
	{
		if (c == '"')
			quoted += '"';
		quoted += c;
	}
	return quoted + '"';
}

namespace
{

/* How good a column label is: a cast's type name gives way to a name found below it. */
struct Label
{
	std::string_view name;
	int strength = 0;
};

Label figure_label(const PgQuery__Node *node);

std::string_view
value_function_label(PgQuery__SQLValueFunctionOp op)
{
	switch (op)
	{
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE: return "current_date";
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME:
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME_N: return "current_time";
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP:
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N: return "current_timestamp";
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME:
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N: return "localtime";
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP:
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N: return "localtimestamp";
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE: return "current_role";
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER: return "current_user";
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER: return "user";
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER: return "session_user";
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG: return "current_catalog";
		case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA: return "current_schema";
		default: return {};
	}
}

Label
last_string(PgQuery__Node *const *parts, size_t count)
{
	for (size_t i = count; i-- > 0;)
	{
		if (parts[i]->node_case == PG_QUERY__NODE__NODE_STRING)
			return {parts[i]->string->sval, 2};
	}
	return {};
}

Label
sub_link_label(const PgQuery__SubLink &link)
{
	switch (link.sub_link_type)
	{
		case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK: return {"exists", 2};
		case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK: return {"array", 2};
		case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK:
		{
			const PgQuery__SelectStmt *select = link.subselect->select_stmt;

			while (select->larg != nullptr)
				select = select->larg;
			if (select->n_target_list == 0)
				return {};
			const PgQuery__ResTarget &target = *select->target_list[0]->res_target;

			if (target.name[0] != 0)
				return {target.name, 2};
			return figure_label(target.val);
		}
		default: return {};
	}
}

Label
figure_label(const PgQuery__Node *node)
{
	if (node == nullptr)
		return {};
	switch (node->node_case)
	{
		case PG_QUERY__NODE__NODE_COLUMN_REF:
			return last_string(node->column_ref->fields, node->column_ref->n_fields);
		case PG_QUERY__NODE__NODE_A_INDIRECTION:
		{
			const PgQuery__AIndirection &ind = *node->a_indirection;
			const Label label = last_string(ind.indirection, ind.n_indirection);

			return label.strength > 0 ? label : figure_label(ind.arg);
		}
		case PG_QUERY__NODE__NODE_FUNC_CALL:
			return last_string(node->func_call->funcname, node->func_call->n_funcname);
		case PG_QUERY__NODE__NODE_A_EXPR:
			if (node->a_expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF)
				return {"nullif", 2};
			return {};
		case PG_QUERY__NODE__NODE_TYPE_CAST:
		{
			const Label label = figure_label(node->type_cast->arg);
			const PgQuery__TypeName &type = *node->type_cast->type_name;

			if (label.strength > 1 || type.n_names == 0)
				return label;
			return {StringOf(type.names[type.n_names - 1]), 1};
		}
		case PG_QUERY__NODE__NODE_COLLATE_CLAUSE: return figure_label(node->collate_clause->arg);
		case PG_QUERY__NODE__NODE_GROUPING_FUNC: return {"grouping", 2};
		case PG_QUERY__NODE__NODE_SUB_LINK: return sub_link_label(*node->sub_link);
		case PG_QUERY__NODE__NODE_CASE_EXPR:
		{
			const Label label = figure_label(node->case_expr->defresult);

			return label.strength > 1 ? label : Label{"case", 1};
		}
		case PG_QUERY__NODE__NODE_A_ARRAY_EXPR: return {"array", 2};
		case PG_QUERY__NODE__NODE_ROW_EXPR: return {"row", 2};
		case PG_QUERY__NODE__NODE_COALESCE_EXPR: return {"coalesce", 2};
		case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
			return {node->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest"
																				: "least",
					2};
		case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
			return {value_function_label(node->sqlvalue_function->op), 2};
		default: return {};
	}
}

} /* namespace */

std::string_view
ColumnLabel(const PgQuery__Node *node)
{
	const Label label = figure_label(node);

	return label.name.empty() ? std::string_view("?column?") : label.name;
}

} /* namespace pg::parser */
