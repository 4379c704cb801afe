/*
 * files.cpp
 *		Paths of the engine's files, and durable changes of folders.
 *
 * Runs in backends, the startup process, the checkpointer and the bootstrap.  Must never open a
 * database or -shm file.
 */
#include "files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <memory>

#include "miscadmin.h"
#include "utils/error/report.h"

namespace pg::sqlite
{

namespace
{

constexpr const char *kNewSuffix = ".new";

struct CloseFolder
{
	void operator()(DIR *folder) const { closedir(folder); }
};

std::string
under_data_directory(const std::string &path)
{
	return DataDir != nullptr ? std::string(DataDir) + "/" + path : path;
}

std::vector<std::string>
entries_of(const std::string &path)
{
	std::vector<std::string> names;
	const std::unique_ptr<DIR, CloseFolder> folder(opendir(path.c_str()));

	if (folder == nullptr)
		return names;
	while (const dirent *entry = readdir(folder.get()))
	{
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			names.emplace_back(entry->d_name);
	}
	return names;
}

} /* namespace */

std::string
BaseFolder()
{
	return under_data_directory("base");
}

std::string
DatabaseFolder(Oid oid)
{
	return under_data_directory(oid == 0 ? std::string("global") : "base/" + std::to_string(oid));
}

std::string
NewDatabaseFolder(Oid oid)
{
	return DatabaseFolder(oid) + kNewSuffix;
}

std::string
DatabasePath(Oid oid)
{
	return DatabaseFolder(oid) + (oid == 0 ? "/global.sqlite" : "/database.sqlite");
}

bool
FileExists(const std::string &path)
{
	struct stat status;

	return stat(path.c_str(), &status) == 0;
}

int64
FileSize(const std::string &path)
{
	struct stat status;

	return stat(path.c_str(), &status) == 0 ? status.st_size : 0;
}

bool
HasLog(const std::string &database)
{
	return FileExists(database) && FileSize(database + "-wal") > 0;
}

void
MakeFolder(const std::string &path)
{
	if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
		Raise(Report(ERROR, errno == ENOSPC ? ERRCODE_DISK_FULL : ERRCODE_IO_ERROR)
				  .msg("could not create directory \"%s\": %m", path.c_str()));
}

void
RemoveFolder(const std::string &path) noexcept
{
	for (const std::string &name : entries_of(path))
	{
		const std::string file = path + "/" + name;

		if (unlink(file.c_str()) != 0 && errno != ENOENT)
			Report(LOG).msg("could not remove file \"%s\": %m", file.c_str()).emit();
	}
	if (rmdir(path.c_str()) != 0 && errno != ENOENT)
		Report(LOG).msg("could not remove directory \"%s\": %m", path.c_str()).emit();
}

void
SyncPath(const std::string &path)
{
	if (!enableFsync)
		return;

	const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		Raise(Report(ERROR, ERRCODE_IO_ERROR).msg("could not open file \"%s\": %m", path.c_str()));

	const int result = fsync(fd);
	const int saved_errno = errno;

	close(fd);
	errno = saved_errno;
	if (result != 0)
		Raise(Report(PANIC, ERRCODE_IO_ERROR).msg("could not fsync file \"%s\": %m", path.c_str()));
}

void
RenameFolder(const std::string &from, const std::string &to)
{
	if (rename(from.c_str(), to.c_str()) != 0)
		Raise(Report(ERROR, ERRCODE_IO_ERROR)
				  .msg("could not rename file \"%s\" to \"%s\": %m", from.c_str(), to.c_str()));
}

std::vector<Oid>
DatabasesOnDisk()
{
	std::vector<Oid> oids;

	for (const std::string &name : entries_of(BaseFolder()))
	{
		Oid oid = 0;
		const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), oid);

		if (error == std::errc() && *end == '\0' && oid != 0 && FileExists(DatabasePath(oid)))
			oids.push_back(oid);
	}
	std::sort(oids.begin(), oids.end());
	return oids;
}

void
RemoveHalfMadeDatabases()
{
	const std::string base = BaseFolder();

	for (const std::string &name : entries_of(base))
	{
		if (name.ends_with(kNewSuffix))
			RemoveFolder(base + "/" + name);
	}
}

} /* namespace pg::sqlite */
