/*
 * capi_files.c
 *		Files, timers, encodings, lists in texts, calendar, settings for another process, and what is not there.
 */
#include "capi.h"

#include <sys/stat.h>
#include <unistd.h>

#include "access/parallel.h"
#include "access/transam.h"
#include "access/xact.h"
#include "access/xlogrecovery.h"
#include "catalog/index.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "commands/defrem.h"
#include "commands/variable.h"
#include "common/int.h"
#include "common/relpath.h"
#include "jit/jit.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "parser/scansup.h"
#include "port/pg_bitutils.h"
#include "port/pg_bswap.h"
#include "postmaster/autovacuum.h"
#include "replication/slot.h"
#include "replication/walreceiver.h"
#include "storage/buf_internals.h"
#include "storage/fd.h"
#include "storage/latch.h"
#include "tsearch/ts_locale.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/formatting.h"
#include "utils/guc.h"
#include "utils/timeout.h"
#include "utils/timestamp.h"
#include "utils/varlena.h"
#include "utils/wait_event.h"

#define SAME(text, wanted) (strcmp((text), (wanted)) == 0)

CAPI_TEST(test_streams_and_folders)
{
	struct dirent *entry;
	struct stat facts;
	char line[10];
	DIR *dir;
	FILE *file;
	volatile bool found = false;
	int fd;

	CHECK(MakePGDirectory("capi_folder") == 0);
	file = AllocateFile("capi_folder/one", "w");
	CHECK(file != NULL);
	fputs("hello", file);
	CHECK(FreeFile(file) == 0);
	fd = OpenTransientFile("capi_folder/one", O_RDWR);
	CHECK(fd >= 0);
	CHECK(pg_fsync(fd) == 0 && pg_fsync_no_writethrough(fd) == 0 && pg_fdatasync(fd) == 0);
	pg_flush_data(fd, 0, 0);
	CHECK(CloseTransientFile(fd) == 0);
	CHECK(OpenTransientFilePerm("capi_folder/none", O_RDONLY, 0600) < 0 && errno == ENOENT);
	CHECK(durable_rename("capi_folder/one", "capi_folder/two", ERROR) == 0);
	CHECK(durable_rename("capi_folder/one", "capi_folder/two", DEBUG1) == -1);
	CHECK_ERROR(ERRCODE_UNDEFINED_FILE, "capi_folder/one",
				durable_rename("capi_folder/one", "x", ERROR));
	CHECK(pg_truncate("capi_folder/two", 3) == 0 && stat("capi_folder/two", &facts) == 0 &&
		  facts.st_size == 3);
	fsync_fname("capi_folder", true);

	dir = AllocateDir("capi_folder");
	while ((entry = ReadDir(dir, "capi_folder")) != NULL)
		found = found || SAME(entry->d_name, "two");
	CHECK(found && FreeDir(dir) == 0);
	CHECK_ERROR(ERRCODE_UNDEFINED_FILE, "no_such_folder",
				ReadDir(AllocateDir("no_such_folder"), "no_such_folder"));
	CHECK(ReadDirExtended(AllocateDir("no_such_folder"), "no_such_folder", DEBUG1) == NULL);

	file = OpenPipeStream("echo pipe", "r");
	CHECK(fgets(line, sizeof(line), file) != NULL && SAME(line, "pipe\n"));
	CHECK(ClosePipeStream(file) == 0);
	CHECK(durable_unlink("capi_folder/two", ERROR) == 0 && rmdir("capi_folder") == 0);
	CHECK(data_sync_elevel(ERROR) == (data_sync_retry ? ERROR : PANIC));
	CHECK(max_files_per_process >= 64);
}

CAPI_TEST(test_tags_of_buffers)
{
	BufferTag tag;

	memset(&tag, 0, sizeof(tag));
	tag.rnode.relNode = 42;
	tag.forkNum = VISIBILITYMAP_FORKNUM;
	CHECK(BufTagGetRelNumber(&tag) == 42 && tag.relNumber == 42);
	CHECK(BufTagGetForkNum(&tag) == VISIBILITYMAP_FORKNUM);
}

CAPI_TEST(test_an_aborted_subtransaction_closes_its_files)
{
	int kept = OpenTransientFile("PG_VERSION", O_RDONLY);
	int lost;

	BeginInternalSubTransaction(NULL);
	lost = OpenTransientFile("PG_VERSION", O_RDONLY);
	CHECK(fcntl(lost, F_GETFD) >= 0);
	RollbackAndReleaseCurrentSubTransaction();
	CHECK(fcntl(lost, F_GETFD) < 0 && fcntl(kept, F_GETFD) >= 0);
	CHECK(CloseTransientFile(kept) == 0);
}

CAPI_TEST(test_numbered_files)
{
	char text[] = "0123456789";
	char got[4];
	File file = OpenTemporaryFile(false);
	File other = PathNameOpenFile("PG_VERSION", O_RDONLY);
	int fd = BasicOpenFile("PG_VERSION", O_RDONLY);

	CHECK(FileWrite(file, text, 10, 0, WAIT_EVENT_BUFFILE_WRITE) == 10);
	CHECK(FileRead(file, got, 4, 3, WAIT_EVENT_BUFFILE_READ) == 4 && memcmp(got, "3456", 4) == 0);
	CHECK(FileSize(file) == 10 && FileTruncate(file, 5, 0) == 0 && FileSize(file) == 5);
	CHECK(FilePrefetch(file, 0, 5, 0) == 0 && FileSync(file, 0) == 0);
	FileWriteback(file, 0, 5, 0);
	CHECK(FileGetRawDesc(file) > 2 && FileGetRawFlags(file) == O_RDWR &&
		  FileGetRawMode(file) == 0600);
	FileClose(file);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "is not open", FileSize(file));
	CHECK(other >= 0 && SAME(FilePathName(other), "PG_VERSION"));
	FileClose(other);
	CHECK(PathNameOpenFilePerm("no_such_file", O_RDONLY, 0600) < 0);
	CHECK(fd >= 0 && close(fd) == 0 && BasicOpenFilePerm("no_such_file", O_RDONLY, 0600) < 0);
	CHECK(AcquireExternalFD());
	ReleaseExternalFD();
	ReserveExternalFD();
	ReleaseExternalFD();
}

static volatile sig_atomic_t capi_ticks = 0;

static void
count_tick(void)
{
	capi_ticks = capi_ticks + 1;
}

static void
wait_for_ticks(int wanted)
{
	while (capi_ticks < wanted)
	{
		(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, 1000,
						 PG_WAIT_EXTENSION);
		ResetLatch(MyLatch);
		CHECK_FOR_INTERRUPTS();
	}
}

CAPI_TEST(test_timers)
{
	static TimeoutId mine = MAX_TIMEOUTS;
	EnableTimeoutParams on;
	DisableTimeoutParams off;

	if (mine == MAX_TIMEOUTS)
		mine = RegisterTimeout(USER_TIMEOUT, count_tick);
	CHECK(mine >= USER_TIMEOUT && mine < MAX_TIMEOUTS);
	capi_ticks = 0;
	enable_timeout_after(mine, 3600000);
	CHECK(get_timeout_active(mine) && !get_timeout_indicator(mine, false));
	CHECK(get_timeout_finish_time(mine) - get_timeout_start_time(mine) == INT64CONST(3600000000));
	disable_timeout(mine, false);
	CHECK(!get_timeout_active(mine));

	enable_timeout_at(mine, GetCurrentTimestamp());
	wait_for_ticks(1);
	CHECK(get_timeout_indicator(mine, true) && !get_timeout_indicator(mine, false));
	enable_timeout_every(mine, GetCurrentTimestamp(), 2);
	wait_for_ticks(4);
	CHECK(get_timeout_active(mine));
	off.id = mine;
	off.keep_indicator = true;
	disable_timeouts(&off, 1);
	CHECK(get_timeout_indicator(mine, true));

	memset(&on, 0, sizeof(on));
	on.id = mine;
	on.type = TMPARAM_AFTER;
	on.delay_ms = 1;
	capi_ticks = 0;
	enable_timeouts(&on, 1);
	wait_for_ticks(1);
	disable_all_timeouts(false);
	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "timeout", enable_timeout_after(STANDBY_TIMEOUT, 1));
}

CAPI_TEST(test_lists_in_texts)
{
	List *list;
	char names[] = " One , \"Two, \"\"x\"\"\",three ";
	char settings[] = "One,\"Two\"";
	char folders[] = "/a/ b , /c/";
	char bad[] = "a b, c";
	char word[] = "AbcDef";

	CHECK(SplitIdentifierString(names, ',', &list) && list_length(list) == 3);
	CHECK(SAME((char *) linitial(list), "one") && SAME((char *) lsecond(list), "Two, \"x\""));
	CHECK(SAME((char *) lthird(list), "three"));
	CHECK(SplitGUCList(settings, ',', &list) && SAME((char *) linitial(list), "One"));
	CHECK(SplitDirectoriesString(folders, ',', &list) && SAME((char *) lsecond(list), "/c"));
	CHECK(!SplitIdentifierString(bad, ',', &list));
	CHECK(list_length(textToQualifiedNameList(cstring_to_text("a.\"B\""))) == 2);
	CHECK(varstr_cmp("a", 1, "b", 1, InvalidOid) < 0 &&
		  varstr_cmp("ab", 2, "a", 1, InvalidOid) > 0);
	CHECK(SAME(downcase_truncate_identifier("ABC", 3, false), "abc"));
	CHECK(SAME(downcase_identifier("ABC", 2, false, false), "ab"));
	truncate_identifier(word, 6, false);
	CHECK(SAME(word, "AbcDef") && scanner_isspace('\t') && !scanner_isspace('x'));
	CHECK(SAME(makeObjectName("table", "column", "idx"), "table_column_idx"));
	CHECK(strlen(makeObjectName("a234567890a234567890a234567890a234567890",
								"b234567890b234567890b234567890", "x")) == 63);
}

CAPI_TEST(test_encodings)
{
	const char *text = "a\xc3\xa9z";
	unsigned char bytes[5] = {0};

	CHECK(GetDatabaseEncoding() == PG_UTF8 && GetMessageEncoding() == PG_UTF8 &&
		  SAME(GetDatabaseEncodingName(), "UTF8"));
	CHECK(pg_char_to_encoding("utf-8") == PG_UTF8 && pg_char_to_encoding("nothing") == -1);
	CHECK(SAME(pg_encoding_to_char(PG_LATIN1), "LATIN1") && SAME(pg_encoding_to_char(-1), ""));
	CHECK(pg_valid_server_encoding("UTF8") == PG_UTF8 && pg_valid_client_encoding("LATIN1") == -1);
	CHECK(SAME(pg_get_client_encoding_name(), "UTF8") && pg_get_client_encoding() == PG_UTF8);
	CHECK(pg_database_encoding_max_length() == 4);
	CHECK(pg_mblen(text + 1) == 2 && pg_mblen_cstr(text) == 1 &&
		  pg_mblen_with_len(text + 1, 1) == 1);
	CHECK(pg_mblen_range(text + 1, text + 4) == 2 && pg_mblen_unbounded(text + 1) == 2);
	CHECK(pg_utf_mblen((const unsigned char *) text + 1) == 2 && pg_dsplen(text) == 1);
	CHECK(pg_mbstrlen(text) == 3 && pg_mbstrlen_with_len(text, 3) == 2);
	CHECK(pg_mbcliplen(text, 4, 2) == 1 && pg_mbcharcliplen(text, 4, 2) == 3);
	CHECK(pg_verifymbstr(text, 4, true) && !pg_verifymbstr("\xc3(", 2, true));
	CHECK_ERROR(ERRCODE_CHARACTER_NOT_IN_REPERTOIRE, "UTF8",
				pg_verify_mbstr(PG_UTF8, "\xff", 1, false));
	CHECK(utf8_to_unicode((const unsigned char *) text + 1) == 0xe9);
	CHECK(memcmp(unicode_to_utf8(0x20ac, bytes), "\xe2\x82\xac", 3) == 0 &&
		  pg_utf8_islegal(bytes, 3));
	CHECK(!pg_utf8_islegal((const unsigned char *) "\xc0\x80", 2));
	CHECK(pg_client_to_server(text, 4) == text && pg_server_to_client(text, 4) == text);
	CHECK(pg_any_to_server(text, 4, PG_UTF8) == text &&
		  pg_server_to_any(text, 4, PG_SQL_ASCII) == text);
	CHECK(SAME(str_tolower("\xc3\x89X", 3, InvalidOid), "\xc3\xa9x") &&
		  SAME(str_toupper(text, 4, InvalidOid), "A\xc3\x89Z"));
	CHECK(SAME(str_initcap("one TWO", 7, InvalidOid), "One Two") &&
		  SAME(asc_initcap("one TWO", 7), "One Two"));
	CHECK(SAME(asc_tolower("AbC", 3), "abc") && SAME(asc_toupper("AbC", 2), "AB"));
	CHECK(SAME(lowerstr("AbC"), "abc") && SAME(lowerstr_with_len("AbC", 2), "ab"));
}

CAPI_TEST(test_calendar)
{
	int year, month, day, zone;
	struct pg_tm tm;
	fsec_t fsec;
	Timestamp moment;
	const char *name;

	CHECK(date2j(2000, 1, 1) == POSTGRES_EPOCH_JDATE && j2day(POSTGRES_EPOCH_JDATE) == 6);
	j2date(POSTGRES_EPOCH_JDATE + 59, &year, &month, &day);
	CHECK(year == 2000 && month == 2 && day == 29);
	CHECK(SAME(months[1], "Feb") && SAME(days[0], "Sunday") && day_tab[isleap(2000)][1] == 29);

	CHECK(timestamp2tm(INT64CONST(86399000001), NULL, &tm, &fsec, NULL, NULL) == 0);
	CHECK(tm.tm_year == 2000 && tm.tm_mon == 1 && tm.tm_mday == 1 && tm.tm_hour == 23 &&
		  tm.tm_sec == 59 && fsec == 1);
	CHECK(tm2timestamp(&tm, fsec, NULL, &moment) == 0 && moment == INT64CONST(86399000001));
	CHECK(timestamp2tm(0, &zone, &tm, &fsec, &name, pg_tzset("Europe/Paris")) == 0);
	CHECK(zone == -3600 && tm.tm_hour == 1 && name != NULL && SAME(name, "CET"));
	CHECK(tm2timestamp(&tm, fsec, &zone, &moment) == 0 && moment == 0);
	GetCurrentDateTime(&tm);
	GetCurrentTimeUsec(&tm, &fsec, &zone);
	CHECK(tm.tm_year > 2000);
}

CAPI_TEST(test_settings_for_another_process)
{
	Size size;
	char *state;

	SetConfigOption("search_path", "pg_catalog", PGC_USERSET, PGC_S_SESSION);
	size = EstimateGUCStateSpace();
	state = (char *) palloc(size);
	SerializeGUCState(size, state);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "not enough space", SerializeGUCState(1, state));
	SetConfigOption("search_path", "public", PGC_USERSET, PGC_S_SESSION);
	RestoreGUCState(state);
	CHECK(SAME(GetConfigOption("search_path", false, false), "pg_catalog"));
}

CAPI_TEST(test_numbers)
{
	int32 sum;
	uint64 product;

	CHECK(pg_leftmost_one_pos32(12) == 3 && pg_leftmost_one_pos64(UINT64CONST(1) << 40) == 40);
	CHECK(pg_rightmost_one_pos32(12) == 2 && pg_rightmost_one_pos64(8) == 3);
	CHECK(pg_nextpower2_32(5) == 8 && pg_nextpower2_64(8) == 8 && pg_prevpower2_32(5) == 4 &&
		  pg_prevpower2_64(9) == 8);
	CHECK(pg_nextpower2_size_t(3) == 4 && pg_prevpower2_size_t(3) == 2);
	CHECK(pg_ceil_log2_32(5) == 3 && pg_ceil_log2_64(8) == 3);
	CHECK(pg_popcount32(7) == 3 && pg_popcount64(7) == 3 && pg_popcount("\x03\x01", 2) == 3);
	CHECK(pg_rotate_left32(0x80000001U, 1) == 3 && pg_rotate_right32(3, 1) == 0x80000001U);
	CHECK(pg_bswap16(0x1234) == 0x3412 && pg_ntoh32(pg_hton32(7)) == 7 &&
		  pg_ntoh64(pg_hton64(7)) == 7);
	CHECK(pg_ntoh16(pg_hton16(7)) == 7 && pg_bswap32(1) == 0x01000000U &&
		  pg_bswap64(1) == UINT64CONST(1) << 56);
	CHECK(!pg_add_s32_overflow(1, 2, &sum) && sum == 3 &&
		  pg_add_s32_overflow(PG_INT32_MAX, 1, &sum));
	CHECK(!pg_mul_u64_overflow(3, 4, &product) && product == 12 &&
		  pg_sub_u64_overflow(3, 4, &product));
	CHECK(TransactionIdPrecedes(5, 6) && TransactionIdPrecedes(0xFFFFFFF0U, 5) &&
		  !TransactionIdPrecedes(5, 5));
	CHECK(TransactionIdPrecedesOrEquals(5, 5) && TransactionIdFollows(6, 5) &&
		  TransactionIdFollowsOrEquals(5, 5));
	CHECK(TransactionIdPrecedes(FrozenTransactionId, 5));
}

CAPI_TEST(test_what_is_not_there)
{
	ForkNumber fork;
	int slots, active;

	CHECK(NBuffers == 0 && BufferDescriptors == NULL && BufferBlocks == NULL && NLocBuffer == 0 &&
		  !have_free_buffer());
	CHECK(max_replication_slots == 0 && ReplicationSlotCtl != NULL && MyReplicationSlot == NULL);
	CHECK(SearchNamedReplicationSlot("x", true) == NULL);
	CHECK(!ReplicationSlotsCountDBSlots(MyDatabaseId, &slots, &active) && slots == 0 &&
		  active == 0);
	ReplicationSlotCleanup();
	CHECK(WalRcv->walRcvState == WALRCV_STOPPED && !WalRcvRunning() && !WalRcvStreaming());
	CHECK(!AutoVacuumingActive() && !IsAutoVacuumLauncherProcess() && !IsAutoVacuumWorkerProcess());
	CHECK(!HotStandbyActive() && GetRecoveryPauseState() == RECOVERY_NOT_PAUSED &&
		  GetLatestXTime() == 0);
	CHECK(ParallelWorkerNumber == -1 && !InitializingParallelWorker && !ParallelContextActive());
	CHECK(ParallelLeaderBackendId == InvalidBackendId);
	CHECK(forkname_to_number("vm") == VISIBILITYMAP_FORKNUM &&
		  SAME(forkNames[MAIN_FORKNUM], "main"));
	CHECK_ERROR(ERRCODE_INVALID_PARAMETER_VALUE, "fork name", forkname_to_number("x"));
	CHECK(forkname_chars("fsm", &fork) == 3 && fork == FSM_FORKNUM &&
		  forkname_chars("main", NULL) == 0);
	jit_reset_after_error();
	CHECK(IndexGetRelation(InvalidOid, true) == InvalidOid);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "cache lookup failed", IndexGetRelation(InvalidOid, false));
	CHECK_ERROR(ERRCODE_WRONG_OBJECT_TYPE, "no",
				ereport(ERROR, errcode(ERRCODE_WRONG_OBJECT_TYPE), errmsg("no"),
						errdetail_relkind_not_supported(RELKIND_VIEW)));
	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "ReadBuffer", ReadBuffer(NULL, 0));
}
