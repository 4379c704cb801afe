/*
 * utils/adt/catalog_funcs.cpp
 *		Functions about catalog objects: visibility, definitions, privileges, sizes.
 *
 * Processes with a database, inside a transaction.  Null for what is not there, as in PostgreSQL.
 */
#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>

#include "catalog/catalog_names.h"
#include "catalog/describe.h"
#include "catalog/extension.h"
#include "catalog/functions.h"
#include "catalog/lookup.h"
#include "catalog/named.h"
#include "catalog/objects.h"
#include "catalog/rights.h"
#include "catalog/sequences.h"
#include "catalog/triggers.h"
#include "miscadmin.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/regtypes.h"
#include "utils/adt/text_bodies.h"

namespace pg
{

/* ---- Types and names ---- */

static void
format_type(FunctionCall &call)
{
	if (!call.arg(0).is_null())
		SetText(call, FormatType(ArgOid(call, 0),
								 call.arg(1).is_null() ? -1 : static_cast<int32>(ArgInt(call, 1))));
}

static void
set_found(FunctionCall &call, const std::optional<Oid> &oid)
{
	if (oid)
		SetInt(call, *oid);
}

static void
pg_extension_config_dump(FunctionCall &call)
{
	AddExtensionConfig(ArgOid(call, 0), std::string(ArgText(call, 1)));
	SetText(call, "");
}

static void
text_regclass(FunctionCall &call)
{
	SetInt(call, RegclassOid(ArgText(call, 0)));
}

static void
to_regclass(FunctionCall &call)
{
	set_found(call, FindRegclass(ArgText(call, 0)));
}

static void
to_regtype(FunctionCall &call)
{
	set_found(call, FindRegtype(ArgText(call, 0)));
}

static void
to_regnamespace(FunctionCall &call)
{
	set_found(call, FindRegnamespace(ArgText(call, 0)));
}

static void
to_regrole(FunctionCall &call)
{
	set_found(call, FindRegrole(ArgText(call, 0)));
}

static void
to_regproc(FunctionCall &call)
{
	size_t count;

	set_found(call, FindRegproc(ArgText(call, 0), &count));
}

static void
pg_get_userbyid(FunctionCall &call)
{
	const auto role = FindRole(ArgOid(call, 0));

	SetText(call, role ? role->name : "unknown (OID=" + std::to_string(ArgOid(call, 0)) + ")");
}

/* ---- Visibility ---- */

static void
pg_table_is_visible(FunctionCall &call)
{
	if (FindRelation(ArgOid(call, 0)) != nullptr)
		SetBool(call, RelationIsVisible(ArgOid(call, 0)));
}

/* Built-in objects are in pg_catalog, which is always on the search path. */
static void
pg_type_is_visible(FunctionCall &call)
{
	if (FindType(ArgOid(call, 0)) != nullptr)
		SetBool(call, true);
}

static void
pg_function_is_visible(FunctionCall &call)
{
	if (const FunctionPtr function = FindAnyFunction(ArgOid(call, 0)))
		SetBool(call, !function->stored || FunctionIsVisible(*function));
}

static void
pg_operator_is_visible(FunctionCall &call)
{
	if (std::ranges::binary_search(AllOperators(), ArgOid(call, 0), {}, &OperatorDef::oid))
		SetBool(call, true);
}

/* ---- Definitions ---- */

/* (column, column) */
static std::string
column_list(const RelationInfo &relation, const std::vector<int16> &columns)
{
	std::string list;

	for (const int16 attnum : columns)
		for (const ColumnInfo &column : relation.columns)
			if (column.attnum == attnum)
				list.append(list.empty() ? "" : ", ").append(IdentifierText(column.name));
	return "(" + list + ")";
}

static std::string
qualified(const RelationInfo &relation)
{
	return IdentifierText(relation.schema_name) + "." + IdentifierText(relation.name);
}

static std::string
visible_name(const RelationInfo &relation)
{
	return RelationIsVisible(relation.oid) ? IdentifierText(relation.name) : qualified(relation);
}

static std::string
index_column(const RelationInfo &table, const TableIndex &index, size_t i)
{
	if (index.columns[i] == 0)
	{
		const std::vector<std::string> expressions = SplitExpressions(index.expressions_sql);
		const auto before =
			static_cast<size_t>(std::count(index.columns.begin(), index.columns.begin() + i, 0));

		return before < expressions.size() ? expressions[before] : "?";
	}
	for (const ColumnInfo &column : table.columns)
		if (column.attnum == index.columns[i])
			return IdentifierText(column.name);
	return "?";
}

/* (index, table[, column]); the lowering adds the table. Column 0 is the whole definition. */
static void
pg_get_indexdef(FunctionCall &call)
{
	const RelationInfoPtr table = call.arg(1).is_null() ? nullptr : FindRelation(ArgOid(call, 1));

	if (table == nullptr)
		return;
	for (const TableIndex &index : table->indexes)
	{
		if (index.oid != ArgOid(call, 0))
			continue;
		const int64 column = call.arg_count() > 2 ? ArgInt(call, 2) : 0;

		if (column == 0)
			SetText(call, IndexDefinition(*table, index));
		else if (column >= 1 && column <= static_cast<int64>(index.columns.size()))
			SetText(call, index_column(*table, index, static_cast<size_t>(column - 1)));
		else
			SetText(call, "");
	}
}

static const char *
referential_action(char action)
{
	switch (action)
	{
		case 'r': return "RESTRICT";
		case 'c': return "CASCADE";
		case 'n': return "SET NULL";
		case 'd': return "SET DEFAULT";
		default: return nullptr;
	}
}

static std::string
foreign_key_definition(const RelationInfo &table, const ConstraintInfo &constraint)
{
	const RelationInfoPtr target = FindRelation(constraint.foreign_relation);
	std::string text = "FOREIGN KEY " + column_list(table, constraint.columns) + " REFERENCES ";

	if (target != nullptr)
		text.append(visible_name(*target)).append(column_list(*target, constraint.foreign_columns));
	if (const char *action = referential_action(constraint.update_action))
		text.append(" ON UPDATE ").append(action);
	if (const char *action = referential_action(constraint.delete_action))
		text.append(" ON DELETE ").append(action);
	return text;
}

/* (constraint, table); the lowering adds the table. */
static void
pg_get_constraintdef(FunctionCall &call)
{
	const RelationInfoPtr table = call.arg(1).is_null() ? nullptr : FindRelation(ArgOid(call, 1));

	if (table == nullptr)
		return;
	for (const ConstraintInfo &constraint : table->constraints)
	{
		if (constraint.oid != ArgOid(call, 0))
			continue;
		switch (constraint.type)
		{
			case 'p':
				return SetText(call, "PRIMARY KEY " + column_list(*table, constraint.columns));
			case 'u': return SetText(call, "UNIQUE " + column_list(*table, constraint.columns));
			case 'f': return SetText(call, foreign_key_definition(*table, constraint));
			default: return SetText(call, "CHECK ((" + ShownSql(constraint.check_sql) + "))");
		}
	}
}

static void
set_trigger_definition(FunctionCall &call, bool pretty)
{
	if (const TriggerOfTable found = FindTrigger(ArgOid(call, 0)); found.trigger != nullptr)
		SetText(call, TriggerDefinition(*found.table, *found.trigger, pretty));
}

static void
pg_get_triggerdef(FunctionCall &call)
{
	set_trigger_definition(call, call.arg_count() > 1 && ArgBool(call, 1));
}

static void
set_view(FunctionCall &call, const RelationInfoPtr &view)
{
	if (view != nullptr && view->kind == 'v')
		SetText(call, " " + ShownSql(view->view_sql) + ";");
}

static void
pg_get_viewdef(FunctionCall &call)
{
	set_view(call, FindRelation(ArgOid(call, 0)));
}

/* The only rules are those of views, which pg_get_viewdef shows. psql asks about others. */
static void
pg_get_ruledef(FunctionCall &)
{
	RaiseNotSupported("function pg_get_ruledef");
}

/* Null: no function has its body in SQL's own syntax. */
static void
pg_get_function_sqlbody(FunctionCall &)
{
}

/* The default tablespaces lie in the data directory. */
static void
pg_tablespace_location(FunctionCall &call)
{
	const Oid tablespace = ArgOid(call, 0);

	if (tablespace == kDefaultTablespaceOid || tablespace == kGlobalTablespaceOid)
		SetText(call, "");
}

static void
pg_get_viewdef_name(FunctionCall &call)
{
	set_view(call, FindRelation(RegclassOid(ArgText(call, 0))));
}

static std::string
builtin_arguments(const FunctionDef &function)
{
	std::string list;

	for (int i = 0; i < function.arg_count; i++)
	{
		list.append(i > 0 ? ", " : "");
		if (function.variadic_any && i + 1 == function.arg_count)
			list.append("VARIADIC ");
		list.append(FormatType(function.arg_types[i]));
	}
	return list;
}

/* "OUT a integer" */
static std::string
parameter_text(const ProcInfo &proc, size_t i)
{
	std::string text;

	switch (proc.parameter_mode(i))
	{
		case 'o': text = "OUT "; break;
		case 'b': text = "INOUT "; break;
		case 'v': text = "VARIADIC "; break;
		default: text = proc.is_procedure ? "IN " : ""; break;
	}
	if (i < proc.arg_names.size() && !proc.arg_names[i].empty())
		text.append(IdentifierText(proc.arg_names[i])).append(" ");
	return text.append(FormatType(proc.parameter_type(i)));
}

static std::string
stored_arguments(const ProcInfo &proc, bool with_defaults)
{
	const std::vector<std::string> defaults = SplitExpressions(proc.defaults);
	const size_t first_default = proc.arg_types.size() - defaults.size();
	std::string list;
	size_t input = 0;

	for (size_t i = 0; i < proc.parameter_count(); i++)
	{
		const char mode = proc.parameter_mode(i);

		if (mode == 't')
			continue;
		list.append(list.empty() ? "" : ", ").append(parameter_text(proc, i));
		if (mode == 'o')
			continue;
		if (with_defaults && input >= first_default)
			list.append(" DEFAULT ").append(defaults[input - first_default]);
		input++;
	}
	return list;
}

static void
set_arguments(FunctionCall &call, bool with_defaults)
{
	const Oid oid = ArgOid(call, 0);

	if (const FunctionDef *builtin = FindFunction(oid))
		SetText(call, builtin_arguments(*builtin));
	else if (const ProcPtr proc = FindProc(oid))
		SetText(call, stored_arguments(*proc, with_defaults));
}

static void
pg_get_function_arguments(FunctionCall &call)
{
	set_arguments(call, true);
}

static void
pg_get_function_identity_arguments(FunctionCall &call)
{
	set_arguments(call, false);
}

/* "TABLE(a integer)", or empty. */
static std::string
result_table(const ProcInfo &proc)
{
	std::string list;

	for (size_t i = 0; i < proc.parameter_count(); i++)
		if (proc.parameter_mode(i) == 't')
			list.append(list.empty() ? "" : ", ").append(parameter_text(proc, i));
	return list.empty() ? list : "TABLE(" + list + ")";
}

static void
pg_get_function_result(FunctionCall &call)
{
	const FunctionPtr function = FindAnyFunction(ArgOid(call, 0));

	if (function == nullptr)
		return;

	const ProcPtr proc = function->stored ? FindProc(function->oid) : nullptr;
	const std::string table = proc != nullptr ? result_table(*proc) : "";

	if (proc != nullptr && proc->is_procedure)
		return;

	if (!table.empty())
		return SetText(call, table);
	SetText(call, (function->kind == FunctionKind::TableSource ? "SETOF " : "") +
					  FormatType(function->result));
}

/* (catalog, object, column) */
static void
pg_describe_object(FunctionCall &call)
{
	const Oid class_id = ArgOid(call, 0), object = ArgOid(call, 1);

	if (class_id == InvalidOid && object == InvalidOid)
		return;

	const std::string description =
		DescribeObject(class_id, object, static_cast<int>(ArgInt(call, 2)));

	if (!description.empty())
		SetText(call, description);
}

/* ---- Sizes ---- */

/* Name of a relation in the engine without the database's: what dbstat lists. Null: none. */
static void
engine_table_name(FunctionCall &call)
{
	const RelationInfoPtr relation = FindRelation(ArgOid(call, 0));

	if (relation != nullptr && relation->kind == 'r')
		SetText(call, relation->schema_name + "." + relation->name);
}

/* Bytes of the files in base/<oid>/. */
static void
set_database_size(FunctionCall &call, Oid database)
{
	const std::string folder = "base/" + std::to_string(database);
	DIR *const directory = opendir(folder.c_str());
	int64 size = 0;

	if (directory == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_DATABASE)
				  .msg("database with OID %u does not exist", database));
	while (const dirent *const entry = readdir(directory))
	{
		struct stat status;

		if (stat((folder + "/" + entry->d_name).c_str(), &status) == 0 && S_ISREG(status.st_mode))
			size += status.st_size;
	}
	closedir(directory);
	SetInt(call, size);
}

static void
pg_database_size_oid(FunctionCall &call)
{
	set_database_size(call, ArgOid(call, 0));
}

static void
pg_database_size_name(FunctionCall &call)
{
	set_database_size(call, DatabaseNamed(ArgText(call, 0)).oid);
}

/* A list of rights as statements see it. */
static void
pg_acl_names(FunctionCall &call)
{
	if (!call.arg(0).is_null())
		SetText(call, AclNames(call.arg(0).bytes));
}

/* SQL that a catalog keeps, as people read it. */
static void
pg_shown_sql(FunctionCall &call)
{
	SetText(call, ShownSql(ArgText(call, 0)));
}

static constexpr EngineFunction kCatalogHelperRows[] = {
	{"pg_shown_sql", 1, true, true, pg_shown_sql},
	{"pg_indexdef", 2, true, false, pg_get_indexdef},
	{"pg_indexdef", 3, true, false, pg_get_indexdef},
	{"pg_constraintdef", 2, true, false, pg_get_constraintdef},
	{"pg_engine_table_name", 1, true, true, engine_table_name},
	{"pg_acl_names", 1, true, false, pg_acl_names},
};

const std::span<const EngineFunction> kCatalogHelpers = kCatalogHelperRows;

static constexpr FunctionDef kCatalogRows[] = {
	Lax(Fn(1081, "format_type", 's', "format_type", TEXTOID, {OIDOID, INT4OID}, format_type)),
	Fn(1079, "regclass", 's', "text_regclass", REGCLASSOID, {TEXTOID}, text_regclass),
	Fn(3495, "to_regclass", 's', "to_regclass", REGCLASSOID, {TEXTOID}, to_regclass),
	Fn(3493, "to_regtype", 's', "to_regtype", REGTYPEOID, {TEXTOID}, to_regtype),
	Fn(4086, "to_regnamespace", 's', "to_regnamespace", REGNAMESPACEOID, {TEXTOID},
	   to_regnamespace),
	Fn(4093, "to_regrole", 's', "to_regrole", REGROLEOID, {TEXTOID}, to_regrole),
	Fn(3494, "to_regproc", 's', "to_regproc", REGPROCOID, {TEXTOID}, to_regproc),
	Fn(1642, "pg_get_userbyid", 's', "pg_get_userbyid", NAMEOID, {OIDOID}, pg_get_userbyid),
	Fn(2079, "pg_table_is_visible", 's', "pg_table_is_visible", BOOLOID, {OIDOID},
	   pg_table_is_visible),
	Fn(2080, "pg_type_is_visible", 's', "pg_type_is_visible", BOOLOID, {OIDOID},
	   pg_type_is_visible),
	Fn(2081, "pg_function_is_visible", 's', "pg_function_is_visible", BOOLOID, {OIDOID},
	   pg_function_is_visible),
	Fn(2082, "pg_operator_is_visible", 's', "pg_operator_is_visible", BOOLOID, {OIDOID},
	   pg_operator_is_visible),
	Native(3815, "pg_collation_is_visible", 's', "1", BOOLOID, {OIDOID}),
	Native(2093, "pg_conversion_is_visible", 's', "1", BOOLOID, {OIDOID}),
	Native(2083, "pg_opclass_is_visible", 's', "1", BOOLOID, {OIDOID}),
	Native(3829, "pg_opfamily_is_visible", 's', "1", BOOLOID, {OIDOID}),
	Native(3758, "pg_ts_config_is_visible", 's', "1", BOOLOID, {OIDOID}),
	Native(3757, "pg_ts_dict_is_visible", 's', "1", BOOLOID, {OIDOID}),
	Native(3756, "pg_ts_parser_is_visible", 's', "1", BOOLOID, {OIDOID}),
	Native(3768, "pg_ts_template_is_visible", 's', "1", BOOLOID, {OIDOID}),
	Native(3403, "pg_statistics_obj_is_visible", 's', "1", BOOLOID, {OIDOID}),
	Native(1716, "pg_get_expr", 's', "pg_shown_sql($1)", TEXTOID, {PG_NODE_TREEOID, OIDOID}),
	Native(2509, "pg_get_expr", 's', "pg_shown_sql($1)", TEXTOID,
		   {PG_NODE_TREEOID, OIDOID, BOOLOID}),
	Native(1643, "pg_get_indexdef", 's',
		   "pg_indexdef($1, (SELECT indrelid FROM main.\"pg_catalog.pg_index\" WHERE indexrelid = "
		   "$1))",
		   TEXTOID, {OIDOID}),
	Native(2507, "pg_get_indexdef", 's',
		   "pg_indexdef($1, (SELECT indrelid FROM main.\"pg_catalog.pg_index\" WHERE indexrelid = "
		   "$1), $2)",
		   TEXTOID, {OIDOID, INT4OID, BOOLOID}),
	Native(1387, "pg_get_constraintdef", 's',
		   "pg_constraintdef($1, (SELECT conrelid FROM main.\"pg_catalog.pg_constraint\" WHERE oid "
		   "= $1))",
		   TEXTOID, {OIDOID}),
	Native(2508, "pg_get_constraintdef", 's',
		   "pg_constraintdef($1, (SELECT conrelid FROM main.\"pg_catalog.pg_constraint\" WHERE oid "
		   "= $1))",
		   TEXTOID, {OIDOID, BOOLOID}),
	Fn(1662, "pg_get_triggerdef", 's', "pg_get_triggerdef", TEXTOID, {OIDOID}, pg_get_triggerdef),
	Fn(2730, "pg_get_triggerdef", 's', "pg_get_triggerdef", TEXTOID, {OIDOID, BOOLOID},
	   pg_get_triggerdef),
	Rows(3425, "pg_partition_ancestors", 's', "pg_catalog.pg_partition_ancestors", REGCLASSOID,
		 {REGCLASSOID}),
	Native(3163, "pg_trigger_depth", 's', "pg_trigger_depth()", INT4OID, {}),
	Fn(1573, "pg_get_ruledef", 's', "pg_get_ruledef", TEXTOID, {OIDOID}, pg_get_ruledef),
	Fn(2504, "pg_get_ruledef", 's', "pg_get_ruledef", TEXTOID, {OIDOID, BOOLOID}, pg_get_ruledef),
	Fn(6197, "pg_get_function_sqlbody", 's', "pg_get_function_sqlbody", TEXTOID, {OIDOID},
	   pg_get_function_sqlbody),
	Fn(3778, "pg_tablespace_location", 's', "pg_tablespace_location", TEXTOID, {OIDOID},
	   pg_tablespace_location),
	Fn(1641, "pg_get_viewdef", 's', "pg_get_viewdef", TEXTOID, {OIDOID}, pg_get_viewdef),
	Fn(2506, "pg_get_viewdef", 's', "pg_get_viewdef", TEXTOID, {OIDOID, BOOLOID}, pg_get_viewdef),
	Fn(3159, "pg_get_viewdef", 's', "pg_get_viewdef", TEXTOID, {OIDOID, INT4OID}, pg_get_viewdef),
	Fn(1640, "pg_get_viewdef", 's', "pg_get_viewdef_name", TEXTOID, {TEXTOID}, pg_get_viewdef_name),
	Fn(2505, "pg_get_viewdef", 's', "pg_get_viewdef_name", TEXTOID, {TEXTOID, BOOLOID},
	   pg_get_viewdef_name),
	Fn(2162, "pg_get_function_arguments", 's', "pg_get_function_arguments", TEXTOID, {OIDOID},
	   pg_get_function_arguments),
	Fn(2232, "pg_get_function_identity_arguments", 's', "pg_get_function_identity_arguments",
	   TEXTOID, {OIDOID}, pg_get_function_identity_arguments),
	Fn(3537, "pg_describe_object", 's', "pg_describe_object", TEXTOID, {OIDOID, OIDOID, INT4OID},
	   pg_describe_object),
	Fn(2165, "pg_get_function_result", 's', "pg_get_function_result", TEXTOID, {OIDOID},
	   pg_get_function_result),
	Native(3352, "pg_get_partkeydef", 's', "NULL", TEXTOID, {OIDOID}),
	Native(6174, "pg_get_statisticsobjdef_columns", 's', "NULL", TEXTOID, {OIDOID}),
	Native(6121, "pg_relation_is_publishable", 's', "0", BOOLOID, {REGCLASSOID}),
	Native(1348, "obj_description", 's',
		   "(SELECT description FROM main.\"pg_catalog.pg_description\" WHERE objoid = $1 AND "
		   "objsubid = 0 LIMIT 1)",
		   TEXTOID, {OIDOID}),
	Native(
		1215, "obj_description", 's',
		"(SELECT description FROM main.\"pg_catalog.pg_description\" WHERE objoid = $1 AND "
		"objsubid = 0 AND classoid = (SELECT oid FROM main.\"pg_catalog.pg_class\" WHERE relname = "
		"$2 AND relnamespace = 11))",
		TEXTOID, {OIDOID, NAMEOID}),
	Native(1216, "col_description", 's',
		   "(SELECT description FROM main.\"pg_catalog.pg_description\" WHERE objoid = $1 AND "
		   "classoid = 1259 AND objsubid = $2)",
		   TEXTOID, {OIDOID, INT4OID}),
	Native(1993, "shobj_description", 's',
		   "(SELECT description FROM global.\"pg_catalog.pg_shdescription\" WHERE objoid = $1 AND "
		   "classoid = (SELECT oid FROM main.\"pg_catalog.pg_class\" WHERE relname = $2 AND "
		   "relnamespace = 11))",
		   TEXTOID, {OIDOID, NAMEOID}),
	Lax(Rows(2022, "pg_stat_get_activity", 's', "pg_catalog.pg_stat_get_activity", RECORDOID,
			 {INT4OID})),
	Native(2325, "pg_relation_size", 'v',
		   "(SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name = pg_engine_table_name($1))",
		   INT8OID, {REGCLASSOID}),
	Native(2997, "pg_table_size", 'v',
		   "(SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name = pg_engine_table_name($1))",
		   INT8OID, {REGCLASSOID}),
	Native(2286, "pg_total_relation_size", 'v',
		   "(SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name IN (SELECT name FROM "
		   "main.sqlite_schema WHERE tbl_name = pg_engine_table_name($1)))",
		   INT8OID, {REGCLASSOID}),
	Native(2998, "pg_indexes_size", 'v',
		   "(SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name IN (SELECT name FROM "
		   "main.sqlite_schema WHERE tbl_name = pg_engine_table_name($1) AND type = 'index'))",
		   INT8OID, {REGCLASSOID}),
	Fn(2324, "pg_database_size", 'v', "pg_database_size_oid", INT8OID, {OIDOID},
	   pg_database_size_oid),
	Fn(2168, "pg_database_size", 'v', "pg_database_size_name", INT8OID, {NAMEOID},
	   pg_database_size_name),
	Fn(3086, "pg_extension_config_dump", 'v', "pg_extension_config_dump", VOIDOID,
	   {REGCLASSOID, TEXTOID}, pg_extension_config_dump),
};

const std::span<const FunctionDef> kCatalogFunctions = kCatalogRows;

} /* namespace pg */
