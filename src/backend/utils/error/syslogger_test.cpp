/*
 * utils/error/syslogger_test.cpp
 *		The logging collector with real processes: nothing mixes, nothing is lost, files rotate.
 */
#include <gtest/gtest.h>

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <thread>

#include "miscadmin.h"
#include "port/os.h"
#include "utils/error/report.h"
#include "utils/error/syslogger.h"

namespace pg
{
namespace
{

constexpr int kWriters = 8;
constexpr int kMessages = 40;
/* More than a chunk, so that a message comes in pieces. */
constexpr size_t kLength = 20000;

char directory[] = "log";
char pattern[] = "server.log";
char pattern_with_time[] = "server-%H%M.log";
char line_prefix[] = "%p ";

pid_t
in_child(const std::function<void()> &body)
{
	const pid_t pid = fork();

	if (pid == 0)
	{
		MyProcPid = static_cast<int>(getpid());
		body();
		_exit(0);
	}
	return pid;
}

void
wait_for(pid_t pid)
{
	int status = 0;

	waitpid(pid, &status, 0);
	EXPECT_EQ(status, 0);
}

std::string
content(const std::string &path)
{
	std::ifstream in(path);

	return {std::istreambuf_iterator<char>(in), {}};
}

class Syslogger : public testing::Test
{
protected:
	void SetUp() override
	{
		char name[] = "/tmp/syslogger_test_XXXXXX";

		folder_ = mkdtemp(name);
	}
	void TearDown() override { std::filesystem::remove_all(folder_); }

	/* A postmaster with its collector; body runs once stderr is the pipe. */
	void with_collector(const std::function<void(pid_t collector)> &body)
	{
		wait_for(in_child(
			[&]
			{
				if (chdir(folder_.c_str()) != 0)
					_exit(3);
				Logging_collector = true;
				Log_directory = directory;
				Log_filename = rotation_age_ > 0 ? pattern_with_time : pattern;
				Log_line_prefix = line_prefix;
				Log_RotationAge = rotation_age_;
				if (!PrepareLogger())
					_exit(4);

				const pid_t collector = in_child([] { LoggerMain(); });

				RedirectToLogger();
				LeaveLoggerPipe();
				body(collector);
				/* The collector sees the pipe's end once nobody can write. */
				close(STDOUT_FILENO);
				close(STDERR_FILENO);

				int status = 0;

				waitpid(collector, &status, 0);
				_exit(status == 0 ? 0 : 5);
			}));
	}

	std::string folder_;
	int rotation_age_ = 0;
};

/* Seconds since 1970 in memory that all processes share. */
std::atomic<int64> *shared_clock = nullptr;

/* Replaces the clock, here and in children to come. */
class SharedClock
{
public:
	explicit SharedClock(int64 seconds) : saved_(os)
	{
		shared_clock = static_cast<std::atomic<int64> *>(mmap(nullptr, sizeof(*shared_clock),
															  PROT_READ | PROT_WRITE,
															  MAP_SHARED | MAP_ANONYMOUS, -1, 0));
		*shared_clock = seconds;
		os.realtime_usec = [] { return static_cast<int64_t>(*shared_clock) * 1000000; };
	}
	~SharedClock()
	{
		os = saved_;
		munmap(shared_clock, sizeof(*shared_clock));
	}
	SharedClock(const SharedClock &) = delete;
	SharedClock &operator=(const SharedClock &) = delete;

private:
	OsCalls saved_;
};

void
write_and_wait(const char *text, const char *file)
{
	fprintf(stderr, "%s\n", text);
	while (content(file).find(text) == std::string::npos)
		std::this_thread::yield(); /* poll */
}

TEST_F(Syslogger, KeepsLongMessagesWhole)
{
	with_collector(
		[](pid_t)
		{
			pid_t writers[kWriters];

			for (int w = 0; w < kWriters; w++)
				writers[w] = in_child(
					[w]
					{
						for (int m = 0; m < kMessages; m++)
							Report(LOG)
								.msg("%s", std::string(kLength, static_cast<char>('a' + w)).c_str())
								.emit();
					});
			for (pid_t writer : writers)
				waitpid(writer, nullptr, 0);
		});

	std::ifstream in(folder_ + "/log/server.log");
	int whole = 0;

	for (std::string line; std::getline(in, line);)
	{
		const size_t start = line.find("LOG:  ");

		if (line.find("redirecting") != std::string::npos || line.find("HINT") != std::string::npos)
			continue;
		ASSERT_NE(start, std::string::npos) << line.substr(0, 100);

		const std::string text = line.substr(start + 6);

		ASSERT_EQ(text, std::string(kLength, text[0]));
		whole++;
	}
	EXPECT_EQ(whole, kWriters * kMessages);
	EXPECT_EQ(content(folder_ + "/current_logfiles"), "stderr log/server.log\n");
}

TEST_F(Syslogger, RotatesOnRequestAndByDestination)
{
	with_collector(
		[&](pid_t collector)
		{
			Log_destination = LOG_DESTINATION_STDERR;
			fprintf(stderr, "plain text\n");
			/* The collector reopens by name: a file that was moved away gets a successor. */
			while (content("log/server.log").find("plain text") == std::string::npos)
				std::this_thread::yield(); /* poll */
			std::filesystem::rename("log/server.log", "log/former.log");
			kill(collector, SIGUSR1);
			while (!std::filesystem::exists("log/server.log"))
				std::this_thread::yield(); /* poll */
			Report(LOG).msg("after").emit();
		});
	EXPECT_NE(content(folder_ + "/log/former.log").find("plain text\n"), std::string::npos);
	EXPECT_NE(content(folder_ + "/log/server.log").find("LOG:  after\n"), std::string::npos);
}

/* On multiples of the age, and the file bears the time at which it was due. */
TEST_F(Syslogger, RotatesByAge)
{
	constexpr int64 kMidnight = 946684800;
	const SharedClock clock(kMidnight + 5 * 60);

	rotation_age_ = 10;
	with_collector(
		[](pid_t)
		{
			Log_destination = LOG_DESTINATION_STDERR;
			write_and_wait("at five", "log/server-0005.log");
			*shared_clock = kMidnight + 10 * 60 - 1;
			write_and_wait("a second early", "log/server-0005.log");
			*shared_clock = kMidnight + 12 * 60;
			fprintf(stderr, "it looks at the clock\n");
			while (!std::filesystem::exists("log/server-0010.log"))
				std::this_thread::yield(); /* poll */
			write_and_wait("after ten", "log/server-0010.log");
		});
	EXPECT_EQ(content(folder_ + "/log/server-0005.log").find("after ten"), std::string::npos);
	EXPECT_FALSE(std::filesystem::exists(folder_ + "/log/server-0012.log"));
	EXPECT_EQ(content(folder_ + "/current_logfiles"), "stderr log/server-0010.log\n");
}

TEST_F(Syslogger, FallsBackWhenNobodyReads)
{
	const std::string errors = folder_ + "/stderr";

	wait_for(in_child(
		[&]
		{
			if (chdir(folder_.c_str()) != 0 || freopen(errors.c_str(), "w", stderr) == nullptr)
				_exit(3);
			signal(SIGPIPE, SIG_IGN);
			Logging_collector = true;
			Log_directory = directory;
			Log_filename = pattern;
			Log_line_prefix = line_prefix;
			PrepareLogger();
			RedirectToLogger();
			LeaveLoggerPipe(); /* and there is no collector */
			Report(LOG).msg("not lost").emit();
		}));
	EXPECT_NE(content(errors).find("LOG:  not lost\n"), std::string::npos);
}

} /* namespace */
} /* namespace pg */
