/*
 * utils/error/syslogger.cpp
 *		Both ends of the collector's pipe: the writers' side and the start in the postmaster.
 *
 * Every process.  The collector's own loop is in logger_main.cpp.
 */
#include "utils/error/syslogger.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

#include "miscadmin.h"
#include "utils/error/logger_internals.h"
#include "utils/error/report.h"

bool Logging_collector = false;
char *Log_directory = nullptr;
char *Log_filename = nullptr;
int Log_file_mode = 0600;
int Log_RotationAge = 24 * 60;
int Log_RotationSize = 10 * 1024;
bool Log_truncate_on_rotation = false;

namespace pg
{

namespace logger
{

int pipe_ends[2] = {-1, -1};
bool redirected = false;
bool is_logger = false;
/* What stderr was before it became the pipe. */
int first_stderr = -1;

} /* namespace logger */

using namespace logger;

const char *
ShowLogFileMode()
{
	static char text[12];

	snprintf(text, sizeof(text), "%04o", Log_file_mode);
	return text;
}

namespace
{

/* Writes one chunk; false when nobody reads any more. */
bool
write_chunk(const Chunk &chunk)
{
	const size_t size = sizeof(ChunkHeader) + chunk.header.length;

	for (;;)
	{
		if (write(STDERR_FILENO, &chunk, size) >= 0)
			return true;
		if (errno != EINTR)
			return false;
	}
}

void
make_pipe()
{
	if (pipe_ends[0] >= 0)
		return;
	if (pipe2(pipe_ends, O_CLOEXEC) != 0)
	{
		pipe_ends[0] = pipe_ends[1] = -1;
		Raise(Report(FATAL).code_for_socket_access().msg("could not create pipe for syslog: %m"));
	}
}

} /* namespace */

bool
PrepareLogger()
{
	if (!Logging_collector)
	{
		unlink(kCurrentLogfiles);
		return false;
	}
	make_pipe();
	mkdir(Log_directory, 0700);
	OpenFirstFiles();
	return true;
}

void
RedirectToLogger()
{
	if (redirected)
		return;
	Report(LOG)
		.msg("redirecting log output to logging collector process")
		.hint("Future log output will appear in directory \"%s\".", Log_directory)
		.emit();
	fflush(stdout);
	fflush(stderr);
	first_stderr = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	if (dup2(pipe_ends[1], STDOUT_FILENO) < 0 || dup2(pipe_ends[1], STDERR_FILENO) < 0)
		Raise(Report(FATAL).code_for_file_access().msg("could not redirect stderr: %m"));
	close(pipe_ends[1]);
	pipe_ends[1] = -1;
	redirected = true;
}

void
LeaveLoggerPipe() noexcept
{
	CloseFiles();
	if (pipe_ends[0] >= 0)
		close(pipe_ends[0]);
	pipe_ends[0] = -1;
}

bool
LoggerReachable() noexcept
{
	return redirected || is_logger;
}

bool
SendToLogger(LogDestination destination, std::string_view text) noexcept
{
	if (is_logger)
	{
		WriteToFile(destination, text);
		return true;
	}
	if (!redirected)
		return false;

	Chunk chunk{};

	chunk.header.mark = kChunkMark;
	chunk.header.pid = MyProcPid;
	chunk.header.destination = static_cast<uint8>(destination);
	do
	{
		const size_t length = Min(text.size(), sizeof(chunk.data));

		memcpy(chunk.data, text.data(), length);
		text.remove_prefix(length);
		chunk.header.length = static_cast<uint16>(length);
		chunk.header.is_last = text.empty() ? 1 : 0;
		if (!write_chunk(chunk))
		{
			/* The collector is gone and will not come back: its postmaster is gone, too. */
			if (first_stderr >= 0)
				dup2(first_stderr, STDERR_FILENO);
			redirected = false;
			return false;
		}
	} while (!text.empty());
	return true;
}

} /* namespace pg */
