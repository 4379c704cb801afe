/*
 * utils/mmgr/node_copy.cpp
 *		equal and copyObject: nodes that modules compare and copy (C API: nodes/nodes.h).
 *
 * Any process.  Lists, plain values, names of tables: the other nodes are the server's, made for modules to
 * read.
 */
#include <cstring>

#include "nodes/pg_list.h"
#include "nodes/primnodes.h"
#include "nodes/value.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"

namespace pg
{
namespace
{

template <typename Node>
const Node &
as(const void *node)
{
	return *static_cast<const Node *>(node);
}

bool
same_text(const char *a, const char *b)
{
	return a == nullptr || b == nullptr ? a == b : strcmp(a, b) == 0;
}

bool
same_list(const List &a, const List &b)
{
	if (a.length != b.length)
		return false;
	for (int i = 0; i < a.length; i++)
	{
		const ListCell &left = a.elements[i];
		const ListCell &right = b.elements[i];
		const bool same = a.type == T_List		? equal(left.ptr_value, right.ptr_value)
						  : a.type == T_IntList ? left.int_value == right.int_value
												: left.oid_value == right.oid_value;

		if (!same)
			return false;
	}
	return true;
}

bool
same_range(const RangeVar &a, const RangeVar &b)
{
	return same_text(a.catalogname, b.catalogname) && same_text(a.schemaname, b.schemaname) &&
		   same_text(a.relname, b.relname) && a.inh == b.inh &&
		   a.relpersistence == b.relpersistence && equal(a.alias, b.alias);
}

bool
same(const void *a, const void *b)
{
	switch (nodeTag(a))
	{
		case T_List:
		case T_IntList:
		case T_OidList: return same_list(as<List>(a), as<List>(b));
		case T_Integer: return as<Integer>(a).ival == as<Integer>(b).ival;
		case T_Float: return same_text(as<Float>(a).fval, as<Float>(b).fval);
		case T_Boolean: return as<Boolean>(a).boolval == as<Boolean>(b).boolval;
		case T_String: return same_text(as<String>(a).sval, as<String>(b).sval);
		case T_BitString: return same_text(as<BitString>(a).bsval, as<BitString>(b).bsval);
		case T_RangeVar: return same_range(as<RangeVar>(a), as<RangeVar>(b));
		case T_Alias:
			return same_text(as<Alias>(a).aliasname, as<Alias>(b).aliasname) &&
				   equal(as<Alias>(a).colnames, as<Alias>(b).colnames);
		default: RaiseNotSupported("comparing nodes of type " + std::to_string(nodeTag(a)));
	}
}

char *
copy_text(const char *text)
{
	return text != nullptr ? pstrdup(text) : nullptr;
}

template <typename Node>
Node *
flat_copy(const void *from)
{
	auto *const copy = static_cast<Node *>(palloc(sizeof(Node)));

	*copy = as<Node>(from);
	return copy;
}

/* A copy of a node whose one text is a member. */
template <typename Node>
Node *
text_copy(const void *from, char *Node::*text)
{
	Node *const copy = flat_copy<Node>(from);

	copy->*text = copy_text(copy->*text);
	return copy;
}

Alias *
copy_alias(const void *from)
{
	Alias *const copy = text_copy<Alias>(from, &Alias::aliasname);

	copy->colnames = list_copy_deep(copy->colnames);
	return copy;
}

RangeVar *
copy_range(const void *from)
{
	auto *const copy = flat_copy<RangeVar>(from);

	copy->catalogname = copy_text(copy->catalogname);
	copy->schemaname = copy_text(copy->schemaname);
	copy->relname = copy_text(copy->relname);
	copy->alias = static_cast<Alias *>(copyObjectImpl(copy->alias));
	return copy;
}

void *
copy(const void *from)
{
	switch (nodeTag(from))
	{
		case T_List: return list_copy_deep(&as<List>(from));
		case T_IntList:
		case T_OidList: return list_copy(&as<List>(from));
		case T_Integer: return flat_copy<Integer>(from);
		case T_Float: return text_copy<Float>(from, &Float::fval);
		case T_Boolean: return flat_copy<Boolean>(from);
		case T_String: return text_copy<String>(from, &String::sval);
		case T_BitString: return text_copy<BitString>(from, &BitString::bsval);
		case T_RangeVar: return copy_range(from);
		case T_Alias: return copy_alias(from);
		default: RaiseNotSupported("copying nodes of type " + std::to_string(nodeTag(from)));
	}
}

} /* namespace */
} /* namespace pg */

bool
equal(const void *a, const void *b)
{
	if (a == b)
		return true;
	if (a == nullptr || b == nullptr || nodeTag(a) != nodeTag(b))
		return false;
	return pg::FromC([&] { return pg::same(a, b); });
}

void *
copyObjectImpl(const void *from)
{
	return from == nullptr ? nullptr : pg::FromC([&] { return pg::copy(from); });
}
