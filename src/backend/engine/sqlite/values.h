/*
 * values.h
 *		Between Value and the library's values.
 */
#pragma once

#include <sqlite3.h>

#include "engine/value.h"

namespace pg::sqlite
{

/* Borrows the bytes of value, for as long as the library keeps it unchanged. */
inline Value
FromLibrary(sqlite3_value *value)
{
	switch (sqlite3_value_type(value))
	{
		case SQLITE_INTEGER: return Value::Int(sqlite3_value_int64(value));
		case SQLITE_FLOAT: return Value::Real(sqlite3_value_double(value));
		case SQLITE_TEXT:
		{
			/* The length last: sqlite3_value_text may convert. */
			const auto *text = reinterpret_cast<const char *>(sqlite3_value_text(value));
			const auto length = static_cast<size_t>(sqlite3_value_bytes(value));

			return Value::Text(text != nullptr ? std::string_view(text, length)
											   : std::string_view());
		}
		case SQLITE_BLOB:
		{
			const auto *bytes = static_cast<const char *>(sqlite3_value_blob(value));
			const auto length = static_cast<size_t>(sqlite3_value_bytes(value));

			return Value::Blob(bytes != nullptr ? std::string_view(bytes, length)
												: std::string_view());
		}
		default: return Value::Null();
	}
}

/* Hands a value to the library, which copies its bytes. */
inline void
ToLibrary(sqlite3_context *context, const Value &value)
{
	const char *const bytes = value.bytes.data() != nullptr ? value.bytes.data() : "";

	switch (value.kind)
	{
		case Value::Kind::Null: sqlite3_result_null(context); break;
		case Value::Kind::Int: sqlite3_result_int64(context, value.integer); break;
		case Value::Kind::Real: sqlite3_result_double(context, value.real); break;
		case Value::Kind::Text:
			sqlite3_result_text64(context, bytes, value.bytes.size(), SQLITE_TRANSIENT,
								  SQLITE_UTF8);
			break;
		case Value::Kind::Blob:
			sqlite3_result_blob64(context, bytes, value.bytes.size(), SQLITE_TRANSIENT);
			break;
	}
}

} /* namespace pg::sqlite */
