/*
 * common/read_file_test.cpp
 */
#include <gtest/gtest.h>

#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "common/read_file.h"

namespace pg
{
namespace
{

class ReadFile : public testing::Test
{
protected:
	void write(const std::string &content)
	{
		FILE *const file = fopen(path_.c_str(), "w");

		ASSERT_EQ(fwrite(content.data(), 1, content.size(), file), content.size());
		ASSERT_EQ(fclose(file), 0);
	}
	~ReadFile() override { unlink(path_.c_str()); }

	const std::string path_ = testing::TempDir() + "read_file_test." + std::to_string(getpid());
	std::string read_ = "something else";
};

TEST_F(ReadFile, ReadsEverySize)
{
	for (const size_t size : {0, 1, 16 * 1024 - 1, 16 * 1024, 16 * 1024 + 1, 100 * 1024})
	{
		const std::string content(size, 'x');

		write(content);
		EXPECT_TRUE(ReadWholeFile(path_.c_str(), &read_));
		EXPECT_EQ(read_, content);
	}
}

TEST_F(ReadFile, KeepsTheLimit)
{
	write("12345");
	EXPECT_TRUE(ReadWholeFile(path_.c_str(), &read_, 5));
	EXPECT_EQ(read_, "12345");
	EXPECT_FALSE(ReadWholeFile(path_.c_str(), &read_, 4));
	EXPECT_EQ(errno, EFBIG);
}

TEST_F(ReadFile, SaysWhatIsWrong)
{
	EXPECT_FALSE(ReadWholeFile(path_.c_str(), &read_));
	EXPECT_EQ(errno, ENOENT);
	EXPECT_FALSE(ReadWholeFile("/tmp", &read_));
	EXPECT_EQ(errno, EISDIR);
}

} /* namespace */
} /* namespace pg */
