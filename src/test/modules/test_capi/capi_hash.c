/*
 * capi_hash.c
 *		Hash functions and private hash tables; lists whose links lie in their members.
 */
#include "capi.h"

#include "common/hashfn.h"
#include "lib/ilist.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include <string.h>

static const unsigned char *
bytes(const char *text)
{
	return (const unsigned char *) text;
}

CAPI_TEST(test_hash_functions)
{
	uint32 number = 12345;

	CHECK(hash_bytes(bytes("abc"), 3) == (uint32) -785388649);
	CHECK((uint32) hash_bytes_extended(bytes("abc"), 3, 0) == hash_bytes(bytes("abc"), 3));
	CHECK(hash_bytes_uint32(number) == (uint32) -78097827);
	CHECK((uint32) hash_bytes_uint32_extended(number, 0) == hash_bytes_uint32(number));
	CHECK(DatumGetUInt32(hash_any(bytes("abc"), 3)) == hash_bytes(bytes("abc"), 3));
	CHECK(DatumGetUInt64(hash_any_extended(bytes("abc"), 3, 9)) ==
		  hash_bytes_extended(bytes("abc"), 3, 9));
	CHECK(DatumGetUInt32(hash_uint32(number)) == hash_bytes_uint32(number));
	CHECK(DatumGetUInt64(hash_uint32_extended(number, 9)) == hash_bytes_uint32_extended(number, 9));
	CHECK(string_hash("abcdef", 4) == tag_hash("abc", 3));
	CHECK(uint32_hash(&number, 4) == oid_hash(&number, 4));
	CHECK(hash_combine(1, 2) != hash_combine(2, 1) && hash_combine64(1, 2) != hash_combine64(2, 1));
	CHECK(murmurhash32(0) == 0 && murmurhash64(0) == 0);
	CHECK(ROTATE_HIGH_AND_LOW_32BITS(UINT64CONST(0x8000000080000001)) ==
		  UINT64CONST(0x0000000100000003));
}

CAPI_TEST(test_hash_table)
{
	HASHCTL control;
	HASH_SEQ_STATUS scan;
	HTAB *table;
	bool found;
	int seen = 0;
	char *entry;

	memset(&control, 0, sizeof(control));
	control.keysize = 16;
	control.entrysize = 24;
	control.hcxt = CurrentMemoryContext;
	table = hash_create("names", 10, &control, HASH_ELEM | HASH_STRINGS | HASH_CONTEXT);
	CHECK(strcmp((char *) hash_search(table, "one", HASH_ENTER, &found), "one") == 0 && !found);
	CHECK(hash_search(table, "two", HASH_ENTER_NULL, NULL) != NULL);
	entry = (char *) hash_search(table, "two", HASH_FIND, &found);
	CHECK(found && hash_update_hash_key(table, entry, "three"));
	CHECK(hash_search(table, "two", HASH_FIND, NULL) == NULL);
	hash_seq_init(&scan, table);
	while (hash_seq_search(&scan) != NULL)
		seen++;
	CHECK(seen == 2 && hash_get_num_entries(table) == 2);
	hash_seq_init_with_hash_value(&scan, table, get_hash_value(table, "three"));
	CHECK(hash_seq_search(&scan) == entry);
	hash_seq_term(&scan);
	hash_seq_init(&scan, table);
	AtEOSubXact_HashTables(false, 2);
	AtEOXact_HashTables(false);
	hash_stats("test_capi", table);
	hash_freeze(table);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "cannot insert into frozen hashtable \"names\"",
				hash_search(table, "four", HASH_ENTER, NULL));
	hash_destroy(table);
}

typedef struct Member
{
	int number;
	dlist_node link;
	slist_node single;
} Member;

/* The numbers of a list, in order. */
static int
numbers(dlist_head *list)
{
	dlist_iter iter;
	int all = 0;

	dlist_foreach (iter, list)
		all = all * 10 + dlist_container(Member, link, iter.cur)->number;
	return all;
}

CAPI_TEST(test_dlist)
{
	dlist_head list = DLIST_STATIC_INIT(list);
	dlist_mutable_iter change;
	dlist_iter iter;
	Member m[5];
	int all = 0;
	int i;

	for (i = 0; i < 5; i++)
	{
		m[i].number = i;
		dlist_node_init(&m[i].link);
	}
	CHECK(dlist_is_empty(&list) && dlist_node_is_detached(&m[1].link));
	dlist_init(&list);
	dlist_push_tail(&list, &m[2].link);
	dlist_push_head(&list, &m[1].link);
	dlist_insert_after(&m[2].link, &m[4].link);
	dlist_insert_before(&m[4].link, &m[3].link);
	CHECK(numbers(&list) == 1234);
	dlist_check(&list);
	dlist_member_check(&list, &m[1].link);
	CHECK(dlist_has_next(&list, &m[1].link) && !dlist_has_prev(&list, &m[1].link));
	CHECK(dlist_next_node(&list, &m[1].link) == &m[2].link);
	CHECK(dlist_prev_node(&list, &m[2].link) == dlist_head_node(&list));
	CHECK(dlist_tail_node(&list) == &m[4].link);
	CHECK(dlist_head_element(Member, link, &list) == &m[1]);
	CHECK(dlist_tail_element(Member, link, &list)->number == 4);
	CHECK(dlist_head_element_off(&list, 0) == (void *) &m[1].link);
	CHECK(dlist_tail_element_off(&list, 0) == (void *) &m[4].link);
	dlist_move_head(&list, &m[4].link);
	dlist_move_tail(&list, &m[1].link);
	CHECK(numbers(&list) == 4231);
	dlist_reverse_foreach(iter, &list) all =
		all * 10 + dlist_container(Member, link, iter.cur)->number;
	CHECK(all == 1324);
	dlist_delete_from(&list, &m[2].link);
	dlist_delete_from_thoroughly(&list, &m[3].link);
	CHECK(dlist_node_is_detached(&m[3].link) && numbers(&list) == 41);
	CHECK(dlist_pop_head_node(&list) == &m[4].link);
	dlist_push_head(&list, &m[2].link);
	dlist_foreach_modify (change, &list)
	{
		if (dlist_container(Member, link, change.cur)->number == 2)
			dlist_delete_thoroughly(change.cur);
		else
			dlist_delete(change.cur);
	}
	CHECK(dlist_is_empty(&list));
}

CAPI_TEST(test_dclist)
{
	dclist_head list = DCLIST_STATIC_INIT(list);
	dlist_mutable_iter change;
	dlist_iter iter;
	Member m[5];
	int all = 0;
	int i;

	for (i = 0; i < 5; i++)
		m[i].number = i;
	dclist_init(&list);
	CHECK(dclist_is_empty(&list));
	dclist_push_tail(&list, &m[2].link);
	dclist_push_head(&list, &m[1].link);
	dclist_insert_after(&list, &m[2].link, &m[4].link);
	dclist_insert_before(&list, &m[4].link, &m[3].link);
	CHECK(dclist_count(&list) == 4 && numbers(&list.dlist) == 1234);
	CHECK(dclist_has_next(&list, &m[1].link) && !dclist_has_prev(&list, &m[1].link));
	CHECK(dclist_next_node(&list, &m[1].link) == &m[2].link);
	CHECK(dclist_prev_node(&list, &m[2].link) == dclist_head_node(&list));
	CHECK(dclist_tail_node(&list) == &m[4].link);
	CHECK(dclist_head_element(Member, link, &list) == &m[1]);
	CHECK(dclist_tail_element(Member, link, &list) == dclist_container(Member, link, &m[4].link));
	CHECK(dclist_head_element_off(&list, 0) == (void *) &m[1].link);
	CHECK(dclist_tail_element_off(&list, 0) == (void *) &m[4].link);
	dclist_move_head(&list, &m[4].link);
	dclist_move_tail(&list, &m[1].link);
	dclist_foreach(iter, &list) all = all * 10 + dclist_container(Member, link, iter.cur)->number;
	dclist_reverse_foreach(iter, &list) all =
		all * 10 + dclist_container(Member, link, iter.cur)->number;
	CHECK(all == 42311324);
	CHECK(dclist_pop_head_node(&list) == &m[4].link);
	dclist_foreach_modify(change, &list)
	{
		if (change.cur == &m[2].link)
			dclist_delete_from(&list, change.cur);
	}
	dclist_delete_from_thoroughly(&list, &m[3].link);
	CHECK(dclist_count(&list) == 1);
}

CAPI_TEST(test_slist)
{
	slist_head list = SLIST_STATIC_INIT(list);
	slist_mutable_iter change;
	slist_iter iter;
	Member m[5];
	int all = 0;
	int i;

	for (i = 0; i < 5; i++)
		m[i].number = i;
	slist_init(&list);
	CHECK(slist_is_empty(&list));
	slist_push_head(&list, &m[3].single);
	slist_push_head(&list, &m[1].single);
	slist_insert_after(&m[1].single, &m[2].single);
	slist_check(&list);
	slist_foreach (iter, &list)
		all = all * 10 + slist_container(Member, single, iter.cur)->number;
	CHECK(all == 123);
	CHECK(slist_has_next(&list, &m[1].single) && !slist_has_next(&list, &m[3].single));
	CHECK(slist_next_node(&list, &m[1].single) == &m[2].single);
	CHECK(slist_head_node(&list) == &m[1].single);
	CHECK(slist_head_element(Member, single, &list) == &m[1]);
	CHECK(slist_head_element_off(&list, 0) == (void *) &m[1].single);
	slist_foreach_modify (change, &list)
	{
		if (change.cur == &m[2].single)
			slist_delete_current(&change);
	}
	slist_delete(&list, &m[3].single);
	CHECK(slist_pop_head_node(&list) == &m[1].single && slist_is_empty(&list));
}
