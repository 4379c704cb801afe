/*
 * catalog/row_values.h
 *		Values that several catalogs and views show in the same way.
 *
 * Value::Text refers to the bytes it is given: they must outlive the value.
 */
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "catalog/pg_type_d.h"
#include "datatype/timestamp.h"
#include "engine/value.h"
#include "utils/adt/array_text.h"
#include "utils/adt/registry.h"

namespace pg
{

/* A moment of which 0 says that it has not come. */
inline Value
TimeOrNull(TimestampTz time)
{
	return time == 0 ? Value::Null() : Value::Int(time);
}

inline Value
TextUnlessEmpty(std::string_view text)
{
	return text.empty() ? Value::Null() : Value::Text(text);
}

/* The text of a text[]. */
inline std::string
TextArrayOf(std::span<const std::string> elements)
{
	std::string text = "{";

	for (const std::string &element : elements)
		AppendElement(element, &text);
	return text + "}";
}

/* pg_type.typstorage, and pg_attribute.attstorage of a column of the type. */
inline char
StorageOf(const TypeDef &type)
{
	if (type.len != -1)
		return TYPSTORAGE_PLAIN;
	return type.oid == NUMERICOID || type.oid == INETOID || type.oid == CIDROID
			   ? TYPSTORAGE_MAIN
			   : TYPSTORAGE_EXTENDED;
}

} /* namespace pg */
