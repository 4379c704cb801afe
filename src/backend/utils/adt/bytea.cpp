/*
 * utils/adt/bytea.cpp
 *		bytea: input and output, pieces, bits, digests, encodings; and conversion of texts to bytes.
 *
 * Any process.  Positions count bytes.
 */
#include <openssl/evp.h>

#include <bit>
#include <random>

#include "utils/adt/adt_internals.h"
#include "utils/adt/encode.h"
#include "utils/adt/type_io.h"
#include "utils/adt/utf8.h"
#include "utils/misc/settings.h"

namespace pg
{

static void
set_blob(FunctionCall &call, std::string_view bytes)
{
	call.set_result(Value::Blob(bytes));
}

/* ---- Input and output ---- */

Value
ByteaIn(std::string_view text, int32, std::string *scratch)
{
	*scratch = text.starts_with("\\x") ? DecodeHex(text.substr(2)) : DecodeEscape(text, "bytea");
	return Value::Blob(*scratch);
}

void
ByteaOut(const Value &value, std::string *out)
{
	if (bytea_output == BYTEA_OUTPUT_HEX)
		out->append("\\x").append(EncodeHex(value.bytes));
	else
		out->append(EncodeEscape(value.bytes));
}

/* ---- Pieces ---- */

static void
byteacat(FunctionCall &call)
{
	set_blob(call, std::string(ArgText(call, 0)).append(ArgText(call, 1)));
}

static void
byteaoctetlen(FunctionCall &call)
{
	SetInt(call, static_cast<int64>(ArgText(call, 0).size()));
}

/* Bytes [start, start + length) counted from 1; length < 0 is up to the end. */
static std::string_view
piece_of_bytes(std::string_view bytes, int64 start, int64 length)
{
	const int64 size = static_cast<int64>(bytes.size());
	const int64 end = length < 0 ? size + 1 : std::min(start + length, size + 1);
	const int64 first = std::max<int64>(start, 1);

	return end <= first
			   ? std::string_view()
			   : bytes.substr(static_cast<size_t>(first - 1), static_cast<size_t>(end - first));
}

static void
bytea_substr(FunctionCall &call)
{
	if (ArgInt(call, 2) < 0)
		RaiseNegativeLength();
	set_blob(call, piece_of_bytes(ArgText(call, 0), ArgInt(call, 1), ArgInt(call, 2)));
}

static void
bytea_substr_no_len(FunctionCall &call)
{
	set_blob(call, piece_of_bytes(ArgText(call, 0), ArgInt(call, 1), -1));
}

static void
byteapos(FunctionCall &call)
{
	const size_t at = ArgText(call, 0).find(ArgText(call, 1));

	SetInt(call, at == std::string_view::npos ? 0 : static_cast<int64>(at) + 1);
}

static void
overlay_bytes(FunctionCall &call, int64 length)
{
	const std::string_view bytes = ArgText(call, 0);
	const int64 start = ArgInt(call, 2);

	if (start <= 0)
		RaiseNegativeLength();
	if (start + length > PG_INT32_MAX)
		RaiseOutOfRange("integer");
	std::string result(piece_of_bytes(bytes, 1, start - 1));

	set_blob(call,
			 result.append(ArgText(call, 1)).append(piece_of_bytes(bytes, start + length, -1)));
}

static void
byteaoverlay(FunctionCall &call)
{
	overlay_bytes(call, ArgInt(call, 3));
}

static void
byteaoverlay_no_len(FunctionCall &call)
{
	overlay_bytes(call, static_cast<int64>(ArgText(call, 1).size()));
}

template <bool kLeft, bool kRight>
static void
trim_bytes(FunctionCall &call)
{
	std::string_view bytes = ArgText(call, 0);
	const std::string_view set = ArgText(call, 1);

	if (kLeft)
		bytes.remove_prefix(std::min(bytes.find_first_not_of(set), bytes.size()));
	if (kRight)
		bytes = bytes.substr(0, bytes.find_last_not_of(set) + 1);
	set_blob(call, bytes);
}

static constexpr ScalarBody byteatrim = trim_bytes<true, true>,
							bytealtrim = trim_bytes<true, false>,
							byteartrim = trim_bytes<false, true>;

/* ---- Single bytes and bits ---- */

static size_t
checked_index(int64 index, size_t count)
{
	if (index < 0 || index >= static_cast<int64>(count))
		Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR)
				  .msg("index %lld out of valid range, 0..%lld", static_cast<long long>(index),
					   static_cast<long long>(count) - 1));
	return static_cast<size_t>(index);
}

static void
byteaGetByte(FunctionCall &call)
{
	const std::string_view bytes = ArgText(call, 0);

	SetInt(call, static_cast<unsigned char>(bytes[checked_index(ArgInt(call, 1), bytes.size())]));
}

static void
byteaSetByte(FunctionCall &call)
{
	std::string bytes(ArgText(call, 0));

	bytes[checked_index(ArgInt(call, 1), bytes.size())] = static_cast<char>(ArgInt(call, 2));
	set_blob(call, bytes);
}

static void
byteaGetBit(FunctionCall &call)
{
	const std::string_view bytes = ArgText(call, 0);
	const size_t bit = checked_index(ArgInt(call, 1), bytes.size() * 8);

	SetInt(call, static_cast<unsigned char>(bytes[bit / 8]) >> bit % 8 & 1);
}

static void
byteaSetBit(FunctionCall &call)
{
	std::string bytes(ArgText(call, 0));
	const size_t bit = checked_index(ArgInt(call, 1), bytes.size() * 8);
	const int64 value = ArgInt(call, 2);

	if (value != 0 && value != 1)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE).msg("new bit must be 0 or 1"));
	const unsigned mask = 1u << bit % 8;
	const unsigned byte = static_cast<unsigned char>(bytes[bit / 8]);

	bytes[bit / 8] = static_cast<char>(value != 0 ? byte | mask : byte & ~mask);
	set_blob(call, bytes);
}

static void
bytea_bit_count(FunctionCall &call)
{
	int64 count = 0;

	for (char c : ArgText(call, 0))
		count += std::popcount(static_cast<unsigned char>(c));
	SetInt(call, count);
}

/* ---- Encodings ---- */

static void
binary_encode(FunctionCall &call)
{
	const std::string_view bytes = ArgText(call, 0);

	SetText(call, EncodeBytes(bytes, ArgText(call, 1)));
}

static void
binary_decode(FunctionCall &call)
{
	set_blob(call, DecodeBytes(ArgText(call, 0), ArgText(call, 1)));
}

/* Only UTF8 is known; other names of encodings are refused, and what is no name is an error. */
static void
check_encoding(std::string_view name, const char *what)
{
	const int encoding = FindEncoding(name);

	if (encoding < 0)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("invalid %s encoding name \"%.*s\"", what, static_cast<int>(name.size()),
					   name.data()));
	if (encoding != kUtf8Encoding)
		RaiseNotSupported(std::string(what) + " encoding \"" + std::string(name) + "\"");
}

static void
pg_convert_from(FunctionCall &call)
{
	check_encoding(ArgText(call, 1), "source");
	CheckUtf8(ArgText(call, 0));
	SetText(call, ArgText(call, 0));
}

static void
pg_convert_to(FunctionCall &call)
{
	check_encoding(ArgText(call, 1), "destination");
	set_blob(call, ArgText(call, 0));
}

/* ---- Digests ---- */

static std::string
digest(std::string_view bytes, const EVP_MD *algorithm)
{
	unsigned char result[EVP_MAX_MD_SIZE];
	unsigned size = 0;

	if (EVP_Digest(bytes.data(), bytes.size(), result, &size, algorithm, nullptr) != 1)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
				  .msg("could not compute %s hash", EVP_MD_get0_name(algorithm)));
	return {reinterpret_cast<const char *>(result), size};
}

static void
md5_bytea(FunctionCall &call)
{
	SetText(call, EncodeHex(digest(ArgText(call, 0), EVP_md5())));
}

template <const EVP_MD *(*kAlgorithm)()>
static void
hash(FunctionCall &call)
{
	set_blob(call, digest(ArgText(call, 0), kAlgorithm()));
}

static constexpr ScalarBody sha224_bytea = hash<EVP_sha224>, sha256_bytea = hash<EVP_sha256>;
static constexpr ScalarBody sha384_bytea = hash<EVP_sha384>, sha512_bytea = hash<EVP_sha512>;

/* Version 4: random. */
static void
gen_random_uuid(FunctionCall &call)
{
	std::random_device device;
	std::string bytes;

	for (int i = 0; i < 4; i++)
	{
		const uint32_t word = device();

		bytes.append(reinterpret_cast<const char *>(&word), sizeof(word));
	}
	bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);
	bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
	set_blob(call, bytes);
}

static constexpr FunctionDef kByteaRows[] = {
	Fn(2011, "byteacat", 'i', "byteacat", BYTEAOID, {BYTEAOID, BYTEAOID}, byteacat),
	Fn(720, "octet_length", 'i', "byteaoctetlen", INT4OID, {BYTEAOID}, byteaoctetlen),
	Fn(2010, "length", 'i', "byteaoctetlen", INT4OID, {BYTEAOID}, byteaoctetlen),
	Native(1810, "bit_length", 'i', "(byteaoctetlen($1) * 8)", INT4OID, {BYTEAOID}),
	Fn(6163, "bit_count", 'i', "bytea_bit_count", INT8OID, {BYTEAOID}, bytea_bit_count),
	Fn(2012, "substring", 'i', "bytea_substr", BYTEAOID, {BYTEAOID, INT4OID, INT4OID},
	   bytea_substr),
	Fn(2085, "substr", 'i', "bytea_substr", BYTEAOID, {BYTEAOID, INT4OID, INT4OID}, bytea_substr),
	Fn(2013, "substring", 'i', "bytea_substr_no_len", BYTEAOID, {BYTEAOID, INT4OID},
	   bytea_substr_no_len),
	Fn(2086, "substr", 'i', "bytea_substr_no_len", BYTEAOID, {BYTEAOID, INT4OID},
	   bytea_substr_no_len),
	Fn(2014, "position", 'i', "byteapos", INT4OID, {BYTEAOID, BYTEAOID}, byteapos),
	Fn(749, "overlay", 'i', "byteaoverlay", BYTEAOID, {BYTEAOID, BYTEAOID, INT4OID, INT4OID},
	   byteaoverlay),
	Fn(752, "overlay", 'i', "byteaoverlay_no_len", BYTEAOID, {BYTEAOID, BYTEAOID, INT4OID},
	   byteaoverlay_no_len),
	Fn(2015, "btrim", 'i', "byteatrim", BYTEAOID, {BYTEAOID, BYTEAOID}, byteatrim),
	Fn(6195, "ltrim", 'i', "bytealtrim", BYTEAOID, {BYTEAOID, BYTEAOID}, bytealtrim),
	Fn(6196, "rtrim", 'i', "byteartrim", BYTEAOID, {BYTEAOID, BYTEAOID}, byteartrim),
	Fn(721, "get_byte", 'i', "byteaGetByte", INT4OID, {BYTEAOID, INT4OID}, byteaGetByte),
	Fn(722, "set_byte", 'i', "byteaSetByte", BYTEAOID, {BYTEAOID, INT4OID, INT4OID}, byteaSetByte),
	Fn(723, "get_bit", 'i', "byteaGetBit", INT4OID, {BYTEAOID, INT8OID}, byteaGetBit),
	Fn(724, "set_bit", 'i', "byteaSetBit", BYTEAOID, {BYTEAOID, INT8OID, INT4OID}, byteaSetBit),
	Fn(1946, "encode", 'i', "binary_encode", TEXTOID, {BYTEAOID, TEXTOID}, binary_encode),
	Fn(1947, "decode", 'i', "binary_decode", BYTEAOID, {TEXTOID, TEXTOID}, binary_decode),
	Fn(2321, "md5", 'i', "md5_bytea", TEXTOID, {BYTEAOID}, md5_bytea),
	Fn(3419, "sha224", 'i', "sha224_bytea", BYTEAOID, {BYTEAOID}, sha224_bytea),
	Fn(3420, "sha256", 'i', "sha256_bytea", BYTEAOID, {BYTEAOID}, sha256_bytea),
	Fn(3421, "sha384", 'i', "sha384_bytea", BYTEAOID, {BYTEAOID}, sha384_bytea),
	Fn(3422, "sha512", 'i', "sha512_bytea", BYTEAOID, {BYTEAOID}, sha512_bytea),
	Fn(1714, "convert_from", 's', "pg_convert_from", TEXTOID, {BYTEAOID, NAMEOID}, pg_convert_from),
	Fn(1717, "convert_to", 's', "pg_convert_to", BYTEAOID, {TEXTOID, NAMEOID}, pg_convert_to),
	Fn(3432, "gen_random_uuid", 'v', "gen_random_uuid", UUIDOID, {}, gen_random_uuid),
};

const std::span<const FunctionDef> kByteaFunctions = kByteaRows;

} /* namespace pg */
