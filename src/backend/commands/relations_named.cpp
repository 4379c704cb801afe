/*
 * commands/relations_named.cpp
 *		The relations that a statement names.
 *
 * Backends and workers, inside a transaction.
 */
#include "commands/relations_named.h"

#include <algorithm>

#include "commands/tree.h"

namespace pg
{
namespace
{

using namespace pg::commands;

struct TargetRange
{
	const PgQuery__RangeVar *range = nullptr;
	AclMode needs = 0;
	bool reads = false;
};

TargetRange
target_of(const commands::Node &node)
{
	switch (node.node_case)
	{
		case PG_QUERY__NODE__NODE_INSERT_STMT:
			return {node.insert_stmt->relation, ACL_INSERT, node.insert_stmt->n_returning_list > 0};
		case PG_QUERY__NODE__NODE_UPDATE_STMT:
			return {node.update_stmt->relation, ACL_UPDATE,
					node.update_stmt->where_clause != nullptr ||
						node.update_stmt->n_returning_list > 0};
		case PG_QUERY__NODE__NODE_DELETE_STMT:
			return {node.delete_stmt->relation, ACL_DELETE,
					node.delete_stmt->where_clause != nullptr ||
						node.delete_stmt->n_returning_list > 0};
		default: return {};
	}
}

} /* namespace */

std::vector<NamedRelation>
RelationsNamed(const RawStatement &statement)
{
	std::vector<NamedRelation> found;
	const TargetRange target = target_of(*statement.node);

	if (target.range != nullptr)
		if (RelationInfoPtr relation =
				FindRelation(target.range->schemaname, target.range->relname))
			found.push_back({std::move(relation),
							 target.needs | (target.reads ? AclMode{ACL_SELECT} : AclMode{0}),
							 true});
	for (const Oid oid : RelationsMentioned(statement.node))
	{
		const bool known =
			std::any_of(found.begin(), found.end(),
						[oid](const NamedRelation &one) { return one.relation->oid == oid; });

		if (!known)
			if (RelationInfoPtr relation = FindRelation(oid))
				found.push_back({std::move(relation), ACL_SELECT, false});
	}
	return found;
}

} /* namespace pg */
