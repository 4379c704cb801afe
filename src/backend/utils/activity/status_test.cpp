/*
 * status_test.cpp
 *		Activity entries: what is reported is what is read, and never half of it.
 */
#include <gtest/gtest.h>

#include "postgres.h"

#include <atomic>

#include "pgstat.h"
#include "port/os.h"
#include "storage/ipc/testing.h"
#include "utils/activity/status.h"
#include "utils/activity/status_entry.h"

using namespace pg;
using pg::testing::Eventually;
using pg::testing::Shared;
using pg::testing::SharedMemoryScope;
using pg::testing::StartChild;
using pg::testing::WaitChild;

namespace
{

/* Runs body in a child with an entry in slot 0, checks what check sees of it meanwhile. */
void
observe(const std::function<void()> &body, const std::function<void(const ActivityRow &)> &check)
{
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas, kActivityAreas};
	Shared<std::atomic<int>> step;
	const pid_t child = StartChild(0,
								   [&]
								   {
									   StatusStart(0, B_BG_WORKER, "tester");
									   body();
									   *step = 1;
									   Eventually([&] { return *step == 2; });
									   return 0;
								   });
	ActivityRow row;

	ASSERT_TRUE(Eventually([&] { return *step == 1; }));
	ASSERT_TRUE(FindActivity(child, row));
	EXPECT_EQ(row.pid, child);
	check(row);
	*step = 2;
	EXPECT_EQ(WaitChild(child), 0);
	EXPECT_FALSE(FindActivity(child, row));

	std::vector<ActivityRow> rows;

	SnapshotActivity(rows);
	EXPECT_TRUE(rows.empty());
}

TEST(Status, NothingReportedIsNull)
{
	observe([] {},
			[](const ActivityRow &row)
			{
				EXPECT_EQ(row.backend_type, B_BG_WORKER);
				EXPECT_EQ(row.backend_type_text, "tester");
				EXPECT_FALSE(row.state_set);
				EXPECT_FALSE(row.has_client);
				EXPECT_NE(row.backend_start, 0);
				EXPECT_EQ(row.query, "");
				EXPECT_EQ(row.xact_start, 0);
			});
}

TEST(Status, ReportsShow)
{
	observe(
		[]
		{
			StatusSetClient("127.0.0.1", "", 4711);
			StatusSetDatabase(5, 10);
			pgstat_report_appname("an application");
			pgstat_report_xact_timestamp(77);
			pgstat_report_activity(STATE_RUNNING, "SELECT 1");
			pgstat_report_query_id(12, false);
			pgstat_report_query_id(13, false);
			pgstat_report_wait_start(PG_WAIT_EXTENSION);
		},
		[](const ActivityRow &row)
		{
			EXPECT_EQ(row.state, STATE_RUNNING);
			EXPECT_STREQ(ActivityStateName(row.state), "active");
			EXPECT_EQ(row.query, "SELECT 1");
			EXPECT_EQ(row.application_name, "an application");
			EXPECT_EQ(row.client_address, "127.0.0.1");
			EXPECT_EQ(row.client_port, 4711);
			EXPECT_EQ(row.database, 5u);
			EXPECT_EQ(row.user, 10u);
			EXPECT_EQ(row.xact_start, 77);
			EXPECT_NE(row.state_change, 0);
			EXPECT_EQ(row.query_id, 12u);
			EXPECT_STREQ(pgstat_get_wait_event(row.wait_event_info), "Extension");
		});
}

TEST(Status, IdleKeepsTheLastQuery)
{
	observe(
		[]
		{
			pgstat_report_activity(STATE_RUNNING, "SELECT 1");
			pgstat_report_activity(STATE_IDLE, nullptr);
		},
		[](const ActivityRow &row)
		{
			EXPECT_STREQ(ActivityStateName(row.state), "idle");
			EXPECT_EQ(row.query, "SELECT 1");
		});
}

TEST(Status, TrackActivitiesOffForgets)
{
	observe(
		[]
		{
			pgstat_report_activity(STATE_RUNNING, "SELECT 1");
			pgstat_track_activities = false;
			pgstat_report_activity(STATE_RUNNING, "SELECT 2");
		},
		[](const ActivityRow &row)
		{
			EXPECT_STREQ(ActivityStateName(row.state), "disabled");
			EXPECT_EQ(row.query, "");
			EXPECT_EQ(row.query_start, 0);
		});
}

TEST(Status, LongTextsAreCutBetweenCharacters)
{
	/* two-byte characters behind one byte, so that the 1023rd byte would cut one */
	const std::string text = []
	{
		std::string s = "";
		for (int i = 0; i < 600; i++)
			s += "\xC3\xA4";
		return s;
	}();

	observe([&] { pgstat_report_activity(STATE_RUNNING, text.c_str()); },
			[&](const ActivityRow &row) { EXPECT_EQ(row.query, text.substr(0, 1022)); });
	observe([&] { pgstat_report_activity(STATE_RUNNING, ("x" + text).c_str()); },
			[&](const ActivityRow &row) { EXPECT_EQ(row.query, ("x" + text).substr(0, 1023)); });
	EXPECT_EQ(ClipAtCharacter("a\xE2\x82\xAC", 4, 3), 1u);
	EXPECT_EQ(ClipAtCharacter("a\xE2\x82\xAC", 4, 4), 4u);
}

/*
 * A writer that changes all of its row in a loop, and readers that look whether the parts belong
 * together. The size of the text makes a torn copy likely: without the change count thousands are seen.
 */
TEST(Status, NoReaderSeesHalfAChange)
{
	pgstat_track_activity_query_size = 16384;

	SharedMemoryScope memory{kLmgrAreas, kIpcAreas, kActivityAreas};
	Shared<std::atomic<bool>> stop;
	Shared<std::atomic<bool>> started;
	const pid_t writer =
		StartChild(0,
				   [&]
				   {
					   StatusStart(0, B_BACKEND, nullptr);

					   std::string texts[26];

					   for (int i = 0; i < 26; i++)
						   texts[i] = std::string(static_cast<size_t>(9000 + i * 100),
												  static_cast<char>('a' + i));
					   for (unsigned i = 0; !*stop; i++)
					   {
						   pgstat_report_activity(STATE_RUNNING, texts[i % 26].c_str());
						   *started = true;
						   /* a moment in which a reader can succeed */
						   for (int spin = 0; spin < 500; spin++)
							   pg_spin_delay();
					   }
					   return 0;
				   });

	ASSERT_TRUE(Eventually([&] { return started->load(); }));

	std::vector<ActivityRow> rows;
	int reads = 0, different = 0, torn = 0;
	std::string last;

	const int64 limit = os.monotonic_usec() + 10000000;

	while (different < 300 && os.monotonic_usec() < limit)
	{
		SnapshotActivity(rows);
		if (rows.empty())
			continue;

		const std::string &query = rows[0].query;

		reads++;
		different += query != last;
		last = query;
		torn += query.empty() || query.find_first_not_of(query[0]) != std::string::npos ||
				query.size() != static_cast<size_t>(9000 + (query[0] - 'a') * 100);
	}
	*stop = true;
	EXPECT_EQ(WaitChild(writer), 0);
	pgstat_track_activity_query_size = 1024;
	EXPECT_EQ(torn, 0);
	EXPECT_GE(reads, 300);
	EXPECT_EQ(different, 300) << "the writer did not run beside the reader";
}

TEST(WaitEvents, CustomOnesHaveTheSameNumberEverywhere)
{
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas, kActivityAreas};
	Shared<std::atomic<uint32>> number;

	EXPECT_EQ(WaitChild(StartChild(0,
								   [&]
								   {
									   *number = WaitEventExtensionNew("MyWait");
									   return 0;
								   })),
			  0);
	EXPECT_EQ(WaitEventExtensionNew("MyWait"), *number);
	EXPECT_NE(WaitEventExtensionNew("Another"), *number);
	EXPECT_STREQ(pgstat_get_wait_event(*number), "MyWait");
	EXPECT_STREQ(pgstat_get_wait_event_type(*number), "Extension");
	EXPECT_STREQ(pgstat_get_wait_event(PG_WAIT_EXTENSION), "Extension");
	EXPECT_STREQ(pgstat_get_wait_event(WAIT_EVENT_PG_SLEEP), "PgSleep");
	EXPECT_STREQ(pgstat_get_wait_event(WAIT_EVENT_CLIENT_READ), "ClientRead");
	EXPECT_EQ(pgstat_get_wait_event(0), nullptr);
	EXPECT_STREQ(pgstat_get_wait_event(PG_WAIT_IO | 0xFFFF), "unknown wait event");
}

} // namespace
