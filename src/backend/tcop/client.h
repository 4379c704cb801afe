/*
 * tcop/client.h
 *		The client of this backend: rows, reports and parameter changes to the wire.
 *
 * Client backends only, on the one Wire of the process.
 */
#pragma once

#include <vector>

#include "executor/run.h"
#include "libpq/wire.h"
#include "utils/adt/registry.h"

namespace pg
{

/* Makes `wire` the place where reports for the client go (SetClientReportSink). */
void ConnectReportsTo(Wire &wire);

/* ErrorResponse or NoticeResponse, with every field of the protocol that the report fills. */
void WriteReport(Wire &wire, const Report &report);

/* Makes `wire` the place where notifications go, once the session has a database. */
void ConnectNotificationsTo(Wire &wire);

/* ParameterStatus for the reportable settings that changed (all: for every one). */
void SendParameterStatus(Wire &wire, bool all);

/* RowDescription and DataRow messages; formats as Bind asked (empty: all text). */
class WireReceiver : public RowReceiver
{
public:
	explicit WireReceiver(Wire &wire, bool describe = true, std::vector<int16> formats = {});
	void start(std::span<const ResultColumn> columns) override;
	void row(std::span<const Value> values) override;

private:
	Wire &wire_;
	bool describe_;
	std::vector<int16> formats_;
	struct Column
	{
		Oid type;
		const TypeDef *text_type; /* null: binary */
	};
	std::vector<Column> columns_;
};

/* The RowDescription message. */
void SendRowDescription(Wire &wire, std::span<const ResultColumn> columns,
						std::span<const int16> formats);

/* Runs the statements of one simple query and answers each. Raises what a statement raises. */
void RunSimpleQuery(Wire &wire, std::string_view text);

} /* namespace pg */
