/*
 * commands/alter_function.cpp
 *		ALTER FUNCTION: its options, its name, its owner, its schema.
 *
 * Backends and workers inside a writing transaction.  A function that texts of views, defaults or checks
 * name keeps its name and schema.
 */
#include <algorithm>

#include "catalog/catalog_names.h"
#include "catalog/describe.h"
#include "catalog/extension.h"
#include "catalog/functions.h"
#include "catalog/named.h"
#include "catalog/rights.h"
#include "commands/alter_internals.h"
#include "commands/commands.h"
#include "commands/dependency.h"
#include "commands/function_parameters.h"
#include "commands/roles.h"
#include "commands/setting_text.h"
#include "miscadmin.h"
#include "utils/acl.h"

namespace pg::commands
{
namespace
{

/* Of the functions that a database keeps. */
ProcPtr
stored_function(const PgQuery__ObjectWithArgs &named, Routine kind)
{
	const FunctionPtr function = FunctionOf(named, false, kind);
	ProcPtr proc = FindProc(function->oid);

	if (proc == nullptr)
		RaiseNotSupported("altering the built-in function " + ProcedureName(*function));
	return proc;
}

void
check_function_owner(const ProcInfo &proc)
{
	CheckOwner(kPgProcOid, proc.def.oid, proc.is_procedure ? "procedure" : "function", proc.name);
}

/* One that the current role may change. */
ProcPtr
own_function(const PgQuery__ObjectWithArgs &named, Routine kind)
{
	ProcPtr proc = stored_function(named, kind);

	check_function_owner(*proc);
	return proc;
}

void
set_column(const ProcInfo &proc, const char *column, const Value &value)
{
	SetCatalogColumn(Home::Main, "pg_proc_rows", proc.def.oid, column, value);
}

double
positive(const PgQuery__DefElem &option, const char *name)
{
	const Node *const arg = option.arg;
	const double value = arg != nullptr && arg->node_case == PG_QUERY__NODE__NODE_FLOAT
							 ? strtod(arg->float_->fval, nullptr)
							 : static_cast<double>(OptionInteger(option));

	if (value <= 0)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE).msg("%s must be positive", name));
	return value;
}

std::string
parallel_text(const PgQuery__DefElem &option)
{
	const std::string value = OptionString(option);

	if (value != "safe" && value != "restricted" && value != "unsafe")
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("parameter \"parallel\" must be SAFE, RESTRICTED, or UNSAFE"));
	return value.substr(0, 1);
}

/* The one that may stand there more than once. */
bool
is_set(const PgQuery__DefElem &action)
{
	return std::string_view(action.defname) == "set";
}

void
apply_action(const Command &command, const ProcInfo &proc, const PgQuery__DefElem &option)
{
	const std::string_view name = option.defname;

	if (name == "volatility")
		set_column(proc, "provolatile", Value::Text(OptionString(option).substr(0, 1)));
	else if (name == "strict")
		set_column(proc, "proisstrict", Value::Bool(OptionBool(option)));
	else if (name == "leakproof")
		set_column(proc, "proleakproof", Value::Bool(OptionBool(option)));
	else if (name == "parallel")
		set_column(proc, "proparallel", Value::Text(parallel_text(option)));
	else if (name == "cost")
		set_column(proc, "procost", Value::Real(positive(option, "COST")));
	else if (name == "rows" && !proc.returns_set)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("ROWS is not applicable when function does not return a set"));
	else if (name == "rows")
		set_column(proc, "prorows", Value::Real(positive(option, "ROWS")));
	else if (name == "security")
		set_column(proc, "prosecdef", Value::Bool(OptionBool(option)));
	else if (name != "set")
		RaiseNotSupported(std::string(name) + " in ALTER FUNCTION", command.at(option.location));
}

/* SET and RESET, one after the other. */
void
change_settings(const ProcInfo &proc, const PgQuery__AlterFunctionStmt &stmt)
{
	ArrayElements config = proc.config;

	for (size_t i = 0; i < stmt.n_actions; i++)
		if (const auto &action = *stmt.actions[i]->def_elem; is_set(action))
			ChangeSettingList(*action.arg->variable_set_stmt, &config);

	const std::string text = ConfigText(config);

	set_column(proc, "proconfig", text.empty() ? Value::Null() : Value::Text(text));
}

/* What says something of a function's result or use. */
void
refuse_action_of_procedure(const Command &command, const PgQuery__DefElem &action)
{
	if (!is_set(action) && std::string_view(action.defname) != "security")
		Raise(Report(ERROR, ERRCODE_INVALID_FUNCTION_DEFINITION)
				  .msg("invalid attribute in procedure definition")
				  .at(command.at(action.location)));
}

void
refuse_named_in_texts(const ProcInfo &proc, const char *what)
{
	if (IsNamedInTexts(kPgProcOid, proc.def.oid))
		RaiseNotSupported(std::string(what) + " function " + ProcedureName(proc.def) +
						  ", which other objects depend on,");
}

void
refuse_taken(const ProcInfo &proc, const std::string &name, Oid schema)
{
	for (const ProcPtr &other : FindProcs(name))
		if (other->def.schema == schema && other->arg_types == proc.arg_types)
			Raise(Report(ERROR, ERRCODE_DUPLICATE_FUNCTION)
					  .msg("function %s already exists in schema \"%s\"",
						   FunctionSignature(name, proc.arg_types).c_str(),
						   SchemaName(schema).value_or("").c_str()));
}

} /* namespace */

std::string
RunAlterFunction(const Command &command)
{
	const PgQuery__AlterFunctionStmt &stmt = *command.node.alter_function_stmt;
	const ProcPtr proc = own_function(*stmt.func, RoutineOf(stmt.objtype));

	for (size_t i = 0; i < stmt.n_actions; i++)
		for (size_t j = 0; j < i; j++)
			if (!is_set(*stmt.actions[i]->def_elem) &&
				std::string_view(stmt.actions[i]->def_elem->defname) ==
					stmt.actions[j]->def_elem->defname)
				RaiseRedundantOption(command, *stmt.actions[i]->def_elem);
	for (size_t i = 0; proc->is_procedure && i < stmt.n_actions; i++)
		refuse_action_of_procedure(command, *stmt.actions[i]->def_elem);
	for (size_t i = 0; i < stmt.n_actions; i++)
		apply_action(command, *proc, *stmt.actions[i]->def_elem);
	change_settings(*proc, stmt);
	CatalogChanged();
	return command.raw.tag;
}

void
RenameFunction(const PgQuery__ObjectWithArgs &named, Routine kind, const std::string &new_name)
{
	const ProcPtr proc = own_function(named, kind);

	CheckSchemaRight(proc->def.schema, ACL_CREATE);
	refuse_taken(*proc, new_name, proc->def.schema);
	refuse_named_in_texts(*proc, "renaming");
	set_column(*proc, "proname", Value::Text(new_name));
}

void
ChangeFunctionOwner(const PgQuery__ObjectWithArgs &named, Routine kind, Oid owner)
{
	const ProcPtr proc = own_function(named, kind);

	CheckNewOwner(owner, proc->def.schema);
	ReplaceOwnerInRights(kPgProcOid, proc->def.oid, proc->owner, owner);
	set_column(*proc, "proowner", Value::Int(owner));
	CatalogChanged();
}

namespace
{

/* The object's place, in its catalog and in what it depends on. */
void
write_schema(const char *catalog, const char *column, Oid class_id, Oid object, Oid schema)
{
	const Value keys[] = {Value::Int(class_id), Value::Int(object), Value::Int(schema),
						  Value::Int(kPgNamespaceOid)};

	SetCatalogColumn(Home::Main, catalog, object, column, Value::Int(schema));
	RunEngine("UPDATE " + CatalogTable(Home::Main, "pg_depend") +
				  " SET refobjid = ?3 WHERE classid = ?1 AND objid = ?2 AND refclassid = ?4",
			  keys);
}

void
move_function(const ProcInfo &proc, Oid schema)
{
	if (schema == kPgCatalogOid || schema == kInformationSchemaOid)
		RaiseNotSupported("a function in schema " + SchemaName(schema).value_or(""));
	if (schema == proc.def.schema)
		return;
	check_function_owner(proc);
	refuse_taken(proc, proc.name, schema);
	refuse_named_in_texts(proc, "moving");
	write_schema("pg_proc_rows", "pronamespace", kPgProcOid, proc.def.oid, schema);
}

/* The members that are functions; one of another kind cannot be moved. */
std::vector<ProcPtr>
functions_of(const ExtensionInfo &extension)
{
	std::vector<ProcPtr> functions;

	for (const ExtensionMember &member : ExtensionMembers(extension.oid))
	{
		if (member.class_id != kPgProcOid)
			RaiseNotSupported("moving " + DescribeObject(member.class_id, member.object));
		functions.push_back(FindProc(member.object));
	}
	return functions;
}

void
move_extension(const std::string &name, Oid schema)
{
	const std::optional<ExtensionInfo> extension = FindExtension(name);

	if (!extension)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				  .msg("extension \"%s\" does not exist", name.c_str()));
	if (!has_privs_of_role(GetUserId(), extension->owner))
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("must be owner of extension %s", name.c_str()));

	Report refused(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED);

	refused.msg("extension \"%s\" does not support SET SCHEMA", name.c_str());
	if (!extension->relocatable)
		Raise(refused);
	if (extension->schema == schema)
		return;
	for (const ProcPtr &proc : functions_of(*extension))
	{
		if (proc->def.schema != extension->schema)
			Raise(refused.detail("%s is not in the extension's schema \"%s\"",
								 DescribeObject(kPgProcOid, proc->def.oid).c_str(),
								 SchemaName(extension->schema).value_or("").c_str()));
		move_function(*proc, schema);
	}
	write_schema("pg_extension", "extnamespace", kPgExtensionOid, extension->oid, schema);
}

} /* namespace */

/* ALTER ... SET SCHEMA, of functions and extensions only. */
std::string
RunAlterObjectSchema(const Command &command)
{
	const PgQuery__AlterObjectSchemaStmt &stmt = *command.node.alter_object_schema_stmt;
	const bool extension = stmt.object_type == PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION;

	if (!extension && stmt.object_type != PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION &&
		stmt.object_type != PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE &&
		stmt.object_type != PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE)
		RaiseNotSupported(command.raw.tag + std::string(" SET SCHEMA"));

	const ProcPtr proc =
		extension ? nullptr
				  : stored_function(*stmt.object->object_with_args, RoutineOf(stmt.object_type));
	const Oid schema = SchemaNamed(stmt.newschema);

	CheckSchemaRight(schema, ACL_CREATE);
	if (extension)
		move_extension(NamesOf(stmt.object).back(), schema);
	else
		move_function(*proc, schema);
	CatalogChanged();
	return command.raw.tag;
}

} /* namespace pg::commands */
