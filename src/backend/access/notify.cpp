/*
 * access/notify.cpp
 *		LISTEN and NOTIFY of one session.
 *
 * Backends and workers with a database.  Before the commit: room in the queue, the lock that keeps
 * commits in order, a place among the listeners.  After it: the notifications go out, the session's channels
 * change.  An abort forgets all.
 */
#include "postgres.h"

#include "access/notify.h"

#include <algorithm>
#include <utility>

#include "access/transaction.h"
#include "access/xact.h"
#include "catalog/pg_database_d.h"
#include "commands/async.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/error/report.h"

namespace pg
{

void (*send_notification)(const Notification &notification) = nullptr;
void (*flush_notifications)() = nullptr;

namespace
{

constexpr size_t kMaxPayload = 8000;

struct Action
{
	enum class Kind : uint8_t
	{
		Listen,
		Unlisten,
		UnlistenAll
	};

	Kind kind;
	std::string channel;
	int level;
};

struct Said
{
	Notification notification;
	int level;
};

struct Session
{
	std::vector<Said> said;		 /* by this transaction, each once */
	std::vector<Action> actions; /* of this transaction, in order */
	std::vector<std::string> channels;
	size_t reserved = 0; /* bytes in the queue, between pre-commit and the end */
	bool watching = false;
};

Session session;

int
level_now()
{
	return GetCurrentTransactionNestLevel();
}

void
before_commit()
{
	const bool listens =
		std::any_of(session.actions.begin(), session.actions.end(),
					[](const Action &action) { return action.kind == Action::Kind::Listen; });
	size_t bytes = 0;

	if (listens)
		RegisterListener();
	if (session.said.empty())
		return;
	for (const Said &said : session.said)
		bytes += QueuedSize(said.notification);
	/* Released with the transaction's locks: after the notifications have gone out. */
	LockSharedObject(DatabaseRelationId, InvalidOid, 0, AccessExclusiveLock);
	ReserveNotificationRoom(bytes);
	session.reserved = bytes;
}

void
apply(const Action &action)
{
	auto &channels = session.channels;

	switch (action.kind)
	{
		case Action::Kind::Listen:
			if (std::find(channels.begin(), channels.end(), action.channel) == channels.end())
				channels.push_back(action.channel);
			break;
		case Action::Kind::Unlisten: std::erase(channels, action.channel); break;
		case Action::Kind::UnlistenAll: channels.clear(); break;
	}
}

void
send_said()
{
	std::vector<Notification> notifications;

	for (Said &said : session.said)
		notifications.push_back(std::move(said.notification));
	AppendNotifications(notifications, std::exchange(session.reserved, 0));
}

void
at_end(bool committed)
{
	if (committed)
		for (const Action &action : session.actions)
			apply(action);
	if (session.reserved > 0 && committed)
		send_said();
	else if (session.reserved > 0)
		ReleaseNotificationRoom(std::exchange(session.reserved, 0));
	/* Also after an abort: it may have become a listener before the commit that failed. */
	if (!session.actions.empty() && session.channels.empty())
		UnregisterListener();
	session.said.clear();
	session.actions.clear();
}

void
notify_at_subtransaction_end(bool committed, int level)
{
	if (!committed)
	{
		std::erase_if(session.said, [level](const Said &said) { return said.level >= level; });
		std::erase_if(session.actions,
					  [level](const Action &action) { return action.level >= level; });
		return;
	}
	for (Said &said : session.said)
		said.level = std::min(said.level, level - 1);
	for (Action &action : session.actions)
		action.level = std::min(action.level, level - 1);
}

void
at_transaction_event(XactEvent event, void *)
{
	if (event == XACT_EVENT_PRE_COMMIT)
		before_commit();
}

void
watch_for_notify()
{
	if (session.watching)
		return;
	RegisterXactCallback(at_transaction_event, nullptr);
	OnTransactionEnd(at_end);
	OnSubtransactionEnd(notify_at_subtransaction_end);
	session.watching = true;
}

void
check_channel(std::string_view channel)
{
	if (channel.empty())
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE).msg("channel name cannot be empty"));
	if (channel.size() >= NAMEDATALEN)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE).msg("channel name too long"));
}

void
act(Action::Kind kind, std::string_view channel)
{
	watch_for_notify();
	session.actions.push_back({kind, std::string(channel), level_now()});
}

void
deliver(const Notification &notification)
{
	if (send_notification != nullptr)
		return send_notification(notification);
	Report(INFO)
		.msg("NOTIFY for \"%s\" payload \"%s\"", notification.channel.c_str(),
			 notification.payload.c_str())
		.emit();
}

} /* namespace */

void
NotifyChannel(std::string_view channel, std::string_view payload)
{
	RefuseDuringRecovery("NOTIFY");
	check_channel(channel);
	if (payload.size() >= kMaxPayload)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE).msg("payload string too long"));
	watch_for_notify();
	for (const Said &said : session.said)
		if (said.notification.channel == channel && said.notification.payload == payload)
			return;
	session.said.push_back(
		{{.channel = std::string(channel), .payload = std::string(payload), .pid = MyProcPid},
		 level_now()});
}

void
ListenTo(std::string_view channel)
{
	act(Action::Kind::Listen, channel);
}

void
UnlistenTo(std::string_view channel)
{
	if (!session.channels.empty() || !session.actions.empty())
		act(Action::Kind::Unlisten, channel);
}

void
UnlistenToAll()
{
	if (!session.channels.empty() || !session.actions.empty())
		act(Action::Kind::UnlistenAll, {});
}

const std::vector<std::string> &
ListeningChannels()
{
	return session.channels;
}

bool
NotificationsPending()
{
	return notifyInterruptPending != 0;
}

void
ServeNotifications()
{
	if (!notifyInterruptPending)
		return;
	notifyInterruptPending = 0;
	for (const Notification &notification : TakeNotifications())
		if (std::find(session.channels.begin(), session.channels.end(), notification.channel) !=
			session.channels.end())
			deliver(notification);
}

} /* namespace pg */
