/*
 * lower_expr.cpp
 *		Expressions as engine SQL.
 *
 * Backends and workers.  Leaves nothing to the engine's implicit conversions.
 */
#include "catalog/pg_type_d.h"
#include "parser/lowering.h"

#include <charconv>
#include <cmath>
#include <cstring>

#include "utils/adt/datum.h"

namespace pg::parser
{

namespace
{

bool
is_text_form(Oid type)
{
	switch (type)
	{
		case kText:
		case kVarchar:
		case kName:
		case kUnknown:
		case kCstring: return true;
		default: return false;
	}
}

bool
is_integer_form(Oid type)
{
	return type == kInt4 || type == kInt8 || type == kInt2 || type == kOid;
}

const char *
type_collation(Oid type)
{
	const TypeDef *def = FindType(type);

	return def != nullptr ? def->collation : nullptr;
}

/* A template that is not one operand by itself: has a blank outside parentheses and quotes. */
bool
needs_parentheses(const char *lowering)
{
	int depth = 0;
	bool quoted = false;

	for (const char *c = lowering; *c != 0; c++)
	{
		if (*c == '\'')
			quoted = !quoted;
		else if (!quoted && *c == '(')
			depth++;
		else if (!quoted && *c == ')')
			depth--;
		else if (!quoted && depth == 0 && *c == ' ')
			return true;
	}
	return false;
}

/* At most one row, whatever the data. */
bool
yields_one_row(const Query &query)
{
	if (query.kind == QueryKind::Values)
		return query.rows.size() == 1;
	if (query.kind != QueryKind::Select)
		return false;
	if (query.limit != nullptr && query.limit->kind == ExprKind::Const &&
		query.limit->value().kind == Value::Kind::Int && query.limit->value().integer <= 1)
		return true;
	return query.from.empty() || (query.has_aggregates && !query.has_group);
}

} /* namespace */

void
Lowering::collate(Oid type)
{
	if (const char *collation = type_collation(type))
	{
		out_ += " COLLATE ";
		out_ += collation;
	}
}

void
Lowering::constant(const Value &value)
{
	char digits[40];

	switch (value.kind)
	{
		case Value::Kind::Null: out_ += "NULL"; return;
		case Value::Kind::Int:
		{
			const auto end = std::to_chars(digits, digits + sizeof digits, value.integer).ptr;

			if (value.integer < 0)
				out_ += '(';
			out_.append(digits, end);
			if (value.integer < 0)
				out_ += ')';
			return;
		}
		case Value::Kind::Real:
		{
			if (std::isinf(value.real))
			{
				out_ += value.real > 0 ? "9e999" : "(-9e999)";
				return;
			}
			const auto end = std::to_chars(digits, digits + sizeof digits, value.real,
										   std::chars_format::scientific)
								 .ptr;

			out_ += '(';
			out_.append(digits, end);
			out_ += ')';
			return;
		}
		case Value::Kind::Text:
			out_ += '\'';
			for (char c : value.bytes)
			{
				if (c == '\'')
					out_ += '\'';
				out_ += c;
			}
			out_ += '\'';
			return;
		case Value::Kind::Blob:
			out_ += "x'";
			for (char c : value.bytes)
			{
				constexpr char kHex[] = "0123456789abcdef";

				out_ += kHex[static_cast<unsigned char>(c) >> 4];
				out_ += kHex[static_cast<unsigned char>(c) & 15];
			}
			out_ += '\'';
			return;
	}
}

void
Lowering::column(const Expr &expr)
{
	/* Lists of rights name roles by OID in the catalogs. */
	const bool acl = expr.type == kAclItemArray && expr.rte->relation != nullptr;

	if (acl)
		out_ += "pg_acl_names(";
	plain_column(expr);
	if (acl)
		out_ += ')';
}

void
Lowering::plain_column(const Expr &expr)
{
	const Rte &rte = *expr.rte;
	const size_t index = static_cast<size_t>(expr.column);

	if (!rte.redirected.empty())
	{
		out_ += rte.redirected[index];
		return;
	}
	if (&rte != bare_)
	{
		out_ += rte.engine_alias;
		out_ += '.';
	}
	out_ += rte.columns[index].engine;
}

void
Lowering::joined(const std::vector<Expr *> &exprs, const char *separator)
{
	for (size_t i = 0; i < exprs.size(); i++)
	{
		if (i > 0)
			out_ += separator;
		expr(*exprs[i]);
	}
}

void
Lowering::expand(const char *lowering, const std::vector<Expr *> &args, const Expr *whole)
{
	const bool parenthesised = needs_parentheses(lowering);

	if (parenthesised)
		out_ += '(';
	for (const char *c = lowering; *c != 0; c++)
	{
		if (*c == '$' && c[1] >= '1' && c[1] <= '9' &&
			static_cast<size_t>(c[1] - '1') < args.size())
			expr(*args[static_cast<size_t>(*++c - '1')]);
		else if (*c == '@' && c[1] >= '1' && c[1] <= '9' &&
				 static_cast<size_t>(c[1] - '1') < args.size())
			out_ += std::to_string(args[static_cast<size_t>(*++c - '1')]->type);
		else if (*c == '~' && c[1] >= '1' && c[1] <= '9' &&
				 static_cast<size_t>(c[1] - '1') < args.size())
		{
			const Expr &arg = *args[static_cast<size_t>(*++c - '1')];
			/* ~1~2: argument 2 says whether it is pretty. */
			const bool pretty = c[1] == '~' && c[2] == '2';

			as_json(arg, pretty ? args[1] : nullptr);
			c += pretty ? 2 : 0;
		}
		else if (*c == '@' && c[1] == '0' && whole != nullptr)
		{
			c++;
			signature(*whole);
		}
		else if (*c == '#' && c[1] >= '1' && c[1] <= '9' &&
				 static_cast<size_t>(c[1] - '1') < args.size())
			collate(args[static_cast<size_t>(*++c - '1')]->type);
		else
			out_ += *c;
	}
	if (parenthesised)
		out_ += ')';
}

void
Lowering::call(const Expr &expr)
{
	const FunctionDef &function = *expr.function;

	if (function.lowering != nullptr)
	{
		expand(function.lowering, expr.args, &expr);
		return;
	}
	if (function.stored && function.body == nullptr)
	{
		stored_call(expr);
		return;
	}
	if (function.body == nullptr && function.engine_name == nullptr)
		analyzer_.not_supported(std::string("function ") + function.name, expr.location);
	out_ += function.engine_name != nullptr ? function.engine_name : function.name;
	out_ += '(';
	for (size_t i = 0; i < expr.args.size(); i++)
	{
		if (i > 0)
			out_ += ", ";
		if (function.variadic_any && i + 1 >= static_cast<size_t>(function.arg_count))
			as_variadic(function, *expr.args[i]);
		else
			this->expr(*expr.args[i]);
	}
	out_ += ')';
}

/* A value as JSON. Of a record the place alone knows the columns. */
void
Lowering::as_json(const Expr &arg, const Expr *pretty)
{
	const RowShape *const shape =
		arg.type == kRecord || IsRowType(arg.type) ? analyzer_.row_shape(arg) : nullptr;

	if (shape == nullptr)
	{
		out_ += "pg_to_json(" + std::to_string(arg.type) + ", ";
		expr(arg);
		out_ += ')';
		return;
	}

	CallSignature signature;

	signature.result = {arg.type, *shape};
	out_ += "pg_row_to_json(";
	constant(Value::Text(FormatSignature(signature)));
	out_ += ", ";
	expr(arg);
	out_ += ", ";
	if (pretty != nullptr)
		expr(*pretty);
	else
		out_ += '0';
	out_ += ')';
}

/* Values of other types have no form that a module knows. */
void
Lowering::check_c_forms(const Expr &expr)
{
	const FunctionDef &function = *expr.function;

	for (const Expr *arg : expr.args)
		if (!HasCForm(arg->type))
			analyzer_.not_supported(
				"an argument of type " + FormatType(arg->type) + " of a C function", expr.location);
	/* A trigger function that is called as no trigger says so itself. */
	if (!HasCForm(expr.type) && expr.type != TRIGGEROID)
		analyzer_.not_supported("the result type " + FormatType(expr.type) + " of a C function",
								expr.location);
	if (function.kind == FunctionKind::TableSource &&
		expr.args.size() >= static_cast<size_t>(kCallRowsArguments))
		analyzer_.not_supported("a set-returning C function of so many arguments", expr.location);
}

/* What the function is to know of the place that calls it. */
void
Lowering::signature(const Expr &expr)
{
	CallSignature signature{expr.function->oid, expr.variadic, {expr.type, {}}, {}};
	const auto shape_of = [&](const Expr &value)
	{
		const RowShape *shape = value.type == kRecord ? analyzer_.row_shape(value) : nullptr;

		return shape != nullptr ? *shape : RowShape();
	};

	signature.result.shape = shape_of(expr);
	for (const Expr *arg : expr.args)
		signature.arguments.push_back({arg->type, shape_of(*arg)});
	constant(Value::Text(FormatSignature(signature)));
}

/* A row as text. */
void
Lowering::row_value(const Expr &expr)
{
	out_ += "pg_row(";
	for (size_t i = 0; i < expr.args.size(); i++)
	{
		out_ += (i > 0 ? ", " : "") + std::to_string(expr.args[i]->type) + ", ";
		this->expr(*expr.args[i]);
	}
	out_ += ')';
}

/* A function that the database keeps: executor/call_function.cpp. */
void
Lowering::stored_call(const Expr &expr)
{
	const FunctionDef &function = *expr.function;

	check_c_forms(expr);
	out_ += function.volatility == Volatility::Volatile ? "pg_call_volatile(" : "pg_call(";
	signature(expr);
	for (const Expr *arg : expr.args)
	{
		out_ += ", ";
		this->expr(*arg);
	}
	out_ += ')';
}

/* What builds json wants its arguments as json, others as text. */
void
Lowering::as_variadic(const FunctionDef &function, const Expr &arg)
{
	if (function.result != JSONOID && function.result != JSONBOID)
		return as_text(arg);
	as_json(arg);
}

/* The value as text, as the type's output function prints it. */
void
Lowering::as_text(const Expr &arg)
{
	if (is_text_form(arg.type) || arg.type == kBpchar)
		expr(arg);
	else if (is_integer_form(arg.type))
	{
		out_ += "CAST(";
		expr(arg);
		out_ += " AS TEXT)";
	}
	else
	{
		out_ += "pg_out(" + std::to_string(arg.type) + ", ";
		expr(arg);
		out_ += ')';
	}
}

void
Lowering::via_text(const Expr &node)
{
	const bool read = !(node.type == kText || node.type == kVarchar || node.type == kBpchar ||
						node.type == kCstring || node.type == kUnknown);

	if (!read)
	{
		as_text(*node.args[0]);
		return;
	}
	out_ += "pg_in(" + std::to_string(node.type) + ", ";
	as_text(*node.args[0]);
	out_ += ", " + std::to_string(node.typmod) + ")";
}

/* GREATEST and LEAST pass over nulls; the engine's max(a, b) does not. */
void
Lowering::extreme(const Expr &node)
{
	const char *collation = type_collation(node.type);

	out_ += node.kind == ExprKind::Greatest ? "pg_greatest(" : "pg_least(";
	if (collation != nullptr)
		out_ += std::string("'") + collation + "', ";
	else
		out_ += "NULL, ";
	joined(node.args, ", ");
	out_ += ')';
}

void
Lowering::null_if(const Expr &node)
{
	out_ += "CASE WHEN ";
	expr(*node.args[1]);
	out_ += " THEN NULL ELSE ";
	expr(*node.args[0]);
	out_ += " END";
}

void
Lowering::case_when(const Expr &node)
{
	out_ += "CASE";
	for (size_t i = 0; i + 1 < node.args.size(); i += 2)
	{
		out_ += " WHEN ";
		expr(*node.args[i]);
		out_ += " THEN ";
		expr(*node.args[i + 1]);
	}
	out_ += " ELSE ";
	expr(*node.args.back());
	out_ += " END";
}

void
Lowering::in_list(const Expr &node)
{
	out_ += '(';
	expr(*node.args[0]);
	collate(node.args[0]->type);
	out_ += node.negated ? " NOT IN (" : " IN (";
	for (size_t i = 1; i < node.args.size(); i++)
	{
		if (i > 1)
			out_ += ", ";
		expr(*node.args[i]);
	}
	out_ += "))";
}

/* Aggregates that keep every row: which rows they get, and when, shows. */
static bool
is_collecting(const FunctionDef &function)
{
	const std::string_view name = function.name;

	return name == "array_agg" || name == "string_agg" || name.ends_with("_agg");
}

/* An argument as the aggregate takes it: elements of arrays are texts. */
void
Lowering::aggregated(const FunctionDef &function, const Expr &arg)
{
	if (function.result == ANYARRAYOID && function.args()[0] != ANYARRAYOID)
		as_text(arg);
	else
		expr(arg);
}

void
Lowering::aggregate(const Expr &node)
{
	const FunctionDef &function = *node.function;

	if (!node.order.empty() ||
		(node.distinct && function.aggregate != nullptr && is_collecting(function)))
	{
		sorted_aggregate(node);
		return;
	}
	if (function.lowering != nullptr)
	{
		if (node.distinct || node.filter != nullptr)
			analyzer_.not_supported(std::string("DISTINCT or FILTER in ") + function.name,
									node.location);
		expand(function.lowering, node.args);
		return;
	}
	out_ += function.engine_name != nullptr ? function.engine_name : function.name;
	out_ += '(';
	if (node.distinct)
		out_ += "DISTINCT ";
	if (node.args.empty())
		out_ += '*';
	for (size_t i = 0; i < node.args.size(); i++)
	{
		if (i > 0)
			out_ += ", ";
		aggregated(function, *node.args[i]);
		collate(node.args[i]->type);
	}
	out_ += ')';
	filter_clause(node);
}

void
Lowering::filter_clause(const Expr &node)
{
	if (node.filter == nullptr)
		return;
	out_ += " FILTER (WHERE ";
	expr(*node.filter);
	out_ += ')';
}

/* The rows of a group go through pg_sorted to the aggregate. */
void
Lowering::sorted_aggregate(const Expr &node)
{
	const FunctionDef &function = *node.function;
	std::vector<SortKey> keys = node.order;
	std::string text = node.distinct ? "u" : "";

	if (function.lowering != nullptr || function.aggregate == nullptr)
		analyzer_.not_supported(std::string("ORDER BY in ") + function.name, node.location);
	/* Equal rows stand together when they are sorted by all arguments. */
	for (size_t i = 0; node.distinct && i < node.args.size(); i++)
		keys.push_back({node.args[i]});
	for (const SortKey &key : keys)
	{
		const char *collation = type_collation(key.expr->type);

		text += key.descending ? 'd' : 'a';
		text += key.nulls_first ? 'f' : 'l';
		text += collation != nullptr ? collation : "";
		text += ';';
	}
	out_ += "pg_sorted(";
	constant(Value::Text(function.engine_name != nullptr ? function.engine_name : function.name));
	out_ += ", ";
	constant(Value::Text(text));
	out_ += ", " + std::to_string(node.args.size());
	for (const Expr *arg : node.args)
	{
		out_ += ", ";
		aggregated(function, *arg);
	}
	for (const SortKey &key : keys)
	{
		out_ += ", ";
		expr(*key.expr);
	}
	out_ += ')';
	filter_clause(node);
}

void
Lowering::window(const Expr &node)
{
	/* Aggregates of ours cannot take rows back as a frame moves. */
	if (node.function->aggregate != nullptr || node.function->lowering != nullptr)
		analyzer_.not_supported(std::string("window function ") + node.function->name,
								node.location);
	aggregate(node);
	out_ += " OVER (";
	const WindowSpec &spec = *node.window;

	for (size_t i = 0; i < spec.partition.size(); i++)
	{
		out_ += i > 0 ? ", " : "PARTITION BY ";
		expr(*spec.partition[i]);
		collate(spec.partition[i]->type);
	}
	sort_clause(spec.order);
	out_ += spec.frame;
	out_ += ')';
}

void
Lowering::scalar_query(const Query &sub, int column)
{
	out_ += '(';
	if (sub.outputs.size() > 1)
	{
		out_ += "SELECT pg_single(c" + std::to_string(column + 1) + ") FROM (";
		query(sub, {.named = true, .collated = false});
		out_ += ')';
	}
	else if (yields_one_row(sub))
		query(sub, {});
	else
		single_select(sub);
	out_ += ')';
}

/* x op ANY or ALL (query), and comparison of a row with the one row of a query. */
void
Lowering::quantified(const Expr &node)
{
	out_ += "(SELECT ";
	if (node.kind == ExprKind::CompareQuery)
		out_ += "pg_single(v)";
	else if (node.kind == ExprKind::AnyQuery)
		out_ += "CASE WHEN max(v) = 1 THEN 1 WHEN count(*) > count(v) THEN NULL ELSE 0 END";
	else
		out_ += "CASE WHEN min(v) = 0 THEN 0 WHEN count(*) > count(v) THEN NULL ELSE 1 END";
	out_ += " FROM (SELECT ";
	expr(*node.args[0]);
	out_ += " AS v FROM (";
	query(*node.query, {.named = true, .collated = false});
	out_ += ") AS " + node.rte->engine_alias + "))";
}

void
Lowering::expr(const Expr &node)
{
	const auto test = [&](const char *suffix)
	{
		out_ += '(';
		expr(*node.args[0]);
		out_ += suffix;
		out_ += ')';
	};

	switch (node.kind)
	{
		case ExprKind::Const:
			if (const int number = analyzer_.literal_parameter(node))
				out_ += '?' + std::to_string(number);
			else
				constant(node.constant);
			return;
		case ExprKind::Param: out_ += '?' + std::to_string(node.number); return;
		case ExprKind::Column: column(node); return;
		case ExprKind::Function:
		case ExprKind::Operator: call(node); return;
		case ExprKind::Aggregate: aggregate(node); return;
		case ExprKind::Window: window(node); return;
		case ExprKind::And:
		case ExprKind::Or:
			out_ += '(';
			joined(node.args, node.kind == ExprKind::And ? " AND " : " OR ");
			out_ += ')';
			return;
		case ExprKind::Not:
			out_ += "(NOT ";
			expr(*node.args[0]);
			out_ += ')';
			return;
		case ExprKind::Relabel: expr(*node.args[0]); return;
		case ExprKind::ViaText: via_text(node); return;
		case ExprKind::Typmod:
			out_ += "pg_typmod(" + std::to_string(node.type) + ", ";
			expr(*node.args[0]);
			out_ += ", " + std::to_string(node.typmod) + (node.explicit_cast ? ", 1)" : ", 0)");
			return;
		case ExprKind::Case: case_when(node); return;
		case ExprKind::Coalesce:
			if (node.args.size() == 1)
			{
				expr(*node.args[0]);
				return;
			}
			out_ += "coalesce(";
			joined(node.args, ", ");
			out_ += ')';
			return;
		case ExprKind::NullIf: null_if(node); return;
		case ExprKind::Greatest:
		case ExprKind::Least: extreme(node); return;
		case ExprKind::IsNull: test(" IS NULL"); return;
		case ExprKind::IsNotNull: test(" IS NOT NULL"); return;
		case ExprKind::IsTrue: test(" IS TRUE"); return;
		case ExprKind::IsNotTrue: test(" IS NOT TRUE"); return;
		case ExprKind::IsFalse: test(" IS FALSE"); return;
		case ExprKind::IsNotFalse: test(" IS NOT FALSE"); return;
		case ExprKind::IsDistinct:
		case ExprKind::IsNotDistinct:
			out_ += '(';
			expr(*node.args[0]);
			out_ += node.kind == ExprKind::IsDistinct ? " IS NOT " : " IS ";
			/* "IS NULL" and "IS TRUE" would be other tests. */
			out_ += "(";
			expr(*node.args[1]);
			out_ += ")";
			collate(node.args[1]->type);
			out_ += ')';
			return;
		case ExprKind::InList: in_list(node); return;
		case ExprKind::Exists:
			out_ += "EXISTS (";
			query(*node.query, {});
			out_ += ')';
			return;
		case ExprKind::ScalarQuery: scalar_query(*node.query, node.number); return;
		case ExprKind::InQuery:
			out_ += '(';
			expr(*node.args[0]);
			collate(node.args[0]->type);
			out_ += node.negated ? " NOT IN (" : " IN (";
			query(*node.query, {});
			out_ += "))";
			return;
		case ExprKind::AnyQuery:
		case ExprKind::AllQuery:
		case ExprKind::CompareQuery: quantified(node); return;
		case ExprKind::ArrayQuery:
			out_ += "(SELECT pg_array_of_rows(";
			expr(*node.args[0]);
			out_ += ") FROM (";
			query(*node.query, {.named = true, .collated = false});
			out_ += ") AS " + node.rte->engine_alias + ")";
			return;
		case ExprKind::Array:
			out_ += "pg_array_of(";
			for (size_t i = 0; i < node.args.size(); i++)
			{
				if (i > 0)
					out_ += ", ";
				as_text(*node.args[i]);
			}
			out_ += ')';
			return;
		case ExprKind::EngineCall:
			out_ += node.engine_name;
			out_ += '(';
			joined(node.args, ", ");
			out_ += ')';
			return;
		case ExprKind::ArrayHas:
			out_ += node.negated ? "(NOT pg_array_has(" : "pg_array_has(";
			joined(node.args, ", ");
			out_ += node.negated ? "))" : ")";
			return;
		case ExprKind::Row: row_value(node); return;
		case ExprKind::Field:
			out_ += "pg_field(";
			expr(*node.args[0]);
			out_ += ", " + std::to_string(node.number) + ')';
			return;
		case ExprKind::Default: analyzer_.not_supported("DEFAULT here", node.location);
	}
}

} /* namespace pg::parser */
