/*
 * postmaster/ready_board.cpp
 *		The board of ready_board.h.
 *
 * Postmaster, and workers without shared memory.
 */
#include "postgres.h"

#include "postmaster/ready_board.h"

#include <atomic>
#include <csignal>
#include <sys/mman.h>
#include <unistd.h>

#include "miscadmin.h"
#include "port/os.h"
#include "utils/error/report.h"

namespace pg
{

static std::atomic<int32> *board = nullptr;
static int places = 0;
static_assert(std::atomic<int32>::is_always_lock_free);

void
MakeReadyBoard(int slots)
{
	if (board != nullptr || slots <= 0)
		return;

	void *at = mmap(nullptr, static_cast<size_t>(slots) * sizeof(*board), PROT_READ | PROT_WRITE,
					MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED)
	{
		Report(LOG).msg("could not map memory for the readiness of background workers: %m").emit();
		return;
	}
	board = static_cast<std::atomic<int32> *>(at); /* zeros: nobody is ready */
	places = slots;
}

bool
SayReady(int slot) noexcept
{
	if (board == nullptr || slot < 0 || slot >= places)
		return false;
	/* release: pairs with TakeReady */
	board[slot].store(MyProcPid, std::memory_order_release);
	if (getppid() == PostmasterPid)
		os.kill(PostmasterPid, SIGUSR2);
	return true;
}

pid_t
TakeReady(int slot)
{
	if (board == nullptr || slot < 0 || slot >= places ||
		board[slot].load(std::memory_order_relaxed) == 0)
		return 0;
	return board[slot].exchange(0, std::memory_order_acquire);
}

} /* namespace pg */
