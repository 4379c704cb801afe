/*
 * common/control_file_test.cpp
 *		global/pg_control: what is written is read back; damage is noticed.
 *
 * Unit test of the pure halves.
 */
#include "common/control_file.h"

#include <gtest/gtest.h>

namespace pg
{
namespace
{

TEST(ControlFile, ThereAndBack)
{
	ControlData data{.system_identifier = 0x1234567890ABCDEF,
					 .state = ClusterState::InArchiveRecovery,
					 .time = 1700000000,
					 .checkpoint_time = 1600000000,
					 .server_version = 150000,
					 .catalog_version = 202611281};
	unsigned char bytes[kControlFileSize];
	ControlData back;

	EncodeControlData(data, bytes);
	ASSERT_EQ(DecodeControlData(bytes, sizeof(bytes), &back), ControlFileError::None);
	EXPECT_EQ(back.system_identifier, data.system_identifier);
	EXPECT_EQ(back.state, data.state);
	EXPECT_EQ(back.time, data.time);
	EXPECT_EQ(back.checkpoint_time, data.checkpoint_time);
	EXPECT_EQ(back.server_version, data.server_version);
	EXPECT_EQ(back.catalog_version, data.catalog_version);
}

TEST(ControlFile, DamageIsNoticed)
{
	unsigned char bytes[kControlFileSize];
	ControlData back;

	EncodeControlData({.system_identifier = 1}, bytes);
	EXPECT_EQ(DecodeControlData(bytes, 10, &back), ControlFileError::TooShort);
	bytes[20] ^= 1;
	EXPECT_EQ(DecodeControlData(bytes, sizeof(bytes), &back), ControlFileError::BadChecksum);
	bytes[0] ^= 1;
	EXPECT_EQ(DecodeControlData(bytes, sizeof(bytes), &back), ControlFileError::BadContent);
}

TEST(ControlFile, IdentifiersDiffer)
{
	EXPECT_NE(MakeSystemIdentifier(), 0u);
}

TEST(ControlFile, StatesHaveTexts)
{
	EXPECT_STREQ(ClusterStateText(ClusterState::ShutDown), "shut down");
	EXPECT_STREQ(ClusterStateText(static_cast<ClusterState>(99)), "unrecognized status code");
}

} /* namespace */
} /* namespace pg */
