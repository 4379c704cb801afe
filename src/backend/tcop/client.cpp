/*
 * tcop/client.cpp
 *		Rows, reports and parameter changes to the wire.
 *
 * Client backends only.
 */
#include "tcop/client.h"

#include "access/notify.h"
#include "access/transaction.h"
#include "tcop/binary_format.h"
#include "utils/error/report.h"
#include "utils/misc/guc_internals.h"

namespace pg
{
namespace
{

/* The report sink is a plain function, so it finds its wire here. */
Wire *report_wire = nullptr;

const char *
severity_name(int elevel)
{
	if (elevel >= PANIC)
		return "PANIC";
	if (elevel >= FATAL)
		return "FATAL";
	if (elevel >= ERROR)
		return "ERROR";
	if (elevel >= WARNING)
		return "WARNING";
	if (elevel == NOTICE)
		return "NOTICE";
	if (elevel == INFO)
		return "INFO";
	if (elevel >= LOG_SERVER_ONLY - 1)
		return "LOG";
	return "DEBUG";
}

void
put_field(Wire &wire, char code, std::string_view text)
{
	if (text.empty())
		return;
	wire.put_byte(static_cast<uint8_t>(code));
	wire.put_string(text);
}

void
put_number_field(Wire &wire, char code, int number)
{
	if (number > 0)
		put_field(wire, code, std::to_string(number));
}

} /* namespace */

void
WriteReport(Wire &wire, const Report &report)
{
	const char *severity = severity_name(report.elevel);

	wire.begin(report.elevel >= ERROR ? 'E' : 'N');
	put_field(wire, 'S', severity);
	put_field(wire, 'V', severity);
	put_field(wire, 'C', unpack_sql_state(report.sqlstate));
	wire.put_byte('M');
	wire.put_string(report.message.empty() ? "missing error text" : report.message);
	put_field(wire, 'D', report.detail_text);
	put_field(wire, 'H', report.hint_text);
	put_number_field(wire, 'P', report.position);
	put_number_field(wire, 'p', report.internal_position);
	put_field(wire, 'q', report.internal_query);
	put_field(wire, 'W', report.context_text);
	put_field(wire, 's', report.schema_name);
	put_field(wire, 't', report.table_name);
	put_field(wire, 'c', report.column_name);
	put_field(wire, 'd', report.datatype_name);
	put_field(wire, 'n', report.constraint_name);
	if (report.file != nullptr)
	{
		put_field(wire, 'F', report.file);
		put_number_field(wire, 'L', report.line);
	}
	put_field(wire, 'R', report.routine());
	wire.put_byte(0);
	wire.end();
}

namespace
{

void
report_to_client(const Report &report) noexcept
{
	if (report_wire == nullptr)
		return;
	report_wire->discard_partial();
	WriteReport(*report_wire, report);
	/* The process is about to go: what is not sent now is lost. */
	if (report.elevel >= FATAL)
		report_wire->flush();
}

} /* namespace */

void
ConnectReportsTo(Wire &wire)
{
	report_wire = &wire;
	SetClientReportSink(report_to_client);
}

namespace
{

void
send_to_client(const Notification &notification)
{
	report_wire->begin('A');
	report_wire->put_int32(notification.pid);
	report_wire->put_string(notification.channel);
	report_wire->put_string(notification.payload);
	report_wire->end();
}

/* In a transaction the client has to wait for its end. */
void
deliver_while_idle()
{
	if (!NotificationsPending() || TransactionStatus() != 'I')
		return;
	ServeNotifications();
	report_wire->flush();
}

} /* namespace */

void
ConnectNotificationsTo(Wire &wire)
{
	report_wire = &wire;
	send_notification = send_to_client;
	flush_notifications = [] { report_wire->flush(); };
	serve_while_waiting = deliver_while_idle;
}

void
SendParameterStatus(Wire &wire, bool all)
{
	for (const ReportedSetting &setting : TakeReportedSettings(all))
	{
		wire.begin('S');
		wire.put_string(setting.name);
		wire.put_string(setting.value);
		wire.end();
	}
}

WireReceiver::WireReceiver(Wire &wire, bool describe, std::vector<int16> formats)
	: wire_(wire), describe_(describe), formats_(std::move(formats))
{
}

void
SendRowDescription(Wire &wire, std::span<const ResultColumn> columns,
				   std::span<const int16> formats)
{
	wire.begin('T');
	wire.put_int16(static_cast<int16_t>(columns.size()));
	for (size_t i = 0; i < columns.size(); i++)
	{
		const ResultColumn &column = columns[i];
		const TypeDef *type = FindType(column.type);

		wire.put_string(column.name);
		wire.put_int32(static_cast<int32_t>(column.table));
		wire.put_int16(column.attnum);
		wire.put_int32(static_cast<int32_t>(column.type));
		wire.put_int16(type != nullptr ? type->len : -1);
		wire.put_int32(column.typmod);
		wire.put_int16(formats.empty() ? 0 : formats[formats.size() == 1 ? 0 : i]);
	}
	wire.end();
}

void
WireReceiver::start(std::span<const ResultColumn> columns)
{
	columns_.clear();
	for (size_t i = 0; i < columns.size(); i++)
	{
		const int format = FormatOf(formats_, i);

		columns_.push_back({columns[i].type, format == 1 ? nullptr : FindType(columns[i].type)});
	}
	if (describe_)
		SendRowDescription(wire_, columns, formats_);
}

void
WireReceiver::row(std::span<const Value> values)
{
	wire_.begin('D');
	wire_.put_int16(static_cast<int16_t>(values.size()));
	for (size_t i = 0; i < values.size(); i++)
	{
		if (columns_[i].text_type == nullptr)
		{
			AppendWireValue(wire_.buffer(), columns_[i].type, values[i], 1);
			continue;
		}
		if (values[i].is_null())
		{
			wire_.put_int32(-1);
			continue;
		}

		std::string *out = wire_.open_value();

		AppendValue(*columns_[i].text_type, values[i], out);
		wire_.close_value();
	}
	wire_.end();
}

} /* namespace pg */
