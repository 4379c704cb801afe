/*
 * capi.h
 *		What the files of test_capi share: checks, and the form of a test.
 *
 * A test is a function without arguments that SQL calls; one that fails raises ERROR and names the line:
 *
 *		CAPI_TEST(test_pstrdup)
 *		{
 *			CHECK(strcmp(pstrdup("a"), "a") == 0);
 *		}
 */
#ifndef CAPI_H
#define CAPI_H

#include "postgres.h"

#include "fmgr.h"

PG_BEGIN_EXTERN_C

#define CAPI_TEST(name)            \
	PG_FUNCTION_INFO_V1(name);     \
	static void name##_body(void); \
	Datum name(PG_FUNCTION_ARGS)   \
	{                              \
		(void) fcinfo;             \
		name##_body();             \
		PG_RETURN_VOID();          \
	}                              \
	static void name##_body(void)

#define CHECK(condition) \
	((condition) ? (void) 0 : capi_check_failed(__FILE__, __LINE__, #condition))

/* Runs the statement, which must raise an error with this SQLSTATE whose message holds the text. */
#define CHECK_ERROR(sqlstate, text, statement)                              \
	do                                                                      \
	{                                                                       \
		MemoryContext capi_context = CurrentMemoryContext;                  \
		volatile bool capi_raised = false;                                  \
                                                                            \
		PG_TRY();                                                           \
		{                                                                   \
			statement;                                                      \
		}                                                                   \
		PG_CATCH();                                                         \
		{                                                                   \
			MemoryContextSwitchTo(capi_context);                            \
			capi_raised = true;                                             \
			capi_check_error(__FILE__, __LINE__, (sqlstate), (text));       \
		}                                                                   \
		PG_END_TRY();                                                       \
		if (!capi_raised)                                                   \
			capi_check_failed(__FILE__, __LINE__, "no error: " #statement); \
	} while (0)

/* Raise ERROR about a check. */
extern void capi_check_failed(const char *file, int line, const char *what) pg_attribute_noreturn();
/* Takes the current error off the stack and looks at it. */
extern void capi_check_error(const char *file, int line, int sqlstate, const char *text);

/* What the function writes to stderr, palloc'd. */
extern char *capi_written_to_stderr(void (*write_something)(void));

/* Called by _PG_init, in the postmaster too: what an area has to do while libraries are preloaded. */
extern void capi_init_shmem(void);
extern void capi_init_workers(void);
extern void capi_init_query(void);
extern void capi_init_processes(void);

PG_END_EXTERN_C

#endif /* CAPI_H */
