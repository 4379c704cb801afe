/*
 * commands/extension_commands.cpp
 *		CREATE EXTENSION and ALTER EXTENSION ... UPDATE.
 *
 * Backends and workers inside a writing transaction.  An extension is a row of pg_extension, what its
 * scripts made, and the dependencies between them; DROP EXTENSION is drop.cpp's.
 */
#include <algorithm>

#include "catalog/catalog_names.h"
#include "catalog/extension.h"
#include "catalog/extension_files.h"
#include "catalog/named.h"
#include "catalog/write.h"
#include "commands/commands.h"
#include "commands/extension_script.h"
#include "miscadmin.h"

namespace pg::commands
{
namespace
{

/* What CREATE EXTENSION says, for this extension and those that it pulls in. */
struct Wanted
{
	std::string schema, version;
	bool cascade = false;
};

Wanted
read_extension_options(const Command &command, Node *const *options, size_t count)
{
	Wanted wanted;
	std::vector<std::string> seen;

	for (size_t i = 0; i < count; i++)
	{
		const PgQuery__DefElem &option = *options[i]->def_elem;
		const std::string name = option.defname;

		if (std::ranges::find(seen, name) != seen.end())
			RaiseRedundantOption(command, option);
		seen.push_back(name);
		if (name == "schema")
			wanted.schema = OptionString(option);
		else if (name == "new_version")
			wanted.version = OptionString(option);
		else if (name == "cascade")
			wanted.cascade = OptionBool(option);
		else
			RaiseNotSupported("extension option " + name);
	}
	return wanted;
}

void
check_rights(const ExtensionControl &control, const char *verb)
{
	if (control.superuser && !superuser())
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied to %s extension \"%s\"", verb, control.name.c_str())
				  .hint("Must be superuser to %s this extension.", verb));
}

std::string
version_of(const ExtensionControl &control, const Wanted &wanted)
{
	const std::string &version = wanted.version.empty() ? control.default_version : wanted.version;

	if (version.empty())
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("version to install must be specified"));
	CheckExtensionVersion(version);
	return version;
}

/* The schema that the control file names is made where it is missing; it is no member. */
Oid
own_schema(const std::string &name)
{
	if (const std::optional<Oid> schema = FindSchema(name))
		return *schema;

	const Oid oid = NewOid();

	CatalogRow(Home::Main, "pg_namespace")
		.set("oid", oid)
		.set("nspname", name)
		.set("nspowner", GetUserId())
		.insert();
	CatalogChanged();
	return oid;
}

Oid
target_schema(const ExtensionControl &control, const Wanted &wanted)
{
	if (!wanted.schema.empty())
		SchemaNamed(wanted.schema);
	if (!control.schema.empty())
	{
		if (!wanted.schema.empty() && wanted.schema != control.schema && !wanted.cascade)
			Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
					  .msg("extension \"%s\" must be installed in schema \"%s\"",
						   control.name.c_str(), control.schema.c_str()));
		return own_schema(control.schema);
	}

	const Oid schema = wanted.schema.empty() ? CreationSchema() : SchemaNamed(wanted.schema);

	if (schema == kTempSchemaOid)
		RaiseNotSupported("an extension in pg_temp");
	return schema;
}

ExtensionInfo create_extension(const std::string &name, const Wanted &wanted,
							   std::vector<std::string> parents);

/* Installs what is missing, with CASCADE. parents: extensions being installed, outermost first. */
std::vector<ExtensionInfo>
find_required(const ExtensionControl &control, const Wanted &wanted,
			  const std::vector<std::string> &parents)
{
	std::vector<ExtensionInfo> required;

	for (const std::string &name : control.requires_list)
	{
		if (std::optional<ExtensionInfo> found = FindExtension(name))
		{
			required.push_back(std::move(*found));
			continue;
		}
		if (!wanted.cascade)
			Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
					  .msg("required extension \"%s\" is not installed", name.c_str())
					  .hint("Use CREATE EXTENSION ... CASCADE to install required extensions "
							"too."));
		if (std::ranges::find(parents, name) != parents.end())
			Raise(Report(ERROR, ERRCODE_INVALID_RECURSION)
					  .msg("cyclic dependency detected between extensions \"%s\" and \"%s\"",
						   name.c_str(), control.name.c_str()));
		Report(NOTICE).msg("installing required extension \"%s\"", name.c_str()).emit();
		required.push_back(create_extension(name, {wanted.schema, "", true}, parents));
	}
	return required;
}

/* Runs the script that leads to script.to, and writes down that it is there. */
void
apply_script(ExtensionInfo *extension, const ExtensionControl &control,
			 const ExtensionScript &script, const Wanted &wanted,
			 const std::vector<std::string> &parents)
{
	const ExtensionControl changed = ReadVersionControl(control, script.to);
	const bool fresh = script.from.empty();
	const std::vector<ExtensionInfo> required = find_required(changed, wanted, parents);

	check_rights(changed, fresh ? "create" : "update");
	extension->version = script.to;
	extension->relocatable = changed.relocatable;
	if (fresh)
		InsertExtension(*extension);
	else
		UpdateExtension(*extension);
	for (const ExtensionInfo &other : required)
		RequireExtension(extension->oid, other.oid);
	if (!changed.comment.empty())
		CommentExtension(extension->oid, changed.comment);
	RunExtensionScript(*extension, changed, script, required);
	CatalogChanged();
}

ExtensionInfo
create_extension(const std::string &name, const Wanted &wanted, std::vector<std::string> parents)
{
	CheckExtensionName(name);

	const ExtensionControl control = ReadExtensionControl(name);
	const std::string version = version_of(control, wanted);
	const auto path = InstallPath(ExtensionScripts(control), version);

	if (!path)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("extension \"%s\" has no installation script nor update path for version "
					   "\"%s\"",
					   name.c_str(), version.c_str()));

	ExtensionInfo extension;

	parents.push_back(name);
	extension.name = name;
	extension.owner = GetUserId();
	extension.schema = target_schema(ReadVersionControl(control, path->front().to), wanted);
	extension.oid = NewOid();
	for (const ExtensionScript &script : *path)
		apply_script(&extension, control, script, wanted, parents);
	return extension;
}

void
refuse_nested(const char *what)
{
	if (CreatingExtension() != InvalidOid)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("nested %s EXTENSION is not supported", what));
}

} /* namespace */

std::string
RunCreateExtension(const Command &command)
{
	const PgQuery__CreateExtensionStmt &stmt = *command.node.create_extension_stmt;

	CheckExtensionName(stmt.extname);
	if (FindExtension(stmt.extname))
	{
		if (!stmt.if_not_exists)
			Raise(Report(ERROR, ERRCODE_DUPLICATE_OBJECT)
					  .msg("extension \"%s\" already exists", stmt.extname));
		Report(NOTICE, ERRCODE_DUPLICATE_OBJECT)
			.msg("extension \"%s\" already exists, skipping", stmt.extname)
			.emit();
		return "CREATE EXTENSION";
	}
	refuse_nested("CREATE");
	create_extension(stmt.extname, read_extension_options(command, stmt.options, stmt.n_options),
					 {});
	return "CREATE EXTENSION";
}

std::string
RunAlterExtension(const Command &command)
{
	const PgQuery__AlterExtensionStmt &stmt = *command.node.alter_extension_stmt;

	refuse_nested("ALTER");

	std::optional<ExtensionInfo> extension = FindExtension(stmt.extname);

	if (!extension)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				  .msg("extension \"%s\" does not exist", stmt.extname));

	const Wanted wanted = read_extension_options(command, stmt.options, stmt.n_options);
	const ExtensionControl control = ReadExtensionControl(stmt.extname);
	const std::string version = version_of(control, wanted);

	if (version == extension->version)
	{
		Report(NOTICE)
			.msg("version \"%s\" of extension \"%s\" is already installed", version.c_str(),
				 stmt.extname)
			.emit();
		return "ALTER EXTENSION";
	}

	const auto path = UpdatePath(ExtensionScripts(control), extension->version, version);

	if (!path)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("extension \"%s\" has no update path from version \"%s\" to version \"%s\"",
					   stmt.extname, extension->version.c_str(), version.c_str()));
	for (const ExtensionScript &script : *path)
		apply_script(&*extension, control, script, wanted, {extension->name});
	return "ALTER EXTENSION";
}

} /* namespace pg::commands */
