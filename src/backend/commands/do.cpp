/*
 * commands/do.cpp
 *		DO: a block of a procedural language.
 *
 * Backends and workers, inside a transaction, which a block outside of others may end.
 */
#include "commands/do.h"

#include "access/nonatomic.h"
#include "access/transaction.h"
#include "commands/function_body.h"
#include "pl/plpgsql/plpgsql.h"

namespace pg::commands
{
namespace
{

[[noreturn]] void
raise_no_inline(const std::string &language)
{
	for (const char *known : {"internal", "c", "sql"})
		if (language == known)
			Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
					  .msg("language \"%s\" does not support inline code execution", known));
	Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
			  .msg("language \"%s\" does not exist", language.c_str()));
}

} /* namespace */

std::string
RunDo(const Command &command)
{
	const PgQuery__DoStmt &stmt = *command.node.do_stmt;
	std::string body, language = "plpgsql";
	bool has_body = false;

	for (size_t i = 0; i < stmt.n_args; i++)
	{
		const PgQuery__DefElem &option = *stmt.args[i]->def_elem;

		if (std::string_view(option.defname) == "as")
		{
			body = OptionString(option);
			has_body = true;
		}
		else
			language = OptionString(option);
	}
	if (!has_body)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("no inline code specified"));
	if (language != "plpgsql")
		raise_no_inline(language);

	const bool may_commit = IsNonatomic() && !InAnyBlock();
	const NonatomicScope scope(may_commit);

	InBody(command, body, [&] { plpgsql::RunInline(body, may_commit); });
	return command.raw.tag;
}

} /* namespace pg::commands */
