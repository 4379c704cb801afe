/*
 * executor/spi_cursor.cpp
 *		SPI cursors: rows of one statement, fetched in pieces.
 *
 * Workers and backends with a database.  The statement runs to its end when the cursor is opened; the
 * cursor hands out its rows.  So a cursor sees the state at its opening, as PostgreSQL's does.
 */
#include <cstring>
#include <map>
#include <memory>
#include <string>

#include "access/htup_details.h"
#include "access/transaction.h"
#include "executor/spi_internals.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/portal.h"

/* An open cursor; its rows lie in a tuple table of their own memory context. */
struct PortalData
{
	std::string name;
	SPITupleTable *rows;
	uint64 position; /* rows before the cursor */
};

namespace pg
{
namespace
{

using Portals = std::map<std::string, std::unique_ptr<PortalData>, std::less<>>;

/* Never destroyed: a process may end with cursors open. */
Portals &
portals()
{
	static Portals *const instance = std::make_unique<Portals>().release();

	return *instance;
}

/* Their memory hangs under the transaction's. */
void
at_transaction_end(bool)
{
	portals().clear();
}

void
watch_transactions()
{
	static bool watching = false;

	if (!watching)
		OnTransactionEnd(at_transaction_end);
	watching = true;
}

std::string
fresh_name()
{
	static int counter = 0;

	return "<unnamed portal " + std::to_string(++counter) + ">";
}

Portal
open(const char *name, PreparedText &text, std::span<const Value> parameters, bool read_only)
{
	std::string portal_name = name != nullptr ? name : fresh_name();

	if (text.statements.size() != 1)
		Raise(Report(ERROR, ERRCODE_INVALID_CURSOR_DEFINITION)
				  .msg("cannot open multi-query plan as cursor"));
	if (portals().contains(portal_name))
		Raise(Report(ERROR, ERRCODE_DUPLICATE_CURSOR)
				  .msg("cursor \"%s\" already exists", portal_name.c_str()));

	SPITupleTable *const outer_table = SPI_tuptable;
	const uint64 outer_processed = SPI_processed;
	MemoryContext saved = MemoryContextSwitchTo(TopTransactionContext);
	const int code = RunSpi(text, parameters, read_only, 0);

	MemoryContextSwitchTo(saved);
	if (code < 0 || SPI_tuptable == nullptr)
		Raise(Report(ERROR, ERRCODE_INVALID_CURSOR_DEFINITION)
				  .msg("cannot open %s query as cursor", text.statements[0]->raw().tag));

	auto portal = std::make_unique<PortalData>(PortalData{portal_name, SPI_tuptable, 0});
	Portal result = portal.get();

	/* The rows belong to the cursor, not to the frame. */
	SpiFrame &frame = *CurrentSpiFrame();

	frame.tables = static_cast<SPITupleTable *>(SPI_tuptable->next);
	SPI_tuptable = outer_table;
	SPI_processed = outer_processed;
	watch_transactions();
	portals().emplace(std::move(portal_name), std::move(portal));
	return result;
}

/* A table of `count` rows from `first` on, the last first when going backward. */
SPITupleTable *
copy_rows(const SPITupleTable &rows, uint64 first, uint64 count, bool forward)
{
	MemoryContext context = AllocSetContextCreate(CurrentSpiFrame()->procedure_context,
												  "SPI TupTable", ALLOCSET_SMALL_SIZES);
	MemoryContext saved = MemoryContextSwitchTo(context);
	auto *table = static_cast<SPITupleTable *>(palloc0(sizeof(SPITupleTable)));

	table->tuptabcxt = context;
	table->tupdesc = CreateTupleDescCopy(rows.tupdesc);
	table->alloced = count > 0 ? count : 1;
	table->vals = static_cast<HeapTuple *>(palloc(table->alloced * sizeof(HeapTuple)));
	for (uint64 i = 0; i < count; i++)
		table->vals[i] = heap_copytuple(rows.vals[forward ? first + i : first + count - 1 - i]);
	table->numvals = count;
	MemoryContextSwitchTo(saved);
	return table;
}

/* The rows that a fetch of `count` passes over, moving the cursor; the first of them in *first. */
uint64
advance(PortalData &portal, bool forward, long count, uint64 *first)
{
	const uint64 all = portal.rows->numvals;
	const uint64 wanted = count < 0 ? 0 : static_cast<uint64>(count);

	if (forward)
	{
		const uint64 left = all - portal.position;
		const uint64 taken = wanted < left ? wanted : left;

		*first = portal.position;
		portal.position += taken;
		return taken;
	}

	const uint64 taken = wanted < portal.position ? wanted : portal.position;

	portal.position -= taken;
	*first = portal.position;
	return taken;
}

void
fetch(Portal portal, bool forward, long count, bool keep_rows)
{
	SpiFrame *frame = CurrentSpiFrame();
	uint64 first;

	if (frame == nullptr)
		Raise(Report(ERROR).msg("SPI cursor used while not connected"));

	const uint64 rows = advance(*portal, forward, count, &first);

	SPI_processed = rows;
	SPI_tuptable = nullptr;
	if (!keep_rows)
		return;
	SPI_tuptable = copy_rows(*portal->rows, first, rows, forward);
	SPI_tuptable->next = frame->tables;
	frame->tables = SPI_tuptable;
}

} /* namespace */
} /* namespace pg */

Portal
SPI_cursor_open_with_args(const char *name, const char *src, int nargs, Oid *argtypes,
						  Datum *Values, const char *Nulls, bool read_only, int)
{
	return pg::FromC(
		[&]() -> Portal
		{
			if (src == nullptr || nargs < 0)
				pg::Raise(pg::Report(ERROR).msg(
					"SPI_cursor_open_with_args called with invalid arguments"));
			if (pg::CurrentSpiFrame() == nullptr)
				pg::Raise(pg::Report(ERROR).msg("SPI_cursor_open called while not connected"));

			const std::vector<Oid> types(argtypes, argtypes + nargs);
			std::shared_ptr<pg::PreparedText> text = pg::PrepareSpi(src, types);
			pg::SpiParameters parameters(nargs, types.data(), Values, Nulls);

			return pg::open(name, *text, parameters.values(), read_only);
		});
}

Portal
SPI_cursor_find(const char *name)
{
	auto found = pg::portals().find(std::string_view(name));

	return found == pg::portals().end() ? nullptr : found->second.get();
}

void
SPI_cursor_fetch(Portal portal, bool forward, long count)
{
	pg::FromC([&] { pg::fetch(portal, forward, count, true); });
}

void
SPI_cursor_move(Portal portal, bool forward, long count)
{
	pg::FromC([&] { pg::fetch(portal, forward, count, false); });
}

void
SPI_cursor_close(Portal portal)
{
	if (!PortalIsValid(portal))
		pg::FromC([]
				  { pg::Raise(pg::Report(ERROR).msg("invalid portal in SPI cursor operation")); });
	MemoryContextDelete(portal->rows->tuptabcxt);
	pg::portals().erase(portal->name);
}
