/*
 * catalog/write.h
 *		Changing the catalogs: rows, OIDs, dependencies.
 *
 * Backends and workers with a database, inside a writing transaction (PrepareForWrite was called).
 * Callers end a change with CatalogChanged(), or SharedCatalogChanged() for shared catalogs.
 */
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/objects.h"
#include "engine/value.h"

namespace pg
{

/* Which file an object and its catalog rows lie in. */
enum class Home : uint8_t
{
	Main,
	Temporary,
	Shared
};

/* OIDs of the catalogs themselves, as pg_depend and pg_description name them. */
inline constexpr Oid kPgClassOid = 1259;
inline constexpr Oid kPgAttrdefOid = 2604;
inline constexpr Oid kPgConstraintOid = 2606;
inline constexpr Oid kPgNamespaceOid = 2615;
inline constexpr Oid kPgRewriteOid = 2618;
inline constexpr Oid kPgDatabaseOid = 1262;

/* A number that no object of the database (of the cluster) has had. */
Oid NewOid();
Oid NewSharedOid();

/* main."pg_catalog.pg_class" and the like. */
std::string CatalogTable(Home home, std::string_view catalog);

/* Runs one engine statement with parameters; returns how many rows it changed. */
int64 RunEngine(const std::string &sql, std::span<const Value> parameters = {});
/* First column of its first row; -1 when there is no row. */
int64 QueryEngineNumber(const std::string &sql, std::span<const Value> parameters = {});

/* One row to be: columns by name, the rest null. Text must live until insert(). */
class CatalogRow
{
public:
	CatalogRow(Home home, std::string_view catalog);
	CatalogRow &set(const char *column, const Value &value);
	CatalogRow &set(const char *column, Oid value) { return set(column, Value::Int(value)); }
	CatalogRow &set(const char *column, int value) { return set(column, Value::Int(value)); }
	CatalogRow &set(const char *column, bool value) { return set(column, Value::Bool(value)); }
	CatalogRow &set(const char *column, const char *value)
	{
		return set(column, Value::Text(value));
	}
	CatalogRow &set(const char *column, const std::string &value)
	{
		return set(column, Value::Text(value));
	}
	/* One letter; 0 is the empty "char". */
	CatalogRow &set_letter(const char *column, char value);
	void insert();

private:
	std::string table_;
	std::vector<std::pair<const char *, Value>> fields_;
};

/* One key of an index: a column, or an expression with its type. */
struct IndexKey
{
	int16 attnum = 0;
	std::string name; /* of the index's own column */
	std::string expression_sql;
	Oid type = 0;
	int32 typmod = -1;
	bool descending = false;
	bool nulls_first = false;
};

/* What lookups do not keep of an index. */
struct IndexDraft
{
	TableIndex info{};
	std::vector<IndexKey> keys;
	bool deferrable = false;
	/* No engine index stands behind it: the key is the engine's rowid. */
	bool is_rowid = false;
};

Home HomeOf(const RelationInfo &relation);

/* pg_class, pg_attribute and pg_attrdef of a table or view, with its dependency on its schema. */
void InsertRelation(const RelationInfo &relation);
void InsertColumn(const RelationInfo &relation, const ColumnInfo &column);
/* pg_attrdef and atthasdef; an empty text removes them. */
void SetColumnDefault(const RelationInfo &relation, const ColumnInfo &column,
					  const std::string &sql);
void InsertConstraint(const RelationInfo &relation, const ConstraintInfo &constraint,
					  bool deferrable = false, bool deferred = false);
/* pg_class, pg_attribute and pg_index of an index. */
void InsertIndex(const RelationInfo &table, const IndexDraft &index);
/* pg_rewrite of a view; replaces what is there. */
void SetViewQuery(const RelationInfo &view, const std::string &sql,
				  std::span<const Oid> referenced);

/* One column of the row of an object. */
void SetCatalogColumn(Home home, const char *catalog, Oid oid, const char *column,
					  const Value &value);
/* The row of an object, what it depends on and who depends on it, its comment. */
void DeleteObject(Home home, const char *catalog, Oid class_id, Oid oid);

/* Everything the catalogs say of a relation (and of indexes on it: call once for each). */
void DeleteRelation(const RelationInfo &relation);
void DeleteIndex(const RelationInfo &table, Oid index);
void DeleteConstraint(const RelationInfo &relation, Oid constraint);

void InsertDependency(Home home, Oid class_id, Oid object, int sub_id, Oid ref_class,
					  Oid ref_object, int ref_sub_id, char type);

/* Creates this session's temporary schema with its catalogs, if it is not there yet. */
void EnsureTemporarySchema();

/* pg_attribute.attcollation of a type. */
Oid TypeCollation(Oid type);

} /* namespace pg */
