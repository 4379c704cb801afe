/*
 * common/process_alive_test.cpp
 *		Living, ended and foreign processes are told apart.
 *
 * Unit test; forks one child that ends at once.
 */
#include "common/process_alive.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include <gtest/gtest.h>

namespace pg
{
namespace
{

TEST(ProcessAlive, SelfAndNobody)
{
	EXPECT_TRUE(IsProcessAlive(getpid()));
	EXPECT_FALSE(IsProcessAlive(0x3fffffff));
	EXPECT_EQ(errno, ESRCH);
}

TEST(ProcessAlive, OneThatEndedIsGoneBeforeItIsWaitedFor)
{
	pid_t child = fork();

	if (child == 0)
		_exit(0);

	siginfo_t info;

	waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT);
	EXPECT_FALSE(IsProcessAlive(child));
	waitpid(child, nullptr, 0);
}

} /* namespace */
} /* namespace pg */
