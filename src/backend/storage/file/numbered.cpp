/*
 * storage/file/numbered.cpp
 *		Files by number, which stay open from one transaction to the next (storage/fd.h).
 *
 * Every process.  Each is one descriptor of the system: there are as many as that gives.
 */
#include "storage/fd.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "storage/file/held.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/wait_event.h"

namespace pg
{
namespace
{

struct NumberedFile
{
	int fd = -1; /* -1: free */
	int flags = 0;
	mode_t mode = 0;
	bool until_transaction_end = false;
	std::string path;
};

std::vector<NumberedFile> &
files()
{
	static auto &list = *new std::vector<NumberedFile>;

	return list;
}

NumberedFile &
file_of(File file)
{
	if (file < 0 || static_cast<size_t>(file) >= files().size() ||
		files()[static_cast<size_t>(file)].fd < 0)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("file %d is not open", file));
	return files()[static_cast<size_t>(file)];
}

File
keep(NumberedFile &&opened)
{
	for (size_t i = 0; i < files().size(); i++)
	{
		if (files()[i].fd >= 0)
			continue;
		files()[i] = std::move(opened);
		return static_cast<File>(i);
	}
	files().push_back(std::move(opened));
	return static_cast<File>(files().size() - 1);
}

File
open_numbered(const char *path, int flags, mode_t mode)
{
	const int fd = BasicOpenFilePerm(path, flags, mode);

	return fd < 0 ? -1 : keep({fd, flags, mode, false, path});
}

File
open_temporary(bool inter_transaction)
{
	std::string path = "base/pgsql_tmp";

	if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
		ReportFileProblem(ERROR, "could not create directory \"%s\": %m", path.c_str());
	path += "/pgsql_tmpXXXXXX";

	const int fd = mkostemp(path.data(), O_CLOEXEC);

	if (fd < 0)
		ReportFileProblem(ERROR, "could not create temporary file \"%s\": %m", path.c_str());
	/* Nobody opens it by name. */
	unlink(path.c_str());
	if (!inter_transaction)
		WatchTransactions();
	return keep({fd, O_RDWR, 0600, !inter_transaction, std::move(path)});
}

/* One system call on a file, shown as a wait. */
template <typename Call>
auto
waiting(File file, uint32 wait_event_info, Call call)
{
	return FromC(
		[&]
		{
			const int fd = file_of(file).fd;

			pgstat_report_wait_start(wait_event_info);
			const auto result = call(fd);
			pgstat_report_wait_end();
			return result;
		});
}

} /* namespace */

void
CloseTemporaryFiles() noexcept
{
	for (NumberedFile &file : files())
	{
		if (file.fd < 0 || !file.until_transaction_end)
			continue;
		close(file.fd);
		file.fd = -1;
	}
}

} /* namespace pg */

using pg::file_of;
using pg::FromC;
using pg::waiting;

File
PathNameOpenFile(const char *fileName, int fileFlags)
{
	return PathNameOpenFilePerm(fileName, fileFlags, 0600);
}

File
PathNameOpenFilePerm(const char *fileName, int fileFlags, mode_t fileMode)
{
	return FromC([&] { return pg::open_numbered(fileName, fileFlags, fileMode); });
}

File
OpenTemporaryFile(bool interXact)
{
	return FromC([&] { return pg::open_temporary(interXact); });
}

void
FileClose(File file)
{
	FromC(
		[&]
		{
			close(file_of(file).fd);
			file_of(file).fd = -1;
		});
}

int
FileRead(File file, char *buffer, int amount, off_t offset, uint32 wait_event_info)
{
	return waiting(
		file, wait_event_info,
		[&](int fd)
		{ return static_cast<int>(pread(fd, buffer, static_cast<size_t>(amount), offset)); });
}

int
FileWrite(File file, char *buffer, int amount, off_t offset, uint32 wait_event_info)
{
	return waiting(
		file, wait_event_info,
		[&](int fd)
		{ return static_cast<int>(pwrite(fd, buffer, static_cast<size_t>(amount), offset)); });
}

int
FilePrefetch(File file, off_t offset, int amount, uint32 wait_event_info)
{
	return waiting(file, wait_event_info,
				   [&](int fd) { return posix_fadvise(fd, offset, amount, POSIX_FADV_WILLNEED); });
}

int
FileSync(File file, uint32 wait_event_info)
{
	return waiting(file, wait_event_info, [](int fd) { return pg_fsync(fd); });
}

int
FileTruncate(File file, off_t offset, uint32 wait_event_info)
{
	return waiting(file, wait_event_info, [&](int fd) { return ftruncate(fd, offset); });
}

void
FileWriteback(File file, off_t offset, off_t nbytes, uint32 wait_event_info)
{
	waiting(file, wait_event_info,
			[&](int fd)
			{
				pg_flush_data(fd, offset, nbytes);
				return 0;
			});
}

off_t
FileSize(File file)
{
	return FromC(
		[&]
		{
			struct stat facts = {};

			return fstat(file_of(file).fd, &facts) == 0 ? facts.st_size : off_t{-1};
		});
}

char *
FilePathName(File file)
{
	return FromC([&] { return file_of(file).path.data(); });
}

int
FileGetRawDesc(File file)
{
	return FromC([&] { return file_of(file).fd; });
}

int
FileGetRawFlags(File file)
{
	return FromC([&] { return file_of(file).flags; });
}

mode_t
FileGetRawMode(File file)
{
	return FromC([&] { return file_of(file).mode; });
}
