/*
 * capi_later.c
 *		Errors of input that come back, another user for a while, names of objects, pointers under a name, values as memory.
 */
#include "capi.h"

#include "catalog/objectaddress.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_class.h"
#include "catalog/pg_database.h"
#include "catalog/pg_language.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "commands/prepare.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "nodes/bitmapset.h"
#include "nodes/miscnodes.h"
#include "nodes/params.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/guc.h"
#include "utils/usercontext.h"

#define SAME(text, wanted) (strcmp((text), (wanted)) == 0)

static int
digit_of(const char *text, struct Node *escontext)
{
	if (text[0] < '0' || text[0] > '9' || text[1] != '\0')
		ereturn(escontext, -1, errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				errmsg("no digit: \"%s\"", text), errdetail("One is %d.", 7));
	return text[0] - '0';
}

CAPI_TEST(test_errors_that_come_back)
{
	ErrorSaveContext soft;

	memset(&soft, 0, sizeof(soft));
	soft.type = T_ErrorSaveContext;
	CHECK(digit_of("7", (struct Node *) &soft) == 7 && !SOFT_ERROR_OCCURRED((Node *) &soft));
	CHECK(digit_of("x", (struct Node *) &soft) == -1 && SOFT_ERROR_OCCURRED((Node *) &soft));
	CHECK(soft.error_data == NULL);
	soft.error_occurred = false;
	soft.details_wanted = true;
	CHECK(digit_of("y", (struct Node *) &soft) == -1 && soft.error_occurred);
	CHECK(soft.error_data->elevel == ERROR &&
		  soft.error_data->sqlerrcode == ERRCODE_INVALID_TEXT_REPRESENTATION);
	CHECK(SAME(soft.error_data->message, "no digit: \"y\"") &&
		  SAME(soft.error_data->detail, "One is 7.") &&
		  SAME(soft.error_data->funcname, "digit_of"));
	CHECK_ERROR(ERRCODE_INVALID_TEXT_REPRESENTATION, "no digit: \"z\"", digit_of("z", NULL));
	soft.type = T_Invalid;
	CHECK_ERROR(ERRCODE_INVALID_TEXT_REPRESENTATION, "no digit: \"z\"",
				digit_of("z", (struct Node *) &soft));
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "at once", errsave(NULL, errmsg_internal("at once")));
}

static int
half_of(int number, struct Node *escontext)
{
	if (number % 2 != 0)
		ereturn_domain(escontext, -1, NULL, errmsg("%d is odd", number));
	errsave_domain(escontext, NULL, errmsg("%d is even", number));
	if (errsave_start(escontext, NULL))
		errmsg("the last one"), errsave_finish(escontext, __FILE__, __LINE__, "half_of");
	return number / 2;
}

CAPI_TEST(test_the_last_error_that_came_back)
{
	ErrorSaveContext soft;

	memset(&soft, 0, sizeof(soft));
	soft.type = T_ErrorSaveContext;
	soft.details_wanted = true;
	CHECK(half_of(3, (struct Node *) &soft) == -1 && SAME(soft.error_data->message, "3 is odd"));
	CHECK(half_of(4, (struct Node *) &soft) == 2 && SAME(soft.error_data->message, "the last one"));
}

CAPI_TEST(test_another_user)
{
	UserContext context;
	Oid me = GetUserId(), other, plain;

	SPI_connect();
	SPI_execute("CREATE ROLE capi_plain; CREATE ROLE capi_other; GRANT capi_other TO capi_plain",
				false, 0);
	plain = get_role_oid("capi_plain", false);
	other = get_role_oid("capi_other", false);
	SPI_execute("SET LOCAL work_mem = '3MB'", false, 0);
	SwitchToUntrustedUser(plain, &context);
	CHECK(GetUserId() == plain && InSecurityRestrictedOperation());
	(void) set_config_option("work_mem", "5MB", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true,
							 0, false);
	CHECK(work_mem == 5 * 1024);
	{
		UserContext inner;

		CHECK_ERROR(ERRCODE_INSUFFICIENT_PRIVILEGE,
					"role \"capi_plain\" cannot SET ROLE to \"postgres\"",
					SwitchToUntrustedUser(me, &inner));
		SwitchToUntrustedUser(other, &inner);
		CHECK(GetUserId() == other);
		RestoreUserContext(&inner);
		CHECK(GetUserId() == plain);
	}
	RestoreUserContext(&context);
	CHECK(GetUserId() == me && !InSecurityRestrictedOperation());
	CHECK(work_mem == 3 * 1024);
	/* A superuser is trusted. */
	SwitchToUntrustedUser(me, &context);
	CHECK(GetUserId() == me && !InSecurityRestrictedOperation());
	RestoreUserContext(&context);
	SPI_execute("DROP ROLE capi_plain, capi_other", false, 0);
	SPI_finish();
}

static bool
is_called(Oid catalog, Oid object, int32 column, const char *wanted)
{
	ObjectAddress address;
	char *name;

	ObjectAddressSubSet(address, catalog, object, column);
	name = getObjectIdentity(&address, true);
	return wanted == NULL ? name == NULL : name != NULL && SAME(name, wanted);
}

CAPI_TEST(test_names_of_objects)
{
	ObjectAddress nothing;
	Oid table, function;
	bool is_null;

	SPI_connect();
	SPI_execute("CREATE SCHEMA \"Capi\"; CREATE TABLE \"Capi\".t (\"a b\" int); "
				"CREATE FUNCTION \"Capi\".f(int, text) RETURNS int AS 'SELECT 1' LANGUAGE sql",
				false, 0);
	SPI_execute("SELECT '\"Capi\".t'::regclass::oid, '\"Capi\".f'::regproc::oid", true, 0);
	table =
		DatumGetObjectId(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &is_null));
	function =
		DatumGetObjectId(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 2, &is_null));
	CHECK(is_called(RelationRelationId, table, 0, "\"Capi\".t"));
	CHECK(is_called(RelationRelationId, table, 1, "\"Capi\".t.\"a b\""));
	CHECK(is_called(RelationRelationId, table, 9, NULL));
	CHECK(is_called(RelationRelationId, 1, 0, NULL));
	CHECK(is_called(ProcedureRelationId, function, 0, "\"Capi\".f(integer,pg_catalog.text)"));
	CHECK(is_called(ProcedureRelationId, 1, 0, NULL));
	CHECK(is_called(NamespaceRelationId, PG_CATALOG_NAMESPACE, 0, "pg_catalog"));
	CHECK(is_called(AuthIdRelationId, BOOTSTRAP_SUPERUSERID, 0, "postgres"));
	CHECK(is_called(DatabaseRelationId, MyDatabaseId, 0, "postgres"));
	ObjectAddressSet(nothing, RelationRelationId, 1);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "cache lookup failed", getObjectIdentity(&nothing, false));
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "cache lookup failed",
				getObjectDescription(&nothing, false));
	CHECK(getObjectDescription(&nothing, true) == NULL);
	ObjectAddressSet(nothing, LanguageRelationId, 13);
	CHECK(SAME(getObjectDescription(&nothing, false), "language c"));
	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "identity of an object",
				getObjectIdentity(&nothing, true));
	SPI_execute("DROP FUNCTION \"Capi\".f(int, text); DROP TABLE \"Capi\".t; DROP SCHEMA \"Capi\"",
				false, 0);
	SPI_finish();
}

CAPI_TEST(test_meeting_points)
{
	static int meeting;
	void **place = find_rendezvous_variable("capi");

	*place = &meeting;
	CHECK(find_rendezvous_variable("another") != place);
	CHECK(*find_rendezvous_variable("another") == NULL);
	CHECK(find_rendezvous_variable("capi") == place && *place == &meeting);
}

CAPI_TEST(test_values_as_memory)
{
	text *words = cstring_to_text("some words");
	Datum copy = datumCopy(PointerGetDatum(words), false, -1);
	Datum name = CStringGetDatum("name");
	ParamListInfo list = makeParamList(3), same;

	CHECK(datumGetSize(PointerGetDatum(words), false, -1) == VARHDRSZ + 10);
	CHECK(datumGetSize(name, false, -2) == 5 && datumGetSize(Int32GetDatum(1), true, 4) == 4);
	CHECK(DatumGetPointer(copy) != (char *) words &&
		  datumIsEqual(copy, PointerGetDatum(words), false, -1));
	VARDATA(words)[0] = 'S';
	CHECK(!datumIsEqual(copy, PointerGetDatum(words), false, -1));
	CHECK(datumIsEqual(datumTransfer(name, false, -2), name, false, -2));
	CHECK(!datumIsEqual(Int32GetDatum(1), Int32GetDatum(2), true, 4));

	list->params[0].ptype = TEXTOID;
	list->params[0].value = PointerGetDatum(words);
	list->params[1].ptype = INT4OID;
	list->params[1].value = Int32GetDatum(4);
	list->params[2].ptype = TEXTOID;
	list->params[2].isnull = true;
	same = copyParamList(list);
	VARDATA(words)[0] = 's';
	CHECK(same->numParams == 3 && same->params[2].isnull);
	CHECK(SAME(TextDatumGetCString(same->params[0].value), "Some words"));
	CHECK(DatumGetInt32(same->params[1].value) == 4);
	CHECK(copyParamList(NULL) == NULL && copyParamList(makeParamList(0)) == NULL);
}

CAPI_TEST(test_numbers_taken_out_of_a_set)
{
	Bitmapset *set = bms_add_member(bms_make_singleton(100), 5);

	CHECK(bms_first_member(set) == 5 && bms_first_member(set) == 100);
	CHECK(bms_first_member(set) == -1 && bms_first_member(NULL) == -1);
}
