/*
 * parser/from_function.cpp
 *		Functions in FROM, and the transition tables of a trigger, which are read like them.
 *
 * Backends and workers.
 */
#include "catalog/functions.h"
#include "nodes/parsenodes.h"
#include "parser/analyzer.h"
#include "utils/adt/text_bodies.h"

namespace pg::parser
{

namespace
{

constexpr Oid kRowNumberFunction = 3100;

/* The fields of the rows that a stored function gives, which lie behind the whole value. */
void
add_fields(Analyzer &analyzer, Rte *rte, const RowShape &shape, int location)
{
	const std::span<const RowColumn> columns = CallRowsColumns();

	if (shape.size() > kMaxCallFields)
		analyzer.not_supported("a function whose rows have so many columns", location);
	for (size_t i = 0; i < shape.size(); i++)
	{
		RteColumn &added = rte->columns.emplace_back();

		added.name = shape[i].name;
		added.engine = Quoted(columns[i + 1].name);
		added.type = shape[i].type;
		added.typmod = shape[i].typmod;
	}
}

} /* namespace */

/* A transition table of the trigger whose function this is, or rows that a module gave a name; null when there is none of that
 * name. */
Rte *
Analyzer::transition_rte(std::string_view name, Query *owner)
{
	static const RowSource kSource = {kTransitionName, CallRowsColumns(), 1, nullptr};
	static const FunctionDef kFunction = {.oid = 0,
										  .name = kTransitionName,
										  .kind = FunctionKind::TableSource,
										  .volatility = Volatility::Volatile,
										  .strict = true,
										  .result = kRecord};

	if (names == nullptr || stored_depth_ > 0)
		return nullptr;

	const auto found = names->transitions.find(name);
	const auto given = names->given_rows.find(name);
	RowShape shape;
	std::string key;

	if (found != names->transitions.end())
	{
		shape = RowTypeShape(found->second.first);
		key = found->second.second;
	}
	else if (given != names->given_rows.end())
	{
		shape = given->second;
		key = GivenRowsKey(name, shape);
	}
	else
		return nullptr;

	Rte *const rte = make_rte(RteKind::Function, owner);

	rte->source = &kSource;
	rte->call = make(ExprKind::Function, kRecord, -1);
	rte->call->function = &kFunction;
	rte->call->args = {make_const(kText, Value::Text(keep(key)), -1)};
	add_fields(*this, rte, *keep(shape), -1);
	return rte;
}

namespace
{

const RowSource *
find_row_source(std::string_view name)
{
	for (const std::span<const RowSource> sources : {AdtRowSources(), CatalogRowSources()})
	{
		for (const RowSource &source : sources)
		{
			if (source.name == name)
				return &source;
		}
	}
	return nullptr;
}

} /* namespace */

namespace
{

bool
gives_json_rows(const FunctionDef &function)
{
	return function.row_source != nullptr && std::string_view(function.row_source) == kJsonRowsName;
}

/* The one OUT parameter of a function gives its name to the column. */
void
name_single_output(Analyzer &analyzer, const FunctionDef &function, RteColumn *column)
{
	const ProcPtr proc = function.stored ? FindProc(function.oid) : nullptr;

	for (size_t i = 0; proc != nullptr && i < proc->modes.size() && i < proc->arg_names.size(); i++)
		if ((proc->modes[i] == 'o' || proc->modes[i] == 'b' || proc->modes[i] == 't') &&
			!proc->arg_names[i].empty())
			column->name = analyzer.keep(proc->arg_names[i]);
}

} /* namespace */

/*
 * Columns of a call in FROM, or (as_value) of a set in a SELECT list, where a row is one value.  A single one
 * is named after the function or the alias.
 */
void
Analyzer::describe_row_source(Rte *rte, std::string_view item_name, bool as_value)
{
	static const RowSource kCallRows = {kCallRowsName, CallRowsColumns().first(1),
										kCallRowsArguments, nullptr};
	const FunctionDef &function = *rte->call->function;
	static const RowSource kJsonRows = {kJsonRowsName, CallRowsColumns().first(1),
										kJsonRowsArguments, nullptr};
	const bool is_json = gives_json_rows(function);
	const RowShape *shape = function.stored || is_json ? row_shape(*rte->call) : nullptr;

	rte->source = is_json ? &kJsonRows
				  : function.stored && function.row_source == nullptr
					  ? &kCallRows
					  : find_row_source(function.row_source);
	if (shape != nullptr && !as_value)
		return add_fields(*this, rte, *shape, rte->call->location);
	if (rte->source == nullptr)
		not_supported("function " + std::string(rte->call->function->name), rte->call->location);
	for (const RowColumn &column : rte->source->columns)
	{
		RteColumn &added = rte->columns.emplace_back();

		added.name = column.name;
		added.engine = Quoted(column.name);
		added.type = column.type;
	}
	if (rte->columns.size() == 1)
	{
		/* One that has a name of its own, as an OUT parameter has, keeps it. */
		if (function.stored || rte->columns[0].name == function.name)
			rte->columns[0].name = item_name;
		/* generate_series(anyelement) and the like: the call knows the type. */
		if (function.stored || (rte->call->type != kRecord && rte->call->type != 0))
			rte->columns[0].type = rte->call->type;
		rte->columns[0].row = rte->call->row;
		name_single_output(*this, function, &rte->columns[0]);
	}
}

/* AS (name type, ...) gives a record its columns; a record without any has none to show. */
void
Analyzer::describe_record(const PgQuery__RangeFunction &node, Expr *call, int location)
{
	const bool record = call->kind == ExprKind::Function &&
						(call->function->stored || gives_json_rows(*call->function)) &&
						call->type == kRecord && call->row == nullptr;
	RowShape shape;

	if (node.n_coldeflist == 0)
	{
		if (record)
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("a column definition list is required for functions returning "
						   "\"record\"")
					  .at(at(location)));
		return;
	}
	if (!record && call->kind == ExprKind::Function && call->row != nullptr)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("a column definition list is redundant for a function with OUT parameters")
				  .at(at(node.coldeflist[0]->column_def->location)));
	if (!record && call->kind == ExprKind::Function && FindRowType(call->type) != nullptr)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("a column definition list is redundant for a function returning a named "
					   "composite type")
				  .at(at(node.coldeflist[0]->column_def->location)));
	if (!record)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("a column definition list is only allowed for functions returning "
					   "\"record\"")
				  .at(at(node.coldeflist[0]->column_def->location)));
	for (size_t i = 0; i < node.n_coldeflist; i++)
	{
		const PgQuery__ColumnDef &column = *node.coldeflist[i]->column_def;
		const TypeRef type = type_name(*column.type_name);

		shape.push_back({column.colname, type.type, type.typmod});
	}
	call->row = keep(std::move(shape));
}

/* WITH ORDINALITY: the rows with their numbers behind them. */
Rte *
Analyzer::numbered(Rte *rte, int location)
{
	Query *const query = make_query();
	Query *const owner = rte->owner;
	Expr *const number = make(ExprKind::Window, kInt8, location);

	number->function = FindFunction(kRowNumberFunction);
	number->window = make_window();
	rte->owner = query;
	query->from.push_back(make_from(rte));
	query->has_windows = true;
	for (size_t i = 0; i < rte->columns.size(); i++)
		query->targets.push_back({make_column(rte, static_cast<int>(i), location),
								  std::string(rte->columns[i].name), false});
	query->targets.push_back({number, "ordinality", false});
	finish_outputs(query);
	return query_rte(query, owner);
}

FromNode *
Analyzer::from_function(const PgQuery__RangeFunction &node, Scope &into,
						std::vector<NameItem> &items)
{
	const PgQuery__List &entry = *node.functions[0]->list;
	const PgQuery__Node *function = entry.items[0];
	const int location = scope_location(function);

	if (node.is_rowsfrom || node.n_functions > 1)
		not_supported("ROWS FROM", location);
	if (entry.n_items > 1 && entry.items[1] != nullptr &&
		entry.items[1]->node_case == PG_QUERY__NODE__NODE_LIST && entry.items[1]->list->n_items > 0)
		not_supported("ROWS FROM", location);
	const std::string_view default_name = ColumnLabel(function);
	Expr *call;
	{
		/* Earlier FROM items are in sight of the arguments. */
		ScopeGuard guard(*this, &into);

		call = expression(function, Place::FromFunction);
	}
	NameItem item;
	Rte *rte;

	item.name = node.alias ? std::string_view(node.alias->aliasname) : default_name;
	describe_record(node, call, location);
	if (call->kind == ExprKind::Function &&
		(call->function->kind == FunctionKind::TableSource ||
		 ((call->function->stored || gives_json_rows(*call->function)) &&
		  row_shape(*call) != nullptr)))
	{
		rte = make_rte(RteKind::Function, into.query);
		rte->call = call;
		describe_row_source(rte, item.name);
	}
	else
	{
		/* A plain function is a table of one row. */
		if (AnyExpr(
				call, [](const Expr &e, void *) { return e.kind == ExprKind::Column; }, nullptr))
			not_supported("a lateral reference in a function in FROM", location);
		resolve_unknown(call);
		Query *query = make_query();

		RteColumn column;

		column.name = item.name;
		if (call->kind == ExprKind::Function)
			name_single_output(*this, *call->function, &column);
		query->targets.push_back({call, std::string(column.name), false});
		finish_outputs(query);
		rte = query_rte(query, into.query);
	}
	if (node.ordinality)
		rte = numbered(rte, location);
	name_columns(rte, node.alias, item.name);
	item.rte = rte;
	rte->name = item.name;
	items.push_back(item);
	return make_from(rte);
}

} /* namespace pg::parser */
