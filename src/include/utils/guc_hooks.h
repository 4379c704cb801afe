/*
 * guc_hooks.h
 *		As commands/variable.h; the name that PostgreSQL 16 gave it.
 */
#ifndef GUC_HOOKS_H
#define GUC_HOOKS_H

#include "postgres.h"

#include "commands/variable.h"

PG_BEGIN_EXTERN_C

PG_END_EXTERN_C

#endif /* GUC_HOOKS_H */
