/*
 * utils/adt/misc.cpp
 *		x
 *
 * Any process.
 */
#include "utils/adt/adt_internals.h"

namespace pg
{

static constexpr FunctionDef kRows[] = {
	Lax(Native(1619, "pg_typeof", 's', "@1", REGTYPEOID, {ANYOID})),
	Variadic(Lax(Fn(438, "num_nulls", 'i', "pg_num_nulls", INT4OID, {ANYOID}, nullptr))),
	Variadic(Lax(Fn(440, "num_nonnulls", 'i', "pg_num_nonnulls", INT4OID, {ANYOID}, nullptr))),
	Fn(2288, "pg_size_pretty", 'i', "pg_size_pretty", TEXTOID, {INT8OID}, nullptr),
	Fn(3166, "pg_size_pretty", 'i', "pg_size_pretty_numeric", TEXTOID, {NUMERICOID}, nullptr),
	Fn(3334, "pg_size_bytes", 'i', "pg_size_bytes", INT8OID, {TEXTOID}, nullptr),
	Fn(89, "version", 's', "pgsql_version", TEXTOID, {}, nullptr),
	Fn(1597, "pg_encoding_to_char", 's', "PG_encoding_to_char", NAMEOID, {INT4OID}, nullptr),
	Fn(1264, "pg_char_to_encoding", 's', "PG_char_to_encoding", INT4OID, {NAMEOID}, nullptr),
	Native(1039, "getdatabaseencoding", 's', "'UTF8'", NAMEOID, {}),
	Fn(810, "pg_client_encoding", 's', "pg_client_encoding", NAMEOID, {}, nullptr),
	Native(315, "pg_jit_available", 'v', "0", BOOLOID, {}),
	Fn(1269, "pg_column_size", 's', "pg_column_size", INT4OID, {ANYOID}, nullptr),
	Native(730, "text", 'i', "$1", TEXTOID, {INETOID}),
	Native(5071, "xid", 'i', "($1 & 4294967295)", XIDOID, {XID8OID}),
	Fn(3237, "pg_lsn_mi", 'i', "pg_lsn_mi", NUMERICOID, {PG_LSNOID, PG_LSNOID}, nullptr),
};

const std::span<const FunctionDef> kMiscFunctions = kRows;

} /* namespace pg */
