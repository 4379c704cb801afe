/*
 * tcop/remote_dest.cpp
 *		Receivers that send rows as messages, for modules (tcop/dest.h, access/printtup.h).
 *
 * Backends, and workers with a queue.  In a process with neither, messages go nowhere.
 */
#include "tcop/remote_dest.h"

#include "access/printtup.h"
#include "access/transaction.h"
#include "commands/tree.h"
#include "executor/command_tag.h"
#include "executor/dest_receiver.h"
#include "executor/tstoreReceiver.h"
#include "tcop/client.h"
#include "tcop/tcopprot.h"
#include "utils/error/wall.h"

CommandDest whereToSendOutput = DestNone;

namespace pg
{
namespace
{

Wire *client_wire = nullptr;

int
put_to_client(char type, const char *bytes, size_t size)
{
	if (client_wire == nullptr)
		return 0;
	client_wire->begin(type);
	client_wire->put_bytes({bytes, size});
	client_wire->end();
	return client_wire->lost() ? EOF : 0;
}

void
put_to_client_unblocked(char type, const char *bytes, size_t size)
{
	(void) put_to_client(type, bytes, size);
}

int
flush_client()
{
	if (client_wire == nullptr)
		return 0;
	client_wire->flush();
	return client_wire->lost() ? EOF : 0;
}

constexpr PQcommMethods kClientMethods = {
	.comm_reset = [] {},
	.flush = flush_client,
	.flush_if_writable = flush_client,
	.is_send_pending = [] { return client_wire != nullptr && !client_wire->buffer()->empty(); },
	.putmessage = put_to_client,
	.putmessage_noblock = put_to_client_unblocked,
};

bool
is_remote(CommandDest dest)
{
	return dest == DestRemote || dest == DestRemoteExecute || dest == DestRemoteSimple;
}

/* Rows as messages: written to a wire without an end, and handed on one by one. */
class MessageReceiver : public RowReceiver
{
public:
	explicit MessageReceiver(bool describe) : describe_(describe) {}

	void set_formats(std::vector<int16> formats) { formats_ = std::move(formats); }

	void start(std::span<const ResultColumn> columns) override
	{
		rows_ = std::make_unique<WireReceiver>(messages_, describe_, formats_);
		rows_->start(columns);
		SendMessagesOf(messages_);
	}

	void row(std::span<const Value> values) override
	{
		rows_->row(values);
		SendMessagesOf(messages_);
	}

private:
	const bool describe_;
	std::vector<int16> formats_;
	Wire messages_{-1};
	std::unique_ptr<WireReceiver> rows_;
};

HookedReceiver none_receiver = []
{
	static NullReceiver nowhere;

	return MakeHookedReceiver(nowhere, DestNone);
}();

DestReceiver *
create(CommandDest dest)
{
	if (dest == DestNone)
		return None_Receiver;
	if (dest == DestTuplestore)
		return CreateTuplestoreDestReceiver();
	if (!is_remote(dest))
		RaiseNotSupported("a destination receiver of this kind");
	return MakeOwnedReceiver(std::make_unique<MessageReceiver>(dest == DestRemote), dest);
}

void
put_text(char type, const std::string &text)
{
	(void) pq_putmessage(type, text.c_str(), text.size() + 1);
}

} /* namespace */

void
ConnectMessagesTo(Wire &wire)
{
	client_wire = &wire;
	whereToSendOutput = DestRemote;
}

void
SendMessagesOf(Wire &from)
{
	std::string &bytes = *from.buffer();

	/* Each was flushed alone: there is one. */
	if (bytes.size() >= 5)
		(void) pq_putmessage(bytes[0], bytes.data() + 5, bytes.size() - 5);
	bytes.clear();
}

} /* namespace pg */

const PQcommMethods *PqCommMethods = &pg::kClientMethods;
DestReceiver *None_Receiver = &pg::none_receiver.pub;

extern "C"
{
	DestReceiver *CreateDestReceiver(CommandDest dest)
	{
		return pg::FromC([&] { return pg::create(dest); });
	}

	void SetRemoteDestReceiverParams(DestReceiver *self, Portal portal)
	{
		pg::FromC(
			[&]
			{
				Assert(pg::is_remote(self->mydest));

				auto &receiver =
					static_cast<pg::MessageReceiver &>(*pg::HookedReceiverOf(self)->receiver);
				const int columns = portal->tupDesc != nullptr ? portal->tupDesc->natts : 0;

				if (portal->formats != nullptr)
					receiver.set_formats({portal->formats, portal->formats + columns});
			});
	}

	void BeginCommand(CommandTag, CommandDest) {}

	void EndCommand(const QueryCompletion *qc, CommandDest dest, bool)
	{
		if (pg::is_remote(dest))
			pg::FromC([&] { pg::put_text('C', pg::TagOfCompletion(*qc)); });
	}

	void NullCommand(CommandDest dest)
	{
		if (pg::is_remote(dest))
			pg::FromC([] { (void) pq_putmessage('I', nullptr, 0); });
	}

	void ReadyForQuery(CommandDest dest)
	{
		if (!pg::is_remote(dest))
			return;
		pg::FromC(
			[]
			{
				const char status = pg::TransactionStatus();

				(void) pq_putmessage('Z', &status, 1);
				(void) pq_flush();
			});
	}
}
