/*
 * utils/adt/enum_type.cpp
 *		Enumerations: their TypeDef, values, and the functions of anyenum.
 *
 * Processes with a database, inside a transaction.
 */
#include "utils/adt/enum_type.h"

#include <memory>

#include "catalog/user_types.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/lasting_types.h"
#include "utils/adt/type_io.h"

namespace pg
{

static constexpr TypeDef kEnumShape = {.oid = InvalidOid,
									   .name = nullptr,
									   .sql_name = nullptr,
									   .len = 4,
									   .by_value = true,
									   .category = 'E',
									   .preferred = false,
									   .kind = 'e',
									   .align = 'i',
									   .array_oid = InvalidOid,
									   .element_oid = InvalidOid,
									   .storage = Storage::Real,
									   .collation = nullptr,
									   .input = PseudoIn,
									   .output = PseudoOut,
									   .coerce_typmod = nullptr};

const TypeDef *
FindEnumType(Oid oid)
{
	static LastingTypes &types = *std::make_unique<LastingTypes>().release();
	const UserTypePtr type = FindUserType(oid);

	return type != nullptr ? types.get(oid, type->name, kEnumShape) : nullptr;
}

Oid
EnumTypeSchema(Oid oid)
{
	const UserTypePtr type = FindUserType(oid);

	return type != nullptr ? type->schema : Oid{InvalidOid};
}

std::string
EnumTypeName(Oid oid)
{
	const UserTypePtr type = FindUserType(oid);

	if (type == nullptr)
		return "???";

	const UserTypePtr seen = FindUserType({}, type->name);

	return ShownTypeName(SchemaName(type->schema).value_or(""), type->name,
						 seen != nullptr && seen->oid == oid);
}

/* ---- Values ---- */

static UserTypePtr
type_of_values(Oid oid)
{
	UserTypePtr type = FindUserType(oid);

	if (type == nullptr)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("cache lookup failed for type %u", oid));
	return type;
}

Value
EnumInput(Oid type, std::string_view text)
{
	const UserTypePtr kept = type_of_values(type);
	const EnumLabel *const label = kept->find(text);

	if (label == nullptr)
		Raise(Report(ERROR, ERRCODE_INVALID_TEXT_REPRESENTATION)
				  .msg("invalid input value for enum %s: \"%s\"", EnumTypeName(type).c_str(),
					   std::string(text).c_str()));
	return Value::Real(label->order);
}

static const EnumLabel &
label_of(const UserTypeInfo &type, const Value &value)
{
	const EnumLabel *const label = type.find(ValueFloat(value));

	if (label == nullptr)
		Raise(Report(ERROR, ERRCODE_INVALID_BINARY_REPRESENTATION)
				  .msg("invalid internal value for enum: %g", ValueFloat(value)));
	return *label;
}

void
EnumOutput(Oid type, const Value &value, std::string *out)
{
	const UserTypePtr kept = type_of_values(type);

	*out += label_of(*kept, value).label;
}

Datum
EnumToDatum(Oid type, const Value &value)
{
	const UserTypePtr kept = type_of_values(type);

	return ObjectIdGetDatum(label_of(*kept, value).oid);
}

Value
EnumFromDatum(Oid type, Datum datum)
{
	const UserTypePtr kept = type_of_values(type);
	const EnumLabel *const label = kept->find(DatumGetObjectId(datum));

	if (label == nullptr)
		Raise(Report(ERROR, ERRCODE_INVALID_BINARY_REPRESENTATION)
				  .msg("invalid internal value for enum: %u", DatumGetObjectId(datum)));
	return Value::Real(label->order);
}

/* ---- Functions: the first argument is the type's OID ---- */

static void
enum_end(FunctionCall &call, bool first)
{
	const Oid type = static_cast<Oid>(ArgInt(call, 0));
	const UserTypePtr kept = type_of_values(type);
	const std::vector<EnumLabel> &labels = kept->labels;

	if (labels.empty())
		Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
				  .msg("enum %s contains no values", EnumTypeName(type).c_str()));
	call.set_result(Value::Real(first ? labels.front().order : labels.back().order));
}

static void
enum_first(FunctionCall &call)
{
	enum_end(call, true);
}

static void
enum_last(FunctionCall &call)
{
	enum_end(call, false);
}

static constexpr EngineFunction kHelpers[] = {
	{"pg_enum_first", 1, true, true, enum_first},
	{"pg_enum_last", 1, true, true, enum_last},
};

const std::span<const EngineFunction> kEnumHelpers(kHelpers);

static constexpr FunctionDef kRows[] = {
	Native(3508, "enum_eq", 'i', "($1 = $2)", BOOLOID, {ANYENUMOID, ANYENUMOID}),
	Native(3509, "enum_ne", 'i', "($1 <> $2)", BOOLOID, {ANYENUMOID, ANYENUMOID}),
	Native(3510, "enum_lt", 'i', "($1 < $2)", BOOLOID, {ANYENUMOID, ANYENUMOID}),
	Native(3511, "enum_gt", 'i', "($1 > $2)", BOOLOID, {ANYENUMOID, ANYENUMOID}),
	Native(3512, "enum_le", 'i', "($1 <= $2)", BOOLOID, {ANYENUMOID, ANYENUMOID}),
	Native(3513, "enum_ge", 'i', "($1 >= $2)", BOOLOID, {ANYENUMOID, ANYENUMOID}),
	Native(3514, "enum_cmp", 'i', "(($1 > $2) - ($1 < $2))", INT4OID, {ANYENUMOID, ANYENUMOID}),
	Native(3524, "enum_smaller", 'i', "min($1, $2)", ANYENUMOID, {ANYENUMOID, ANYENUMOID}),
	Native(3525, "enum_larger", 'i', "max($1, $2)", ANYENUMOID, {ANYENUMOID, ANYENUMOID}),
	Aggregate(3526, "max", "max", ANYENUMOID, {ANYENUMOID}, nullptr),
	Aggregate(3527, "min", "min", ANYENUMOID, {ANYENUMOID}, nullptr),
	Lax(Native(3528, "enum_first", 's', "pg_enum_first(@1)", ANYENUMOID, {ANYENUMOID})),
	Lax(Native(3529, "enum_last", 's', "pg_enum_last(@1)", ANYENUMOID, {ANYENUMOID})),
};

const std::span<const FunctionDef> kEnumFunctions(kRows);

} /* namespace pg */
