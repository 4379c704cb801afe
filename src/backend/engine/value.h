/*
 * engine/value.h
 *		One value as the engine stores and returns it, and how SQL types map to it.
 *
 * Physical forms (the analyzer knows the type; the engine does not):
 *		bool                      Int 0 or 1
 *		int2 int4 int8 oid reg*   Int
 *		float4 float8             Real; NaN is Text "NaN" (sorts above every Real, as PostgreSQL's does)
 *		text varchar name unknown "char" json   Text (UTF-8)
 *		char(n)                   Text padded to n; compared with collation RTRIM
 *		date                      Int, days since 2000-01-01; infinities INT32_MIN/MAX
 *		timestamp timestamptz     Int, microseconds since 2000-01-01 (UTC); infinities INT64_MIN/MAX
 *		time                      Int, microseconds since midnight
 *		interval                  Text "months days microseconds", collation pg_interval
 *		numeric                   Text as numeric_out prints it, collation pg_numeric
 *		bytea uuid                Blob
 *		enumerations              Real, the label's sort order
 * The collations give equality, order, grouping and uniqueness.
 */
#pragma once

#include <string_view>

#include "postgres.h"

namespace pg
{

/* Borrowed: text points into memory of whoever produced the value; says until when. */
struct Value
{
	enum class Kind : uint8_t
	{
		Null,
		Int,
		Real,
		Text,
		Blob
	};

	Kind kind = Kind::Null;
	union
	{
		int64 integer = 0;
		double real;
	};
	std::string_view bytes; /* Text and Blob */

	bool is_null() const { return kind == Kind::Null; }

	static Value Null() { return {}; }
	static Value Int(int64 v)
	{
		Value r;
		r.kind = Kind::Int;
		r.integer = v;
		return r;
	}
	static Value Bool(bool v) { return Int(v ? 1 : 0); }
	static Value Real(double v)
	{
		Value r;
		r.kind = Kind::Real;
		r.real = v;
		return r;
	}
	static Value Text(std::string_view v)
	{
		Value r;
		r.kind = Kind::Text;
		r.bytes = v;
		return r;
	}
	static Value Blob(std::string_view v)
	{
		Value r;
		r.kind = Kind::Blob;
		r.bytes = v;
		return r;
	}
};

/* Of one kind and the same inside; two nulls are. */
inline bool
SameValue(const Value &a, const Value &b)
{
	if (a.kind != b.kind)
		return false;
	switch (a.kind)
	{
		case Value::Kind::Null: return true;
		case Value::Kind::Int: return a.integer == b.integer;
		case Value::Kind::Real: return a.real == b.real;
		default: return a.bytes == b.bytes;
	}
}

} /* namespace pg */
