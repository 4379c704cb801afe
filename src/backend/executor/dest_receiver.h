/*
 * executor/dest_receiver.h
 *		Receivers of rows on both sides of the wall: the server's as C sees them, a module's as the server does.
 *
 * Backends and workers, inside a transaction.
 */
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "commands/utility.h"
#include "tcop/dest.h"
#include "utils/mmgr/memory.h"

namespace pg
{

/* A receiver of the server, as C sees it. */
struct HookedReceiver
{
	DestReceiver pub;
	RowReceiver *receiver;
	std::string utility_tag;		   /* of the utility statement that ran last */
	std::vector<ResultColumn> columns; /* what C announced */
};
HookedReceiver MakeHookedReceiver(RowReceiver &receiver, CommandDest dest);
/* One that lives until its rDestroy. */
DestReceiver *MakeOwnedReceiver(std::unique_ptr<RowReceiver> receiver, CommandDest dest);
/* Null for a receiver that is not the server's. */
HookedReceiver *HookedReceiverOf(DestReceiver *dest);

/* A receiver of a module, which gets its rows in a virtual slot. */
class ModuleReceiver : public RowReceiver
{
public:
	/* operation: a CmdType, for rStartup; so is desc, which must fit the columns (null: one is made). */
	ModuleReceiver(DestReceiver *dest, int operation, TupleDesc desc);
	void start(std::span<const ResultColumn> columns) override;
	void row(std::span<const Value> values) override;
	bool wants_more() const override { return wants_more_; }
	/* There will be no more rows. */
	void finish();

private:
	DestReceiver *const dest_;
	const int operation_;
	TupleDesc desc_;
	const OwnedMemoryContext context_, row_context_;
	TupleTableSlot *slot_ = nullptr; /* null: not started */
	bool wants_more_ = true;
};

/* Where the rows for dest go, for one run of a statement. finish() when that has ended well. */
class RowsTo
{
public:
	explicit RowsTo(DestReceiver *dest, int operation, TupleDesc desc = nullptr);
	RowReceiver &receiver();
	void finish();

private:
	HookedReceiver *const hooked_;
	std::optional<ModuleReceiver> module_;
};

} /* namespace pg */
