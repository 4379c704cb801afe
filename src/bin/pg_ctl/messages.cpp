/*
 * messages.cpp
 *		Output of pg_ctl (messages.h).
 *
 * Client program.
 */
#include "messages.h"

#include <cstdarg>
#include <cstdio>

static bool silent = false;

void
BeSilent()
{
	silent = true;
}

void
Say(const char *format, ...)
{
	va_list args;

	if (silent)
		return;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	fflush(stdout);
}

void
Complain(const char *format, ...)
{
	va_list args;

	/* In order with what was said before, where both go to one place. */
	fflush(stdout);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
}
