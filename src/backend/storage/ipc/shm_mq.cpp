/*
 * shm_mq.cpp
 *		Message queues in shared memory, one sender and one receiver each.
 *
 * Backends and workers with shared memory.
 *
 * The ring holds a stream: for each message its length (8 bytes), its bytes, and padding to 8.  sq_written and sq_read count
 * bytes since the queue's beginning and only grow, by multiples of 8.  Only the sender stores sq_written, only the receiver
 * sq_read, each with release after it has touched the ring, and reads the other's with acquire before it does.  Both
 * publish their progress late, to spare the other's cache and sleep: when a quarter of the ring has gathered,
 * when a message is flushed, and always before they wait.  Whoever publishes sets the other's latch.
 *
 * sq_mutex guards sq_receiver and sq_sender, which are set once; sq_detached is set once and never cleared.  Who sets
 * it has published everything before, so a receiver looks at sq_written once more after it has seen it.
 */
#include "storage/shm_mq.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>
#include <new>

#include "miscadmin.h"
#include "storage/ipc/interrupts.h"
#include "storage/latch.h"
#include "storage/spin.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"
#include "utils/wait_event.h"

/* Small, as in PostgreSQL: modules make queues of 100 bytes.  So no padding keeps the two counters apart. */
struct shm_mq
{
	slock_t sq_mutex;
	std::atomic<bool> sq_detached;
	PGPROC *sq_receiver;
	PGPROC *sq_sender;
	uint64 sq_ring_size;
	std::atomic<uint64> sq_read;
	std::atomic<uint64> sq_written;

	char *ring() { return reinterpret_cast<char *>(this + 1); }
};
static_assert(std::is_standard_layout_v<shm_mq> && std::is_trivially_destructible_v<shm_mq>);
static_assert(std::atomic<uint64>::is_always_lock_free && sizeof(shm_mq) % MAXIMUM_ALIGNOF == 0);
static_assert(sizeof(shm_mq) + MAXIMUM_ALIGNOF <= 64);

struct shm_mq_handle
{
	shm_mq *queue;
	dsm_segment *segment;
	BackgroundWorkerHandle *worker;
	MemoryContext context;
	bool attached; /* the other one has been seen */

	/* Sender: the stream's end in the ring, and how much of the message at hand is before it. */
	uint64 written;
	Size sent;

	/* Receiver: where it reads, what the last message keeps in use there, and a message that it puts together. */
	uint64 read;
	Size in_use;
	bool copying;
	Size length;
	Size copied;
	char *buffer;
	Size buffer_size;
};

const Size shm_mq_minimum_size = sizeof(shm_mq) + MAXIMUM_ALIGNOF;

namespace pg
{

static constexpr Size kLengthSize = sizeof(uint64);

/* The other one, if it has come. */
static PGPROC *
peek(shm_mq *queue, PGPROC *shm_mq::*which)
{
	SpinLockAcquire(&queue->sq_mutex);

	PGPROC *const proc = queue->*which;

	SpinLockRelease(&queue->sq_mutex);
	return proc;
}

static void
wake(shm_mq *queue, PGPROC *shm_mq::*which)
{
	if (PGPROC *const proc = peek(queue, which))
		SetLatch(&proc->procLatch);
}

static void
come(shm_mq *queue, PGPROC *shm_mq::*which, PGPROC *proc, PGPROC *shm_mq::*other)
{
	SpinLockAcquire(&queue->sq_mutex);
	Assert(queue->*which == nullptr);
	queue->*which = proc;

	PGPROC *const waiting = queue->*other;

	SpinLockRelease(&queue->sq_mutex);
	if (waiting != nullptr)
		SetLatch(&waiting->procLatch);
}

static void
wait_on_latch(uint32 wait_event)
{
	WaitLatch(MyLatch, WL_LATCH_SET | WL_EXIT_ON_PM_DEATH, 0, wait_event);
	ResetLatch(MyLatch);
	CheckForInterrupts();
}

/* Detached, or the worker that should come has stopped. */
static bool
is_other_gone(shm_mq_handle *handle)
{
	shm_mq *const queue = handle->queue;
	pid_t pid;

	if (queue->sq_detached.load(std::memory_order_acquire))
		return true;
	if (handle->worker == nullptr)
		return false;

	const BgwHandleStatus status = GetBackgroundWorkerPid(handle->worker, &pid);

	if (status == BGWH_STARTED || status == BGWH_NOT_YET_STARTED)
		return false;
	queue->sq_detached.store(true, std::memory_order_release);
	return true;
}

/* Until the other one has come; false when it will not. */
static bool
wait_for_other(shm_mq_handle *handle, PGPROC *shm_mq::*which)
{
	for (;;)
	{
		const bool gone = is_other_gone(handle);

		/* It may have come, sent and gone since. */
		if (peek(handle->queue, which) != nullptr)
			return true;
		if (gone)
			return false;
		wait_on_latch(WAIT_EVENT_MQ_INTERNAL);
	}
}

/* Has the other one come? Waits for it unless nowait. */
static shm_mq_result
meet(shm_mq_handle *handle, PGPROC *shm_mq::*which, bool nowait)
{
	if (handle->attached)
		return SHM_MQ_SUCCESS;
	if (nowait)
	{
		const bool gone = is_other_gone(handle);

		if (peek(handle->queue, which) == nullptr)
			return gone ? SHM_MQ_DETACHED : SHM_MQ_WOULD_BLOCK;
	}
	else if (!wait_for_other(handle, which))
	{
		handle->queue->sq_detached.store(true, std::memory_order_release);
		return SHM_MQ_DETACHED;
	}
	handle->attached = true;
	return SHM_MQ_SUCCESS;
}

/*
 * Sending
 */

namespace
{

/* A message as its stream of length, pieces and padding. */
struct Stream
{
	uint64 length;
	const shm_mq_iovec *pieces;
	int count;

	Size size() const { return kLengthSize + MAXALIGN(length); }
	void copy(Size from, char *to, Size size) const;
};

/* Copies `size` bytes of the stream from position `from` on; the padding is left as it is. */
void
Stream::copy(Size from, char *to, Size size) const
{
	Size begin = kLengthSize;

	if (from < kLengthSize)
		memcpy(to, &length, kLengthSize);
	for (int i = 0; i < count && begin < from + size; begin += pieces[i++].len)
	{
		const Size first = std::max(begin, from);
		const Size last = std::min(begin + pieces[i].len, from + size);

		if (first < last)
			memcpy(to + (first - from), pieces[i].data + (first - begin), last - first);
	}
}

} // namespace

static void
publish_written(shm_mq_handle *handle)
{
	shm_mq *const queue = handle->queue;

	if (queue->sq_written.load(std::memory_order_relaxed) == handle->written)
		return;
	/* release: pairs with available() */
	queue->sq_written.store(handle->written, std::memory_order_release);
	wake(queue, &shm_mq::sq_receiver);
}

static shm_mq_result
wait_for_room(shm_mq_handle *handle, bool nowait)
{
	const shm_mq_result met = meet(handle, &shm_mq::sq_receiver, nowait);

	if (met != SHM_MQ_SUCCESS)
		return met;
	if (nowait)
		return SHM_MQ_WOULD_BLOCK;
	wait_on_latch(WAIT_EVENT_MQ_SEND);
	return SHM_MQ_SUCCESS;
}

/* Puts as much of the stream into the ring as there is room for; true when something was. */
static bool
write_some(shm_mq_handle *handle, const Stream &stream)
{
	shm_mq *const queue = handle->queue;
	/* acquire: pairs with publish_read */
	const uint64 read = queue->sq_read.load(std::memory_order_acquire);
	const uint64 room = queue->sq_ring_size - (handle->written - read);
	const uint64 at = handle->written % queue->sq_ring_size;
	const Size size =
		std::min({static_cast<Size>(room), static_cast<Size>(queue->sq_ring_size - at),
				  stream.size() - handle->sent});

	if (size == 0)
		return false;
	stream.copy(handle->sent, queue->ring() + at, size);
	handle->written += size;
	handle->sent += size;
	return true;
}

static shm_mq_result
send(shm_mq_handle *handle, const Stream &stream, bool nowait, bool force_flush)
{
	shm_mq *const queue = handle->queue;

	while (handle->sent < stream.size())
	{
		shm_mq_result outcome = SHM_MQ_SUCCESS;

		if (queue->sq_detached.load(std::memory_order_acquire))
			outcome = SHM_MQ_DETACHED;
		else if (!write_some(handle, stream))
		{
			publish_written(handle);
			outcome = wait_for_room(handle, nowait);
		}
		if (outcome == SHM_MQ_DETACHED)
			handle->sent = 0;
		if (outcome != SHM_MQ_SUCCESS)
			return outcome;
	}
	handle->sent = 0;
	if (force_flush || handle->written - queue->sq_written.load(std::memory_order_relaxed) >
						   queue->sq_ring_size / 4)
		publish_written(handle);
	return queue->sq_detached.load(std::memory_order_acquire) ? SHM_MQ_DETACHED : SHM_MQ_SUCCESS;
}

static shm_mq_result
send_pieces(shm_mq_handle *handle, const shm_mq_iovec *iov, int iovcnt, bool nowait,
			bool force_flush)
{
	Size length = 0;

	Assert(handle->queue->sq_sender == MyProc);
	for (int i = 0; i < iovcnt; i++)
		length += iov[i].len;
	if (length > MaxAllocSize)
		FromC(
			[&]
			{
				Raise(
					Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
						.msg("cannot send a message of size %zu via shared memory queue", length));
			});
	return FromC([&] { return send(handle, {length, iov, iovcnt}, nowait, force_flush); });
}

/*
 * Receiving
 */

static void
publish_read(shm_mq_handle *handle, uint64 at_least)
{
	shm_mq *const queue = handle->queue;

	if (handle->read - queue->sq_read.load(std::memory_order_relaxed) <= at_least)
		return;
	/* release: pairs with write_some */
	queue->sq_read.store(handle->read, std::memory_order_release);
	wake(queue, &shm_mq::sq_sender);
}

static uint64
available_bytes(const shm_mq_handle *handle)
{
	/* acquire: pairs with publish_written */
	return handle->queue->sq_written.load(std::memory_order_acquire) - handle->read;
}

/* Until at least `need` bytes can be read, which is no more than the ring holds. */
static shm_mq_result
wait_for_bytes(shm_mq_handle *handle, Size need, bool nowait)
{
	for (;;)
	{
		if (available_bytes(handle) >= need)
			return SHM_MQ_SUCCESS;
		if (handle->queue->sq_detached.load(std::memory_order_acquire))
			return available_bytes(handle) >= need ? SHM_MQ_SUCCESS : SHM_MQ_DETACHED;
		publish_read(handle, 0);
		if (nowait)
			return SHM_MQ_WOULD_BLOCK;
		wait_on_latch(WAIT_EVENT_MQ_RECEIVE);
	}
}

static void
provide_buffer(shm_mq_handle *handle, Size size)
{
	if (handle->buffer_size >= size)
		return;
	if (handle->buffer != nullptr)
		pfree(handle->buffer);
	handle->buffer = nullptr;
	handle->buffer_size = 0;

	const Size rounded = std::min(std::bit_ceil(std::max<Size>(size, 512)), MaxAllocSize);

	handle->buffer = static_cast<char *>(
		MemoryContextAllocExtended(handle->context, std::max(size, rounded), MCXT_ALLOC_HUGE));
	handle->buffer_size = std::max(size, rounded);
}

/* A message that does not lie in one piece is put together in the buffer. */
static shm_mq_result
copy_rest(shm_mq_handle *handle, bool nowait)
{
	shm_mq *const queue = handle->queue;
	const Size size = MAXALIGN(handle->length);

	while (handle->copied < size)
	{
		const shm_mq_result outcome = wait_for_bytes(handle, MAXIMUM_ALIGNOF, nowait);

		if (outcome != SHM_MQ_SUCCESS)
			return outcome;

		const uint64 at = handle->read % queue->sq_ring_size;
		const Size some =
			std::min({static_cast<Size>(available_bytes(handle)), size - handle->copied,
					  static_cast<Size>(queue->sq_ring_size - at)});

		memcpy(handle->buffer + handle->copied, queue->ring() + at, some);
		handle->copied += some;
		handle->read += some;
		publish_read(handle, queue->sq_ring_size / 4);
	}
	handle->copying = false;
	return SHM_MQ_SUCCESS;
}

/* Reads the length and decides how the message is taken. On success *in_place, or the copying has begun. */
static shm_mq_result
begin_message(shm_mq_handle *handle, bool nowait, char **in_place)
{
	shm_mq *const queue = handle->queue;
	shm_mq_result outcome = wait_for_bytes(handle, kLengthSize, nowait);
	uint64 length;

	if (outcome != SHM_MQ_SUCCESS)
		return outcome;

	const uint64 at = handle->read % queue->sq_ring_size;

	memcpy(&length, queue->ring() + at, kLengthSize);
	if (length > MaxAllocSize)
		Raise(
			Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
				.msg("invalid message size %zu in shared memory queue", static_cast<Size>(length)));

	const Size size = kLengthSize + MAXALIGN(length);

	if (at + size > queue->sq_ring_size)
	{
		provide_buffer(handle, MAXALIGN(length));
		handle->read += kLengthSize;
		handle->copying = true;
		handle->copied = 0;
	}
	else
	{
		outcome = wait_for_bytes(handle, size, nowait);
		handle->in_use = outcome == SHM_MQ_SUCCESS ? size : 0;
		*in_place = queue->ring() + at + kLengthSize;
	}
	handle->length = length;
	return outcome;
}

static shm_mq_result
receive(shm_mq_handle *handle, Size *length, void **data, bool nowait)
{
	char *in_place = nullptr;
	shm_mq_result outcome = meet(handle, &shm_mq::sq_sender, nowait);

	if (outcome != SHM_MQ_SUCCESS)
		return outcome;
	/* The former message is done with. */
	handle->read += handle->in_use;
	handle->in_use = 0;
	publish_read(handle, handle->queue->sq_ring_size / 4);
	if (!handle->copying)
		outcome = begin_message(handle, nowait, &in_place);
	if (outcome == SHM_MQ_SUCCESS && handle->copying)
	{
		in_place = handle->buffer;
		outcome = copy_rest(handle, nowait);
	}
	if (outcome == SHM_MQ_SUCCESS)
	{
		*length = handle->length;
		*data = in_place;
	}
	return outcome;
}

/*
 * Attaching and detaching
 */

static void
leave(shm_mq *queue)
{
	queue->sq_detached.store(true, std::memory_order_release);
	wake(queue, queue->sq_receiver == MyProc ? &shm_mq::sq_sender : &shm_mq::sq_receiver);
}

static void
leave_with_segment(dsm_segment *, Datum queue)
{
	leave(reinterpret_cast<shm_mq *>(DatumGetPointer(queue)));
}

static shm_mq_handle *
attach_queue(shm_mq *queue, dsm_segment *segment, BackgroundWorkerHandle *worker)
{
	void *const place = MemoryContextAllocZero(CurrentMemoryContext, sizeof(shm_mq_handle));
	const auto handle = new (place) shm_mq_handle{};

	Assert(queue->sq_receiver == MyProc || queue->sq_sender == MyProc);
	handle->queue = queue;
	handle->segment = segment;
	handle->worker = worker;
	handle->context = CurrentMemoryContext;
	handle->written = queue->sq_written.load(std::memory_order_acquire);
	handle->read = queue->sq_read.load(std::memory_order_acquire);
	if (segment != nullptr)
		on_dsm_detach(segment, leave_with_segment, PointerGetDatum(queue));
	return handle;
}

} // namespace pg

using namespace pg;

shm_mq *
shm_mq_create(void *address, Size size)
{
	Assert(MAXALIGN(address) == reinterpret_cast<uintptr_t>(address));
	Assert(MAXALIGN_DOWN(size) >= shm_mq_minimum_size);

	shm_mq *const queue = new (address) shm_mq{};

	SpinLockInit(&queue->sq_mutex);
	queue->sq_ring_size = MAXALIGN_DOWN(size) - sizeof(shm_mq);
	return queue;
}

void
shm_mq_set_receiver(shm_mq *mq, PGPROC *proc)
{
	come(mq, &shm_mq::sq_receiver, proc, &shm_mq::sq_sender);
}

void
shm_mq_set_sender(shm_mq *mq, PGPROC *proc)
{
	come(mq, &shm_mq::sq_sender, proc, &shm_mq::sq_receiver);
}

PGPROC *
shm_mq_get_receiver(shm_mq *mq)
{
	return peek(mq, &shm_mq::sq_receiver);
}

PGPROC *
shm_mq_get_sender(shm_mq *mq)
{
	return peek(mq, &shm_mq::sq_sender);
}

shm_mq_handle *
shm_mq_attach(shm_mq *mq, dsm_segment *seg, BackgroundWorkerHandle *handle)
{
	return FromC([&] { return attach_queue(mq, seg, handle); });
}

void
shm_mq_set_handle(shm_mq_handle *mqh, BackgroundWorkerHandle *handle)
{
	Assert(mqh->worker == nullptr);
	mqh->worker = handle;
}

void
shm_mq_detach(shm_mq_handle *mqh)
{
	if (mqh->queue->sq_sender == MyProc)
		publish_written(mqh);
	leave(mqh->queue);
	if (mqh->segment != nullptr)
		cancel_on_dsm_detach(mqh->segment, leave_with_segment, PointerGetDatum(mqh->queue));
	if (mqh->buffer != nullptr)
		pfree(mqh->buffer);
	pfree(mqh);
}

shm_mq *
shm_mq_get_queue(shm_mq_handle *mqh)
{
	return mqh->queue;
}

shm_mq_result(shm_mq_send)(shm_mq_handle *mqh, Size nbytes, const void *data, bool nowait,
						   bool force_flush)
{
	const shm_mq_iovec whole = {static_cast<const char *>(data), nbytes};

	return send_pieces(mqh, &whole, 1, nowait, force_flush);
}

shm_mq_result(shm_mq_sendv)(shm_mq_handle *mqh, shm_mq_iovec *iov, int iovcnt, bool nowait,
							bool force_flush)
{
	return send_pieces(mqh, iov, iovcnt, nowait, force_flush);
}

shm_mq_result
shm_mq_receive(shm_mq_handle *mqh, Size *nbytesp, void **datap, bool nowait)
{
	Assert(mqh->queue->sq_receiver == MyProc);
	return FromC([&] { return receive(mqh, nbytesp, datap, nowait); });
}

shm_mq_result
shm_mq_wait_for_attach(shm_mq_handle *mqh)
{
	return FromC(
		[&]
		{
			const auto other =
				mqh->queue->sq_receiver == MyProc ? &shm_mq::sq_sender : &shm_mq::sq_receiver;

			if (meet(mqh, other, false) != SHM_MQ_SUCCESS || is_other_gone(mqh))
				return SHM_MQ_DETACHED;
			return SHM_MQ_SUCCESS;
		});
}
