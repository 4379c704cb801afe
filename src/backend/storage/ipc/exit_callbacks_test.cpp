/*
 * exit_callbacks_test.cpp
 *		Exit callbacks: their order, errors in them, and leaving by other ways than proc_exit.
 */
#include <gtest/gtest.h>

#include "postgres.h"

#include "storage/ipc.h"
#include "storage/ipc/testing.h"
#include "utils/error/report.h"

using namespace pg;
using pg::testing::Shared;
using pg::testing::WaitChild;

namespace
{

struct Trace
{
	int count;
	char text[32];
};

Shared<Trace> *trace = nullptr;

void
note(int, Datum letter)
{
	(**trace).text[(**trace).count++] = static_cast<char>(letter);
}

void
note_and_fail(int code, Datum letter)
{
	note(code, letter);
	Raise(Report(ERROR).msg("a callback fails"));
}

int
in_child(const std::function<void()> &body)
{
	const pid_t pid = fork();

	if (pid == 0)
	{
		MyProcPid = static_cast<int>(getpid());
		ResetExitCallbacks();
		body();
		_exit(99);
	}
	return WaitChild(pid);
}

TEST(ExitCallbacks, RunLastInFirstOutListByList)
{
	Shared<Trace> shared;

	trace = &shared;
	EXPECT_EQ(in_child(
				  []
				  {
					  on_proc_exit(note, 'f');
					  on_proc_exit(note, 'e');
					  before_shmem_exit(note, 'b');
					  on_shmem_exit(note, 'd');
					  before_shmem_exit(note, 'a');
					  on_shmem_exit(note, 'c');
					  proc_exit(3);
				  }),
			  3);
	EXPECT_STREQ(shared->text, "abcdef");
}

TEST(ExitCallbacks, AnErrorGoesOnWithTheNext)
{
	Shared<Trace> shared;

	trace = &shared;
	EXPECT_EQ(in_child(
				  []
				  {
					  on_shmem_exit(note, 'c');
					  on_shmem_exit(note_and_fail, 'b');
					  before_shmem_exit(note_and_fail, 'a');
					  proc_exit(1);
				  }),
			  1);
	EXPECT_STREQ(shared->text, "abc");
}

TEST(ExitCallbacks, PlainExitRunsThemToo)
{
	Shared<Trace> shared;

	trace = &shared;
	EXPECT_EQ(in_child(
				  []
				  {
					  on_shmem_exit(note, 'a');
					  exit(5);
				  }),
			  5);
	EXPECT_STREQ(shared->text, "a");
}

TEST(ExitCallbacks, OnlyTheLatestCanBeCancelled)
{
	Shared<Trace> shared;

	trace = &shared;
	EXPECT_EQ(in_child(
				  []
				  {
					  before_shmem_exit(note, 'a');
					  before_shmem_exit(note, 'b');
					  cancel_before_shmem_exit(note, 'b');
					  proc_exit(0);
				  }),
			  0);
	EXPECT_STREQ(shared->text, "a");
}

TEST(ExitCallbacks, QuickDieRunsNone)
{
	Shared<Trace> shared;

	trace = &shared;
	EXPECT_EQ(in_child(
				  []
				  {
					  on_shmem_exit(note, 'a');
					  QuickDie();
				  }),
			  2);
	EXPECT_STREQ(shared->text, "");
}

} // namespace
