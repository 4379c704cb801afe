/*
 * process.cpp
 *		Shell commands and files (process.h).
 *
 * Client program.
 */
#include "process.h"

#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>

#include "report.h"

namespace
{

pid_t
spawn(const std::string &command, bool ends_with_us)
{
	fflush(nullptr);

	pid_t parent = getpid();
	pid_t pid = fork();

	if (pid < 0)
		Bail("could not fork: %s", strerror(errno));
	if (pid > 0)
		return pid;
	if (ends_with_us)
	{
		prctl(PR_SET_PDEATHSIG, SIGINT);
		if (getppid() != parent)
			_exit(1);
	}
	execl("/bin/sh", "sh", "-c", ("exec " + command).c_str(), nullptr);
	_exit(127);
}

} /* namespace */

std::string
Quoted(const std::string &word)
{
	std::string quoted = "'";

	for (char c : word)
		quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
	return quoted + "'";
}

pid_t
Spawn(const std::string &command)
{
	return spawn(command, false);
}

pid_t
SpawnServer(const std::string &command)
{
	return spawn(command, true);
}

int
Run(const std::string &command)
{
	pid_t pid = Spawn(command);
	int status = 0;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			Bail("could not wait for a command: %s", strerror(errno));
	return status;
}

std::string
OutputOf(const std::string &command)
{
	std::unique_ptr<FILE, int (*)(FILE *)> pipe(popen(command.c_str(), "re"), pclose);
	std::string output;
	char buffer[4096];
	size_t got;

	while (pipe != nullptr && (got = fread(buffer, 1, sizeof(buffer), pipe.get())) > 0)
		output.append(buffer, got);
	return output;
}

bool
FileExists(const std::string &path)
{
	struct stat info;

	return stat(path.c_str(), &info) == 0;
}

void
WriteFile(const std::string &path, const std::string &content, const char *mode)
{
	std::unique_ptr<FILE, int (*)(FILE *)> file(fopen(path.c_str(), mode), fclose);

	if (file == nullptr ||
		fwrite(content.data(), 1, content.size(), file.get()) != content.size() ||
		fflush(file.get()) != 0)
		Bail("could not write file \"%s\": %s", path.c_str(), strerror(errno));
}
