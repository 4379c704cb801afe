/*
 * commands/object_names.cpp
 *		Names that the server chooses.
 *
 * Backends and workers inside a transaction; reads only.
 */
#include "commands/object_names.h"

#include "catalog/catalog_names.h"
#include "catalog/write.h"

namespace pg::commands
{
namespace
{

constexpr size_t kMaxLength = NAMEDATALEN - 1;

/* Cuts at a character boundary. */
void
clip(std::string *text, size_t length)
{
	if (text->size() <= length)
		return;
	while (length > 0 && (static_cast<unsigned char>((*text)[length]) & 0xC0) == 0x80)
		length--;
	text->resize(length);
}

Home
home_of_schema(Oid schema)
{
	return schema == kTempSchemaOid ? Home::Temporary : Home::Main;
}

bool
row_exists(Oid schema, const char *catalog, const char *name_column, const char *schema_column,
		   const std::string &name)
{
	const Value parameters[] = {Value::Text(name), Value::Int(schema)};

	return QueryEngineNumber("SELECT 1 FROM " + CatalogTable(home_of_schema(schema), catalog) +
								 " WHERE " + name_column + " = ?1 AND " + schema_column + " = ?2",
							 parameters) == 1;
}

} /* namespace */

std::string
MakeObjectName(std::string name1, std::string name2, const std::string &label)
{
	const size_t fixed = (name2.empty() ? 0 : 1) + (label.empty() ? 0 : 1 + label.size());
	const size_t room = kMaxLength - std::min(kMaxLength, fixed);
	size_t length1 = name1.size(), length2 = name2.size();

	while (length1 + length2 > room)
		(length1 > length2 ? length1 : length2)--;
	clip(&name1, length1);
	clip(&name2, length2);
	if (!name2.empty())
		name1 += "_" + name2;
	return label.empty() ? name1 : name1 + "_" + label;
}

bool
NamesInUse::relation_taken(const std::string &name) const
{
	return relations_.contains(name) ||
		   row_exists(schema_, "pg_class", "relname", "relnamespace", name);
}

bool
NamesInUse::constraint_taken(const std::string &name) const
{
	return constraints_.contains(name) ||
		   row_exists(schema_, "pg_constraint", "conname", "connamespace", name);
}

std::string
NamesInUse::choose_relation(const std::string &name1, const std::string &name2,
							const std::string &label, bool is_constraint)
{
	for (int pass = 0;; pass++)
	{
		std::string name =
			MakeObjectName(name1, name2, pass == 0 ? label : label + std::to_string(pass));

		if (!relation_taken(name) && !(is_constraint && constraint_taken(name)))
			return name;
	}
}

std::string
NamesInUse::choose_constraint(const std::string &name1, const std::string &name2,
							  const std::string &label)
{
	for (int pass = 0;; pass++)
	{
		std::string name =
			MakeObjectName(name1, name2, pass == 0 ? label : label + std::to_string(pass));

		if (!constraint_taken(name))
			return name;
	}
}

std::string
JoinColumnNames(const std::vector<std::string> &columns)
{
	std::string text;

	for (const std::string &column : columns)
	{
		text += (text.empty() ? "" : "_") + column;
		if (text.size() >= NAMEDATALEN)
			break;
	}
	clip(&text, kMaxLength);
	return text;
}

std::string
ExpressionColumnName(const Node *expression)
{
	switch (expression->node_case)
	{
		case PG_QUERY__NODE__NODE_FUNC_CALL:
		{
			const PgQuery__FuncCall &call = *expression->func_call;

			return std::string(StringOf(call.funcname[call.n_funcname - 1]));
		}
		case PG_QUERY__NODE__NODE_COLUMN_REF:
		{
			const PgQuery__ColumnRef &ref = *expression->column_ref;

			return std::string(StringOf(ref.fields[ref.n_fields - 1]));
		}
		case PG_QUERY__NODE__NODE_TYPE_CAST:
		{
			std::string inner = ExpressionColumnName(expression->type_cast->arg);
			const PgQuery__TypeName &type = *expression->type_cast->type_name;

			return inner != "expr" ? inner : std::string(StringOf(type.names[type.n_names - 1]));
		}
		case PG_QUERY__NODE__NODE_COALESCE_EXPR: return "coalesce";
		case PG_QUERY__NODE__NODE_CASE_EXPR: return "case";
		case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
			return expression->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest"
																					 : "least";
		default: return "expr";
	}
}

} /* namespace pg::commands */
