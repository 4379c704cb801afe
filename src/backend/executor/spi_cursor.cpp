/*
 * executor/spi_cursor.cpp
 *		SPI cursors: rows of one statement, fetched in pieces.
 *
 * Workers and backends with a database.  executor/portal.cpp keeps them, with SQL's own.
 */
#include "executor/portal.h"
#include "executor/spi_internals.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"

namespace pg
{
namespace
{

SpiFrame &
connected_frame(const char *what)
{
	SpiFrame *frame = CurrentSpiFrame();

	if (frame == nullptr)
		Raise(Report(ERROR).msg("%s called while not connected", what));
	return *frame;
}

PreparedPlan &
only_statement(PreparedText &text)
{
	if (text.statements.size() != 1)
		Raise(Report(ERROR, ERRCODE_INVALID_CURSOR_DEFINITION)
				  .msg("cannot open multi-query plan as cursor"));

	PreparedPlan &plan = *text.statements[0];

	if (!plan.plan().returns_rows && plan.kind() != StatementKind::Utility)
		Raise(Report(ERROR, ERRCODE_INVALID_CURSOR_DEFINITION)
				  .msg("cannot open %s query as cursor", plan.raw().tag));
	return plan;
}

/* The options that a caller leaves open are SQL's. */
int
with_defaults(int options)
{
	if ((options & (CURSOR_OPT_SCROLL | CURSOR_OPT_NO_SCROLL)) == 0)
		options |= CURSOR_OPT_SCROLL;
	return options;
}

Portal
open(const char *name, PreparedText &text, std::span<const Value> parameters, bool read_only,
	 int options, bool analyzed_before)
{
	SpiFrame &frame = connected_frame("SPI_cursor_open");
	PreparedPlan &plan = only_statement(text);

	if (read_only)
		RefuseSpiWrite(plan);

	const RunSource source{.context = frame.atomic ? PROCESS_UTILITY_QUERY
												   : PROCESS_UTILITY_QUERY_NONATOMIC,
						   .dest = DestSPI,
						   .analyzed_before = analyzed_before};

	return &OfSpiStatement(plan.source(),
						   [&]() -> PostroomPortal &
						   {
							   return OpenCursor(name != nullptr ? name : "", plan, parameters,
												 with_defaults(options), source);
						   })
				.pub;
}

Portal
open_with_list(const char *name, PreparedText &text, ParamListInfo params, bool read_only,
			   int options, bool analyzed_before)
{
	const SpiListParameters parameters(params);

	return open(name, text, parameters.values(), read_only, options, analyzed_before);
}

void
fetch(Portal portal, FetchDirection direction, long count, bool keep_rows)
{
	if (!PortalIsValid(portal) || portal->pr_portal == nullptr)
		Raise(Report(ERROR).msg("invalid portal in SPI cursor operation"));

	SpiFrame &frame = connected_frame("SPI_cursor_fetch");

	SPI_processed = 0;
	SPI_tuptable = nullptr;
	if (!keep_rows)
	{
		SPI_processed = FetchFrom(*portal->pr_portal, direction, count, nullptr);
		return;
	}

	MemoryContext former = MemoryContextSwitchTo(frame.procedure_context);
	TupleTableReceiver receiver;

	SPI_processed = FetchFrom(*portal->pr_portal, direction, count, &receiver);
	SPI_tuptable = receiver.finish(frame);
	MemoryContextSwitchTo(former);
}

} /* namespace */
} /* namespace pg */

Portal
SPI_cursor_open(const char *name, SPIPlanPtr plan, Datum *Values, const char *Nulls, bool read_only)
{
	return pg::FromC(
		[&]() -> Portal
		{
			pg::SpiPlanView view = pg::ViewOf(plan);
			pg::SpiParameters parameters(static_cast<int>(view.types.size()), view.types.data(),
										 Values, Nulls);

			return pg::open(name, view.text, parameters.values(), read_only, view.cursor_options,
							true);
		});
}

Portal
SPI_cursor_open_with_paramlist(const char *name, SPIPlanPtr plan, ParamListInfo params,
							   bool read_only)
{
	return pg::FromC(
		[&]() -> Portal
		{
			pg::SpiPlanView view = pg::ViewOf(plan);

			return pg::open_with_list(name, view.text, params, read_only, view.cursor_options,
									  true);
		});
}

Portal
SPI_cursor_open_with_args(const char *name, const char *src, int nargs, Oid *argtypes,
						  Datum *Values, const char *Nulls, bool read_only, int cursorOptions)
{
	return pg::FromC(
		[&]() -> Portal
		{
			if (src == nullptr || nargs < 0 ||
				(nargs > 0 && (argtypes == nullptr || Values == nullptr)))
				pg::Raise(pg::Report(ERROR).msg(
					"SPI_cursor_open_with_args called with invalid arguments"));

			const std::vector<Oid> types(argtypes, argtypes + nargs);
			std::shared_ptr<pg::PreparedText> text = pg::PrepareSpi(src, types);
			pg::SpiParameters parameters(nargs, types.data(), Values, Nulls);

			return pg::open(name, *text, parameters.values(), read_only, cursorOptions, false);
		});
}

Portal
SPI_cursor_parse_open(const char *name, const char *src, const SPIParseOpenOptions *options)
{
	return pg::FromC(
		[&]() -> Portal
		{
			if (src == nullptr || options == nullptr)
				pg::Raise(
					pg::Report(ERROR).msg("SPI_cursor_parse_open called with invalid arguments"));

			std::shared_ptr<pg::PreparedText> text =
				pg::PrepareSpi(src, pg::SpiListParameters(options->params).types());

			return pg::open_with_list(name, *text, options->params, options->read_only,
									  options->cursorOptions, false);
		});
}

Portal
SPI_cursor_find(const char *name)
{
	return GetPortalByName(name);
}

void
SPI_cursor_fetch(Portal portal, bool forward, long count)
{
	pg::FromC([&] { pg::fetch(portal, forward ? FETCH_FORWARD : FETCH_BACKWARD, count, true); });
}

void
SPI_cursor_move(Portal portal, bool forward, long count)
{
	pg::FromC([&] { pg::fetch(portal, forward ? FETCH_FORWARD : FETCH_BACKWARD, count, false); });
}

void
SPI_scroll_cursor_fetch(Portal portal, FetchDirection direction, long count)
{
	pg::FromC([&] { pg::fetch(portal, direction, count, true); });
}

void
SPI_scroll_cursor_move(Portal portal, FetchDirection direction, long count)
{
	pg::FromC([&] { pg::fetch(portal, direction, count, false); });
}

void
SPI_cursor_close(Portal portal)
{
	pg::FromC(
		[&]
		{
			if (!PortalIsValid(portal) || portal->pr_portal == nullptr)
				pg::Raise(pg::Report(ERROR).msg("invalid portal in SPI cursor operation"));
			pg::DropPortal(*portal->pr_portal);
		});
}
