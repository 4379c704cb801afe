/*
 * server_files.cpp
 *		Reads the server's files in a data directory (server_files.h).
 *
 * Client program.  Changes nothing.
 */
#include "server_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

#include "common/process_alive.h"
#include "messages.h"

namespace
{

std::string
read_whole(const std::string &path)
{
	std::ifstream file(path);
	std::ostringstream content;

	content << file.rdbuf();
	return content.str();
}

void
require_cluster(const std::string &data_dir, bool for_status)
{
	struct stat found;
	int status = for_status ? 4 : 1;

	if (stat(data_dir.c_str(), &found) != 0)
	{
		if (errno == ENOENT)
			Complain("%s: directory \"%s\" does not exist\n", kProgram, data_dir.c_str());
		else
			Complain("%s: could not access directory \"%s\": %s\n", kProgram, data_dir.c_str(),
					 strerror(errno));
		exit(status);
	}
	if (stat(PathIn(data_dir, "PG_VERSION").c_str(), &found) != 0 && errno == ENOENT)
	{
		Complain("%s: directory \"%s\" is not a database cluster directory\n", kProgram,
				 data_dir.c_str());
		exit(status);
	}
}

} /* namespace */

std::string
PathIn(const std::string &data_dir, const char *name)
{
	return data_dir + "/" + name;
}

std::vector<std::string>
ReadPidFile(const std::string &data_dir)
{
	std::istringstream content(read_whole(PathIn(data_dir, "postmaster.pid")));
	std::vector<std::string> lines;
	std::string line;

	while (std::getline(content, line))
		lines.push_back(line);
	return lines;
}

pid_t
ReadServerPid(const std::string &data_dir, bool for_status)
{
	std::string path = PathIn(data_dir, "postmaster.pid");

	require_cluster(data_dir, for_status);
	if (access(path.c_str(), R_OK) != 0)
	{
		if (errno == ENOENT)
			return 0;
		Complain("%s: could not open PID file \"%s\": %s\n", kProgram, path.c_str(),
				 strerror(errno));
		exit(1);
	}

	std::vector<std::string> lines = ReadPidFile(data_dir);

	if (lines.empty())
	{
		if (access(path.c_str(), F_OK) != 0)
			return 0; /* it went away meanwhile */
		Complain("%s: the PID file \"%s\" is empty\n", kProgram, path.c_str());
		exit(1);
	}

	char *end;
	long pid = strtol(lines[0].c_str(), &end, 10);

	if (end == lines[0].c_str())
	{
		Complain("%s: invalid data in PID file \"%s\"\n", kProgram, path.c_str());
		exit(1);
	}
	return static_cast<pid_t>(pid);
}

bool
IsAlive(pid_t pid)
{
	return pid != getpid() && pid != getppid() && pg::IsProcessAlive(pid);
}

std::string
ReadOptionsFile(const std::string &data_dir)
{
	return read_whole(PathIn(data_dir, "postmaster.opts"));
}

std::string
ReadServerArguments(const std::string &data_dir)
{
	std::string line = ReadOptionsFile(data_dir);
	size_t end = line.find('\n');

	if (end != std::string::npos)
		line.resize(end);

	/* The program's path is not quoted, its arguments are. */
	size_t first = line.find(" \"");

	return first == std::string::npos ? "" : line.substr(first + 1);
}
