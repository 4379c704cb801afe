/*
 * utils/adt/regtypes.cpp
 *		regclass, regtype, regnamespace, regrole, regproc, regprocedure: names of catalog objects as types.
 *
 * Processes with a database, inside a transaction.  Values are OIDs; 0 is printed as "-".
 */
#include "utils/adt/regtypes.h"
#include "utils/adt/row_type.h"

#include <algorithm>
#include <charconv>

#include "catalog/functions.h"
#include "catalog/objects.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/text_bodies.h"
#include "utils/adt/type_io.h"

namespace pg
{

/* ---- Names ---- */

[[noreturn]] static void
raise_bad_name()
{
	Raise(Report(ERROR, ERRCODE_INVALID_NAME).msg("invalid name syntax"));
}

/* One part from the front of *text. */
static std::string
take_part(std::string_view *text)
{
	std::string part;

	if (text->starts_with('"'))
	{
		size_t i = 1;

		for (;; i++)
		{
			if (i >= text->size())
				raise_bad_name();
			if ((*text)[i] != '"')
				part.push_back((*text)[i]);
			else if (text->substr(i + 1).starts_with('"'))
				part.push_back((*text)[i++]);
			else
				break;
		}
		text->remove_prefix(i + 1);
	}
	else
	{
		const size_t end = std::min(text->find_first_of(". \t\n"), text->size());

		for (char c : text->substr(0, end))
			part.push_back(LowerAscii(c));
		text->remove_prefix(end);
	}
	if (part.empty())
		raise_bad_name();
	return part;
}

std::vector<std::string>
SplitQualifiedName(std::string_view text)
{
	std::vector<std::string> parts;
	std::string_view rest = TrimSpace(text);

	for (;;)
	{
		parts.push_back(take_part(&rest));
		rest = TrimSpace(rest);
		if (rest.empty())
			return parts;
		if (!rest.starts_with('.'))
			raise_bad_name();
		rest = TrimSpace(rest.substr(1));
	}
}

/* An OID in digits, or "-" for none. */
static bool
parse_number(std::string_view text, Oid *oid)
{
	if (text == "-")
	{
		*oid = InvalidOid;
		return true;
	}
	const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *oid);

	return error == std::errc() && end == text.data() + text.size() && IsDigit(text[0]);
}

/* ---- Finding ---- */

std::optional<Oid>
FindRegclass(std::string_view text)
{
	Oid oid;

	if (parse_number(text, &oid))
		return oid;
	const auto parts = SplitQualifiedName(text);

	if (parts.size() > 2)
		RaiseNotSupported("a relation name with a database");
	const RelationInfoPtr relation =
		parts.size() == 2 ? FindRelation(parts[0], parts[1]) : FindRelation("", parts[0]);

	return relation != nullptr ? std::optional(relation->oid) : std::nullopt;
}

Oid
RegclassOid(std::string_view text)
{
	if (const auto oid = FindRegclass(text))
		return *oid;

	const auto parts = SplitQualifiedName(text);

	if (parts.size() == 2 && !FindSchema(parts[0]))
		Raise(Report(ERROR, ERRCODE_UNDEFINED_SCHEMA)
				  .msg("schema \"%s\" does not exist", parts[0].c_str()));
	Raise(Report(ERROR, ERRCODE_UNDEFINED_TABLE)
			  .msg("relation \"%.*s\" does not exist", static_cast<int>(text.size()), text.data()));
}

/* "integer", "pg_catalog.int4", "varchar(10)", "text[]" */
std::optional<Oid>
FindRegtype(std::string_view text)
{
	Oid oid;
	std::string name;

	if (parse_number(text, &oid))
		return oid;
	std::string_view rest = TrimSpace(text);
	const bool array = rest.ends_with("[]");

	if (array)
		rest = TrimSpace(rest.substr(0, rest.size() - 2));
	if (const size_t open = rest.find('('); open != std::string_view::npos)
	{
		/* A modifier may stand in the middle: "timestamp(3) with time zone". */
		const size_t close = rest.find(')', open);

		name = TrimSpace(rest.substr(0, open));
		if (close != std::string_view::npos)
			name.append(rest.substr(close + 1));
	}
	else
		name = rest;

	const TypeDef *type = nullptr;

	/* Built-in names of several words; a quoted name may have blanks, too. */
	if (name.find(' ') != std::string::npos && name.find('"') == std::string::npos)
	{
		std::ranges::transform(name, name.begin(), LowerAscii);
		type = FindTypeByName(name);
	}
	else
	{
		const auto parts = SplitQualifiedName(name);

		if (parts.size() == 1 || (parts.size() == 2 && parts[0] == "pg_catalog"))
			type = FindTypeByName(name == "\"char\""	   ? "char"
								  : parts.back() == "char" ? "bpchar"
														   : parts.back());
		if (type == nullptr && (parts.size() == 1 || parts.size() == 2))
			type = FindDatabaseType(parts.size() == 2 ? parts[0] : std::string(), parts.back());
	}
	if (type != nullptr && array)
		type = FindType(type->array_oid);
	return type != nullptr ? std::optional(type->oid) : std::nullopt;
}

static std::string
single_name(std::string_view text)
{
	auto parts = SplitQualifiedName(text);

	if (parts.size() != 1)
		raise_bad_name();
	return std::move(parts[0]);
}

std::optional<Oid>
FindRegnamespace(std::string_view text)
{
	Oid oid;

	return parse_number(text, &oid) ? oid : FindSchema(single_name(text));
}

std::optional<Oid>
FindRegrole(std::string_view text)
{
	Oid oid;

	if (parse_number(text, &oid))
		return oid;
	const auto role = FindRole(single_name(text));

	return role ? std::optional(role->oid) : std::nullopt;
}

static std::vector<NamedFunction>
named_functions(std::string_view text)
{
	const auto parts = SplitQualifiedName(text);

	return FunctionsNamed(parts.size() > 1 ? std::string_view(parts[0]) : std::string_view(),
						  parts.back());
}

std::optional<Oid>
FindRegproc(std::string_view text, size_t *count)
{
	Oid oid;

	*count = 1;
	if (parse_number(text, &oid))
		return oid;
	const auto functions = named_functions(text);

	*count = functions.size();
	return functions.size() == 1 ? std::optional(functions[0].function->oid) : std::nullopt;
}

/* The types between the parentheses. */
static std::vector<Oid>
argument_types(std::string_view list)
{
	std::vector<Oid> types;

	while (!TrimSpace(list).empty())
	{
		const size_t comma = std::min(list.find(','), list.size());
		const auto type = FindRegtype(TrimSpace(list.substr(0, comma)));

		types.push_back(type.value_or(InvalidOid));
		list.remove_prefix(std::min(comma + 1, list.size()));
	}
	return types;
}

std::optional<Oid>
FindRegprocedure(std::string_view text)
{
	Oid oid;

	if (parse_number(text, &oid))
		return oid;
	const size_t open = text.find('(');
	const size_t close = text.rfind(')');

	if (open == std::string_view::npos || close == std::string_view::npos || close < open)
		Raise(Report(ERROR, ERRCODE_INVALID_TEXT_REPRESENTATION)
				  .msg(open == std::string_view::npos ? "expected a left parenthesis"
													  : "expected a right parenthesis"));
	const auto types = argument_types(text.substr(open + 1, close - open - 1));

	for (const NamedFunction &named : named_functions(text.substr(0, open)))
		if (std::ranges::equal(types, named.function->args()))
			return named.function->oid;
	return std::nullopt;
}

bool
RelationIsVisible(Oid oid)
{
	const RelationInfoPtr relation = FindRelation(oid);

	if (relation == nullptr)
		return false;
	const RelationInfoPtr found = FindRelation("", relation->name);

	return found != nullptr && found->oid == oid;
}

/* ---- Input ---- */

static Value
found_or_raise(const std::optional<Oid> &oid, int sqlstate, const char *format_kind,
			   std::string_view text)
{
	if (!oid)
		Raise(Report(ERROR, sqlstate)
				  .msg("%s \"%.*s\" does not exist", format_kind, static_cast<int>(text.size()),
					   text.data()));
	return Value::Int(*oid);
}

Value
RegclassIn(std::string_view text, int32, std::string *)
{
	return Value::Int(RegclassOid(text));
}

Value
RegtypeIn(std::string_view text, int32, std::string *)
{
	return found_or_raise(FindRegtype(text), ERRCODE_UNDEFINED_OBJECT, "type", text);
}

Value
RegnamespaceIn(std::string_view text, int32, std::string *)
{
	return found_or_raise(FindRegnamespace(text), ERRCODE_UNDEFINED_SCHEMA, "schema", text);
}

Value
RegroleIn(std::string_view text, int32, std::string *)
{
	return found_or_raise(FindRegrole(text), ERRCODE_UNDEFINED_OBJECT, "role", text);
}

Value
RegprocIn(std::string_view text, int32, std::string *)
{
	size_t count;
	const auto oid = FindRegproc(text, &count);

	if (count > 1)
		Raise(Report(ERROR, ERRCODE_AMBIGUOUS_FUNCTION)
				  .msg("more than one function named \"%.*s\"", static_cast<int>(text.size()),
					   text.data()));
	return found_or_raise(oid, ERRCODE_UNDEFINED_FUNCTION, "function", text);
}

Value
RegprocedureIn(std::string_view text, int32, std::string *)
{
	return found_or_raise(FindRegprocedure(text), ERRCODE_UNDEFINED_FUNCTION, "function", text);
}

/* ---- Output: the name, or the number of what is not there ---- */

static bool
append_none(const Value &value, std::string *out)
{
	if (value.integer == 0)
		out->push_back('-');
	return value.integer == 0;
}

void
RegclassOut(const Value &value, std::string *out)
{
	const Oid oid = static_cast<Oid>(value.integer);

	if (append_none(value, out))
		return;
	const RelationInfoPtr relation = FindRelation(oid);

	if (relation == nullptr)
		return OidOut(value, out);
	if (!RelationIsVisible(oid))
		out->append(IdentifierText(relation->schema_name)).append(".");
	out->append(IdentifierText(relation->name));
}

void
RegtypeOut(const Value &value, std::string *out)
{
	if (append_none(value, out))
		return;
	if (FindType(static_cast<Oid>(value.integer)) == nullptr)
		return OidOut(value, out);
	out->append(FormatType(static_cast<Oid>(value.integer)));
}

void
RegnamespaceOut(const Value &value, std::string *out)
{
	if (append_none(value, out))
		return;
	const auto name = SchemaName(static_cast<Oid>(value.integer));

	name ? void(out->append(IdentifierText(*name))) : OidOut(value, out);
}

void
RegroleOut(const Value &value, std::string *out)
{
	if (append_none(value, out))
		return;
	const auto role = FindRole(static_cast<Oid>(value.integer));

	role ? void(out->append(IdentifierText(role->name))) : OidOut(value, out);
}

void
RegprocOut(const Value &value, std::string *out)
{
	if (append_none(value, out))
		return;
	const FunctionPtr function = FindAnyFunction(static_cast<Oid>(value.integer));

	if (function == nullptr)
		return OidOut(value, out);
	const auto named = FunctionsNamed({}, function->name);

	if (named.size() != 1 || named[0].function->oid != function->oid)
		out->append(IdentifierText(SchemaName(function->schema).value_or(""))).append(".");
	out->append(IdentifierText(function->name));
}

void
RegprocedureOut(const Value &value, std::string *out)
{
	if (append_none(value, out))
		return;
	const FunctionPtr function = FindAnyFunction(static_cast<Oid>(value.integer));

	if (function == nullptr)
		return OidOut(value, out);
	out->append(ProcedureName(*function));
}

} /* namespace pg */
