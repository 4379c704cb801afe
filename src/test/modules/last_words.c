/*
 * last_words.c
 *		Has something to say when its process ends: last_words('handler') by atexit, last_words('buffer') by
 *		a line that stdio still holds; built with LAST_DESTRUCTOR, by a destructor of the library, too.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

PG_MODULE_MAGIC;
PG_FUNCTION_INFO_V1(last_words);

static void
say_handler(void)
{
	puts("last words: handler");
}

#ifdef LAST_DESTRUCTOR
static void __attribute__((destructor)) say_destructor(void)
{
	puts("last words: destructor");
	fflush(stdout);
}
#endif

Datum
last_words(PG_FUNCTION_ARGS)
{
	const char *how = text_to_cstring(PG_GETARG_TEXT_PP(0));

	if (strcmp(how, "handler") == 0)
		atexit(say_handler);
	else if (strcmp(how, "buffer") == 0)
		puts("last words: buffer");
	PG_RETURN_VOID();
}
