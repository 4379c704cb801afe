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

/* What compiling took: nothing, since es_jit of an EState is NULL. */
typedef struct JitInstrumentation
{
	size_t created_functions;
	instr_time generation_counter;
	instr_time inlining_counter;
	instr_time optimization_counter;
	instr_time emission_counter;
} JitInstrumentation;

typedef struct JitContext
{
	int flags;
	ResourceOwner resowner;
	JitInstrumentation instr;
} JitContext;

/* Nothing to do. */
extern void jit_reset_after_error(void);

PG_END_EXTERN_C

#endif /* JIT_H */
