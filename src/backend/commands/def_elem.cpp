/*
 * commands/def_elem.cpp
 *		The value of a statement's option, for C (commands/defrem.h).
 *
 * Any process with a memory context; results are palloc'd or parts of the option.
 */
#include "commands/defrem.h"

#include <cstdlib>

#include "catalog/namespace.h"
#include "fmgr.h"
#include "nodes/makefuncs.h"
#include "nodes/parsenodes.h"
#include "nodes/value.h"
#include "port.h"
#include "utils/builtins.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/fmgrprotos.h"

namespace pg
{
namespace
{

[[noreturn]] void
raise_wants(const DefElem *def, const char *what)
{
	Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("%s requires %s", def->defname, what));
}

const Node *
value_of(const DefElem *def, const char *what = "a parameter")
{
	if (def->arg == nullptr)
		raise_wants(def, what);
	return def->arg;
}

[[noreturn]] void
raise_unknown(const Node *node)
{
	Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
			  .msg("unrecognized node type: %d", static_cast<int>(nodeTag(node))));
}

char *
text_of(const DefElem *def)
{
	Node *const value = const_cast<Node *>(value_of(def));

	switch (nodeTag(value))
	{
		case T_Integer: return psprintf("%d", intVal(value));
		case T_Float: return castNode(Float, value)->fval;
		case T_Boolean: return pstrdup(boolVal(value) ? "true" : "false");
		case T_String: return strVal(value);
		case T_TypeName: return NameListToString(reinterpret_cast<TypeName *>(value)->names);
		case T_List: return NameListToString(reinterpret_cast<List *>(value));
		default: raise_unknown(value);
	}
}

bool
boolean_of(const DefElem *def)
{
	static constexpr struct
	{
		const char *word;
		bool value;
	} kWords[] = {{"true", true}, {"false", false}, {"on", true}, {"off", false}};

	if (def->arg == nullptr)
		return true; /* the option alone turns it on */
	if (IsA(def->arg, Integer))
	{
		const int number = intVal(def->arg);

		if (number == 0 || number == 1)
			return number == 1;
	}
	else
	{
		const char *const text = text_of(def);

		for (const auto &known : kWords)
			if (pg_strcasecmp(text, known.word) == 0)
				return known.value;
	}
	raise_wants(def, "a Boolean value");
}

/* Numbers that int4 does not hold are written as Float. */
Datum
large_number(const DefElem *def, PGFunction input)
{
	const Node *const value = value_of(def, "a numeric value");

	if (IsA(value, Float))
		return DirectFunctionCall1(input,
								   CStringGetDatum(reinterpret_cast<const Float *>(value)->fval));
	if (!IsA(value, Integer))
		raise_wants(def, "a numeric value");
	return Int64GetDatum(reinterpret_cast<const Integer *>(value)->ival);
}

List *
name_list_of(const DefElem *def)
{
	Node *const value = const_cast<Node *>(value_of(def));

	switch (nodeTag(value))
	{
		case T_TypeName: return reinterpret_cast<TypeName *>(value)->names;
		case T_List: return reinterpret_cast<List *>(value);
		case T_String: return list_make1(value);
		default:
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("argument of %s must be a name", def->defname));
	}
}

int
type_length(const DefElem *def)
{
	const Node *const value = value_of(def);

	if (IsA(value, Integer))
		return reinterpret_cast<const Integer *>(value)->ival;
	if (IsA(value, Float))
		raise_wants(def, "an integer value");

	const char *const text = text_of(def);

	if (pg_strcasecmp(text, "variable") == 0)
		return -1;
	Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
			  .msg("invalid argument for %s: \"%s\"", def->defname, text));
}

List *
strings_of(const DefElem *def)
{
	Node *const value = const_cast<Node *>(value_of(def));
	ListCell *cell;

	if (!IsA(value, List))
		raise_unknown(value);
	foreach (cell, reinterpret_cast<List *>(value))
		if (!IsA(lfirst(cell), String))
			raise_unknown(static_cast<const Node *>(lfirst(cell)));
	return reinterpret_cast<List *>(value);
}

} /* namespace */
} /* namespace pg */

using pg::FromC;

char *
defGetString(DefElem *def)
{
	return FromC([&] { return pg::text_of(def); });
}

double
defGetNumeric(DefElem *def)
{
	return FromC(
		[&]
		{
			const Node *const value = pg::value_of(def, "a numeric value");

			if (IsA(value, Integer))
				return static_cast<double>(reinterpret_cast<const Integer *>(value)->ival);
			if (!IsA(value, Float))
				pg::raise_wants(def, "a numeric value");
			return atof(reinterpret_cast<const Float *>(value)->fval);
		});
}

bool
defGetBoolean(DefElem *def)
{
	return FromC([&] { return pg::boolean_of(def); });
}

int32
defGetInt32(DefElem *def)
{
	return FromC(
		[&]
		{
			const Node *const value = pg::value_of(def, "an integer value");

			if (!IsA(value, Integer))
				pg::raise_wants(def, "an integer value");
			return static_cast<int32>(reinterpret_cast<const Integer *>(value)->ival);
		});
}

int64
defGetInt64(DefElem *def)
{
	return FromC([&] { return DatumGetInt64(pg::large_number(def, int8in)); });
}

Oid
defGetObjectId(DefElem *def)
{
	return FromC([&] { return DatumGetObjectId(pg::large_number(def, oidin)); });
}

List *
defGetQualifiedName(DefElem *def)
{
	return FromC([&] { return pg::name_list_of(def); });
}

int
defGetTypeLength(DefElem *def)
{
	return FromC([&] { return pg::type_length(def); });
}

List *
defGetStringList(DefElem *def)
{
	return FromC([&] { return pg::strings_of(def); });
}
