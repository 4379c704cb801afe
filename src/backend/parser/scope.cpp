/*
 * scope.cpp
 *		Which column a name means: visible FROM items, outer queries, WITH names.
 *
 * Backends and workers.
 */
#include "nodes/parsenodes.h"
#include "parser/analyzer.h"

#include <algorithm>

namespace pg::parser
{

namespace
{

[[noreturn]] void
raise_ambiguous(const Analyzer &analyzer, std::string_view name, int location)
{
	Raise(Report(ERROR, ERRCODE_AMBIGUOUS_COLUMN)
			  .msg("column reference \"%s\" is ambiguous", std::string(name).c_str())
			  .at(analyzer.at(location)));
}

bool
is_system_column(std::string_view name)
{
	return name == "ctid" || name == "xmin" || name == "xmax" || name == "cmin" || name == "cmax" ||
		   name == "tableoid";
}

/* tableoid is known here; what a row's versions look like is not ours to tell. */
Expr *
system_column(Analyzer &analyzer, const NameItem &item, std::string_view name, int location)
{
	if (item.rte == nullptr || item.rte->kind != RteKind::Relation || !is_system_column(name))
		return nullptr;
	if (name != "tableoid")
		analyzer.not_supported("system column \"" + std::string(name) + "\"", location);
	return analyzer.make_const(kOid, Value::Int(item.rte->relation->oid), location);
}

size_t
edit_distance(std::string_view a, std::string_view b)
{
	std::vector<size_t> row(b.size() + 1);

	for (size_t j = 0; j <= b.size(); j++)
		row[j] = j;
	for (size_t i = 1; i <= a.size(); i++)
	{
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b.size(); j++)
		{
			const size_t change = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
		}
	}
	return row[b.size()];
}

/* The nearest column names of the visible tables, for the hint of a misspelt one. */
struct Suggestion
{
	constexpr static size_t kMaxDistance = 3;

	size_t distance = kMaxDistance + 1;
	std::string first, second;
	bool too_many = false;

	void offer(std::string_view table, std::string_view column, size_t its_distance)
	{
		if (its_distance > distance)
			return;
		std::string text = std::string(table) + "." + std::string(column);

		if (its_distance < distance)
		{
			distance = its_distance;
			first = std::move(text);
			second.clear();
			too_many = false;
		}
		else if (second.empty())
			second = std::move(text);
		else
			too_many = true;
	}
};

void
offer_columns(const NameItem &item, std::string_view table, std::string_view name,
			  Suggestion *suggestion)
{
	if (item.rte == nullptr)
		return;
	const size_t penalty =
		table.empty() || table == item.name ? 0 : edit_distance(table, item.name);

	for (const RteColumn &column : item.rte->columns)
	{
		if (column.dropped)
			continue;
		const size_t distance = edit_distance(name, column.name) + penalty;

		if (distance <= Suggestion::kMaxDistance && distance * 2 <= name.size())
			suggestion->offer(item.name, column.name, distance);
	}
}

[[noreturn]] void
raise_no_column(const Analyzer &analyzer, std::string_view table, std::string_view name,
				int location)
{
	Suggestion suggestion;

	for (const Scope *scope = analyzer.scope; scope != nullptr; scope = scope->parent)
	{
		for (const NameItem &item : scope->items)
			offer_columns(item, table, name, &suggestion);
	}
	Report report(ERROR, ERRCODE_UNDEFINED_COLUMN);

	if (table.empty())
		report.msg("column \"%s\" does not exist", std::string(name).c_str());
	else
		report.msg("column %s.%s does not exist", std::string(table).c_str(),
				   std::string(name).c_str());
	if (!suggestion.too_many && !suggestion.second.empty())
		report.hint("Perhaps you meant to reference the column \"%s\" or the column \"%s\".",
					suggestion.first.c_str(), suggestion.second.c_str());
	else if (!suggestion.too_many && !suggestion.first.empty())
		report.hint("Perhaps you meant to reference the column \"%s\".", suggestion.first.c_str());
	Raise(report.at(analyzer.at(location)));
}

const NameItem *
item_named(const Analyzer &analyzer, const Scope &scope, std::string_view schema,
		   std::string_view name, int location)
{
	const NameItem *found = nullptr;

	for (const NameItem &item : scope.items)
	{
		if (!item.relation_visible || item.name != name || item.name.empty())
			continue;
		if (!schema.empty() && item.schema != schema)
			continue;
		if (found != nullptr)
			Raise(Report(ERROR, ERRCODE_AMBIGUOUS_ALIAS)
					  .msg("table reference \"%s\" is ambiguous", std::string(name).c_str())
					  .at(analyzer.at(location)));
		found = &item;
	}
	return found;
}

[[noreturn]] void
raise_no_table(const Analyzer &analyzer, std::string_view name, int location)
{
	Report report(ERROR, ERRCODE_UNDEFINED_TABLE);
	const std::string table(name);

	/* A table hidden behind its alias gets a hint. */
	for (const Scope *scope = analyzer.scope; scope != nullptr; scope = scope->parent)
	{
		for (const NameItem &item : scope->items)
		{
			const bool hidden = item.rte != nullptr && item.rte->relation != nullptr &&
								item.rte->relation->name == name && item.name != name;

			if (!hidden)
				continue;
			report.msg("invalid reference to FROM-clause entry for table \"%s\"", table.c_str())
				.hint("Perhaps you meant to reference the table alias \"%s\".",
					  std::string(item.name).c_str());
			Raise(report.at(analyzer.at(location)));
		}
	}
	Raise(report.msg("missing FROM-clause entry for table \"%s\"", table.c_str())
			  .at(analyzer.at(location)));
}

} /* namespace */

/* Null when the item has no such column. */
Expr *
Analyzer::item_column(const NameItem &item, std::string_view name, int location, bool *ambiguous)
{
	Expr *found = nullptr;

	*ambiguous = false;
	if (item.columns != nullptr)
	{
		for (const NamedColumn &column : *item.columns)
		{
			if (column.name != name)
				continue;
			*ambiguous = found != nullptr;
			found = copy(*column.expr);
			found->location = location;
		}
		return found;
	}
	const std::vector<RteColumn> &columns = item.rte->columns;

	for (size_t i = 0; i < columns.size(); i++)
	{
		if (columns[i].dropped || columns[i].name != name)
			continue;
		*ambiguous = found != nullptr;
		found = make_column(item.rte, static_cast<int>(i), location);
	}
	/* The target of a change that is read as well. */
	if (found != nullptr && item.rte->right >= 0)
		want_right(item.rte, ACL_SELECT);
	return found;
}

Expr *
Analyzer::find_column(std::string_view name, int location)
{
	for (Scope *level = scope; level != nullptr; level = level->parent)
	{
		Expr *found = nullptr;

		for (const NameItem &item : level->items)
		{
			bool ambiguous = false;

			if (!item.columns_visible)
				continue;
			Expr *column = item_column(item, name, location, &ambiguous);

			if (ambiguous || (column != nullptr && found != nullptr))
				raise_ambiguous(*this, name, location);
			if (column != nullptr)
				found = column;
		}
		if (found == nullptr && is_system_column(name))
		{
			for (const NameItem &item : level->items)
			{
				Expr *column = system_column(*this, item, name, location);

				if (column != nullptr && found != nullptr)
					raise_ambiguous(*this, name, location);
				found = column != nullptr ? column : found;
			}
		}
		if (found != nullptr)
			return found;
	}
	/* The name of a FROM item alone is its whole row. */
	if (Expr *row = whole_row({}, name, location))
		return row;
	raise_no_column(*this, {}, name, location);
}

Expr *
Analyzer::find_qualified(std::string_view schema, std::string_view table, std::string_view name,
						 int location)
{
	for (Scope *level = scope; level != nullptr; level = level->parent)
	{
		const NameItem *item = item_named(*this, *level, schema, table, location);

		if (item == nullptr)
			continue;
		bool ambiguous = false;
		Expr *column = item_column(*item, name, location, &ambiguous);

		if (ambiguous)
			raise_ambiguous(*this, name, location);
		if (column == nullptr)
			column = system_column(*this, *item, name, location);
		if (column == nullptr)
			raise_no_column(*this, table, name, location);
		return column;
	}
	raise_no_table(*this, table, location);
}

/* Does a query in force have such a column? Says it without a raise where it can. */
bool
Analyzer::is_column(const PgQuery__ColumnRef &ref)
{
	const size_t count = ref.n_fields;
	const std::string_view name = StringOf(ref.fields[count - 1]);
	const std::string_view table = count > 1 ? StringOf(ref.fields[count - 2]) : std::string_view();

	for (const Scope *level = scope; level != nullptr; level = level->parent)
		for (const NameItem &item : level->items)
		{
			bool ambiguous = false;
			const bool fits =
				table.empty() ? item.columns_visible : item.relation_visible && item.name == table;

			if (fits && item_column(item, name, ref.location, &ambiguous) != nullptr)
				return true;
		}
	return false;
}

/* A reference to a variable of a procedural language; null when it is none. */
Expr *
Analyzer::variable(const PgQuery__ColumnRef &ref)
{
	if (names == nullptr || stored_depth_ > 0)
		return nullptr;

	std::string name;

	for (size_t i = 0; i < ref.n_fields; i++)
		name += (i > 0 ? "." : "") + std::string(StringOf(ref.fields[i]));

	const auto found = names->numbers.find(name);
	const auto record = names->records.find(name);

	if (found == names->numbers.end() && record == names->records.end())
		return names->columns_first ? field_of_parameter(ref) : nullptr;
	if (names->columns_first && is_column(ref))
		return nullptr;
	if (is_column(ref))
		Raise(Report(ERROR, ERRCODE_AMBIGUOUS_COLUMN)
				  .msg("column reference \"%s\" is ambiguous", name.c_str())
				  .detail("It could refer to either a PL/pgSQL variable or a table column.")
				  .at(at(ref.location)));
	if (found == names->numbers.end())
		return record_variable(record->second, ref.location);
	return parameter(found->second, ref.location);
}

/* "parameter.column" of a parameter that is a row; null when it is none. */
Expr *
Analyzer::field_of_parameter(const PgQuery__ColumnRef &ref)
{
	if (ref.n_fields != 2 || is_column(ref))
		return nullptr;

	const auto found = names->numbers.find(StringOf(ref.fields[0]));

	if (found == names->numbers.end())
		return nullptr;
	return field(parameter(found->second, ref.location), StringOf(ref.fields[1]), ref.location);
}

/* A row of the record's fields. */
Expr *
Analyzer::record_variable(const std::vector<std::pair<std::string, int>> &fields, int location)
{
	Expr *row = make(ExprKind::Row, kRecord, location);
	RowShape shape;

	for (const auto &[field, number] : fields)
	{
		row->args.push_back(parameter(number, location));
		shape.push_back({field, row->args.back()->type, row->args.back()->typmod});
	}
	row->row = keep(std::move(shape));
	return row;
}

/* "r.*" where a row may stand. */
Expr *
Analyzer::star_row(const PgQuery__ColumnRef &ref)
{
	Expr *row = make(ExprKind::Row, kRecord, ref.location);
	std::vector<Target> targets;
	RowShape shape;

	expand_star(ref, targets);
	for (const Target &target : targets)
	{
		row->args.push_back(target.expr);
		shape.push_back({target.name, target.expr->type, target.expr->typmod});
	}
	row->row = keep(std::move(shape));
	return row;
}

/* The record variable of "r.*"; null when it is none. */
const std::vector<std::pair<std::string, int>> *
Analyzer::record_named(const PgQuery__ColumnRef &ref) const
{
	if (names == nullptr || stored_depth_ > 0 || ref.n_fields != 2)
		return nullptr;

	const auto found = names->records.find(StringOf(ref.fields[0]));

	return found != names->records.end() ? &found->second : nullptr;
}

Expr *
Analyzer::column_ref(const PgQuery__ColumnRef &ref)
{
	const size_t count = ref.n_fields;

	if (ref.fields[count - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR &&
		(record_named(ref) != nullptr || scope->place == Place::TriggerWhen))
		return star_row(ref);
	if (ref.fields[count - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR)
		not_supported("row expansion via \"*\"", ref.location);
	if (Expr *const found = variable(ref))
		return found;
	if (count == 1)
		return find_column(StringOf(ref.fields[0]), ref.location);
	if (count == 2)
		return find_qualified({}, StringOf(ref.fields[0]), StringOf(ref.fields[1]), ref.location);
	if (count > 4)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("improper qualified name (too many dotted names): %s",
					   QualifiedDisplay(ref.fields, count).c_str())
				  .at(at(ref.location)));
	const size_t base = count - 3;

	return find_qualified(StringOf(ref.fields[base]), StringOf(ref.fields[base + 1]),
						  StringOf(ref.fields[base + 2]), ref.location);
}

namespace
{

void
expand_item(Analyzer &analyzer, const NameItem &item, int location, std::vector<Target> &targets)
{
	if (item.columns != nullptr)
	{
		for (const NamedColumn &column : *item.columns)
			targets.push_back({analyzer.copy(*column.expr), std::string(column.name), false});
		return;
	}
	if (item.rte->right >= 0)
		analyzer.want_right(item.rte, ACL_SELECT);
	for (size_t i = 0; i < item.rte->columns.size(); i++)
	{
		const RteColumn &column = item.rte->columns[i];

		if (!column.dropped)
			targets.push_back({analyzer.make_column(item.rte, static_cast<int>(i), location),
							   std::string(column.name), false});
	}
}

} /* namespace */

void
Analyzer::expand_star(const PgQuery__ColumnRef &ref, std::vector<Target> &targets)
{
	if (ref.n_fields == 1)
	{
		bool any = false;

		for (const NameItem &item : scope->items)
		{
			if (!item.columns_visible)
				continue;
			expand_item(*this, item, ref.location, targets);
			any = true;
		}
		if (!any)
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("SELECT * with no tables specified is not valid")
					  .at(at(ref.location)));
		return;
	}
	if (const auto *const record = record_named(ref))
	{
		for (const auto &[field, number] : *record)
			targets.push_back({parameter(number, ref.location), field, false});
		return;
	}
	const std::string_view table = StringOf(ref.fields[ref.n_fields - 2]);
	const std::string_view schema =
		ref.n_fields > 2 ? StringOf(ref.fields[ref.n_fields - 3]) : std::string_view();

	for (Scope *level = scope; level != nullptr; level = level->parent)
	{
		if (const NameItem *item = item_named(*this, *level, schema, table, ref.location))
		{
			expand_item(*this, *item, ref.location, targets);
			return;
		}
	}
	raise_no_table(*this, table, ref.location);
}

Cte *
Analyzer::find_cte(std::string_view name)
{
	for (size_t i = cte_frames_.size(); i-- > 0;)
	{
		for (size_t j = cte_frames_[i].size(); j-- > 0;)
		{
			if (cte_frames_[i][j]->name == name)
				return cte_frames_[i][j];
		}
	}
	return nullptr;
}

} /* namespace pg::parser */
