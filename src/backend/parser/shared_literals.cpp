/*
 * parser/shared_literals.cpp
 *		Which literals of a statement become parameters of its plan (literals.h).
 *
 * Backends and workers.  A literal is fixed until it is seen as an expression, and again once somebody
 * looks at its value; so what nobody thought of costs a plan, never a wrong result.
 */
#include "parser/analyzer.h"

namespace pg::parser
{

namespace
{

/* The value is what the token says, with its minus when negated. */
bool
belongs_to(const Expr &constant, const LiteralToken &token, bool negated)
{
	switch (token.kind)
	{
		case LiteralToken::Kind::Int4: return constant.type == kInt4;
		case LiteralToken::Kind::Int8: return constant.type == kInt8 && !negated;
		case LiteralToken::Kind::Numeric:
		case LiteralToken::Kind::String:
			return constant.is_unknown_const() && !constant.is_null_const() && !negated;
	}
	return false;
}

bool
is_number_literal(const LiteralToken &token)
{
	return token.kind != LiteralToken::Kind::String;
}

std::string_view
text_of(const LiteralToken &token, std::string_view source)
{
	return source.substr(static_cast<size_t>(token.begin),
						 static_cast<size_t>(token.end - token.begin));
}

} /* namespace */

void
Analyzer::mark_literal(Expr *constant)
{
	/* Stored SQL has locations of its own. */
	if (stored_depth_ > 0 || constant->location < 0)
		return;
	for (LiteralState &state : literals_)
	{
		const bool negated = state.token.sign == constant->location;

		if ((!negated && state.token.begin != constant->location) ||
			!belongs_to(*constant, state.token, negated))
			continue;
		state.seen = true;
		constant->literal = &state;
		constant->recipe.token = static_cast<int>(&state - literals_.data());
		constant->recipe.negated = negated;
		return;
	}
}

void
Analyzer::fix_literal(int location)
{
	for (LiteralState &state : literals_)
		if (stored_depth_ == 0 && location >= 0 &&
			(state.token.begin == location || state.token.sign == location))
			state.fixed = true;
}

/*
 * The engine uses a partial index, or one on an expression, only where the statement says the same as the
 * index, value by value.
 */
void
Analyzer::fix_literals_of_indexes()
{
	bool numbers = false, strings = false;

	if (literals_.empty())
		return;
	for (const Rte &rte : rtes_)
	{
		if (rte.relation == nullptr)
			continue;
		for (const TableIndex &index : rte.relation->indexes)
			for (const std::string &sql : {index.predicate_sql, index.expressions_sql})
			{
				numbers = numbers || sql.find_first_of("0123456789") != std::string::npos;
				strings = strings || sql.find('\'') != std::string::npos;
			}
	}
	for (LiteralState &state : literals_)
		if (is_number_literal(state.token) ? numbers : strings)
			state.fixed = true;
}

int
Analyzer::literal_parameter(const Expr &constant)
{
	const LiteralState *const state = constant.literal;

	if (state == nullptr)
		return 0;
	const std::string_view text = text_of(state->token, source);

	/* One whose meaning may change until the next run is read at each run, fixed or not. */
	if (state->fixed &&
		(is_number_literal(state->token) ||
		 !DependsOnSession(constant.recipe.read_as, text.substr(1, text.size() - 2))))
		return 0;
	for (size_t i = 0; i < literal_parameters_.size(); i++)
	{
		LiteralRecipe same = literal_parameters_[i];
		const LiteralState &other = literals_[static_cast<size_t>(same.token)];

		/* Fixed ones of one text are one expression for the engine, as they were for us. */
		if (state->fixed && other.fixed && text_of(other.token, source) == text)
			same.token = constant.recipe.token;
		if (same == constant.recipe)
			return static_cast<int>(i) + 1;
	}
	literal_parameters_.push_back(constant.recipe);
	return static_cast<int>(literal_parameters_.size());
}

void
Analyzer::describe_literals(Plan *plan) const
{
	plan->literals = literal_parameters_;
	for (size_t i = 0; i < literals_.size(); i++)
		if (!literals_[i].seen || literals_[i].fixed)
			plan->fixed_literals.push_back(static_cast<int>(i));
}

} /* namespace pg::parser */
