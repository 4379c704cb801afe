/*
 * sequence_file_test.cpp
 *		Records of sequences: who may take what after which kind of end, and what a full disk does.
 */
#include <sys/resource.h>

#include <csignal>

#include "engine_test.h"
#include "sequence_file.h"

namespace pg::sqlite
{
namespace
{

class SequenceFileTest : public EngineTest
{
protected:
	void SetUp() override
	{
		EngineTest::SetUp();
		SetMachineBoot(1);
	}

	/* The next value of a sequence that counts from 1; `durable` says whether that was synced. */
	static int64 take(SequenceFile &file, Oid sequence = 20000, bool *durable = nullptr)
	{
		int64 value = 0;

		file.with_record(sequence, SequenceAccess::Use,
						 [&](SequenceState &state, bool found)
						 {
							 value = found ? state.last + 1 : 1;
							 state.last = value;
							 state.is_called = true;

							 const bool beyond = !found || value > state.reserved;

							 if (beyond)
								 state.reserved = value + file.reserve_ahead();
							 if (durable != nullptr)
								 *durable = beyond;
							 return beyond ? SequenceWrite::Durable : SequenceWrite::Cached;
						 });
		return value;
	}
};

TEST_F(SequenceFileTest, GoesOnInAnotherProcessOfTheSameBoot)
{
	{
		SequenceFile first(kDatabase);

		EXPECT_EQ(take(first), 1);
		EXPECT_EQ(take(first), 2);
	}

	SequenceFile second(kDatabase);
	bool durable = true;

	EXPECT_EQ(take(second, 20000, &durable), 3);
	EXPECT_FALSE(durable);
	EXPECT_EQ(take(second, 20001), 1);
	EXPECT_EQ(take(second), 4);
}

TEST_F(SequenceFileTest, SkipsWhatWasReservedAfterAnotherBoot)
{
	{
		SequenceFile before(kDatabase);

		take(before);
		take(before);
	}
	SetMachineBoot(2);

	SequenceFile after(kDatabase);
	bool durable = false;

	/* 1 reserved up to 33. */
	EXPECT_EQ(take(after, 20000, &durable), 34);
	EXPECT_TRUE(durable);
	EXPECT_EQ(take(after, 20000, &durable), 35);
	EXPECT_FALSE(durable);
}

TEST_F(SequenceFileTest, ReservesNothingWhereTheBootIsNotKnown)
{
	SetMachineBoot(0);

	SequenceFile file(kDatabase);
	bool durable = false;

	EXPECT_EQ(take(file), 1);
	EXPECT_EQ(take(file, 20000, &durable), 2);
	EXPECT_TRUE(durable);
	EXPECT_EQ(take(file), 3);
}

TEST_F(SequenceFileTest, AnErrorLeavesTheRecordAlone)
{
	SequenceFile file(kDatabase);

	take(file);
	EXPECT_EQ(state_of(
				  [&]
				  {
					  file.with_record(20000, SequenceAccess::Use,
									   [](SequenceState &state, bool) -> SequenceWrite
									   {
										   state.last = 500;
										   Raise(Report(ERROR, ERRCODE_DIVISION_BY_ZERO).msg("no"));
									   });
				  }),
			  "22012");
	EXPECT_EQ(take(file), 2);
}

TEST_F(SequenceFileTest, LookingMakesNoRecord)
{
	SequenceFile file(kDatabase);
	bool seen = true;

	file.with_record(20000, SequenceAccess::Look,
					 [&](SequenceState &, bool found)
					 {
						 seen = found;
						 return SequenceWrite::None;
					 });
	EXPECT_FALSE(seen);
	EXPECT_FALSE(std::filesystem::exists(folder_ + "/base/5/sequences"));
}

TEST_F(SequenceFileTest, AForgottenSequenceIsGoneForOthers)
{
	SequenceFile one(kDatabase), two(kDatabase);

	take(one);
	take(two);
	two.forget(20000);
	EXPECT_EQ(state_of([&] { take(one); }), "42P01");
	EXPECT_EQ(take(two, 20001), 1);
	EXPECT_EQ(take(one, 20001), 2);
}

TEST_F(SequenceFileTest, AFullDiskChangesNothing)
{
	SequenceFile file(kDatabase);
	Oid next = 20000;

	take(file, next);
	signal(SIGXFSZ, SIG_IGN);

	const rlimit full{4096, RLIM_INFINITY};

	ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &full), 0);

	/* 4096 bytes have room for 63 records beside the header. */
	std::string state;

	while (state.empty() && next < 20100)
		state = state_of([&] { take(file, ++next); });
	EXPECT_EQ(state, "53100");
	EXPECT_EQ(next, Oid{20063});
	EXPECT_EQ(take(file, 20000), 2);

	const rlimit free{RLIM_INFINITY, RLIM_INFINITY};

	ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &free), 0);
	signal(SIGXFSZ, SIG_DFL);
	EXPECT_EQ(take(file, next), 1);
	EXPECT_EQ(take(file, 20000), 3);
}

} /* namespace */
} /* namespace pg::sqlite */
