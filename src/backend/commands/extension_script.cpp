/*
 * commands/extension_script.cpp
 *		Runs a script of an extension, statement by statement.
 *
 * Backends and workers inside a writing transaction.
 */
#include "commands/extension_script.h"

#include <algorithm>
#include <utility>

#include "catalog/objects.h"
#include "commands/tree.h"
#include "executor/run.h"
#include "utils/guc.h"
#include "utils/misc/guc_internals.h"

namespace pg::commands
{
namespace
{

void
replace_all(std::string *text, std::string_view what, const std::string &with)
{
	for (size_t at = text->find(what); at != std::string::npos; at = text->find(what, at))
	{
		text->replace(at, what.size(), with);
		at += with.size();
	}
}

/* A name with these could end a string or an identifier in which a script writes it. */
void
check_schema(const std::string &extension, const std::string &schema)
{
	static constexpr const char *kRisky = "\"$'\\";

	if (schema.find_first_of(kRisky) != std::string::npos)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("invalid character in extension \"%s\" schema: must not contain any of "
					   "\"%s\"",
					   extension.c_str(), kRisky));
}

std::string
substituted(std::string sql, const ExtensionInfo &extension, const ExtensionControl &control,
			std::span<const ExtensionInfo> required)
{
	const std::string schema = SchemaName(extension.schema).value_or("");

	replace_all(&sql, "@extowner@", QuoteIdentifier(FindRole(extension.owner)->name));
	if (!control.relocatable)
	{
		if (sql.find("@extschema@") != std::string::npos)
			check_schema(control.name, schema);
		replace_all(&sql, "@extschema@", QuoteIdentifier(schema));
	}
	for (const ExtensionInfo &other : required)
	{
		const std::string mark = "@extschema:" + other.name + "@";
		const std::string other_schema = SchemaName(other.schema).value_or("");

		if (sql.find(mark) == std::string::npos)
			continue;
		check_schema(other.name, other_schema);
		replace_all(&sql, mark, QuoteIdentifier(other_schema));
	}
	if (!control.module_pathname.empty())
		replace_all(&sql, "MODULE_PATHNAME", control.module_pathname);
	return sql;
}

/* Settings for the time of a script. */
class ScriptSettings
{
public:
	ScriptSettings(const ExtensionInfo &extension, std::span<const ExtensionInfo> required)
		: level_(NewSettingsNestLevel())
	{
		std::string path = QuoteIdentifier(SchemaName(extension.schema).value_or(""));

		for (const ExtensionInfo &other : required)
			if (const auto name = SchemaName(other.schema); name && *name != "pg_catalog")
				path += ", " + QuoteIdentifier(*name);
		raise_to_warning("client_min_messages");
		raise_to_warning("log_min_messages");
		set("search_path", path + ", pg_temp");
	}
	~ScriptSettings() { AtEndOfTransactionSettings(false, level_); }
	ScriptSettings(const ScriptSettings &) = delete;
	ScriptSettings &operator=(const ScriptSettings &) = delete;

private:
	static void set(const char *name, const std::string &value)
	{
		SetSetting(name, value.c_str(), PGC_SUSET, PGC_S_SESSION, true);
	}

	/* What a script says of its own is of no interest. */
	static void raise_to_warning(const char *name)
	{
		static constexpr std::string_view kLower[] = {"debug5", "debug4", "debug3", "debug2",
													  "debug1", "log",	  "info",	"notice"};

		if (std::ranges::find(kLower, ShowSetting(name).value_or("")) != std::end(kLower))
			set(name, "warning");
	}

	const int level_;
};

/* Says where in which script an error happened. */
void
locate(Report *report, const RawStatement &raw, std::string_view source, const std::string &path)
{
	const std::string statement(raw.text);
	const std::string_view before = source.substr(0, static_cast<size_t>(raw.text_offset));

	if (report->position > 0)
	{
		const int first = CharacterPosition(source, raw.text_offset);

		report->internal_statement(statement, std::exchange(report->position, 0) - first + 1);
	}
	else
		report->context("SQL statement \"%s\"", statement.c_str());
	report->context("extension script file \"%s\", near line %d", path.c_str(),
					static_cast<int>(std::ranges::count(before, '\n')) + 1);
}

void
run_statement(const RawStatement &raw)
{
	NullReceiver receiver;

	if (raw.node->node_case == PG_QUERY__NODE__NODE_TRANSACTION_STMT)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("transaction control statements are not allowed within an extension "
					   "script"));
	PreparedPlan(raw, {}).run({}, receiver);
}

} /* namespace */

void
RunExtensionScript(const ExtensionInfo &extension, const ExtensionControl &control,
				   const ExtensionScript &script, std::span<const ExtensionInfo> required)
{
	const std::string path = ScriptPath(control, script);
	const std::string file = path.substr(path.rfind('/') + 1);
	const std::string sql = substituted(ReadScript(path), extension, control, required);
	const CreatingExtensionScope creating(extension.oid);
	const ScriptSettings settings(extension, required);
	std::shared_ptr<const std::vector<RawStatement>> statements;

	try
	{
		statements = ParseStatements(sql);
	}
	catch (PgError &error)
	{
		if (error.report.position > 0)
			error.report.internal_statement(sql, std::exchange(error.report.position, 0));
		error.report.context("extension script file \"%s\"", file.c_str());
		throw;
	}
	for (const RawStatement &raw : *statements)
	{
		try
		{
			run_statement(raw);
		}
		catch (PgError &error)
		{
			locate(&error.report, raw, sql, file);
			throw;
		}
	}
}

} /* namespace pg::commands */
