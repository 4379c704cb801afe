/*
 * capi_nodes.c
 *		Nodes and lists cell by cell, strings that grow.
 */
#include "capi.h"

#include "lib/stringinfo.h"
#include "nodes/memnodes.h"
#include "nodes/pg_list.h"
#include "nodes/value.h"
#include "utils/memutils.h"

/* ---- Nodes ---- */

CAPI_TEST(test_nodes)
{
	Node *node = PgNewNode(sizeof(Integer), T_Integer);
	void *value = node;

	CHECK(nodeTag(node) == T_Integer && castNode(Integer, value) == (Integer *) value);
	CHECK(intVal(value) == 0);
	castNode(Integer, value)->ival = 5;
	CHECK(intVal(value) == 5);
	NodeSetTag(node, T_Boolean);
	CHECK(nodeTag(node) == T_Boolean && IsA(node, Boolean));
	CHECK(boolVal((void *) makeBoolean(true)) && !boolVal((void *) makeBoolean(false)));
	CHECK(floatVal((void *) makeFloat(pstrdup("2.5"))) == 2.5);
	CHECK(MemoryContextIsValid(CurrentMemoryContext) && !MemoryContextIsValid(NULL));
}

/* ---- Lists ---- */

/* The words of the list one behind the other. */
static char *
joined(const List *list)
{
	StringInfo text = makeStringInfo();
	ListCell *cell;

	foreach (cell, list)
		appendStringInfoString(text, (const char *) lfirst(cell));
	return text->data;
}

static bool
is(const List *list, const char *letters)
{
	return strcmp(joined(list), letters) == 0 && list_length(list) == (int) strlen(letters);
}

/* The numbers of the list as the digits of one. */
static int
digits(const List *list)
{
	ListCell *cell;
	int number = 0;

	foreach (cell, list)
		number = number * 10 + lfirst_int(cell);
	return number;
}

CAPI_TEST(test_lists_of_pointers)
{
	char a[] = "a", b[] = "b", c[] = "c", d[] = "d", e[] = "e";
	List *list = lappend(lappend(NIL, b), c);
	List *copy;

	CHECK(is(list, "bc") && is(lcons(a, list_copy(list)), "abc"));
	list = lcons(a, list);
	list = list_concat(list, list_make2(d, e));
	CHECK(is(list, "abcde") && lfourth(list) == d && llast(list) == e && list_nth(list, 2) == c);
	CHECK(lfirst(list_nth_cell(list, 1)) == b && lfirst(list_last_cell(list)) == e);
	CHECK(list_tail(list) == list_last_cell(list) && list_tail(NIL) == NULL);
	CHECK(list_cell_number(list, list_nth_cell(list, 3)) == 3);
	CHECK(lnext(list, list_nth_cell(list, 3)) == list_tail(list));
	CHECK(lnext(list, list_tail(list)) == NULL);

	copy = list_copy_tail(list, 3);
	CHECK(is(copy, "de") && list_copy_tail(list, 5) == NIL);
	copy = list_insert_nth(copy, 1, a);
	CHECK(is(copy, "dae") && is(list_insert_nth(copy, 3, b), "daeb"));
	list_free(copy);

	list = list_delete_first(list);
	CHECK(is(list, "bcde"));
	list = list_delete_last(list);
	CHECK(is(list, "bcd"));
	list = list_delete_ptr(list, c);
	CHECK(is(list, "bd"));
	list = list_delete_cell(list, list_head(list));
	CHECK(is(list, "d"));
	list = list_delete_nth_cell(list, 0);
	CHECK(list == NIL);
	list = list_truncate(list_make3(a, b, c), 2);
	CHECK(is(list, "ab") && list_truncate(list, 0) == NIL);
	CHECK(is(list_make5(e, d, c, b, a), "edcba"));
	list_free_deep(list_make2(pstrdup("x"), pstrdup("y")));
}

CAPI_TEST(test_lists_of_integers_and_oids)
{
	List *ints = lcons_int(1, lappend_int(lappend_int(NIL, 2), 3));
	List *oids = lcons_oid(1, lappend_oid(lappend_oid(NIL, 2), 4000000000u));

	CHECK(digits(ints) == 123 && IsA(ints, IntList) && IsA(oids, OidList));
	CHECK(linitial_int(ints) == 1 && lsecond_int(ints) == 2 && lthird_int(ints) == 3);
	CHECK(llast_int(ints) == 3 && list_member_int(ints, 2) && !list_member_int(ints, 4));
	CHECK(lsecond_oid(oids) == 2 && llast_oid(oids) == 4000000000u && list_nth_oid(oids, 0) == 1);
	ints = list_delete_int(ints, 2);
	CHECK(digits(ints) == 13 && digits(list_delete_int(ints, 7)) == 13);
	oids = list_delete_oid(oids, 1);
	CHECK(list_length(oids) == 2 && linitial_oid(oids) == 2);
	oids = list_make3_oid(7, 8, 9);
	CHECK(lsecond_oid(oids) == 8 && llast_oid(oids) == 9);
}

CAPI_TEST(test_lists_made_of_cells)
{
	char a[] = "a";
	const ListCell one = list_make_int_cell(1), two = list_make_int_cell(2);
	const ListCell three = list_make_int_cell(3), four = list_make_int_cell(4);
	List *pointers = list_make1_impl(T_List, list_make_ptr_cell(a));
	List *oids = list_make1_impl(T_OidList, list_make_oid_cell(4000000000u));

	CHECK(linitial(pointers) == a && linitial_oid(oids) == 4000000000u);
	CHECK(digits(list_make2_impl(T_IntList, one, two)) == 12);
	CHECK(digits(list_make3_impl(T_IntList, one, two, three)) == 123);
	CHECK(digits(list_make4_impl(T_IntList, one, two, three, four)) == 1234);
	CHECK(digits(list_make5_impl(T_IntList, four, three, two, one, four)) == 43214);
	CHECK(lfirst_int(pg_list_cell_or_null(list_make2_int(5, 6), 1)) == 6);
	CHECK(pg_list_cell_or_null(list_make2_int(5, 6), 2) == NULL);
}

CAPI_TEST(test_lists_of_one_kind_of_node)
{
	List *words =
		list_make3(makeString(pstrdup("a")), makeString(pstrdup("b")), makeString(pstrdup("c")));

	CHECK(strcmp(lfirst_node(String, list_head(words))->sval, "a") == 0);
	CHECK(strcmp(lsecond_node(String, words)->sval, "b") == 0);
	CHECK(strcmp(list_nth_node(String, words, 1)->sval, "b") == 0);
	CHECK(strcmp(llast_node(String, words)->sval, "c") == 0);
}

CAPI_TEST(test_loops_from_a_place_on)
{
	List *ints = list_make4_int(1, 2, 3, 4), *more = list_make2_int(5, 6);
	ListCell *cell, *other;
	int number = 0;

	for_each_from(cell, ints, 2) number = number * 10 + lfirst_int(cell);
	CHECK(number == 34 && cell == NULL);
	number = 0;
	for_each_cell (cell, ints, list_nth_cell(ints, 1))
		number = number * 10 + lfirst_int(cell);
	for_each_cell (cell, ints, NULL)
		number = -1;
	CHECK(number == 234);
	number = 0;
	forboth(cell, ints, other, more) number =
		number * 100 + lfirst_int(cell) * 10 + lfirst_int(other);
	CHECK(number == 1526);
	foreach (cell, NIL)
		number = -1;
	CHECK(number == 1526);
}

/* ---- Strings ---- */

static int append_once(StringInfo string, const char *format, ...) pg_attribute_printf(2, 3);

static int
append_once(StringInfo string, const char *format, ...)
{
	va_list args;
	int needed;

	va_start(args, format);
	needed = appendStringInfoVA(string, format, args);
	va_end(args);
	return needed;
}

CAPI_TEST(test_strings_that_grow)
{
	StringInfo string = makeStringInfo();
	const char long_word[] = "a word of some length";
	int needed;

	CHECK(string->len == 0 && string->data[0] == '\0');
	appendStringInfoCharMacro(string, 'a');
	appendStringInfoSpaces(string, 2);
	appendStringInfoSpaces(string, 0);
	appendBinaryStringInfoNT(string, "b\0c", 3);
	CHECK(string->len == 6 && memcmp(string->data, "a  b\0c", 6) == 0);

	/* What does not fit is not appended; with the room asked for, it is. */
	resetStringInfo(string);
	while (string->maxlen - string->len > (int) sizeof(long_word))
		appendStringInfoCharMacro(string, '.');
	needed = append_once(string, "%s%s", long_word, long_word);
	CHECK(needed > 0 && string->data[string->len - 1] == '.');
	enlargeStringInfo(string, needed);
	CHECK(string->maxlen > string->len + needed);
	CHECK(append_once(string, "%s%s", long_word, long_word) == 0);
	CHECK(strcmp(string->data + string->len - strlen(long_word), long_word) == 0);
	CHECK_ERROR(ERRCODE_PROGRAM_LIMIT_EXCEEDED, "out of memory",
				enlargeStringInfo(string, 0x3fffffff));
	destroyStringInfo(string);
}
