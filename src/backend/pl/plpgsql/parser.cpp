/*
 * pl/plpgsql/parser.cpp
 *		PL/pgSQL source to a tree, by recursive descent.
 *
 * Backends and workers with a database, inside a transaction (types are looked up).  SQL within the
 * source is cut out as text, checked for its syntax, and planned when it first runs.
 */
#include <functional>
#include <tuple>

#include "parser/parse.h"
#include "pl/plpgsql/scanner.h"
#include "pl/plpgsql/tree.h"
#include "utils/adt/registry.h"
#include "utils/adt/row_type.h"
#include "utils/error/report.h"

namespace pg::plpgsql
{
namespace
{

constexpr Oid kBoolOid = 16, kNameOid = 19, kInt4Oid = 23, kTextOid = 25, kOidOid = 26,
			  kTextArrayOid = 1009, kVoidOid = 2278, kRecordOid = 2249, kRefcursorOid = 1790;

class Parser
{
public:
	Parser(std::string_view source, const Header &header, Function *function)
		: source_(source), header_(header), tokens_(Scan(source)), function_(*function)
	{
	}

	int line() const { return peek().line; }

	void run()
	{
		function_.name = header_.signature;
		function_.result = header_.result;
		function_.returns_set = header_.returns_set;
		function_.is_procedure = header_.is_procedure;
		push_scope(header_.name);
		declare_parameters();
		if (header_.is_trigger)
			declare_trigger_variables();
		function_.found = declare("found", kBoolOid, -1);
		function_.body = block(take_label());
		accept(";");
		if (peek().kind != Token::Kind::End)
			raise_syntax();
	}

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

	[[noreturn]] void raise_syntax() const
	{
		if (peek().kind == Token::Kind::End)
			Raise(
				Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("syntax error at end of input").at(here()));
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("syntax error at or near \"%s\"",
					   std::string(source_.substr(peek().begin, peek().end - peek().begin)).c_str())
				  .at(here()));
	}

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

	int declare(const std::string &name, Oid type, int32 typmod)
	{
		Variable variable;

		variable.name = name;
		variable.type = type;
		variable.typmod = typmod;
		variable.is_record = type == kRecordOid || IsRowType(type);
		if (variable.is_record && type != kRecordOid)
		{
			variable.row_of = type;
			variable.type = kRecordOid;
		}
		scope_->names[name] = add_variable(std::move(variable));
		return scope_->names[name];
	}

	void declare_parameters()
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
	void declare_trigger_variables()
	{
		static constexpr std::pair<const char *, Oid> kVariables[] = {
			{"new", kRecordOid},		   {"old", kRecordOid},		 {"tg_name", kNameOid},
			{"tg_when", kTextOid},		   {"tg_level", kTextOid},	 {"tg_op", kTextOid},
			{"tg_relid", kOidOid},		   {"tg_relname", kNameOid}, {"tg_table_name", kNameOid},
			{"tg_table_schema", kNameOid}, {"tg_nargs", kInt4Oid},	 {"tg_argv", kTextArrayOid},
		};

		function_.trigger = static_cast<int>(function_.variables.size());
		for (const auto &[name, type] : kVariables)
			declare(name, type, -1);
	}

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

	/* A variable, label.variable or record.field that starts here; takes it only when it is one. */
	std::optional<Target> accept_target()
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

	Target target()
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

	/* The text up to where `stop` holds outside of parentheses, which is not taken. */
	std::string text_until(const Stop &stop, const char *what)
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
	Expression *add_sql(std::string text, bool is_statement, size_t begin = std::string_view::npos)
	{
		Expression &added = function_.expressions.emplace_back();

		added.text = std::move(text);
		added.is_statement = is_statement;
		added.scope = scope_;
		check_syntax(added, begin);
		return &added;
	}

	void check_syntax(const Expression &piece, size_t begin) const
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
	std::string take_label()
	{
		std::string label;

		if (accept("<<"))
		{
			label = name();
			expect(">>");
		}
		return label;
	}

	/* What may stand behind END. */
	void end_label(const std::string &label)
	{
		if (!peek().is_name())
			return;

		const std::string found = name();

		if (label.empty())
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("end label \"%s\" specified for unlabeled block", found.c_str()));
		if (found != label)
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("end label \"%s\" differs from block's label \"%s\"", found.c_str(),
						   label.c_str()));
	}

	std::unique_ptr<Statement> make(StatementKind kind, int at_line)
	{
		auto made = std::make_unique<Statement>();

		made->kind = kind;
		made->line = at_line;
		return made;
	}

	std::unique_ptr<Statement> block(std::string label)
	{
		auto made = make(StatementKind::Block, line());

		made->label = label;
		push_scope(std::move(label));
		if (accept_word("declare"))
			while (!peek().is_word("begin"))
				declaration(made.get());
		made->line = line();
		expect_word("begin");
		made->body = statements([](const Token &token)
								{ return token.is_word("end") || token.is_word("exception"); });
		if (accept_word("exception"))
			handlers(made.get());
		expect_word("end");
		end_label(made->label);
		pop_scope();
		return made;
	}

	void declaration(Statement *owner)
	{
		if (accept_word("declare"))
			return;

		Variable variable;

		variable.line = line();
		variable.name = name();
		if (scope_->names.contains(variable.name))
			raise_duplicate(variable.name);
		if (accept_word("alias"))
			return declare_alias(variable.name);
		if (at_cursor())
			return cursor_declaration(std::move(variable), owner);
		variable.is_constant = accept_word("constant");
		type(&variable);
		if (accept_word("collate"))
			name();
		if (accept_word("not"))
		{
			expect_word("null");
			variable.not_null = true;
		}
		if (accept(":=") || accept("=") || accept_word("default"))
			variable.initial = expression_until(at_symbol(";"), ";");
		else if (variable.not_null)
			Raise(
				Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
					.msg("variable \"%s\" must have a default value, since it's declared NOT NULL",
						 variable.name.c_str()));
		expect(";");

		const std::string declared = variable.name;
		const int place = add_variable(std::move(variable));

		scope_->names[declared] = place;
		owner->locals.push_back(place);
	}

	/* [ [ NO ] SCROLL ] CURSOR stands here. */
	bool at_cursor() const
	{
		const size_t no = peek().is_word("no");

		return peek(no + peek(no).is_word("scroll")).is_word("cursor");
	}

	int scroll_option()
	{
		const bool no = accept_word("no");

		if (accept_word("scroll"))
			return no ? CURSOR_OPT_NO_SCROLL : CURSOR_OPT_SCROLL;
		if (no)
			raise_syntax();
		return 0;
	}

	/* name CURSOR [ (parameters) ] FOR query: its variable has the name of its portal. */
	void cursor_declaration(Variable variable, Statement *owner)
	{
		Cursor cursor;

		cursor.options = scroll_option();
		expect_word("cursor");
		push_scope();
		if (accept("("))
			do
				cursor.parameters.push_back(cursor_parameter());
			while (accept(","));
		if (!cursor.parameters.empty())
			expect(")");
		if (!accept_word("for"))
			expect_word("is");

		const size_t begin = peek().begin;

		cursor.query = add_sql(text_until(at_symbol(";"), ";"), true, begin);
		pop_scope();
		expect(";");

		const std::string declared = variable.name;

		variable.type = kRefcursorOid;
		variable.cursor = static_cast<int>(function_.cursors.size());
		function_.cursors.push_back(std::move(cursor));
		scope_->names[declared] = add_variable(std::move(variable));
		owner->locals.push_back(scope_->names[declared]);
	}

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

	void declare_alias(const std::string &alias)
	{
		expect_word("for");

		const std::optional<int> variable = find_variable(peek().text);

		if (!variable)
			Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
					  .msg("variable \"%s\" does not exist", peek().text.c_str()));
		take();
		expect(";");
		scope_->names[alias] = *variable;
	}

	void type(Variable *variable)
	{
		const size_t begin = at_;
		const std::string text = text_until(
			[](const Token &token)
			{
				return token.is(":=") || token.is("=") || token.is(";") ||
					   token.is_word("default") || token.is_word("not") || token.is_word("collate");
			},
			";");

		if (text == "record" || tokens_[begin].is_word("record"))
		{
			variable->is_record = true;
			variable->type = kRecordOid;
			return;
		}
		if (const size_t percent = text.find('%'); percent != std::string::npos)
			return copied_type(begin, variable);
		if (const RelationPtr row = named_row(text))
		{
			variable->is_record = true;
			variable->type = kRecordOid;
			variable->row_of = row->oid;
			return;
		}

		const ResultColumn column = column_of("SELECT NULL::" + text);

		variable->type = column.type;
		variable->typmod = column.typmod;
	}

	static ResultColumn column_of(const std::string &sql)
	{
		return MakePlan(ParseStatements(sql)->front(), {})->columns.at(0);
	}

	/* A relation whose name is used as a type. */
	static RelationPtr named_row(const std::string &text)
	{
		const std::vector<Token> tokens = Scan(text);

		if (tokens.size() == 2 && tokens[0].is_name() && FindTypeByName(tokens[0].text) == nullptr)
			return FindRelation("", tokens[0].text);
		if (tokens.size() == 4 && tokens[1].is(".") && tokens[0].is_name() && tokens[2].is_name())
			return FindRelation(tokens[0].text, tokens[2].text);
		return nullptr;
	}

	/* variable%TYPE, table.column%TYPE, table%ROWTYPE; the tokens were taken. */
	void copied_type(size_t begin, Variable *variable)
	{
		std::vector<std::string> names;
		const size_t end = at_;

		for (at_ = begin; !peek().is("%"); take())
			if (peek().is_name())
				names.push_back(peek().text);
		take();

		const bool row = accept_word("rowtype");

		if (!row)
			expect_word("type");
		at_ = end;
		if (row)
			return row_type(names, variable);
		if (const std::optional<int> other = names.size() == 1	 ? find_variable(names[0])
											 : names.size() == 2 ? find_labelled(names[0], names[1])
																 : std::nullopt)
		{
			const Variable &known = function_.variables[static_cast<size_t>(*other)];

			variable->type = known.type;
			variable->typmod = known.typmod;
			variable->is_record = known.is_record;
			variable->row_of = known.row_of;
			return;
		}
		column_type(std::move(names), variable);
	}

	void row_type(const std::vector<std::string> &names, Variable *variable)
	{
		const RelationPtr relation = names.size() == 1	 ? FindRelation("", names[0])
									 : names.size() == 2 ? FindRelation(names[0], names[1])
														 : nullptr;

		if (relation == nullptr)
			Raise(Report(ERROR, ERRCODE_UNDEFINED_TABLE)
					  .msg("relation \"%s\" does not exist", joined(names).c_str()));
		variable->is_record = true;
		variable->type = kRecordOid;
		variable->row_of = relation->oid;
	}

	static std::string joined(const std::vector<std::string> &names)
	{
		std::string text;

		for (const std::string &part : names)
			text += (text.empty() ? "" : ".") + part;
		return text;
	}

	void column_type(std::vector<std::string> names, Variable *variable)
	{
		const std::string column_name = names.empty() ? "" : names.back();

		if (names.size() < 2)
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("syntax error at or near \"%%\""));
		names.pop_back();

		const RelationPtr relation =
			names.size() == 1 ? FindRelation("", names[0]) : FindRelation(names[0], names[1]);

		if (relation == nullptr)
			Raise(Report(ERROR, ERRCODE_UNDEFINED_TABLE)
					  .msg("relation \"%s\" does not exist", joined(names).c_str()));

		const ColumnInfo *const column = relation->find_column(column_name);

		if (column == nullptr)
			Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
					  .msg("column \"%s\" of relation \"%s\" does not exist", column_name.c_str(),
						   relation->name.c_str()));
		variable->type = column->type;
		variable->typmod = column->typmod;
	}

	void handlers(Statement *owner)
	{
		owner->has_handlers = true;
		push_scope();
		owner->state_variable = declare("sqlstate", kTextOid, -1);
		owner->message_variable = declare("sqlerrm", kTextOid, -1);
		while (accept_word("when"))
		{
			Handler handler;

			do
				condition(&handler);
			while (accept_word("or"));
			expect_word("then");
			handler.body = statements([](const Token &token)
									  { return token.is_word("end") || token.is_word("when"); });
			owner->handlers.push_back(std::move(handler));
		}
		pop_scope();
	}

	static int state_code(const std::string &text)
	{
		if (text.size() != 5)
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("invalid SQLSTATE code"));
		for (const char c : text)
			if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')))
				Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("invalid SQLSTATE code"));
		return MAKE_SQLSTATE(text[0], text[1], text[2], text[3], text[4]);
	}

	void condition(Handler *handler)
	{
		if (accept_word("sqlstate"))
		{
			if (peek().kind != Token::Kind::String)
				raise_syntax();
			handler->conditions.push_back(state_code(take().text));
			return;
		}

		const std::string wanted = name();

		if (wanted == "others")
		{
			handler->conditions.push_back(kOthers);
			return;
		}

		const std::vector<int> codes = ConditionCodes(wanted);

		if (codes.empty())
			Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
					  .msg("unrecognized exception condition \"%s\"", wanted.c_str()));
		handler->conditions.insert(handler->conditions.end(), codes.begin(), codes.end());
	}

	/* ---- statements ---- */
	Statements statements(const Stop &stop)
	{
		Statements list;

		while (!stop(peek()))
			list.push_back(statement());
		return list;
	}

	std::unique_ptr<Statement> statement()
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

	std::unique_ptr<Statement> plain_statement()
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

	std::unique_ptr<Statement> assignment()
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
	Subscript subscript()
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
	int accept_record()
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

	std::unique_ptr<Statement> null_statement()
	{
		auto made = make(StatementKind::Nothing, line());

		take();
		expect(";");
		return made;
	}

	std::unique_ptr<Statement> if_statement()
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
	std::unique_ptr<Statement> case_statement()
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
			made->variable = declare(value, kTextOid, -1);
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

	/* ---- loops ---- */
	std::unique_ptr<Statement> loop(std::string label)
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

	std::unique_ptr<Statement> foreach_head(int at_line)
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
	bool is_integer_loop() const
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

	std::unique_ptr<Statement> for_head(int at_line)
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

	std::unique_ptr<Statement> integer_head(size_t begin, bool reverse, int at_line)
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
		made->targets.push_back({declare(variable, kInt4Oid, -1), {}});
		return made;
	}

	std::unique_ptr<Statement> exit_statement()
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

	void check_exit(const Statement &exit, int begin) const
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

	/* ---- cursors ---- */
	bool is_cursor(const Token &token) const
	{
		const std::optional<int> found = token.is_name() ? find_variable(token.text) : std::nullopt;

		return found && function_.variables[static_cast<size_t>(*found)].type == kRefcursorOid;
	}

	/* The variable, taken. */
	int cursor_variable()
	{
		const Token &token = peek();
		const Target found = target();

		if (!found.field.empty() ||
			function_.variables[static_cast<size_t>(found.variable)].type != kRefcursorOid)
			Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
					  .msg("variable \"%s\" must be of type cursor or refcursor",
						   function_.variables[static_cast<size_t>(found.variable)].name.c_str())
					  .at(position(token.begin)));
		return found.variable;
	}

	/* The arguments of a bound cursor, in the order of its parameters; then `stop`, which is not taken. */
	std::vector<Expression *> cursor_arguments(int place)
	{
		const Variable &variable = function_.variables[static_cast<size_t>(place)];
		const std::vector<int> &parameters =
			function_.cursors[static_cast<size_t>(variable.cursor)].parameters;
		std::vector<Expression *> arguments(parameters.size());
		const auto complain = [&](const std::string &what, const Token &place) {
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("%s", what.c_str())
					  .at(position(place.begin)));
		};
		const bool given = peek().is("(");

		if (given != !parameters.empty())
			complain("cursor \"" + variable.name +
						 (given ? "\" has no arguments" : "\" has arguments"),
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
				complain("too many arguments for cursor \"" + variable.name + "\"",
						 tokens_[at_ - 1]);
			arguments[at] = expression_until(either(at_symbol(","), at_symbol(")")), ")");
		}
		expect(")");
		for (const Expression *argument : arguments)
			if (argument == nullptr)
				complain("not enough arguments for cursor \"" + variable.name + "\"",
						 tokens_[at_ - 1]);
		return arguments;
	}

	size_t named_argument(const std::vector<int> &parameters, const std::string &cursor)
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

	std::unique_ptr<Statement> open_statement()
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
		made->flag = accept_word("execute");
		if (!made->flag)
		{
			const size_t begin = peek().begin;

			made->expression = add_sql(text_until(at_symbol(";"), ";"), true, begin);
			expect(";");
			return made;
		}
		made->expression = expression_until(either(at_symbol(";"), at_word("using")), ";");
		if (accept_word("using"))
			using_list(made.get(), either(at_symbol(","), at_symbol(";")));
		expect(";");
		return made;
	}

	/* Where FETCH and MOVE go; true where a FROM has to follow. */
	bool fetch_direction(Statement *made, int begin)
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

	std::unique_ptr<Statement> fetch_statement()
	{
		auto made =
			make(peek().is_word("move") ? StatementKind::Move : StatementKind::Fetch, line());

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

	std::unique_ptr<Statement> close_statement()
	{
		auto made = make(StatementKind::Close, line());

		take();
		made->variable = cursor_variable();
		expect(";");
		return made;
	}

	/* FOR record IN cursor: the record is declared by the loop. */
	std::unique_ptr<Statement> cursor_head(size_t begin, int at_line)
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
		made->targets.push_back({declare(tokens_[begin].text, kRecordOid, -1), {}});
		return made;
	}

	/* ---- RETURN ---- */
	std::unique_ptr<Statement> return_statement()
	{
		auto made = make(StatementKind::Return, line());

		take();
		if (peek().is_word("next"))
			return return_next(std::move(made));
		if (peek().is_word("query"))
			return return_query(std::move(made));
		if (accept(";"))
		{
			if (function_.result != 0 && function_.result != kVoidOid && !function_.returns_set &&
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
		if (function_.result == 0 || function_.result == kVoidOid)
			Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
					  .msg("RETURN cannot have a parameter in function returning void"));
		if (header_.is_trigger || returns_rows())
			made->variable = accept_record();
		if (made->variable < 0)
			made->expression = expression_until(";");
		return made;
	}

	bool returns_rows() const
	{
		return function_.result == kRecordOid || IsRowType(function_.result);
	}

	void check_returns_set(const char *what) const
	{
		if (!function_.returns_set)
			Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
					  .msg("cannot use %s in a non-SETOF function", what));
	}

	std::unique_ptr<Statement> return_next(std::unique_ptr<Statement> made)
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

	std::unique_ptr<Statement> return_query(std::unique_ptr<Statement> made)
	{
		check_returns_set("RETURN QUERY");
		take();
		made->kind = StatementKind::ReturnQuery;
		made->flag = accept_word("execute");
		if (!made->flag)
		{
			made->expression = add_sql(text_until(at_symbol(";"), ";"), true);
			expect(";");
			return made;
		}
		made->expression = expression_until(either(at_symbol(";"), at_word("using")), ";");
		if (accept_word("using"))
			using_list(made.get(), either(at_symbol(","), at_symbol(";")));
		expect(";");
		return made;
	}

	/* ---- RAISE, ASSERT ---- */
	std::unique_ptr<Statement> raise_statement()
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

	void raise_format(Statement *made)
	{
		size_t wanted = 0;

		made->has_format = true;
		made->text = take().text;
		while (accept(","))
			made->arguments.push_back(expression_until(
				[](const Token &token)
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

	void raise_options(Statement *made)
	{
		static constexpr std::string_view kOptions[] = {"message",	"detail", "hint",
														"errcode",	"column", "constraint",
														"datatype", "table",  "schema"};

		do
		{
			const std::string option = name();

			if (std::find(std::begin(kOptions), std::end(kOptions), option) == std::end(kOptions))
				Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
						  .msg("unrecognized RAISE statement option at or near \"%s\"",
							   option.c_str()));
			if (!accept("="))
				expect(":=");
			made->options.push_back(
				{option, expression_until(either(at_symbol(","), at_symbol(";")), ";")});
		} while (accept(","));
	}

	std::unique_ptr<Statement> assert_statement()
	{
		auto made = make(StatementKind::Assert, line());

		take();
		made->expression = expression_until(either(at_symbol(","), at_symbol(";")), ";");
		if (accept(","))
			made->upper = expression_until(at_symbol(";"), ";");
		expect(";");
		return made;
	}

	/* ---- SQL statements ---- */
	void into_targets(Statement *made)
	{
		if (made->has_into)
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("INTO specified more than once"));
		made->has_into = true;
		made->strict = accept_word("strict");
		do
			made->targets.push_back(target());
		while (accept(","));
	}

	void using_list(Statement *made, const Stop &stop)
	{
		do
			made->arguments.push_back(expression_until(stop, ";"));
		while (accept(","));
	}

	std::unique_ptr<Statement> execute_statement()
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

	std::unique_ptr<Statement> perform()
	{
		auto made = make(StatementKind::Perform, line());

		take();
		made->expression = add_sql("SELECT " + text_until(at_symbol(";"), ";"), true);
		expect(";");
		return made;
	}

	/* Everything else is SQL, but for its INTO. */
	std::unique_ptr<Statement> sql_statement()
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

	std::unique_ptr<Statement> get_diagnostics()
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

	static void check_item(const std::string &item, bool stacked)
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

	std::unique_ptr<Statement> end_transaction()
	{
		auto made = make(peek().is_word("commit") ? StatementKind::Commit : StatementKind::Rollback,
						 line());

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

	const std::string_view source_;
	const Header &header_;
	const std::vector<Token> tokens_;
	size_t at_ = 0;
	Function &function_;
	Scope *scope_ = nullptr;
	std::vector<std::string> loops_;
};

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
