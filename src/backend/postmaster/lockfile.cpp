/*
 * postmaster/lockfile.cpp
 *		Lock files and the lock that outlives the postmaster (lockfile.h).
 *
 * Runs in the postmaster, while it starts and ends, and once a minute.  Never called with children
 * forked by another server; never removes a file that another living process claims.
 */
#include "postmaster/lockfile.h"

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>
#include <vector>

#include "common/process_alive.h"
#include "common/read_file.h"
#include "miscadmin.h"
#include "postmaster/pm_settings.h"
#include "utils/error/report.h"

namespace pg
{

namespace
{

constexpr const char kPidFile[] = "postmaster.pid";
constexpr const char kLockedFile[] = "PG_VERSION";
constexpr int kAttempts = 100;
constexpr size_t kMaxLockFile = 8192;

int lock_fd = -1; /* PG_VERSION, locked; shared with the children */

/* What RemoveLockFiles removes, in the order of creation. */
std::vector<std::string> &
lock_files()
{
	static std::vector<std::string> files;

	return files;
}

std::vector<std::string> &
socket_files()
{
	static std::vector<std::string> files;

	return files;
}

bool
write_all(int fd, std::string_view text)
{
	ssize_t written = write(fd, text.data(), text.size());

	if (written == static_cast<ssize_t>(text.size()))
		return true;
	if (written >= 0)
		errno = ENOSPC;
	return false;
}

/* A process of that pid lives and is not ourselves or who started us. */
bool
is_other_living_process(pid_t pid)
{
	if (pid == getpid() || pid == getppid())
		return false;
	return IsProcessAlive(pid) || (errno != ESRCH && errno != EPERM);
}

struct LockFileWords
{
	const char *path;
	bool is_data_dir;
	std::string object; /* data directory or socket file */
};

/* The lock file exists: FATAL when its owner lives, otherwise removes it. */
void
examine_existing(const LockFileWords &words)
{
	std::string content;

	if (!ReadWholeFile(words.path, &content, kMaxLockFile))
	{
		if (errno == ENOENT)
			return; /* it went away: try again */
		Report(FATAL)
			.code_for_file_access()
			.msg("could not open lock file \"%s\": %m", words.path)
			.emit();
	}
	if (content.empty())
		Report(FATAL, ERRCODE_LOCK_FILE_EXISTS)
			.msg("lock file \"%s\" is empty", words.path)
			.hint("Either another server is starting, or the lock file is the remnant of a "
				  "previous server "
				  "startup crash.")
			.emit();

	pid_t owner = ParseLockFilePid(content);

	if (owner == 0)
		Report(FATAL)
			.msg("bogus data in lock file \"%s\": \"%s\"", words.path, content.c_str())
			.emit();
	if (is_other_living_process(owner < 0 ? -owner : owner))
	{
		const char *program = owner < 0 ? "postgres" : "postmaster";
		const char *doing = words.is_data_dir ? "running in data directory" : "using socket file";

		Report(FATAL, ERRCODE_LOCK_FILE_EXISTS)
			.msg("lock file \"%s\" already exists", words.path)
			.hint("Is another %s (PID %d) %s \"%s\"?", program, owner < 0 ? -owner : owner, doing,
				  words.object.c_str())
			.emit();
	}
	if (unlink(words.path) < 0 && errno != ENOENT)
		Report(FATAL)
			.code_for_file_access()
			.msg("could not remove old lock file \"%s\": %m", words.path)
			.hint("The file seems accidentally left over, but it could not be removed. Please "
				  "remove the file "
				  "by hand and try again.")
			.emit();
}

/* Creates the file, which must not exist, with this content. */
void
create_lock_file(const LockFileWords &words, std::string_view content)
{
	int fd = -1;

	for (int attempt = 0; fd < 0; attempt++)
	{
		fd = open(words.path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, PgFileMode());
		if (fd >= 0)
			break;
		if ((errno != EEXIST && errno != EACCES) || attempt >= kAttempts)
			Report(FATAL)
				.code_for_file_access()
				.msg("could not create lock file \"%s\": %m", words.path)
				.emit();
		examine_existing(words);
	}
	if (!write_all(fd, content) || fsync(fd) != 0 || close(fd) != 0)
	{
		Report report(FATAL);

		unlink(words.path);
		report.code_for_file_access()
			.msg("could not write lock file \"%s\": %m", words.path)
			.emit();
	}
	lock_files().emplace_back(words.path);
}

/* Another server's processes hold PG_VERSION. Says whose, and ends. */
void
report_locked_directory()
{
	LockFileWords words{kPidFile, true, DataDir};
	struct stat directory = {};
	std::string content;

	if (ReadWholeFile(kPidFile, &content, kMaxLockFile) && ParseLockFilePid(content) != 0 &&
		is_other_living_process(std::abs(ParseLockFilePid(content))))
		examine_existing(words);
	stat(".", &directory);
	Report(FATAL, ERRCODE_LOCK_FILE_EXISTS)
		.msg("pre-existing shared memory block (key %lu, ID %lu) is still in use",
			 static_cast<unsigned long>(directory.st_ino), 0ul)
		.hint("Terminate any old server processes associated with data directory \"%s\".", DataDir)
		.emit();
}

void
take_directory_lock()
{
	int fd = open(kLockedFile, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		Report(FATAL)
			.code_for_file_access()
			.msg("could not open file \"%s\": %m", kLockedFile)
			.emit();
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
	{
		lock_fd = fd;
		return;
	}
	if (errno != EWOULDBLOCK)
		Report(FATAL)
			.code_for_file_access()
			.msg("could not lock file \"%s\": %m", kLockedFile)
			.emit();
	close(fd);
	report_locked_directory();
}

} /* namespace */

pid_t
ParseLockFilePid(std::string_view content)
{
	pid_t pid = 0;

	while (!content.empty() && content.front() == ' ')
		content.remove_prefix(1);
	auto result = std::from_chars(content.data(), content.data() + content.size(), pid);

	return result.ec == std::errc() ? pid : 0;
}

std::string
WithLine(std::string_view content, int line, std::string_view text)
{
	std::string result;

	for (int number = 1; number < line; number++)
	{
		size_t end = content.find('\n');

		result.append(content.substr(0, end));
		result.push_back('\n');
		content = end == std::string_view::npos ? std::string_view() : content.substr(end + 1);
	}
	result.append(text);
	result.push_back('\n');

	size_t end = content.find('\n');

	if (end != std::string_view::npos)
		result.append(content.substr(end + 1));
	return result;
}

void
CreateDataDirLock()
{
	char content[kMaxLockFile];
	struct stat directory = {};

	take_directory_lock();
	stat(".", &directory);
	snprintf(content, sizeof(content), "%d\n%s\n%ld\n%d\n", static_cast<int>(getpid()), DataDir,
			 static_cast<long>(MyStartTime), PostPortNumber);
	create_lock_file({kPidFile, true, DataDir}, content);

	snprintf(content, sizeof(content), "%9lu %9lu", static_cast<unsigned long>(directory.st_ino),
			 0ul);
	SetLockFileLine(LockFileLine::ShmemKey, content);
}

void
CreateSocketLock(const std::string &socket_file)
{
	std::string path = socket_file + ".lock";
	char content[kMaxLockFile];

	snprintf(content, sizeof(content), "%d\n%s\n%ld\n%d\n%s\n", static_cast<int>(getpid()), DataDir,
			 static_cast<long>(MyStartTime), PostPortNumber,
			 socket_file.substr(0, socket_file.find_last_of('/')).c_str());
	create_lock_file({path.c_str(), false, socket_file}, content);
	unlink(socket_file.c_str());
	socket_files().push_back(socket_file);
}

void
SetLockFileLine(LockFileLine line, std::string_view text)
{
	std::string content;

	if (!ReadWholeFile(kPidFile, &content, kMaxLockFile))
	{
		Report(LOG).code_for_file_access().msg("could not open file \"%s\": %m", kPidFile).emit();
		return;
	}
	content = WithLine(content, static_cast<int>(line), text);

	/* In place: readers of other lines must never see the file missing or short. */
	int fd = open(kPidFile, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || !write_all(fd, content))
		Report(LOG)
			.code_for_file_access()
			.msg("could not write to file \"%s\": %m", kPidFile)
			.emit();
	if (fd >= 0)
		close(fd);
}

bool
DataDirLockIsOurs()
{
	std::string content;

	if (!ReadWholeFile(kPidFile, &content, kMaxLockFile))
	{
		Report(LOG)
			.code_for_file_access()
			.msg("could not open file \"%s\": %m%s", kPidFile,
				 errno == ENOENT || errno == ENOTDIR ? "" : "; continuing anyway")
			.emit();
		return errno != ENOENT && errno != ENOTDIR;
	}

	pid_t owner = ParseLockFilePid(content);

	if (owner == getpid())
		return true;
	Report(LOG)
		.msg("lock file \"%s\" contains wrong PID: %ld instead of %ld", kPidFile,
			 static_cast<long>(owner), static_cast<long>(getpid()))
		.emit();
	return false;
}

void
TouchSocketLocks()
{
	for (const std::string &path : lock_files())
		if (path != kPidFile)
			utime(path.c_str(), nullptr);
	for (const std::string &path : socket_files())
		utime(path.c_str(), nullptr);
}

void
LeaveDataDirLock() noexcept
{
	if (lock_fd >= 0)
		close(lock_fd);
	lock_fd = -1;
}

void
RemoveLockFiles() noexcept
{
	for (const std::string &path : socket_files())
		unlink(path.c_str());

	/* Before postmaster.pid goes: who sees it gone may start the next server at once. */
	LeaveDataDirLock();
	for (auto path = lock_files().rbegin(); path != lock_files().rend(); ++path)
		unlink(path->c_str());
	lock_files().clear();
	socket_files().clear();
	Report(LOG).msg("database system is shut down").emit();
}

} /* namespace pg */
