/*
 * commands/function_body.h
 *		Errors in the body of a function, shown where the statement has it.
 */
#pragma once

#include "commands/tree.h"

namespace pg::commands
{

/*
 * Runs `work`, which compiles the body.  A position in what it raises counts from the body: it is moved to the
 * client's text where the body stands there as it is, and otherwise shown with the body as the query.
 */
template <typename Work>
void
InBody(const Command &command, const std::string &body, Work work)
{
	try
	{
		work();
	}
	catch (PgError &error)
	{
		const size_t begin = command.raw.text.find(body);
		const int position = error.report.position;

		if (position == 0)
			throw;
		error.report.position = 0;
		if (begin == std::string_view::npos)
			error.report.internal_statement(body, position);
		else
			error.report.position =
				command.at(command.raw.text_offset + static_cast<int>(begin)) + position - 1;
		throw;
	}
}

} /* namespace pg::commands */
