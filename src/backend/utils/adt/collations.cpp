/*
 * utils/adt/collations.cpp
 *		The orders of values that are not the orders of their bytes, as collations of the engine.
 *
 * Any process.  A type names its own (TypeDef::collation).
 */
#include "utils/adt/adt_internals.h"
#include "utils/adt/array_compare.h"
#include "utils/adt/decimal.h"
#include "utils/adt/interval.h"
#include "utils/adt/json_tree.h"

namespace pg
{

template <Oid kArrayType>
static int
compare_arrays(std::string_view a, std::string_view b) noexcept
{
	return CompareArrayTexts(kArrayType, a, b);
}

static constexpr EngineCollation kCollations[] = {
	{"pg_numeric", CompareDecimalTexts},
	{"pg_interval", CompareIntervalTexts},
	{"pg_jsonb", CompareJsonbTexts},
	{"pg_json_array", compare_arrays<JSONARRAYOID>},
	{"pg_xid8_array", compare_arrays<XID8ARRAYOID>},
	{"pg_cidr_array", compare_arrays<CIDRARRAYOID>},
	{"pg_bool_array", compare_arrays<BOOLARRAYOID>},
	{"pg_bytea_array", compare_arrays<BYTEAARRAYOID>},
	{"pg_char_array", compare_arrays<CHARARRAYOID>},
	{"pg_name_array", compare_arrays<NAMEARRAYOID>},
	{"pg_int2_array", compare_arrays<INT2ARRAYOID>},
	{"pg_int2vector_array", compare_arrays<INT2VECTORARRAYOID>},
	{"pg_int4_array", compare_arrays<INT4ARRAYOID>},
	{"pg_regproc_array", compare_arrays<REGPROCARRAYOID>},
	{"pg_text_array", compare_arrays<TEXTARRAYOID>},
	{"pg_tid_array", compare_arrays<TIDARRAYOID>},
	{"pg_xid_array", compare_arrays<XIDARRAYOID>},
	{"pg_cid_array", compare_arrays<CIDARRAYOID>},
	{"pg_oidvector_array", compare_arrays<OIDVECTORARRAYOID>},
	{"pg_bpchar_array", compare_arrays<BPCHARARRAYOID>},
	{"pg_varchar_array", compare_arrays<VARCHARARRAYOID>},
	{"pg_int8_array", compare_arrays<INT8ARRAYOID>},
	{"pg_float4_array", compare_arrays<FLOAT4ARRAYOID>},
	{"pg_float8_array", compare_arrays<FLOAT8ARRAYOID>},
	{"pg_oid_array", compare_arrays<OIDARRAYOID>},
	{"pg_aclitem_array", compare_arrays<ACLITEMARRAYOID>},
	{"pg_inet_array", compare_arrays<INETARRAYOID>},
	{"pg_timestamp_array", compare_arrays<TIMESTAMPARRAYOID>},
	{"pg_date_array", compare_arrays<DATEARRAYOID>},
	{"pg_time_array", compare_arrays<TIMEARRAYOID>},
	{"pg_timestamptz_array", compare_arrays<TIMESTAMPTZARRAYOID>},
	{"pg_interval_array", compare_arrays<INTERVALARRAYOID>},
	{"pg_numeric_array", compare_arrays<NUMERICARRAYOID>},
	{"pg_cstring_array", compare_arrays<CSTRINGARRAYOID>},
	{"pg_refcursor_array", compare_arrays<REFCURSORARRAYOID>},
	{"pg_regprocedure_array", compare_arrays<REGPROCEDUREARRAYOID>},
	{"pg_regclass_array", compare_arrays<REGCLASSARRAYOID>},
	{"pg_regtype_array", compare_arrays<REGTYPEARRAYOID>},
	{"pg_uuid_array", compare_arrays<UUIDARRAYOID>},
	{"pg_pg_lsn_array", compare_arrays<PG_LSNARRAYOID>},
	{"pg_jsonb_array", compare_arrays<JSONBARRAYOID>},
	{"pg_regnamespace_array", compare_arrays<REGNAMESPACEARRAYOID>},
	{"pg_regrole_array", compare_arrays<REGROLEARRAYOID>},
};

const std::span<const EngineCollation> kAdtCollations = kCollations;

} /* namespace pg */
