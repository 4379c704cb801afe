/*
 * bad_module.c
 *		Does what a module must not do: when it is loaded, or in a function, as bad_module.conduct says.
 *
 * In the loading: "error", "fatal", "exit N", "segfault", "abort", "loop" or "jump". BAD_VERSION tells copies of the file apart;
 * with BAD_NO_INIT it has no _PG_init, with BAD_FOREIGN PostgreSQL's magic block; with BAD_SYMBOL it needs a variable that no server has.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/guc.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef BAD_VERSION
#define BAD_VERSION 1
#endif

#ifdef BAD_FOREIGN
extern PGDLLEXPORT const Pg_magic_struct *Pg_magic_func(void);
const Pg_magic_struct *
Pg_magic_func(void)
{
	static const Pg_magic_struct magic = {sizeof(magic),  PG_VERSION_NUM / 100, FUNC_MAX_ARGS,
										  INDEX_MAX_KEYS, NAMEDATALEN,			FLOAT8PASSBYVAL,
										  "PostgreSQL"};

	return &magic;
}
#else
PG_MODULE_MAGIC;
#endif
PG_FUNCTION_INFO_V1(bad_conduct);
PG_FUNCTION_INFO_V1(bad_version);

#ifdef BAD_SYMBOL
extern int no_server_has_this;
int *const bad_reference = &no_server_has_this;
#endif

static void
misbehave(const char *conduct)
{
	if (strcmp(conduct, "error") == 0)
		ereport(ERROR, (errcode(ERRCODE_DATA_EXCEPTION), errmsg("bad module fails")));
	else if (strcmp(conduct, "fatal") == 0)
		ereport(FATAL, (errmsg("bad module gives up")));
	else if (strncmp(conduct, "exit ", 5) == 0)
		exit(atoi(conduct + 5));
	else if (strcmp(conduct, "segfault") == 0)
	{
		pqsignal(SIGSEGV, SIG_DFL); /* or a sanitizer would report it */
		raise(SIGSEGV);
	}
	else if (strcmp(conduct, "abort") == 0)
		abort();
	else if (strcmp(conduct, "jump") == 0)
		siglongjmp(*PG_exception_stack, 1);
	else if (strcmp(conduct, "loop") == 0)
	{
		elog(LOG, "bad module loops");
		for (;;)
			pause();
	}
}

Datum
bad_conduct(PG_FUNCTION_ARGS)
{
	misbehave(text_to_cstring(PG_GETARG_TEXT_PP(0)));
	PG_RETURN_VOID();
}

Datum
bad_version(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(BAD_VERSION);
}

#ifndef BAD_NO_INIT
PGDLLEXPORT void _PG_init(void);

void
_PG_init(void)
{
	const char *conduct = GetConfigOption("bad_module.conduct", true, false);

	elog(LOG, "bad module of version %d is loaded", BAD_VERSION);
	if (conduct != NULL)
		misbehave(conduct);
}
#endif
