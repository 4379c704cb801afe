/*
 * utils/fmgr/call_expr.h
 *		What fn_expr of a looked-up function points to: the types of one place that calls it.
 *
 * Modules see it as an opaque node and ask get_fn_expr_rettype and its kin. Whoever sets fn_expr keeps
 * the struct and the types as long as the FmgrInfo.
 */
#pragma once

#include "fmgr.h"
#include "nodes/nodes.h"

namespace pg
{

struct CallExpr
{
	NodeTag type = T_FuncExpr;
	bool variadic = false; /* the last argument was given as VARIADIC array */
	Oid result = InvalidOid;
	int count = 0;
	const Oid *arguments = nullptr; /* actual types */
	Oid function = InvalidOid;
};

/* Null when node is none. */
inline const CallExpr *
AsCallExpr(fmNodePtr node)
{
	const void *const expr = node;

	return expr != nullptr && static_cast<const Node *>(expr)->type == T_FuncExpr
			   ? static_cast<const CallExpr *>(expr)
			   : nullptr;
}

inline const CallExpr *
CallExprOf(const FmgrInfo *finfo)
{
	return finfo == nullptr ? nullptr : AsCallExpr(finfo->fn_expr);
}

} /* namespace pg */
