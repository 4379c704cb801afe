/*
 * analyzer.cpp
 *		The analyzer's pools, its parameters and its errors.
 *
 * Backends and workers.  Holds no rule of SQL.
 */
#include "parser/analyzer.h"

#include "parser/parse.h"

namespace pg::parser
{

Analyzer::Analyzer(std::string_view source_text, std::span<const Oid> parameter_types,
				   std::span<const LiteralToken> literals)
	: source(source_text), params_(parameter_types.begin(), parameter_types.end()),
	  param_locations_(params_.size(), -1)
{
	for (const LiteralToken &token : literals)
		literals_.push_back({.token = token});
	for (Oid &type : params_)
	{
		if (type == kUnknown)
			type = 0;
		param_fixed_.push_back(type != 0);
	}
}

Expr *
Analyzer::make(ExprKind kind, Oid type, int location)
{
	Expr &expr = exprs_.emplace_back();

	expr.kind = kind;
	expr.type = type;
	expr.location = location;
	return &expr;
}

Expr *
Analyzer::make_const(Oid type, const Value &value, int location)
{
	Expr *expr = make(ExprKind::Const, type, location);

	expr->constant = value;
	return expr;
}

Expr *
Analyzer::make_column(Rte *rte, int column, int location)
{
	const RteColumn &source_column = rte->columns[static_cast<size_t>(column)];
	Expr *expr = make(ExprKind::Column, source_column.type, location);

	expr->typmod = source_column.typmod;
	expr->row = source_column.row;
	expr->rte = rte;
	expr->column = column;
	return expr;
}

/* Where an expression starts: its operator stands behind its first operand. */
int
Analyzer::leftmost(const std::vector<Expr *> &args, int location)
{
	for (const Expr *arg : args)
	{
		if (arg->location >= 0 && (location < 0 || arg->location < location))
			location = arg->location;
	}
	return location;
}

Expr *
Analyzer::make_bool(ExprKind kind, std::vector<Expr *> args, int location)
{
	Expr *expr = make(kind, kBool, leftmost(args, location));

	expr->args = std::move(args);
	return expr;
}

Expr *
Analyzer::copy(const Expr &expr)
{
	return &exprs_.emplace_back(expr);
}

Query *
Analyzer::make_query()
{
	return &queries_.emplace_back();
}

Rte *
Analyzer::make_rte(RteKind kind, Query *owner)
{
	Rte &rte = rtes_.emplace_back();

	rte.kind = kind;
	rte.owner = owner;
	rte.engine_alias = new_alias();
	return &rte;
}

FromNode *
Analyzer::make_from(Rte *rte)
{
	FromNode &node = from_nodes_.emplace_back();

	node.rte = rte;
	return &node;
}

FromNode *
Analyzer::make_join(JoinKind kind, FromNode *left, FromNode *right)
{
	FromNode &node = from_nodes_.emplace_back();

	node.join = kind;
	node.left = left;
	node.right = right;
	return &node;
}

Cte *
Analyzer::make_cte()
{
	Cte &cte = ctes_.emplace_back();

	cte.engine_name = "w" + std::to_string(++next_cte_);
	return &cte;
}

DmlQuery *
Analyzer::make_dml()
{
	return &dmls_.emplace_back();
}

WindowSpec *
Analyzer::make_window()
{
	return &windows_.emplace_back();
}

std::vector<NamedColumn> *
Analyzer::make_columns()
{
	return &column_lists_.emplace_back();
}

std::string_view
Analyzer::keep(std::string text)
{
	return texts_.emplace_back(std::move(text));
}

int
Analyzer::at(int location) const
{
	/* Stored SQL (views, defaults) has a text of its own: no position in the client's. */
	return stored_depth_ > 0 ? 0 : CharacterPosition(source, location);
}

void
Analyzer::not_supported(const std::string &what, int location) const
{
	RaiseNotSupported(what, at(location));
}

Expr *
Analyzer::parameter(int number, int location)
{
	const bool declared = names == nullptr || static_cast<size_t>(number) <= params_.size();

	if (number <= 0 || number > 65535 || !declared)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_PARAMETER)
				  .msg("there is no parameter $%d", number)
				  .at(at(location)));
	const size_t index = static_cast<size_t>(number - 1);

	if (index >= params_.size())
	{
		params_.resize(index + 1);
		param_locations_.resize(index + 1, -1);
		param_fixed_.resize(index + 1);
	}
	if (param_locations_[index] < 0)
		param_locations_[index] = location;
	Expr *expr = make(ExprKind::Param, params_[index] ? params_[index] : Oid{kUnknown}, location);

	expr->number = number;
	return expr;
}

std::vector<Oid>
Analyzer::final_parameter_types() const
{
	for (size_t i = 0; i < params_.size(); i++)
	{
		if (params_[i] == 0)
			Raise(
				Report(ERROR, ERRCODE_INDETERMINATE_DATATYPE)
					.msg("could not determine data type of parameter $%d", static_cast<int>(i + 1))
					.at(at(param_locations_[i])));
	}
	return params_;
}

} /* namespace pg::parser */
