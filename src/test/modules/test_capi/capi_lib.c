/*
 * capi_lib.c
 *		Small helpers: random numbers, sums, addresses, paths, measured times, values of options.
 */
#include "capi.h"

#include <sys/un.h>

#include "access/commit_ts.h"
#include "catalog/catversion.h"
#include "commands/defrem.h"
#include "commands/event_trigger.h"
#include "common/ip.h"
#include "common/md5.h"
#include "common/pg_prng.h"
#include "nodes/makefuncs.h"
#include "nodes/value.h"
#include "parser/parse_func.h"
#include "parser/parsetree.h"
#include "portability/instr_time.h"
#include "rusagestub.h"
#include "utils/pg_lsn.h"
#include "utils/plancache.h"
#include "utils/ps_status.h"

CAPI_TEST(test_random_numbers)
{
	pg_prng_state state;
	pg_prng_state again;
	int heads = 0;

	pg_prng_seed(&state, 42);
	pg_prng_seed(&again, 42);
	CHECK(pg_prng_uint64(&state) == pg_prng_uint64(&again));
	CHECK(pg_prng_int64(&state) == (int64) pg_prng_uint64(&again));
	CHECK(pg_prng_uint32(&state) == pg_prng_uint32(&again));
	CHECK(pg_prng_int32(&state) == pg_prng_int32(&again));
	pg_prng_fseed(&again, 0.5);
	CHECK(pg_prng_uint64(&state) != pg_prng_uint64(&again));
	for (int i = 0; i < 1000; i++)
	{
		const uint64 drawn = pg_prng_uint64_range(&state, 10, 12);
		const double fraction = pg_prng_double(&state);

		CHECK(drawn >= 10 && drawn <= 12);
		CHECK(fraction >= 0 && fraction < 1);
		CHECK(pg_prng_int64p(&state) >= 0);
		CHECK(pg_prng_int32p(&state) >= 0);
		heads += pg_prng_bool(&state);
	}
	CHECK(heads > 400 && heads < 600);
	CHECK(pg_prng_uint64_range(&state, 5, 4) == 5);
	state.s0 = state.s1 = 0;
	CHECK(!pg_prng_seed_check(&state));
	CHECK(pg_prng_seed_check(&state));
	CHECK(pg_prng_strong_seed(&state));
	/* Each process has numbers of its own: the seed is not the one that the server starts with. */
	CHECK(pg_global_prng_state.s0 != UINT64CONST(0x9e3779b97f4a7c15));
}

CAPI_TEST(test_md5)
{
	char digits[33];
	unsigned char bytes[16];
	const char *error;

	CHECK(pg_md5_hash("abc", 3, digits, &error));
	CHECK(strcmp(digits, "900150983cd24fb0d6963f7d28e17f72") == 0);
	CHECK(pg_md5_binary("abc", 3, bytes, &error));
	CHECK(bytes[0] == 0x90 && bytes[15] == 0x72 && error == NULL);
}

CAPI_TEST(test_addresses)
{
	struct addrinfo hints;
	struct addrinfo *found;
	struct sockaddr_storage address;
	char host[64];
	char service[64];
	char tiny[4];
	char path[200];

	memset(&hints, 0, sizeof(hints));
	hints.ai_family = AF_INET;
	hints.ai_socktype = SOCK_STREAM;
	hints.ai_flags = AI_NUMERICHOST;
	CHECK(pg_getaddrinfo_all("127.0.0.1", "5432", &hints, &found) == 0);
	CHECK(pg_getnameinfo_all((const struct sockaddr_storage *) found->ai_addr, found->ai_addrlen,
							 host, sizeof(host), service, sizeof(service),
							 NI_NUMERICHOST | NI_NUMERICSERV) == 0);
	CHECK(strcmp(host, "127.0.0.1") == 0 && strcmp(service, "5432") == 0);
	pg_freeaddrinfo_all(AF_INET, found);
	CHECK(pg_getaddrinfo_all("no such number", "5432", &hints, &found) != 0 && found == NULL);
	pg_freeaddrinfo_all(AF_INET, found);

	hints.ai_family = AF_UNIX;
	CHECK(pg_getaddrinfo_all(NULL, "/tmp/.s.PGSQL.5432", &hints, &found) == 0);
	CHECK(found->ai_family == AF_UNIX && found->ai_addrlen == sizeof(struct sockaddr_un));
	memset(&address, 0, sizeof(address));
	memcpy(&address, found->ai_addr, found->ai_addrlen);
	CHECK(pg_getnameinfo_all(&address, found->ai_addrlen, host, sizeof(host), service,
							 sizeof(service), 0) == 0);
	CHECK(strcmp(host, "[local]") == 0 && strcmp(service, "/tmp/.s.PGSQL.5432") == 0);
	CHECK(pg_getnameinfo_all(&address, found->ai_addrlen, tiny, sizeof(tiny), NULL, 0, 0) != 0);
	CHECK(strcmp(tiny, "???") == 0);
	pg_freeaddrinfo_all(AF_UNIX, found);
	memset(path, 'a', sizeof(path));
	path[sizeof(path) - 1] = '\0';
	CHECK(pg_getaddrinfo_all(NULL, path, &hints, &found) == EAI_FAIL);
}

CAPI_TEST(test_paths_of_the_installation)
{
	char path[MAXPGPATH];

	CHECK(path_contains_parent_reference("a/../b") && path_contains_parent_reference(".."));
	CHECK(!path_contains_parent_reference("a/..b/c"));
	CHECK(path_is_relative_and_below_cwd("a/b"));
	CHECK(!path_is_relative_and_below_cwd("/a") && !path_is_relative_and_below_cwd("../a"));
	get_share_path("", path);
	CHECK(strstr(path, "/share") != NULL);
}

CAPI_TEST(test_title)
{
	int length;

	set_ps_display("measuring");
	CHECK(strncmp(get_ps_display(&length), "measuring", 9) == 0);
	CHECK(length == 9);
}

CAPI_TEST(test_measured_times)
{
	instr_time start;
	instr_time end;
	instr_time sum;
	struct rusage usage;

	INSTR_TIME_SET_ZERO(start);
	CHECK(INSTR_TIME_IS_ZERO(start));
	CHECK(INSTR_TIME_SET_CURRENT_LAZY(start) && !INSTR_TIME_SET_CURRENT_LAZY(start));
	start.tv_sec = 1;
	start.tv_nsec = 900000000;
	end.tv_sec = 3;
	end.tv_nsec = 100000000;
	sum = end;
	INSTR_TIME_SUBTRACT(sum, start);
	CHECK(sum.tv_sec == 1 && sum.tv_nsec == 200000000);
	CHECK(INSTR_TIME_GET_NANOSEC(sum) == INT64CONST(1200000000));
	INSTR_TIME_ACCUM_DIFF(sum, end, start);
	CHECK(INSTR_TIME_GET_MILLISEC(sum) == 2400 && INSTR_TIME_GET_MICROSEC(sum) == 2400000);
	INSTR_TIME_ADD(sum, start);
	CHECK(INSTR_TIME_GET_DOUBLE(sum) == 4.3);
	sum = start;
	INSTR_TIME_SUBTRACT(sum, end);
	CHECK(INSTR_TIME_GET_NANOSEC(sum) == -INT64CONST(1200000000));
	CHECK(getrusage(RUSAGE_SELF, &usage) == 0);
}

/* An option with a value. */
static DefElem *
option(Node *value)
{
	DefElem *def = makeNode(DefElem);

	def->defname = pstrdup("fillfactor");
	def->arg = value;
	return def;
}

CAPI_TEST(test_values_of_options)
{
	DefElem *number = option((Node *) makeInteger(7));
	DefElem *large = option((Node *) makeFloat(pstrdup("5000000000")));
	DefElem *word = option((Node *) makeString(pstrdup("Off")));
	DefElem *list = option((Node *) list_make2(makeString(pstrdup("a")), makeString(pstrdup("b"))));
	DefElem *none = option(NULL);

	CHECK(strcmp(defGetString(number), "7") == 0 && strcmp(defGetString(list), "a.b") == 0);
	CHECK(strcmp(defGetString(option((Node *) makeBoolean(true))), "true") == 0);
	CHECK(defGetNumeric(number) == 7 && defGetNumeric(large) == 5e9);
	CHECK(defGetInt32(number) == 7 && defGetInt64(number) == 7);
	CHECK(defGetInt64(large) == INT64CONST(5000000000) && defGetObjectId(number) == 7);
	CHECK(defGetBoolean(none) && !defGetBoolean(word));
	CHECK(defGetBoolean(option((Node *) makeInteger(1))));
	CHECK(list_length(defGetQualifiedName(list)) == 2 && list_length(defGetStringList(list)) == 2);
	CHECK(list_length(defGetQualifiedName(word)) == 1);
	CHECK(defGetTypeLength(number) == 7);
	CHECK(defGetTypeLength(option((Node *) makeString(pstrdup("VARIABLE")))) == -1);
	CHECK_ERROR(ERRCODE_SYNTAX_ERROR, "fillfactor requires a parameter", defGetString(none));
	CHECK_ERROR(ERRCODE_SYNTAX_ERROR, "fillfactor requires a Boolean value", defGetBoolean(number));
	CHECK_ERROR(ERRCODE_SYNTAX_ERROR, "fillfactor requires an integer value", defGetInt32(large));
	CHECK_ERROR(ERRCODE_SYNTAX_ERROR, "fillfactor requires a numeric value", defGetNumeric(word));
	CHECK_ERROR(ERRCODE_SYNTAX_ERROR, "invalid argument for fillfactor: \"Off\"",
				defGetTypeLength(word));
	CHECK_ERROR(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, "out of range for type bigint",
				defGetInt64(option((Node *) makeFloat(pstrdup("99999999999999999999")))));
	CHECK(strcmp(makeBitString(pstrdup("b101"))->bsval, "b101") == 0);
}

CAPI_TEST(test_functions_by_name)
{
	const Oid text_argument[] = {25};
	List *lower = list_make1(makeString(pstrdup("lower")));
	List *qualified = list_make2(makeString(pstrdup("pg_catalog")), makeString(pstrdup("version")));
	List *absent = list_make1(makeString(pstrdup("not_there")));

	CHECK(LookupFuncName(lower, 1, text_argument, false) == 870);
	CHECK(LookupFuncName(qualified, -1, NULL, false) == 89);
	CHECK(LookupFuncName(absent, 1, text_argument, true) == InvalidOid);
	CHECK_ERROR(ERRCODE_UNDEFINED_FUNCTION, "function not_there(text) does not exist",
				LookupFuncName(absent, 1, text_argument, false));
	CHECK_ERROR(ERRCODE_UNDEFINED_FUNCTION, "could not find a function named \"not_there\"",
				LookupFuncName(absent, -1, NULL, false));
	CHECK_ERROR(ERRCODE_AMBIGUOUS_FUNCTION, "is not unique",
				LookupFuncName(list_make1(makeString(pstrdup("length"))), -1, NULL, false));
}

CAPI_TEST(test_places_of_rows)
{
	ItemPointerData place;
	ItemPointerData copy;
	RangeTblEntry *entry = makeNode(RangeTblEntry);
	List *table = list_make1(entry);
	LOCAL_FCINFO(fcinfo, 1);

	ItemPointerSet(&place, 70000, 3);
	ItemPointerCopy(&place, &copy);
	CHECK(ItemPointerIsValid(&copy) && ItemPointerGetBlockNumber(&copy) == 70000);
	CHECK(ItemPointerGetOffsetNumber(&copy) == 3);
	ItemPointerSetBlockNumber(&copy, 1);
	ItemPointerSetOffsetNumber(&copy, 0);
	CHECK(ItemPointerGetBlockNumberNoCheck(&copy) == 1 && !ItemPointerIsValid(&copy));
	CHECK(ItemPointerGetOffsetNumberNoCheck(&copy) == 0);

	entry->relid = 1259;
	CHECK(rt_fetch(1, table) == entry && getrelid(1, table) == 1259);

	InitFunctionCallInfoData(*fcinfo, NULL, 1, InvalidOid, NULL, NULL);
	CHECK(!CALLED_AS_EVENT_TRIGGER(fcinfo));
	fcinfo->args[0].value = LSNGetDatum((XLogRecPtr) 5);
	CHECK(PG_GETARG_LSN(0) == 5 && DatumGetLSN(fcinfo->args[0].value) == 5);
	CHECK(CATALOG_VERSION_NO == 202209061 && !track_commit_timestamp);
}
