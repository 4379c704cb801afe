/*
 * executor/query_id.cpp
 *		Makes query identifiers, and the setting that asks for them.
 *
 * Backends and workers.
 */
#include "executor/query_id.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <strings.h>

#include "common/hashfn.h"
#include "parser/scansup.h"
#include "parser/tokens.h"

int compute_query_id = COMPUTE_QUERY_ID_AUTO;
bool query_id_enabled = false;

namespace pg
{
namespace
{

bool
is_one_of(std::string_view word, std::initializer_list<std::string_view> lower)
{
	return std::any_of(lower.begin(), lower.end(),
					   [&](std::string_view other)
					   {
						   return word.size() == other.size() &&
								  strncasecmp(word.data(), other.data(), word.size()) == 0;
					   });
}

/* A statement's tokens as the form that the identifier is made of. */
class Form
{
public:
	Form(const std::string &text, bool keep_constants)
		: text_(text), tokens_(ScanTokens(text.c_str())), keep_constants_(keep_constants)
	{
	}

	QueryIdentity run()
	{
		for (at_ = 0; at_ < tokens_.size(); at_++)
			step(tokens_[at_]);
		identity_.id = hash_bytes_extended(reinterpret_cast<const unsigned char *>(form_.data()),
										   static_cast<int>(form_.size()), 0);
		/* 0 is none. */
		if (identity_.id == 0)
			identity_.id = keep_constants_ ? 2 : 1;
		return std::move(identity_);
	}

private:
	std::string_view word(size_t index) const { return tokens_[index].of(text_); }

	/* TRUE, FALSE and NULL are constants, but not behind IS. */
	bool is_constant(const SqlToken &token) const
	{
		return token.is_number() || token.is_string() ||
			   (token.is_keyword() && is_one_of(token.of(text_), {"true", "false", "null"}) &&
				!form_.ends_with("is ") && !form_.ends_with("is not "));
	}

	/* The minus at `at_` belongs to the number behind it, as the grammar sees it: nothing stands before it to take from. */
	bool is_sign() const
	{
		if (at_ + 1 == tokens_.size() || tokens_[at_].kind != '-' ||
			!tokens_[at_ + 1].is_number() ||
			(at_ + 2 < tokens_.size() && tokens_[at_ + 2].kind == token::Typecast))
			return false;
		if (at_ == 0)
			return true;

		const SqlToken &before = tokens_[at_ - 1];

		if (before.is_keyword())
			return before.reserved &&
				   !is_one_of(word(at_ - 1),
							  {"end", "null", "true", "false", "user", "current_date",
							   "current_time", "current_timestamp", "localtime", "localtimestamp"});
		return before.kind != ')' && before.kind != ']' && before.kind != token::Ident &&
			   before.kind != token::QuotedUnicodeIdent && before.kind != token::Parameter &&
			   !is_constant(before);
	}

	void step(const SqlToken &token)
	{
		const bool sign = is_sign();

		if (token.kind == token::Parameter)
			identity_.highest_parameter =
				std::max(identity_.highest_parameter, atoi(text_.c_str() + token.begin + 1));
		if (!keep_constants_ && (sign || is_constant(token)))
		{
			identity_.constants.push_back({token.begin, -1});
			form_ += '\1';
			at_ += sign ? 1 : 0;
		}
		else
			for (const char c : token.of(text_))
				form_ += token.is_string() || text_[static_cast<size_t>(token.begin)] == '"'
							 ? c
							 : static_cast<char>(tolower(static_cast<unsigned char>(c)));
		form_ += ' ';
	}

	const std::string &text_;
	const std::vector<SqlToken> tokens_;
	const bool keep_constants_;
	size_t at_ = 0;
	std::string form_;
	QueryIdentity identity_;
};

constexpr config_enum_entry kComputeOptions[] = {
	{"auto", COMPUTE_QUERY_ID_AUTO, false},
	{"regress", COMPUTE_QUERY_ID_REGRESS, false},
	{"on", COMPUTE_QUERY_ID_ON, false},
	{"off", COMPUTE_QUERY_ID_OFF, false},
	{"true", COMPUTE_QUERY_ID_ON, true},
	{"false", COMPUTE_QUERY_ID_OFF, true},
	{"yes", COMPUTE_QUERY_ID_ON, true},
	{"no", COMPUTE_QUERY_ID_OFF, true},
	{"1", COMPUTE_QUERY_ID_ON, true},
	{"0", COMPUTE_QUERY_ID_OFF, true},
	{nullptr, 0, false},
};

const SettingDef kSettings[] = {
	{
		.name = "compute_query_id",
		.context = PGC_SUSET,
		.group = SettingGroup::StatsMonitoring,
		.short_desc = "Gives statements query identifiers.",
		.value = EnumSetting{&compute_query_id, COMPUTE_QUERY_ID_AUTO, kComputeOptions},
	},
};

} /* namespace */

/* To scan a short statement costs as much as to run it: those of the last short texts are remembered. */
QueryIdentity
IdentifyQuery(std::string_view statement, bool keep_constants)
{
	constexpr size_t kMostTexts = 256, kLongest = 32 * 1024;
	using Known = std::map<std::string, QueryIdentity, std::less<>>;
	static Known *const known = std::make_unique<Known>().release();

	if (const auto found = known->find(statement); found != known->end())
		return found->second;

	const std::string text(statement);
	const QueryIdentity identity = Form(text, keep_constants).run();

	if (known->size() >= kMostTexts)
		known->clear();
	if (text.size() <= kLongest)
		known->emplace(text, identity);
	return identity;
}

const SettingSpan kQuerySettings = kSettings;

} /* namespace pg */

extern "C"
{
	void EnableQueryId(void)
	{
		if (compute_query_id != COMPUTE_QUERY_ID_OFF)
			query_id_enabled = true;
	}

	const char *CleanQuerytext(const char *query, int *location, int *len)
	{
		const char *begin = query + std::max(*location, 0);
		const char *end = *location >= 0 && *len > 0 ? begin + *len : begin + strlen(begin);

		while (begin < end && scanner_isspace(*begin))
			begin++;
		while (begin < end && scanner_isspace(end[-1]))
			end--;
		*location = static_cast<int>(begin - query);
		*len = static_cast<int>(end - begin);
		return begin;
	}
}
