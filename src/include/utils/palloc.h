/*
 * palloc.h
 *		Allocation in memory contexts.
 *
 * Memory is owned by a context and lives until pfree or until the context is reset or deleted; utils/memutils.h
 * has the contexts. Running out of memory raises ERROR 53200 unless MCXT_ALLOC_NO_OOM is given; sizes above
 * MaxAllocSize raise ERROR XX000 unless MCXT_ALLOC_HUGE is given. Any process; not in signal handlers. Source:
 * PostgreSQL 15 manual, section "Memory Management".
 */
#ifndef PALLOC_H
#define PALLOC_H

#include "c.h"

PG_BEGIN_EXTERN_C

typedef struct MemoryContextData *MemoryContext;

/* Called once when the context it is registered with is reset or deleted, last registered first. The struct
 * usually lies in that same context. */
typedef void (*MemoryContextCallbackFunction)(void *arg);
typedef struct MemoryContextCallback
{
	MemoryContextCallbackFunction func;
	void *arg;
	struct MemoryContextCallback *next; /* the registry's */
} MemoryContextCallback;

/* Where palloc allocates. Change it through MemoryContextSwitchTo. */
extern PGDLLIMPORT MemoryContext CurrentMemoryContext;

#define MCXT_ALLOC_HUGE 0x01   /* allow more than MaxAllocSize */
#define MCXT_ALLOC_NO_OOM 0x02 /* return NULL instead of raising */
#define MCXT_ALLOC_ZERO 0x04   /* fill with zeros */

extern void *MemoryContextAlloc(MemoryContext context, Size size);
extern void *MemoryContextAllocZero(MemoryContext context, Size size);
extern void *MemoryContextAllocZeroAligned(MemoryContext context, Size size);
extern void *MemoryContextAllocExtended(MemoryContext context, Size size, int flags);
extern void *MemoryContextAllocHuge(MemoryContext context, Size size);

/* The same in CurrentMemoryContext. */
extern void *palloc(Size size);
extern void *palloc0(Size size);
extern void *palloc_extended(Size size, int flags);

/* Changes the size of a chunk, which stays in its context; the old pointer is dead afterwards. */
extern pg_nodiscard void *repalloc(void *pointer, Size size);
extern pg_nodiscard void *repalloc_huge(void *pointer, Size size);
/* Frees a chunk of whatever context; never NULL. */
extern void pfree(void *pointer);

/* Sum and product of sizes; ERROR 54000 when they overflow. */
extern Size add_size(Size s1, Size s2);
extern Size mul_size(Size s1, Size s2);

#define palloc_object(type) ((type *) palloc(sizeof(type)))
#define palloc0_object(type) ((type *) palloc0(sizeof(type)))
#define palloc_array(type, count) ((type *) palloc(mul_size(sizeof(type), (count))))
#define palloc0_array(type, count) ((type *) palloc0(mul_size(sizeof(type), (count))))
#define repalloc_array(pointer, type, count) \
	((type *) repalloc((pointer), mul_size(sizeof(type), (count))))
#define palloc0fast(sz) palloc0(sz)

/* Makes context the current one and returns the former one. */
static inline MemoryContext
MemoryContextSwitchTo(MemoryContext context)
{
	MemoryContext former = CurrentMemoryContext;

	CurrentMemoryContext = context;
	return former;
}

extern void MemoryContextRegisterResetCallback(MemoryContext context, MemoryContextCallback *cb);

/* Copies of strings; pnstrdup takes at most len bytes and always terminates. */
extern char *MemoryContextStrdup(MemoryContext context, const char *string);
extern char *pstrdup(const char *in);
extern char *pnstrdup(const char *in, Size len);
/* Copy without trailing newlines. */
extern char *pchomp(const char *in);

/* Formats into palloc'd memory of the needed size. */
extern char *psprintf(const char *fmt, ...) pg_attribute_printf(1, 2);
/* One attempt into buf of len bytes: the length written, or, when it does not fit, the size to try next. */
extern size_t pvsnprintf(char *buf, size_t len, const char *fmt, va_list args)
	pg_attribute_printf(3, 0);

PG_END_EXTERN_C

#endif /* PALLOC_H */
