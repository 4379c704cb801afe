/*
 * storage/ipc/testing.h
 *		For unit tests that need several processes around one shared memory.  Not part of the server.
 */
#pragma once

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <new>
#include <span>
#include <vector>

#include "miscadmin.h"
#include "storage/ipc/interrupts.h"
#include "storage/ipc/ipc_internals.h"
#include "storage/ipc/latch_internals.h"
#include "storage/ipc/shmem_internals.h"
#include "storage/lmgr/proc_internals.h"

namespace pg::testing
{

/* Shared memory of the rows given, for the length of a test; the test's own process plays the postmaster. */
class SharedMemoryScope
{
public:
	explicit SharedMemoryScope(std::initializer_list<std::span<const ShmemArea>> spans)
	{
		for (const std::span<const ShmemArea> &span : spans)
			areas_.insert(areas_.end(), span.begin(), span.end());
		InitializeLatchSupport();
		PostmasterPid = getpid();
		CreateSharedMemory(areas_);
	}
	~SharedMemoryScope() { DetachSharedMemory(); }
	SharedMemoryScope(const SharedMemoryScope &) = delete;
	SharedMemoryScope &operator=(const SharedMemoryScope &) = delete;

private:
	std::vector<ShmemArea> areas_;
};

/* One T in memory that parent and children share. */
template <typename T>
class Shared
{
public:
	Shared()
	{
		void *at =
			mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

		value_ = new (at) T{};
	}
	~Shared() { munmap(value_, sizeof(T)); }
	Shared(const Shared &) = delete;
	Shared &operator=(const Shared &) = delete;
	T &operator*() { return *value_; }
	T *operator->() { return value_; }

private:
	T *value_;
};

/* Forks a child that owns a process slot (-1: none), runs body and leaves with what it returns. */
inline pid_t
StartChild(int slot, const std::function<int()> &body)
{
	if (slot >= 0)
		PmMarkSlotAssigned(slot);

	const pid_t pid = fork();

	if (pid != 0)
		return pid;
	IsUnderPostmaster = true;
	ResetExitCallbacks();
	InitializeLatchSupport();
	JoinPostmasterDeathWatch();
	/* A test that fails half-way must not leave children behind. */
	if (PostmasterDeathFd() < 0)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	InstallBackendSignals();
	if (slot >= 0)
		InitProcess(slot, B_BACKEND);

	const int code = body();

	RunShmemExitCallbacks(code);
	_exit(code);
}

/* Exit code of a child, or 1000 plus the signal that ended it. */
inline int
WaitChild(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

/* Waits until condition() holds; false when it does not within ten seconds. */
inline bool
Eventually(const std::function<bool()> &condition)
{
	for (int i = 0; i < 100000; i++)
	{
		if (condition())
			return true;
		usleep(100); /* poll: for a condition in another process */
	}
	return false;
}

} // namespace pg::testing
