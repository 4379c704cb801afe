/*
 * utils/adt/row_type.cpp
 *		Types of rows, and rows between text and tuple.
 *
 * Processes with a database, inside a transaction.
 */
#include "utils/adt/row_type.h"

#include <charconv>
#include <memory>

#include "access/htup_details.h"
#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/describe.h"
#include "catalog/lookup.h"
#include "catalog/objects.h"
#include "catalog/write.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/datum.h"
#include "utils/adt/lasting_types.h"
#include "utils/adt/row_text.h"
#include "utils/adt/type_io.h"
#include "utils/error/report.h"
#include "utils/palloc.h"
#include "utils/typcache.h"

namespace pg
{
namespace
{

bool
has_row_type(const RelationInfo &relation)
{
	return relation.kind == 'r' || relation.kind == 'v' || relation.kind == 'c';
}

RelationInfoPtr
relation_of(Oid oid)
{
	if (oid < kFirstNormalOid || !HaveCurrentEngine())
		return nullptr;

	RelationInfoPtr relation = FindRelation(oid);

	return relation != nullptr && has_row_type(*relation) ? relation : nullptr;
}

constexpr TypeDef kRowTypeShape = {.oid = InvalidOid,
								   .name = nullptr,
								   .sql_name = nullptr,
								   .len = -1,
								   .by_value = false,
								   .category = 'C',
								   .preferred = false,
								   .kind = 'c',
								   .align = 'd',
								   .array_oid = InvalidOid,
								   .element_oid = InvalidOid,
								   .storage = Storage::Text,
								   .collation = nullptr,
								   .input = PseudoIn,
								   .output = TextOut,
								   .coerce_typmod = nullptr};

bool
is_row_of_text(const TypeDef &type)
{
	return type.kind == 'c' || type.oid == RECORDOID;
}

} /* namespace */

const TypeDef *
FindRowType(Oid oid)
{
	static LastingTypes &types = *std::make_unique<LastingTypes>().release();
	const RelationInfoPtr relation = relation_of(oid);

	return relation != nullptr ? types.get(oid, relation->name, kRowTypeShape) : nullptr;
}

bool
IsRowType(Oid oid)
{
	const TypeDef *const type = FindType(oid);

	return type != nullptr && is_row_of_text(*type);
}

std::string
RowTypeName(Oid oid)
{
	const RelationInfoPtr relation = relation_of(oid);

	if (relation == nullptr)
		return "???";

	return VisibleName(*relation);
}

std::vector<Oid>
RowTypeOids()
{
	std::vector<Oid> oids;

	if (!HaveCurrentEngine())
		return oids;
	for (const Home home : {Home::Main, Home::Temporary})
	{
		if (home == Home::Temporary && !TempSchemaExists())
			continue;

		const auto row = CurrentEngine().prepare(
			"SELECT oid FROM " + CatalogTable(home, "pg_class") +
			" WHERE relkind IN ('r', 'v', 'c') AND oid >= " + std::to_string(kFirstNormalOid) +
			" ORDER BY oid");

		while (row->step())
			oids.push_back(static_cast<Oid>(row->column(0).integer));
	}
	return oids;
}

Oid
RowTypeSchema(Oid oid)
{
	const RelationInfoPtr relation = relation_of(oid);

	return relation != nullptr ? relation->schema : InvalidOid;
}

RowShape
RowTypeShape(Oid oid)
{
	const RelationInfoPtr relation = relation_of(oid);
	RowShape shape;

	if (relation == nullptr)
		return shape;
	for (const ColumnInfo &column : relation->columns)
		if (!column.dropped)
			shape.push_back({column.name, column.type, column.typmod});
	return shape;
}

Value
RowInput(Oid type, std::string_view text, std::string *scratch)
{
	if (type == RECORDOID)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("input of anonymous composite types is not implemented"));

	const RowShape shape = RowTypeShape(type);
	RowFields fields = ParseRow(text, static_cast<int>(shape.size()));

	for (size_t i = 0; i < shape.size(); i++)
	{
		std::string bytes;

		if (fields[i])
			*fields[i] = ValueOut(shape[i].type,
								  ValueIn(shape[i].type, *fields[i], shape[i].typmod, &bytes));
	}
	*scratch = FormatRow(fields);
	return Value::Text(*scratch);
}

/* ---- Tuples ---- */

Datum
RowToDatum(TupleDesc desc, std::string_view text)
{
	const RowFields fields = ParseRow(text, -1);
	const auto count = static_cast<size_t>(desc->natts);
	std::vector<Datum> values(count);
	const auto nulls = std::make_unique<bool[]>(count);
	size_t used = 0;

	for (size_t i = 0; i < count; i++)
	{
		const FormData_pg_attribute &att = *TupleDescAttr(desc, i);
		std::string bytes;

		nulls[i] = att.attisdropped || used >= fields.size() || !fields[used];
		if (!nulls[i])
			values[i] =
				ValueToDatum(att.atttypid, ValueIn(att.atttypid, *fields[used], -1, &bytes));
		used += att.attisdropped ? 0 : 1;
	}
	if (used != fields.size())
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("a row has %d columns where %d are expected",
					   static_cast<int>(fields.size()), static_cast<int>(used)));
	return PointerGetDatum(heap_form_tuple(desc, values.data(), nulls.get())->t_data);
}

void
RowValues(Datum datum, TupleDesc desc, std::vector<Value> *values, std::vector<std::string> *texts)
{
	auto *const header = reinterpret_cast<HeapTupleHeader>(DatumGetPointer(datum));
	HeapTupleData tuple{};
	size_t place = 0;

	tuple.t_len = HeapTupleHeaderGetDatumLength(header);
	tuple.t_data = header;
	values->assign(static_cast<size_t>(desc->natts), Value::Null());
	texts->assign(values->size(), {});
	for (int i = 0; i < desc->natts; i++)
	{
		const Oid type = TupleDescAttr(desc, i)->atttypid;
		bool is_null;

		if (TupleDescAttr(desc, i)->attisdropped)
			continue;

		const Datum column = heap_getattr(&tuple, i + 1, desc, &is_null);

		if (!is_null)
			(*values)[place] = DatumToValue(type, column, &(*texts)[place]);
		place++;
	}
	values->resize(place);
}

std::string
RowFromDatum(Datum datum)
{
	auto *const header = reinterpret_cast<HeapTupleHeader>(DatumGetPointer(datum));
	TupleDesc desc =
		lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(header), HeapTupleHeaderGetTypMod(header));
	std::vector<Value> values;
	std::vector<std::string> texts;
	RowFields fields;
	size_t place = 0;

	RowValues(datum, desc, &values, &texts);
	for (int i = 0; i < desc->natts; i++)
	{
		if (TupleDescAttr(desc, i)->attisdropped)
			continue;
		if (values[place].is_null())
			fields.emplace_back();
		else
			fields.emplace_back(ValueOut(TupleDescAttr(desc, i)->atttypid, values[place]));
		place++;
	}
	return FormatRow(fields);
}

TupleDesc
DescribeRecord(const RowShape &shape)
{
	TupleDesc desc = CreateTemplateTupleDesc(static_cast<int>(shape.size()));

	for (size_t i = 0; i < shape.size(); i++)
		TupleDescInitEntry(desc, static_cast<AttrNumber>(i + 1), shape[i].name.c_str(),
						   shape[i].type, shape[i].typmod, 0);
	assign_record_type_typmod(desc);

	TupleDesc registered = lookup_rowtype_tupdesc(RECORDOID, desc->tdtypmod);

	FreeTupleDesc(desc);
	return registered;
}

RowShape
ShapeOf(TupleDesc desc)
{
	RowShape shape;

	for (int i = 0; i < desc->natts; i++)
	{
		const FormData_pg_attribute &att = *TupleDescAttr(desc, i);

		if (!att.attisdropped)
			shape.push_back({NameStr(att.attname), att.atttypid, att.atttypmod});
	}
	return shape;
}

/* ---- Signatures: "16400 2249(23,-1,1:a;25,-1,1:b) 23 25 v" ---- */

namespace
{

void
append_type(const CallType &type, std::string *text)
{
	*text += ' ' + std::to_string(type.type);
	if (type.shape.empty())
		return;
	*text += '(';
	for (const RowField &field : type.shape)
		*text += std::to_string(field.type) + "," + std::to_string(field.typmod) + "," +
				 std::to_string(field.name.size()) + ":" + field.name + ";";
	*text += ')';
}

/* Reads what FormatSignature wrote. */
class SignatureReader
{
public:
	explicit SignatureReader(std::string_view text) : text_(text) {}

	CallSignature read()
	{
		CallSignature signature;

		signature.function = static_cast<Oid>(number());
		if (text_.empty())
			return signature;
		signature.result = type();
		while (text_.starts_with(' ') && !text_.starts_with(" v"))
			signature.arguments.push_back(type());
		signature.variadic = text_ == " v";
		return signature;
	}

private:
	CallType type()
	{
		CallType result;

		skip(1);
		result.type = static_cast<Oid>(number());
		if (!text_.starts_with('('))
			return result;
		skip(1);
		while (!text_.empty() && !text_.starts_with(')'))
			result.shape.push_back(field());
		skip(1);
		return result;
	}

	RowField field()
	{
		RowField field;

		field.type = static_cast<Oid>(number());
		skip(1);
		field.typmod = static_cast<int32>(number());
		skip(1);

		const auto length = static_cast<size_t>(number());

		skip(1);
		field.name = text_.substr(0, length);
		skip(length + 1);
		return field;
	}

	int64 number()
	{
		int64 value = 0;
		const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), value);

		if (error != std::errc())
			Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("malformed signature of a call"));
		skip(static_cast<size_t>(end - text_.data()));
		return value;
	}

	void skip(size_t count) { text_.remove_prefix(std::min(count, text_.size())); }

	std::string_view text_;
};

} /* namespace */

std::string
FormatSignature(const CallSignature &signature)
{
	std::string text = std::to_string(signature.function);

	append_type(signature.result, &text);
	for (const CallType &argument : signature.arguments)
		append_type(argument, &text);
	return signature.variadic ? text + " v" : text;
}

CallSignature
ParseSignature(std::string_view text)
{
	return SignatureReader(text).read();
}

} /* namespace pg */
