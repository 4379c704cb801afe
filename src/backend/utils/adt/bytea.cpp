/*
 * utils/adt/bytea.cpp
 *		x
 *
 * Any process.
 */
#include "utils/adt/adt_internals.h"

namespace pg
{

static constexpr FunctionDef kRows[] = {
	Fn(2011, "byteacat", 'i', "byteacat", BYTEAOID, {BYTEAOID, BYTEAOID}, nullptr),
	Fn(720, "octet_length", 'i', "byteaoctetlen", INT4OID, {BYTEAOID}, nullptr),
	Fn(2010, "length", 'i', "byteaoctetlen", INT4OID, {BYTEAOID}, nullptr),
	Native(1810, "bit_length", 'i', "(byteaoctetlen($1) * 8)", INT4OID, {BYTEAOID}),
	Fn(6163, "bit_count", 'i', "bytea_bit_count", INT8OID, {BYTEAOID}, nullptr),
	Fn(2012, "substring", 'i', "bytea_substr", BYTEAOID, {BYTEAOID, INT4OID, INT4OID}, nullptr),
	Fn(2085, "substr", 'i', "bytea_substr", BYTEAOID, {BYTEAOID, INT4OID, INT4OID}, nullptr),
	Fn(2013, "substring", 'i', "bytea_substr_no_len", BYTEAOID, {BYTEAOID, INT4OID}, nullptr),
	Fn(2086, "substr", 'i', "bytea_substr_no_len", BYTEAOID, {BYTEAOID, INT4OID}, nullptr),
	Fn(2014, "position", 'i', "byteapos", INT4OID, {BYTEAOID, BYTEAOID}, nullptr),
	Fn(749, "overlay", 'i', "byteaoverlay", BYTEAOID, {BYTEAOID, BYTEAOID, INT4OID, INT4OID},
	   nullptr),
	Fn(752, "overlay", 'i', "byteaoverlay_no_len", BYTEAOID, {BYTEAOID, BYTEAOID, INT4OID},
	   nullptr),
	Fn(2015, "btrim", 'i', "byteatrim", BYTEAOID, {BYTEAOID, BYTEAOID}, nullptr),
	Fn(6195, "ltrim", 'i', "bytealtrim", BYTEAOID, {BYTEAOID, BYTEAOID}, nullptr),
	Fn(6196, "rtrim", 'i', "byteartrim", BYTEAOID, {BYTEAOID, BYTEAOID}, nullptr),
	Fn(721, "get_byte", 'i', "byteaGetByte", INT4OID, {BYTEAOID, INT4OID}, nullptr),
	Fn(722, "set_byte", 'i', "byteaSetByte", BYTEAOID, {BYTEAOID, INT4OID, INT4OID}, nullptr),
	Fn(723, "get_bit", 'i', "byteaGetBit", INT4OID, {BYTEAOID, INT8OID}, nullptr),
	Fn(724, "set_bit", 'i', "byteaSetBit", BYTEAOID, {BYTEAOID, INT8OID, INT4OID}, nullptr),
	Fn(1946, "encode", 'i', "binary_encode", TEXTOID, {BYTEAOID, TEXTOID}, nullptr),
	Fn(1947, "decode", 'i', "binary_decode", BYTEAOID, {TEXTOID, TEXTOID}, nullptr),
	Fn(2321, "md5", 'i', "md5_bytea", TEXTOID, {BYTEAOID}, nullptr),
	Fn(3419, "sha224", 'i', "sha224_bytea", BYTEAOID, {BYTEAOID}, nullptr),
	Fn(3420, "sha256", 'i', "sha256_bytea", BYTEAOID, {BYTEAOID}, nullptr),
	Fn(3421, "sha384", 'i', "sha384_bytea", BYTEAOID, {BYTEAOID}, nullptr),
	Fn(3422, "sha512", 'i', "sha512_bytea", BYTEAOID, {BYTEAOID}, nullptr),
	Fn(1714, "convert_from", 's', "pg_convert_from", TEXTOID, {BYTEAOID, NAMEOID}, nullptr),
	Fn(1717, "convert_to", 's', "pg_convert_to", BYTEAOID, {TEXTOID, NAMEOID}, nullptr),
	Fn(3432, "gen_random_uuid", 'v', "gen_random_uuid", UUIDOID, {}, nullptr),
};

const std::span<const FunctionDef> kByteaFunctions = kRows;

} /* namespace pg */
