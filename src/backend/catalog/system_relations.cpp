/*
 * catalog/system_relations.cpp
 *		The table of catalogs and system views, and their descriptions.
 *
 * Any process; allocates only for what is asked for.
 */
#include "catalog/system_relations.h"

#include <map>

#include "catalog/catalog_names.h"
#include "catalog/system_views.h"
#include "utils/adt/registry.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

using Where = SystemRelation::Where;

constexpr SystemRelation kRelations[] = {
	{2615, "pg_catalog", "pg_namespace", Where::Database,
	 "oid oid!, nspname name!, nspowner oid!, nspacl _aclitem"},
	{1259, "pg_catalog", "pg_class", Where::Database,
	 "oid oid!, relname name!, relnamespace oid!, reltype oid!, reloftype oid!, relowner "
	 "oid!, relam oid!, relfilenode oid!, reltablespace oid!, relpages int4!, reltuples "
	 "float4!, relallvisible int4!, reltoastrelid oid!, relhasindex bool!, relisshared "
	 "bool!, relpersistence char!, relkind char!, relnatts int2!, relchecks int2!, "
	 "relhasrules bool!, relhastriggers bool!, relhassubclass bool!, relrowsecurity bool!, "
	 "relforcerowsecurity bool!, relispopulated bool!, relreplident char!, relispartition "
	 "bool!, relrewrite oid!, relfrozenxid xid!, relminmxid xid!, relacl _aclitem, "
	 "reloptions _text, relpartbound pg_node_tree"},
	{1249, "pg_catalog", "pg_attribute", Where::Database,
	 "attrelid oid!, attname name!, atttypid oid!, attstattarget int4!, attlen int2!, attnum "
	 "int2!, attndims int4!, attcacheoff int4!, atttypmod int4!, attbyval bool!, attalign "
	 "char!, attstorage char!, attcompression char!, attnotnull bool!, atthasdef bool!, "
	 "atthasmissing bool!, attidentity char!, attgenerated char!, attisdropped bool!, "
	 "attislocal bool!, attinhcount int4!, attcollation oid!, attacl _aclitem, attoptions "
	 "_text, attfdwoptions _text, attmissingval text"},
	{2604, "pg_catalog", "pg_attrdef", Where::Database,
	 "oid oid!, adrelid oid!, adnum int2!, adbin pg_node_tree!"},
	{2606, "pg_catalog", "pg_constraint", Where::Database,
	 "oid oid!, conname name!, connamespace oid!, contype char!, condeferrable bool!, "
	 "condeferred bool!, convalidated bool!, conrelid oid!, contypid oid!, conindid oid!, "
	 "conparentid oid!, confrelid oid!, confupdtype char!, confdeltype char!, confmatchtype "
	 "char!, conislocal bool!, coninhcount int4!, connoinherit bool!, conkey _int2, confkey "
	 "_int2, conpfeqop _oid, conppeqop _oid, conffeqop _oid, confdelsetcols _int2, conexclop "
	 "_oid, conbin pg_node_tree"},
	{2610, "pg_catalog", "pg_index", Where::Database,
	 "indexrelid oid!, indrelid oid!, indnatts int2!, indnkeyatts int2!, indisunique bool!, "
	 "indnullsnotdistinct bool!, indisprimary bool!, indisexclusion bool!, indimmediate "
	 "bool!, indisclustered bool!, indisvalid bool!, indcheckxmin bool!, indisready bool!, "
	 "indislive bool!, indisreplident bool!, indkey int2vector!, indcollation oidvector!, "
	 "indclass oidvector!, indoption int2vector!, indexprs pg_node_tree, indpred "
	 "pg_node_tree"},
	{2609, "pg_catalog", "pg_description", Where::Database,
	 "objoid oid!, classoid oid!, objsubid int4!, description text!"},
	{2608, "pg_catalog", "pg_depend", Where::Database,
	 "classid oid!, objid oid!, objsubid int4!, refclassid oid!, refobjid oid!, refobjsubid "
	 "int4!, deptype char!"},
	{2611, "pg_catalog", "pg_inherits", Where::Database,
	 "inhrelid oid!, inhparent oid!, inhseqno int4!, inhdetachpending bool!"},
	{2618, "pg_catalog", "pg_rewrite", Where::Database,
	 "oid oid!, rulename name!, ev_class oid!, ev_type char!, ev_enabled char!, is_instead "
	 "bool!, ev_qual pg_node_tree!, ev_action pg_node_tree!"},
	{2620, "pg_catalog", "pg_trigger", Where::Database,
	 "oid oid!, tgrelid oid!, tgparentid oid!, tgname name!, tgfoid oid!, tgtype int2!, "
	 "tgenabled char!, tgisinternal bool!, tgconstrrelid oid!, tgconstrindid oid!, "
	 "tgconstraint oid!, tgdeferrable bool!, tginitdeferred bool!, tgnargs int2!, tgattr "
	 "int2vector!, tgargs bytea!, tgqual pg_node_tree, tgoldtable name, tgnewtable name"},
	{3256, "pg_catalog", "pg_policy", Where::Database,
	 "oid oid!, polname name!, polrelid oid!, polcmd char!, polpermissive bool!, polroles "
	 "_oid!, polqual pg_node_tree, polwithcheck pg_node_tree"},
	{3381, "pg_catalog", "pg_statistic_ext", Where::Database,
	 "oid oid!, stxrelid oid!, stxname name!, stxnamespace oid!, stxowner oid!, "
	 "stxstattarget int4!, stxkeys int2vector!, stxkind _char!, stxexprs pg_node_tree"},
	{6104, "pg_catalog", "pg_publication", Where::Database,
	 "oid oid!, pubname name!, pubowner oid!, puballtables bool!, pubinsert bool!, pubupdate "
	 "bool!, pubdelete bool!, pubtruncate bool!, pubviaroot bool!"},
	{6106, "pg_catalog", "pg_publication_rel", Where::Database,
	 "oid oid!, prpubid oid!, prrelid oid!, prqual pg_node_tree, prattrs int2vector"},
	{6237, "pg_catalog", "pg_publication_namespace", Where::Database,
	 "oid oid!, pnpubid oid!, pnnspid oid!"},
	{826, "pg_catalog", "pg_default_acl", Where::Database,
	 "oid oid!, defaclrole oid!, defaclnamespace oid!, defaclobjtype char!, defaclacl _aclitem!"},
	{1417, "pg_catalog", "pg_foreign_server", Where::Database,
	 "oid oid!, srvname name!, srvowner oid!, srvfdw oid!, srvtype text, srvversion text, "
	 "srvacl _aclitem, srvoptions _text"},
	{1418, "pg_catalog", "pg_user_mapping", Where::Database,
	 "oid oid!, umuser oid!, umserver oid!, umoptions _text"},
	{2328, "pg_catalog", "pg_foreign_data_wrapper", Where::Database,
	 "oid oid!, fdwname name!, fdwowner oid!, fdwhandler oid!, fdwvalidator oid!, fdwacl "
	 "_aclitem, fdwoptions _text"},
	{2995, "pg_catalog", "pg_largeobject_metadata", Where::Database,
	 "oid oid!, lomowner oid!, lomacl _aclitem"},
	{3466, "pg_catalog", "pg_event_trigger", Where::Database,
	 "oid oid!, evtname name!, evtevent name!, evtowner oid!, evtfoid oid!, evtenabled char!, "
	 "evttags _text"},
	{3118, "pg_catalog", "pg_foreign_table", Where::Database,
	 "ftrelid oid!, ftserver oid!, ftoptions _text"},
	{3079, "pg_catalog", "pg_extension", Where::Database,
	 "oid oid!, extname name!, extowner oid!, extnamespace oid!, extrelocatable bool!, "
	 "extversion text!, extconfig _oid, extcondition _text"},
	{2224, "pg_catalog", "pg_sequence", Where::Database,
	 "seqrelid oid!, seqtypid oid!, seqstart int8!, seqincrement int8!, seqmax int8!, seqmin "
	 "int8!, seqcache int8!, seqcycle bool!"},
	{3501, "pg_catalog", "pg_enum", Where::Database,
	 "oid oid!, enumtypid oid!, enumsortorder float4!, enumlabel name!"},
	{2601, "pg_catalog", "pg_am", Where::Database,
	 "oid oid!, amname name!, amhandler regproc!, amtype char!"},
	{3456, "pg_catalog", "pg_collation", Where::Database,
	 "oid oid!, collname name!, collnamespace oid!, collowner oid!, collprovider char!, "
	 "collisdeterministic bool!, collencoding int4!, collcollate text, collctype text, "
	 "colliculocale text, collversion text"},
	{2612, "pg_catalog", "pg_language", Where::Database,
	 "oid oid!, lanname name!, lanowner oid!, lanispl bool!, lanpltrusted bool!, "
	 "lanplcallfoid oid!, laninline oid!, lanvalidator oid!, lanacl _aclitem"},
	{3350, "pg_catalog", "pg_partitioned_table", Where::Database,
	 "partrelid oid!, partstrat char!, partnatts int2!, partdefid oid!, partattrs "
	 "int2vector!, partclass oidvector!, partcollation oidvector!, partexprs pg_node_tree"},
	{1262, "pg_catalog", "pg_database", Where::Shared,
	 "oid oid!, datname name!, datdba oid!, encoding int4!, datlocprovider char!, "
	 "datistemplate bool!, datallowconn bool!, datconnlimit int4!, datfrozenxid xid!, "
	 "datminmxid xid!, dattablespace oid!, datcollate text!, datctype text!, daticulocale "
	 "text, datcollversion text, datacl _aclitem"},
	{1260, "pg_catalog", "pg_authid", Where::Shared,
	 "oid oid!, rolname name!, rolsuper bool!, rolinherit bool!, rolcreaterole bool!, "
	 "rolcreatedb bool!, rolcanlogin bool!, rolreplication bool!, rolbypassrls bool!, "
	 "rolconnlimit int4!, rolpassword text, rolvaliduntil timestamptz"},
	{1261, "pg_catalog", "pg_auth_members", Where::Shared,
	 "roleid oid!, member oid!, grantor oid!, admin_option bool!"},
	{1213, "pg_catalog", "pg_tablespace", Where::Shared,
	 "oid oid!, spcname name!, spcowner oid!, spcacl _aclitem, spcoptions _text"},
	{2396, "pg_catalog", "pg_shdescription", Where::Shared,
	 "objoid oid!, classoid oid!, description text!"},
	{2964, "pg_catalog", "pg_db_role_setting", Where::Shared,
	 "setdatabase oid!, setrole oid!, setconfig _text"},
	{6100, "pg_catalog", "pg_subscription", Where::Shared,
	 "oid oid!, subdbid oid!, subskiplsn text!, subname name!, subowner oid!, subenabled "
	 "bool!, subbinary bool!, substream bool!, subtwophasestate char!, subdisableonerr "
	 "bool!, subconninfo text!, subslotname name, subsynccommit text!, subpublications "
	 "_text!"},
	{12000, "pg_catalog", "pg_roles", Where::View,
	 "rolname name, rolsuper bool, rolinherit bool, rolcreaterole bool, rolcreatedb bool, "
	 "rolcanlogin bool, rolreplication bool, rolconnlimit int4, rolpassword text, "
	 "rolvaliduntil timestamptz, rolbypassrls bool, rolconfig _text, oid oid"},
	{12005, "pg_catalog", "pg_shadow", Where::View,
	 "usename name, usesysid oid, usecreatedb bool, usesuper bool, userepl bool, "
	 "usebypassrls bool, passwd text, valuntil timestamptz, useconfig _text"},
	{12010, "pg_catalog", "pg_group", Where::View, "groname name, grosysid oid, grolist _oid"},
	{12014, "pg_catalog", "pg_user", Where::View,
	 "usename name, usesysid oid, usecreatedb bool, usesuper bool, userepl bool, "
	 "usebypassrls bool, passwd text, valuntil timestamptz, useconfig _text"},
	{12033, "pg_catalog", "pg_tables", Where::View,
	 "schemaname name, tablename name, tableowner name, tablespace name, hasindexes bool, "
	 "hasrules bool, hastriggers bool, rowsecurity bool"},
	{12028, "pg_catalog", "pg_views", Where::View,
	 "schemaname name, viewname name, viewowner name, definition text"},
	{12048, "pg_catalog", "pg_sequences", Where::View,
	 "schemaname name, sequencename name, sequenceowner name, data_type regtype, start_value "
	 "int8, min_value int8, max_value int8, increment_by int8, cycle bool, cache_size int8, "
	 "last_value int8"},
	{12043, "pg_catalog", "pg_indexes", Where::View,
	 "schemaname name, tablename name, indexname name, tablespace name, indexdef text"},
	{13425, "information_schema", "tables", Where::View,
	 "table_catalog name, table_schema name, table_name name, table_type varchar, "
	 "self_referencing_column_name name, reference_generation varchar, "
	 "user_defined_type_catalog name, user_defined_type_schema name, user_defined_type_name "
	 "name, is_insertable_into varchar, is_typed varchar, commit_action varchar"},
	{13295, "information_schema", "columns", Where::View,
	 "table_catalog name, table_schema name, table_name name, column_name name, "
	 "ordinal_position int4, column_default varchar, is_nullable varchar, data_type varchar, "
	 "character_maximum_length int4, character_octet_length int4, numeric_precision int4, "
	 "numeric_precision_radix int4, numeric_scale int4, datetime_precision int4, "
	 "interval_type varchar, interval_precision int4, character_set_catalog name, "
	 "character_set_schema name, character_set_name name, collation_catalog name, "
	 "collation_schema name, collation_name name, domain_catalog name, domain_schema name, "
	 "domain_name name, udt_catalog name, udt_schema name, udt_name name, scope_catalog "
	 "name, scope_schema name, scope_name name, maximum_cardinality int4, dtd_identifier "
	 "name, is_self_referencing varchar, is_identity varchar, identity_generation varchar, "
	 "identity_start varchar, identity_increment varchar, identity_maximum varchar, "
	 "identity_minimum varchar, identity_cycle varchar, is_generated varchar, "
	 "generation_expression varchar, is_updatable varchar"},
	{13386, "information_schema", "sequences", Where::View,
	 "sequence_catalog name, sequence_schema name, sequence_name name, data_type varchar, "
	 "numeric_precision int4, numeric_precision_radix int4, numeric_scale int4, start_value "
	 "varchar, minimum_value varchar, maximum_value varchar, increment varchar, cycle_option "
	 "varchar"},
	{13382, "information_schema", "schemata", Where::View,
	 "catalog_name name, schema_name name, schema_owner name, default_character_set_catalog "
	 "name, default_character_set_schema name, default_character_set_name name, sql_path "
	 "varchar"},
	{13483, "information_schema", "views", Where::View,
	 "table_catalog name, table_schema name, table_name name, view_definition varchar, "
	 "check_option varchar, is_updatable varchar, is_insertable_into varchar, "
	 "is_trigger_updatable varchar, is_trigger_deletable varchar, is_trigger_insertable_into "
	 "varchar"},
	{13411, "information_schema", "table_constraints", Where::View,
	 "constraint_catalog name, constraint_schema name, constraint_name name, table_catalog "
	 "name, table_schema name, table_name name, constraint_type varchar, is_deferrable "
	 "varchar, initially_deferred varchar, enforced varchar, nulls_distinct varchar"},
	{13329, "information_schema", "key_column_usage", Where::View,
	 "constraint_catalog name, constraint_schema name, constraint_name name, table_catalog "
	 "name, table_schema name, table_name name, column_name name, ordinal_position int4, "
	 "position_in_unique_constraint int4"},
	{13440, "information_schema", "triggers", Where::View,
	 "trigger_catalog name, trigger_schema name, trigger_name name, event_manipulation varchar, "
	 "event_object_catalog name, event_object_schema name, event_object_table name, action_order "
	 "int4, action_condition varchar, action_statement varchar, action_orientation varchar, "
	 "action_timing varchar, action_reference_old_table name, action_reference_new_table name, "
	 "action_reference_old_row name, action_reference_new_row name, created timestamptz"},
	{1247, "pg_catalog", "pg_type", Where::RowSource, nullptr},
	{1255, "pg_catalog", "pg_proc", Where::RowSource, nullptr},
	{2617, "pg_catalog", "pg_operator", Where::RowSource, nullptr},
	{2605, "pg_catalog", "pg_cast", Where::RowSource, nullptr},
	{12081, "pg_catalog", "pg_available_extensions", Where::RowSource, nullptr},
	{12085, "pg_catalog", "pg_available_extension_versions", Where::RowSource, nullptr},
	{12104, "pg_catalog", "pg_settings", Where::RowSource, nullptr},
	{12110, "pg_catalog", "pg_file_settings", Where::RowSource, nullptr},
	{8510, "pg_catalog", "pg_bgworker_file_rules", Where::RowSource, nullptr},
	{12222, "pg_catalog", "pg_stat_activity", Where::RowSource, nullptr},
	{12073, "pg_catalog", "pg_locks", Where::RowSource, nullptr},
	{12077, "pg_catalog", "pg_cursors", Where::RowSource, nullptr},
	{12801, "pg_catalog", "pg_stat_bgworker", Where::RowSource, nullptr},
	{12802, "pg_catalog", "pg_stat_bgworker_history", Where::RowSource, nullptr},
	{12803, "pg_catalog", "pg_wait_events", Where::RowSource, nullptr},
};

/* The next "name type" of a list; false at its end. */
bool
next_column(std::string_view &list, ColumnInfo &column)
{
	while (list.starts_with(' ') || list.starts_with(','))
		list.remove_prefix(1);
	if (list.empty())
		return false;

	const size_t end = list.find(',');
	std::string_view item = list.substr(0, end);
	const size_t space = item.find(' ');
	std::string_view type_name = item.substr(space + 1);

	list = end == std::string_view::npos ? std::string_view() : list.substr(end);
	column.not_null = type_name.ends_with('!');
	if (column.not_null)
		type_name.remove_suffix(1);
	if (type_name == "char")
		type_name = "\"char\""; /* the catalogs' one-byte type, not char(n) */

	const TypeDef *type = FindTypeByName(type_name);

	if (type == nullptr)
		Raise(Report(PANIC).msg("system catalog uses unknown type \"%s\"",
								std::string(type_name).c_str()));
	column.name = column.physical = std::string(item.substr(0, space));
	column.type = type->oid;
	return true;
}

const RowSource *
find_row_source(const std::string &physical)
{
	for (const RowSource &source : CatalogRowSources())
		if (physical == source.name)
			return &source;
	return nullptr;
}

void
add_columns(RelationInfo &relation, const SystemRelation &def)
{
	int16 attnum = 0;

	if (def.columns != nullptr)
	{
		std::string_view list = def.columns;

		for (ColumnInfo column; next_column(list, column); column = ColumnInfo())
		{
			column.attnum = ++attnum;
			relation.columns.push_back(column);
		}
		return;
	}

	const RowSource *source = find_row_source(relation.schema_name + "." + relation.name);

	if (source == nullptr)
		return;
	for (const RowColumn &declared : source->columns)
	{
		ColumnInfo column;

		column.name = column.physical = declared.name;
		column.type = declared.type;
		column.attnum = ++attnum;
		relation.columns.push_back(column);
	}
}

RelationInfoPtr
describe_system_relation(const SystemRelation &def)
{
	auto relation = std::make_shared<RelationInfo>();

	relation->oid = def.oid;
	relation->schema_name = def.schema;
	relation->schema =
		relation->schema_name == "pg_catalog" ? kPgCatalogOid : kInformationSchemaOid;
	relation->name = def.name;
	relation->kind = def.where == Where::Database || def.where == Where::Shared ? 'r' : 'v';
	relation->persistence = 'p';
	relation->is_system = true;
	relation->is_row_source = def.where == Where::RowSource;
	relation->physical = (def.where == Where::Shared	 ? "global."
						  : def.where == Where::Database ? "main."
														 : "") +
						 QuoteEngineName(relation->schema_name + "." + relation->name);
	if (def.where == Where::View)
		for (const SystemView &view : SystemViews())
			if (relation->name == view.name && relation->schema_name == view.schema)
				relation->view_sql = view.sql;
	add_columns(*relation, def);
	return relation;
}

/* Descriptions made so far, by position in the table. Never destroyed: lookups may come at exit. */
RelationInfoPtr
description(size_t index)
{
	static auto *const made = std::make_unique<std::map<size_t, RelationInfoPtr>>().release();
	RelationInfoPtr &entry = (*made)[index];

	if (entry == nullptr)
		entry = describe_system_relation(kRelations[index]);
	return entry;
}

} /* namespace */

std::span<const SystemRelation>
SystemRelations()
{
	return kRelations;
}

RelationInfoPtr
FindSystemRelation(std::string_view schema, std::string_view name)
{
	for (size_t i = 0; i < std::size(kRelations); i++)
		if (name == kRelations[i].name && schema == kRelations[i].schema)
			return description(i);
	return nullptr;
}

RelationInfoPtr
FindSystemRelation(Oid oid)
{
	for (size_t i = 0; i < std::size(kRelations); i++)
		if (oid == kRelations[i].oid)
			return description(i);
	return nullptr;
}

} /* namespace pg */
