/*
 * utils/adt/name_lists.cpp
 *		Identifiers and lists in texts, for C (utils/varlena.h, parser/scansup.h, commands/defrem.h).
 *
 * Any process.  The lists are taken apart in place: their words are parts of the caller's text.
 */
#include "postgres.h"

#include "commands/defrem.h"
#include "parser/scansup.h"
#include "port.h"
#include "utils/adt/regtypes.h"
#include "utils/adt/utf8.h"
#include "utils/builtins.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/regproc.h"
#include "utils/varlena.h"

namespace pg
{
namespace
{

/* What becomes of words without quotes, and of each finished word. */
enum class Words : uint8_t
{
	Identifiers, /* lower case, cut to the length of a name */
	Settings,	 /* as they are */
	Directories, /* as they are, blanks within included; canonical copies */
};

char
lower_ascii(char c)
{
	return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

void
cut_identifier(char *word, size_t length, bool warn)
{
	if (length < NAMEDATALEN)
		return;

	const std::string whole(word, length);
	const size_t kept = ClipText({word, length}, NAMEDATALEN - 1).size();

	word[kept] = '\0';
	if (warn)
		Report(NOTICE, ERRCODE_NAME_TOO_LONG)
			.msg("identifier \"%s\" will be truncated to \"%s\"", whole.c_str(), word)
			.emit();
}

/* One pass over a list. The text is overwritten as words are finished, never ahead of what was read. */
class ListReader
{
public:
	ListReader(char *text, char separator, Words words)
		: next_(text), separator_(separator), words_(words)
	{
	}

	/* False for bad syntax. */
	bool read(List **list)
	{
		*list = NIL;
		skip_blanks();
		if (*next_ == '\0')
			return true;
		for (;;)
		{
			char *word;
			char *end;

			if (!(*next_ == '"' ? quoted(&word, &end) : plain(&word, &end)))
				return false;
			skip_blanks();

			const char after = *next_;

			if (after != '\0' && after != separator_)
				return false;
			*end = '\0';
			*list = lappend(*list, finished(word, end));
			if (after == '\0')
				return true;
			next_++;
			skip_blanks();
		}
	}

private:
	void skip_blanks()
	{
		while (scanner_isspace(*next_))
			next_++;
	}

	/* Doubled quotes become one. */
	bool quoted(char **word, char **end)
	{
		char *to = *word = ++next_;

		for (;; next_++)
		{
			if (*next_ == '\0')
				return false;
			if (*next_ == '"' && *++next_ != '"')
				break;
			*to++ = *next_;
		}
		*end = to;
		return true;
	}

	bool plain(char **word, char **end)
	{
		*word = next_;
		while (*next_ != '\0' && *next_ != separator_ &&
			   (words_ == Words::Directories || !scanner_isspace(*next_)))
		{
			if (words_ == Words::Identifiers)
				*next_ = lower_ascii(*next_);
			next_++;
		}
		*end = next_;
		while (words_ == Words::Directories && *end > *word && scanner_isspace((*end)[-1]))
			(*end)--;
		return *end > *word;
	}

	char *finished(char *word, char *end)
	{
		if (words_ == Words::Identifiers)
			cut_identifier(word, static_cast<size_t>(end - word), false);
		if (words_ != Words::Directories)
			return word;

		const size_t length = static_cast<size_t>(end - word);

		if (length >= MAXPGPATH)
			word[MAXPGPATH - 1] = '\0';

		char *copy = pstrdup(word);

		canonicalize_path(copy);
		return copy;
	}

	char *next_;
	const char separator_;
	const Words words_;
};

bool
split_names(char *text, char separator, Words words, List **list)
{
	return FromC([&] { return ListReader(text, separator, words).read(list); });
}

/* "one_two_label"; the longer of the first two gives way until a name holds it all. */
std::string
object_name(const char *one, const char *two, const char *label)
{
	std::string_view first(one);
	std::string_view second(two == nullptr ? "" : two);
	const size_t fixed = (two == nullptr ? 0 : 1) + (label == nullptr ? 0 : strlen(label) + 1);
	const size_t room = NAMEDATALEN - 1 - fixed;

	while (first.size() + second.size() > room)
	{
		std::string_view &longer = first.size() > second.size() ? first : second;

		longer = ClipText(longer, longer.size() - 1);
	}

	std::string name(first);

	if (two != nullptr)
		name.append("_").append(second);
	if (label != nullptr)
		name.append("_").append(label);
	return name;
}

} /* namespace */
} /* namespace pg */

using pg::FromC;

bool
SplitIdentifierString(char *rawstring, char separator, List **namelist)
{
	return pg::split_names(rawstring, separator, pg::Words::Identifiers, namelist);
}

bool
SplitDirectoriesString(char *rawstring, char separator, List **namelist)
{
	return pg::split_names(rawstring, separator, pg::Words::Directories, namelist);
}

bool
SplitGUCList(char *rawstring, char separator, List **namelist)
{
	return pg::split_names(rawstring, separator, pg::Words::Settings, namelist);
}

List *
textToQualifiedNameList(text *textval)
{
	return FromC([&] { return stringToQualifiedNameList(text_to_cstring(textval)); });
}

int
varstr_cmp(const char *arg1, int len1, const char *arg2, int len2, Oid)
{
	const std::string_view left(arg1, static_cast<size_t>(len1));

	return left.compare({arg2, static_cast<size_t>(len2)});
}

char *
downcase_truncate_identifier(const char *ident, int len, bool warn)
{
	return downcase_identifier(ident, len, warn, true);
}

char *
downcase_identifier(const char *ident, int len, bool warn, bool truncate)
{
	return FromC(
		[&]
		{
			char *word = pnstrdup(ident, static_cast<Size>(len));

			for (char *c = word; *c != '\0'; c++)
				*c = pg::lower_ascii(*c);
			if (truncate)
				pg::cut_identifier(word, strlen(word), warn);
			return word;
		});
}

void
truncate_identifier(char *ident, int len, bool warn)
{
	FromC([&] { pg::cut_identifier(ident, static_cast<size_t>(len), warn); });
}

bool
scanner_isspace(char ch)
{
	return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r' || ch == '\f';
}

char *
makeObjectName(const char *name1, const char *name2, const char *label)
{
	return FromC([&] { return pstrdup(pg::object_name(name1, name2, label).c_str()); });
}
