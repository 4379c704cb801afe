/*
 * utils/adt/regexp.cpp
 *		Regular expressions: matching, substring, replacement, counting.
 *
 * Any process.  Alternatives are tried in the order they are written (Perl's rule), where PostgreSQL
 * takes the longest: doc/limits.md.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "utils/adt/regexp.h"

#include <pcre2.h>

#include <list>

#include "utils/adt/adt_internals.h"
#include "utils/adt/utf8.h"

namespace pg
{

/* ---- Compiling ---- */

static const char *
reason_of(int error)
{
	switch (error)
	{
		case PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS:
		case PCRE2_ERROR_UNMATCHED_CLOSING_PARENTHESIS: return "parentheses () not balanced";
		case PCRE2_ERROR_MISSING_SQUARE_BRACKET: return "brackets [] not balanced";
		case PCRE2_ERROR_QUANTIFIER_INVALID: return "quantifier operand invalid";
		case PCRE2_ERROR_QUANTIFIER_OUT_OF_ORDER:
		case PCRE2_ERROR_QUANTIFIER_TOO_BIG: return "invalid repetition count(s)";
		case PCRE2_ERROR_CLASS_RANGE_ORDER:
		case PCRE2_ERROR_CLASS_INVALID_RANGE: return "invalid character range";
		case PCRE2_ERROR_UNKNOWN_POSIX_CLASS:
		case PCRE2_ERROR_POSIX_CLASS_NOT_IN_CLASS: return "invalid character class";
		case PCRE2_ERROR_BAD_SUBPATTERN_REFERENCE: return "invalid backreference number";
		case PCRE2_ERROR_PATTERN_TOO_LARGE: return "regular expression is too complex";
		default: return "invalid escape \\ sequence";
	}
}

static pcre2_code *
compile(std::string_view pattern, RegexpFlags flags)
{
	const std::string translated = TranslateRegexp(pattern, &flags);
	uint32_t options =
		PCRE2_UTF | PCRE2_UCP | PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
	int error;
	PCRE2_SIZE offset;

	if (flags.ignore_case)
		options |= PCRE2_CASELESS;
	if (flags.expanded)
		options |= PCRE2_EXTENDED;
	if (flags.newline_anchors)
		options = (options & ~PCRE2_DOLLAR_ENDONLY) | PCRE2_MULTILINE;
	if (flags.literal)
		options = PCRE2_UTF | PCRE2_LITERAL | (options & PCRE2_CASELESS);
	pcre2_code *const code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated.data()),
										   translated.size(), options, &error, &offset, nullptr);

	if (code == nullptr)
		RaiseBadRegexp(reason_of(error));
	return code;
}

/* The most recent patterns of this process. */
class RegexpCache
{
public:
	const Regexp &find(std::string_view pattern, RegexpFlags flags)
	{
		for (auto it = entries_.begin(); it != entries_.end(); ++it)
			if (it->flags == flags && it->pattern == pattern)
			{
				entries_.splice(entries_.begin(), entries_, it);
				return entries_.front().regexp;
			}
		return add(pattern, flags);
	}

private:
	static constexpr size_t kMaxEntries = 32;

	struct Entry
	{
		std::string pattern;
		RegexpFlags flags;
		Regexp regexp;
	};

	const Regexp &add(std::string_view pattern, RegexpFlags flags)
	{
		pcre2_code *const code = compile(pattern, flags);
		uint32_t groups = 0;

		if (entries_.size() >= kMaxEntries)
		{
			pcre2_code_free(static_cast<pcre2_code *>(entries_.back().regexp.code_));
			entries_.pop_back();
		}
		pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
		entries_.push_front({std::string(pattern), flags, {}});
		entries_.front().regexp.code_ = code;
		entries_.front().regexp.groups_ = static_cast<int>(groups);
		return entries_.front().regexp;
	}

	std::list<Entry> entries_;
};

const Regexp &
Regexp::Compile(std::string_view pattern, RegexpFlags flags)
{
	static RegexpCache &cache = *new RegexpCache;

	flags.global = false;
	return cache.find(pattern, flags);
}

/* ---- Matching ---- */

namespace
{

struct FreeMatchData
{
	void operator()(pcre2_match_data *data) const { pcre2_match_data_free(data); }
};

} /* namespace */

bool
Regexp::search(std::string_view text, size_t from, std::vector<RegexpSpan> *spans) const
{
	const auto code = static_cast<pcre2_code *>(code_);
	const std::unique_ptr<pcre2_match_data, FreeMatchData> data(
		pcre2_match_data_create_from_pattern(code, nullptr));
	const int result = pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
								   from, PCRE2_NO_UTF_CHECK, data.get(), nullptr);

	if (result == PCRE2_ERROR_NOMATCH)
		return false;
	if (result < 0)
		Raise(Report(ERROR, ERRCODE_INVALID_REGULAR_EXPRESSION)
				  .msg("regular expression failed: %s", result == PCRE2_ERROR_MATCHLIMIT
															? "regular expression is too complex"
															: "out of memory"));
	if (spans == nullptr)
		return true;

	const PCRE2_SIZE *const offsets = pcre2_get_ovector_pointer(data.get());

	spans->assign(static_cast<size_t>(groups_) + 1, {});
	for (size_t i = 0; i < static_cast<size_t>(result); i++)
		if (offsets[2 * i] != PCRE2_UNSET)
			(*spans)[i] = {offsets[2 * i], offsets[2 * i + 1]};
	return true;
}

bool
Regexp::matches(std::string_view text) const
{
	return search(text, 0, nullptr);
}

template <bool kIgnoreCase, bool kWanted>
static void
match(FunctionCall &call)
{
	SetBool(
		call,
		Regexp::Compile(ArgText(call, 1), {.ignore_case = kIgnoreCase}).matches(ArgText(call, 0)) ==
			kWanted);
}

static constexpr ScalarBody textregexeq = match<false, true>, textregexne = match<false, false>;
static constexpr ScalarBody texticregexeq = match<true, true>, texticregexne = match<true, false>;

/* ---- substring ---- */

/* The first group where there is one, else the whole; null without a match. */
static void
set_substring(FunctionCall &call, std::string_view text, const Regexp &regexp)
{
	std::vector<RegexpSpan> spans;

	if (!regexp.search(text, 0, &spans))
		return;
	const RegexpSpan span = spans[spans.size() > 1 ? 1 : 0];

	if (span.matched())
		SetText(call, text.substr(span.start, span.end - span.start));
}

static void
textregexsubstr(FunctionCall &call)
{
	set_substring(call, ArgText(call, 0), Regexp::Compile(ArgText(call, 1), {}));
}

static void
textregexsubstr_similar(FunctionCall &call)
{
	set_substring(call, ArgText(call, 0),
				  Regexp::Compile(SimilarToRegexp(ArgText(call, 1), ArgText(call, 2)), {}));
}

/* ---- Arguments of the regexp_ functions ---- */

static std::string_view
optional_text(const FunctionCall &call, int i)
{
	return call.arg_count() > i ? ArgText(call, i) : std::string_view();
}

/* An optional number of at least `min`; raises 22023 naming it. */
static int64
optional_number(const FunctionCall &call, int i, int64 otherwise, int64 min, const char *name)
{
	if (call.arg_count() <= i)
		return otherwise;
	const int64 value = ArgInt(call, i);

	if (value < min)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("invalid value for parameter \"%s\": %d", name, static_cast<int>(value)));
	return value;
}

RegexpFlags
FlagsWithoutGlobal(std::string_view letters, const char *function, const char *hint)
{
	const RegexpFlags flags = ParseRegexpFlags(letters);

	if (flags.global)
	{
		Report report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE);

		report.msg("%s does not support the \"global\" option", function);
		if (hint != nullptr)
			report.hint("%s", hint);
		Raise(report);
	}
	return flags;
}

/* Calls found(spans) for each match from character `start` (from 1) on until it returns false. */
template <typename Found>
static void
for_each_match(std::string_view text, const Regexp &regexp, int64 start, Found found)
{
	std::vector<RegexpSpan> spans;
	size_t at = CharOffset(text, static_cast<size_t>(start - 1));

	if (start > 1 && static_cast<int64>(CharCount(text)) < start - 1)
		return;
	while (at <= text.size() && regexp.search(text, at, &spans))
	{
		if (!found(spans))
			return;
		at = spans[0].end;
		if (spans[0].end == spans[0].start)
			at += at < text.size() ? CharBytes(text[at]) : 1;
	}
}

std::vector<std::vector<RegexpSpan>>
AllMatches(std::string_view text, const Regexp &regexp, size_t most)
{
	std::vector<std::vector<RegexpSpan>> matches;

	for_each_match(text, regexp, 1,
				   [&](const std::vector<RegexpSpan> &spans)
				   {
					   matches.push_back(spans);
					   return matches.size() != most;
				   });
	return matches;
}

/* ---- regexp_replace ---- */

static void
append_replacement(std::string_view with, std::string_view text,
				   const std::vector<RegexpSpan> &spans, std::string *out)
{
	for (size_t i = 0; i < with.size(); i++)
	{
		const char next = i + 1 < with.size() ? with[i + 1] : '\0';
		size_t group;

		if (with[i] != '\\' || next == '\0')
		{
			out->push_back(with[i]);
			continue;
		}
		if (next == '\\')
		{
			out->push_back('\\');
			i++;
			continue;
		}
		if (next != '&' && (next < '1' || next > '9'))
		{
			out->push_back('\\');
			continue;
		}
		group = next == '&' ? 0 : static_cast<size_t>(next - '0');
		if (group < spans.size() && spans[group].matched())
			out->append(text.substr(spans[group].start, spans[group].end - spans[group].start));
		i++;
	}
}

/* Replaces match number n (0: all) from character `start` on. */
static std::string
replaced(std::string_view text, const Regexp &regexp, std::string_view with, int64 start, int64 n)
{
	std::string result;
	size_t copied = 0;
	int64 count = 0;

	for_each_match(text, regexp, start,
				   [&](const std::vector<RegexpSpan> &spans)
				   {
					   count++;
					   if (n != 0 && count != n)
						   return true;
					   result.append(text.substr(copied, spans[0].start - copied));
					   append_replacement(with, text, spans, &result);
					   copied = spans[0].end;
					   return n == 0;
				   });
	return result.append(text.substr(copied));
}

static void
textregexreplace(FunctionCall &call)
{
	const std::string_view letters = optional_text(call, 3);

	if (!letters.empty() && IsDigit(letters[0]))
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("invalid regular expression option: \"%.*s\"", 1, letters.data())
				  .hint("If you meant to use regexp_replace() with a start parameter, cast the "
						"fourth argument "
						"to integer explicitly."));
	const RegexpFlags flags = ParseRegexpFlags(letters);

	SetText(call, replaced(ArgText(call, 0), Regexp::Compile(ArgText(call, 1), flags),
						   ArgText(call, 2), 1, flags.global ? 0 : 1));
}

static void
textregexreplace_extended(FunctionCall &call)
{
	const int64 start = optional_number(call, 3, 1, 1, "start");
	int64 n = optional_number(call, 4, 1, 0, "n");
	const RegexpFlags flags = ParseRegexpFlags(optional_text(call, 5));

	if (call.arg_count() <= 4 && flags.global)
		n = 0;
	SetText(call, replaced(ArgText(call, 0), Regexp::Compile(ArgText(call, 1), flags),
						   ArgText(call, 2), start, n));
}

/* ---- regexp_like, regexp_count, regexp_instr, regexp_substr ---- */

static void
regexp_like(FunctionCall &call)
{
	const RegexpFlags flags = FlagsWithoutGlobal(optional_text(call, 2), "regexp_like()");

	SetBool(call, Regexp::Compile(ArgText(call, 1), flags).matches(ArgText(call, 0)));
}

static void
regexp_count(FunctionCall &call)
{
	const int64 start = optional_number(call, 2, 1, 1, "start");
	const RegexpFlags flags = FlagsWithoutGlobal(optional_text(call, 3), "regexp_count()");
	int64 count = 0;

	for_each_match(ArgText(call, 0), Regexp::Compile(ArgText(call, 1), flags), start,
				   [&](const auto &) { return ++count > 0; });
	SetInt(call, count);
}

/* Group `group` of match number n from `start` on; not matched when there is none. */
static RegexpSpan
nth_match(std::string_view text, const Regexp &regexp, int64 start, int64 n, int64 group)
{
	RegexpSpan result;

	if (group > regexp.group_count())
		return result;
	for_each_match(text, regexp, start,
				   [&](const std::vector<RegexpSpan> &spans)
				   {
					   if (--n > 0)
						   return true;
					   result = spans[static_cast<size_t>(group)];
					   return false;
				   });
	return result;
}

static void
regexp_instr(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0);
	const int64 start = optional_number(call, 2, 1, 1, "start");
	const int64 n = optional_number(call, 3, 1, 1, "n");
	const int64 end_option = optional_number(call, 4, 0, 0, "endoption");
	const RegexpFlags flags = FlagsWithoutGlobal(optional_text(call, 5), "regexp_instr()");
	const int64 group = optional_number(call, 6, 0, 0, "subexpr");

	if (end_option > 1)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("invalid value for parameter \"%s\": %d", "endoption",
					   static_cast<int>(end_option)));
	const RegexpSpan span =
		nth_match(text, Regexp::Compile(ArgText(call, 1), flags), start, n, group);

	if (!span.matched())
		return SetInt(call, 0);
	SetInt(call,
		   static_cast<int64>(CharCount(text.substr(0, end_option == 1 ? span.end : span.start))) +
			   1);
}

static void
regexp_substr(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0);
	const int64 start = optional_number(call, 2, 1, 1, "start");
	const int64 n = optional_number(call, 3, 1, 1, "n");
	const RegexpFlags flags = FlagsWithoutGlobal(optional_text(call, 4), "regexp_substr()");
	const int64 group = optional_number(call, 5, 0, 0, "subexpr");
	const RegexpSpan span =
		nth_match(text, Regexp::Compile(ArgText(call, 1), flags), start, n, group);

	if (span.matched())
		SetText(call, text.substr(span.start, span.end - span.start));
}

static constexpr FunctionDef kRegexpRows[] = {
	Fn(1254, "textregexeq", 'i', "textregexeq", BOOLOID, {TEXTOID, TEXTOID}, textregexeq),
	Fn(1658, "bpcharregexeq", 'i', "textregexeq", BOOLOID, {BPCHAROID, TEXTOID}, textregexeq),
	Fn(1256, "textregexne", 'i', "textregexne", BOOLOID, {TEXTOID, TEXTOID}, textregexne),
	Fn(1659, "bpcharregexne", 'i', "textregexne", BOOLOID, {BPCHAROID, TEXTOID}, textregexne),
	Fn(1238, "texticregexeq", 'i', "texticregexeq", BOOLOID, {TEXTOID, TEXTOID}, texticregexeq),
	Fn(1656, "bpcharicregexeq", 'i', "texticregexeq", BOOLOID, {BPCHAROID, TEXTOID}, texticregexeq),
	Fn(1239, "texticregexne", 'i', "texticregexne", BOOLOID, {TEXTOID, TEXTOID}, texticregexne),
	Fn(1657, "bpcharicregexne", 'i', "texticregexne", BOOLOID, {BPCHAROID, TEXTOID}, texticregexne),
	Fn(79, "nameregexeq", 'i', "textregexeq", BOOLOID, {NAMEOID, TEXTOID}, textregexeq),
	Fn(1252, "nameregexne", 'i', "textregexne", BOOLOID, {NAMEOID, TEXTOID}, textregexne),
	Fn(1240, "nameicregexeq", 'i', "texticregexeq", BOOLOID, {NAMEOID, TEXTOID}, texticregexeq),
	Fn(1241, "nameicregexne", 'i', "texticregexne", BOOLOID, {NAMEOID, TEXTOID}, texticregexne),
	Fn(2073, "substring", 'i', "textregexsubstr", TEXTOID, {TEXTOID, TEXTOID}, textregexsubstr),
	Fn(2074, "substring", 'i', "textregexsubstr_similar", TEXTOID, {TEXTOID, TEXTOID, TEXTOID},
	   textregexsubstr_similar),
	Fn(2284, "regexp_replace", 'i', "textregexreplace", TEXTOID, {TEXTOID, TEXTOID, TEXTOID},
	   textregexreplace),
	Fn(2285, "regexp_replace", 'i', "textregexreplace", TEXTOID,
	   {TEXTOID, TEXTOID, TEXTOID, TEXTOID}, textregexreplace),
	Fn(6251, "regexp_replace", 'i', "textregexreplace_extended", TEXTOID,
	   {TEXTOID, TEXTOID, TEXTOID, INT4OID, INT4OID, TEXTOID}, textregexreplace_extended),
	Fn(6252, "regexp_replace", 'i', "textregexreplace_extended", TEXTOID,
	   {TEXTOID, TEXTOID, TEXTOID, INT4OID, INT4OID}, textregexreplace_extended),
	Fn(6253, "regexp_replace", 'i', "textregexreplace_extended", TEXTOID,
	   {TEXTOID, TEXTOID, TEXTOID, INT4OID}, textregexreplace_extended),
	Fn(6264, "regexp_like", 'i', "regexp_like", BOOLOID, {TEXTOID, TEXTOID, TEXTOID}, regexp_like),
	Fn(6263, "regexp_like", 'i', "regexp_like", BOOLOID, {TEXTOID, TEXTOID}, regexp_like),
	Fn(6256, "regexp_count", 'i', "regexp_count", INT4OID, {TEXTOID, TEXTOID, INT4OID, TEXTOID},
	   regexp_count),
	Fn(6254, "regexp_count", 'i', "regexp_count", INT4OID, {TEXTOID, TEXTOID}, regexp_count),
	Fn(6255, "regexp_count", 'i', "regexp_count", INT4OID, {TEXTOID, TEXTOID, INT4OID},
	   regexp_count),
	Fn(6262, "regexp_instr", 'i', "regexp_instr", INT4OID,
	   {TEXTOID, TEXTOID, INT4OID, INT4OID, INT4OID, TEXTOID, INT4OID}, regexp_instr),
	Fn(6257, "regexp_instr", 'i', "regexp_instr", INT4OID, {TEXTOID, TEXTOID}, regexp_instr),
	Fn(6258, "regexp_instr", 'i', "regexp_instr", INT4OID, {TEXTOID, TEXTOID, INT4OID},
	   regexp_instr),
	Fn(6259, "regexp_instr", 'i', "regexp_instr", INT4OID, {TEXTOID, TEXTOID, INT4OID, INT4OID},
	   regexp_instr),
	Fn(6260, "regexp_instr", 'i', "regexp_instr", INT4OID,
	   {TEXTOID, TEXTOID, INT4OID, INT4OID, INT4OID}, regexp_instr),
	Fn(6261, "regexp_instr", 'i', "regexp_instr", INT4OID,
	   {TEXTOID, TEXTOID, INT4OID, INT4OID, INT4OID, TEXTOID}, regexp_instr),
	Fn(6269, "regexp_substr", 'i', "regexp_substr", TEXTOID,
	   {TEXTOID, TEXTOID, INT4OID, INT4OID, TEXTOID, INT4OID}, regexp_substr),
	Fn(6265, "regexp_substr", 'i', "regexp_substr", TEXTOID, {TEXTOID, TEXTOID}, regexp_substr),
	Fn(6266, "regexp_substr", 'i', "regexp_substr", TEXTOID, {TEXTOID, TEXTOID, INT4OID},
	   regexp_substr),
	Fn(6267, "regexp_substr", 'i', "regexp_substr", TEXTOID, {TEXTOID, TEXTOID, INT4OID, INT4OID},
	   regexp_substr),
	Fn(6268, "regexp_substr", 'i', "regexp_substr", TEXTOID,
	   {TEXTOID, TEXTOID, INT4OID, INT4OID, TEXTOID}, regexp_substr),
};

const std::span<const FunctionDef> kRegexpFunctions = kRegexpRows;

} /* namespace pg */
