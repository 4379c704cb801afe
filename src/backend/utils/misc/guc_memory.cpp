/*
 * utils/misc/guc_memory.cpp
 *		Memory of settings' values and extras, for hooks of modules (C API: utils/guc.h, PostgreSQL 16).
 *
 * Any process.  The settings machine frees what hooks leave with free().
 */
#include <cstdlib>
#include <cstring>

#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/guc.h"

static void *
or_raise(int elevel, void *got)
{
	if (got == nullptr)
		pg::FromC([&] { pg::Report(elevel, ERRCODE_OUT_OF_MEMORY).msg("out of memory").emit(); });
	return got;
}

void *
guc_malloc(int elevel, size_t size)
{
	return or_raise(elevel, malloc(size == 0 ? 1 : size));
}

void *
guc_realloc(int elevel, void *old, size_t size)
{
	return or_raise(elevel, realloc(old, size == 0 ? 1 : size));
}

char *
guc_strdup(int elevel, const char *src)
{
	return static_cast<char *>(or_raise(elevel, strdup(src)));
}

void
guc_free(void *ptr)
{
	free(ptr);
}
