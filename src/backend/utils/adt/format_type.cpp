/*
 * utils/adt/format_type.cpp
 *		Names of types with their modifiers, modifiers from numbers, and values to and from text by type.
 *
 * Any process.
 */
#include "utils/adt/adt_internals.h"
#include "utils/adt/array_text.h"
#include "utils/adt/enum_type.h"
#include "utils/adt/interval.h"
#include "utils/adt/numeric.h"
#include "utils/adt/row_type.h"
#include "utils/adt/type_io.h"

namespace pg
{

static std::string
in_parentheses(int n)
{
	return "(" + std::to_string(n) + ")";
}

std::string
FormatTypmod(Oid type, int32 typmod)
{
	if (typmod < 0)
		return {};
	switch (type)
	{
		case VARCHAROID:
		case BPCHAROID: return typmod > 4 ? in_parentheses(typmod - 4) : std::string();
		case NUMERICOID:
			if (typmod < 4)
				return {};
			return "(" + std::to_string(NumericTypmodPrecision(typmod)) + "," +
				   std::to_string(NumericTypmodScale(typmod)) + ")";
		case TIMEOID:
		case TIMESTAMPOID:
		case TIMESTAMPTZOID: return in_parentheses(typmod);
		case INTERVALOID: return FormatIntervalTypmod(typmod);
		default: return {};
	}
}

std::string
FormatType(Oid oid, int32 typmod)
{
	const TypeDef *type = FindType(oid);
	std::string suffix;

	if (oid == InvalidOid)
		return "-";
	if (type == nullptr)
		return "???";
	if (type->kind == 'c')
		return RowTypeName(oid);
	if (type->kind == 'e')
		return EnumTypeName(oid);
	if (type->category == 'A' && type->element_oid != 0 && type->name[0] == '_')
	{
		type = FindType(type->element_oid);
		suffix = "[]";
	}
	const std::string modifier = FormatTypmod(type->oid, typmod);

	/* char without a length is char(1): what has none is called bpchar. */
	if (type->oid == BPCHAROID && typmod >= 0 && modifier.empty())
		return "bpchar" + suffix;
	if (type->oid == TIMEOID && !modifier.empty())
		return "time" + modifier + " without time zone" + suffix;
	if (type->oid == TIMESTAMPOID && !modifier.empty())
		return "timestamp" + modifier + " without time zone" + suffix;
	if (type->oid == TIMESTAMPTZOID && !modifier.empty())
		return "timestamp" + modifier + " with time zone" + suffix;
	return type->sql_name + modifier + suffix;
}

/* ---- Modifiers ---- */

static void
check_count(std::span<const int32> modifiers, size_t wanted, const char *type)
{
	if (modifiers.size() > wanted || modifiers.empty())
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("invalid type modifier for type %s", type));
}

static int32
length_typmod(std::span<const int32> modifiers, const char *type)
{
	constexpr int32 kMaxLength = 10485760;

	if (modifiers.size() != 1)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE).msg("invalid type modifier"));
	if (modifiers[0] < 1)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("length for type %s must be at least 1", type));
	if (modifiers[0] > kMaxLength)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("length for type %s cannot exceed %d", type, kMaxLength));
	return modifiers[0] + 4;
}

static int32
numeric_modifiers(std::span<const int32> modifiers)
{
	if (modifiers.size() != 1 && modifiers.size() != 2)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE).msg("invalid NUMERIC type modifier"));
	const int precision = modifiers[0];
	const int scale = modifiers.size() == 2 ? modifiers[1] : 0;

	if (precision < 1 || precision > kNumericMaxPrecision)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("NUMERIC precision %d must be between 1 and %d", precision,
					   kNumericMaxPrecision));
	if (scale < -1000 || scale > 1000)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("NUMERIC scale %d must be between %d and %d", scale, -1000, 1000));
	return MakeNumericTypmod(precision, scale);
}

/* Fractional digits of seconds: more than 6 are cut with a warning. */
static int32
precision_typmod(std::span<const int32> modifiers, const char *type, const char *suffix)
{
	check_count(modifiers, 1, type);
	if (modifiers[0] < 0)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("%s(%d)%s precision must not be negative", type, modifiers[0], suffix));
	if (modifiers[0] > 6)
	{
		Report(WARNING, ERRCODE_INVALID_PARAMETER_VALUE)
			.msg("%s(%d)%s precision reduced to maximum allowed, %d", type, modifiers[0], suffix, 6)
			.emit();
		return 6;
	}
	return modifiers[0];
}

int32
MakeTypmod(Oid type, std::span<const int32> modifiers)
{
	switch (type)
	{
		case VARCHAROID: return length_typmod(modifiers, "varchar");
		case BPCHAROID: return length_typmod(modifiers, "char");
		case NUMERICOID: return numeric_modifiers(modifiers);
		case TIMEOID: return precision_typmod(modifiers, "TIME", "");
		case TIMESTAMPOID: return precision_typmod(modifiers, "TIMESTAMP", "");
		case TIMESTAMPTZOID: return precision_typmod(modifiers, "TIMESTAMP", " WITH TIME ZONE");
		case INTERVALOID: return MakeIntervalTypmod(modifiers);
		default:
			Raise(
				Report(ERROR, ERRCODE_SYNTAX_ERROR)
					.msg("type modifier is not allowed for type \"%s\"", FormatType(type).c_str()));
	}
}

/* ---- Values and texts ---- */

static const TypeDef &
known_type(Oid type)
{
	const TypeDef *def = FindType(type);

	if (def == nullptr)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("cache lookup failed for type %u", type));
	return *def;
}

void
AppendValue(const TypeDef &type, const Value &value, std::string *out)
{
	if (type.kind == 'e')
		EnumOutput(type.oid, value, out);
	else
		type.output(value, out);
}

std::string
ValueOut(Oid type, const Value &value)
{
	std::string text;

	AppendValue(known_type(type), value, &text);
	return text;
}

Value
ValueIn(Oid type, std::string_view text, int32 typmod, std::string *scratch)
{
	const TypeDef &def = known_type(type);

	if (def.input == ArrayIn)
		return ArrayInput(type, text, typmod, scratch);
	if (def.kind == 'c' || type == RECORDOID)
		return RowInput(type, text, scratch);
	if (def.kind == 'e')
		return EnumInput(type, text);
	return def.input(text, typmod, scratch);
}

} /* namespace pg */
