/*
 * utils/adt/engine_only.cpp
 *		Engine functions for lowering that no catalog row names.
 *
 * Any process.
 */
#include "utils/adt/engine_only.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/row_text.h"

namespace pg
{

static const TypeDef &
argument_type(const FunctionCall &call)
{
	const TypeDef *type = FindType(static_cast<Oid>(ArgInt(call, 0)));

	if (type == nullptr)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
				  .msg("cache lookup failed for type %u", static_cast<Oid>(ArgInt(call, 0))));
	return *type;
}

/* pg_in(type, text, typmod) */
static void
pg_in(FunctionCall &call)
{
	std::string scratch;

	call.set_result(ValueIn(argument_type(call).oid, ArgText(call, 1),
							static_cast<int32>(ArgInt(call, 2)), &scratch));
}

/* pg_out(type, value) */
static void
pg_out(FunctionCall &call)
{
	std::string text;

	AppendValue(argument_type(call), call.arg(1), &text);
	SetText(call, text);
}

/* pg_cast_text(type, value): as value::text, which spells out what boolout abbreviates */
static void
pg_cast_text(FunctionCall &call)
{
	if (ArgInt(call, 0) == BOOLOID)
		return SetText(call, ArgBool(call, 1) ? "true" : "false");
	pg_out(call);
}

/* pg_typmod(type, value, typmod, explicit) */
static void
pg_typmod(FunctionCall &call)
{
	const TypeDef &type = argument_type(call);
	std::string scratch;

	if (type.coerce_typmod == nullptr)
		return call.set_result(call.arg(1));
	call.set_result(type.coerce_typmod(call.arg(1), static_cast<int32>(ArgInt(call, 2)),
									   ArgBool(call, 3), &scratch));
}

/* ---- Rows ---- */

/* pg_row(type, value, ...) */
static void
pg_row(FunctionCall &call)
{
	RowFields fields;

	for (int i = 0; i + 1 < call.arg_count(); i += 2)
		if (call.arg(i + 1).is_null())
			fields.emplace_back();
		else
			fields.emplace_back(ValueOut(static_cast<Oid>(ArgInt(call, i)), call.arg(i + 1)));
	SetText(call, FormatRow(fields));
}

/* pg_field(row, number): the field's text */
static void
pg_field(FunctionCall &call)
{
	const RowFields fields = ParseRow(ArgText(call, 0), -1);
	const auto number = static_cast<size_t>(ArgInt(call, 1));

	if (number < fields.size() && fields[number])
		SetText(call, *fields[number]);
}

/* ---- GREATEST and LEAST ---- */

static int
kind_rank(Value::Kind kind)
{
	switch (kind)
	{
		case Value::Kind::Int:
		case Value::Kind::Real: return 1;
		case Value::Kind::Text: return 2;
		default: return 3;
	}
}

/* The engine's order of two values: numbers, then texts (NaN is one), then blobs. */
static int
compare_values(const Value &a, const Value &b, const EngineCollation *collation)
{
	if (kind_rank(a.kind) != kind_rank(b.kind))
		return kind_rank(a.kind) - kind_rank(b.kind);
	if (a.kind == Value::Kind::Int && b.kind == Value::Kind::Int)
		return a.integer < b.integer ? -1 : a.integer > b.integer;
	if (kind_rank(a.kind) == 1)
	{
		const double x = ValueFloat(a), y = ValueFloat(b);

		return x < y ? -1 : x > y;
	}
	return collation != nullptr ? collation->compare(a.bytes, b.bytes) : a.bytes.compare(b.bytes);
}

static int
compare_blank_padded(std::string_view a, std::string_view b) noexcept
{
	const auto trimmed = [](std::string_view text)
	{
		const size_t last = text.find_last_not_of(' ');

		return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
	};

	return trimmed(a).compare(trimmed(b));
}

static constexpr EngineCollation kRtrim = {"RTRIM", compare_blank_padded};

static const EngineCollation *
collation_named(std::string_view name)
{
	if (name.empty())
		return nullptr;
	for (const EngineCollation &collation : kAdtCollations)
		if (name == collation.name)
			return &collation;
	return &kRtrim;
}

int
CompareValues(const Value &a, const Value &b, std::string_view collation)
{
	return compare_values(a, b, collation_named(collation));
}

template <int kDirection>
static void
extreme(FunctionCall &call)
{
	const EngineCollation *const collation = collation_named(call.arg(0).bytes);
	Value best;

	for (int i = 1; i < call.arg_count(); i++)
	{
		const Value value = call.arg(i);

		if (!value.is_null() &&
			(best.is_null() || compare_values(value, best, collation) * kDirection > 0))
			best = value;
	}
	call.set_result(best);
}

/* ---- Tables ---- */

static constexpr EngineFunction kEngineOnlyRows[] = {
	{"pg_in", 3, true, true, pg_in},
	{"pg_out", 2, true, true, pg_out},
	{"pg_cast_text", 2, true, true, pg_cast_text},
	{"pg_typmod", 4, true, true, pg_typmod},
	{"pg_row", -1, true, false, pg_row},
	{"pg_field", 2, true, true, pg_field},
	{"pg_greatest", -1, true, false, extreme<1>},
	{"pg_least", -1, true, false, extreme<-1>},
	{"pg_current_date", 0, true, false, pg_current_date},
	{"pg_current_timestamp", 1, true, false, pg_current_timestamp},
	{"pg_localtime", 1, true, false, pg_localtime},
	{"pg_localtimestamp", 1, true, false, pg_localtimestamp},
	{"pg_current_role", 0, true, false, pg_current_role},
	{"pg_session_user", 0, true, false, pg_session_user},
	{"pg_current_catalog", 0, true, false, pg_current_catalog},
	{"pg_current_schema", 0, true, false, pg_current_schema},
};

const std::span<const EngineFunction> kEngineOnlyFunctions = kEngineOnlyRows;

} /* namespace pg */
