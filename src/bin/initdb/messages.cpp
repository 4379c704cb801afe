/*
 * messages.cpp
 *		Complaints of initdb (options.h).
 *
 * Client program.
 */
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>

#include "options.h"

namespace
{

void (*failure_callback)() = nullptr;

void
print(const char *kind, const char *format, va_list args)
{
	fflush(stdout);
	fprintf(stderr, "%s: %s: ", kProgram, kind);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

[[noreturn]] void
leave()
{
	if (void (*callback)() = failure_callback)
	{
		failure_callback = nullptr;
		callback();
	}
	exit(1);
}

volatile sig_atomic_t caught_signal = 0;

void
note_signal(int)
{
	caught_signal = 1;
}

} /* namespace */

void
CatchSignals()
{
	for (int number : {SIGHUP, SIGINT, SIGQUIT, SIGTERM})
		signal(number, note_signal);
	signal(SIGPIPE, SIG_IGN);
}

void
StepDone()
{
	puts(caught_signal ? "caught signal" : "ok");
	if (caught_signal)
		leave();
}

void
OnFailure(void (*callback)())
{
	failure_callback = callback;
}

void
Fail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print("error", format, args);
	va_end(args);
	leave();
}

void
FailWithHint(const char *hint, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print("error", format, args);
	va_end(args);
	Hint("%s", hint);
	leave();
}

void
Warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print("warning", format, args);
	va_end(args);
}

void
Hint(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print("hint", format, args);
	va_end(args);
}
