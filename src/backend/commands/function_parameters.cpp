/*
 * commands/function_parameters.cpp
 *		The parameter list and the result of CREATE FUNCTION.
 *
 * Backends and workers inside a transaction.
 */
#include "commands/function_parameters.h"

#include <algorithm>

#include "catalog/pg_type_d.h"
#include "catalog/rights.h"
#include "parser/plan.h"

namespace pg::commands
{
namespace
{

using Mode = PgQuery__FunctionParameterMode;

constexpr size_t kMaxParameters = 100;

[[noreturn]] void
raise_definition(const char *message)
{
	Raise(Report(ERROR, ERRCODE_INVALID_FUNCTION_DEFINITION).msg("%s", message));
}

/* Letter of pg_proc.proargmodes. */
char
letter_of(Mode mode)
{
	switch (mode)
	{
		case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT: return 'o';
		case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT: return 'b';
		case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_VARIADIC: return 'v';
		case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE: return 't';
		default: return 'i';
	}
}

/* Messages about types here have neither position nor quotes. */
Oid
type_of(const PgQuery__TypeName &name)
{
	PgQuery__TypeName element = name;

	element.setof = false;
	try
	{
		return ResolveTypeName(&element).type;
	}
	catch (PgError &error)
	{
		if (error.sqlstate() != ERRCODE_UNDEFINED_OBJECT)
			throw;
		Raise(
			Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				.msg("type %s does not exist", Dotted(NamesOf(name.names, name.n_names)).c_str()));
	}
}

Oid
usable_type_of(const PgQuery__TypeName &name)
{
	const Oid type = type_of(name);

	CheckTypeUsage(type);
	return type;
}

Oid
parameter_type(const PgQuery__FunctionParameter &parameter)
{
	if (parameter.arg_type->setof)
		raise_definition("functions cannot accept set arguments");
	return usable_type_of(*parameter.arg_type);
}

/* Type of the elements that VARIADIC collects. */
Oid
variadic_element(Oid type)
{
	if (type == ANYOID)
		return ANYOID;
	if (type == ANYARRAYOID)
		return ANYELEMENTOID;
	if (type == ANYCOMPATIBLEARRAYOID)
		return ANYCOMPATIBLEOID;

	const TypeDef *const def = FindType(type);

	if (def == nullptr || def->category != 'A' || def->element_oid == InvalidOid)
		raise_definition("VARIADIC parameter must be an array");
	return def->element_oid;
}

bool
is_input(char mode)
{
	return mode == 'i' || mode == 'b' || mode == 'v';
}

bool
is_output(char mode)
{
	return mode == 'o' || mode == 'b' || mode == 't';
}

/* Input and output parameters have names of their own; one may stand in both lists. */
void
check_name(const std::vector<std::string> &names, const std::string &modes, const char *name,
		   char mode)
{
	if (name[0] == '\0')
		return;
	for (size_t i = 0; i < names.size(); i++)
	{
		const bool both_inputs =
			mode != 't' && modes[i] != 't' && is_input(mode) && is_input(modes[i]);
		const bool both_outputs = is_output(mode) && is_output(modes[i]);

		if (names[i] == name && (both_inputs || both_outputs || mode == 't' || modes[i] == 't' ||
								 is_input(mode) == is_input(modes[i])))
			Raise(Report(ERROR, ERRCODE_INVALID_FUNCTION_DEFINITION)
					  .msg("parameter name \"%s\" used more than once", name));
	}
}

void
add_default(const Command &command, const PgQuery__FunctionParameter &parameter, char mode,
			ProcInfo *proc)
{
	if (parameter.defexpr == nullptr)
	{
		if (is_input(mode) && proc->def.default_count > 0)
			raise_definition(
				"input parameters after one with a default value must also have defaults");
		return;
	}
	if (!is_input(mode))
		raise_definition("only input parameters can have default values");
	WalkTree(parameter.defexpr,
			 [](const Node &node)
			 {
				 if (node.node_case == PG_QUERY__NODE__NODE_COLUMN_REF)
					 Raise(Report(ERROR, ERRCODE_INVALID_COLUMN_REFERENCE)
							   .msg("cannot use table references in parameter default value"));
				 return true;
			 });

	const StoredSql stored =
		ParameterDefault(command.raw, parameter.defexpr, proc->arg_types.back());

	proc->defaults += (proc->def.default_count > 0 ? ", " : "") + stored.sql;
	proc->def.default_count++;
	proc->functions_used.insert(proc->functions_used.end(), stored.functions.begin(),
								stored.functions.end());
}

void
add_parameter(const Command &command, const PgQuery__FunctionParameter &parameter, ProcInfo *proc)
{
	const Oid type = parameter_type(parameter);
	const char mode = letter_of(parameter.mode);

	if (is_input(mode))
	{
		if (proc->def.variadic != InvalidOid)
			raise_definition("VARIADIC parameter must be the last input parameter");
		proc->arg_types.push_back(type);
	}
	if (mode == 'v')
		proc->def.variadic = variadic_element(type);
	check_name(proc->arg_names, proc->modes, parameter.name, mode);
	proc->all_types.push_back(type);
	proc->modes += mode;
	proc->arg_names.emplace_back(parameter.name);
	add_default(command, parameter, mode, proc);
}

/* What OUT parameters say the result is; InvalidOid: there are none. */
Oid
output_type(const ProcInfo &proc)
{
	Oid result = InvalidOid;
	int outputs = 0;

	for (size_t i = 0; i < proc.modes.size(); i++)
		if (is_output(proc.modes[i]) && ++outputs == 1)
			result = proc.all_types[i];
	return outputs > 1 ? Oid{RECORDOID} : result;
}

void
read_result(const PgQuery__CreateFunctionStmt &stmt, ProcInfo *proc)
{
	const Oid outputs = output_type(*proc);

	if (stmt.is_procedure)
	{
		proc->is_procedure = true;
		proc->def.result = outputs == InvalidOid ? VOIDOID : RECORDOID;
		return;
	}
	if (stmt.return_type == nullptr)
	{
		if (outputs == InvalidOid)
			raise_definition("function result type must be specified");
		proc->def.result = outputs;
		return;
	}
	proc->returns_set = stmt.return_type->setof;
	proc->def.result = usable_type_of(*stmt.return_type);
	if (outputs != InvalidOid && outputs != proc->def.result)
		Raise(Report(ERROR, ERRCODE_INVALID_FUNCTION_DEFINITION)
				  .msg("function result type must be %s because of OUT parameters",
					   FormatType(outputs).c_str()));
}

} /* namespace */

namespace
{

bool
is_compatible_family(Oid type)
{
	return type == ANYCOMPATIBLEOID || type == ANYCOMPATIBLEARRAYOID ||
		   type == ANYCOMPATIBLENONARRAYOID;
}

/* A polymorphic result needs an argument of its family to tell its type. */
void
check_polymorphic_result(const ProcInfo &proc, Oid type)
{
	if (!IsPolymorphic(type) || type == ANYOID)
		return;
	for (const Oid argument : proc.arg_types)
		if (IsPolymorphic(argument) && argument != ANYOID &&
			is_compatible_family(argument) == is_compatible_family(type))
			return;
	Raise(Report(ERROR, ERRCODE_INVALID_FUNCTION_DEFINITION)
			  .msg("cannot determine result data type")
			  .detail("A result of type %s requires at least one input of type %s.",
					  FormatType(type).c_str(),
					  is_compatible_family(type)
						  ? "anycompatible, anycompatiblearray, anycompatiblenonarray, "
							"anycompatiblerange, or anycompatiblemultirange"
						  : "anyelement, anyarray, anynonarray, anyenum, anyrange, or "
							"anymultirange"));
}

void
check_polymorphic(const ProcInfo &proc)
{
	check_polymorphic_result(proc, proc.def.result);
	for (size_t i = 0; i < proc.modes.size(); i++)
		if (proc.modes[i] == 'o' || proc.modes[i] == 't')
			check_polymorphic_result(proc, proc.all_types[i]);
}

} /* namespace */

void
ReadParameters(const Command &command, const PgQuery__CreateFunctionStmt &stmt, ProcInfo *proc)
{
	if (stmt.n_parameters > kMaxParameters)
		Raise(Report(ERROR, ERRCODE_TOO_MANY_ARGUMENTS)
				  .msg("functions cannot have more than %d arguments",
					   static_cast<int>(kMaxParameters)));
	for (size_t i = 0; i < stmt.n_parameters; i++)
		add_parameter(command, *stmt.parameters[i]->function_parameter, proc);
	read_result(stmt, proc);
	check_polymorphic(*proc);

	/* pg_proc has null where there is nothing to say beyond the input types. */
	if (std::ranges::all_of(proc->modes, [](char mode) { return mode == 'i'; }))
	{
		proc->all_types.clear();
		proc->modes.clear();
	}
	if (std::ranges::all_of(proc->arg_names, &std::string::empty))
		proc->arg_names.clear();
}

namespace
{

void
raise_not_unique(const std::string &name, const char *noun)
{
	Raise(Report(ERROR, ERRCODE_AMBIGUOUS_FUNCTION)
			  .msg("%s name \"%s\" is not unique", noun, name.c_str())
			  .hint("Specify the argument list to select the %s unambiguously.", noun));
}

bool
is_procedure(const FunctionDef &function)
{
	const ProcPtr proc = function.stored ? FindProc(function.oid) : nullptr;

	return proc != nullptr && proc->is_procedure;
}

/* OUT parameters of a procedure may be named, or not. */
bool
has_arguments(const FunctionDef &function, const std::vector<Oid> &types)
{
	const ProcPtr proc = function.stored ? FindProc(function.oid) : nullptr;

	return std::ranges::equal(function.args(), types) ||
		   (proc != nullptr && proc->is_procedure &&
			std::ranges::equal(proc->call_def().args(), types));
}

void
check_kind(const FunctionDef &function, Routine wanted, const std::string &signature)
{
	if (wanted == Routine::Any || is_procedure(function) == (wanted == Routine::Procedure))
		return;
	Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
			  .msg("%s is not a %s", signature.c_str(),
				   wanted == Routine::Procedure ? "procedure" : "function"));
}

} /* namespace */

Routine
RoutineOf(PgQuery__ObjectType type)
{
	switch (type)
	{
		case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE: return Routine::Procedure;
		case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE: return Routine::Any;
		default: return Routine::Function;
	}
}

FunctionPtr
FunctionOf(const PgQuery__ObjectWithArgs &object, bool missing_ok, Routine wanted)
{
	const char *const noun = wanted == Routine::Procedure ? "procedure"
							 : wanted == Routine::Any	  ? "routine"
														  : "function";
	const ObjectName name = SplitName(NamesOf(object.objname, object.n_objname));
	std::vector<Oid> types;
	FunctionPtr found;

	for (size_t i = 0; i < object.n_objargs; i++)
		types.push_back(type_of(*object.objargs[i]->type_name));
	for (const NamedFunction &candidate : FunctionsNamed(name.schema, name.name))
	{
		if (object.args_unspecified && found != nullptr)
			raise_not_unique(name.display(), noun);
		if (found == nullptr &&
			(object.args_unspecified || has_arguments(*candidate.function, types)))
			found = candidate.function;
	}
	const std::string signature =
		object.args_unspecified ? name.display() : FunctionSignature(name.display(), types);

	if (found != nullptr)
	{
		check_kind(*found, wanted, signature);
		return found;
	}

	if (missing_ok)
	{
		Report(NOTICE)
			.msg("%s %s does not exist, skipping", noun,
				 FunctionSignature(name.display(), types).c_str())
			.emit();
		return nullptr;
	}
	const char *const missing = wanted == Routine::Any ? "function" : noun;

	if (object.args_unspecified)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
				  .msg("could not find a %s named \"%s\"", missing, name.display().c_str()));
	Raise(Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
			  .msg("%s %s does not exist", missing, signature.c_str()));
}

} /* namespace pg::commands */
