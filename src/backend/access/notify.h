/*
 * access/notify.h
 *		LISTEN and NOTIFY of one session: what its transaction has asked for, and what it listens to.
 *
 * All three take effect when the transaction commits.  Backends and workers with a database.
 */
#pragma once

#include <string>
#include <vector>

#include "access/notify_queue.h"

namespace pg
{

/* 22023 for a channel's name that is empty or too long, and for a payload that is too long; 25006 during recovery. */
void NotifyChannel(std::string_view channel, std::string_view payload);
void ListenTo(std::string_view channel);
void UnlistenTo(std::string_view channel);
void UnlistenToAll();

/* What it listens to by what has committed. */
const std::vector<std::string> &ListeningChannels();

/*
 * Hands what has come in to the client (or, in a process without one, reports it as INFO). Between
 * transactions only; a no-op unless a signal told of something.
 */
void ServeNotifications();
/* Whether a signal told of something. */
bool NotificationsPending();

/* How the client is told; null: by INFO. Set by tcop. */
extern void (*send_notification)(const Notification &notification);
/* Sends at once what the client has been told; null without a client. */
extern void (*flush_notifications)();

} /* namespace pg */
