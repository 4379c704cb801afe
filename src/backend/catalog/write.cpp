/*
 * catalog/write.cpp
 *		Rows into and out of the catalogs.
 *
 * Backends and workers with a database, inside a writing transaction.  Never changes what is not a
 * catalog: the objects themselves are commands' business.
 */
#include "catalog/write.h"

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/extension.h"
#include "catalog/functions.h"
#include "catalog/lookup.h"
#include "catalog/pg_type_d.h"
#include "catalog/policies.h"
#include "catalog/row_values.h"
#include "catalog/sequences.h"
#include "catalog/triggers.h"
#include "catalog/user_types.h"
#include "miscadmin.h"
#include "parser/plan.h"
#include "utils/adt/registry.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

constexpr Oid kDefaultCollationOid = 100;
constexpr Oid kCCollationOid = 950;

/* Default btree operator class of a type, as pg_index.indclass names it. */
struct OperatorClass
{
	Oid type;
	Oid oid;
};
constexpr OperatorClass kOperatorClasses[] = {
	{16, 10003},   {17, 10006},	 {18, 10007},	{19, 10028},   {20, 3124},	  {21, 1979},
	{23, 1978},	   {25, 3126},	 {26, 1981},	{700, 10012},  {701, 3123},	  {869, 10015},
	{1042, 10004}, {1043, 3126}, {1082, 3122},	{1083, 10038}, {1114, 3128},  {1184, 3127},
	{1186, 10022}, {1700, 3125}, {2950, 10065}, {3220, 10067}, {5069, 10053},
};
constexpr Oid kArrayOperatorClass = 10000;
constexpr Oid kEnumOperatorClass = 10069;

Oid
operator_class(Oid type)
{
	for (const OperatorClass &candidate : kOperatorClasses)
		if (candidate.type == type)
			return candidate.oid;
	return FindUserType(type) != nullptr ? kEnumOperatorClass : kArrayOperatorClass;
}

void
bind_all(EngineStatement &statement, std::span<const Value> parameters)
{
	for (size_t i = 0; i < parameters.size(); i++)
		statement.bind(static_cast<int>(i), parameters[i]);
}

Oid
next_oid(const char *schema)
{
	const std::string sql =
		std::string("UPDATE ") + schema +
		".\"postroom.counters\" SET value = value + 1 WHERE name = 'oid' RETURNING value - 1";
	const int64 oid = QueryEngineNumber(sql);

	if (oid < kFirstNormalOid)
		Raise(Report(ERROR, ERRCODE_DATA_CORRUPTED).msg("object identifier counter is damaged"));
	return static_cast<Oid>(oid);
}

template <typename Number>
std::string
joined(std::span<const Number> numbers, char separator)
{
	std::string text;

	for (const Number number : numbers)
	{
		if (!text.empty())
			text += separator;
		text += std::to_string(number);
	}
	return text;
}

std::string
number_array(std::span<const int16> numbers)
{
	return "{" + joined(numbers, ',') + "}";
}

/* "{96,98}": the equality operator of each column's type. */
std::string
equality_operators(const RelationInfo &relation, const std::vector<int16> &columns)
{
	std::vector<Oid> oids;

	for (const int16 attnum : columns)
	{
		Oid found = 0, type = 0;

		for (const ColumnInfo &column : relation.columns)
			if (column.attnum == attnum)
				type = FindUserType(column.type) != nullptr ? Oid{ANYENUMOID} : column.type;
		for (const OperatorDef *candidate : FindOperators("="))
			if (candidate->left == type && candidate->right == type)
				found = candidate->oid;
		oids.push_back(found);
	}
	return "{" + joined(std::span<const Oid>(oids), ',') + "}";
}

void
insert_class_row(Home home, const RelationInfo &relation, int natts, int checks)
{
	const bool table = relation.kind == 'r';
	const bool index = relation.kind == 'i';
	const bool sequence = relation.kind == 'S';

	CatalogRow(home, "pg_class")
		.set("oid", relation.oid)
		.set("relname", relation.name)
		.set("relnamespace", relation.schema)
		.set("reltype", index || sequence ? Oid{0} : relation.oid)
		.set("reloftype", 0)
		.set("relowner", GetUserId())
		.set("relam", table	  ? 2
					  : index ? 403
							  : 0)
		.set("relfilenode", relation.kind == 'v' || relation.kind == 'c' ? Oid{0} : relation.oid)
		.set("reltablespace", 0)
		.set("relpages", sequence ? 1 : 0)
		.set("reltuples", Value::Real(index		 ? 0
									  : sequence ? 1
												 : -1))
		.set("relallvisible", 0)
		.set("reltoastrelid", 0)
		.set("relhasindex", !relation.indexes.empty())
		.set("relisshared", false)
		.set_letter("relpersistence", relation.persistence)
		.set_letter("relkind", relation.kind)
		.set("relnatts", natts)
		.set("relchecks", checks)
		.set("relhasrules", relation.kind == 'v')
		.set("relhastriggers", false)
		.set("relhassubclass", false)
		.set("relrowsecurity", false)
		.set("relforcerowsecurity", false)
		.set("relispopulated", true)
		.set_letter("relreplident", table ? 'd' : 'n')
		.set("relispartition", false)
		.set("relrewrite", 0)
		.set("relfrozenxid", 0)
		.set("relminmxid", 0)
		.insert();
}

void
delete_where(Home home, const char *catalog, const std::string &condition, Oid oid)
{
	const Value parameter = Value::Int(oid);

	RunEngine("DELETE FROM " + CatalogTable(home, catalog) + " WHERE " + condition,
			  {&parameter, 1});
}

void
delete_object_notes(Home home, Oid class_id, Oid oid)
{
	const Value parameters[] = {Value::Int(class_id), Value::Int(oid)};

	RunEngine("DELETE FROM " + CatalogTable(home, "pg_depend") +
				  " WHERE (classid = ?1 AND objid = ?2) OR (refclassid = ?1 AND refobjid = ?2)",
			  parameters);
	RunEngine("DELETE FROM " + CatalogTable(home, "pg_description") +
				  " WHERE classoid = ?1 AND objoid = ?2",
			  parameters);
}

} /* namespace */

void
SetCatalogColumn(Home home, const char *catalog, Oid oid, const char *column, const Value &value)
{
	const Value parameters[] = {Value::Int(oid), value};

	RunEngine("UPDATE " + CatalogTable(home, catalog) + " SET " + column + " = ?2 WHERE oid = ?1",
			  parameters);
}

void
DeleteObject(Home home, const char *catalog, Oid class_id, Oid oid)
{
	delete_object_notes(home, class_id, oid);
	delete_where(home, catalog, "oid = ?1", oid);
}

Oid
NewOid()
{
	return next_oid("main");
}

Oid
NewSharedOid()
{
	return next_oid("global");
}

std::string
CatalogTable(Home home, std::string_view catalog)
{
	const char *schema = home == Home::Main		   ? "main."
						 : home == Home::Temporary ? "temp."
												   : "global.";

	return schema + QuoteEngineName("pg_catalog." + std::string(catalog));
}

int64
RunEngine(const std::string &sql, std::span<const Value> parameters)
{
	const std::unique_ptr<EngineStatement> statement = CurrentEngine().prepare(sql);

	bind_all(*statement, parameters);
	while (statement->step())
		;
	const int64 changes = statement->changes();

	statement->reset();
	return changes;
}

int64
QueryEngineNumber(const std::string &sql, std::span<const Value> parameters)
{
	const std::unique_ptr<EngineStatement> statement = CurrentEngine().prepare(sql);
	int64 result = -1;

	bind_all(*statement, parameters);
	if (statement->step())
		result = statement->column(0).integer;
	/* A writing statement with RETURNING must run to its end. */
	if (!statement->is_read_only())
		while (statement->step())
			;
	statement->reset();
	return result;
}

CatalogRow::CatalogRow(Home home, std::string_view catalog) : table_(CatalogTable(home, catalog)) {}

CatalogRow &
CatalogRow::set(const char *column, const Value &value)
{
	fields_.emplace_back(column, value);
	return *this;
}

namespace
{

/* Every byte, so that a letter can be borrowed as text. */
struct Letters
{
	char at[256];
	constexpr Letters() : at()
	{
		for (int i = 0; i < 256; i++)
			at[i] = static_cast<char>(i);
	}
};
constexpr Letters kLetters;

} /* namespace */

CatalogRow &
CatalogRow::set_letter(const char *column, char value)
{
	const char *const place = &kLetters.at[static_cast<unsigned char>(value)];

	return set(column, Value::Text(std::string_view(place, value == 0 ? 0 : 1)));
}

void
CatalogRow::insert()
{
	std::string names, places;
	std::vector<Value> values;

	for (const auto &[name, value] : fields_)
	{
		names += (names.empty() ? "" : ", ") + QuoteEngineName(name);
		places += places.empty() ? "?" : ", ?";
		values.push_back(value);
	}
	RunEngine("INSERT INTO " + table_ + " (" + names + ") VALUES (" + places + ")", values);
}

Home
HomeOf(const RelationInfo &relation)
{
	return relation.persistence == 't' ? Home::Temporary : Home::Main;
}

Oid
TypeCollation(Oid type)
{
	switch (type)
	{
		case 19: /* name */ return kCCollationOid;
		case 25:   /* text */
		case 1042: /* bpchar */
		case 1043: /* varchar */
		case 1009: /* text[] */
		case 1014: /* bpchar[] */
		case 1015: /* varchar[] */ return kDefaultCollationOid;
		case 1003: /* name[] */ return kCCollationOid;
		default: return InvalidOid;
	}
}

void
InsertColumn(const RelationInfo &relation, const ColumnInfo &column)
{
	const TypeDef &type = *FindType(column.type);
	const Home home = HomeOf(relation);

	CatalogRow(home, "pg_attribute")
		.set("attrelid", relation.oid)
		.set("attname", column.name)
		.set("atttypid", column.type)
		.set("attstattarget", -1)
		.set("attlen", static_cast<int>(type.len))
		.set("attnum", static_cast<int>(column.attnum))
		.set("attndims", type.category == 'A' ? 1 : 0)
		.set("attcacheoff", -1)
		.set("atttypmod", column.typmod)
		.set("attbyval", type.by_value)
		.set_letter("attalign", type.align)
		.set_letter("attstorage", StorageOf(type))
		.set("attcompression", "")
		.set("attnotnull", column.not_null)
		.set("atthasdef", !column.default_sql.empty())
		.set("atthasmissing", false)
		.set_letter("attidentity", column.identity)
		.set("attgenerated", "")
		.set("attisdropped", false)
		.set("attislocal", true)
		.set("attinhcount", 0)
		.set("attcollation", TypeCollation(column.type))
		.insert();
	if (column.physical != column.name)
	{
		const Value parameters[] = {Value::Int(relation.oid), Value::Int(column.attnum),
									Value::Text(column.physical)};

		RunEngine(
			"INSERT INTO main.\"postroom.physical\" (relid, attnum, name) VALUES (?1, ?2, ?3)",
			parameters);
	}
	if (!column.default_sql.empty())
		SetColumnDefault(relation, column, column.default_sql);
}

/* Functions that SQL kept of an object calls, and sequences it names: the object cannot do without them. */
static void
insert_sql_dependencies(Home home, Oid class_id, Oid object, const StoredSql &stored)
{
	for (const Oid function : stored.functions)
		InsertDependency(home, class_id, object, 0, kPgProcOid, function, 0, 'n');
	for (const Oid type : stored.types)
		InsertDependency(home, class_id, object, 0, kPgTypeOid, type, 0, 'n');
	for (const Oid oid : stored.relations)
		if (const RelationInfoPtr relation = FindRelation(oid);
			relation != nullptr && relation->kind == 'S')
			InsertDependency(home, class_id, object, 0, kPgClassOid, oid, 0, 'n');
}

void
SetColumnDefault(const RelationInfo &relation, const ColumnInfo &column, const std::string &sql)
{
	const Home home = HomeOf(relation);
	const Value parameters[] = {Value::Int(relation.oid), Value::Int(column.attnum),
								Value::Bool(!sql.empty())};

	RunEngine("DELETE FROM " + CatalogTable(home, "pg_depend") +
				  " WHERE classid = 2604 AND objid IN (SELECT oid FROM " +
				  CatalogTable(home, "pg_attrdef") + " WHERE adrelid = ?1 AND adnum = ?2)",
			  std::span(parameters).first(2));
	RunEngine("DELETE FROM " + CatalogTable(home, "pg_attrdef") +
				  " WHERE adrelid = ?1 AND adnum = ?2",
			  std::span(parameters).first(2));
	RunEngine("UPDATE " + CatalogTable(home, "pg_attribute") +
				  " SET atthasdef = ?3 WHERE attrelid = ?1 AND attnum = ?2",
			  parameters);
	if (sql.empty())
		return;

	const Oid oid = NewOid();
	const StoredSql stored = QualifyFunctions(sql, nullptr);

	CatalogRow(home, "pg_attrdef")
		.set("oid", oid)
		.set("adrelid", relation.oid)
		.set("adnum", static_cast<int>(column.attnum))
		.set("adbin", stored.sql)
		.insert();
	insert_sql_dependencies(home, kPgAttrdefOid, oid, stored);
	InsertDependency(home, kPgAttrdefOid, oid, 0, kPgClassOid, relation.oid, column.attnum, 'a');
}

void
InsertRelation(const RelationInfo &relation)
{
	const Home home = HomeOf(relation);
	int checks = 0;

	for (const ConstraintInfo &constraint : relation.constraints)
		checks += constraint.type == 'c';
	insert_class_row(home, relation, static_cast<int>(relation.columns.size()), checks);
	for (const ColumnInfo &column : relation.columns)
		InsertColumn(relation, column);
	InsertDependency(home, kPgClassOid, relation.oid, 0, kPgNamespaceOid, relation.schema, 0, 'n');
	if (home == Home::Main)
		RecordExtensionMember(kPgClassOid, relation.oid);
}

void
InsertConstraint(const RelationInfo &relation, const ConstraintInfo &constraint, bool deferrable,
				 bool deferred)
{
	const Home home = HomeOf(relation);
	const bool foreign = constraint.type == 'f';
	const bool check = constraint.type == 'c';
	const std::string key = number_array(constraint.columns);
	const std::string foreign_key = number_array(constraint.foreign_columns);
	const std::string operators =
		foreign ? equality_operators(relation, constraint.columns) : std::string();
	CatalogRow row(home, "pg_constraint");

	row.set("oid", constraint.oid)
		.set("conname", constraint.name)
		.set("connamespace", relation.schema)
		.set_letter("contype", constraint.type)
		.set("condeferrable", deferrable)
		.set("condeferred", deferred)
		.set("convalidated", true)
		.set("conrelid", relation.oid)
		.set("contypid", 0)
		.set("conindid", constraint.index)
		.set("conparentid", 0)
		.set("confrelid", constraint.foreign_relation)
		.set_letter("confupdtype", foreign ? constraint.update_action : ' ')
		.set_letter("confdeltype", foreign ? constraint.delete_action : ' ')
		.set_letter("confmatchtype", foreign ? 's' : ' ')
		.set("conislocal", true)
		.set("coninhcount", 0)
		.set("connoinherit", !check);
	if (!constraint.columns.empty())
		row.set("conkey", key);
	if (foreign)
		row.set("confkey", foreign_key)
			.set("conpfeqop", operators)
			.set("conppeqop", operators)
			.set("conffeqop", operators);
	const StoredSql stored =
		check ? QualifyFunctions(constraint.check_sql, &relation) : StoredSql();

	if (check)
		row.set("conbin", stored.sql);
	row.insert();
	insert_sql_dependencies(home, kPgConstraintOid, constraint.oid, stored);

	for (const int16 attnum : constraint.columns)
		InsertDependency(home, kPgConstraintOid, constraint.oid, 0, kPgClassOid, relation.oid,
						 attnum, 'a');
	if (constraint.columns.empty())
		InsertDependency(home, kPgConstraintOid, constraint.oid, 0, kPgClassOid, relation.oid, 0,
						 'a');
	for (const int16 attnum : constraint.foreign_columns)
		InsertDependency(home, kPgConstraintOid, constraint.oid, 0, kPgClassOid,
						 constraint.foreign_relation, attnum, 'n');
	if (constraint.index != 0)
		InsertDependency(home, kPgClassOid, constraint.index, 0, kPgConstraintOid, constraint.oid,
						 0, foreign ? 'n' : 'i');
}

namespace
{

/* The row of an index in pg_class. */
RelationInfo
insert_index_relation(const RelationInfo &table, const IndexDraft &index)
{
	RelationInfo relation{};

	relation.oid = index.info.oid;
	relation.schema = table.schema;
	relation.name = index.info.name;
	relation.kind = 'i';
	relation.persistence = table.persistence;
	insert_class_row(HomeOf(table), relation, static_cast<int>(index.keys.size()), 0);
	return relation;
}

/* What the rows of pg_class say of the table's indexes. */
void
mark_indexed(const RelationInfo &table, const IndexDraft &index)
{
	const Home home = HomeOf(table);

	SetCatalogColumn(home, "pg_class", table.oid, "relhasindex", Value::Bool(true));
	/* relfilenode 0: the rows of the table are themselves in the order of the key. */
	if (index.is_rowid)
		SetCatalogColumn(home, "pg_class", index.info.oid, "relfilenode", Value::Int(0));
}

} /* namespace */

void
InsertIndex(const RelationInfo &table, const IndexDraft &index)
{
	const Home home = HomeOf(table);
	const int count = static_cast<int>(index.keys.size());
	const RelationInfo relation = insert_index_relation(table, index);
	std::vector<int16> columns, options;
	std::vector<Oid> collations, classes;
	std::string expressions;

	const auto stored_of = [&](const std::string &sql)
	{
		const StoredSql stored = QualifyFunctions(sql, &table);

		insert_sql_dependencies(home, kPgClassOid, index.info.oid, stored);
		return stored.sql;
	};

	for (const IndexKey &key : index.keys)
	{
		ColumnInfo column{};

		columns.push_back(key.attnum);
		collations.push_back(TypeCollation(key.type));
		classes.push_back(operator_class(key.type));
		options.push_back(static_cast<int16>((key.descending ? 1 : 0) | (key.nulls_first ? 2 : 0)));
		if (key.attnum == 0)
			expressions += (expressions.empty() ? "" : ", ") + stored_of(key.expression_sql);
		column.name = column.physical = key.name;
		column.type = key.type;
		column.typmod = key.typmod;
		column.attnum = static_cast<int16>(columns.size());
		InsertColumn(relation, column);
	}

	const std::string key_text = joined(std::span<const int16>(columns), ' ');
	const std::string option_text = joined(std::span<const int16>(options), ' ');
	const std::string collation_text = joined(std::span<const Oid>(collations), ' ');
	const std::string class_text = joined(std::span<const Oid>(classes), ' ');
	const std::string predicate =
		index.info.predicate_sql.empty() ? "" : stored_of(index.info.predicate_sql);
	CatalogRow row(home, "pg_index");

	row.set("indexrelid", index.info.oid)
		.set("indrelid", table.oid)
		.set("indnatts", count)
		.set("indnkeyatts", count)
		.set("indisunique", index.info.unique)
		.set("indnullsnotdistinct", false)
		.set("indisprimary", index.info.primary)
		.set("indisexclusion", false)
		.set("indimmediate", !index.deferrable)
		.set("indisclustered", false)
		.set("indisvalid", true)
		.set("indcheckxmin", false)
		.set("indisready", true)
		.set("indislive", true)
		.set("indisreplident", false)
		.set("indkey", key_text)
		.set("indcollation", collation_text)
		.set("indclass", class_text)
		.set("indoption", option_text);
	if (!expressions.empty())
		row.set("indexprs", expressions);
	if (!index.info.predicate_sql.empty())
		row.set("indpred", predicate);
	row.insert();
	for (const int16 attnum : columns)
		InsertDependency(home, kPgClassOid, index.info.oid, 0, kPgClassOid, table.oid, attnum, 'a');
	mark_indexed(table, index);
}

void
SetViewQuery(const RelationInfo &view, const std::string &sql, std::span<const Oid> referenced)
{
	const Home home = HomeOf(view);
	const Value relation = Value::Int(view.oid);
	const std::string rewrite = CatalogTable(home, "pg_rewrite");
	const int64 old =
		QueryEngineNumber("SELECT oid FROM " + rewrite + " WHERE ev_class = ?1", {&relation, 1});

	if (old >= 0)
	{
		delete_object_notes(home, kPgRewriteOid, static_cast<Oid>(old));
		delete_where(home, "pg_rewrite", "ev_class = ?1", view.oid);
	}

	const Oid oid = NewOid();
	const StoredSql stored = QualifyFunctionsOfQuery(sql);

	CatalogRow(home, "pg_rewrite")
		.set("oid", oid)
		.set("rulename", "_RETURN")
		.set("ev_class", view.oid)
		.set("ev_type", "1")
		.set("ev_enabled", "O")
		.set("is_instead", true)
		.set("ev_qual", "<>")
		.set("ev_action", stored.sql)
		.insert();
	insert_sql_dependencies(home, kPgRewriteOid, oid, stored);
	InsertDependency(home, kPgRewriteOid, oid, 0, kPgClassOid, view.oid, 0, 'i');
	for (const Oid other : referenced)
		InsertDependency(home, kPgRewriteOid, oid, 0, kPgClassOid, other, 0, 'n');
}

void
InsertDependency(Home home, Oid class_id, Oid object, int sub_id, Oid ref_class, Oid ref_object,
				 int ref_sub_id, char type)
{
	/* What every database has cannot go away: nothing is written of it. */
	if (ref_object < kFirstNormalOid && ref_object != kPublicOid)
		return;
	CatalogRow(home, "pg_depend")
		.set("classid", class_id)
		.set("objid", object)
		.set("objsubid", sub_id)
		.set("refclassid", ref_class)
		.set("refobjid", ref_object)
		.set("refobjsubid", ref_sub_id)
		.set_letter("deptype", type)
		.insert();
}

void
DeleteConstraint(const RelationInfo &relation, Oid constraint)
{
	const Home home = HomeOf(relation);

	delete_object_notes(home, kPgConstraintOid, constraint);
	delete_where(home, "pg_constraint", "oid = ?1", constraint);
}

void
DeleteIndex(const RelationInfo &table, Oid index)
{
	const Home home = HomeOf(table);

	delete_object_notes(home, kPgClassOid, index);
	delete_where(home, "pg_index", "indexrelid = ?1", index);
	delete_where(home, "pg_attribute", "attrelid = ?1", index);
	delete_where(home, "pg_class", "oid = ?1", index);
}

void
DeleteRelation(const RelationInfo &relation)
{
	const Home home = HomeOf(relation);

	for (const TableIndex &index : relation.indexes)
		DeleteIndex(relation, index.oid);
	for (const ConstraintInfo &constraint : relation.constraints)
		DeleteConstraint(relation, constraint.oid);

	const Value oid = Value::Int(relation.oid);

	RunEngine("DELETE FROM " + CatalogTable(home, "pg_depend") +
				  " WHERE (classid = 2604 AND objid IN (SELECT oid FROM " +
				  CatalogTable(home, "pg_attrdef") +
				  " WHERE adrelid = ?1)) OR (classid = 2618 AND objid IN (SELECT oid FROM " +
				  CatalogTable(home, "pg_rewrite") + " WHERE ev_class = ?1))",
			  {&oid, 1});
	for (const TriggerInfo &trigger : relation.triggers)
		DeleteTrigger(relation, trigger.oid);
	for (const PolicyInfo &policy : PoliciesOf(relation))
		DeletePolicy(relation, policy.oid);
	delete_where(home, "pg_attrdef", "adrelid = ?1", relation.oid);
	delete_where(home, "pg_rewrite", "ev_class = ?1", relation.oid);
	delete_where(home, "pg_attribute", "attrelid = ?1", relation.oid);
	delete_object_notes(home, kPgClassOid, relation.oid);
	delete_where(home, "pg_class", "oid = ?1", relation.oid);
	if (relation.kind == 'S')
		DeleteSequence(relation);
	RunEngine("DELETE FROM main.\"postroom.physical\" WHERE relid = ?1", {&oid, 1});
}

} /* namespace pg */
