/*
 * utils/adt/notify_funcs.cpp
 *		pg_notify, pg_listening_channels, pg_notification_queue_usage.
 *
 * Backends and workers with a database.
 */
#include "utils/adt/notify_funcs.h"
#include "access/notify.h"
#include "utils/adt/adt_internals.h"

namespace pg
{
namespace
{

/* A null is an empty text, as in PostgreSQL. */
std::string_view
text_or_empty(const FunctionCall &call, int i)
{
	return call.arg(i).is_null() ? std::string_view() : call.arg(i).bytes;
}

void
notify(FunctionCall &call)
{
	NotifyChannel(text_or_empty(call, 0), text_or_empty(call, 1));
	SetText(call, "");
}

void
queue_usage(FunctionCall &call)
{
	call.set_result(Value::Real(NotificationQueueUsage()));
}

constexpr RowColumn kColumns[] = {{"pg_listening_channels", TEXTOID}};

class ChannelsCursor final : public RowCursor
{
public:
	bool next() override { return ++current_ < channels_.size(); }
	Value column(int) override { return Value::Text(channels_[current_]); }

private:
	const std::vector<std::string> channels_ = ListeningChannels();
	size_t current_ = static_cast<size_t>(-1);
};

std::unique_ptr<RowCursor>
open_channels(std::span<const Value>)
{
	return std::make_unique<ChannelsCursor>();
}

constexpr RowSource kNotifySourceRows[] = {
	{"pg_catalog.pg_listening_channels", kColumns, 0, open_channels},
};

constexpr FunctionDef kNotifyRows[] = {
	Rows(3035, "pg_listening_channels", 's', "pg_catalog.pg_listening_channels", TEXTOID, {}),
	Lax(Fn(3036, "pg_notify", 'v', "pg_notify", VOIDOID, {TEXTOID, TEXTOID}, notify)),
	Fn(3296, "pg_notification_queue_usage", 'v', "pg_notification_queue_usage", FLOAT8OID, {},
	   queue_usage),
};

} /* namespace */

const std::span<const FunctionDef> kNotifyFunctions = kNotifyRows;
const std::span<const RowSource> kNotifySources = kNotifySourceRows;

} /* namespace pg */
