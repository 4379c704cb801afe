/*
 * commands/stored_query.cpp
 *		The text of a view's query.
 *
 * Backends and workers inside a transaction.  Trees are shared, so every change made to one for its
 * deparsing is undone before anybody else can see it.
 */
#include "commands/stored_query.h"

#include <algorithm>
#include <deque>

#include "catalog/objects.h"
#include "parser/plan.h"

namespace pg::commands
{
namespace
{

/* Changes of a tree for a while, and the nodes made for them. */
class TreePatch
{
public:
	TreePatch() = default;
	~TreePatch()
	{
		for (auto undo = undo_.rbegin(); undo != undo_.rend(); ++undo)
			(*undo)();
	}
	TreePatch(const TreePatch &) = delete;
	TreePatch &operator=(const TreePatch &) = delete;

	template <typename T>
	void set(T *place, T value)
	{
		undo_.push_back([place, old = *place] { *place = old; });
		*place = value;
	}

	char *text(const std::string &value) { return texts_.emplace_back(value).data(); }

	PgQuery__Alias *alias(const std::string &name)
	{
		PgQuery__Alias &made = aliases_.emplace_back();

		pg_query__alias__init(&made);
		made.aliasname = text(name);
		return &made;
	}

	/* A target that is a plain column reference. */
	Node *column_target(const std::vector<std::string> &names)
	{
		PgQuery__ColumnRef &ref = refs_.emplace_back();
		PgQuery__ResTarget &target = targets_.emplace_back();
		std::vector<Node *> &fields = lists_.emplace_back();

		pg_query__column_ref__init(&ref);
		pg_query__res_target__init(&target);
		for (const std::string &name : names)
		{
			PgQuery__String &string = strings_.emplace_back();

			pg_query__string__init(&string);
			string.sval = text(name);
			fields.push_back(node(PG_QUERY__NODE__NODE_STRING));
			fields.back()->string = &string;
		}
		ref.fields = fields.data();
		ref.n_fields = fields.size();
		target.val = node(PG_QUERY__NODE__NODE_COLUMN_REF);
		target.val->column_ref = &ref;

		Node *const made = node(PG_QUERY__NODE__NODE_RES_TARGET);

		made->res_target = &target;
		return made;
	}

	std::vector<Node *> &list() { return lists_.emplace_back(); }

private:
	Node *node(PgQuery__Node__NodeCase kind)
	{
		Node &made = nodes_.emplace_back();

		pg_query__node__init(&made);
		made.node_case = kind;
		return &made;
	}

	std::vector<std::function<void()>> undo_;
	std::deque<std::string> texts_;
	std::deque<PgQuery__Alias> aliases_;
	std::deque<PgQuery__ColumnRef> refs_;
	std::deque<PgQuery__ResTarget> targets_;
	std::deque<PgQuery__String> strings_;
	std::deque<Node> nodes_;
	std::deque<std::vector<Node *>> lists_;
};

/* Names before the star of "*" or "t.*"; null when the target is something else. */
std::optional<std::vector<std::string>>
star_prefix(const Node &target)
{
	if (target.node_case != PG_QUERY__NODE__NODE_RES_TARGET || target.res_target->val == nullptr ||
		target.res_target->val->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
		return std::nullopt;

	const PgQuery__ColumnRef &ref = *target.res_target->val->column_ref;

	if (ref.n_fields == 0 || ref.fields[ref.n_fields - 1]->node_case != PG_QUERY__NODE__NODE_A_STAR)
		return std::nullopt;
	return NamesOf(ref.fields, ref.n_fields - 1);
}

class Expansion
{
public:
	Expansion(const Command &command, TreePatch *patch) : command_(command), patch_(*patch) {}

	void expand(PgQuery__SelectStmt *select, PgQuery__WithClause *outer_with)
	{
		PgQuery__WithClause *const with =
			select->with_clause != nullptr ? select->with_clause : outer_with;

		if (select->larg != nullptr)
			expand(select->larg, with);
		if (select->rarg != nullptr)
			expand(select->rarg, with);

		const bool has_star =
			std::any_of(select->target_list, select->target_list + select->n_target_list,
						[](const Node *target) { return star_prefix(*target).has_value(); });

		if (has_star)
			replace_targets(select, with);
	}

private:
	void replace_targets(PgQuery__SelectStmt *select, PgQuery__WithClause *with)
	{
		std::vector<Node *> &targets = patch_.list();

		for (size_t i = 0; i < select->n_target_list; i++)
		{
			Node *const target = select->target_list[i];
			const auto prefix = star_prefix(*target);

			if (!prefix)
			{
				targets.push_back(target);
				continue;
			}
			for (const std::string &column : columns_of(*select, target, with))
			{
				std::vector<std::string> names = *prefix;

				names.push_back(column);
				targets.push_back(patch_.column_target(names));
			}
		}
		patch_.set(&select->n_target_list, targets.size());
		patch_.set(&select->target_list, targets.data());
	}

	/* What the analyzer makes of the star alone. */
	std::vector<std::string> columns_of(const PgQuery__SelectStmt &select, Node *star,
										PgQuery__WithClause *with)
	{
		PgQuery__SelectStmt alone = PG_QUERY__SELECT_STMT__INIT;
		Node node = PG_QUERY__NODE__INIT;
		std::vector<std::string> names;

		alone.n_target_list = 1;
		alone.target_list = &star;
		alone.n_from_clause = select.n_from_clause;
		alone.from_clause = select.from_clause;
		alone.with_clause = with;
		alone.limit_option = select.limit_option;
		alone.op = select.op;
		node.node_case = PG_QUERY__NODE__NODE_SELECT_STMT;
		node.select_stmt = &alone;

		const std::shared_ptr<const Plan> plan = MakePlan(InnerStatement(command_.raw, &node), {});

		for (const ResultColumn &column : plan->columns)
			names.push_back(column.name);
		return names;
	}

	const Command &command_;
	TreePatch &patch_;
};

/* Names that WITH gives, anywhere in the query. */
std::vector<std::string>
with_names(const Node &query)
{
	std::vector<std::string> names;

	WalkTree(&query,
			 [&](const Node &node)
			 {
				 if (node.node_case == PG_QUERY__NODE__NODE_COMMON_TABLE_EXPR)
					 names.emplace_back(node.common_table_expr->ctename);
				 return true;
			 });
	return names;
}

void
qualify_relations(const Command &command, const Node &query, TreePatch *patch)
{
	const std::vector<std::string> hidden = with_names(query);

	WalkTree(&query,
			 [&](const Node &node)
			 {
				 if (node.node_case != PG_QUERY__NODE__NODE_RANGE_VAR)
					 return true;

				 PgQuery__RangeVar *const range = node.range_var;

				 if (range->schemaname[0] != '\0' ||
					 std::find(hidden.begin(), hidden.end(), range->relname) != hidden.end())
					 return true;

				 RelationInfoPtr relation = command.schema.empty()
												? nullptr
												: FindRelation(command.schema, range->relname);

				 if (relation == nullptr)
					 relation = FindRelation("", range->relname);
				 if (relation != nullptr)
					 patch->set(&range->schemaname, patch->text(relation->schema_name));
				 return true;
			 });
}

} /* namespace */

std::string
StoredQuery(const Command &command, const Node &query)
{
	TreePatch patch;

	/* Relations first: stars are looked up in the tables that are meant. */
	qualify_relations(command, query, &patch);
	Expansion(command, &patch).expand(query.select_stmt, nullptr);
	return DeparseNode(&query);
}

std::string
RenamedInQuery(const std::string &sql, const std::string &schema, const std::string &name,
			   const std::string &new_schema, const std::string &new_name)
{
	const auto statements = ParseStatements(sql);
	const Node &query = *statements->front().node;
	TreePatch patch;

	WalkTree(&query,
			 [&](const Node &node)
			 {
				 if (node.node_case != PG_QUERY__NODE__NODE_RANGE_VAR)
					 return true;

				 PgQuery__RangeVar *const range = node.range_var;

				 if (schema != range->schemaname || (!name.empty() && name != range->relname))
					 return true;
				 patch.set(&range->schemaname, patch.text(new_schema));
				 if (name.empty() || new_name == name)
					 return true;
				 if (range->alias == nullptr)
					 patch.set(&range->alias, patch.alias(name));
				 patch.set(&range->relname, patch.text(new_name));
				 return true;
			 });
	return DeparseNode(&query);
}

} /* namespace pg::commands */
