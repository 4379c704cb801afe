/*
 * report.cpp
 *		Prints what pg_regress has to say (report.h).
 *
 * Client program.
 */
#include "report.h"

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

const char *report_program = "pg_regress";

namespace
{

FILE *summary = nullptr;

} /* namespace */

void
Header(const char *format, ...)
{
	char text[256];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	printf("============== %-38s ==============\n", text);
	fflush(stdout);
}

void
Status(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	fflush(stdout);
	if (summary == nullptr)
		return;
	va_start(arguments, format);
	vfprintf(summary, format, arguments);
	va_end(arguments);
	fflush(summary);
}

void
OpenSummary(const std::string &path)
{
	summary = fopen(path.c_str(), "we");
	if (summary == nullptr)
		Bail("could not open file \"%s\" for writing: %s", path.c_str(), strerror(errno));
}

void
CloseSummary()
{
	if (summary != nullptr)
		fclose(summary);
	summary = nullptr;
}

void
Bail(const char *format, ...)
{
	va_list arguments;

	fflush(stdout);
	fprintf(stderr, "\n%s: ", report_program);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(2);
}
