/*
 * miscnodes.h
 *		Input that reports bad text without raising (PostgreSQL 16 and later).
 *
 * A caller of InputFunctionCallSafe gives a zeroed ErrorSaveContext with its tag set. When error_occurred is set
 * afterwards there is no value; error_data tells why if details_wanted was set.
 */
#ifndef MISCNODES_H
#define MISCNODES_H

#include "nodes/nodes.h"

typedef struct ErrorSaveContext
{
	NodeTag type;
	bool error_occurred;
	bool details_wanted;
	ErrorData *error_data; /* palloc'd in the context that was current */
} ErrorSaveContext;

#define SOFT_ERROR_OCCURRED(escontext)                          \
	((escontext) != NULL && IsA(escontext, ErrorSaveContext) && \
	 ((ErrorSaveContext *) (escontext))->error_occurred)

#endif /* MISCNODES_H */
