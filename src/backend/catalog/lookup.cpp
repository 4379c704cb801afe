/*
 * catalog/lookup.cpp
 *		Relations and schemas by name and OID, cached for one catalog generation.
 *
 * Backends and workers with a database, inside a transaction.  Reads the catalog tables through the
 * session's engine, so it sees what the transaction sees.
 */
#include "catalog/lookup.h"

#include <map>
#include <memory>

#include "access/transaction.h"
#include "access/xact.h"
#include "catalog/catalog_internals.h"
#include "catalog/catalog_names.h"
#include "catalog/objects.h"
#include "catalog/rights.h"
#include "catalog/sequences.h"
#include "catalog/system_relations.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

uint64 local_generation = 0;
bool temp_schema_exists = false;
bool temp_schema_is_new = false; /* made in the transaction that is running */
bool changed_in_transaction = false;

/* What look-ups found so far; valid while `generation` is the current one. */
struct LookupCache
{
	uint64 generation = 0;
	std::map<Oid, RelationInfoPtr> by_oid;
	std::map<std::pair<Oid, std::string>, Oid> oid_by_name; /* InvalidOid: there is none */
	std::map<std::string, Oid, std::less<>> schemas;
	std::map<std::string, std::unique_ptr<EngineStatement>> statements;
};

/* Never destroyed: engine statements must not outlive their session at exit. */
LookupCache &
lookup_cache()
{
	static LookupCache *const instance = std::make_unique<LookupCache>().release();
	const uint64 generation = CatalogGeneration();

	if (instance->generation != generation)
	{
		instance->by_oid.clear();
		instance->oid_by_name.clear();
		instance->schemas.clear();
		instance->generation = generation;
	}
	return *instance;
}

/* A catalog query, prepared once, run with integer or text arguments; reset when it goes. */
class Query
{
public:
	explicit Query(const std::string &sql)
	{
		auto &statements = lookup_cache().statements;
		auto found = statements.find(sql);

		if (found == statements.end())
			found = statements.emplace(sql, CurrentEngine().prepare(sql)).first;
		statement_ = found->second.get();
	}
	~Query() { statement_->reset(); }
	Query(const Query &) = delete;
	Query &operator=(const Query &) = delete;

	Query &bind(int index, Oid value)
	{
		statement_->bind(index, Value::Int(value));
		return *this;
	}
	Query &bind(int index, std::string_view value)
	{
		statement_->bind(index, Value::Text(value));
		return *this;
	}
	bool next() { return statement_->step(); }
	int64 integer(int i) const { return statement_->column(i).integer; }
	std::string text(int i) const { return std::string(statement_->column(i).bytes); }
	bool is_null(int i) const { return statement_->column(i).is_null(); }
	char letter(int i) const
	{
		const std::string_view bytes = statement_->column(i).bytes;

		return bytes.empty() ? '\0' : bytes[0];
	}

private:
	EngineStatement *statement_;
};

/* Catalogs of permanent objects lie in the engine's schema main, of temporary ones in temp. */
std::string
catalog_table(bool temporary, const char *name)
{
	return std::string(temporary ? "temp." : "main.") +
		   QuoteEngineName(std::string("pg_catalog.") + name);
}

/* "{1,2}" or "1 2" */
std::vector<int16>
numbers(const std::string &text)
{
	std::vector<int16> result;
	const char *at = text.c_str();

	while (*at != '\0')
	{
		char *end;
		const long number = strtol(at, &end, 10);

		if (end == at)
		{
			at++;
			continue;
		}
		result.push_back(static_cast<int16>(number));
		at = end;
	}
	return result;
}

void
load_columns(RelationInfo &relation, bool temporary)
{
	Query rows("SELECT a.attname, a.atttypid, a.atttypmod, a.attnum, a.attnotnull, a.attisdropped, "
			   "a.attidentity, d.adbin, p.name FROM " +
			   catalog_table(temporary, "pg_attribute") + " a LEFT JOIN " +
			   catalog_table(temporary, "pg_attrdef") +
			   " d ON d.adrelid = a.attrelid AND d.adnum = a.attnum LEFT JOIN "
			   "main.\"postroom.physical\" p ON p.relid = a.attrelid AND p.attnum = a.attnum "
			   "WHERE a.attrelid = ?1 AND a.attnum > 0 ORDER BY a.attnum");

	rows.bind(0, relation.oid);
	while (rows.next())
	{
		ColumnInfo column;

		column.name = rows.text(0);
		column.type = static_cast<Oid>(rows.integer(1));
		column.typmod = static_cast<int32>(rows.integer(2));
		column.attnum = static_cast<int16>(rows.integer(3));
		column.not_null = rows.integer(4) != 0;
		column.dropped = rows.integer(5) != 0;
		column.identity = rows.letter(6);
		column.default_sql = rows.text(7);
		column.physical = rows.is_null(8) ? column.name : rows.text(8);
		relation.columns.push_back(std::move(column));
	}
}

void
load_constraints(RelationInfo &relation, bool temporary)
{
	Query rows("SELECT oid, conname, contype, conkey, conbin, confrelid, confkey, confupdtype, "
			   "confdeltype, conindid FROM " +
			   catalog_table(temporary, "pg_constraint") + " WHERE conrelid = ?1 ORDER BY conname");

	rows.bind(0, relation.oid);
	while (rows.next())
	{
		ConstraintInfo constraint;

		constraint.oid = static_cast<Oid>(rows.integer(0));
		constraint.name = rows.text(1);
		constraint.type = rows.letter(2);
		constraint.columns = numbers(rows.text(3));
		constraint.check_sql = rows.text(4);
		constraint.foreign_relation = static_cast<Oid>(rows.integer(5));
		constraint.foreign_columns = numbers(rows.text(6));
		constraint.update_action = rows.letter(7);
		constraint.delete_action = rows.letter(8);
		constraint.index = static_cast<Oid>(rows.integer(9));
		relation.constraints.push_back(std::move(constraint));
	}
}

void
load_indexes(RelationInfo &relation, bool temporary)
{
	Query rows(
		"SELECT i.indexrelid, c.relname, i.indisunique, i.indisprimary, i.indkey, i.indpred, "
		"i.indexprs, c.relfilenode FROM " +
		catalog_table(temporary, "pg_index") + " i JOIN " + catalog_table(temporary, "pg_class") +
		" c ON c.oid = i.indexrelid WHERE i.indrelid = ?1 ORDER BY c.relname");

	rows.bind(0, relation.oid);
	while (rows.next())
	{
		TableIndex index;

		index.oid = static_cast<Oid>(rows.integer(0));
		index.name = rows.text(1);
		index.physical = relation.schema_name + "." + index.name;
		index.unique = rows.integer(2) != 0;
		index.primary = rows.integer(3) != 0;
		index.columns = numbers(rows.text(4));
		index.predicate_sql = rows.text(5);
		index.expressions_sql = rows.text(6);
		/* A primary key without a file of its own is the rowid. */
		if (index.primary && rows.integer(7) == 0)
			for (ColumnInfo &column : relation.columns)
				column.is_rowid = column.is_rowid || column.attnum == index.columns.at(0);
		relation.indexes.push_back(std::move(index));
	}
}

/* The texts of tgargs, each with a zero at its end. */
std::vector<std::string>
trigger_arguments(std::string_view bytes)
{
	std::vector<std::string> arguments;

	for (size_t end; (end = bytes.find('\0')) != std::string_view::npos;)
	{
		arguments.emplace_back(bytes.substr(0, end));
		bytes.remove_prefix(end + 1);
	}
	return arguments;
}

void
load_triggers(RelationInfo &relation, bool temporary)
{
	Query rows("SELECT oid, tgname, tgfoid, tgtype, tgenabled, tgattr, tgargs, tgqual, "
			   "tgoldtable, tgnewtable FROM " +
			   catalog_table(temporary, "pg_trigger") + " WHERE tgrelid = ?1 ORDER BY tgname");

	rows.bind(0, relation.oid);
	while (rows.next())
	{
		TriggerInfo trigger;

		trigger.oid = static_cast<Oid>(rows.integer(0));
		trigger.name = rows.text(1);
		trigger.function = static_cast<Oid>(rows.integer(2));
		trigger.type = static_cast<int16>(rows.integer(3));
		trigger.enabled = rows.letter(4);
		trigger.columns = numbers(rows.text(5));
		trigger.arguments = trigger_arguments(rows.text(6));
		trigger.when_sql = rows.text(7);
		trigger.old_table = rows.text(8);
		trigger.new_table = rows.text(9);
		relation.triggers.push_back(std::move(trigger));
	}
}

void
load_view(RelationInfo &relation, bool temporary)
{
	Query rows("SELECT ev_action FROM " + catalog_table(temporary, "pg_rewrite") +
			   " WHERE ev_class = ?1 AND rulename = '_RETURN'");

	rows.bind(0, relation.oid);
	if (rows.next())
		relation.view_sql = rows.text(0);
}

RelationInfoPtr
load_relation(Oid oid, bool temporary)
{
	auto relation = std::make_shared<RelationInfo>();
	bool has_triggers;

	{
		Query rows("SELECT relname, relnamespace, relkind, relpersistence, relowner, relacl, "
				   "relhastriggers, relrowsecurity, relforcerowsecurity FROM " +
				   catalog_table(temporary, "pg_class") + " WHERE oid = ?1");

		rows.bind(0, oid);
		if (!rows.next())
			return nullptr;
		relation->oid = oid;
		relation->name = rows.text(0);
		relation->schema = static_cast<Oid>(rows.integer(1));
		relation->kind = rows.letter(2);
		relation->persistence = rows.letter(3);
		relation->owner = static_cast<Oid>(rows.integer(4));
		relation->acl = rows.text(5);
		has_triggers = rows.integer(6) != 0;
		relation->row_security = rows.integer(7) != 0;
		relation->row_security_forced = rows.integer(8) != 0;
	}
	relation->schema_name = temporary ? kTempSchemaName : SchemaName(relation->schema).value_or("");
	relation->physical = (temporary ? "temp." : "main.") +
						 QuoteEngineName(relation->schema_name + "." + relation->name);
	if (relation->kind == 'S')
		relation->physical = SequenceTable(oid);
	load_columns(*relation, temporary);
	for (ColumnInfo &column : relation->columns)
		if (column.identity != 0)
			column.sequence = IdentitySequence(*relation, column.attnum);
	if (relation->kind == 'v')
		load_view(*relation, temporary);
	else if (relation->kind == 'r')
	{
		load_constraints(*relation, temporary);
		load_indexes(*relation, temporary);
	}
	if (has_triggers)
		load_triggers(*relation, temporary);
	return relation;
}

/* OID of a relation in one schema, or InvalidOid. */
Oid
find_in_schema(Oid schema, const std::string &name)
{
	LookupCache &all = lookup_cache();
	auto key = std::make_pair(schema, name);

	if (auto found = all.oid_by_name.find(key); found != all.oid_by_name.end())
		return found->second;

	const bool temporary = schema == kTempSchemaOid;
	Oid oid = InvalidOid;

	if (!temporary || TempSchemaExists())
	{
		Query rows("SELECT oid FROM " + catalog_table(temporary, "pg_class") +
				   " WHERE relname = ?1 AND relnamespace = ?2");

		rows.bind(0, std::string_view(name)).bind(1, schema);
		if (rows.next())
			oid = static_cast<Oid>(rows.integer(0));
	}
	lookup_cache().oid_by_name[key] = oid;
	return oid;
}

RelationInfoPtr
find_relation_in(Oid schema, const std::string &name)
{
	if (schema == kPgCatalogOid)
		return FindSystemRelation("pg_catalog", name);
	if (schema == kInformationSchemaOid)
		return FindSystemRelation("information_schema", name);

	const Oid oid = find_in_schema(schema, name);

	return oid == InvalidOid ? nullptr : FindRelation(oid);
}

/* A committed change is news for all sessions; a rolled back one only for this. */
void
lookups_at_transaction_end(bool committed)
{
	if (temp_schema_is_new && !committed)
		temp_schema_exists = false;
	temp_schema_is_new = false;
	if (!changed_in_transaction)
		return;
	changed_in_transaction = false;
	local_generation++;
	if (committed)
		BumpSharedCatalogGeneration();
}

/* What a rollback to a savepoint undid must be looked up again. */
void
lookups_at_subtransaction_end(SubXactEvent event, SubTransactionId, SubTransactionId, void *)
{
	if (event == SUBXACT_EVENT_ABORT_SUB && changed_in_transaction)
		local_generation++;
}

} /* namespace */

const ColumnInfo *
RelationInfo::find_column(std::string_view column) const
{
	for (const ColumnInfo &candidate : columns)
		if (!candidate.dropped && candidate.name == column)
			return &candidate;
	return nullptr;
}

void
InitializeCatalogAccess()
{
	OnTransactionEnd(lookups_at_transaction_end);
	RegisterSubXactCallback(lookups_at_subtransaction_end, nullptr);
}

uint64
CatalogGeneration()
{
	return SharedCatalogGeneration() + local_generation;
}

void
BumpLocalCatalogGeneration()
{
	local_generation++;
}

void
CatalogChanged()
{
	changed_in_transaction = true;
	local_generation++;
}

bool
TempSchemaExists()
{
	/* A rollback to a savepoint may have taken it away. */
	if (temp_schema_exists && temp_schema_is_new)
	{
		const auto row = CurrentEngine().prepare(
			"SELECT 1 FROM temp.sqlite_schema WHERE name = 'pg_catalog.pg_class'");

		return row->step();
	}
	return temp_schema_exists;
}

void
SetTempSchemaExists()
{
	temp_schema_exists = true;
	temp_schema_is_new = true;
	local_generation++;
}

RelationInfoPtr
FindRelation(std::string_view schema, std::string_view name)
{
	const std::string wanted(name);

	if (!schema.empty())
	{
		std::optional<Oid> oid = FindSchema(schema);

		if (oid)
			CheckSchemaRight(*oid, ACL_USAGE);
		return oid ? find_relation_in(*oid, wanted) : nullptr;
	}
	for (const Oid candidate : EffectiveSearchPath())
		if (RelationInfoPtr found = find_relation_in(candidate, wanted))
			return found;
	return nullptr;
}

RelationInfoPtr
FindRelation(Oid oid)
{
	if (oid < kFirstNormalOid)
		return FindSystemRelation(oid);
	if (auto found = lookup_cache().by_oid.find(oid); found != lookup_cache().by_oid.end())
		return found->second;

	RelationInfoPtr relation = load_relation(oid, false);

	if (relation == nullptr && TempSchemaExists())
		relation = load_relation(oid, true);
	if (relation != nullptr)
		lookup_cache().by_oid[oid] = relation;
	return relation;
}

std::vector<Reference>
FindReferences(Oid relation)
{
	std::vector<Oid> referencing;
	std::vector<Reference> found;

	for (const bool temporary : {false, true})
	{
		if (temporary && !TempSchemaExists())
			continue;

		Query rows("SELECT DISTINCT conrelid FROM " + catalog_table(temporary, "pg_constraint") +
				   " WHERE contype = 'f' AND confrelid = ?1");

		rows.bind(0, relation);
		while (rows.next())
			referencing.push_back(static_cast<Oid>(rows.integer(0)));
	}
	for (const Oid oid : referencing)
	{
		RelationInfoPtr other = FindRelation(oid);

		for (size_t i = 0; other != nullptr && i < other->constraints.size(); i++)
			if (other->constraints[i].type == 'f' &&
				other->constraints[i].foreign_relation == relation)
				found.push_back({other, i});
	}
	return found;
}

std::string
IndexDefinition(const RelationInfo &table, const TableIndex &index)
{
	Query rows("SELECT indoption FROM " + catalog_table(table.persistence == 't', "pg_index") +
			   " WHERE indexrelid = ?1");

	rows.bind(0, index.oid);
	return IndexDefinition(table, index, rows.next() ? rows.text(0) : "");
}

std::optional<Oid>
FindSchema(std::string_view name)
{
	if (name == "pg_catalog")
		return kPgCatalogOid;
	if (name == "information_schema")
		return kInformationSchemaOid;
	if (name == kTempSchemaName)
		return TempSchemaExists() ? std::optional(kTempSchemaOid) : std::nullopt;

	LookupCache &all = lookup_cache();

	if (auto found = all.schemas.find(name); found != all.schemas.end())
		return found->second != InvalidOid ? std::optional(found->second) : std::nullopt;

	Oid oid = InvalidOid;
	{
		Query rows("SELECT oid FROM " + catalog_table(false, "pg_namespace") +
				   " WHERE nspname = ?1");

		rows.bind(0, name);
		if (rows.next())
			oid = static_cast<Oid>(rows.integer(0));
	}
	lookup_cache().schemas[std::string(name)] = oid;
	return oid != InvalidOid ? std::optional(oid) : std::nullopt;
}

std::optional<std::string>
SchemaName(Oid oid)
{
	if (oid == kPgCatalogOid)
		return "pg_catalog";
	if (oid == kInformationSchemaOid)
		return "information_schema";
	if (oid == kTempSchemaOid)
		return kTempSchemaName;

	Query rows("SELECT nspname FROM " + catalog_table(false, "pg_namespace") + " WHERE oid = ?1");

	rows.bind(0, oid);
	return rows.next() ? std::optional(rows.text(0)) : std::nullopt;
}

} /* namespace pg */
