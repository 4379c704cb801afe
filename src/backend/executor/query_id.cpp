/*
 * executor/query_id.cpp
 *		Makes query identifiers, and the setting that asks for them.
 *
 * Backends and workers.
 */
#include "executor/query_id.h"

#include <cctype>
#include <cstdlib>
#include <string>
#include <strings.h>

#include "common/hashfn.h"

int compute_query_id = COMPUTE_QUERY_ID_AUTO;
bool query_id_enabled = false;

namespace pg
{
namespace
{

bool
starts_name(unsigned char c)
{
	return isalpha(c) || c == '_' || c >= 0x80;
}

bool
continues_name(unsigned char c)
{
	return starts_name(c) || isdigit(c) || c == '$';
}

/* One pass over a statement, which has been parsed already: whatever it is, it ends. */
class Words
{
public:
	Words(std::string_view text, bool keep_constants) : text_(text), keep_constants_(keep_constants)
	{
	}

	QueryIdentity run()
	{
		while (at_ < text_.size())
			step();
		identity_.id = hash_bytes_extended(reinterpret_cast<const unsigned char *>(form_.data()),
										   static_cast<int>(form_.size()), 0);
		/* 0 is none. */
		if (identity_.id == 0)
			identity_.id = keep_constants_ ? 2 : 1;
		return std::move(identity_);
	}

private:
	unsigned char peek(size_t ahead = 0) const
	{
		return at_ + ahead < text_.size() ? static_cast<unsigned char>(text_[at_ + ahead]) : '\0';
	}

	void step()
	{
		const unsigned char c = peek();

		if (isspace(c))
			at_++;
		else if (c == '-' && peek(1) == '-')
			at_ = end_of(text_.find('\n', at_));
		else if (c == '/' && peek(1) == '*')
			skip_comment();
		else if (c == '\'')
			constant(end_of_quoted(at_, '\'', false));
		else if ((c == 'e' || c == 'E' || c == 'b' || c == 'B' || c == 'x' || c == 'X' ||
				  c == 'n' || c == 'N') &&
				 peek(1) == '\'')
			constant(end_of_quoted(at_ + 1, '\'', c == 'e' || c == 'E'));
		else if (c == '"')
			word(end_of_quoted(at_, '"', false), false);
		else if (c == '$' && isdigit(peek(1)))
			parameter();
		else if (c == '$' && (peek(1) == '$' || starts_name(peek(1))))
			dollar_string();
		else if (isdigit(c) || (c == '.' && isdigit(peek(1))))
			constant(end_of_number());
		else if (starts_name(c))
			name();
		else
			word(at_ + 1, false);
	}

	size_t end_of(size_t found) const
	{
		return found == std::string_view::npos ? text_.size() : found;
	}

	void skip_comment()
	{
		int depth = 1;

		for (at_ += 2; at_ < text_.size() && depth > 0; at_++)
			if (peek() == '/' && peek(1) == '*')
				depth++, at_++;
			else if (peek() == '*' && peek(1) == '/')
				depth--, at_++;
	}

	/* Behind the closing quote; a doubled one is part of the text. */
	size_t end_of_quoted(size_t at, char quote, bool escapes) const
	{
		for (at++; at < text_.size(); at++)
		{
			if (escapes && text_[at] == '\\')
				at++;
			else if (text_[at] == quote && at + 1 < text_.size() && text_[at + 1] == quote)
				at++;
			else if (text_[at] == quote)
				return at + 1;
		}
		return text_.size();
	}

	size_t end_of_name(size_t at) const
	{
		while (at < text_.size() && continues_name(static_cast<unsigned char>(text_[at])))
			at++;
		return at;
	}

	size_t end_of_number() const
	{
		size_t at = at_;

		while (at < text_.size())
		{
			const auto c = static_cast<unsigned char>(text_[at]);
			const bool sign =
				(c == '+' || c == '-') && (text_[at - 1] == 'e' || text_[at - 1] == 'E');

			/* "1..2" is a range of PL/pgSQL, no number. */
			if (!isalnum(c) && c != '.' && c != '_' && !sign)
				break;
			at++;
		}
		return at;
	}

	void dollar_string()
	{
		const size_t tag_end = text_.find('$', at_ + 1);

		if (tag_end == std::string_view::npos)
			return word(at_ + 1, false);

		const std::string_view tag = text_.substr(at_, tag_end + 1 - at_);
		const size_t close = text_.find(tag, tag_end + 1);

		constant(close == std::string_view::npos ? text_.size() : close + tag.size());
	}

	void parameter()
	{
		const int number = atoi(std::string(text_.substr(at_ + 1, 9)).c_str());

		if (number > identity_.highest_parameter)
			identity_.highest_parameter = number;
		word(end_of_name(at_ + 1), false);
	}

	/* TRUE, FALSE and NULL are constants, but not behind IS. */
	void name()
	{
		const size_t end = end_of_name(at_);
		const std::string_view text = text_.substr(at_, end - at_);
		const bool is_constant = same(text, "true") || same(text, "false") || same(text, "null");

		if (is_constant && !form_.ends_with("is ") && !form_.ends_with("is not "))
			constant(end);
		else
			word(end, true);
	}

	static bool same(std::string_view text, std::string_view lower)
	{
		return text.size() == lower.size() &&
			   strncasecmp(text.data(), lower.data(), lower.size()) == 0;
	}

	void constant(size_t end)
	{
		if (keep_constants_)
			return word(end, false);
		identity_.constants.push_back({static_cast<int>(at_), -1});
		form_ += "\1 ";
		at_ = end;
	}

	void word(size_t end, bool fold)
	{
		for (; at_ < end && at_ < text_.size(); at_++)
			form_ += fold ? static_cast<char>(tolower(static_cast<unsigned char>(text_[at_])))
						  : text_[at_];
		form_ += ' ';
		at_ = end;
	}

	std::string_view text_;
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

QueryIdentity
IdentifyQuery(std::string_view statement, bool keep_constants)
{
	return Words(statement, keep_constants).run();
}

const SettingSpan kQuerySettings = kSettings;

} /* namespace pg */

extern "C" void
EnableQueryId(void)
{
	if (compute_query_id != COMPUTE_QUERY_ID_OFF)
		query_id_enabled = true;
}
