/*
 * utils/adt/text.cpp
 *		text, varchar, char(n), name, "char": input, lengths, pieces, padding, trimming, searching.
 *
 * Any process.  Positions and lengths count characters.
 */
#include <openssl/evp.h>

#include "utils/adt/adt_internals.h"
#include "utils/adt/text_bodies.h"
#include "utils/adt/type_io.h"
#include "utils/adt/utf8.h"

namespace pg
{

static constexpr int32 kHeader = 4; /* typmod = length + 4 */

/* ---- Input and output ---- */

Value
TextIn(std::string_view text, int32, std::string *)
{
	return Value::Text(text);
}

void
TextOut(const Value &value, std::string *out)
{
	out->append(value.bytes);
}

[[noreturn]] static void
raise_too_long(const char *type, int32 length)
{
	Raise(Report(ERROR, ERRCODE_STRING_DATA_RIGHT_TRUNCATION)
			  .msg("value too long for type %s(%d)", type, length));
}

/* text cut to `length` characters; what is cut off must be blank unless the cast is explicit. */
static std::string_view
fit(std::string_view text, int32 length, bool explicit_cast, const char *type)
{
	if (text.size() <= static_cast<size_t>(length))
		return text;
	const size_t end = CharOffset(text, static_cast<size_t>(length));

	if (!explicit_cast && text.find_first_not_of(' ', end) != std::string_view::npos)
		raise_too_long(type, length);
	return text.substr(0, end);
}

Value
VarcharTypmod(const Value &value, int32 typmod, bool explicit_cast, std::string *)
{
	if (typmod < kHeader)
		return value;
	return Value::Text(fit(value.bytes, typmod - kHeader, explicit_cast, "character varying"));
}

Value
VarcharIn(std::string_view text, int32 typmod, std::string *scratch)
{
	return VarcharTypmod(Value::Text(text), typmod, false, scratch);
}

Value
BpcharTypmod(const Value &value, int32 typmod, bool explicit_cast, std::string *scratch)
{
	if (typmod < kHeader)
		return value;

	const int32 length = typmod - kHeader;
	const std::string_view text = fit(value.bytes, length, explicit_cast, "character");
	const size_t count = CharCount(text);

	if (count >= static_cast<size_t>(length))
		return Value::Text(text);
	std::string padded(text);

	padded.append(static_cast<size_t>(length) - count, ' ');
	*scratch = std::move(padded);
	return Value::Text(*scratch);
}

Value
BpcharIn(std::string_view text, int32 typmod, std::string *scratch)
{
	return BpcharTypmod(Value::Text(text), typmod, false, scratch);
}

Value
NameIn(std::string_view text, int32, std::string *)
{
	return Value::Text(ClipText(text, NAMEDATALEN - 1));
}

/* The first byte counts; a byte beyond ASCII cannot stand alone in UTF-8 text. */
Value
CharIn(std::string_view text, int32, std::string *)
{
	if (!text.empty() && static_cast<unsigned char>(text[0]) >= 0x80)
		RaiseNotSupported("a \"char\" value beyond ASCII");
	return Value::Text(text.substr(0, 1));
}

/* ---- Casts ---- */

static std::string_view
trim_right(std::string_view text, std::string_view set = " ")
{
	const size_t last = text.find_last_not_of(set);

	return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

static void
text_name(FunctionCall &call)
{
	SetText(call, ClipText(ArgText(call, 0), NAMEDATALEN - 1));
}

static void
bpchar_name(FunctionCall &call)
{
	SetText(call, trim_right(ClipText(ArgText(call, 0), NAMEDATALEN - 1)));
}

static void
text_char(FunctionCall &call)
{
	call.set_result(CharIn(ArgText(call, 0), -1, nullptr));
}

static void
i4tochar(FunctionCall &call)
{
	const int64 value = ArgInt(call, 0);
	const char c = static_cast<char>(value);

	if (value < -128 || value > 127)
		Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE).msg("\"char\" out of range"));
	if (value < 0)
		RaiseNotSupported("a \"char\" value beyond ASCII");
	SetText(call, {&c, c == 0 ? 0u : 1u});
}

template <TypmodCoercion *kCoerce>
static void
coerce(FunctionCall &call)
{
	std::string scratch;

	call.set_result(
		kCoerce(call.arg(0), static_cast<int32>(ArgInt(call, 1)), ArgBool(call, 2), &scratch));
}

static constexpr ScalarBody bpchar_typmod = coerce<BpcharTypmod>,
							varchar_typmod = coerce<VarcharTypmod>;

/* A name with "_oid" behind it, cut so that the whole is still a name. */
static void
nameconcatoid(FunctionCall &call)
{
	const std::string suffix = "_" + std::to_string(ArgInt(call, 1));
	std::string result(ClipText(ArgText(call, 0), NAMEDATALEN - 1 - suffix.size()));

	SetText(call, result + suffix);
}

/* ---- Lengths ---- */

static void
textlen(FunctionCall &call)
{
	SetInt(call, static_cast<int64>(CharCount(ArgText(call, 0))));
}

static void
bpcharlen(FunctionCall &call)
{
	SetInt(call, static_cast<int64>(CharCount(trim_right(ArgText(call, 0)))));
}

static void
textoctetlen(FunctionCall &call)
{
	SetInt(call, static_cast<int64>(ArgText(call, 0).size()));
}

/* ---- Order ---- */

static void
text_larger(FunctionCall &call)
{
	const std::string_view a = ArgText(call, 0), b = ArgText(call, 1);

	SetText(call, a > b ? a : b);
}

static void
text_smaller(FunctionCall &call)
{
	const std::string_view a = ArgText(call, 0), b = ArgText(call, 1);

	SetText(call, a < b ? a : b);
}

static void
bpchar_larger(FunctionCall &call)
{
	const std::string_view a = ArgText(call, 0), b = ArgText(call, 1);

	SetText(call, trim_right(a) >= trim_right(b) ? a : b);
}

static void
bpchar_smaller(FunctionCall &call)
{
	const std::string_view a = ArgText(call, 0), b = ArgText(call, 1);

	SetText(call, trim_right(a) <= trim_right(b) ? a : b);
}

/* ---- Case ---- */

static void
upper(FunctionCall &call)
{
	SetText(call, UpperText(ArgText(call, 0)));
}

static void
lower(FunctionCall &call)
{
	SetText(call, LowerText(ArgText(call, 0)));
}

static void
initcap(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0);
	std::string result;
	bool inside_word = false;

	for (size_t i = 0; i < text.size(); i += CharBytes(text[i]))
	{
		const uint32_t c = DecodeChar(text.substr(i));

		AppendChar(inside_word ? LowerChar(c) : UpperChar(c), &result);
		inside_word = IsAlphanumericChar(c);
	}
	SetText(call, result);
}

/* ---- Pieces ---- */

/* Characters [start, start + length) counted from 1; length < 0 is up to the end. */
static std::string_view
piece(std::string_view text, int64 start, int64 length)
{
	const int64 end = length < 0 ? PG_INT64_MAX : start + length;
	const int64 first = std::max<int64>(start, 1);

	if (end <= first)
		return {};
	text.remove_prefix(CharOffset(text, static_cast<size_t>(first - 1)));
	if (length < 0)
		return text;
	return text.substr(0, CharOffset(text, static_cast<size_t>(end - first)));
}

static void
text_substr(FunctionCall &call)
{
	if (ArgInt(call, 2) < 0)
		RaiseNegativeLength();
	SetText(call, piece(ArgText(call, 0), ArgInt(call, 1), ArgInt(call, 2)));
}

static void
text_substr_no_len(FunctionCall &call)
{
	SetText(call, piece(ArgText(call, 0), ArgInt(call, 1), -1));
}

static void
text_left(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0);
	const int64 n = ArgInt(call, 1);
	const int64 count = n >= 0 ? n : std::max<int64>(0, static_cast<int64>(CharCount(text)) + n);

	SetText(call, text.substr(0, CharOffset(text, static_cast<size_t>(count))));
}

static void
text_right(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0);
	const int64 n = ArgInt(call, 1);
	const int64 skip = n >= 0 ? std::max<int64>(0, static_cast<int64>(CharCount(text)) - n) : -n;

	SetText(call, text.substr(CharOffset(text, static_cast<size_t>(skip))));
}

static void
overlay(FunctionCall &call, int64 length)
{
	const std::string_view text = ArgText(call, 0), with = ArgText(call, 1);
	const int64 start = ArgInt(call, 2);

	if (start <= 0)
		RaiseNegativeLength();
	std::string result(piece(text, 1, start - 1));
	int64 rest;

	if (__builtin_add_overflow(start, length, &rest) || rest > PG_INT32_MAX)
		RaiseOutOfRange("integer");
	result.append(with);
	result.append(piece(text, rest, -1));
	SetText(call, result);
}

static void
textoverlay(FunctionCall &call)
{
	overlay(call, ArgInt(call, 3));
}

static void
textoverlay_no_len(FunctionCall &call)
{
	overlay(call, static_cast<int64>(CharCount(ArgText(call, 1))));
}

static void
split_part(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0), separator = ArgText(call, 1);
	int64 field = ArgInt(call, 2);

	if (field == 0)
		Raise(
			Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE).msg("field position must not be zero"));
	if (text.empty())
		return SetText(call, "");
	if (separator.empty())
		return SetText(call, field == 1 || field == -1 ? text : std::string_view());

	int64 fields = 1;

	for (size_t at = text.find(separator); at != std::string_view::npos;
		 at = text.find(separator, at + separator.size()))
		fields++;
	if (field < 0)
		field += fields + 1;
	if (field < 1 || field > fields)
		return SetText(call, "");

	size_t start = 0;

	for (; field > 1; field--)
		start = text.find(separator, start) + separator.size();
	SetText(call, text.substr(start, text.find(separator, start) - start));
}

/* ---- Search and replacement ---- */

static void
textpos(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0);
	const size_t at = text.find(ArgText(call, 1));

	SetInt(call, at == std::string_view::npos
					 ? 0
					 : static_cast<int64>(CharCount(text.substr(0, at))) + 1);
}

static void
text_starts_with(FunctionCall &call)
{
	SetBool(call, ArgText(call, 0).starts_with(ArgText(call, 1)));
}

static void
replace_text(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0), from = ArgText(call, 1), to = ArgText(call, 2);
	std::string result;
	size_t start = 0;

	if (from.empty())
		return SetText(call, text);
	for (size_t at = text.find(from); at != std::string_view::npos; at = text.find(from, start))
	{
		result.append(text.substr(start, at - start)).append(to);
		start = at + from.size();
	}
	SetText(call, result.append(text.substr(start)));
}

/* The position of a character (as its bytes) in a set, counted in characters; -1: not there. */
static int64
find_char(std::string_view set, std::string_view c)
{
	int64 position = 0;

	for (size_t i = 0; i < set.size(); i += CharBytes(set[i]), position++)
		if (set.substr(i, CharBytes(set[i])) == c)
			return position;
	return -1;
}

static void
translate(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0), from = ArgText(call, 1), to = ArgText(call, 2);
	std::string result;

	for (size_t i = 0; i < text.size(); i += CharBytes(text[i]))
	{
		const std::string_view c = text.substr(i, CharBytes(text[i]));
		const int64 position = find_char(from, c);

		result.append(position < 0 ? c : piece(to, position + 1, 1));
	}
	SetText(call, result);
}

/* ---- Trimming and padding ---- */

static std::string_view
trim(std::string_view text, std::string_view set, bool left, bool right)
{
	while (left && !text.empty() && find_char(set, text.substr(0, CharBytes(text[0]))) >= 0)
		text.remove_prefix(CharBytes(text[0]));
	while (right && !text.empty())
	{
		size_t last = text.size() - 1;

		while (last > 0 && IsContinuation(text[last]))
			last--;
		if (find_char(set, text.substr(last)) < 0)
			break;
		text = text.substr(0, last);
	}
	return text;
}

template <bool kLeft, bool kRight>
static void
trim_body(FunctionCall &call)
{
	SetText(call,
			trim(ArgText(call, 0), call.arg_count() > 1 ? ArgText(call, 1) : " ", kLeft, kRight));
}

static constexpr ScalarBody btrim = trim_body<true, true>, btrim1 = btrim;
static constexpr ScalarBody ltrim = trim_body<true, false>, ltrim1 = ltrim;
static constexpr ScalarBody rtrim = trim_body<false, true>, rtrim1 = rtrim;

static constexpr int64 kMaxTextSize = 0x3fffffff;

static void
check_size(int64 bytes)
{
	if (bytes > kMaxTextSize)
		Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED).msg("requested length too large"));
}

template <bool kLeft>
static void
pad(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0);
	const std::string_view fill = call.arg_count() > 2 ? ArgText(call, 2) : " ";
	const int64 wanted = std::max<int64>(0, ArgInt(call, 1));
	const int64 count = static_cast<int64>(CharCount(text));

	check_size(wanted * 4);
	if (count >= wanted || fill.empty())
		return SetText(call, text.substr(0, CharOffset(text, static_cast<size_t>(wanted))));

	std::string padding;
	size_t at = 0;

	for (int64 missing = wanted - count; missing > 0; missing--)
	{
		if (at >= fill.size())
			at = 0;
		padding.append(fill.substr(at, CharBytes(fill[at])));
		at += CharBytes(fill[at]);
	}
	SetText(call, kLeft ? padding.append(text) : std::string(text).append(padding));
}

static constexpr ScalarBody lpad = pad<true>, rpad = pad<false>;

static void
repeat(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0);
	const int64 count = std::max<int64>(0, ArgInt(call, 1));
	std::string result;

	check_size(count * static_cast<int64>(std::max<size_t>(text.size(), 1)));
	result.reserve(text.size() * static_cast<size_t>(count));
	for (int64 i = 0; i < count; i++)
		result.append(text);
	SetText(call, result);
}

static void
text_reverse(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0);
	std::string result(text.size(), '\0');
	size_t end = text.size();

	for (size_t i = 0; i < text.size(); i += CharBytes(text[i]))
	{
		const std::string_view c = text.substr(i, CharBytes(text[i]));

		end -= c.size();
		result.replace(end, c.size(), c);
	}
	SetText(call, result);
}

/* ---- Codes ---- */

static void
ascii(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0);

	SetInt(call, text.empty() ? 0 : DecodeChar(text));
}

static void
chr(FunctionCall &call)
{
	const int64 code = ArgInt(call, 0);
	std::string result;

	if (code < 0)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("character number must be positive"));
	if (code == 0)
		Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED).msg("null character not permitted"));
	if (code > 0x10ffff)
		Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
				  .msg("requested character too large for encoding: %u",
					   static_cast<unsigned>(code)));
	if (code >= 0xd800 && code <= 0xdfff)
		Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
				  .msg("requested character not valid for encoding: %u",
					   static_cast<unsigned>(code)));
	AppendChar(static_cast<uint32_t>(code), &result);
	SetText(call, result);
}

static void
md5_text(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0);
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned size = 0;
	std::string hex;

	EVP_Digest(text.data(), text.size(), digest, &size, EVP_md5(), nullptr);
	for (unsigned i = 0; i < size; i++)
	{
		hex.push_back("0123456789abcdef"[digest[i] >> 4]);
		hex.push_back("0123456789abcdef"[digest[i] & 15]);
	}
	SetText(call, hex);
}

/* Hexadecimal digits of an escape; -1 when there are fewer than wanted. */
static int64
escape_code(std::string_view text, size_t digits)
{
	int64 code = 0;

	if (text.size() < digits)
		return -1;
	for (char c : text.substr(0, digits))
	{
		const char lower_case = LowerAscii(c);

		if (!IsDigit(c) && (lower_case < 'a' || lower_case > 'f'))
			return -1;
		code = code * 16 + (IsDigit(c) ? c - '0' : lower_case - 'a' + 10);
	}
	return code;
}

/* \XXXX, \uXXXX, \+XXXXXX, \UXXXXXXXX; surrogates come in pairs. */
static void
unistr(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0);
	std::string result;
	int64 high = 0;

	for (size_t i = 0; i < text.size();)
	{
		if (text[i] != '\\' || text.substr(i).starts_with("\\\\"))
		{
			if (high != 0)
				break;
			result.push_back(text[i]);
			i += text[i] == '\\' ? 2 : 1;
			continue;
		}
		const char kind = i + 1 < text.size() ? text[i + 1] : '\0';
		const size_t prefix = kind == '+' || kind == 'u' || kind == 'U' ? 2 : 1;
		const size_t digits = kind == '+' ? 6 : kind == 'U' ? 8 : 4;
		const int64 code = escape_code(text.substr(std::min(text.size(), i + prefix)), digits);

		if (code < 0)
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("invalid Unicode escape")
					  .hint("Unicode escapes must be \\XXXX, \\+XXXXXX, \\uXXXX, or \\UXXXXXXXX."));
		if (code > 0x10ffff || code == 0)
			Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					  .msg("invalid Unicode code point: %04X", static_cast<unsigned>(code)));
		i += prefix + digits;
		const bool is_low = code >= 0xdc00 && code <= 0xdfff;

		if (is_low != (high != 0))
		{
			high = 1;
			break;
		}
		if (is_low)
			AppendChar(static_cast<uint32_t>(0x10000 + ((high - 0xd800) << 10) + (code - 0xdc00)),
					   &result);
		else if (code < 0xd800 || code > 0xdbff)
			AppendChar(static_cast<uint32_t>(code), &result);
		high = code >= 0xd800 && code <= 0xdbff ? code : 0;
	}
	if (high != 0)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("invalid Unicode surrogate pair"));
	SetText(call, result);
}

static constexpr FunctionDef kTextRows[] = {
	Native(1258, "textcat", 'i', "($1 || $2)", TEXTOID, {TEXTOID, TEXTOID}),
	Native(2003, "textanycat", 's', "($1 || pg_cast_text(@2, $2))", TEXTOID,
		   {TEXTOID, ANYNONARRAYOID}),
	Native(2004, "anytextcat", 's', "(pg_cast_text(@1, $1) || $2)", TEXTOID,
		   {ANYNONARRAYOID, TEXTOID}),
	Fn(458, "text_larger", 'i', "text_larger", TEXTOID, {TEXTOID, TEXTOID}, text_larger),
	Fn(459, "text_smaller", 'i', "text_smaller", TEXTOID, {TEXTOID, TEXTOID}, text_smaller),
	Fn(1257, "textlen", 'i', "textlen", INT4OID, {TEXTOID}, textlen),
	Fn(1317, "length", 'i', "textlen", INT4OID, {TEXTOID}, textlen),
	Fn(1369, "character_length", 'i', "textlen", INT4OID, {TEXTOID}, textlen),
	Fn(1381, "char_length", 'i', "textlen", INT4OID, {TEXTOID}, textlen),
	Fn(1318, "length", 'i', "bpcharlen", INT4OID, {BPCHAROID}, bpcharlen),
	Fn(1367, "character_length", 'i', "bpcharlen", INT4OID, {BPCHAROID}, bpcharlen),
	Fn(1372, "char_length", 'i', "bpcharlen", INT4OID, {BPCHAROID}, bpcharlen),
	Fn(1374, "octet_length", 'i', "textoctetlen", INT4OID, {TEXTOID}, textoctetlen),
	Fn(1375, "octet_length", 'i', "textoctetlen", INT4OID, {BPCHAROID}, textoctetlen),
	Native(1811, "bit_length", 'i', "(textoctetlen($1) * 8)", INT4OID, {TEXTOID}),
	Fn(871, "upper", 'i', "pg_upper", TEXTOID, {TEXTOID}, upper),
	Fn(870, "lower", 'i', "pg_lower", TEXTOID, {TEXTOID}, lower),
	Fn(872, "initcap", 'i', "initcap", TEXTOID, {TEXTOID}, initcap),
	Fn(877, "substr", 'i', "text_substr", TEXTOID, {TEXTOID, INT4OID, INT4OID}, text_substr),
	Fn(936, "substring", 'i', "text_substr", TEXTOID, {TEXTOID, INT4OID, INT4OID}, text_substr),
	Fn(883, "substr", 'i', "text_substr_no_len", TEXTOID, {TEXTOID, INT4OID}, text_substr_no_len),
	Fn(937, "substring", 'i', "text_substr_no_len", TEXTOID, {TEXTOID, INT4OID},
	   text_substr_no_len),
	Fn(849, "position", 'i', "textpos", INT4OID, {TEXTOID, TEXTOID}, textpos),
	Fn(868, "strpos", 'i', "textpos", INT4OID, {TEXTOID, TEXTOID}, textpos),
	Fn(3060, "left", 'i', "text_left", TEXTOID, {TEXTOID, INT4OID}, text_left),
	Fn(3061, "right", 'i', "text_right", TEXTOID, {TEXTOID, INT4OID}, text_right),
	Fn(3062, "reverse", 'i', "text_reverse", TEXTOID, {TEXTOID}, text_reverse),
	Fn(2087, "replace", 'i', "replace_text", TEXTOID, {TEXTOID, TEXTOID, TEXTOID}, replace_text),
	Fn(878, "translate", 'i', "translate", TEXTOID, {TEXTOID, TEXTOID, TEXTOID}, translate),
	Fn(884, "btrim", 'i', "btrim", TEXTOID, {TEXTOID, TEXTOID}, btrim),
	Fn(885, "btrim", 'i', "btrim1", TEXTOID, {TEXTOID}, btrim1),
	Fn(875, "ltrim", 'i', "pg_ltrim", TEXTOID, {TEXTOID, TEXTOID}, ltrim),
	Fn(881, "ltrim", 'i', "ltrim1", TEXTOID, {TEXTOID}, ltrim1),
	Fn(876, "rtrim", 'i', "pg_rtrim", TEXTOID, {TEXTOID, TEXTOID}, rtrim),
	Fn(401, "text", 'i', "rtrim1", TEXTOID, {BPCHAROID}, rtrim1),
	Fn(882, "rtrim", 'i', "rtrim1", TEXTOID, {TEXTOID}, rtrim1),
	Fn(873, "lpad", 'i', "lpad", TEXTOID, {TEXTOID, INT4OID, TEXTOID}, lpad),
	Fn(874, "rpad", 'i', "rpad", TEXTOID, {TEXTOID, INT4OID, TEXTOID}, rpad),
	Fn(879, "lpad", 'i', "lpad", TEXTOID, {TEXTOID, INT4OID}, lpad),
	Fn(880, "rpad", 'i', "rpad", TEXTOID, {TEXTOID, INT4OID}, rpad),
	Fn(1622, "repeat", 'i', "repeat", TEXTOID, {TEXTOID, INT4OID}, repeat),
	Fn(2088, "split_part", 'i', "split_part", TEXTOID, {TEXTOID, TEXTOID, INT4OID}, split_part),
	Fn(1404, "overlay", 'i', "textoverlay", TEXTOID, {TEXTOID, TEXTOID, INT4OID, INT4OID},
	   textoverlay),
	Fn(1405, "overlay", 'i', "textoverlay_no_len", TEXTOID, {TEXTOID, TEXTOID, INT4OID},
	   textoverlay_no_len),
	Variadic(Lax(Fn(3058, "concat", 's', "text_concat", TEXTOID, {ANYOID}, text_concat))),
	Variadic(Lax(
		Fn(3059, "concat_ws", 's', "text_concat_ws", TEXTOID, {TEXTOID, ANYOID}, text_concat_ws))),
	Variadic(Lax(Fn(3539, "format", 's', "text_format", TEXTOID, {TEXTOID, ANYOID}, text_format))),
	Lax(Fn(3540, "format", 's', "text_format", TEXTOID, {TEXTOID}, text_format)),
	Fn(1282, "quote_ident", 'i', "quote_ident", TEXTOID, {TEXTOID}, quote_ident),
	Fn(1283, "quote_literal", 'i', "quote_literal", TEXTOID, {TEXTOID}, quote_literal),
	Lax(Fn(1289, "quote_nullable", 'i', "quote_nullable", TEXTOID, {TEXTOID}, quote_nullable)),
	Native(1285, "quote_literal", 's', "quote_literal(pg_out(@1, $1))", TEXTOID, {ANYELEMENTOID}),
	Lax(Native(1290, "quote_nullable", 's', "quote_nullable(pg_out(@1, $1))", TEXTOID,
			   {ANYELEMENTOID})),
	Fn(2311, "md5", 'i', "md5_text", TEXTOID, {TEXTOID}, md5_text),
	Fn(1620, "ascii", 'i', "ascii", INT4OID, {TEXTOID}, ascii),
	Fn(1621, "chr", 'i', "chr", TEXTOID, {INT4OID}, chr),
	Fn(3696, "starts_with", 'i', "text_starts_with", BOOLOID, {TEXTOID, TEXTOID}, text_starts_with),
	Fn(6198, "unistr", 'i', "unistr", TEXTOID, {TEXTOID}, unistr),
	Native(2971, "text", 'i', "CASE $1 WHEN 1 THEN 'true' WHEN 0 THEN 'false' END", TEXTOID,
		   {BOOLOID}),
	Native(406, "text", 'i', "$1", TEXTOID, {NAMEOID}),
	Native(1401, "varchar", 'i', "$1", VARCHAROID, {NAMEOID}),
	Fn(407, "name", 'i', "text_name", NAMEOID, {TEXTOID}, text_name),
	Fn(1400, "name", 'i', "text_name", NAMEOID, {VARCHAROID}, text_name),
	Fn(409, "name", 'i', "bpchar_name", NAMEOID, {BPCHAROID}, bpchar_name),
	Native(946, "text", 'i', "$1", TEXTOID, {CHAROID}),
	Fn(944, "char", 'i', "text_char", CHAROID, {TEXTOID}, text_char),
	Fn(78, "char", 'i', "i4tochar", CHAROID, {INT4OID}, i4tochar),
	Native(408, "bpchar", 'i', "$1", BPCHAROID, {NAMEOID}),
	Native(860, "bpchar", 'i', "$1", BPCHAROID, {CHAROID}),
	Fn(668, "bpchar", 'i', "bpchar_typmod", BPCHAROID, {BPCHAROID, INT4OID, BOOLOID},
	   bpchar_typmod),
	Fn(669, "varchar", 'i', "varchar_typmod", VARCHAROID, {VARCHAROID, INT4OID, BOOLOID},
	   varchar_typmod),
	Fn(266, "nameconcatoid", 'i', "nameconcatoid", NAMEOID, {NAMEOID, OIDOID}, nameconcatoid),
	Fn(1063, "bpchar_larger", 'i', "bpchar_larger", BPCHAROID, {BPCHAROID, BPCHAROID},
	   bpchar_larger),
	Fn(1064, "bpchar_smaller", 'i', "bpchar_smaller", BPCHAROID, {BPCHAROID, BPCHAROID},
	   bpchar_smaller),
	Native(2160, "text_pattern_lt", 'i', "($1 < $2)", BOOLOID, {TEXTOID, TEXTOID}),
	Native(2161, "text_pattern_le", 'i', "($1 <= $2)", BOOLOID, {TEXTOID, TEXTOID}),
	Native(2164, "text_pattern_gt", 'i', "($1 > $2)", BOOLOID, {TEXTOID, TEXTOID}),
	Native(2163, "text_pattern_ge", 'i', "($1 >= $2)", BOOLOID, {TEXTOID, TEXTOID}),
	Native(2174, "bpchar_pattern_lt", 'i', "($1 < $2 COLLATE RTRIM)", BOOLOID,
		   {BPCHAROID, BPCHAROID}),
	Native(2175, "bpchar_pattern_le", 'i', "($1 <= $2 COLLATE RTRIM)", BOOLOID,
		   {BPCHAROID, BPCHAROID}),
	Native(2178, "bpchar_pattern_gt", 'i', "($1 > $2 COLLATE RTRIM)", BOOLOID,
		   {BPCHAROID, BPCHAROID}),
	Native(2177, "bpchar_pattern_ge", 'i', "($1 >= $2 COLLATE RTRIM)", BOOLOID,
		   {BPCHAROID, BPCHAROID}),
};

const std::span<const FunctionDef> kTextFunctions = kTextRows;

} /* namespace pg */
