/*
 * postmaster/stopped_file.cpp
 *		Reads and rewrites the file of workers that were stopped on purpose (stopped_file.h).
 *
 * The postmaster reads at its start; backends write.  The postmaster never waits for the disk on its account.
 */
#include "postgres.h"

#include "postmaster/stopped_file.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/file.h>
#include <unistd.h>

#include "common/rule_file.h"
#include "postmaster/pm_settings.h"
#include "utils/error/report.h"

namespace pg
{

namespace
{

constexpr const char kFolder[] = "global";
constexpr const char kPath[] = "global/pg_bgworker_stopped";
constexpr const char kTemporary[] = "global/pg_bgworker_stopped.tmp";
constexpr const char kHead[] = "# Background workers that were stopped on purpose. Do not edit.\n";
constexpr size_t kFields = 4;

/* The postmaster's, read at its start. Never destroyed. */
std::vector<std::string> *stopped_lines = nullptr;

void
append_quoted(std::string &line, std::string_view text)
{
	line += '"';
	for (char c : text)
	{
		char escaped[4];

		if (c >= ' ' && c <= '~' && c != '"' && c != '%' && c != '\\')
		{
			line += c;
			continue;
		}
		snprintf(escaped, sizeof(escaped), "%%%02X", static_cast<unsigned char>(c));
		line += escaped;
	}
	line += "\" ";
}

std::string
read_whole(const char *path)
{
	std::ifstream file(path);
	std::stringstream text;

	if (file)
		text << file.rdbuf();
	return text.str();
}

/* Keeps two writers apart, and can put the folder's entries on disk. */
class FolderLock
{
public:
	FolderLock() : fd_(open(kFolder, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
	{
		if (fd_ < 0 || flock(fd_, LOCK_EX) != 0)
			Raise(Report(ERROR).code_for_file_access().msg("could not lock directory \"%s\": %m",
														   kFolder));
	}
	~FolderLock() { close(fd_); }
	FolderLock(const FolderLock &) = delete;
	FolderLock &operator=(const FolderLock &) = delete;

	void sync() const
	{
		if (fsync(fd_) != 0 && errno != EBADF && errno != EINVAL)
			Raise(Report(ERROR).code_for_file_access().msg("could not fsync file \"%s\": %m",
														   kFolder));
	}

private:
	int fd_;
};

void
write_whole(const std::string &text)
{
	const int fd = open(kTemporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, PgFileMode());

	if (fd < 0)
		Raise(Report(ERROR).code_for_file_access().msg("could not create file \"%s\": %m",
													   kTemporary));

	bool good = write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());

	good = good && fsync(fd) == 0;
	good = close(fd) == 0 && good;
	if (!good || rename(kTemporary, kPath) != 0)
	{
		Report report(ERROR);

		unlink(kTemporary);
		Raise(report.code_for_file_access().msg("could not write file \"%s\": %m", kPath));
	}
}

} /* namespace */

std::string
StoppedLine(const BackgroundWorker &worker)
{
	std::string line;

	append_quoted(line, {worker.bgw_library_name,
						 strnlen(worker.bgw_library_name, sizeof(worker.bgw_library_name))});
	append_quoted(line, {worker.bgw_function_name,
						 strnlen(worker.bgw_function_name, sizeof(worker.bgw_function_name))});
	append_quoted(line, {worker.bgw_name, strnlen(worker.bgw_name, sizeof(worker.bgw_name))});
	return line + std::to_string(worker.bgw_main_arg);
}

std::vector<std::string>
ReadStoppedLines(std::string_view text, std::vector<int> *bad)
{
	std::vector<std::string> lines;

	for (const RuleLine &line : LexRules(text))
	{
		std::string written;

		if (!line.error.empty() || line.fields.size() != kFields)
		{
			bad->push_back(line.line);
			continue;
		}
		for (size_t i = 0; i + 1 < kFields; i++)
			written += "\"" + line.fields[i][0].text + "\" ";
		lines.push_back(written + line.fields[kFields - 1][0].text);
	}
	return lines;
}

void
LoadStoppedWorkers()
{
	std::vector<int> bad;

	stopped_lines = new std::vector<std::string>(ReadStoppedLines(read_whole(kPath), &bad));
	for (int line : bad)
		Report(LOG, ERRCODE_DATA_CORRUPTED)
			.msg("invalid line in file \"%s\"", kPath)
			.context("line %d of file \"%s\"", line, kPath)
			.emit();
}

bool
IsStoppedWorker(const BackgroundWorker &worker)
{
	return stopped_lines != nullptr && !stopped_lines->empty() &&
		   std::ranges::find(*stopped_lines, StoppedLine(worker)) != stopped_lines->end();
}

void
RememberStopped(const BackgroundWorker &worker, bool stopped)
{
	const FolderLock lock;
	const std::string own = StoppedLine(worker);
	std::vector<int> bad;
	std::vector<std::string> lines = ReadStoppedLines(read_whole(kPath), &bad);
	std::string text = kHead;

	if ((std::ranges::find(lines, own) != lines.end()) == stopped)
		return;
	std::erase(lines, own);
	if (stopped)
		lines.push_back(own);
	for (const std::string &line : lines)
		text += line + "\n";
	write_whole(text);
	lock.sync();
}

} /* namespace pg */
