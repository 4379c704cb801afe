/*
 * pl/plpgsql/parser_statements.cpp
 *		Statements of the language itself: control, loops, RETURN, RAISE.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "pl/plpgsql/parser.h"

#include <utility>

namespace pg::plpgsql
{

std::unique_ptr<Statement>
Parser::statement()
{
	std::string label = take_label();
	const Token &first = peek();

	if (first.is_word("declare") || first.is_word("begin"))
	{
		auto made = block(std::move(label));

		expect(";");
		return made;
	}
	if (first.is_word("loop") || first.is_word("while") || first.is_word("for") ||
		first.is_word("foreach"))
		return loop(std::move(label));
	if (!label.empty() || !first.is_name())
		raise_syntax();
	if (auto made = assignment())
		return made;
	return plain_statement();
}

std::unique_ptr<Statement>
Parser::plain_statement()
{
	using Parse = std::unique_ptr<Statement> (Parser::*)();
	static constexpr std::pair<std::string_view, Parse> kStatements[] = {
		{"if", &Parser::if_statement},		   {"case", &Parser::case_statement},
		{"exit", &Parser::exit_statement},	   {"continue", &Parser::exit_statement},
		{"return", &Parser::return_statement}, {"raise", &Parser::raise_statement},
		{"assert", &Parser::assert_statement}, {"execute", &Parser::execute_statement},
		{"perform", &Parser::perform},		   {"get", &Parser::get_diagnostics},
		{"commit", &Parser::end_transaction},  {"rollback", &Parser::end_transaction},
		{"null", &Parser::null_statement},	   {"open", &Parser::open_statement},
		{"fetch", &Parser::fetch_statement},   {"move", &Parser::fetch_statement},
		{"close", &Parser::close_statement},
	};

	for (const auto &[word, parse] : kStatements)
		if (peek().is_word(word))
			return (this->*parse)();
	return sql_statement();
}

std::unique_ptr<Statement>
Parser::assignment()
{
	const size_t begin = at_;
	const int at_line = line();
	const std::optional<Target> found = accept_target();
	std::vector<Subscript> places;

	while (found && accept("["))
		places.push_back(subscript());
	if (!found || (!accept(":=") && !accept("=")))
	{
		const bool assigns = peek().is_name() && peek(1).is(":=");

		at_ = begin;
		if (assigns || (peek().is_name() && peek(1).is(":=")))
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("\"%s\" is not a known variable", peek().text.c_str())
					  .at(here()));
		return nullptr;
	}
	check_assignable(*found, tokens_[begin].begin);

	auto made = make(StatementKind::Assign, at_line);

	made->targets.push_back(*found);
	made->subscripts = std::move(places);
	if (found->field.empty() && made->subscripts.empty() &&
		function_.variables[static_cast<size_t>(found->variable)].is_record)
		made->variable = accept_record();
	if (made->variable < 0)
		made->expression = expression_until(";");
	return made;
}

/* What stands behind "[", up to "]". */
Subscript
Parser::subscript()
{
	const Stop stop = either(at_symbol(":"), at_symbol("]"));
	Subscript found;

	if (!stop(peek()))
		found.upper = expression_until(stop, "]");
	if (accept(":"))
	{
		found.is_slice = true;
		found.lower = std::exchange(found.upper, nullptr);
		if (!peek().is("]"))
			found.upper = expression_until(at_symbol("]"), "]");
	}
	expect("]");
	return found;
}

/* "r;" where r is a record: the variable, taken; else -1. */
int
Parser::accept_record()
{
	if (!peek().is_name() || !peek(1).is(";"))
		return -1;

	const std::optional<int> variable = find_variable(peek().text);

	if (!variable || !function_.variables[static_cast<size_t>(*variable)].is_record)
		return -1;
	take();
	take();
	return *variable;
}

std::unique_ptr<Statement>
Parser::if_statement()
{
	auto made = make(StatementKind::If, line());
	const Stop stop = [](const Token &token)
	{
		return token.is_word("elsif") || token.is_word("elseif") || token.is_word("else") ||
			   token.is_word("end");
	};

	take();
	do
	{
		Branch branch;

		branch.condition = expression_until_word("then", "THEN");
		branch.body = statements(stop);
		made->branches.push_back(std::move(branch));
	} while (accept_word("elsif") || accept_word("elseif"));
	if (accept_word("else"))
		made->body = statements(at_word("end"));
	expect_word("end");
	expect_word("if");
	expect(";");
	return made;
}

/* The value of a simple CASE is kept in a variable that each branch is compared with. */
std::unique_ptr<Statement>
Parser::case_statement()
{
	auto made = make(StatementKind::Case, line());
	std::string prefix;

	take();
	push_scope();
	if (!peek().is_word("when"))
	{
		const std::string value =
			"__case__variable_" + std::to_string(function_.variables.size()) + "__";

		made->expression = expression_until(at_word("when"), "WHEN");
		made->variable = declare(value, TEXTOID, -1);
		function_.variables.back().has_dynamic_type = true;
		prefix = "\"" + value + "\" IN (";
	}
	while (accept_word("when"))
	{
		Branch branch;
		const std::string text = text_until(at_word("then"), "THEN");

		expect_word("then");
		branch.condition = add_sql(prefix.empty() ? text : prefix + text + ")", false);
		branch.body = statements(
			[](const Token &token)
			{ return token.is_word("when") || token.is_word("else") || token.is_word("end"); });
		made->branches.push_back(std::move(branch));
	}
	made->has_else = accept_word("else");
	if (made->has_else)
		made->body = statements(at_word("end"));
	expect_word("end");
	expect_word("case");
	expect(";");
	pop_scope();
	return made;
}

std::unique_ptr<Statement>
Parser::loop(std::string label)
{
	const int at_line = line();
	std::unique_ptr<Statement> made;

	push_scope(label);
	loops_.push_back(label);
	if (accept_word("loop"))
		made = make(StatementKind::Loop, at_line);
	else if (accept_word("while"))
	{
		made = make(StatementKind::While, at_line);
		made->expression = expression_until_word("loop", "LOOP");
	}
	else if (accept_word("foreach"))
		made = foreach_head(at_line);
	else
	{
		take();
		made = for_head(at_line);
	}
	made->label = std::move(label);
	made->body = statements(at_word("end"));
	expect_word("end");
	expect_word("loop");
	end_label(made->label);
	expect(";");
	loops_.pop_back();
	pop_scope();
	return made;
}

std::unique_ptr<Statement>
Parser::foreach_head(int at_line)
{
	auto made = make(StatementKind::ForeachArray, at_line);

	made->targets.push_back(target());
	if (accept_word("slice"))
	{
		if (peek().kind != Token::Kind::Number)
			raise_syntax();
		made->slice = atoi(take().text.c_str());
	}
	expect_word("in");
	expect_word("array");
	made->expression = expression_until_word("loop", "LOOP");
	return made;
}

/* Is there a ".." outside of parentheses before LOOP? */
bool
Parser::is_integer_loop() const
{
	int depth = 0;

	for (size_t i = at_; i < tokens_.size() && !tokens_[i].is(";"); i++)
	{
		if (depth == 0 && tokens_[i].is(".."))
			return true;
		if (depth == 0 && tokens_[i].is_word("loop"))
			return false;
		depth += tokens_[i].is("(");
		depth -= tokens_[i].is(")");
	}
	return false;
}

std::unique_ptr<Statement>
Parser::for_head(int at_line)
{
	const size_t begin = at_;

	while (!peek().is_word("in"))
	{
		if (peek().kind == Token::Kind::End || peek().is(";"))
			raise_syntax();
		take();
	}
	take();

	const bool reverse = accept_word("reverse");

	if (reverse || is_integer_loop())
		return integer_head(begin, reverse, at_line);

	if (is_cursor(peek()) && (peek(1).is_word("loop") || peek(1).is("(")))
		return cursor_head(begin, at_line);

	const size_t query = at_;

	at_ = begin;

	auto made = make(StatementKind::ForQuery, at_line);

	do
		made->targets.push_back(target());
	while (accept(","));
	at_ = query;
	if (accept_word("execute"))
	{
		made->kind = StatementKind::ForExecute;
		made->expression = expression_until(either(at_word("loop"), at_word("using")), "LOOP");
		if (accept_word("using"))
			using_list(made.get(), either(at_symbol(","), at_word("loop")));
		expect_word("loop");
		return made;
	}
	made->expression = add_sql(text_until(at_word("loop"), "LOOP"), true);
	expect_word("loop");
	return made;
}

std::unique_ptr<Statement>
Parser::integer_head(size_t begin, bool reverse, int at_line)
{
	auto made = make(StatementKind::ForInteger, at_line);
	const std::string variable = tokens_[begin].text;

	if (!tokens_[begin].is_name())
		raise_syntax();
	made->flag = reverse;
	made->expression = expression_until("..");
	made->upper = expression_until(either(at_word("loop"), at_word("by")), "LOOP");
	if (accept_word("by"))
		made->by = expression_until(at_word("loop"), "LOOP");
	expect_word("loop");
	made->targets.push_back({declare(variable, INT4OID, -1), {}});
	return made;
}

std::unique_ptr<Statement>
Parser::exit_statement()
{
	auto made = make(StatementKind::Exit, line());
	const int begin = here();

	made->flag = take().is_word("continue");
	if (peek().is_name() && !peek().is_word("when"))
		made->label = name();
	check_exit(*made, begin);
	if (accept_word("when"))
		made->expression = expression_until(";");
	else
		expect(";");
	return made;
}

void
Parser::check_exit(const Statement &exit, int begin) const
{
	if (exit.label.empty() && loops_.empty())
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg(exit.flag ? "CONTINUE cannot be used outside a loop"
								 : "EXIT cannot be used outside a loop, unless it has a label")
				  .at(begin));
	if (exit.label.empty())
		return;
	for (const Scope *scope = scope_; scope != nullptr; scope = scope->parent)
		if (scope->label == exit.label)
			return;
	Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
			  .msg("there is no label \"%s\" attached to any block or loop enclosing this "
				   "statement",
				   exit.label.c_str())
			  .at(begin));
}

std::unique_ptr<Statement>
Parser::return_statement()
{
	auto made = make(StatementKind::Return, line());

	take();
	if (peek().is_word("next"))
		return return_next(std::move(made));
	if (peek().is_word("query"))
		return return_query(std::move(made));
	if (accept(";"))
	{
		if (function_.result != 0 && function_.result != VOIDOID && !function_.returns_set &&
			function_.outputs.empty())
			raise_syntax();
		return made;
	}
	if (function_.returns_set)
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("RETURN cannot have a parameter in function returning set")
				  .hint("Use RETURN NEXT or RETURN QUERY."));
	if (function_.is_procedure)
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("RETURN cannot have a parameter in a procedure")
				  .at(here()));
	if (!function_.outputs.empty())
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("RETURN cannot have a parameter in function with OUT parameters")
				  .at(here()));
	if (function_.result == 0 || function_.result == VOIDOID)
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("RETURN cannot have a parameter in function returning void"));
	if (header_.is_trigger || returns_rows())
		made->variable = accept_record();
	if (made->variable < 0)
		made->expression = expression_until(";");
	return made;
}

std::unique_ptr<Statement>
Parser::return_next(std::unique_ptr<Statement> made)
{
	check_returns_set("RETURN NEXT");
	take();
	made->kind = StatementKind::ReturnNext;
	if (!function_.outputs.empty())
	{
		if (!peek().is(";"))
			Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
					  .msg("RETURN NEXT cannot have a parameter in function with OUT "
						   "parameters")
					  .at(here()));
		take();
		return made;
	}
	if (returns_rows())
		made->variable = accept_record();
	if (made->variable < 0)
		made->expression = expression_until(";");
	return made;
}

std::unique_ptr<Statement>
Parser::return_query(std::unique_ptr<Statement> made)
{
	check_returns_set("RETURN QUERY");
	take();
	made->kind = StatementKind::ReturnQuery;
	query_or_execute(made.get(), false);
	return made;
}

std::unique_ptr<Statement>
Parser::raise_statement()
{
	static constexpr std::pair<std::string_view, int> kLevels[] = {
		{"exception", ERROR}, {"warning", WARNING}, {"notice", NOTICE},
		{"info", INFO},		  {"log", LOG},			{"debug", DEBUG1},
	};
	auto made = make(StatementKind::Raise, line());

	take();
	made->elevel = ERROR;
	if (accept(";"))
	{
		made->is_bare = true;
		return made;
	}
	for (const auto &[word, level] : kLevels)
		if (accept_word(word))
		{
			made->elevel = level;
			break;
		}
	if (peek().kind == Token::Kind::String)
		raise_format(made.get());
	else if (accept_word("sqlstate"))
	{
		made->text = take().text;
		state_code(made->text);
	}
	else if (peek().is_name() && !peek().is_word("using"))
	{
		made->text = name();
		if (ConditionCodes(made->text).empty())
			Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
					  .msg("unrecognized exception condition \"%s\"", made->text.c_str()));
	}
	if (accept_word("using"))
		raise_options(made.get());
	expect(";");
	return made;
}

void
Parser::raise_format(Statement *made)
{
	size_t wanted = 0;

	made->has_format = true;
	made->text = take().text;
	while (accept(","))
		made->arguments.push_back(
			expression_until([](const Token &token)
							 { return token.is(",") || token.is(";") || token.is_word("using"); },
							 ";"));
	for (size_t i = 0; i < made->text.size(); i++)
		if (made->text[i] == '%')
		{
			const bool doubled = i + 1 < made->text.size() && made->text[i + 1] == '%';

			wanted += !doubled;
			i += doubled;
		}
	if (wanted != made->arguments.size())
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg(wanted > made->arguments.size()
						   ? "too few parameters specified for RAISE"
						   : "too many parameters specified for RAISE"));
}

void
Parser::raise_options(Statement *made)
{
	static constexpr std::string_view kOptions[] = {"message",	"detail", "hint",
													"errcode",	"column", "constraint",
													"datatype", "table",  "schema"};

	do
	{
		const std::string option = name();

		if (std::find(std::begin(kOptions), std::end(kOptions), option) == std::end(kOptions))
			Raise(
				Report(ERROR, ERRCODE_SYNTAX_ERROR)
					.msg("unrecognized RAISE statement option at or near \"%s\"", option.c_str()));
		if (!accept("="))
			expect(":=");
		made->options.push_back(
			{option, expression_until(either(at_symbol(","), at_symbol(";")), ";")});
	} while (accept(","));
}

std::unique_ptr<Statement>
Parser::assert_statement()
{
	auto made = make(StatementKind::Assert, line());

	take();
	made->expression = expression_until(either(at_symbol(","), at_symbol(";")), ";");
	if (accept(","))
		made->upper = expression_until(at_symbol(";"), ";");
	expect(";");
	return made;
}

} /* namespace pg::plpgsql */
