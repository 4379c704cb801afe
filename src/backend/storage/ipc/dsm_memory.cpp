/*
 * dsm_memory.cpp
 *		The memory behind dynamic shared memory: file, range of addresses, allotting and mapping.
 *
 * Opened by the postmaster, used by its children.  No locks: who may touch which part is dsm.cpp's business.
 */
#include "storage/ipc/dsm_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "libpq/pqsignal.h"
#include "miscadmin.h"
#include "storage/dsm_impl.h"
#include "utils/error/report.h"
#include "utils/wait_event.h"

int dynamic_shared_memory_type = DEFAULT_DYNAMIC_SHARED_MEMORY_TYPE;
int min_dynamic_shared_memory = 0;

namespace pg
{

/* What is reserved is address space alone; a system with less to give gets along with less. */
static constexpr size_t kLargestRange = static_cast<size_t>(1) << 40;
static constexpr size_t kSmallestRange = static_cast<size_t>(1) << 26;

/* So much is allotted between two looks at interrupts. */
static constexpr size_t kAllotStep = static_cast<size_t>(64) << 20;

static char *base = nullptr;
static size_t range_size = 0;
static size_t kept_size = 0; /* min_dynamic_shared_memory: at the beginning, never given back */
static int file = -1;

size_t
DsmPageSize()
{
	static const size_t size = static_cast<size_t>(sysconf(_SC_PAGESIZE));

	return size;
}

char *
DsmBase()
{
	return base;
}

size_t
DsmRangeSize()
{
	return range_size;
}

/* A file without a name in a folder; -1 when that cannot be. */
static int
nameless_file(const char *folder)
{
	const int made = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);

	if (made >= 0)
		return made;

	/* A file system without O_TMPFILE. */
	char name[MAXPGPATH];

	snprintf(name, sizeof(name), "%s/PostgreSQL.%d.XXXXXX", folder, static_cast<int>(getpid()));

	const int named = mkostemp(name, O_CLOEXEC);

	if (named >= 0)
		unlink(name);
	return named;
}

static int
open_file()
{
	if (dynamic_shared_memory_type == DSM_IMPL_MMAP)
	{
		if (mkdir(PG_DYNSHMEM_DIR, S_IRWXU) != 0 && errno != EEXIST)
			return -1;
		return nameless_file(PG_DYNSHMEM_DIR);
	}

	const int made = nameless_file("/dev/shm");

	/* Without that file system the kernel's own, which has no limit but the memory. */
	return made >= 0 ? made : memfd_create("dynamic shared memory", MFD_CLOEXEC);
}

/* No process maps anything but this file here: the place is taken, and touching it is a fault. */
static char *
reserve(size_t size)
{
	void *at = mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return at == MAP_FAILED ? nullptr : static_cast<char *>(at);
}

static size_t
largest_file()
{
	rlimit limit;

	if (getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
		return kLargestRange;
	return std::min(kLargestRange,
					static_cast<size_t>(limit.rlim_cur) / kSmallestRange * kSmallestRange);
}

static void
reserve_range(size_t at_least)
{
	for (size_t size = largest_file(); size >= std::max(at_least, kSmallestRange); size /= 2)
	{
		size = size / DsmPageSize() * DsmPageSize();
		base = reserve(size);
		if (base == nullptr)
			continue;
		if (ftruncate(file, static_cast<off_t>(size)) == 0)
		{
			range_size = size;
			return;
		}
		munmap(base, size);
	}
	base = nullptr;
	Raise(Report(FATAL).msg("could not reserve addresses for dynamic shared memory: %m"));
}

void
OpenDsmMemory()
{
	CloseDsmMemory();
	file = open_file();
	if (file < 0)
		Raise(Report(FATAL).code_for_file_access().msg(
			"could not create a file for dynamic shared memory: %m"));

	const size_t kept = static_cast<size_t>(min_dynamic_shared_memory) << 20;

	reserve_range(kept);
	errno = kept > 0 ? AllotDsmMemory(0, kept) : 0;
	if (errno != 0)
		Raise(Report(FATAL).code_for_file_access().msg(
			"could not allocate \"%s\" = %d MB of dynamic shared memory: %m",
			"min_dynamic_shared_memory", min_dynamic_shared_memory));
	kept_size = kept;
}

void
CloseDsmMemory()
{
	if (base != nullptr)
		munmap(base, range_size);
	if (file >= 0)
		close(file);
	base = nullptr;
	range_size = 0;
	kept_size = 0;
	file = -1;
}

/* What the file system could give at most; asking for more must not first use up all there is. */
static size_t
available()
{
	struct statvfs volume;
	struct sysinfo memory;

	if (fstatvfs(file, &volume) == 0 && volume.f_blocks > 0)
		return static_cast<size_t>(volume.f_bavail) * volume.f_frsize;
	if (sysinfo(&memory) != 0)
		return SIZE_MAX;
	return (static_cast<size_t>(memory.totalram) + memory.totalswap) * memory.mem_unit;
}

static int
allot_step(off_t offset, off_t length)
{
	int outcome;

	do
		outcome = posix_fallocate(file, offset, length);
	while (outcome == EINTR);
	return outcome;
}

int
AllotDsmMemory(size_t offset, size_t length)
{
	const size_t end = offset + length;

	offset = std::max(offset, kept_size);
	if (offset < end && end - offset > available())
		return ENOSPC;
	pgstat_report_wait_start(WAIT_EVENT_DSM_FILL_ZERO_WRITE);

	int outcome = 0;

	while (offset < end && outcome == 0)
	{
		const size_t step = std::min(end - offset, kAllotStep);
		sigset_t former;

		/* A signal makes the kernel undo the step; a stream of them would never let it end. */
		sigprocmask(SIG_SETMASK, &BlockSig, &former);
		outcome = allot_step(static_cast<off_t>(offset), static_cast<off_t>(step));
		sigprocmask(SIG_SETMASK, &former, nullptr);
		offset += step;
		if (outcome == 0 && offset < end && (ProcDiePending || QueryCancelPending) &&
			InterruptHoldoffCount == 0)
			outcome = EINTR;
	}
	pgstat_report_wait_end();
	return outcome;
}

void
FreeDsmMemory(size_t offset, size_t length)
{
	const size_t end = offset + length;
	const size_t begin = std::max(offset, kept_size);

	if (begin < end)
		fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(begin),
				  static_cast<off_t>(end - begin));
}

int
MapDsmMemory(size_t offset, size_t length)
{
	void *at = mmap(base + offset, length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file,
					static_cast<off_t>(offset));

	return at == MAP_FAILED ? errno : 0;
}

void
UnmapDsmMemory(size_t offset, size_t length)
{
	/* The place stays reserved. */
	mmap(base + offset, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED,
		 -1, 0);
}

} /* namespace pg */
