/*
 * catalog/catalog_tuples.cpp
 *		Rows of tables and catalogs as tuples in PostgreSQL's layout.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "catalog/catalog_tuples.h"

#include <cstring>
#include <string_view>
#include <vector>

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/lookup.h"
#include "catalog/pg_type_d.h"
#include "catalog/rights.h"
#include "catalog/write.h"
#include "utils/acl.h"
#include "utils/adt/datum.h"
#include "utils/adt/registry.h"
#include "utils/adt/row_type.h"
#include "utils/array.h"
#include "utils/error/report.h"
#include "utils/palloc.h"

namespace pg
{
namespace
{

/* Offsets of a block go from 1 on; one less than fits, so that no place looks like a special one. */
constexpr int64 kRowsPerBlock = 0xFFFE;
constexpr int64 kMaxRow = static_cast<int64>(InvalidBlockNumber) * kRowsPerBlock - 1;

/* The numbers of "1 2 3". */
template <typename Number>
std::vector<Number>
vector_elements(std::string_view text)
{
	std::vector<Number> elements;

	while (!text.empty())
	{
		const size_t end = text.find(' ');
		const std::string number(text.substr(0, end));

		if (!number.empty())
			elements.push_back(static_cast<Number>(strtol(number.c_str(), nullptr, 10)));
		text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
	}
	return elements;
}

/* int2vector and oidvector: an array of one dimension, counted from 0, without nulls. */
template <typename Vector, typename Number>
Datum
vector_datum(std::string_view text, Oid element)
{
	const std::vector<Number> elements = vector_elements<Number>(text);
	const Size size = offsetof(Vector, values) + elements.size() * sizeof(Number);
	auto *const result = static_cast<Vector *>(palloc0(size));

	SET_VARSIZE(result, size);
	result->ndim = 1;
	result->elemtype = element;
	result->dim1 = static_cast<int>(elements.size());
	if (!elements.empty())
		memcpy(result->values, elements.data(), elements.size() * sizeof(Number));
	return PointerGetDatum(result);
}

template <typename Vector>
std::string
vector_text(Datum datum)
{
	const auto *const vector = reinterpret_cast<const Vector *>(DatumGetPointer(datum));
	std::string text;

	for (int i = 0; i < vector->dim1; i++)
		text += (i > 0 ? " " : "") + std::to_string(vector->values[i]);
	return text;
}

Datum
acl_datum(std::string_view stored)
{
	std::vector<AclItem> items;
	std::vector<Datum> elements;

	for (const AclEntry &entry : ReadStoredAcl(stored))
	{
		AclItem &item = items.emplace_back();

		item.ai_grantee = entry.grantee;
		item.ai_grantor = entry.grantor;
		ACLITEM_SET_PRIVS_GOPTIONS(item, entry.rights, entry.grantable);
	}
	for (AclItem &item : items)
		elements.push_back(PointerGetDatum(&item));
	return PointerGetDatum(construct_array(elements.data(), static_cast<int>(elements.size()),
										   ACLITEMOID, sizeof(AclItem), false, TYPALIGN_INT));
}

Datum
column_datum(Oid type, const Value &value)
{
	switch (type)
	{
		case INT2VECTOROID: return vector_datum<int2vector, int16>(value.bytes, INT2OID);
		case OIDVECTOROID: return vector_datum<oidvector, Oid>(value.bytes, OIDOID);
		case ACLITEMARRAYOID: return acl_datum(value.bytes);
		default: return ValueToDatum(type, value);
	}
}

/* The session's temporary objects have catalogs of their own, which begin to be when they do. */
bool
has_temporary_part(const RelationInfo &relation)
{
	if (!relation.is_system || !TempSchemaExists() || !relation.physical.starts_with("main."))
		return false;

	const auto row = CurrentEngine().prepare("SELECT 1 FROM temp.sqlite_schema WHERE name = ?1");
	const std::string name = relation.schema_name + "." + relation.name;

	row->bind(0, Value::Text(name));
	return row->step();
}

/* rowid first (null where rows have none), then every column. */
std::string
select_list(const RelationInfo &relation)
{
	std::string list = relation.is_row_source ? "NULL" : "rowid";

	for (const ColumnInfo &column : relation.columns)
		list += column.dropped ? ", NULL" : ", " + QuoteEngineName(column.physical);
	return list;
}

std::string
select_text(const RelationInfo &relation, std::span<const RowFilter> filters,
			std::span<const RowOrder> order)
{
	const auto name = [&](int16 attnum)
	{ return QuoteEngineName(relation.columns.at(static_cast<size_t>(attnum) - 1).physical); };
	std::string where, sql;

	for (size_t i = 0; i < filters.size(); i++)
		where += (i == 0 ? " WHERE " : " AND ") + name(filters[i].attnum) + ' ' + filters[i].op +
				 " ?" + std::to_string(i + 1);
	sql = "SELECT " + select_list(relation) + " FROM " + relation.physical + where;
	if (has_temporary_part(relation))
		sql += " UNION ALL SELECT " + select_list(relation) + " FROM temp." +
			   QuoteEngineName(relation.schema_name + "." + relation.name) + where;
	for (size_t i = 0; i < order.size(); i++)
		sql += (i == 0 ? " ORDER BY " : ", ") + std::to_string(order[i].attnum + 1) +
			   (order[i].descending ? " DESC" : "");
	return sql;
}

HeapTuple
form_row(const RelationInfo &relation, TupleDesc desc, const EngineStatement &row)
{
	const auto count = static_cast<size_t>(desc->natts);
	std::vector<Datum> values(count);
	const auto nulls = std::make_unique<bool[]>(count);

	for (size_t i = 0; i < count; i++)
	{
		const Value value = row.column(static_cast<int>(i) + 1);

		nulls[i] = value.is_null();
		if (!nulls[i])
			values[i] = column_datum(relation.columns[i].type, value);
	}

	HeapTuple tuple = heap_form_tuple(desc, values.data(), nulls.get());
	const Value rowid = row.column(0);

	for (size_t i = 0; i < count; i++)
		if (!nulls[i] && !TupleDescAttr(desc, i)->attbyval)
			pfree(DatumGetPointer(values[i]));
	tuple->t_tableOid = relation.oid;
	if (!rowid.is_null())
		tuple->t_self = tuple->t_data->t_ctid = RowPlace(rowid.integer);
	return tuple;
}

} /* namespace */

TupleDesc
DescribeColumns(const RelationInfo &relation)
{
	TupleDesc desc = CreateTemplateTupleDesc(static_cast<int>(relation.columns.size()));

	if (IsRowType(relation.oid))
		desc->tdtypeid = relation.oid;
	for (const ColumnInfo &column : relation.columns)
	{
		Form_pg_attribute att = TupleDescAttr(desc, column.attnum - 1);

		TupleDescInitEntry(desc, column.attnum, column.name.c_str(),
						   column.dropped ? INT4OID : column.type, column.typmod, 0);
		att->attrelid = relation.oid;
		att->attnotnull = column.not_null;
		att->attisdropped = column.dropped;
		att->attidentity = column.identity;
		att->atthasdef = !column.default_sql.empty();
		if (column.dropped)
			att->atttypid = InvalidOid;
	}
	return desc;
}

void
ReadRows(const RelationInfo &relation, TupleDesc desc, std::span<const RowFilter> filters,
		 std::span<const RowOrder> order, const std::function<void(HeapTuple)> &take)
{
	if (relation.kind != 'r' && !relation.is_row_source)
		RaiseNotSupported("a scan of \"" + relation.name + "\", which is no table,");

	const auto row = CurrentEngine().prepare(select_text(relation, filters, order));

	for (size_t i = 0; i < filters.size(); i++)
		row->bind(static_cast<int>(i), filters[i].value);
	while (row->step())
		take(form_row(relation, desc, *row));
}

Value
ColumnValue(Oid type, Datum datum, std::string *scratch)
{
	switch (type)
	{
		case INT2VECTOROID: *scratch = vector_text<int2vector>(datum); break;
		case OIDVECTOROID: *scratch = vector_text<oidvector>(datum); break;
		default: return DatumToValue(type, datum, scratch);
	}
	return Value::Text(*scratch);
}

ItemPointerData
RowPlace(int64 rowid)
{
	ItemPointerData place;

	ItemPointerSetInvalid(&place);
	if (rowid >= 0 && rowid <= kMaxRow)
	{
		const auto block = static_cast<BlockNumber>(rowid / kRowsPerBlock);

		place.ip_blkid.bi_hi = static_cast<uint16>(block >> 16);
		place.ip_blkid.bi_lo = static_cast<uint16>(block & 0xFFFF);
		place.ip_posid = static_cast<OffsetNumber>(rowid % kRowsPerBlock + 1);
	}
	return place;
}

std::optional<int64>
RowAt(const ItemPointerData &place)
{
	if (place.ip_posid == InvalidOffsetNumber || place.ip_posid > kRowsPerBlock)
		return std::nullopt;
	return ((static_cast<int64>(place.ip_blkid.bi_hi) << 16) + place.ip_blkid.bi_lo) *
			   kRowsPerBlock +
		   place.ip_posid - 1;
}

} /* namespace pg */
