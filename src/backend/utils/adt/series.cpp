/*
 * utils/adt/series.cpp
 *		x
 *
 * Any process.
 */
#include "utils/adt/adt_internals.h"

namespace pg
{

static constexpr FunctionDef kRows[] = {
	Rows(1066, "generate_series", 'i', "pg_catalog.generate_series_int", INT4OID,
		 {INT4OID, INT4OID, INT4OID}),
	Rows(1067, "generate_series", 'i', "pg_catalog.generate_series_int", INT4OID,
		 {INT4OID, INT4OID}),
	Rows(1068, "generate_series", 'i', "pg_catalog.generate_series_int", INT8OID,
		 {INT8OID, INT8OID, INT8OID}),
	Rows(1069, "generate_series", 'i', "pg_catalog.generate_series_int", INT8OID,
		 {INT8OID, INT8OID}),
	Rows(3259, "generate_series", 'i', "pg_catalog.generate_series_numeric", NUMERICOID,
		 {NUMERICOID, NUMERICOID, NUMERICOID}),
	Rows(3260, "generate_series", 'i', "pg_catalog.generate_series_numeric", NUMERICOID,
		 {NUMERICOID, NUMERICOID}),
	Rows(938, "generate_series", 'i', "pg_catalog.generate_series_timestamp", TIMESTAMPOID,
		 {TIMESTAMPOID, TIMESTAMPOID, INTERVALOID}),
	Rows(939, "generate_series", 's', "pg_catalog.generate_series_timestamptz", TIMESTAMPTZOID,
		 {TIMESTAMPTZOID, TIMESTAMPTZOID, INTERVALOID}),
};

const std::span<const FunctionDef> kSeriesFunctions = kRows;

} /* namespace pg */
