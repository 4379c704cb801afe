/*
 * pl/plpgsql/parser.h
 *		The parser of PL/pgSQL, by recursive descent: one class, whose parts are files of their own.
 *
 * Backends and workers with a database, inside a transaction (types are looked up); only this folder
 * includes it.  SQL within the source is cut out as text, checked for its syntax, and planned when it first
 * runs.
 */
#pragma once

#include <algorithm>
#include <functional>

#include "catalog/pg_type_d.h"
#include "parser/parse.h"
#include "pl/plpgsql/scanner.h"
#include "pl/plpgsql/tree.h"
#include "utils/adt/registry.h"
#include "utils/adt/row_type.h"
#include "utils/error/report.h"

namespace pg::plpgsql
{

class Parser
{
public:
	Parser(std::string_view source, const Header &header, Function *function)
		: source_(source), header_(header), tokens_(Scan(source)), function_(*function)
	{
	}

	int line() const { return peek().line; }

	void run();

private:
	/* ---- tokens ---- */
	const Token &peek(size_t ahead = 0) const
	{
		return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
	}
	const Token &take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }

	bool accept(std::string_view symbol)
	{
		const bool found = peek().is(symbol);

		at_ += found;
		return found;
	}
	bool accept_word(std::string_view word)
	{
		const bool found = peek().is_word(word);

		at_ += found;
		return found;
	}
	void expect(std::string_view symbol)
	{
		if (!accept(symbol))
			raise_syntax();
	}
	void expect_word(std::string_view word)
	{
		if (!accept_word(word))
			raise_syntax();
	}

	/* 1-based, in characters of the source. */
	int position(size_t byte) const { return CharacterPosition(source_, static_cast<int>(byte)); }
	int here() const { return position(peek().begin); }

	[[noreturn]] void raise_syntax() const;

	std::string name()
	{
		if (!peek().is_name())
			raise_syntax();
		return take().text;
	}

	/* ---- names ---- */
	Scope *push_scope(std::string label = {})
	{
		Scope &scope = function_.scopes.emplace_back();

		scope.parent = scope_;
		scope.label = std::move(label);
		scope_ = &scope;
		return &scope;
	}
	void pop_scope() { scope_ = const_cast<Scope *>(scope_->parent); }

	int add_variable(Variable variable)
	{
		function_.variables.push_back(std::move(variable));
		return static_cast<int>(function_.variables.size()) - 1;
	}

	int declare(const std::string &name, Oid type, int32 typmod);
	void declare_parameters();
	void declare_trigger_variables();

	std::optional<int> find_variable(std::string_view name) const
	{
		for (const Scope *scope = scope_; scope != nullptr; scope = scope->parent)
			if (const auto found = scope->names.find(name); found != scope->names.end())
				return found->second;
		return std::nullopt;
	}

	std::optional<int> find_labelled(std::string_view label, std::string_view name) const
	{
		for (const Scope *scope = scope_; scope != nullptr; scope = scope->parent)
			if (scope->label == label)
				if (const auto found = scope->names.find(name); found != scope->names.end())
					return found->second;
		return std::nullopt;
	}

	std::optional<Target> accept_target();
	Target target();

	void check_assignable(const Target &target, size_t begin) const
	{
		const Variable &variable = function_.variables[static_cast<size_t>(target.variable)];

		if (variable.is_constant)
			Raise(Report(ERROR, ERRCODE_ERROR_IN_ASSIGNMENT)
					  .msg("variable \"%s\" is declared CONSTANT", variable.name.c_str())
					  .at(position(begin)));
	}

	/* ---- SQL ---- */
	using Stop = std::function<bool(const Token &)>;

	static Stop at_symbol(std::string_view symbol)
	{
		return [symbol](const Token &token) { return token.is(symbol); };
	}
	static Stop at_word(std::string_view word)
	{
		return [word](const Token &token) { return token.is_word(word); };
	}
	static Stop either(Stop a, Stop b)
	{
		return [a = std::move(a), b = std::move(b)](const Token &token)
		{ return a(token) || b(token); };
	}

	std::string text_until(const Stop &stop, const char *what);
	Expression *add_sql(std::string text, bool is_statement, size_t begin = std::string_view::npos);
	void check_syntax(const Expression &piece, size_t begin) const;

	Expression *expression_until(const Stop &stop, const char *what)
	{
		const size_t begin = peek().begin;

		return add_sql(text_until(stop, what), false, begin);
	}
	Expression *expression_until(std::string_view symbol)
	{
		Expression *const found = expression_until(at_symbol(symbol), std::string(symbol).c_str());

		expect(symbol);
		return found;
	}
	Expression *expression_until_word(std::string_view word, const char *shown)
	{
		Expression *const found = expression_until(at_word(word), shown);

		expect_word(word);
		return found;
	}

	/* ---- blocks ---- */
	std::string take_label();
	void end_label(const std::string &label);

	std::unique_ptr<Statement> make(StatementKind kind, int at_line)
	{
		auto made = std::make_unique<Statement>();

		made->kind = kind;
		made->line = at_line;
		return made;
	}

	std::unique_ptr<Statement> block(std::string label);
	void declaration(Statement *owner);

	/* [ [ NO ] SCROLL ] CURSOR stands here. */
	bool at_cursor() const
	{
		const size_t no = peek().is_word("no");

		return peek(no + peek(no).is_word("scroll")).is_word("cursor");
	}

	int scroll_option();
	void cursor_declaration(Variable variable, Statement *owner);

	int cursor_parameter()
	{
		const std::string parameter = name();
		const ResultColumn column =
			column_of("SELECT NULL::" + text_until(either(at_symbol(","), at_symbol(")")), ")"));

		return declare(parameter, column.type, column.typmod);
	}

	[[noreturn]] void raise_duplicate(const std::string &name) const
	{
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("duplicate declaration at or near \"%s\"", name.c_str()));
	}

	void declare_alias(const std::string &alias);
	void type(Variable *variable);

	static ResultColumn column_of(const std::string &sql)
	{
		return MakePlan(ParseStatements(sql)->front(), {})->columns.at(0);
	}

	static RelationInfoPtr named_row(const std::string &text);
	void copied_type(size_t begin, Variable *variable);
	void row_type(const std::vector<std::string> &names, Variable *variable);

	static std::string joined(const std::vector<std::string> &names)
	{
		std::string text;

		for (const std::string &part : names)
			text += (text.empty() ? "" : ".") + part;
		return text;
	}

	void column_type(std::vector<std::string> names, Variable *variable);
	void handlers(Statement *owner);

	static int state_code(const std::string &text)
	{
		if (text.size() != 5)
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("invalid SQLSTATE code"));
		for (const char c : text)
			if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')))
				Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("invalid SQLSTATE code"));
		return MAKE_SQLSTATE(text[0], text[1], text[2], text[3], text[4]);
	}

	void condition(Handler *handler);

	/* ---- statements ---- */
	Statements statements(const Stop &stop)
	{
		Statements list;

		while (!stop(peek()))
			list.push_back(statement());
		return list;
	}

	std::unique_ptr<Statement> statement();
	std::unique_ptr<Statement> plain_statement();
	std::unique_ptr<Statement> assignment();
	Subscript subscript();
	int accept_record();

	std::unique_ptr<Statement> null_statement()
	{
		auto made = make(StatementKind::Nothing, line());

		take();
		expect(";");
		return made;
	}

	std::unique_ptr<Statement> if_statement();
	std::unique_ptr<Statement> case_statement();

	/* ---- loops ---- */
	std::unique_ptr<Statement> loop(std::string label);
	std::unique_ptr<Statement> foreach_head(int at_line);
	bool is_integer_loop() const;
	std::unique_ptr<Statement> for_head(int at_line);
	std::unique_ptr<Statement> integer_head(size_t begin, bool reverse, int at_line);
	std::unique_ptr<Statement> exit_statement();
	void check_exit(const Statement &exit, int begin) const;

	/* ---- cursors ---- */
	bool is_cursor(const Token &token) const
	{
		const std::optional<int> found = token.is_name() ? find_variable(token.text) : std::nullopt;

		return found && function_.variables[static_cast<size_t>(*found)].type == REFCURSOROID;
	}

	int cursor_variable();
	std::vector<Expression *> cursor_arguments(int place);
	size_t named_argument(const std::vector<int> &parameters, const std::string &cursor);
	std::unique_ptr<Statement> open_statement();
	bool fetch_direction(Statement *made, int begin);
	std::unique_ptr<Statement> fetch_statement();

	std::unique_ptr<Statement> close_statement()
	{
		auto made = make(StatementKind::Close, line());

		take();
		made->variable = cursor_variable();
		expect(";");
		return made;
	}

	std::unique_ptr<Statement> cursor_head(size_t begin, int at_line);

	/* ---- RETURN ---- */
	std::unique_ptr<Statement> return_statement();

	bool returns_rows() const
	{
		return function_.result == RECORDOID || IsRowType(function_.result);
	}

	void check_returns_set(const char *what) const
	{
		if (!function_.returns_set)
			Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
					  .msg("cannot use %s in a non-SETOF function", what));
	}

	std::unique_ptr<Statement> return_next(std::unique_ptr<Statement> made);
	std::unique_ptr<Statement> return_query(std::unique_ptr<Statement> made);

	/* ---- RAISE, ASSERT ---- */
	std::unique_ptr<Statement> raise_statement();
	void raise_format(Statement *made);
	void raise_options(Statement *made);
	std::unique_ptr<Statement> assert_statement();

	/* ---- SQL statements ---- */
	void into_targets(Statement *made);

	void using_list(Statement *made, const Stop &stop)
	{
		do
			made->arguments.push_back(expression_until(stop, ";"));
		while (accept(","));
	}

	void query_or_execute(Statement *made, bool keeps_place);
	std::unique_ptr<Statement> execute_statement();

	std::unique_ptr<Statement> perform()
	{
		auto made = make(StatementKind::Perform, line());

		take();
		made->expression = add_sql("SELECT " + text_until(at_symbol(";"), ";"), true);
		expect(";");
		return made;
	}

	std::unique_ptr<Statement> sql_statement();
	std::unique_ptr<Statement> get_diagnostics();
	static void check_item(const std::string &item, bool stacked);
	std::unique_ptr<Statement> end_transaction();

	const std::string_view source_;
	const Header &header_;
	const std::vector<Token> tokens_;
	size_t at_ = 0;
	Function &function_;
	Scope *scope_ = nullptr;
	std::vector<std::string> loops_;
};

} /* namespace pg::plpgsql */
