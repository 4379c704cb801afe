/*
 * pl/plpgsql/raise.cpp
 *		RAISE and ASSERT.
 *
 * Backends and workers inside a transaction.
 */
#include "pl/plpgsql/interpreter.h"
#include "utils/error/report.h"

namespace pg::plpgsql
{
namespace
{

int
code_of(const std::string &text)
{
	bool is_state = text.size() == 5;

	for (const char c : text)
		is_state &= (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
	if (is_state)
		return MAKE_SQLSTATE(text[0], text[1], text[2], text[3], text[4]);

	const std::vector<int> codes = ConditionCodes(text);

	if (codes.empty())
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				  .msg("unrecognized exception condition \"%s\"", text.c_str()));
	return codes.front();
}

} /* namespace */

/* The format with each % replaced by the next argument. */
std::string
Interpreter::formatted(const Statement &stmt)
{
	std::string text;
	size_t next = 0;

	for (size_t i = 0; i < stmt.text.size(); i++)
	{
		if (stmt.text[i] != '%')
			text += stmt.text[i];
		else if (i + 1 < stmt.text.size() && stmt.text[i + 1] == '%')
			text += stmt.text[++i];
		else
			text += text_of(*stmt.arguments[next++]);
	}
	return text;
}

void
Interpreter::raise_option(const std::string &name, const std::string &text, Report *report)
{
	if (name == "message")
		report->msg("%s", text.c_str());
	else if (name == "detail")
		report->detail("%s", text.c_str());
	else if (name == "hint")
		report->hint("%s", text.c_str());
	else if (name == "errcode")
		report->sqlstate = code_of(text);
	else if (name == "column")
		report->column_name = text;
	else if (name == "constraint")
		report->constraint_name = text;
	else if (name == "datatype")
		report->datatype_name = text;
	else if (name == "table")
		report->table_name = text;
	else
		report->schema_name = text;
}

void
Interpreter::raise(const Statement &stmt)
{
	if (stmt.is_bare)
	{
		if (handled_.empty())
			Raise(Report(ERROR, ERRCODE_STACKED_DIAGNOSTICS_ACCESSED_WITHOUT_ACTIVE_HANDLER)
					  .msg("RAISE without parameters cannot be used outside an exception handler"));
		rethrown_ = true;
		throw PgError(*handled_.back());
	}

	Report report(stmt.elevel, stmt.elevel >= ERROR ? ERRCODE_RAISE_EXCEPTION : 0);
	bool has_message = stmt.has_format;

	if (stmt.has_format)
		report.msg("%s", formatted(stmt).c_str());
	else if (!stmt.text.empty())
		report.sqlstate = code_of(stmt.text);
	for (const RaiseOption &option : stmt.options)
	{
		const Result value = evaluate(*option.value);

		if (value.value.is_null())
			Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
					  .msg("RAISE statement option cannot be null"));
		if (option.name == "message" && has_message)
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("RAISE option already specified: %s", "MESSAGE"));
		has_message |= option.name == "message";
		raise_option(option.name, text_of(*option.value), &report);
	}
	if (!has_message)
		report.msg("%s", stmt.text.empty() ? unpack_sql_state(report.sqlstate) : stmt.text.c_str());
	if (stmt.elevel < ERROR)
		report.context("%s", context_line().c_str());
	report.emit();
}

void
Interpreter::assertion(const Statement &stmt)
{
	if (condition(*stmt.expression))
		return;
	if (stmt.upper != nullptr)
	{
		const Result message = evaluate(*stmt.upper);

		if (!message.value.is_null())
			Raise(Report(ERROR, ERRCODE_ASSERT_FAILURE).msg("%s", text_of(*stmt.upper).c_str()));
	}
	Raise(Report(ERROR, ERRCODE_ASSERT_FAILURE).msg("assertion failed"));
}

} /* namespace pg::plpgsql */
