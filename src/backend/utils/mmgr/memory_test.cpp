/*
 * utils/mmgr/memory_test.cpp
 *		Memory contexts, strings and lists.
 */
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "utils/mmgr/memory.h"

#include "lib/stringinfo.h"
#include "nodes/pg_list.h"
#include "utils/error/report.h"
#include "utils/mmgr/context.h"

namespace pg
{
namespace
{

class Memory : public testing::Test
{
protected:
	OwnedMemoryContext context{TopMemoryContext, "test"};
	MemoryContextScope scope{context.get()};
};

TEST_F(Memory, ChunksAreAlignedAndOwned)
{
	std::set<char *> chunks;

	for (Size size = 0; size < 20000; size += size / 8 + 1)
	{
		auto *chunk = static_cast<char *>(palloc(size));

		EXPECT_EQ(reinterpret_cast<uintptr_t>(chunk) % MAXIMUM_ALIGNOF, 0u);
		EXPECT_EQ(GetMemoryChunkContext(chunk), context.get());
		EXPECT_GE(GetMemoryChunkSpace(chunk), size);
		memset(chunk, 0xEE, size);
		EXPECT_TRUE(chunks.insert(chunk).second);
	}
	for (char *chunk : chunks)
		pfree(chunk);
}

TEST_F(Memory, FreedChunksAreUsedAgain)
{
	void *first = palloc(100);

	pfree(first);
	EXPECT_EQ(palloc(120), first);
}

TEST_F(Memory, ReallocKeepsTheBytes)
{
	std::string wanted;
	auto *chunk = static_cast<char *>(palloc(1));

	for (Size size = 1; size < 100000; size = size * 3 / 2 + 1)
	{
		chunk = static_cast<char *>(repalloc(chunk, size));
		while (wanted.size() < size)
		{
			chunk[wanted.size()] = static_cast<char>('a' + wanted.size() % 26);
			wanted += chunk[wanted.size()];
		}
		ASSERT_EQ(std::string(chunk, size), wanted);
	}
	chunk = static_cast<char *>(repalloc(chunk, 10));
	EXPECT_EQ(std::string(chunk, 10), wanted.substr(0, 10));
}

TEST_F(Memory, ResetGivesAllBack)
{
	const Size before = MemoryContextMemAllocated(context.get(), true);

	EXPECT_TRUE(MemoryContextIsEmpty(context.get()));
	for (int i = 0; i < 1000; i++)
		palloc(i * 7);
	AllocSetContextCreate(context.get(), "child", ALLOCSET_SMALL_SIZES);
	EXPECT_GT(MemoryContextMemAllocated(context.get(), true), before);
	MemoryContextReset(context.get());
	EXPECT_EQ(MemoryContextMemAllocated(context.get(), true), before);
	EXPECT_TRUE(MemoryContextIsEmpty(context.get()));
}

std::vector<int> calls;

void
note_call(void *arg)
{
	calls.push_back(*static_cast<int *>(arg));
}

TEST_F(Memory, CallbacksRunOnceInReverse)
{
	MemoryContext child = AllocSetContextCreate(context.get(), "child", ALLOCSET_DEFAULT_SIZES);
	MemoryContextCallback callbacks[2];
	int numbers[2] = {1, 2};

	calls.clear();
	for (int i = 0; i < 2; i++)
	{
		callbacks[i] = {note_call, &numbers[i], nullptr};
		MemoryContextRegisterResetCallback(child, &callbacks[i]);
	}
	MemoryContextReset(child);
	EXPECT_EQ(calls, (std::vector<int>{2, 1}));
	MemoryContextDelete(child);
	EXPECT_EQ(calls.size(), 2u);
}

TEST_F(Memory, ContextsMove)
{
	MemoryContext a = AllocSetContextCreate(context.get(), "a", ALLOCSET_DEFAULT_SIZES);
	MemoryContext b = AllocSetContextCreate(context.get(), "b", ALLOCSET_DEFAULT_SIZES);

	MemoryContextSetParent(b, a);
	EXPECT_EQ(MemoryContextGetParent(b), a);
	MemoryContextDeleteChildren(context.get());
	EXPECT_TRUE(MemoryContextIsEmpty(context.get()));
}

TEST_F(Memory, RefusesWhatIsTooMuch)
{
	const auto message = [](auto body)
	{
		try
		{
			body();
		}
		catch (const PgError &error)
		{
			return std::string(unpack_sql_state(error.sqlstate())) + " " + error.report.message;
		}
		return std::string("nothing");
	};

	EXPECT_EQ(message([] { palloc(MaxAllocSize + 1); }),
			  "XX000 invalid memory alloc request size 1073741824");
	EXPECT_EQ(message([&] { MemoryContextAllocHuge(context.get(), MaxAllocHugeSize); }),
			  "53200 out of memory");
	EXPECT_EQ(palloc_extended(MaxAllocHugeSize, MCXT_ALLOC_HUGE | MCXT_ALLOC_NO_OOM), nullptr);
	EXPECT_EQ(message([] { mul_size(SIZE_MAX / 2, 3); }).substr(0, 5), "54000");

	void *chunk = palloc(16);

	pfree(chunk);
	EXPECT_EQ(message([&] { pfree(chunk); }).substr(0, 32), "XX000 pfree called with invalid ");
}

TEST_F(Memory, SizesAddUpAndMultiply)
{
	EXPECT_EQ(add_size(3, 4), 7u);
	EXPECT_EQ(mul_size(3, 4), 12u);
	EXPECT_EQ(add_size(SIZE_MAX - 1, 1), SIZE_MAX);
	EXPECT_EQ(mul_size(SIZE_MAX, 0), 0u);
}

TEST_F(Memory, Copies)
{
	EXPECT_STREQ(pstrdup("text"), "text");
	EXPECT_STREQ(pnstrdup("text", 2), "te");
	EXPECT_STREQ(pchomp("line\n\n"), "line");
	EXPECT_STREQ(psprintf("%d-%s", 7, "x"), "7-x");
	EXPECT_EQ(strlen(psprintf("%1000d", 7)), 1000u);
}

TEST_F(Memory, StringsGrow)
{
	StringInfoData str;
	std::string wanted;

	initStringInfo(&str);
	for (int i = 0; i < 2000; i++)
	{
		appendStringInfo(&str, "%d,", i);
		appendStringInfoChar(&str, 'x');
		wanted += std::to_string(i) + ",x";
	}
	appendStringInfoSpaces(&str, 3);
	appendBinaryStringInfo(&str, "a\0b", 3);
	wanted += std::string("   a\0b", 6);
	EXPECT_EQ(std::string(str.data, str.len), wanted);
	EXPECT_EQ(str.data[str.len], '\0');
	resetStringInfo(&str);
	EXPECT_EQ(str.len, 0);
	EXPECT_THROW(enlargeStringInfo(&str, MaxAllocSize), PgError);
	destroyStringInfo(makeStringInfo());
}

std::string
numbers_of(const List *list)
{
	std::string text;

	for (int i = 0; i < list_length(list); i++)
		text += std::to_string(list_nth_int(list, i)) + " ";
	return text;
}

TEST_F(Memory, ListsChange)
{
	List *list = NIL;

	for (int i = 0; i < 12; i++)
		list = lappend_int(list, i);
	list = lcons_int(-1, list);
	list = list_delete_int(list, 5);
	list = list_delete_first(list);
	list = list_delete_last(list);
	EXPECT_EQ(numbers_of(list), "0 1 2 3 4 6 7 8 9 10 ");
	list = list_truncate(list, 3);
	list = list_concat(list, list);
	EXPECT_EQ(numbers_of(list), "0 1 2 0 1 2 ");
	EXPECT_TRUE(list_member_int(list, 2));
	EXPECT_FALSE(list_member_int(list, 9));
	list_sort(list,
			  [](const ListCell *a, const ListCell *b) { return b->int_value - a->int_value; });
	EXPECT_EQ(numbers_of(list), "2 2 1 1 0 0 ");
	EXPECT_EQ(numbers_of(list_copy_tail(list, 4)), "0 0 ");
	for (ListCell *cell = list_head(list); cell != nullptr; cell = lnext(list, cell))
		cell->int_value++;
	EXPECT_EQ(numbers_of(list), "3 3 2 2 1 1 ");
	while (list != NIL)
		list = list_delete_nth_cell(list, list_length(list) / 2);
}

TEST_F(Memory, ListsOfPointersFreeDeeply)
{
	List *list = list_make2(pstrdup("a"), pstrdup("b"));

	list = lappend(list, pstrdup("c"));
	EXPECT_STREQ(static_cast<char *>(lthird(list)), "c");
	EXPECT_TRUE(list_member_ptr(list, linitial(list)));
	list_free_deep(list);
}

} /* namespace */
} /* namespace pg */
