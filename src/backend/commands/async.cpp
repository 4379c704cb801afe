/*
 * commands/async.cpp
 *		LISTEN, UNLISTEN and NOTIFY, as statements and from C (commands/async.h).
 *
 * Backends and workers with a database.
 */
#include "commands/async.h"

#include "access/notify.h"
#include "access/transaction.h"
#include "commands/commands.h"
#include "utils/error/wall.h"

namespace pg::commands
{

std::string
RunListen(const Command &command)
{
	RefuseDuringRecovery("LISTEN");
	ListenTo(command.node.listen_stmt->conditionname);
	return "LISTEN";
}

std::string
RunUnlisten(const Command &command)
{
	const char *channel = command.node.unlisten_stmt->conditionname;

	if (channel[0] == '\0')
		UnlistenToAll();
	else
		UnlistenTo(channel);
	return "UNLISTEN";
}

std::string
RunNotify(const Command &command)
{
	const PgQuery__NotifyStmt &stmt = *command.node.notify_stmt;

	NotifyChannel(stmt.conditionname, stmt.payload);
	return "NOTIFY";
}

} /* namespace pg::commands */

extern "C"
{
	void Async_Notify(const char *channel, const char *payload)
	{
		pg::FromC(
			[&] {
				pg::NotifyChannel(channel != nullptr ? channel : "",
								  payload != nullptr ? payload : "");
			});
	}

	void Async_Listen(const char *channel)
	{
		pg::FromC([&] { pg::ListenTo(channel); });
	}

	void Async_Unlisten(const char *channel)
	{
		pg::FromC([&] { pg::UnlistenTo(channel); });
	}

	void Async_UnlistenAll(void)
	{
		pg::FromC([] { pg::UnlistenToAll(); });
	}

	void ProcessNotifyInterrupt(bool flush)
	{
		pg::FromC(
			[&]
			{
				if (pg::TransactionStatus() != 'I')
					return;
				pg::ServeNotifications();
				if (flush && pg::flush_notifications != nullptr)
					pg::flush_notifications();
			});
	}
}
