/*
 * utils/error/logger_main.cpp
 *		The logging collector's process: reads the pipe, writes and rotates the log files.
 *
 * It holds no shared memory, takes no lock, and outlives the postmaster until all writers are gone.
 * Its own reports go into its files.  It must not exit on an error: others' messages would be lost.
 */
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "miscadmin.h"
#include "port/os.h"
#include "utils/error/logger_internals.h"
#include "utils/error/report.h"
#include "utils/guc.h"
#include "utils/time/zone.h"

namespace pg
{
namespace logger
{

namespace
{

constexpr size_t kDestinationCount = static_cast<size_t>(LogDestination::Count);
constexpr const char *kNames[kDestinationCount] = {"stderr", "csvlog", "jsonlog"};
constexpr const char *kSuffixes[kDestinationCount] = {nullptr, ".csv", ".json"};
constexpr int kDestinationBits[kDestinationCount] = {LOG_DESTINATION_STDERR, LOG_DESTINATION_CSVLOG,
													 LOG_DESTINATION_JSONLOG};

struct LogFile
{
	int fd = -1;
	std::string name;
	off_t size = 0;
};

LogFile files[kDestinationCount];
pg_time_t next_rotation = 0;
volatile sig_atomic_t reload_pending = 0;
volatile sig_atomic_t rotate_pending = 0;

LogFile &
file_of(LogDestination destination)
{
	return files[static_cast<size_t>(destination)];
}

pg_time_t
now_seconds()
{
	return os.realtime_usec() / 1000000;
}

/* The file name of log_filename at an instant, in log_timezone. */
std::string
file_name(pg_time_t at, const char *suffix)
{
	char text[MAXPGPATH];
	std::string name = std::string(Log_directory) + "/";
	const LocalTime local = LogTimeZone().local_time(at);
	struct pg_tm tm = {};

	tm.tm_sec = local.second;
	tm.tm_min = local.minute;
	tm.tm_hour = local.hour;
	tm.tm_mday = local.day;
	tm.tm_mon = local.month - 1;
	tm.tm_year = local.year - 1900;
	tm.tm_wday = local.weekday;
	tm.tm_yday = local.yearday;
	tm.tm_isdst = local.is_dst ? 1 : 0;
	tm.tm_gmtoff = local.utc_offset;
	tm.tm_zone = local.abbreviation;
	text[0] = '\0';
	pg_strftime(text, sizeof(text), Log_filename, &tm);
	name += text;
	if (suffix != nullptr)
	{
		if (name.ends_with(".log"))
			name.resize(name.size() - 4);
		name += suffix;
	}
	return name;
}

int
open_file(const std::string &name, bool truncate, int failure_level)
{
	const mode_t mode = static_cast<mode_t>(Log_file_mode) | S_IWUSR;
	const mode_t former = umask(static_cast<mode_t>(~mode) & 0777);
	const int fd = open(name.c_str(),
						O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (truncate ? O_TRUNC : 0), mode);
	const int open_errno = errno;

	umask(former);
	if (fd < 0)
	{
		errno = open_errno;
		Report(failure_level)
			.code_for_file_access()
			.msg("could not open log file \"%s\": %m", name.c_str())
			.emit();
	}
	return fd;
}

/* current_logfiles tells pg_current_logfile() and people which files are being written. */
void
write_current_logfiles()
{
	const std::string temporary = std::string(kCurrentLogfiles) + ".tmp";
	FILE *out = fopen(temporary.c_str(), "w");

	if (out == nullptr)
	{
		Report(LOG)
			.code_for_file_access()
			.msg("could not open file \"%s\": %m", temporary.c_str())
			.emit();
		return;
	}
	for (size_t i = 0; i < kDestinationCount; i++)
	{
		if (files[i].fd >= 0)
			fprintf(out, "%s %s\n", kNames[i], files[i].name.c_str());
	}
	const bool good = ferror(out) == 0;

	if (fclose(out) != 0 || !good || rename(temporary.c_str(), kCurrentLogfiles) != 0)
		Report(LOG)
			.code_for_file_access()
			.msg("could not write file \"%s\": %m", kCurrentLogfiles)
			.emit();
}

/* The stderr file is always open: it takes what has no other place. */
bool
should_be_open(size_t i)
{
	return i == 0 || (Log_destination & kDestinationBits[i]) != 0;
}

void
close_file(LogFile &file)
{
	if (file.fd >= 0)
		close(file.fd);
	file = LogFile{};
}

/* Opens, or exchanges, one destination's file. The old one stays when the new one cannot be opened. */
void
change_file(size_t i, pg_time_t at, bool by_time, int failure_level)
{
	LogFile &file = files[i];
	const std::string name = file_name(at, kSuffixes[i]);
	const bool truncate =
		Log_truncate_on_rotation && by_time && !file.name.empty() && file.name != name;
	const int fd = open_file(name, truncate, failure_level);

	if (fd < 0)
		return;
	close_file(file);
	file.fd = fd;
	file.name = name;

	struct stat status;

	file.size = fstat(fd, &status) == 0 ? status.st_size : 0;
}

void
set_next_rotation()
{
	if (Log_RotationAge <= 0)
		return;

	/* On multiples of the interval, as local clocks show them. */
	const pg_time_t interval = static_cast<pg_time_t>(Log_RotationAge) * SECS_PER_MINUTE;
	const pg_time_t now = now_seconds();
	const pg_time_t offset = LogTimeZone().rule_at(now).utc_offset;

	next_rotation = (now + offset) / interval * interval + interval - offset;
}

void
rotate(bool by_time, bool by_size_only)
{
	/* A file that is due by time bears the time it was due at. */
	const pg_time_t at = by_time ? next_rotation : now_seconds();
	const off_t limit = static_cast<off_t>(Log_RotationSize) * 1024;

	for (size_t i = 0; i < kDestinationCount; i++)
	{
		if (!should_be_open(i))
			close_file(files[i]);
		else if (files[i].fd < 0 || !by_size_only || files[i].size >= limit)
			change_file(i, at, by_time, LOG);
	}
	write_current_logfiles();
	set_next_rotation();
}

bool
some_file_is_full()
{
	if (Log_RotationSize <= 0)
		return false;
	for (const LogFile &file : files)
	{
		if (file.fd >= 0 && file.size >= static_cast<off_t>(Log_RotationSize) * 1024)
			return true;
	}
	return false;
}

void
rotate_if_due()
{
	const bool by_request = rotate_pending != 0;
	const bool by_time = Log_RotationAge > 0 && now_seconds() >= next_rotation;
	const bool by_size = some_file_is_full();

	rotate_pending = 0;
	if (by_request || by_time || by_size)
		rotate(by_time, !by_request && !by_time);
}

void
reload()
{
	const std::string directory = Log_directory;
	const std::string pattern = Log_filename;
	const int age = Log_RotationAge;

	reload_pending = 0;
	ProcessConfigFile(PGC_SIGHUP);
	if (directory != Log_directory)
		mkdir(Log_directory, 0700);
	if (age != Log_RotationAge)
		set_next_rotation();

	bool destinations_changed = false;

	for (size_t i = 0; i < kDestinationCount; i++)
		destinations_changed |= should_be_open(i) != (files[i].fd >= 0);
	if (directory != Log_directory || pattern != Log_filename || destinations_changed)
		rotate_pending = 1;
}

extern "C"
{
	static void handle_reload(int) noexcept
	{
		reload_pending = 1;
	}

	static void handle_rotate(int) noexcept
	{
		rotate_pending = 1;
	}
}

void
set_handler(int signo, void (*handler)(int))
{
	struct sigaction action = {};

	action.sa_handler = handler;
	sigemptyset(&action.sa_mask);
	sigaction(signo, &action, nullptr);
}

/* Signals stay blocked but for the wait itself, so none is missed between test and wait. */
void
install_signals(sigset_t &while_waiting)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, nullptr);
	set_handler(SIGHUP, handle_reload);
	set_handler(SIGUSR1, handle_rotate);
	for (int ignored : {SIGINT, SIGTERM, SIGQUIT, SIGALRM, SIGPIPE, SIGUSR2, SIGTTIN, SIGTTOU})
		set_handler(ignored, SIG_IGN);
	set_handler(SIGCHLD, SIG_DFL);
	sigemptyset(&while_waiting);
}

/* stderr must not keep the pipe open, or its end would never be seen. */
void
leave_writers()
{
	const int null_fd = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (null_fd >= 0)
	{
		dup2(null_fd, STDOUT_FILENO);
		dup2(null_fd, STDERR_FILENO);
		close(null_fd);
	}
	if (pipe_ends[1] >= 0)
		close(pipe_ends[1]);
	pipe_ends[1] = -1;
}

int
wait_time_ms()
{
	if (Log_RotationAge <= 0)
		return -1;
	return static_cast<int>(Min(Max(next_rotation - now_seconds(), 0), 3600) * 1000);
}

/* Waits for bytes or a signal; false at the end of the pipe. */
bool
read_some(ChunkJoiner &joiner, const sigset_t &while_waiting)
{
	pollfd in = {pipe_ends[0], POLLIN, 0};
	const int timeout_ms = wait_time_ms();
	const timespec timeout = {timeout_ms / 1000, 0};
	char buffer[2 * kChunkSize];

	if (ppoll(&in, 1, timeout_ms < 0 ? nullptr : &timeout, &while_waiting) <= 0)
		return true;

	const ssize_t n = read(pipe_ends[0], buffer, sizeof(buffer));

	if (n > 0)
		joiner.feed({buffer, static_cast<size_t>(n)});
	return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

} /* namespace */

void
ChunkJoiner::feed(std::string_view bytes)
{
	rest_ += bytes;

	std::string_view rest = rest_;

	while (!rest.empty())
	{
		ChunkHeader header;
		const size_t start = rest.find('\0');

		/* Plain text up to where a chunk may begin. */
		if (start != 0)
		{
			sink_(LogDestination::Stderr, rest.substr(0, start));
			rest.remove_prefix(Min(start, rest.size()));
			continue;
		}
		if (rest.size() < sizeof(header))
			break;
		memcpy(&header, rest.data(), sizeof(header));
		if (header.mark != kChunkMark || header.length > sizeof(Chunk::data) ||
			header.destination >= kDestinationCount)
		{
			sink_(LogDestination::Stderr, rest.substr(0, 1));
			rest.remove_prefix(1);
			continue;
		}
		if (rest.size() < sizeof(header) + header.length)
			break;
		take_chunk(header, rest.substr(sizeof(header), header.length));
		rest.remove_prefix(sizeof(header) + header.length);
	}
	rest_.erase(0, rest_.size() - rest.size());
}

void
ChunkJoiner::take_chunk(const ChunkHeader &header, std::string_view data)
{
	const auto destination = static_cast<LogDestination>(header.destination);
	const auto key = std::make_pair(header.pid, header.destination);
	const auto begun = unfinished_.find(key);

	if (header.is_last != 0 && begun == unfinished_.end())
	{
		sink_(destination, data);
		return;
	}
	std::string &text = begun != unfinished_.end() ? begun->second : unfinished_[key];

	text += data;
	if (header.is_last != 0)
	{
		sink_(destination, text);
		unfinished_.erase(key);
	}
}

void
ChunkJoiner::finish()
{
	for (const auto &[key, text] : unfinished_)
		sink_(static_cast<LogDestination>(key.second), text);
	unfinished_.clear();
	if (!rest_.empty())
		sink_(LogDestination::Stderr, rest_);
	rest_.clear();
}

void
WriteToFile(LogDestination destination, std::string_view text) noexcept
{
	LogFile &wanted = file_of(destination);
	LogFile &file = wanted.fd >= 0 ? wanted : file_of(LogDestination::Stderr);

	while (!text.empty() && file.fd >= 0)
	{
		const ssize_t n = write(file.fd, text.data(), text.size());

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		file.size += n;
		text.remove_prefix(static_cast<size_t>(n));
	}
}

void
OpenFirstFiles()
{
	const pg_time_t now = now_seconds();

	if (files[0].fd >= 0)
		return;
	for (size_t i = 0; i < kDestinationCount; i++)
	{
		if (should_be_open(i))
			change_file(i, now, false, FATAL);
	}
	write_current_logfiles();
}

void
CloseFiles() noexcept
{
	for (LogFile &file : files)
		close_file(file);
}

} /* namespace logger */

void
LoggerMain()
{
	using namespace logger;

	sigset_t while_waiting;
	ChunkJoiner joiner(WriteToFile);

	is_logger = true;
	install_signals(while_waiting);
	leave_writers();
	if (file_of(LogDestination::Stderr).fd < 0)
		rotate(false, false); /* started anew, after the postmaster closed the files */
	set_next_rotation();
	do
	{
		try
		{
			if (reload_pending != 0)
				reload();
			rotate_if_due();
		}
		catch (const PgError &error)
		{
			EmitCaught(error);
		}
	} while (read_some(joiner, while_waiting));
	joiner.finish();
	CloseFiles();
	_exit(0);
}

} /* namespace pg */
