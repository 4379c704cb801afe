/*
 * utils/mmgr/value.cpp
 *		Plain values as nodes (C API: nodes/value.h).
 *
 * Any process.  Errors are palloc's alone.
 */
#include "nodes/value.h"

#include "utils/error/wall.h"

template <typename Node>
static Node *
new_node(NodeTag tag)
{
	return pg::FromC(
		[&]
		{
			auto *const node = static_cast<Node *>(palloc0(sizeof(Node)));

			node->type = tag;
			return node;
		});
}

Integer *
makeInteger(int i)
{
	auto *const node = new_node<Integer>(T_Integer);

	node->ival = i;
	return node;
}

Float *
makeFloat(char *numericStr)
{
	auto *const node = new_node<Float>(T_Float);

	node->fval = numericStr;
	return node;
}

Boolean *
makeBoolean(bool var)
{
	auto *const node = new_node<Boolean>(T_Boolean);

	node->boolval = var;
	return node;
}

String *
makeString(char *str)
{
	auto *const node = new_node<String>(T_String);

	node->sval = str;
	return node;
}

BitString *
makeBitString(char *str)
{
	auto *const node = new_node<BitString>(T_BitString);

	node->bsval = str;
	return node;
}
