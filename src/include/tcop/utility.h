/*
 * utility.h
 *		Utility statements. Workers include it for what it brings along: die, debug_query_string, ProcessConfigFile.
 */
#ifndef UTILITY_H
#define UTILITY_H

#include "postgres.h"

#include "tcop/cmdtag.h"
#include "tcop/tcopprot.h"

PG_BEGIN_EXTERN_C

typedef enum
{
	PROCESS_UTILITY_TOPLEVEL,
	PROCESS_UTILITY_QUERY,
	PROCESS_UTILITY_QUERY_NONATOMIC,
	PROCESS_UTILITY_SUBCOMMAND
} ProcessUtilityContext;

PG_END_EXTERN_C

#endif /* UTILITY_H */
