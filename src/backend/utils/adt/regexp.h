/*
 * utils/adt/regexp.h
 *		Regular expressions: PostgreSQL's advanced ones, run by PCRE2.
 *
 * Any process.  Compiled patterns are kept, most recent first, for the life of the process.
 */
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pg
{

struct RegexpFlags
{
	bool ignore_case = false;
	bool global = false;
	bool newline_anchors = false; /* ^ and $ match at line ends, too */
	bool newline_stops = false;	  /* . and [^...] do not match a newline */
	bool expanded = false;
	bool literal = false;

	bool operator==(const RegexpFlags &) const = default;
};

/* The letters of a flags argument; raises 22023 for others. */
RegexpFlags ParseRegexpFlags(std::string_view letters);

/* The same for a function that takes no "g": 22023 names the function, with a hint if there is one. */
RegexpFlags FlagsWithoutGlobal(std::string_view letters, const char *function,
							   const char *hint = nullptr);

/* Byte range; start npos: took no part. */
struct RegexpSpan
{
	size_t start = std::string_view::npos;
	size_t end = 0;

	bool matched() const { return start != std::string_view::npos; }
};

/* A compiled pattern, borrowed from the cache until the next call of Compile. */
class Regexp
{
public:
	/* Raises 2201B "invalid regular expression: ...". */
	static const Regexp &Compile(std::string_view pattern, RegexpFlags flags);

	/* First match at or after byte `from`: the whole and then each group. False: none. */
	bool search(std::string_view text, size_t from, std::vector<RegexpSpan> *spans) const;
	bool matches(std::string_view text) const;
	int group_count() const { return groups_; }

private:
	friend class RegexpCache;
	void *code_ = nullptr;
	int groups_ = 0;
};

/* The matches one after the other, at most `most` of them (0: all); each as search() gives it. */
std::vector<std::vector<RegexpSpan>> AllMatches(std::string_view text, const Regexp &regexp,
												size_t most = 0);

/* PCRE2's form of an advanced regular expression (regexp_syntax.cpp). flags gets the embedded options. */
std::string TranslateRegexp(std::string_view pattern, RegexpFlags *flags);
[[noreturn]] void RaiseBadRegexp(const char *reason);

/* The regular expression of a SIMILAR TO pattern. */
std::string SimilarToRegexp(std::string_view pattern, std::string_view escape);

} /* namespace pg */
