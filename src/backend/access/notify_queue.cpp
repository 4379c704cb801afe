/*
 * access/notify_queue.cpp
 *		The queue of notifications.
 *
 * Backends and workers with a database.  Built by the postmaster, anew after a crash: then nobody listens.
 */
#include "postgres.h"

#include "access/notify_queue.h"

#include <algorithm>
#include <cstring>

#include "miscadmin.h"
#include "storage/ipc.h"
#include "storage/ipc/shmem_size.h"
#include "storage/lmgr/proc_internals.h"
#include "storage/lwlock.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

/* Pages that were never written take no memory. */
constexpr uint64 kRing = 16 * 1024 * 1024;

struct Listener
{
	int pid; /* 0: does not listen */
	Oid database;
	uint64 position; /* read up to here */
	bool told;		 /* has a signal that it has not acted on */
};

/* Positions count bytes since the start and never go back. */
struct Queue
{
	uint64 head;	 /* where the next goes */
	uint64 tail;	 /* what all have read */
	uint64 reserved; /* bytes promised beyond head */
	char ring[kRing];
};

struct EntryHead
{
	uint32 size; /* with this head */
	Oid database;
	int pid;
	uint32 channel_size;
};

Queue *queue = nullptr;
Listener *listeners = nullptr;

class QueueLock
{
public:
	QueueLock() { LWLockAcquire(NotifyQueueLock, LW_EXCLUSIVE); }
	~QueueLock() { LWLockRelease(NotifyQueueLock); }
	QueueLock(const QueueLock &) = delete;
	QueueLock &operator=(const QueueLock &) = delete;
};

void
write_ring(uint64 position, const void *bytes, size_t size)
{
	const size_t at = position % kRing;
	const size_t first = std::min(size, static_cast<size_t>(kRing - at));

	memcpy(queue->ring + at, bytes, first);
	memcpy(queue->ring, static_cast<const char *>(bytes) + first, size - first);
}

void
read_ring(uint64 position, void *bytes, size_t size)
{
	const size_t at = position % kRing;
	const size_t first = std::min(size, static_cast<size_t>(kRing - at));

	memcpy(bytes, queue->ring + at, first);
	memcpy(static_cast<char *>(bytes) + first, queue->ring, size - first);
}

std::string
read_text(uint64 position, size_t size)
{
	std::string text(size, '\0');

	read_ring(position, text.data(), size);
	return text;
}

void
advance_tail()
{
	uint64 tail = queue->head;

	for (int slot = 0; slot < ProcSlotsUsed(); slot++)
		if (listeners[slot].pid != 0)
			tail = std::min(tail, listeners[slot].position);
	queue->tail = tail;
}

void
append(const Notification &one)
{
	const EntryHead head{.size = static_cast<uint32>(QueuedSize(one)),
						 .database = MyDatabaseId,
						 .pid = MyProcPid,
						 .channel_size = static_cast<uint32>(one.channel.size())};

	write_ring(queue->head, &head, sizeof(head));
	write_ring(queue->head + sizeof(head), one.channel.data(), one.channel.size());
	write_ring(queue->head + sizeof(head) + one.channel.size(), one.payload.data(),
			   one.payload.size());
	queue->head += head.size;
}

void
wake_listeners()
{
	for (int slot = 0; slot < ProcSlotsUsed(); slot++)
	{
		Listener &listener = listeners[slot];

		if (listener.pid == 0)
			continue;
		/* Others have nothing to read: they need not be woken, only moved on. */
		if (listener.database != MyDatabaseId)
			continue;
		if (!listener.told)
			listener.told = SendProcSignal(slot, listener.pid, PROCSIG_NOTIFY_INTERRUPT);
	}
}

void
leave(int, Datum)
{
	UnregisterListener();
}

/* Moves listeners of other databases past what does not concern them, when nothing before it does. */
void
skip_foreign(uint64 from)
{
	for (int slot = 0; slot < ProcSlotsUsed(); slot++)
	{
		Listener &listener = listeners[slot];

		if (listener.pid != 0 && listener.database != MyDatabaseId && listener.position == from)
			listener.position = queue->head;
	}
}

size_t
queue_size()
{
	return sizeof(Queue);
}

void
init_queue(void *at)
{
	queue = static_cast<Queue *>(at);
	queue->head = queue->tail = queue->reserved = 0;
}

size_t
listeners_size()
{
	return MultiplyShmemSize(static_cast<size_t>(ProcSlotCount()), sizeof(Listener));
}

void
init_listeners(void *at)
{
	listeners = static_cast<Listener *>(at); /* zeros: nobody */
}

constexpr ShmemArea kAreas[] = {{"Notification Queue", queue_size, init_queue},
								{"Notification Listeners", listeners_size, init_listeners}};

} /* namespace */

const std::span<const ShmemArea> kNotifyAreas(kAreas);

void
RegisterListener()
{
	static bool registered = false;
	Listener &mine = listeners[MyProcSlot()];

	if (mine.pid == MyProcPid)
		return;
	if (!registered)
		before_shmem_exit(leave, 0);
	registered = true;

	const QueueLock lock;

	mine = {.pid = MyProcPid, .database = MyDatabaseId, .position = queue->head, .told = false};
}

void
UnregisterListener() noexcept
{
	Listener &mine = listeners[MyProcSlot()];

	if (mine.pid != MyProcPid)
		return;

	const QueueLock lock;

	mine.pid = 0;
	advance_tail();
}

size_t
QueuedSize(const Notification &notification)
{
	return sizeof(EntryHead) + notification.channel.size() + notification.payload.size();
}

void
ReserveNotificationRoom(size_t bytes)
{
	{
		const QueueLock lock;

		advance_tail();
		if (queue->head - queue->tail + queue->reserved + bytes <= kRing)
		{
			queue->reserved += bytes;
			return;
		}
	}
	Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
			  .msg("too many notifications in the NOTIFY queue"));
}

void
ReleaseNotificationRoom(size_t bytes) noexcept
{
	const QueueLock lock;

	queue->reserved -= bytes;
}

void
AppendNotifications(std::span<const Notification> notifications, size_t reserved) noexcept
{
	const QueueLock lock;
	const uint64 from = queue->head;

	queue->reserved -= reserved;
	for (const Notification &one : notifications)
		append(one);
	skip_foreign(from);
	wake_listeners();
	advance_tail();
}

std::vector<Notification>
TakeNotifications()
{
	std::vector<Notification> taken;
	Listener &mine = listeners[MyProcSlot()];

	if (mine.pid != MyProcPid)
		return taken;

	const QueueLock lock;

	while (mine.position < queue->head)
	{
		EntryHead head;

		read_ring(mine.position, &head, sizeof(head));
		if (head.database == MyDatabaseId)
		{
			const uint64 texts = mine.position + sizeof(head);

			taken.push_back({.channel = read_text(texts, head.channel_size),
							 .payload = read_text(texts + head.channel_size,
												  head.size - sizeof(head) - head.channel_size),
							 .pid = head.pid});
		}
		mine.position += head.size;
	}
	mine.told = false;
	advance_tail();
	return taken;
}

double
NotificationQueueUsage()
{
	const QueueLock lock;

	advance_tail();
	return static_cast<double>(queue->head - queue->tail) / static_cast<double>(kRing);
}

} /* namespace pg */
