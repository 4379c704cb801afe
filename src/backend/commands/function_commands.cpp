/*
 * commands/function_commands.cpp
 *		CREATE FUNCTION and CREATE PROCEDURE.
 *
 * Backends and workers inside a writing transaction.  The row of pg_proc is all there is to a
 * function: the module is opened here only to see that the function is there, and again in each
 * process that calls it.
 */
#include <algorithm>
#include <cmath>
#include <cstring>

#include "catalog/catalog_names.h"
#include "catalog/extension.h"
#include "catalog/functions.h"
#include "catalog/languages.h"
#include "catalog/named.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_type_d.h"
#include "commands/commands.h"
#include "commands/function_body.h"
#include "commands/function_parameters.h"
#include "commands/setting_text.h"
#include "executor/sql_function.h"
#include "miscadmin.h"
#include "pl/plpgsql/plpgsql.h"
#include "utils/adt/builtin_calls.h"
#include "utils/fmgr/loader.h"
#include "utils/misc/guc_internals.h"

namespace pg::commands
{
namespace
{

/* The options as written; null: not given. */
struct FunctionOptions
{
	const Option *as = nullptr, *language = nullptr, *volatility = nullptr, *strict = nullptr,
				 *security = nullptr, *leakproof = nullptr, *window = nullptr, *cost = nullptr,
				 *rows = nullptr, *support = nullptr, *parallel = nullptr, *transform = nullptr;
	std::vector<const Option *> settings; /* SET, in their order */
};

FunctionOptions
collect_options(const Command &command, const PgQuery__CreateFunctionStmt &stmt)
{
	FunctionOptions options;
	const std::pair<const char *, const Option **> places[] = {
		{"as", &options.as},
		{"language", &options.language},
		{"volatility", &options.volatility},
		{"strict", &options.strict},
		{"security", &options.security},
		{"leakproof", &options.leakproof},
		{"window", &options.window},
		{"cost", &options.cost},
		{"rows", &options.rows},
		{"support", &options.support},
		{"parallel", &options.parallel},
		{"transform", &options.transform},
	};

	for (size_t i = 0; i < stmt.n_options; i++)
	{
		const Option &option = *stmt.options[i]->def_elem;

		if (std::string_view(option.defname) == "set")
			options.settings.push_back(&option);
		for (const auto &[name, place] : places)
		{
			if (std::string_view(name) != option.defname)
				continue;
			if (*place != nullptr)
				RaiseRedundantOption(command, option);
			*place = &option;
		}
	}
	return options;
}

/* What says something of a function's result or use. */
void
refuse_for_procedure(const Command &command, const FunctionOptions &options)
{
	for (const Option *option :
		 {options.window, options.volatility, options.strict, options.leakproof, options.cost,
		  options.rows, options.support, options.parallel})
		if (option != nullptr)
			Raise(Report(ERROR, ERRCODE_INVALID_FUNCTION_DEFINITION)
					  .msg("invalid attribute in procedure definition")
					  .at(command.at(option->location)));
}

void
refuse_unsupported_options(const Command &command, const FunctionOptions &options)
{
	const std::pair<const Option *, const char *> refused[] = {
		{options.window, "WINDOW"},
		{options.support, "SUPPORT"},
		{options.transform, "TRANSFORM"},
	};

	for (const auto &[option, what] : refused)
		if (option != nullptr)
			RaiseNotSupported(what, command.at(option->location));
}

Oid
language_of(const FunctionOptions &options)
{
	if (options.language == nullptr)
		Raise(Report(ERROR, ERRCODE_INVALID_FUNCTION_DEFINITION).msg("no language specified"));

	const std::string name = OptionString(*options.language);
	const Oid oid = LanguageNamed(name);

	const bool is_trusted = oid == kPlpgsqlLanguageOid || oid == kSqlLanguageOid;

	if (!is_trusted && oid != kCLanguageOid && oid != kInternalLanguageOid)
		RaiseNotSupported("LANGUAGE " + name);

	const bool allowed =
		is_trusted ? HasAll(kPgLanguageOid, oid, GetUserId(), ACL_USAGE) : superuser();

	if (!allowed)
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied for language %s", name.c_str()));
	return oid;
}

/* probin and prosrc from AS 'file', 'symbol'. */
void
read_source(const FunctionOptions &options, ProcInfo *proc)
{
	if (options.as == nullptr)
		Raise(Report(ERROR, ERRCODE_INVALID_FUNCTION_DEFINITION).msg("no function body specified"));

	const std::vector<std::string> items = NamesOf(options.as->arg);

	if (proc->language == kCLanguageOid)
	{
		proc->library = items.at(0);
		proc->source = items.size() > 1 && items[1] != "-" ? items[1] : proc->name;
		return;
	}
	if (items.size() > 1)
		Raise(Report(ERROR, ERRCODE_INVALID_FUNCTION_DEFINITION)
				  .msg("only one AS item needed for language \"%s\"",
					   OptionString(*options.language).c_str()));
	proc->source =
		items.at(0).empty() && proc->language == kInternalLanguageOid ? proc->name : items.at(0);
}

double
cost_of(const Option &option)
{
	const Node *const arg = option.arg;

	if (arg != nullptr && arg->node_case == PG_QUERY__NODE__NODE_FLOAT)
		return strtod(arg->float_->fval, nullptr);
	return static_cast<double>(OptionInteger(option));
}

char
parallel_letter(const Option &option)
{
	const std::string value = OptionString(option);

	if (value == "safe")
		return 's';
	if (value == "restricted")
		return 'r';
	if (value == "unsafe")
		return 'u';
	Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
			  .msg("parameter \"parallel\" must be SAFE, RESTRICTED, or UNSAFE"));
}

void
apply_function_options(const FunctionOptions &options, ProcInfo *proc)
{
	FunctionDef &def = proc->def;

	def.volatility = Volatility::Volatile;
	if (options.volatility != nullptr)
	{
		const std::string value = OptionString(*options.volatility);

		def.volatility = value == "immutable" ? Volatility::Immutable
						 : value == "stable"  ? Volatility::Stable
											  : Volatility::Volatile;
	}
	def.strict = options.strict != nullptr && OptionBool(*options.strict);
	proc->security_definer = options.security != nullptr && OptionBool(*options.security);
	for (const Option *setting : options.settings)
		ChangeSettingList(*setting->arg->variable_set_stmt, &proc->config);
	proc->leakproof = options.leakproof != nullptr && OptionBool(*options.leakproof);
	if (options.parallel != nullptr)
		proc->parallel = parallel_letter(*options.parallel);
	const bool is_compiled =
		proc->language == kCLanguageOid || proc->language == kInternalLanguageOid;

	proc->cost = options.cost != nullptr ? cost_of(*options.cost) : is_compiled ? 1 : 100;
	if (proc->cost <= 0)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE).msg("COST must be positive"));
	proc->rows = proc->returns_set ? 1000 : 0;
	if (options.rows == nullptr)
		return;
	proc->rows = cost_of(*options.rows);
	if (proc->rows <= 0)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE).msg("ROWS must be positive"));
	if (!proc->returns_set)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("ROWS is not applicable when function does not return a set"));
}

Oid
schema_of(const ObjectName &name, const Command &command)
{
	if (name.schema == kTempSchemaName)
		RaiseNotSupported("a temporary function");

	const std::string &wanted = name.schema.empty() ? command.schema : name.schema;

	if (wanted.empty())
	{
		CheckSchemaRight(CreationSchema(), ACL_CREATE);
		return CreationSchema();
	}

	const Oid schema = SchemaNamed(wanted);

	if (schema == kPgCatalogOid || schema == kInformationSchemaOid)
		RaiseNotSupported("a function in schema " + wanted);
	CheckSchemaRight(schema, ACL_CREATE);
	return schema;
}

ProcPtr
find_same(const ProcInfo &proc)
{
	for (const ProcPtr &other : FindProcs(proc.name))
		if (other->def.schema == proc.def.schema && other->arg_types == proc.arg_types)
			return other;
	return nullptr;
}

bool
same_columns(const RowShape &a, const RowShape &b)
{
	return std::ranges::equal(a, b,
							  [](const RowField &x, const RowField &y)
							  { return x.name == y.name && x.type == y.type; });
}

/* Callers rely on what the old one said of itself. */
void
check_replaces(const ProcInfo &old, const ProcInfo &fresh)
{
	const std::string hint =
		std::string(old.is_procedure ? "Use DROP PROCEDURE " : "Use DROP FUNCTION ") +
		ProcedureName(old.def) + " first.";
	const auto refuse = [&](const std::string &message)
	{
		Raise(Report(ERROR, ERRCODE_INVALID_FUNCTION_DEFINITION)
				  .msg("%s", message.c_str())
				  .hint("%s", hint.c_str()));
	};

	if (old.is_procedure != fresh.is_procedure)
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("cannot change routine kind")
				  .detail("\"%s\" is a %s.", old.name.c_str(),
						  old.is_procedure ? "procedure" : "function"));
	if (old.def.result != fresh.def.result || old.returns_set != fresh.returns_set)
		refuse("cannot change return type of existing function");
	if (old.def.result == RECORDOID &&
		!same_columns(ResultShape(old, old.arg_types), ResultShape(fresh, fresh.arg_types)))
		Raise(Report(ERROR, ERRCODE_INVALID_FUNCTION_DEFINITION)
				  .msg("cannot change return type of existing function")
				  .detail("Row type defined by OUT parameters is different.")
				  .hint("%s", hint.c_str()));
	for (size_t i = 0, input = 0; i < old.arg_names.size(); i++)
	{
		if (old.parameter_mode(i) == 'o' || old.parameter_mode(i) == 't')
			continue;

		const char *const now = fresh.def.arg_names != nullptr ? fresh.def.arg_names[input] : "";

		input++;
		if (!old.arg_names[i].empty() && old.arg_names[i] != now)
			refuse("cannot change name of input parameter \"" + old.arg_names[i] + "\"");
	}
	if (old.def.default_count > fresh.def.default_count)
		refuse("cannot remove parameter defaults from existing function");
}

/* The function must be there, whatever check_function_bodies says. */
void
check_body(const Command &command, const ProcInfo &proc)
{
	if (proc.language == kCLanguageOid)
	{
		LoadCallable(proc.library.c_str(), proc.source.c_str());
		return;
	}
	if (proc.language == kPlpgsqlLanguageOid || proc.language == kSqlLanguageOid)
	{
		if (strcmp(ShowSetting("check_function_bodies").value_or("on").c_str(), "on") == 0)
			InBody(command, proc.source,
				   [&]
				   {
					   if (proc.language == kSqlLanguageOid)
						   CheckSqlFunction(proc);
					   else
						   plpgsql::CheckBody(proc);
				   });
		return;
	}
	if (proc.has_scope() ? FindBuiltin(std::string_view(proc.source)) == nullptr
						 : proc.def.body == nullptr && proc.def.lowering == nullptr &&
							   proc.def.engine_name == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
				  .msg("there is no built-in function named \"%s\"", proc.source.c_str()));
}

} /* namespace */

std::string
RunCreateFunction(const Command &command)
{
	const PgQuery__CreateFunctionStmt &stmt = *command.node.create_function_stmt;

	const ObjectName name = SplitName(NamesOf(stmt.funcname, stmt.n_funcname));
	const FunctionOptions options = collect_options(command, stmt);
	ProcInfo proc;

	proc.def.schema = schema_of(name, command);
	proc.name = name.name;
	proc.owner = GetUserId();
	if (stmt.sql_body != nullptr)
		RaiseNotSupported("a function body in SQL");
	proc.language = language_of(options);
	if (stmt.is_procedure)
		refuse_for_procedure(command, options);
	refuse_unsupported_options(command, options);
	ReadParameters(command, stmt, &proc);
	read_source(options, &proc);
	apply_function_options(options, &proc);
	proc.complete();

	const ProcPtr old = find_same(proc);

	if (old != nullptr)
	{
		if (!stmt.replace)
			Raise(Report(ERROR, ERRCODE_DUPLICATE_FUNCTION)
					  .msg("function \"%s\" already exists with same argument types",
						   proc.name.c_str()));
		CheckExtensionReplaces(kPgProcOid, old->def.oid, "function " + ProcedureName(old->def));
		CheckOwner(kPgProcOid, old->def.oid, "function", old->name);
		check_replaces(*old, proc);
		proc.owner = old->owner;
		proc.acl = old->acl;
	}
	proc.def.oid = old != nullptr ? old->def.oid : NewOid();
	WriteFunction(proc);
	/* The body may call it. */
	CatalogChanged();
	check_body(command, proc);
	if (old == nullptr)
		InvokeObjectPostCreateHook(kPgProcOid, proc.def.oid, 0);
	return command.raw.tag;
}

} /* namespace pg::commands */
