/*
 * test_shared_memory.c
 *		Shared memory of modules, driven from several sessions at once: dsm, shm_mq, condition variables, barriers, DSA.
 *
 * Segments and areas are named by their handles, as bigint, and stay mapped in a session until it closes them or ends.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/dshash.h"
#include "miscadmin.h"
#include "postmaster/bgworker.h"
#include "storage/barrier.h"
#include "storage/condition_variable.h"
#include "storage/dsm.h"
#include "storage/dsm_registry.h"
#include "storage/ipc.h"
#include "storage/shm_mq.h"
#include "storage/shm_toc.h"
#include "utils/builtins.h"
#include "utils/dsa.h"
#include "utils/memutils.h"
#include "utils/wait_event.h"

#include <string.h>

PG_MODULE_MAGIC;

PGDLLEXPORT void test_shared_memory_main(Datum main_arg);

static dsm_segment *
mapped(int64 handle)
{
	dsm_segment *segment = dsm_find_mapping((dsm_handle) handle);

	if (segment == NULL)
		elog(ERROR, "segment is not mapped here");
	return segment;
}

/* ---- Segments ---- */

PG_FUNCTION_INFO_V1(dsm_make);
Datum
dsm_make(PG_FUNCTION_ARGS)
{
	dsm_segment *segment = dsm_create((Size) PG_GETARG_INT64(0), PG_GETARG_INT32(1));

	if (segment == NULL)
		PG_RETURN_NULL();
	dsm_pin_mapping(segment);
	PG_RETURN_INT64((int64) dsm_segment_handle(segment));
}

/* The mapping ends with the transaction. */
PG_FUNCTION_INFO_V1(dsm_make_owned);
Datum
dsm_make_owned(PG_FUNCTION_ARGS)
{
	dsm_segment *segment = dsm_create((Size) PG_GETARG_INT64(0), 0);

	PG_RETURN_INT64((int64) dsm_segment_handle(segment));
}

PG_FUNCTION_INFO_V1(dsm_open);
Datum
dsm_open(PG_FUNCTION_ARGS)
{
	dsm_segment *segment = dsm_attach((dsm_handle) PG_GETARG_INT64(0));

	if (segment == NULL)
		PG_RETURN_NULL();
	dsm_pin_mapping(segment);
	PG_RETURN_INT64((int64) dsm_segment_map_length(segment));
}

PG_FUNCTION_INFO_V1(dsm_close);
Datum
dsm_close(PG_FUNCTION_ARGS)
{
	dsm_detach(mapped(PG_GETARG_INT64(0)));
	PG_RETURN_VOID();
}

PG_FUNCTION_INFO_V1(dsm_pin);
Datum
dsm_pin(PG_FUNCTION_ARGS)
{
	dsm_pin_segment(mapped(PG_GETARG_INT64(0)));
	PG_RETURN_VOID();
}

PG_FUNCTION_INFO_V1(dsm_unpin);
Datum
dsm_unpin(PG_FUNCTION_ARGS)
{
	dsm_unpin_segment((dsm_handle) PG_GETARG_INT64(0));
	PG_RETURN_VOID();
}

/* The mapping becomes the transaction's again. */
PG_FUNCTION_INFO_V1(dsm_own);
Datum
dsm_own(PG_FUNCTION_ARGS)
{
	dsm_unpin_mapping(mapped(PG_GETARG_INT64(0)));
	PG_RETURN_VOID();
}

PG_FUNCTION_INFO_V1(dsm_address);
Datum
dsm_address(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) (intptr_t) dsm_segment_address(mapped(PG_GETARG_INT64(0))));
}

static int64 *
word(FunctionCallInfo fcinfo)
{
	return (int64 *) dsm_segment_address(mapped(PG_GETARG_INT64(0))) + PG_GETARG_INT64(1);
}

PG_FUNCTION_INFO_V1(dsm_write);
Datum
dsm_write(PG_FUNCTION_ARGS)
{
	*word(fcinfo) = PG_GETARG_INT64(2);
	PG_RETURN_VOID();
}

PG_FUNCTION_INFO_V1(dsm_read);
Datum
dsm_read(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(*word(fcinfo));
}

static void
log_detach(dsm_segment *segment, Datum arg)
{
	elog(LOG, "detached %d: word 0 is " INT64_FORMAT, DatumGetInt32(arg),
		 *(int64 *) dsm_segment_address(segment));
}

static void
fail_at_detach(dsm_segment *segment, Datum arg)
{
	elog(ERROR, "detach of %u failed (%d)", dsm_segment_handle(segment), DatumGetInt32(arg));
}

PG_FUNCTION_INFO_V1(dsm_at_detach);
Datum
dsm_at_detach(PG_FUNCTION_ARGS)
{
	dsm_segment *segment = mapped(PG_GETARG_INT64(0));
	int number = PG_GETARG_INT32(1);

	/* One that is taken back, and a negative number for one that fails. */
	on_dsm_detach(segment, log_detach, Int32GetDatum(-number));
	on_dsm_detach(segment, number < 0 ? fail_at_detach : log_detach, Int32GetDatum(number));
	cancel_on_dsm_detach(segment, log_detach, Int32GetDatum(-number));
	PG_RETURN_VOID();
}

/* ---- Queues: one in each segment that queue_make makes ---- */

static shm_mq_handle *queue_end = NULL;

PG_FUNCTION_INFO_V1(queue_make);
Datum
queue_make(PG_FUNCTION_ARGS)
{
	Size size = (Size) PG_GETARG_INT64(0);
	dsm_segment *segment = dsm_create(size, 0);

	dsm_pin_mapping(segment);
	shm_mq_create(dsm_segment_address(segment), size);
	PG_RETURN_INT64((int64) dsm_segment_handle(segment));
}

PG_FUNCTION_INFO_V1(queue_join);
Datum
queue_join(PG_FUNCTION_ARGS)
{
	dsm_segment *segment = mapped(PG_GETARG_INT64(0));
	shm_mq *queue = dsm_segment_address(segment);
	MemoryContext former = MemoryContextSwitchTo(TopMemoryContext);

	if (PG_GETARG_BOOL(1))
		shm_mq_set_sender(queue, MyProc);
	else
		shm_mq_set_receiver(queue, MyProc);
	queue_end = shm_mq_attach(queue, segment, NULL);
	MemoryContextSwitchTo(former);
	PG_RETURN_VOID();
}

static Datum
outcome(shm_mq_result result)
{
	return CStringGetTextDatum(result == SHM_MQ_SUCCESS		  ? "success"
							   : result == SHM_MQ_WOULD_BLOCK ? "would block"
															  : "detached");
}

PG_FUNCTION_INFO_V1(queue_send);
Datum
queue_send(PG_FUNCTION_ARGS)
{
	text *message = PG_GETARG_TEXT_PP(0);

	PG_RETURN_DATUM(outcome(shm_mq_send(queue_end, VARSIZE_ANY_EXHDR(message), VARDATA_ANY(message),
										PG_GETARG_BOOL(1), true)));
}

/* `count` numbered messages of growing length, in two pieces each, without flushing but the last. */
PG_FUNCTION_INFO_V1(queue_send_many);
Datum
queue_send_many(PG_FUNCTION_ARGS)
{
	int count = PG_GETARG_INT32(0);
	int longest = PG_GETARG_INT32(1);
	char *bytes = palloc((Size) longest + 1);
	shm_mq_result result = SHM_MQ_SUCCESS;
	int i;

	for (i = 0; i < count && result == SHM_MQ_SUCCESS; i++)
	{
		shm_mq_iovec pieces[2];

		memset(bytes, 'a' + i % 26, (Size) longest + 1);
		pieces[0].data = (const char *) &i;
		pieces[0].len = sizeof(i);
		pieces[1].data = bytes;
		pieces[1].len = (Size) (i % (longest + 1));
		result = shm_mq_sendv(queue_end, pieces, 2, false, i == count - 1);
	}
	PG_RETURN_DATUM(outcome(result));
}

PG_FUNCTION_INFO_V1(queue_receive_many);
Datum
queue_receive_many(PG_FUNCTION_ARGS)
{
	int count = PG_GETARG_INT32(0);
	int longest = PG_GETARG_INT32(1);
	int i;

	for (i = 0; i < count; i++)
	{
		Size length;
		void *data;
		Size j;

		if (shm_mq_receive(queue_end, &length, &data, false) != SHM_MQ_SUCCESS)
			elog(ERROR, "message %d did not come", i);
		if (length != sizeof(int) + (Size) (i % (longest + 1)) || *(int *) data != i)
			elog(ERROR, "message %d is another", i);
		for (j = sizeof(int); j < length; j++)
		{
			if (((char *) data)[j] != 'a' + i % 26)
				elog(ERROR, "byte %zu of message %d is wrong", j, i);
		}
	}
	PG_RETURN_INT32(i);
}

PG_FUNCTION_INFO_V1(queue_receive);
Datum
queue_receive(PG_FUNCTION_ARGS)
{
	Size length;
	void *data;
	shm_mq_result result = shm_mq_receive(queue_end, &length, &data, PG_GETARG_BOOL(0));

	if (result != SHM_MQ_SUCCESS)
		PG_RETURN_DATUM(outcome(result));
	PG_RETURN_TEXT_P(cstring_to_text_with_len(data, (int) length));
}

PG_FUNCTION_INFO_V1(queue_leave);
Datum
queue_leave(PG_FUNCTION_ARGS)
{
	shm_mq_detach(queue_end);
	queue_end = NULL;
	PG_RETURN_VOID();
}

/* ---- Waiting: a segment with a condition variable, a counter and a barrier ---- */

typedef struct Waiting
{
	ConditionVariable changed;
	slock_t mutex;
	int value;
	Barrier barrier;
	int elected;
} Waiting;

static Waiting *
waiting(FunctionCallInfo fcinfo)
{
	return dsm_segment_address(mapped(PG_GETARG_INT64(0)));
}

PG_FUNCTION_INFO_V1(waiting_make);
Datum
waiting_make(PG_FUNCTION_ARGS)
{
	dsm_segment *segment = dsm_create(sizeof(Waiting), 0);
	Waiting *made = dsm_segment_address(segment);

	dsm_pin_mapping(segment);
	ConditionVariableInit(&made->changed);
	SpinLockInit(&made->mutex);
	BarrierInit(&made->barrier, PG_GETARG_INT32(0));
	PG_RETURN_INT64((int64) dsm_segment_handle(segment));
}

static int
value_of(Waiting *shared)
{
	int value;

	SpinLockAcquire(&shared->mutex);
	value = shared->value;
	SpinLockRelease(&shared->mutex);
	return value;
}

/* Waits until the value is at least so much; false when that took longer than so many milliseconds. */
PG_FUNCTION_INFO_V1(waiting_for);
Datum
waiting_for(PG_FUNCTION_ARGS)
{
	Waiting *shared = waiting(fcinfo);
	bool late = false;

	ConditionVariablePrepareToSleep(&shared->changed);
	while (value_of(shared) < PG_GETARG_INT32(1) && !late)
		late = ConditionVariableTimedSleep(&shared->changed, PG_GETARG_INT32(2), PG_WAIT_EXTENSION);
	ConditionVariableCancelSleep();
	PG_RETURN_BOOL(!late);
}

/* Joins those who sleep; and leaves them: true when it had been signalled. */
PG_FUNCTION_INFO_V1(waiting_join);
Datum
waiting_join(PG_FUNCTION_ARGS)
{
	ConditionVariablePrepareToSleep(&waiting(fcinfo)->changed);
	PG_RETURN_VOID();
}

PG_FUNCTION_INFO_V1(waiting_leave);
Datum
waiting_leave(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(ConditionVariableCancelSleep());
}

/* Adds to the value and wakes one, or all. */
PG_FUNCTION_INFO_V1(waiting_add);
Datum
waiting_add(PG_FUNCTION_ARGS)
{
	Waiting *shared = waiting(fcinfo);

	SpinLockAcquire(&shared->mutex);
	shared->value += PG_GETARG_INT32(1);
	SpinLockRelease(&shared->mutex);
	if (PG_GETARG_BOOL(2))
		ConditionVariableBroadcast(&shared->changed);
	else
		ConditionVariableSignal(&shared->changed);
	PG_RETURN_VOID();
}

/* Goes through so many phases; in each one somebody is elected. Returns how often anybody was. */
PG_FUNCTION_INFO_V1(waiting_phases);
Datum
waiting_phases(PG_FUNCTION_ARGS)
{
	Waiting *shared = waiting(fcinfo);
	int i;

	for (i = 0; i < PG_GETARG_INT32(1); i++)
	{
		if (BarrierPhase(&shared->barrier) != 2 * i)
			elog(ERROR, "phase is %d", BarrierPhase(&shared->barrier));
		if (BarrierArriveAndWait(&shared->barrier, PG_WAIT_EXTENSION))
			shared->elected++;
		BarrierArriveAndWait(&shared->barrier, PG_WAIT_EXTENSION);
	}
	PG_RETURN_INT32(shared->elected);
}

/* ---- Areas: a table of objects that all sessions allocate, check and free ---- */

#define TABLE_SIZE 500

typedef struct Object
{
	Size size;
	uint32 fill;
	char bytes[FLEXIBLE_ARRAY_MEMBER];
} Object;

static dsa_area *area = NULL;

PG_FUNCTION_INFO_V1(area_make);
Datum
area_make(PG_FUNCTION_ARGS)
{
	MemoryContext former = MemoryContextSwitchTo(TopMemoryContext);

	area = dsa_create(LWLockNewTrancheId());
	dsa_pin_mapping(area);
	MemoryContextSwitchTo(former);
	PG_RETURN_INT64((int64) dsa_get_handle(area));
}

PG_FUNCTION_INFO_V1(area_open);
Datum
area_open(PG_FUNCTION_ARGS)
{
	MemoryContext former = MemoryContextSwitchTo(TopMemoryContext);

	area = dsa_attach((dsa_handle) PG_GETARG_INT64(0));
	dsa_pin_mapping(area);
	MemoryContextSwitchTo(former);
	PG_RETURN_VOID();
}

PG_FUNCTION_INFO_V1(area_close);
Datum
area_close(PG_FUNCTION_ARGS)
{
	dsa_detach(area);
	area = NULL;
	PG_RETURN_VOID();
}

PG_FUNCTION_INFO_V1(area_pin);
Datum
area_pin(PG_FUNCTION_ARGS)
{
	if (PG_GETARG_BOOL(0))
		dsa_pin(area);
	else
		dsa_unpin(area);
	PG_RETURN_VOID();
}

PG_FUNCTION_INFO_V1(area_table);
Datum
area_table(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) dsa_allocate0(area, TABLE_SIZE * sizeof(dsa_pointer_atomic)));
}

/* Checks an object that any session may have made, and frees it. */
static void
free_object(dsa_pointer pointer)
{
	Object *object = dsa_get_address(area, pointer);
	Size i;

	for (i = 0; i < object->size; i += 1 + i / 16)
	{
		if (object->bytes[i] != (char) object->fill)
			elog(ERROR, "object " DSA_POINTER_FORMAT " is not what it was", pointer);
	}
	dsa_free(area, pointer);
}

static dsa_pointer
new_object(uint32 random)
{
	Size size = 1 + random / 64 % (random % 64 == 0 ? 200000 : 3000);
	dsa_pointer pointer = dsa_allocate(area, offsetof(Object, bytes) + size);
	Object *object = dsa_get_address(area, pointer);

	object->size = size;
	object->fill = random;
	memset(object->bytes, (char) random, size);
	return pointer;
}

PG_FUNCTION_INFO_V1(area_work);
Datum
area_work(PG_FUNCTION_ARGS)
{
	dsa_pointer_atomic *table = dsa_get_address(area, (dsa_pointer) PG_GETARG_INT64(0));
	uint32 random = (uint32) PG_GETARG_INT32(2);
	int i;

	for (i = 0; i < PG_GETARG_INT32(1); i++)
	{
		dsa_pointer former;

		random = random * 1664525U + 1013904223U;
		former =
			pg_atomic_exchange_u64(&table[random / 65536 % TABLE_SIZE],
								   random / 256 % 2 == 0 ? InvalidDsaPointer : new_object(random));
		if (DsaPointerIsValid(former))
			free_object(former);
		CHECK_FOR_INTERRUPTS();
	}
	PG_RETURN_INT32(i);
}

/* Frees everything; what is left in bytes. */
PG_FUNCTION_INFO_V1(area_clear);
Datum
area_clear(PG_FUNCTION_ARGS)
{
	dsa_pointer_atomic *table = dsa_get_address(area, (dsa_pointer) PG_GETARG_INT64(0));
	int i;

	for (i = 0; i < TABLE_SIZE; i++)
	{
		if (DsaPointerIsValid(pg_atomic_read_u64(&table[i])))
			free_object(pg_atomic_read_u64(&table[i]));
		pg_atomic_write_u64(&table[i], InvalidDsaPointer);
	}
	dsa_trim(area);
	PG_RETURN_INT64((int64) dsa_get_total_size(area));
}

/* ---- A hash table in the area, of how often each key was counted ---- */

typedef struct Counter
{
	int64 key;
	int64 count;
} Counter;

static dshash_table *
counters(int64 handle)
{
	dshash_parameters params;

	memset(&params, 0, sizeof(params));
	params.key_size = sizeof(int64);
	params.entry_size = sizeof(Counter);
	params.compare_function = dshash_memcmp;
	params.hash_function = dshash_memhash;
	params.tranche_id = LWTRANCHE_FIRST_USER_DEFINED;
	return handle == 0 ? dshash_create(area, &params, NULL)
					   : dshash_attach(area, &params, (dshash_table_handle) handle, NULL);
}

PG_FUNCTION_INFO_V1(counters_make);
Datum
counters_make(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) dshash_get_hash_table_handle(counters(0)));
}

PG_FUNCTION_INFO_V1(counters_work);
Datum
counters_work(PG_FUNCTION_ARGS)
{
	dshash_table *table = counters(PG_GETARG_INT64(0));
	uint32 random = (uint32) PG_GETARG_INT32(2);
	int i;

	for (i = 0; i < PG_GETARG_INT32(1); i++)
	{
		int64 key;
		Counter *counter;
		bool found;

		random = random * 1664525U + 1013904223U;
		key = random / 4096 % 5000;
		counter = dshash_find_or_insert(table, &key, &found);
		counter->count = found ? counter->count + 1 : 1;
		dshash_release_lock(table, counter);
	}
	PG_RETURN_INT32(i);
}

/* The sum of all counts; deletes what it sees. */
PG_FUNCTION_INFO_V1(counters_sum);
Datum
counters_sum(PG_FUNCTION_ARGS)
{
	dshash_table *table = counters(PG_GETARG_INT64(0));
	dshash_seq_status scan;
	Counter *counter;
	int64 sum = 0;

	dshash_seq_init(&scan, table, true);
	while ((counter = dshash_seq_next(&scan)) != NULL)
	{
		sum += counter->count;
		dshash_delete_current(&scan);
	}
	dshash_seq_term(&scan);
	PG_RETURN_INT64(sum);
}

/* ---- Segments by name ---- */

static void
start_counting(void *place)
{
	*(int *) place = 100;
}

static void
fail_to_start(void *place)
{
	elog(ERROR, "not now");
}

/* Adds to the number in the segment of this name. */
PG_FUNCTION_INFO_V1(named_add);
Datum
named_add(PG_FUNCTION_ARGS)
{
	bool found;
	int *place =
		GetNamedDSMSegment(text_to_cstring(PG_GETARG_TEXT_PP(0)), (size_t) PG_GETARG_INT32(1),
						   PG_GETARG_INT32(2) < 0 ? fail_to_start : start_counting, &found);

	*place += PG_GETARG_INT32(2);
	PG_RETURN_INT32(*place);
}

/* ---- A worker that has given up shared memory ---- */

void
test_shared_memory_main(Datum main_arg)
{
	BackgroundWorkerUnblockSignals();
	PG_TRY();
	{
		dsm_create(4096, 0);
	}
	PG_CATCH();
	{
		EmitErrorReport();
		FlushErrorState();
	}
	PG_END_TRY();
	proc_exit(0);
}

PG_FUNCTION_INFO_V1(launch_detached);
Datum
launch_detached(PG_FUNCTION_ARGS)
{
	BackgroundWorker worker;

	memset(&worker, 0, sizeof(worker));
	worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	snprintf(worker.bgw_name, BGW_MAXLEN, "detached");
	snprintf(worker.bgw_library_name, sizeof(worker.bgw_library_name), "test_shared_memory");
	snprintf(worker.bgw_function_name, BGW_MAXLEN, "test_shared_memory_main");
	PG_RETURN_BOOL(RegisterDynamicBackgroundWorker(&worker, NULL));
}
