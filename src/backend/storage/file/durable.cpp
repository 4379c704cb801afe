/*
 * storage/file/durable.cpp
 *		Changes of files that survive a crash of the machine (storage/fd.h).
 *
 * Every process.  With the setting fsync off nothing is synchronised.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "miscadmin.h"
#include "storage/fd.h"
#include "storage/file/held.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"

namespace pg
{

void
ReportFileProblem(int elevel, const char *format, const char *path)
{
	const int problem = errno;

	errno = problem;
	ereport(elevel, (errcode_for_file_access(), errmsg_internal(format, path)));
	errno = problem;
}

namespace
{

/* False after a report. */
bool
sync_path(const char *path, bool is_folder, int elevel)
{
	const int fd = BasicOpenFile(path, is_folder ? O_RDONLY : O_RDWR);

	if (fd < 0)
	{
		ReportFileProblem(elevel, "could not open file \"%s\": %m", path);
		return false;
	}

	const int result = pg_fsync(fd);
	const int problem = errno;

	close(fd);
	/* Some file systems cannot do it for folders. */
	if (result == 0 || (is_folder && (problem == EBADF || problem == EINVAL)))
		return true;
	errno = problem;
	ReportFileProblem(data_sync_elevel(elevel), "could not fsync file \"%s\": %m", path);
	return false;
}

bool
sync_parent(const char *path, int elevel)
{
	const std::string text(path);
	const size_t slash = text.rfind('/');
	const std::string parent = slash == std::string::npos ? "."
							   : slash == 0				  ? "/"
														  : text.substr(0, slash);

	return sync_path(parent.c_str(), true, elevel);
}

bool
rename_durably(const char *from, const char *to, int elevel)
{
	if (!sync_path(from, false, elevel))
		return false;
	/* The file that goes, too: the crash may find it instead. */
	if (access(to, F_OK) == 0 && !sync_path(to, false, elevel))
		return false;
	if (rename(from, to) != 0)
	{
		ReportFileProblem(elevel, "could not rename file \"%s\": %m", from);
		return false;
	}
	return sync_path(to, false, elevel) && sync_parent(to, elevel);
}

bool
unlink_durably(const char *path, int elevel)
{
	if (unlink(path) != 0)
	{
		ReportFileProblem(elevel, "could not remove file \"%s\": %m", path);
		return false;
	}
	return sync_parent(path, elevel);
}

} /* namespace */
} /* namespace pg */

using pg::FromC;

bool data_sync_retry = false;

int
data_sync_elevel(int elevel)
{
	return data_sync_retry ? elevel : PANIC;
}

int
MakePGDirectory(const char *directoryName)
{
	return mkdir(directoryName, static_cast<mode_t>(data_directory_mode));
}

int
pg_fsync(int fd)
{
	return enableFsync ? fsync(fd) : 0;
}

int
pg_fsync_no_writethrough(int fd)
{
	return pg_fsync(fd);
}

int
pg_fdatasync(int fd)
{
	return enableFsync ? fdatasync(fd) : 0;
}

void
pg_flush_data(int fd, off_t offset, off_t nbytes)
{
	/* Only a hint to the system: whether it is heard does not matter. */
	if (enableFsync)
		(void) sync_file_range(fd, offset, nbytes, SYNC_FILE_RANGE_WRITE);
}

int
pg_truncate(const char *path, off_t length)
{
	return truncate(path, length);
}

void
fsync_fname(const char *fname, bool isdir)
{
	FromC([&] { (void) pg::sync_path(fname, isdir, data_sync_elevel(ERROR)); });
}

int
durable_rename(const char *oldfile, const char *newfile, int loglevel)
{
	return FromC([&] { return pg::rename_durably(oldfile, newfile, loglevel) ? 0 : -1; });
}

int
durable_unlink(const char *fname, int loglevel)
{
	return FromC([&] { return pg::unlink_durably(fname, loglevel) ? 0 : -1; });
}
