/*
 * storage/file/transient.cpp
 *		Streams, descriptors and folders that modules open for a moment (storage/fd.h).
 *
 * Every process.  Outside of transactions nothing is closed but by its owner.
 */
#include "storage/fd.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "access/xact.h"
#include "miscadmin.h"
#include "storage/file/held.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"

namespace pg
{
namespace
{

enum class Kind : uint8_t
{
	Stream,
	Pipe,
	Descriptor,
	Folder
};

struct Held
{
	Kind kind;
	SubTransactionId owner; /* InvalidSubTransactionId: opened outside of a transaction */
	void *pointer;
	int fd;
};

std::vector<Held> &
all()
{
	static auto &list = *new std::vector<Held>;

	return list;
}

int
close_held(const Held &held)
{
	switch (held.kind)
	{
		case Kind::Stream: return fclose(static_cast<FILE *>(held.pointer));
		case Kind::Pipe: return pclose(static_cast<FILE *>(held.pointer));
		case Kind::Descriptor: return close(held.fd);
		case Kind::Folder: return closedir(static_cast<DIR *>(held.pointer));
	}
	return -1;
}

/* Those of the subtransaction, or with InvalidSubTransactionId those of any; how many it were. */
int
close_all_of(SubTransactionId owner)
{
	int count = 0;

	for (size_t i = all().size(); i-- > 0;)
	{
		const Held held = all()[i];

		if (held.owner == InvalidSubTransactionId ||
			(owner != InvalidSubTransactionId && held.owner != owner))
			continue;
		all().erase(all().begin() + static_cast<ptrdiff_t>(i));
		close_held(held);
		count++;
	}
	return count;
}

void
at_transaction_end(XactEvent event, void *)
{
	if (event != XACT_EVENT_COMMIT && event != XACT_EVENT_ABORT && event != XACT_EVENT_PREPARE)
		return;

	const int left = close_all_of(InvalidSubTransactionId);

	if (left > 0 && event == XACT_EVENT_COMMIT)
		Report(WARNING, ERRCODE_WARNING)
			.msg("%d temporary files and directories not closed at end-of-transaction", left)
			.emit();
	CloseTemporaryFiles();
}

void
at_subtransaction_end(SubXactEvent event, SubTransactionId mine, SubTransactionId parent, void *)
{
	if (event == SUBXACT_EVENT_ABORT_SUB)
		close_all_of(mine);
	if (event == SUBXACT_EVENT_COMMIT_SUB)
		for (Held &held : all())
			if (held.owner == mine)
				held.owner = parent;
}

void
hold(Kind kind, void *pointer, int fd)
{
	WatchTransactions();
	all().push_back({kind,
					 IsTransactionState() ? GetCurrentSubTransactionId() : InvalidSubTransactionId,
					 pointer, fd});
}

/* Takes the entry out and closes it; what the list does not know is closed all the same. */
int
release(Kind kind, void *pointer, int fd)
{
	const auto found =
		std::find_if(all().begin(), all().end(),
					 [&](const Held &held) { return held.pointer == pointer && held.fd == fd; });

	if (found == all().end())
	{
		Report(WARNING, ERRCODE_WARNING).msg("a file that was not opened here is closed").emit();
		return close_held({kind, InvalidSubTransactionId, pointer, fd});
	}

	const Held held = *found;

	all().erase(found);
	return close_held(held);
}

} /* namespace */

void
WatchTransactions()
{
	static bool watching = false;

	if (watching)
		return;
	RegisterXactCallback(at_transaction_end, nullptr);
	RegisterSubXactCallback(at_subtransaction_end, nullptr);
	watching = true;
}

} /* namespace pg */

using pg::FromC;
using pg::hold;
using pg::Kind;
using pg::release;

FILE *
AllocateFile(const char *name, const char *mode)
{
	return FromC(
		[&]() -> FILE *
		{
			FILE *file = fopen(name, mode);

			if (file != nullptr)
				hold(Kind::Stream, file, -1);
			return file;
		});
}

int
FreeFile(FILE *file)
{
	return FromC([&] { return release(Kind::Stream, file, -1); });
}

FILE *
OpenPipeStream(const char *command, const char *mode)
{
	return FromC(
		[&]() -> FILE *
		{
			fflush(nullptr);

			FILE *file = popen(command, mode);

			if (file != nullptr)
				hold(Kind::Pipe, file, -1);
			return file;
		});
}

int
ClosePipeStream(FILE *file)
{
	return FromC([&] { return release(Kind::Pipe, file, -1); });
}

int
OpenTransientFile(const char *fileName, int fileFlags)
{
	return OpenTransientFilePerm(fileName, fileFlags, 0600);
}

int
OpenTransientFilePerm(const char *fileName, int fileFlags, mode_t fileMode)
{
	return FromC(
		[&]
		{
			const int fd = BasicOpenFilePerm(fileName, fileFlags, fileMode);

			if (fd >= 0)
				hold(Kind::Descriptor, nullptr, fd);
			return fd;
		});
}

int
CloseTransientFile(int fd)
{
	return FromC([&] { return release(Kind::Descriptor, nullptr, fd); });
}

DIR *
AllocateDir(const char *dirname)
{
	return FromC(
		[&]() -> DIR *
		{
			DIR *dir = opendir(dirname);

			if (dir != nullptr)
				hold(Kind::Folder, dir, -1);
			return dir;
		});
}

struct dirent *
ReadDir(DIR *dir, const char *dirname)
{
	return ReadDirExtended(dir, dirname, ERROR);
}

struct dirent *
ReadDirExtended(DIR *dir, const char *dirname, int elevel)
{
	return FromC([&]() -> struct dirent * {
		const char *what = dir == nullptr ? "could not open directory \"%s\": %m"
										  : "could not read directory \"%s\": %m";

		if (dir != nullptr)
		{
			errno = 0;
			if (struct dirent *entry = readdir(dir))
				return entry;
			if (errno == 0)
				return nullptr;
		}
		pg::ReportFileProblem(elevel, what, dirname);
		return nullptr;
	});
}

int
FreeDir(DIR *dir)
{
	return dir == nullptr ? 0 : FromC([&] { return release(Kind::Folder, dir, -1); });
}

int
BasicOpenFile(const char *fileName, int fileFlags)
{
	return BasicOpenFilePerm(fileName, fileFlags, 0600);
}

int
BasicOpenFilePerm(const char *fileName, int fileFlags, mode_t fileMode)
{
	return open(fileName, fileFlags | O_CLOEXEC, fileMode);
}

bool
AcquireExternalFD(void)
{
	/* Some have to stay free: for the server's own files. */
	const int spare = dup(STDERR_FILENO);
	rlimit limit = {};

	if (spare < 0)
		return false;
	close(spare);
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY &&
		static_cast<rlim_t>(spare) + 10 >= limit.rlim_cur)
	{
		errno = EMFILE;
		return false;
	}
	return true;
}

void
ReserveExternalFD(void)
{
}

void
ReleaseExternalFD(void)
{
}
