/*
 * capi_main.c
 *		Entry point of test_capi, and its checks.
 */
#include "capi.h"

#include <unistd.h>

#include "miscadmin.h"
#include "utils/memutils.h"

PG_MODULE_MAGIC_EXT(.name = "test_capi", .version = "15");

void
_PG_init(void)
{
	if (!process_shared_preload_libraries_in_progress)
		return;
	capi_init_shmem();
	capi_init_workers();
	capi_init_query();
	capi_init_processes();
}

void
capi_check_failed(const char *file, int line, const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_INTERNAL_ERROR), errmsg("%s:%d: check failed: %s", file, line, what)));
}

void
capi_check_error(const char *file, int line, int sqlstate, const char *text)
{
	ErrorData *error = CopyErrorData();

	FlushErrorState();
	if (error->sqlerrcode != sqlstate || strstr(error->message, text) == NULL)
		ereport(ERROR, (errmsg("%s:%d: another error: %s: %s", file, line,
							   unpack_sql_state(error->sqlerrcode), error->message)));
	FreeErrorData(error);
}

char *
capi_written_to_stderr(void (*write_something)(void))
{
	FILE *file = tmpfile();
	const int former = dup(STDERR_FILENO);
	char *text = (char *) palloc0(100000);

	fflush(stderr);
	dup2(fileno(file), STDERR_FILENO);
	write_something();
	fflush(stderr);
	dup2(former, STDERR_FILENO);
	close(former);
	rewind(file);
	CHECK(fread(text, 1, 99999, file) > 0);
	fclose(file);
	return text;
}

CAPI_TEST(test_checks)
{
	CHECK(true);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "check failed: false", CHECK(false));
	CHECK_ERROR(ERRCODE_DIVISION_BY_ZERO, "nothing",
				ereport(ERROR, (errcode(ERRCODE_DIVISION_BY_ZERO), errmsg("by nothing"))));
}

/* The Python test wants to see it fail. */
PG_FUNCTION_INFO_V1(test_failure);
Datum
test_failure(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	CHECK(1 == 2);
	PG_RETURN_VOID();
}
