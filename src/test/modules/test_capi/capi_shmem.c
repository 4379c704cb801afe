/*
 * capi_shmem.c
 *		Shared memory: dsm, shm_toc, shm_mq, dsa, condition variables, shared hash tables, spinlocks, atomics.
 */
#include "capi.h"

#include "lib/dshash.h"
#include "miscadmin.h"
#include "storage/barrier.h"
#include "storage/condition_variable.h"
#include "storage/dsm.h"
#include "storage/dsm_registry.h"
#include "storage/ipc.h"
#include "storage/lwlock.h"
#include "storage/proc.h"
#include "storage/shm_mq.h"
#include "storage/shm_toc.h"
#include "storage/shmem.h"
#include "utils/dsa.h"
#include "utils/freepage.h"
#include "utils/hsearch.h"
#include "utils/resowner.h"
#include "utils/wait_event.h"

typedef struct SharedEntry
{
	uint32 key;
	int value;
} SharedEntry;

static shmem_request_hook_type former_request = NULL;
static shmem_startup_hook_type former_startup = NULL;
static HTAB *shared_table = NULL;

static void
request(void)
{
	if (former_request != NULL)
		former_request();
	RequestAddinShmemSpace(hash_estimate_size(100, sizeof(SharedEntry)));
	RequestNamedLWLockTranche("test_capi locks", 2);
}

static void
startup(void)
{
	HASHCTL control;

	if (former_startup != NULL)
		former_startup();
	memset(&control, 0, sizeof(control));
	control.keysize = sizeof(uint32);
	control.entrysize = sizeof(SharedEntry);
	control.num_partitions = 4;
	LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
	shared_table = ShmemInitHash("test_capi table", 10, 100, &control,
								 HASH_ELEM | HASH_BLOBS | HASH_PARTITION);
	LWLockRelease(AddinShmemInitLock);
}

void
capi_init_shmem(void)
{
	RequestAddinLWLocks(2);
	RequestAddinLWLocks(1);
	former_request = shmem_request_hook;
	shmem_request_hook = request;
	former_startup = shmem_startup_hook;
	shmem_startup_hook = startup;
}

CAPI_TEST(test_shared_hash)
{
	uint32 key = 7;
	bool found;
	SharedEntry *entry;
	HASHCTL control;

	entry = (SharedEntry *) hash_search(shared_table, &key, HASH_ENTER, &found);
	CHECK(!found && entry->key == 7);
	entry->value = 70;
	CHECK(((SharedEntry *) hash_search_with_hash_value(
			   shared_table, &key, get_hash_value(shared_table, &key), HASH_FIND, &found))
			  ->value == 70);
	CHECK(hash_get_num_entries(shared_table) == 1);
	CHECK(hash_search(shared_table, &key, HASH_REMOVE, NULL) != NULL);
	CHECK(hash_select_dirsize(100) == 128);
	CHECK(hash_get_shared_size(&control, 0) > 0);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "cannot freeze shared", hash_freeze(shared_table));
}

/* As sources up to 9.6 have their locks. Their number is given out once, so this is the only place that asks. */
CAPI_TEST(test_locks_of_old_sources)
{
	static LWLockTranche tranche = {"capi tranche", NULL, sizeof(LWLock)};
	LWLock *first = LWLockAssign();
	LWLock *second = LWLockAssign();
	static LWLock own;
	int number = LWLockNewTrancheId();

	CHECK(first != second);
	LWLockAcquire(first, LW_EXCLUSIVE);
	CHECK(LWLockConditionalAcquire(second, LW_SHARED));
	LWLockRelease(second);
	LWLockRelease(first);
	CHECK(LWLockAssign() != NULL);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "no more LWLockIds", (void) LWLockAssign());
	RequestAddinLWLocks(5); /* too late */
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "no more LWLockIds", (void) LWLockAssign());

	LWLockRegisterTranche(number, &tranche);
	LWLockInitialize(&own, number);
	CHECK(own.tranche == number);
	LWLockRegisterTranche(number, "capi tranche by name");
}

/* ---- Segments ---- */

static int detached = 0;

static void
count_detach(dsm_segment *segment, Datum arg)
{
	(void) segment;
	detached += DatumGetInt32(arg);
}

CAPI_TEST(test_dsm)
{
	dsm_segment *segment = dsm_create(10000, DSM_CREATE_NULL_IF_MAXSEGMENTS);
	dsm_handle handle = dsm_segment_handle(segment);

	CHECK(handle != DSM_HANDLE_INVALID);
	CHECK(dsm_segment_map_length(segment) == 10000);
	CHECK(((char *) dsm_segment_address(segment))[9999] == 0);
	CHECK(dsm_find_mapping(handle) == segment);
	CHECK(!ShmemAddrIsValid(dsm_segment_address(segment)));
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "more than once", dsm_attach(handle));
	on_dsm_detach(segment, count_detach, Int32GetDatum(1));
	on_dsm_detach(segment, count_detach, Int32GetDatum(10));
	cancel_on_dsm_detach(segment, count_detach, Int32GetDatum(1));
	dsm_pin_segment(segment);
	dsm_pin_mapping(segment);
	dsm_unpin_mapping(segment);
	dsm_detach(segment);
	CHECK(detached == 10);
	segment = dsm_attach(handle);
	dsm_unpin_segment(handle);
	dsm_detach(segment);
	CHECK(dsm_attach(handle) == NULL);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "unknown segment handle", dsm_unpin_segment(handle));

	CHECK(dsm_segment_map_length(dsm_create(0, 0)) == 1);
	segment = dsm_create(1, 0);
	on_dsm_detach(segment, count_detach, Int32GetDatum(100));
	dsm_detach_all();
	CHECK(detached == 110);
	segment = dsm_create(1, 0);
	on_dsm_detach(segment, count_detach, Int32GetDatum(1000));
	reset_on_dsm_detach();
	dsm_backend_shutdown();
	CHECK(detached == 110);
	CHECK(dynamic_shared_memory_type == DEFAULT_DYNAMIC_SHARED_MEMORY_TYPE);
	CHECK(min_dynamic_shared_memory == 0);
}

static void
fill_named(void *place)
{
	*(int *) place = 5;
}

CAPI_TEST(test_dsm_registry)
{
	bool found;
	int *place = (int *) GetNamedDSMSegment("test_capi", sizeof(int), fill_named, &found);

	CHECK(*place == 5);
	CHECK(GetNamedDSMSegment("test_capi", sizeof(int), NULL, &found) == place && found);
}

CAPI_TEST(test_shm_toc)
{
	shm_toc_estimator estimator;
	Size size;
	void *memory;
	void *part;
	shm_toc *toc;

	shm_toc_initialize_estimator(&estimator);
	shm_toc_estimate_chunk(&estimator, 100);
	shm_toc_estimate_keys(&estimator, 1);
	size = shm_toc_estimate(&estimator);
	memory = palloc0(size);
	toc = shm_toc_create(42, memory, size);
	part = shm_toc_allocate(toc, 100);
	shm_toc_insert(toc, 3, part);
	CHECK(shm_toc_attach(42, memory) == toc && shm_toc_attach(43, memory) == NULL);
	CHECK(shm_toc_lookup(toc, 3, false) == part);
	CHECK(shm_toc_lookup(toc, 4, true) == NULL);
	CHECK(shm_toc_lookup(toc, 4) == NULL);
	CHECK(shm_toc_freespace(toc) < size);
	CHECK_ERROR(ERRCODE_OUT_OF_MEMORY, "out of shared memory", shm_toc_allocate(toc, size));
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "could not find key 4", shm_toc_lookup(toc, 4, false));
}

/* ---- Queues: this process is at both ends ---- */

CAPI_TEST(test_shm_mq)
{
	Size size = shm_mq_minimum_size + 1000;
	dsm_segment *segment = dsm_create(size, 0);
	shm_mq *queue = shm_mq_create(dsm_segment_address(segment), size);
	shm_mq_handle *in;
	shm_mq_handle *out;
	shm_mq_iovec pieces[2];
	Size length;
	void *data;

	CHECK(shm_mq_get_receiver(queue) == NULL && shm_mq_get_sender(queue) == NULL);
	shm_mq_set_receiver(queue, MyProc);
	in = shm_mq_attach(queue, segment, NULL);
	CHECK(shm_mq_receive(in, &length, &data, true) == SHM_MQ_WOULD_BLOCK);
	shm_mq_set_sender(queue, MyProc);
	out = shm_mq_attach(queue, NULL, NULL);
	shm_mq_set_handle(out, NULL);
	CHECK(shm_mq_get_queue(out) == queue && shm_mq_get_sender(queue) == MyProc);
	CHECK(shm_mq_wait_for_attach(in) == SHM_MQ_SUCCESS);
	pieces[0].data = "ab";
	pieces[0].len = 2;
	pieces[1].data = "cde";
	pieces[1].len = 3;
	/* With the arguments of PostgreSQL 14, and of 15. */
	CHECK(shm_mq_send(out, 4, "four", false) == SHM_MQ_SUCCESS);
	CHECK(shm_mq_send(out, 4, "five", false, false) == SHM_MQ_SUCCESS);
	CHECK(shm_mq_sendv(out, pieces, 2, false) == SHM_MQ_SUCCESS);
	CHECK(shm_mq_sendv(out, pieces, 1, false, true) == SHM_MQ_SUCCESS);
	CHECK(PG_SHM_MQ_SEND(out, 0, "", true, true, true) == SHM_MQ_SUCCESS);
	CHECK(PG_SHM_MQ_SENDV(out, pieces, 0, true, true, true) == SHM_MQ_SUCCESS);
	CHECK(shm_mq_receive(in, &length, &data, false) == SHM_MQ_SUCCESS);
	CHECK(length == 4 && memcmp(data, "four", 4) == 0);
	CHECK(shm_mq_receive(in, &length, &data, true) == SHM_MQ_SUCCESS && length == 4);
	CHECK(shm_mq_receive(in, &length, &data, true) == SHM_MQ_SUCCESS);
	CHECK(length == 5 && memcmp(data, "abcde", 5) == 0);
	CHECK(shm_mq_receive(in, &length, &data, true) == SHM_MQ_SUCCESS && length == 2);
	shm_mq_detach(out);
	CHECK(shm_mq_receive(in, &length, &data, true) == SHM_MQ_SUCCESS && length == 0);
	CHECK(shm_mq_receive(in, &length, &data, true) == SHM_MQ_SUCCESS && length == 0);
	CHECK(shm_mq_receive(in, &length, &data, true) == SHM_MQ_DETACHED);
	shm_mq_detach(in);
	dsm_detach(segment);
}

/* ---- Areas ---- */

static void
use_area(dsa_area *area)
{
	dsa_pointer small = dsa_allocate(area, 100);
	dsa_pointer large = dsa_allocate0(area, 5 * FPM_PAGE_SIZE);
	dsa_pointer_atomic shared;

	CHECK(DsaPointerIsValid(small) && dsa_get_address(area, InvalidDsaPointer) == NULL);
	memset(dsa_get_address(area, small), 1, 100);
	CHECK(((char *) dsa_get_address(area, large))[5 * FPM_PAGE_SIZE - 1] == 0);
	dsa_pointer_atomic_init(&shared, small);
	CHECK(dsa_pointer_atomic_compare_exchange(&shared, &small, large));
	CHECK(dsa_pointer_atomic_fetch_add(&shared, 1) == large);
	dsa_pointer_atomic_write(&shared, small);
	CHECK(dsa_pointer_atomic_read(&shared) == small);
	dsa_free(area, small);
	dsa_free(area, large);
	dsa_trim(area);
	dsa_set_size_limit(area, dsa_get_total_size(area));
	CHECK(dsa_allocate_extended(area, 100000000, DSA_ALLOC_HUGE | DSA_ALLOC_NO_OOM) ==
		  InvalidDsaPointer);
	CHECK_ERROR(ERRCODE_OUT_OF_MEMORY, "out of memory", dsa_allocate(area, 100000000));
	dsa_dump(area);
}

CAPI_TEST(test_dsa)
{
	dsa_area *area = dsa_create(LWTRANCHE_PARALLEL_QUERY_DSA);
	dsa_handle handle = dsa_get_handle(area);

	use_area(area);
	dsa_pin_mapping(area);
	dsa_pin(area);
	dsa_detach(area);
	area = dsa_attach(handle);
	dsa_unpin(area);
	dsa_detach(area);
	CHECK_ERROR(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, "could not attach", dsa_attach(handle));
	dsa_detach(
		dsa_create_ext(LWTRANCHE_PARALLEL_QUERY_DSA, DSA_MIN_SEGMENT_SIZE, DSA_MAX_SEGMENT_SIZE));
}

CAPI_TEST(test_dsa_in_place)
{
	Size size = dsa_minimum_size() + 100 * FPM_PAGE_SIZE;
	dsm_segment *segment = dsm_create(size, 0);
	void *place = dsm_segment_address(segment);
	dsa_area *area = dsa_create_in_place(place, size, LWTRANCHE_PARALLEL_QUERY_DSA, segment);

	use_area(area);
	dsa_detach(dsa_attach_in_place(place, NULL));
	dsa_release_in_place(place);
	dsa_detach(area);
	dsm_detach(segment);

	place = palloc(size);
	area = dsa_create_in_place_ext(place, size, LWTRANCHE_PARALLEL_QUERY_DSA, NULL,
								   DSA_MIN_SEGMENT_SIZE, DSA_MAX_SEGMENT_SIZE);
	(void) dsa_attach_in_place(place, NULL);
	dsa_on_dsm_detach_release_in_place(NULL, PointerGetDatum(place));
	dsa_detach(area);
	dsa_on_shmem_exit_release_in_place(0, PointerGetDatum(place));
	CHECK_ERROR(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, "could not attach",
				dsa_attach_in_place(place, NULL));
}

/* ---- Hash tables in areas ---- */

CAPI_TEST(test_dshash)
{
	dsa_area *area = dsa_create(LWTRANCHE_PARALLEL_QUERY_DSA);
	dshash_parameters params;
	dshash_seq_status scan;
	dshash_table *table;
	dshash_table *again;
	SharedEntry *entry;
	char text[8];
	uint32 key;
	bool found;
	int count = 0;
	size_t size = dsa_get_total_size(area);

	memset(&params, 0, sizeof(params));
	params.key_size = sizeof(uint32);
	params.entry_size = sizeof(SharedEntry);
	params.compare_function = dshash_memcmp;
	params.hash_function = dshash_memhash;
	params.tranche_id = LWTRANCHE_PARALLEL_QUERY_DSA;
	table = dshash_create(area, &params, NULL);
	params.copy_function = dshash_memcpy;
	again = dshash_attach(area, &params, dshash_get_hash_table_handle(table), NULL);
	for (key = 0; key < 5000; key++)
	{
		entry = (SharedEntry *) dshash_find_or_insert(key % 2 == 0 ? table : again, &key, &found);
		CHECK(!found && entry->key == key);
		entry->value = (int) key;
		dshash_release_lock(table, entry);
	}
	key = 4000;
	entry = (SharedEntry *) dshash_find(again, &key, false);
	CHECK(entry->value == 4000);
	dshash_release_lock(again, entry);
	entry = (SharedEntry *) dshash_find_or_insert(again, &key, &found);
	CHECK(found);
	dshash_delete_entry(again, entry);
	CHECK(dshash_find(table, &key, true) == NULL && !dshash_delete_key(table, &key));
	key = 4001;
	CHECK(dshash_delete_key(table, &key));
	dshash_seq_init(&scan, table, true);
	while ((entry = (SharedEntry *) dshash_seq_next(&scan)) != NULL)
	{
		CHECK(entry->value == (int) entry->key);
		count++;
		if (entry->key % 2 == 0)
			dshash_delete_current(&scan);
	}
	dshash_seq_term(&scan);
	CHECK(count == 4998);
	dshash_seq_init(&scan, again, false);
	while (dshash_seq_next(&scan) != NULL)
		count--;
	dshash_seq_term(&scan);
	CHECK(count == 2499);
	dshash_dump(table);
	dshash_detach(again);
	dshash_destroy(table);
	dsa_trim(area);
	CHECK(dsa_get_total_size(area) == size);
	dsa_detach(area);
	dshash_strcpy(text, "abcdefghij", sizeof(text), NULL);
	CHECK(dshash_strcmp(text, "abcdefg", sizeof(text), NULL) == 0);
	CHECK(dshash_strhash(text, sizeof(text), NULL) == dshash_memhash("abcdefg", 7, NULL));
}

/* ---- Waiting ---- */

CAPI_TEST(test_condition_variable)
{
	ConditionVariableMinimallyPadded padded;
	ConditionVariable *cv = &padded.cv;

	ConditionVariableInit(cv);
	CHECK(!ConditionVariableCancelSleep());
	ConditionVariablePrepareToSleep(cv);
	ConditionVariableSignal(cv);
	ConditionVariableSleep(cv, PG_WAIT_EXTENSION);
	CHECK(ConditionVariableTimedSleep(cv, 1, PG_WAIT_EXTENSION));
	ConditionVariableSignal(cv);
	CHECK(ConditionVariableCancelSleep());
	ConditionVariableBroadcast(cv);
}

CAPI_TEST(test_barrier)
{
	Barrier barrier;

	BarrierInit(&barrier, 1);
	CHECK(BarrierArriveAndWait(&barrier, PG_WAIT_EXTENSION));
	CHECK(BarrierPhase(&barrier) == 1);
	CHECK(BarrierArriveAndDetach(&barrier));
	BarrierInit(&barrier, 0);
	CHECK(BarrierAttach(&barrier) == 0);
	CHECK(BarrierArriveAndDetachExceptLast(&barrier));
	CHECK(BarrierPhase(&barrier) == 1 && BarrierParticipants(&barrier) == 1);
	CHECK(BarrierDetach(&barrier));
}
