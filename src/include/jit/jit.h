/*
 * jit.h
 *		Compilation of expressions. There is none.
 */
#ifndef JIT_H
#define JIT_H

#include "postgres.h"

#include "executor/instrument.h"
#include "utils/resowner.h"

PG_BEGIN_EXTERN_C

/* Nothing to do. */
extern void jit_reset_after_error(void);

PG_END_EXTERN_C

#endif /* JIT_H */
