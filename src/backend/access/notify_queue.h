/*
 * access/notify_queue.h
 *		The queue of notifications in shared memory.
 *
 * A ring of bytes.  A committing transaction first reserves room for what it will say (which may be refused), and
 * appends it when it has committed (which cannot fail).  Each listener has a position of its own; room is
 * free behind the slowest.  All under NotifyQueueLock, held for copying only.  Who appends holds a
 * heavyweight lock from before its commit until then: so the order is that of the commits.
 */
#pragma once

#include <span>
#include <string>
#include <vector>

#include "storage/ipc/shmem_internals.h"

namespace pg
{

struct Notification
{
	std::string channel, payload;
	int pid = 0; /* of who sent it */
};

/* This process listens from now on, or does so no more. Idempotent. */
void RegisterListener();
void UnregisterListener() noexcept;

/* Bytes that a notification takes. */
size_t QueuedSize(const Notification &notification);
/* Room for that many bytes, until AppendNotifications or ReleaseNotificationRoom. 54000 when there is none. */
void ReserveNotificationRoom(size_t bytes);
void ReleaseNotificationRoom(size_t bytes) noexcept;
/* Puts them where room was reserved, and wakes the listeners of this database. */
void AppendNotifications(std::span<const Notification> notifications, size_t reserved) noexcept;

/* What this database has been told since the last call; for listeners. */
std::vector<Notification> TakeNotifications();
/* Part of the ring that is in use, 0 to 1. */
double NotificationQueueUsage();

extern const std::span<const ShmemArea> kNotifyAreas;

} /* namespace pg */
