/*
 * pl/plpgsql/plpgsql.cpp
 *		Compiles functions, keeps them for the session, and calls them.
 *
 * Backends and workers inside a transaction.
 */
#include "pl/plpgsql/plpgsql.h"

#include <algorithm>
#include <map>

#include "access/nonatomic.h"
#include "catalog/pg_type_d.h"
#include "pl/plpgsql/interpreter.h"
#include "utils/error/report.h"

namespace pg::plpgsql
{
namespace
{

/* The types of a call are those of its signature, which polymorphic ones stand for. */
Header
header_of(const ProcInfo &proc, const CallSignature *signature = nullptr)
{
	Header header;
	std::vector<Oid> actual;

	for (size_t i = 0; signature != nullptr && i < signature->arguments.size(); i++)
		actual.push_back(signature->arguments[i].type);
	header.name = proc.name;
	header.signature = ProcedureName(proc.def);
	header.result = BoundType(proc.def.result, proc.arg_types, actual);
	header.returns_set = proc.returns_set;
	header.is_trigger = proc.def.result == TRIGGEROID;
	header.is_procedure = proc.is_procedure;
	for (size_t i = 0; i < proc.parameter_count(); i++)
		header.parameters.push_back({i < proc.arg_names.size() ? proc.arg_names[i] : std::string(),
									 BoundType(proc.parameter_type(i), proc.arg_types, actual),
									 proc.parameter_mode(i)});
	return header;
}

[[noreturn]] void
raise_compilation(const Header &header, Report report)
{
	report.context("compilation of PL/pgSQL function \"%s\" near line 1", header.name.c_str());
	Raise(report);
}

std::unique_ptr<Function>
compile(const ProcInfo &proc, const CallSignature *signature = nullptr)
{
	const Header header = header_of(proc, signature);
	std::unique_ptr<Function> function = Parse(proc.source, header);

	if (header.is_trigger && !header.parameters.empty())
		raise_compilation(header,
						  Report(ERROR, ERRCODE_INVALID_FUNCTION_DEFINITION)
							  .msg("trigger functions cannot have declared arguments")
							  .hint("The arguments of the trigger can be accessed through TG_NARGS "
									"and TG_ARGV instead."));
	return function;
}

struct Compiled
{
	uint64 generation = 0;
	std::shared_ptr<Function> function;
};

/* Of this session; a change of the catalogs compiles anew, since types may have changed. */
std::shared_ptr<Function>
compiled(const ProcInfo &proc, const CallSignature *signature = nullptr)
{
	static auto *const known =
		std::make_unique<std::map<std::pair<Oid, std::string>, Compiled>>().release();
	const bool polymorphic =
		signature != nullptr && std::ranges::any_of(proc.arg_types, IsPolymorphic);
	Compiled &entry =
		(*known)[{proc.def.oid, polymorphic ? FormatSignature(*signature) : std::string()}];

	if (entry.function == nullptr || entry.generation != CatalogGeneration())
	{
		entry.function = compile(proc, polymorphic ? signature : nullptr);
		entry.generation = CatalogGeneration();
	}
	return entry.function;
}

} /* namespace */

void
RunInline(std::string_view source, bool may_commit)
{
	Header header;

	header.name = header.signature = "inline_code_block";

	const std::unique_ptr<Function> function = Parse(source, header);

	Interpreter(*function, may_commit).run();
}

void
CheckBody(const ProcInfo &proc)
{
	compile(proc);
}

namespace
{

void
set_arguments(const ProcInfo &proc, const std::vector<Value> &arguments, Interpreter *run)
{
	size_t next = 0;

	for (size_t i = 0; i < proc.parameter_count(); i++)
		if (proc.parameter_mode(i) != 'o' && proc.parameter_mode(i) != 't' &&
			next < arguments.size())
			run->set_argument(static_cast<int>(i), arguments[next++]);
}

} /* namespace */

std::vector<Kept>
CallProcedure(const ProcInfo &proc, std::vector<Value> arguments, bool may_commit)
{
	const std::shared_ptr<Function> function = compiled(proc);
	Interpreter run(*function, may_commit);

	set_arguments(proc, arguments, &run);
	run.run();
	return run.outputs();
}

std::vector<ResultRow>
Call(const ProcInfo &proc, const CallSignature &signature, std::vector<Value> arguments)
{
	const NonatomicScope scope(false);
	const std::shared_ptr<Function> function = compiled(proc, &signature);

	if (function->trigger >= 0)
		raise_compilation(header_of(proc),
						  Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
							  .msg("trigger functions can only be called as triggers"));

	Interpreter run(*function, false);

	run.expect(signature.result);
	set_arguments(proc, arguments, &run);
	run.run();
	return run.take_rows();
}

std::optional<TriggerRow>
CallTrigger(const ProcInfo &proc, const TriggerFiring &firing)
{
	const NonatomicScope scope(false);
	const std::shared_ptr<Function> function = compiled(proc);
	Interpreter run(*function, false);

	run.set_trigger(firing);
	run.run();
	return firing.is_row() ? run.returned_row(*firing.event.table) : std::nullopt;
}

} /* namespace pg::plpgsql */
