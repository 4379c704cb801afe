/*
 * pl/plpgsql/parser.cpp
 *		The source to a tree: names, pieces of SQL, and how a function begins.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "pl/plpgsql/parser.h"

namespace pg::plpgsql
{

void
Parser::run()
{
	function_.name = header_.signature;
	function_.result = header_.result;
	function_.returns_set = header_.returns_set;
	function_.is_procedure = header_.is_procedure;
	push_scope(header_.name);
	declare_parameters();
	if (header_.is_trigger)
		declare_trigger_variables();
	function_.found = declare("found", BOOLOID, -1);
	function_.body = block(take_label());
	accept(";");
	if (peek().kind != Token::Kind::End)
		raise_syntax();
}

void
Parser::raise_syntax() const
{
	if (peek().kind == Token::Kind::End)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("syntax error at end of input").at(here()));
	Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
			  .msg("syntax error at or near \"%s\"",
				   std::string(source_.substr(peek().begin, peek().end - peek().begin)).c_str())
			  .at(here()));
}

int
Parser::declare(const std::string &name, Oid type, int32 typmod)
{
	Variable variable;

	variable.name = name;
	variable.type = type;
	variable.typmod = typmod;
	variable.is_record = type == RECORDOID || IsRowType(type);
	if (variable.is_record && type != RECORDOID)
	{
		variable.row_of = type;
		variable.type = RECORDOID;
	}
	scope_->names[name] = add_variable(std::move(variable));
	return scope_->names[name];
}

void
Parser::declare_parameters()
{
	for (const Parameter &parameter : header_.parameters)
	{
		const int variable =
			declare("$" + std::to_string(++function_.parameters), parameter.type, -1);

		if (!parameter.name.empty())
			scope_->names[parameter.name] = variable;
		function_.variables.back().name =
			parameter.name.empty() ? function_.variables.back().name : parameter.name;
		if (parameter.mode == 'o' || parameter.mode == 'b' || parameter.mode == 't')
			function_.outputs.push_back(variable);
	}
}

/* In the order of TriggerVariable. */
void
Parser::declare_trigger_variables()
{
	static constexpr std::pair<const char *, Oid> kVariables[] = {
		{"new", RECORDOID},			  {"old", RECORDOID},	   {"tg_name", NAMEOID},
		{"tg_when", TEXTOID},		  {"tg_level", TEXTOID},   {"tg_op", TEXTOID},
		{"tg_relid", OIDOID},		  {"tg_relname", NAMEOID}, {"tg_table_name", NAMEOID},
		{"tg_table_schema", NAMEOID}, {"tg_nargs", INT4OID},   {"tg_argv", TEXTARRAYOID},
	};

	function_.trigger = static_cast<int>(function_.variables.size());
	for (const auto &[name, type] : kVariables)
		declare(name, type, -1);
}

/* A variable, label.variable or record.field that starts here; takes it only when it is one. */
std::optional<Target>
Parser::accept_target()
{
	if (!peek().is_name())
		return std::nullopt;

	const bool dotted = peek(1).is(".") && peek(2).is_name();

	if (const std::optional<int> variable = find_variable(peek().text))
	{
		if (!dotted)
		{
			take();
			return Target{*variable, {}};
		}
		if (function_.variables[static_cast<size_t>(*variable)].is_record)
		{
			take();
			take();
			return Target{*variable, take().text};
		}
	}
	if (!dotted)
		return std::nullopt;

	const std::optional<int> variable = find_labelled(peek().text, peek(2).text);

	if (!variable)
		return std::nullopt;
	at_ += 3;
	if (peek().is(".") && function_.variables[static_cast<size_t>(*variable)].is_record)
	{
		take();
		return Target{*variable, name()};
	}
	return Target{*variable, {}};
}

Target
Parser::target()
{
	const Token &token = peek();
	const std::optional<Target> found = accept_target();

	if (!found && token.is_name())
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("\"%s\" is not a known variable", token.text.c_str())
				  .at(position(token.begin)));
	if (!found)
		raise_syntax();
	check_assignable(*found, token.begin);
	return *found;
}

/* The text up to where `stop` holds outside of parentheses, which is not taken. */
std::string
Parser::text_until(const Stop &stop, const char *what)
{
	const size_t begin = peek().begin;
	size_t end = begin;
	int depth = 0;

	while (depth > 0 || !stop(peek()))
	{
		const Token &token = peek();

		if (token.kind == Token::Kind::End || (depth == 0 && token.is(";")))
		{
			if (end == begin || token.kind != Token::Kind::End)
				Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
						  .msg(end == begin ? "missing expression"
											: "missing \"%s\" at end of SQL expression",
							   what)
						  .at(here()));
			raise_syntax();
		}
		depth += token.is("(") || token.is("[");
		depth -= token.is(")") || token.is("]");
		end = token.end;
		take();
	}
	if (end == begin)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("missing expression").at(here()));
	return std::string(source_.substr(begin, end - begin));
}

/* begin: where the text stands in the source; npos for one that was put together. */
Expression *
Parser::add_sql(std::string text, bool is_statement, size_t begin)
{
	Expression &added = function_.expressions.emplace_back();

	added.text = std::move(text);
	added.is_statement = is_statement;
	added.scope = scope_;
	check_syntax(added, begin);
	return &added;
}

void
Parser::check_syntax(const Expression &piece, size_t begin) const
{
	const std::string_view prefix = piece.is_statement ? "" : "SELECT ";

	try
	{
		ParseStatements(std::string(prefix) + piece.text);
	}
	catch (PgError &error)
	{
		const int at = std::max(error.report.position - static_cast<int>(prefix.size()), 1);

		error.report.position = 0;
		if (begin != std::string_view::npos)
			error.report.position = position(begin) + at - 1;
		else
			error.report.internal_statement(piece.text, at);
		throw;
	}
}

namespace
{

struct Condition
{
	std::string_view name;
	const char *state;
};

constexpr Condition kConditions[] = {
#include "pl/plpgsql/conditions.inc"
};

} /* namespace */

std::vector<int>
ConditionCodes(std::string_view name)
{
	std::vector<int> codes;

	for (const auto &[known, state] : kConditions)
		if (known == name)
			codes.push_back(MAKE_SQLSTATE(state[0], state[1], state[2], state[3], state[4]));
	return codes;
}

std::unique_ptr<Function>
Parse(std::string_view source, const Header &header)
{
	auto function = std::make_unique<Function>();
	std::optional<Parser> parser;

	try
	{
		parser.emplace(source, header, function.get());
		parser->run();
	}
	catch (PgError &error)
	{
		/* A place in the source says more than a line. */
		if (error.report.position > 0)
			throw;
		error.report.context("compilation of PL/pgSQL function \"%s\" near line %d",
							 header.name.c_str(), parser ? parser->line() : 1);
		throw;
	}
	return function;
}

} /* namespace pg::plpgsql */
