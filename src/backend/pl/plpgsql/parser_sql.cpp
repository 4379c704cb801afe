/*
 * pl/plpgsql/parser_sql.cpp
 *		Statements that run SQL, and cursors.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "pl/plpgsql/parser.h"

namespace pg::plpgsql
{

/* The variable, taken. */
int
Parser::cursor_variable()
{
	const Token &token = peek();
	const Target found = target();

	if (!found.field.empty() ||
		function_.variables[static_cast<size_t>(found.variable)].type != REFCURSOROID)
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("variable \"%s\" must be of type cursor or refcursor",
					   function_.variables[static_cast<size_t>(found.variable)].name.c_str())
				  .at(position(token.begin)));
	return found.variable;
}

/* The arguments of a bound cursor, in the order of its parameters; then `stop`, which is not taken. */
std::vector<Expression *>
Parser::cursor_arguments(int place)
{
	const Variable &variable = function_.variables[static_cast<size_t>(place)];
	const std::vector<int> &parameters =
		function_.cursors[static_cast<size_t>(variable.cursor)].parameters;
	std::vector<Expression *> arguments(parameters.size());
	const auto complain = [&](const std::string &what, const Token &place) {
		Raise(
			Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("%s", what.c_str()).at(position(place.begin)));
	};
	const bool given = peek().is("(");

	if (given != !parameters.empty())
		complain("cursor \"" + variable.name + (given ? "\" has no arguments" : "\" has arguments"),
				 peek());
	if (!given)
		return arguments;
	take();
	for (size_t next = 0; next == 0 || accept(","); next++)
	{
		size_t at = next;

		if (peek().is_name() && (peek(1).is(":=") || (peek(1).is("=") && peek(2).is(">"))))
			at = named_argument(parameters, variable.name);
		if (at >= parameters.size())
			complain("too many arguments for cursor \"" + variable.name + "\"", tokens_[at_ - 1]);
		arguments[at] = expression_until(either(at_symbol(","), at_symbol(")")), ")");
	}
	expect(")");
	for (const Expression *argument : arguments)
		if (argument == nullptr)
			complain("not enough arguments for cursor \"" + variable.name + "\"", tokens_[at_ - 1]);
	return arguments;
}

size_t
Parser::named_argument(const std::vector<int> &parameters, const std::string &cursor)
{
	const std::string wanted = take().text;

	if (!accept(":="))
	{
		expect("=");
		expect(">");
	}
	for (size_t i = 0; i < parameters.size(); i++)
		if (function_.variables[static_cast<size_t>(parameters[i])].name == wanted)
			return i;
	Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
			  .msg("cursor \"%s\" has no argument named \"%s\"", cursor.c_str(), wanted.c_str())
			  .at(here()));
}

std::unique_ptr<Statement>
Parser::open_statement()
{
	auto made = make(StatementKind::Open, line());

	take();
	made->variable = cursor_variable();
	if (function_.variables[static_cast<size_t>(made->variable)].cursor >= 0)
	{
		made->arguments = cursor_arguments(made->variable);
		expect(";");
		return made;
	}
	made->cursor_options = scroll_option();
	expect_word("for");
	query_or_execute(made.get(), true);
	return made;
}

/* The rest of an OPEN or RETURN QUERY: a query, or EXECUTE with an expression and USING. */
void
Parser::query_or_execute(Statement *made, bool keeps_place)
{
	made->flag = accept_word("execute");
	if (!made->flag)
	{
		const size_t begin = keeps_place ? peek().begin : std::string_view::npos;

		made->expression = add_sql(text_until(at_symbol(";"), ";"), true, begin);
	}
	else
	{
		made->expression = expression_until(either(at_symbol(";"), at_word("using")), ";");
		if (accept_word("using"))
			using_list(made, either(at_symbol(","), at_symbol(";")));
	}
	expect(";");
}

/* Where FETCH and MOVE go; true where a FROM has to follow. */
bool
Parser::fetch_direction(Statement *made, int begin)
{
	static constexpr std::tuple<std::string_view, FetchDirection, long> kPlaces[] = {
		{"next", FETCH_FORWARD, 1},
		{"prior", FETCH_BACKWARD, 1},
		{"first", FETCH_ABSOLUTE, 1},
		{"last", FETCH_ABSOLUTE, -1},
	};
	const Stop from = either(at_word("from"), at_word("in"));

	for (const auto &[word, direction, count] : kPlaces)
		if (accept_word(word))
		{
			made->direction = direction;
			made->count = count;
			return true;
		}
	if (is_cursor(peek()) || from(peek()))
		return false;
	if (accept_word("absolute"))
		made->direction = FETCH_ABSOLUTE;
	else if (accept_word("relative"))
		made->direction = FETCH_RELATIVE;
	else
	{
		if (accept_word("backward"))
			made->direction = FETCH_BACKWARD;
		else
			accept_word("forward");
		if (from(peek()) || is_cursor(peek()))
			return false;
		if (made->kind == StatementKind::Fetch)
			Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
					  .msg("FETCH statement cannot return multiple rows")
					  .at(begin));
		if (accept_word("all"))
		{
			made->count = FETCH_ALL;
			return true;
		}
	}
	made->upper = expression_until(from, "FROM");
	return true;
}

std::unique_ptr<Statement>
Parser::fetch_statement()
{
	auto made = make(peek().is_word("move") ? StatementKind::Move : StatementKind::Fetch, line());

	const int begin = here();

	take();

	const bool wants_from = fetch_direction(made.get(), begin);

	if (!accept_word("from") && !accept_word("in") && wants_from)
		raise_syntax();
	made->variable = cursor_variable();
	if (made->kind == StatementKind::Fetch)
	{
		expect_word("into");
		into_targets(made.get());
	}
	expect(";");
	return made;
}

/* FOR record IN cursor: the record is declared by the loop. */
std::unique_ptr<Statement>
Parser::cursor_head(size_t begin, int at_line)
{
	auto made = make(StatementKind::ForCursor, at_line);
	const int place = here();

	if (!tokens_[begin].is_name())
		raise_syntax();
	made->variable = cursor_variable();
	if (function_.variables[static_cast<size_t>(made->variable)].cursor < 0)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("cursor FOR loop must use a bound cursor variable")
				  .at(place));
	made->arguments = cursor_arguments(made->variable);
	expect_word("loop");
	made->targets.push_back({declare(tokens_[begin].text, RECORDOID, -1), {}});
	return made;
}

void
Parser::into_targets(Statement *made)
{
	if (made->has_into)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("INTO specified more than once"));
	made->has_into = true;
	made->strict = accept_word("strict");
	do
		made->targets.push_back(target());
	while (accept(","));
}

std::unique_ptr<Statement>
Parser::execute_statement()
{
	auto made = make(StatementKind::Execute, line());
	const Stop stop = [](const Token &token)
	{ return token.is(";") || token.is_word("into") || token.is_word("using"); };

	take();
	made->expression = expression_until(stop, "INTO or USING");
	while (!accept(";"))
	{
		if (accept_word("into"))
			into_targets(made.get());
		else if (accept_word("using"))
			using_list(made.get(),
					   [&stop](const Token &token) { return token.is(",") || stop(token); });
		else
			raise_syntax();
	}
	return made;
}

/* Everything else is SQL, but for its INTO. */
std::unique_ptr<Statement>
Parser::sql_statement()
{
	auto made = make(StatementKind::Sql, line());
	std::string text;
	const size_t start = peek().begin;
	size_t begin = start, end = begin;
	int depth = 0;
	bool saw_insert = false;

	while (depth > 0 || !peek().is(";"))
	{
		const Token &token = peek();

		if (token.kind == Token::Kind::End)
			raise_syntax();
		if (depth == 0 && token.is_word("into") && !saw_insert)
		{
			text += source_.substr(begin, token.begin - begin);
			take();
			into_targets(made.get());
			begin = end = peek().begin;
			continue;
		}
		saw_insert = token.is_word("insert");
		depth += token.is("(") || token.is("[");
		depth -= token.is(")") || token.is("]");
		end = token.end;
		take();
	}
	if (end > begin)
		text += source_.substr(begin, end - begin);
	while (!text.empty() && isspace(static_cast<unsigned char>(text.back())))
		text.pop_back();
	made->expression =
		add_sql(std::move(text), true, made->has_into ? std::string_view::npos : start);
	expect(";");
	return made;
}

std::unique_ptr<Statement>
Parser::get_diagnostics()
{
	auto made = make(StatementKind::GetDiagnostics, line());

	take();
	made->flag = accept_word("stacked");
	if (!made->flag)
		accept_word("current");
	expect_word("diagnostics");
	do
	{
		DiagnosticsItem item;

		item.target = target();
		if (!accept(":="))
			expect("=");
		item.name = name();
		check_item(item.name, made->flag);
		made->items.push_back(std::move(item));
	} while (accept(","));
	expect(";");
	return made;
}

void
Parser::check_item(const std::string &item, bool stacked)
{
	static constexpr std::string_view kCurrent[] = {"row_count", "pg_context"};
	static constexpr std::string_view kStacked[] = {
		"returned_sqlstate",	"message_text", "pg_exception_detail", "pg_exception_hint",
		"pg_exception_context", "column_name",	"constraint_name",	   "pg_datatype_name",
		"table_name",			"schema_name"};
	const std::span<const std::string_view> names =
		stacked ? std::span<const std::string_view>(kStacked) : kCurrent;

	if (std::find(names.begin(), names.end(), item) == names.end())
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("unrecognized GET DIAGNOSTICS item at or near \"%s\"", item.c_str()));
}

std::unique_ptr<Statement>
Parser::end_transaction()
{
	auto made =
		make(peek().is_word("commit") ? StatementKind::Commit : StatementKind::Rollback, line());

	take();
	if (accept_word("and"))
	{
		made->flag = !accept_word("no");
		if (!accept_word("chain"))
			raise_syntax();
	}
	expect(";");
	return made;
}

} /* namespace pg::plpgsql */
