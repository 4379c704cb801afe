/*
 * capi_memory.c
 *		Memory: chunks, contexts, owners of resources.
 */
#include "capi.h"

#include "access/xact.h"
#include "tcop/pquery.h"
#include "utils/catcache.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

static bool
all_zero(const void *memory, Size size)
{
	const char *bytes = (const char *) memory;

	while (size > 0 && bytes[size - 1] == 0)
		size--;
	return size == 0;
}

/*
 * Chunks
 */
CAPI_TEST(test_chunks_in_a_context)
{
	MemoryContext context =
		AllocSetContextCreate(CurrentMemoryContext, "chunks", ALLOCSET_SMALL_SIZES);
	void *chunks[8];
	int i;

	chunks[0] = MemoryContextAlloc(context, 100);
	chunks[1] = MemoryContextAllocZero(context, 100);
	chunks[2] = MemoryContextAllocZeroAligned(context, 96);
	chunks[3] = MemoryContextAllocHuge(context, 100);
	chunks[4] = MemoryContextAllocExtended(context, 100, MCXT_ALLOC_ZERO);
	chunks[5] = MemoryContextStrdup(context, "text");
	chunks[6] = repalloc(MemoryContextAlloc(context, 1), 100000);
	chunks[7] = repalloc_huge(MemoryContextAlloc(context, 1), 100000);
	for (i = 0; i < 8; i++)
	{
		CHECK(chunks[i] == (void *) MAXALIGN(chunks[i]));
		CHECK(GetMemoryChunkContext(chunks[i]) == context);
		CHECK(GetMemoryChunkSpace(chunks[i]) >= (i < 5 ? 96 : i == 5 ? 5 : 100000));
	}
	CHECK(all_zero(chunks[1], 100) && all_zero(chunks[2], 96) && all_zero(chunks[4], 100));
	CHECK(strcmp((char *) chunks[5], "text") == 0);
	CHECK(!MemoryContextIsEmpty(context) && MemoryContextMemAllocated(context, false) >= 200000);
	for (i = 0; i < 8; i++)
		pfree(chunks[i]);
	MemoryContextDelete(context);
}

CAPI_TEST(test_chunks_by_type)
{
	int64 *one = palloc_object(int64);
	int64 *zero = palloc0_object(int64);
	int *some = palloc_array(int, 3);
	int *zeros = palloc0_array(int, 3);
	void *fast = palloc0fast(24);

	*one = 5;
	some[2] = 7;
	some = repalloc_array(some, int, 3000);
	some[2999] = 8;
	CHECK(*one == 5 && some[2] == 7 && all_zero(zero, sizeof(int64)));
	CHECK(all_zero(zeros, 3 * sizeof(int)) && all_zero(fast, 24));
	CHECK(palloc_extended(MaxAllocHugeSize, MCXT_ALLOC_HUGE | MCXT_ALLOC_NO_OOM) == NULL);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "invalid memory alloc request size 1073741824",
				(void) palloc_extended(MaxAllocSize + 1, 0));
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "invalid memory alloc request size",
				(void) MemoryContextAllocHuge(CurrentMemoryContext, SIZE_MAX));
	CHECK(AllocSizeIsValid(MaxAllocSize) && !AllocSizeIsValid(MaxAllocSize + 1));
	CHECK(AllocHugeSizeIsValid(MaxAllocHugeSize) && !AllocHugeSizeIsValid(MaxAllocHugeSize + 1));
}

CAPI_TEST(test_sums_of_sizes)
{
	CHECK(add_size(3, 4) == 7 && mul_size(3, 4) == 12 && mul_size(0, SIZE_MAX) == 0);
	CHECK_ERROR(ERRCODE_PROGRAM_LIMIT_EXCEEDED, "memory", (void) add_size(SIZE_MAX, 1));
	CHECK_ERROR(ERRCODE_PROGRAM_LIMIT_EXCEEDED, "memory", (void) mul_size(SIZE_MAX / 2, 3));
}

static size_t pg_attribute_printf(3, 4) format_into(char *buf, size_t len, const char *fmt, ...)
{
	va_list args;
	size_t needed;

	va_start(args, fmt);
	needed = pvsnprintf(buf, len, fmt, args);
	va_end(args);
	return needed;
}

CAPI_TEST(test_strings_in_memory)
{
	char buf[8];

	CHECK(strcmp(pnstrdup("abcdef", 3), "abc") == 0 && strcmp(pnstrdup("ab", 3), "ab") == 0);
	CHECK(strcmp(pchomp("line\n\n"), "line") == 0 && strcmp(pchomp(""), "") == 0);
	CHECK(strcmp(psprintf("%s=%d", "n", 4711), "n=4711") == 0);
	CHECK(strlen(psprintf("%5000d", 1)) == 5000);
	CHECK(format_into(buf, sizeof(buf), "%d", 1234567) == 7 && strcmp(buf, "1234567") == 0);
	CHECK(format_into(buf, sizeof(buf), "%d", 12345678) > 8);
}

/*
 * Contexts
 */
CAPI_TEST(test_kinds_of_contexts)
{
	MemoryContext made[4];
	int i, j;

	made[0] = AllocSetContextCreate(CurrentMemoryContext, "set", ALLOCSET_DEFAULT_SIZES);
	made[1] = AllocSetContextCreateInternal(CurrentMemoryContext, "internal", 0, 1024, 8192);
	made[2] = SlabContextCreate(CurrentMemoryContext, "slab", SLAB_DEFAULT_BLOCK_SIZE, 64);
	made[3] = GenerationContextCreate(CurrentMemoryContext, "generation", ALLOCSET_DEFAULT_SIZES);
	for (i = 0; i < 4; i++)
	{
		char *first = (char *) MemoryContextAlloc(made[i], 64);

		memset(first, 'x', 64);
		for (j = 0; j < 1000; j++)
			memset(MemoryContextAlloc(made[i], 64), 'y', 64);
		CHECK(first[0] == 'x' && first[63] == 'x' && GetMemoryChunkContext(first) == made[i]);
		CHECK(MemoryContextMemAllocated(made[i], true) >= 64000);
		CHECK(MemoryContextGetParent(made[i]) == CurrentMemoryContext);
		MemoryContextDelete(made[i]);
	}
}

typedef struct Noted
{
	MemoryContextCallback callback;
	int digit;
} Noted;

static int noted;

static void
note(void *arg)
{
	noted = noted * 10 + ((Noted *) arg)->digit;
}

static void
note_end(MemoryContext context, int digit)
{
	Noted *noting = (Noted *) MemoryContextAlloc(context, sizeof(Noted));

	noting->callback.func = note;
	noting->callback.arg = noting;
	noting->digit = digit;
	MemoryContextRegisterResetCallback(context, &noting->callback);
}

/* A context with two children, whose ends are noted as 1 (the context's own), 2 and 3. */
static MemoryContext
family(void)
{
	MemoryContext parent =
		AllocSetContextCreate(CurrentMemoryContext, "parent", ALLOCSET_SMALL_SIZES);

	note_end(AllocSetContextCreate(parent, "older", ALLOCSET_SMALL_SIZES), 2);
	note_end(AllocSetContextCreate(parent, "younger", ALLOCSET_SMALL_SIZES), 3);
	note_end(parent, 1);
	noted = 0;
	return parent;
}

CAPI_TEST(test_resets_of_contexts)
{
	MemoryContext parent = family();

	MemoryContextResetOnly(parent);
	CHECK(noted == 1 && !MemoryContextIsEmpty(parent)); /* its children are there */
	MemoryContextResetChildren(parent);
	CHECK((noted == 123 || noted == 132) && !MemoryContextIsEmpty(parent));
	MemoryContextDeleteChildren(parent);
	CHECK(noted < 1000 && MemoryContextIsEmpty(parent));
	MemoryContextDelete(parent);

	parent = family();
	MemoryContextReset(parent); /* deletes them */
	CHECK(noted > 100 && MemoryContextIsEmpty(parent));
	note_end(parent, 4);
	note_end(parent, 5);
	noted = 0;
	MemoryContextResetAndDeleteChildren(parent);
	CHECK(noted == 54);
	MemoryContextDelete(parent);
}

static MemoryContext shown;

static void
show(void)
{
	MemoryContextStats(shown);
}

CAPI_TEST(test_names_and_parents_of_contexts)
{
	MemoryContext two = AllocSetContextCreate(CurrentMemoryContext, "two", ALLOCSET_SMALL_SIZES);
	char text[] = "by a text";

	shown = AllocSetContextCreate(CurrentMemoryContext, "one", ALLOCSET_SMALL_SIZES);
	MemoryContextSetIdentifier(shown, "by name");
	CHECK(strstr(capi_written_to_stderr(show), " used: by name\n") != NULL);
	MemoryContextCopyAndSetIdentifier(shown, text);
	text[0] = 'B';
	CHECK(strstr(capi_written_to_stderr(show), " used: by a text\n") != NULL);
	MemoryContextSetParent(two, shown);
	CHECK(MemoryContextGetParent(two) == shown && !MemoryContextIsEmpty(shown));
	CHECK(strstr(capi_written_to_stderr(show), "\n  two: ") != NULL);
	CHECK(MemoryContextMemAllocated(shown, true) >= MemoryContextMemAllocated(two, true));
	MemoryContextDelete(shown);
}

CAPI_TEST(test_contexts_of_a_session)
{
	MemoryContext standing[] = {ErrorContext, MessageContext, TopTransactionContext, NULL};
	MemoryContext top = TopTransactionContext;
	int i;

	CreateCacheMemoryContext();
	standing[3] = CacheMemoryContext;
	for (i = 0; i < (int) lengthof(standing); i++)
		CHECK(MemoryContextGetParent(standing[i]) == TopMemoryContext);
	CHECK(MemoryContextGetParent(TopMemoryContext) == NULL && PostmasterContext == NULL);
	CHECK(PortalContext == (ActivePortal != NULL ? ActivePortal->portalContext : NULL));
	CreateCacheMemoryContext(); /* there already */
	CHECK(CacheMemoryContext == standing[3]);

	CHECK(CurTransactionContext == top);
	BeginInternalSubTransaction("part");
	CHECK(MemoryContextGetParent(CurTransactionContext) == top && TopTransactionContext == top);
	CHECK(CurrentMemoryContext == CurTransactionContext);
	ReleaseCurrentSubTransaction();
	CHECK(CurTransactionContext == top);
}

/*
 * Owners of resources
 */
static char released[32];

static void
note_release(ResourceReleasePhase phase, bool isCommit, bool isTopLevel, void *arg)
{
	if (strlen(released) + 4 < sizeof(released))
		sprintf(released + strlen(released), "%d%c%c", (int) phase, isCommit ? 'c' : 'a',
				isTopLevel ? 't' : 's');
	CHECK(arg == released);
}

CAPI_TEST(test_owners_of_resources)
{
	static const ResourceReleasePhase phases[] = {
		RESOURCE_RELEASE_BEFORE_LOCKS, RESOURCE_RELEASE_LOCKS, RESOURCE_RELEASE_AFTER_LOCKS};
	ResourceOwner parent = ResourceOwnerCreate(NULL, "parent");
	ResourceOwner child = ResourceOwnerCreate(parent, "child");
	ResourceOwner former = CurrentResourceOwner;
	int i;

	CHECK(ResourceOwnerGetParent(child) == parent && ResourceOwnerGetParent(parent) == NULL);
	ResourceOwnerNewParent(child, NULL);
	CHECK(ResourceOwnerGetParent(child) == NULL);
	ResourceOwnerNewParent(child, parent);
	CHECK(ResourceOwnerGetParent(child) == parent);

	released[0] = '\0';
	RegisterResourceReleaseCallback(note_release, released);
	for (i = 0; i < 3; i++)
		ResourceOwnerRelease(parent, phases[i], i == 0, false);
	UnregisterResourceReleaseCallback(note_release, released);
	ResourceOwnerRelease(parent, RESOURCE_RELEASE_LOCKS, true, false);
	CHECK(strcmp(released, "0cs0cs1as1as2as2as") == 0); /* the child's, then the parent's */
	ResourceOwnerDelete(parent);
	CHECK(CurrentResourceOwner == former);
}

CAPI_TEST(test_owners_of_transactions)
{
	ResourceOwner top = TopTransactionResourceOwner;
	ResourceOwner former = CurrentResourceOwner;

	CHECK(top != NULL && CurTransactionResourceOwner == top && ResourceOwnerGetParent(top) == NULL);
	CHECK(former == top || ResourceOwnerGetParent(former) == top); /* or the portal's */
	BeginInternalSubTransaction(NULL);
	CHECK(CurrentResourceOwner == CurTransactionResourceOwner &&
		  TopTransactionResourceOwner == top);
	CHECK(ResourceOwnerGetParent(CurTransactionResourceOwner) == top);
	RollbackAndReleaseCurrentSubTransaction();
	CHECK(CurTransactionResourceOwner == top);
	CurrentResourceOwner = former;
}
