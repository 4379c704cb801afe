/*
 * durability_test.cpp
 *		Processes that write and are killed with -9: what was acknowledged is there, the rest is whole or absent.
 *
 * Two kinds of disaster: the processes die (the kernel keeps what they wrote), and the machine dies
 * (what was not synced is gone).  The second is played by copying the WAL aside at every sync and
 * going on from the last copy.
 */
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <filesystem>

#include "access/xact.h"
#include "commit.h"
#include "engine_test.h"
#include "files.h"
#include "port/os.h"
#include "storage/ipc/testing.h"

namespace pg
{
namespace
{

using testing::SharedMemoryScope;
using testing::StartChild;
using testing::WaitChild;

constexpr int kWriters = 4;
constexpr int kAcknowledged = 150;

struct Acknowledgement
{
	int writer;
	int number;
};

std::string
durable_copy()
{
	return sqlite::DatabaseFolder(5) + "/durable";
}

/* Whether a sync was said to be done while it was still to come; for all processes. */
std::atomic<bool> *called_done_too_early = nullptr;

/* Copies what the file holds before the sync began, which is the least that a sync promises. */
int
sync_to_copy(int fd)
{
	struct stat status;
	const std::string copy = durable_copy();
	const std::string half = copy + "." + std::to_string(getpid());
	const int out = ::open(half.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	std::array<char, 65536> buffer;
	off_t at = 0;

	if (!sqlite::SomethingToSync())
		*called_done_too_early = true;
	if (out < 0 || fstat(fd, &status) != 0)
		return -1;
	while (at < status.st_size)
	{
		const ssize_t length = pread(fd, buffer.data(), buffer.size(), at);

		if (length <= 0 || write(out, buffer.data(), length) != length)
			return -1;
		at += length;
	}
	close(out);
	return rename(half.c_str(), copy.c_str());
}

/* Each transaction writes its number into two tables. */
int
write_for_ever(int writer, int acknowledgements)
{
	auto session = SqliteEngine().open(5, false);
	auto first = session->prepare("INSERT INTO a VALUES (?1, ?2, randomblob(300))");
	auto second = session->prepare("INSERT INTO b VALUES (?1, ?2)");

	for (int number = 1;; number++)
	{
		session->begin(SnapshotMode::PerStatement, false);
		session->ensure_write();
		for (EngineStatement *insert : {first.get(), second.get()})
		{
			insert->bind(0, Value::Int(writer));
			insert->bind(1, Value::Int(number));
			insert->step();
			insert->reset();
		}
		session->commit();

		const Acknowledgement done{writer, number};

		if (write(acknowledgements, &done, sizeof(done)) != sizeof(done))
			return 1;
	}
}

int
checkpoint_for_ever()
{
	for (;;)
	{
		SqliteEngine().request_checkpoint(false);
		SqliteEngine().checkpointer_round();
		usleep(1000); /* poll: for requests, with many checkpoints among the commits */
	}
}

class DurabilityTest : public EngineTest
{
protected:
	void SetUp() override
	{
		EngineTest::SetUp();
		run(*open(), "CREATE TABLE a(writer, number, filler); CREATE TABLE b(writer, number)");
		SqliteEngine().checkpoint_all(true);
		ASSERT_EQ(pipe2(pipe_, O_CLOEXEC), 0);
		saved_sync_ = os.fdatasync;
	}
	void TearDown() override
	{
		os.fdatasync = saved_sync_;
		close(pipe_[0]);
		EngineTest::TearDown();
	}

	/* Lets writers work, kills everybody at one moment, and collects what had been acknowledged. */
	void disaster(bool with_checkpointer)
	{
		SharedMemoryScope memory{kLmgrAreas, kIpcAreas, kEngineAreas};
		std::vector<pid_t> children;

		for (int writer = 0; writer < kWriters; writer++)
			children.push_back(
				StartChild(writer, [&] { return write_for_ever(writer, pipe_[1]); }));
		if (with_checkpointer)
			children.push_back(StartChild(kWriters, [] { return checkpoint_for_ever(); }));
		close(pipe_[1]);
		collect(kAcknowledged);
		for (const pid_t child : children)
			kill(child, SIGKILL);
		for (const pid_t child : children)
			EXPECT_EQ(WaitChild(child), 1000 + SIGKILL);
		collect(INT_MAX);
	}

	void collect(int count)
	{
		Acknowledgement done;

		while (count-- > 0 && read(pipe_[0], &done, sizeof(done)) == sizeof(done))
		{
			EXPECT_EQ(done.number, acknowledged_[done.writer] + 1);
			acknowledged_[done.writer] = done.number;
		}
	}

	/* What the tables must hold now; one more per writer may have been on its way. */
	void check_survivors()
	{
		SqliteEngine().recover_all();

		auto session = open();

		EXPECT_EQ(query(*session, "PRAGMA integrity_check"), "ok");
		for (int writer = 0; writer < kWriters; writer++)
		{
			const std::string of_writer = " WHERE writer = " + std::to_string(writer);
			const std::string in_a = query(
				*session, ("SELECT count(*), coalesce(max(number), 0) FROM a" + of_writer).c_str());
			const std::string in_b = query(
				*session, ("SELECT count(*), coalesce(max(number), 0) FROM b" + of_writer).c_str());
			const int survived = std::stoi(in_a);

			EXPECT_EQ(in_a, in_b);
			EXPECT_EQ(in_a, std::to_string(survived) + "|" + std::to_string(survived));
			EXPECT_GE(survived, acknowledged_[writer]);
			EXPECT_LE(survived, acknowledged_[writer] + 1);
		}
	}

	std::array<int, kWriters> acknowledged_{};

private:
	int pipe_[2];
	decltype(os.fdatasync) saved_sync_;
};

TEST_F(DurabilityTest, ProcessesDie)
{
	disaster(false);
	check_survivors();
}

TEST_F(DurabilityTest, ProcessesDieAmongCheckpoints)
{
	disaster(true);
	check_survivors();
}

TEST_F(DurabilityTest, TheMachineDies)
{
	const std::string path = sqlite::DatabasePath(kDatabase);

	testing::Shared<std::atomic<bool>> too_early;

	called_done_too_early = &*too_early;
	os.fdatasync = sync_to_copy;
	disaster(false);
	EXPECT_FALSE(*too_early);
	std::filesystem::rename(durable_copy(), path + "-wal");
	std::filesystem::remove(path + "-shm");
	check_survivors();
}

} /* namespace */
} /* namespace pg */
