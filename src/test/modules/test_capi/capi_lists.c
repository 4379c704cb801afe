/*
 * capi_lists.c
 *		Lists, nodes that are compared and copied, hash tables made by macros.
 */
#include "capi.h"

#include "common/hashfn.h"
#include "lib/stringinfo.h"
#include "nodes/makefuncs.h"
#include "nodes/pg_list.h"
#include "nodes/value.h"
#include "storage/proc.h"
#include "storage/relfilelocator.h"
#include "utils/guc.h"
#include "utils/memutils.h"

static bool
ints_are(const List *list, int count, int a, int b, int c)
{
	int wanted[3];
	int i;

	wanted[0] = a;
	wanted[1] = b;
	wanted[2] = c;
	if (list_length(list) != count || (list != NIL && !IsA(list, IntList)))
		return false;
	for (i = 0; i < count; i++)
		if (list_nth_int(list, i) != wanted[i])
			return false;
	return true;
}

CAPI_TEST(test_lists_of_numbers)
{
	List *ints = list_make3_int(1, 2, 3);
	List *others = list_make2_int(3, 4);
	List *oids = list_make4_oid(7, 7, 8, 9);

	CHECK(ints_are(list_append_unique_int(list_copy(ints), 3), 3, 1, 2, 3));
	CHECK(list_length(list_append_unique_int(list_copy(ints), 5)) == 4);
	CHECK(ints_are(list_concat_unique_int(list_make1_int(4), others), 2, 4, 3, 0));
	CHECK(list_length(list_union_int(ints, others)) == 4);
	CHECK(ints_are(ints, 3, 1, 2, 3));
	CHECK(ints_are(list_difference_int(ints, others), 2, 1, 2, 0));
	CHECK(ints_are(list_difference_int(ints, NIL), 3, 1, 2, 3));
	CHECK(ints_are(list_intersection_int(ints, others), 1, 3, 0, 0));
	CHECK(list_intersection_int(ints, NIL) == NIL);
	CHECK(ints_are(list_insert_nth_int(list_make2_int(1, 3), 1, 2), 3, 1, 2, 3));
	CHECK(ints_are(list_copy_head(ints, 2), 2, 1, 2, 0));
	CHECK(list_copy_head(ints, 0) == NIL && list_length(list_copy_head(ints, 9)) == 3);
	CHECK(ints_are(list_delete_first_n(list_copy(ints), 2), 1, 3, 0, 0));
	CHECK(list_delete_first_n(list_copy(ints), 3) == NIL);
	CHECK(list_length(list_concat_copy(ints, ints)) == 6 && list_length(ints) == 3);
	CHECK(lfourth_int(list_make4_int(1, 2, 3, 4)) == 4);
	CHECK(list_length(list_make5_int(1, 2, 3, 4, 5)) == 5);
	others = list_make3_int(3, 1, 2);
	list_sort(others, list_int_cmp);
	CHECK(ints_are(others, 3, 1, 2, 3));

	list_deduplicate_oid(oids);
	CHECK(list_length(oids) == 3 && lthird_oid(oids) == 9);
	CHECK(lfourth_oid(list_insert_nth_oid(list_copy(oids), 3, 10)) == 10);
	CHECK(list_length(list_append_unique_oid(list_copy(oids), 8)) == 3);
	CHECK(list_length(list_concat_unique_oid(list_copy(oids), list_make5_oid(1, 8, 2, 1, 7))) == 5);
	CHECK(list_length(list_union_oid(oids, list_make1_oid(1))) == 4);
	CHECK(list_length(list_difference_oid(oids, list_make1_oid(7))) == 2);
	list_sort(oids, list_oid_cmp);
	CHECK(linitial_oid(oids) == 7);
}

CAPI_TEST(test_lists_of_nodes)
{
	char *word = pstrdup("a");
	List *list = list_make3(makeString(word), makeInteger(5), makeBoolean(true));
	List *copy = list_copy_deep(list);
	String *same = makeString(pstrdup("a"));
	RangeVar *table = makeRangeVar(pstrdup("s"), pstrdup("t"), 3);
	RangeVar *other = copyObject(table);

	CHECK(equal(list, copy) && linitial(list) != linitial(copy));
	CHECK(strVal(linitial(copy)) != word);
	((Integer *) lsecond(copy))->ival = 6;
	CHECK(!equal(list, copy) && !equal(list, NIL) && equal(NULL, NULL));
	CHECK(list_member(list, same) && !list_member_ptr(list, same));
	CHECK(list_length(list_append_unique(list_copy(list), same)) == 3);
	CHECK(list_length(list_append_unique_ptr(list_copy(list), same)) == 4);
	CHECK(list_length(list_concat_unique(list_copy(list), copy)) == 4);
	CHECK(list_length(list_concat_unique_ptr(list_copy(list), list)) == 3);
	CHECK(list_length(list_union(list, copy)) == 4 && list_length(list_union_ptr(list, copy)) == 6);
	CHECK(list_length(list_difference(list, copy)) == 1);
	CHECK(list_length(list_difference_ptr(list, copy)) == 3);
	CHECK(list_length(list_intersection(list, copy)) == 2);
	CHECK(list_length(list_delete(list_copy(list), same)) == 2);
	CHECK(lthird_node(Boolean, list)->boolval);
	CHECK(intVal(lfourth_node(Integer, list_make4(word, word, word, lsecond(list)))) == 5);

	CHECK(other != table && equal(other, table));
	other->location = 9;
	CHECK(equal(other, table));
	other->relname = pstrdup("u");
	CHECK(!equal(other, table));
	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "copying nodes",
				(void) copyObjectImpl(CurrentMemoryContext));
}

CAPI_TEST(test_loops_over_lists)
{
	List *ints = list_make3_int(1, 2, 3);
	List *oids = list_make2_oid(10, 20);
	List *words = list_make2(makeString(pstrdup("a")), makeString(pstrdup("b")));
	ListCell *c1;
	ListCell *c2;
	ListCell *c3;
	ListCell *c4;
	ListCell *c5;
	int sum = 0;

	for_both_cell(c1, ints, list_second_cell(ints), c2, oids, list_head(oids)) sum +=
		lfirst_int(c1) * (int) lfirst_oid(c2);
	CHECK(sum == 2 * 10 + 3 * 20);
	sum = 0;
	forthree(c1, ints, c2, oids, c3, words) sum +=
		lfirst_int(c1) + (int) lfirst_oid(c2) + strVal(lfirst(c3))[0] - 'a';
	CHECK(sum == 34);
	sum = 0;
	forfour(c1, ints, c2, ints, c3, ints, c4, oids) sum +=
		lfirst_int(c1) + lfirst_int(c2) + lfirst_int(c3) + (int) lfirst_oid(c4);
	CHECK(sum == 39);
	sum = 0;
	forfive(c1, ints, c2, ints, c3, ints, c4, ints, c5, oids) sum +=
		lfirst_int(c4) + (int) lfirst_oid(c5);
	CHECK(sum == 33);

	sum = 0;
	foreach_int(number, ints)
	{
		if (number == 2)
			ints = foreach_delete_current(ints, number);
		sum = sum * 10 + foreach_current_index(number) + number;
	}
	CHECK(sum == 124 && list_length(ints) == 2);
	sum = 0;
	foreach_oid(number, oids)
	{
		sum += (int) number;
		if (number == 10)
			break;
	}
	CHECK(sum == 10);
	sum = 0;
	foreach_node (String, word, words)
		sum += word->sval[0];
	foreach_ptr(String, word, words) sum -= word->sval[0];
	CHECK(sum == 0);
}

/* ---- Hash tables made by macros ---- */

typedef struct ColorEntry
{
	uint32 rgb;
	int count;
	char status;
} ColorEntry;

#define SH_PREFIX color
#define SH_ELEMENT_TYPE ColorEntry
#define SH_KEY_TYPE uint32
#define SH_KEY rgb
#define SH_HASH_KEY(tb, key) murmurhash32(key)
#define SH_EQUAL(tb, a, b) ((a) == (b))
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

typedef struct WordEntry
{
	const char *word;
	uint32 hash;
	uint32 status;
	int length;
} WordEntry;

/* Few hashes, so that many entries want one place. */
static uint32
hash_word(const char *word)
{
	return 0xFFFFFFFE + (uint32) strlen(word) % 3;
}

static int allocated = 0;

static void *
allocate_word(Size size)
{
	allocated++;
	return palloc0(size);
}

static void
free_word(void *pointer)
{
	allocated--;
	pfree(pointer);
}

#define SH_PREFIX words
#define SH_ELEMENT_TYPE WordEntry
#define SH_KEY_TYPE const char *
#define SH_KEY word
#define SH_HASH_KEY(tb, key) hash_word(key)
#define SH_EQUAL(tb, a, b) (strcmp(a, b) == 0)
#define SH_SCOPE static inline
#define SH_STORE_HASH
#define SH_GET_HASH(tb, a) (a)->hash
#define SH_RAW_ALLOCATOR allocate_word
#define SH_RAW_FREE free_word
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

CAPI_TEST(test_simplehash)
{
	int mine = 0;
	color_hash *table = color_create(CurrentMemoryContext, 4, &mine);
	color_iterator iterator;
	ColorEntry *entry;
	uint64 sum = 0;
	uint32 key;
	bool found;

	CHECK(table->private_data == &mine && table->ctx == CurrentMemoryContext);
	for (key = 0; key < 1000; key++)
	{
		entry = color_insert(table, key, &found);
		CHECK(!found && entry->rgb == key && entry->status == color_SH_IN_USE);
		entry->count = (int) key * 2;
	}
	CHECK(table->members == 1000 && table->size >= 1024);
	entry = color_insert(table, 77, &found);
	CHECK(found && entry->count == 154 && table->members == 1000);
	CHECK(color_lookup_hash(table, 77, murmurhash32(77)) == entry);
	CHECK(color_lookup(table, 1000) == NULL);

	/* Deleting what the scan shows. */
	color_start_iterate(table, &iterator);
	while ((entry = color_iterate(table, &iterator)) != NULL)
	{
		sum += entry->rgb;
		if (entry->rgb % 3 != 0)
			color_delete_item(table, entry);
	}
	CHECK(sum == 999 * 1000 / 2 && table->members == 334);
	for (key = 0; key < 1000; key++)
		CHECK((color_lookup(table, key) != NULL) == (key % 3 == 0));
	CHECK(color_delete(table, 3) && !color_delete(table, 3));

	sum = 0;
	color_start_iterate_at(table, &iterator, 1u << 30);
	while (color_iterate(table, &iterator) != NULL)
		sum++;
	CHECK(sum == 333);
	color_grow(table, 10000);
	CHECK(table->size == 16384 && color_lookup(table, 999)->count == 1998);
	color_stat(table);
	color_reset(table);
	CHECK(table->members == 0 && color_lookup(table, 999) == NULL);
	color_start_iterate(table, &iterator);
	CHECK(color_iterate(table, &iterator) == NULL);
	color_insert_hash(table, 5, murmurhash32(5), &found)->count = 1;
	CHECK(!found && color_lookup(table, 5)->count == 1);
	color_destroy(table);
}

CAPI_TEST(test_simplehash_of_colliding_keys)
{
	words_hash *table = words_create(2, NULL);
	words_iterator iterator;
	WordEntry *entry;
	char word[64];
	bool found;
	int length;
	int seen = 0;

	for (length = 1; length < 40; length++)
	{
		memset(word, 'x', sizeof(word));
		word[length] = '\0';
		words_insert(table, pstrdup(word), &found)->length = length;
		CHECK(!found);
	}
	for (length = 1; length < 40; length += 2)
	{
		memset(word, 'x', sizeof(word));
		word[length] = '\0';
		CHECK(words_delete(table, word));
		word[length] = 'x';
		word[length + 1] = '\0';
		if (length < 39)
			CHECK(words_lookup(table, word)->length == length + 1);
	}
	words_start_iterate(table, &iterator);
	while ((entry = words_iterate(table, &iterator)) != NULL)
	{
		CHECK(entry->length % 2 == 0 && strlen(entry->word) == (size_t) entry->length);
		seen++;
	}
	CHECK(seen == 19 && allocated == 2);
	words_destroy(table);
	CHECK(allocated == 0);
}

/* ---- Names of PostgreSQL 16 to 18 ---- */

CAPI_TEST(test_names_of_later_versions)
{
	RelFileLocator locator;
	RelFileLocatorBackend backend;
	ProcNumber number = MyProcNumber;
	StringInfoData string;
	char text[] = "text";
	char *copy;

	memset(&backend, 0, sizeof(backend));
	locator.spcOid = 1;
	locator.dbOid = 2;
	locator.relNumber = 3;
	CHECK(locator.relNode == 3 && RelFileNumberIsValid(locator.relNumber));
	backend.locator = locator;
	CHECK(RelFileLocatorEquals(locator, backend.locator));
	CHECK(!RelFileLocatorBackendIsTemp(backend) || backend.backend != INVALID_PROC_NUMBER);
	CHECK(RelFileLocatorBackendEquals(backend, backend));
	CHECK(number >= 0 && GetPGProcByNumber(number) == MyProc);

	initReadOnlyStringInfo(&string, text, 4);
	CHECK(string.len == 4 && string.maxlen == 0 && string.data == text);
	initStringInfoFromString(&string, pstrdup(text), 4);
	appendStringInfoString(&string, " and more");
	CHECK(strcmp(string.data, "text and more") == 0);

	copy = guc_strdup(ERROR, "abc");
	copy = (char *) guc_realloc(ERROR, copy, 10);
	CHECK(strcmp(copy, "abc") == 0);
	guc_free(copy);
	copy = (char *) guc_malloc(LOG, 0);
	CHECK(copy != NULL);
	guc_free(copy);
	CHECK_ERROR(ERRCODE_OUT_OF_MEMORY, "out of memory", (void) guc_malloc(ERROR, SIZE_MAX / 4));
}
