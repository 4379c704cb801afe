/*
 * nodes.h
 *		Tagged structures: the kinds that modules meet.
 *
 * Postroom keeps no parse or plan trees in PostgreSQL's shape, so there are few kinds. Their numbers are not
 * PostgreSQL's: compare tags by name only.
 */
#ifndef NODES_H
#define NODES_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef enum NodeTag
{
	T_Invalid = 0,
	T_List,
	T_IntList,
	T_OidList,
	T_String,
	T_Integer,
	T_ReturnSetInfo,
	T_AllocSetContext,
	T_GenerationContext,
	T_SlabContext,
	T_Query,
	T_RawStmt,
	T_PlannedStmt,
	T_DropdbStmt,
	T_AlterSystemStmt,
	T_VariableSetStmt,
	T_VariableShowStmt,
	T_CallContext,
	T_FuncExpr,
	T_ErrorSaveContext,
	T_Alias,
	T_RangeVar,
	T_IntoClause
} NodeTag;

typedef struct Node
{
	NodeTag type;
} Node;

#define nodeTag(nodeptr) (((const Node *) (nodeptr))->type)
#define IsA(nodeptr, _type_) (nodeTag(nodeptr) == T_##_type_)
#define NodeSetTag(nodeptr, t) (((Node *) (nodeptr))->type = (t))
#define castNode(_type_, nodeptr) ((_type_ *) (nodeptr))
#define makeNode(_type_) ((_type_ *) PgNewNode(sizeof(_type_), T_##_type_))

/* Zeroed node of a size and kind, in CurrentMemoryContext. */
static inline Node *
PgNewNode(Size size, NodeTag tag)
{
	Node *node = (Node *) palloc0(size);

	node->type = tag;
	return node;
}

typedef double Selectivity;
typedef double Cost;
typedef double Cardinality;

/* Kind of statement, as hooks and SPI see it. */
typedef enum CmdType
{
	CMD_UNKNOWN,
	CMD_SELECT,
	CMD_UPDATE,
	CMD_INSERT,
	CMD_DELETE,
	CMD_MERGE,
	CMD_UTILITY,
	CMD_NOTHING
} CmdType;

PG_END_EXTERN_C

#endif /* NODES_H */
