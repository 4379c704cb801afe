/*
 * pl/plpgsql/parser_blocks.cpp
 *		Blocks: declarations and exception handlers.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "pl/plpgsql/parser.h"

namespace pg::plpgsql
{

std::string
Parser::take_label()
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
void
Parser::end_label(const std::string &label)
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

std::unique_ptr<Statement>
Parser::block(std::string label)
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

void
Parser::declaration(Statement *owner)
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
		Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
				  .msg("variable \"%s\" must have a default value, since it's declared NOT NULL",
					   variable.name.c_str()));
	expect(";");

	const std::string declared = variable.name;
	const int place = add_variable(std::move(variable));

	scope_->names[declared] = place;
	owner->locals.push_back(place);
}

int
Parser::scroll_option()
{
	const bool no = accept_word("no");

	if (accept_word("scroll"))
		return no ? CURSOR_OPT_NO_SCROLL : CURSOR_OPT_SCROLL;
	if (no)
		raise_syntax();
	return 0;
}

/* name CURSOR [ (parameters) ] FOR query: its variable has the name of its portal. */
void
Parser::cursor_declaration(Variable variable, Statement *owner)
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

	variable.type = REFCURSOROID;
	variable.cursor = static_cast<int>(function_.cursors.size());
	function_.cursors.push_back(std::move(cursor));
	scope_->names[declared] = add_variable(std::move(variable));
	owner->locals.push_back(scope_->names[declared]);
}

void
Parser::declare_alias(const std::string &alias)
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

void
Parser::type(Variable *variable)
{
	const size_t begin = at_;
	const std::string text = text_until(
		[](const Token &token)
		{
			return token.is(":=") || token.is("=") || token.is(";") || token.is_word("default") ||
				   token.is_word("not") || token.is_word("collate");
		},
		";");

	if (text == "record" || tokens_[begin].is_word("record"))
	{
		variable->is_record = true;
		variable->type = RECORDOID;
		return;
	}
	if (const size_t percent = text.find('%'); percent != std::string::npos)
		return copied_type(begin, variable);
	if (const RelationInfoPtr row = named_row(text))
	{
		variable->is_record = true;
		variable->type = RECORDOID;
		variable->row_of = row->oid;
		return;
	}

	const ResultColumn column = column_of("SELECT NULL::" + text);

	variable->type = column.type;
	variable->typmod = column.typmod;
}

/* A relation whose name is used as a type. */
RelationInfoPtr
Parser::named_row(const std::string &text)
{
	const std::vector<Token> tokens = Scan(text);

	if (tokens.size() == 2 && tokens[0].is_name() && FindTypeByName(tokens[0].text) == nullptr)
		return FindRelation("", tokens[0].text);
	if (tokens.size() == 4 && tokens[1].is(".") && tokens[0].is_name() && tokens[2].is_name())
		return FindRelation(tokens[0].text, tokens[2].text);
	return nullptr;
}

/* variable%TYPE, table.column%TYPE, table%ROWTYPE; the tokens were taken. */
void
Parser::copied_type(size_t begin, Variable *variable)
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

void
Parser::row_type(const std::vector<std::string> &names, Variable *variable)
{
	const RelationInfoPtr relation = names.size() == 1	 ? FindRelation("", names[0])
									 : names.size() == 2 ? FindRelation(names[0], names[1])
														 : nullptr;

	if (relation == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_TABLE)
				  .msg("relation \"%s\" does not exist", joined(names).c_str()));
	variable->is_record = true;
	variable->type = RECORDOID;
	variable->row_of = relation->oid;
}

void
Parser::column_type(std::vector<std::string> names, Variable *variable)
{
	const std::string column_name = names.empty() ? "" : names.back();

	if (names.size() < 2)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("syntax error at or near \"%%\""));
	names.pop_back();

	const RelationInfoPtr relation =
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

void
Parser::handlers(Statement *owner)
{
	owner->has_handlers = true;
	push_scope();
	owner->state_variable = declare("sqlstate", TEXTOID, -1);
	owner->message_variable = declare("sqlerrm", TEXTOID, -1);
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

void
Parser::condition(Handler *handler)
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

} /* namespace pg::plpgsql */
