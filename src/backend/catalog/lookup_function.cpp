/*
 * catalog/lookup_function.cpp
 *		Functions by name, for C (parser/parse_func.h).
 *
 * Processes with a database connection, within a transaction.
 */
#include "parser/parse_func.h"

#include <algorithm>
#include <span>

#include "catalog/functions.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"

namespace pg
{
namespace
{

FunctionPtr
find(List *names, int count, std::span<const Oid> types)
{
	char *schema;
	char *name;
	FunctionPtr found;

	DeconstructQualifiedName(names, &schema, &name);
	for (const NamedFunction &candidate : FunctionsNamed(schema != nullptr ? schema : "", name))
	{
		if (count < 0 && found != nullptr)
			Raise(Report(ERROR, ERRCODE_AMBIGUOUS_FUNCTION)
					  .msg("function name \"%s\" is not unique", NameListToString(names))
					  .hint("Specify the argument list to select the function unambiguously."));
		if (found == nullptr &&
			(count < 0 || std::ranges::equal(candidate.function->args(), types)))
			found = candidate.function;
	}
	return found;
}

Oid
oid_of_function(List *names, int count, const Oid *types, bool missing_ok)
{
	const std::span<const Oid> wanted(types, count > 0 ? static_cast<size_t>(count) : 0);
	const FunctionPtr found = find(names, count, wanted);

	if (found != nullptr)
		return found->oid;
	if (missing_ok)
		return InvalidOid;
	if (count < 0)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
				  .msg("could not find a function named \"%s\"", NameListToString(names)));
	Raise(Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
			  .msg("function %s does not exist",
				   FunctionSignature(NameListToString(names), wanted).c_str()));
}

} /* namespace */
} /* namespace pg */

Oid
LookupFuncName(List *funcname, int nargs, const Oid *argtypes, bool missing_ok)
{
	return pg::FromC([&] { return pg::oid_of_function(funcname, nargs, argtypes, missing_ok); });
}
