/*
 * parse.cpp
 *		Text to raw statements through libpg_query, remembered by text.
 *
 * Backends and workers.  Needs no catalog and no transaction.  Never keeps more than kMaxTexts trees
 * alive by itself: who runs a statement shares ownership through RawStatement::keep.
 */
#include "parser/parse.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <list>
#include <unordered_map>

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

#include "utils/error/report.h"

namespace pg
{

namespace
{

constexpr size_t kMaxTexts = 128;
constexpr size_t kMaxRememberedLength = 32 * 1024;

using Statements = std::shared_ptr<const std::vector<RawStatement>>;

/* Memory of one unpacked tree: given out in pieces, freed as a whole. */
class TreeMemory
{
public:
	TreeMemory() = default;
	TreeMemory(const TreeMemory &) = delete;
	TreeMemory &operator=(const TreeMemory &) = delete;
	~TreeMemory()
	{
		for (void *block : blocks_)
			std::free(block);
	}

	void *allocate(size_t size)
	{
		size = (size + 15) & ~size_t{15};
		if (size > left_)
		{
			const size_t block_size = std::max(size, kBlock);
			void *block = std::malloc(block_size);

			if (block == nullptr)
				return nullptr;
			blocks_.push_back(block);
			next_ = static_cast<char *>(block);
			left_ = block_size;
		}
		void *result = next_;

		next_ += size;
		left_ -= size;
		return result;
	}

private:
	static constexpr size_t kBlock = 8 * 1024;

	std::vector<void *> blocks_;
	char *next_ = nullptr;
	size_t left_ = 0;
};

/* A source text with its tree. */
struct ParsedText
{
	std::string source;
	TreeMemory memory;
	PgQuery__ParseResult *tree = nullptr;
};

void *
tree_allocate(void *data, size_t size)
{
	return static_cast<TreeMemory *>(data)->allocate(size);
}

void
tree_free(void *, void *)
{
}

int
sqlstate_of_message(std::string_view message)
{
	if (message.starts_with("LIMIT #,#"))
		return ERRCODE_SYNTAX_ERROR;
	if (message.ends_with("not implemented") || message.ends_with("not supported") ||
		message.ends_with("not yet supported"))
		return ERRCODE_FEATURE_NOT_SUPPORTED;
	if (message.starts_with("invalid byte sequence"))
		return ERRCODE_CHARACTER_NOT_IN_REPERTOIRE;
	if (message.starts_with("precision for type"))
		return ERRCODE_INVALID_PARAMETER_VALUE;
	if (message.starts_with("nonstandard use of"))
		return ERRCODE_NONSTANDARD_USE_OF_ESCAPE_CHARACTER;
	return ERRCODE_SYNTAX_ERROR;
}

/* libpg_query keeps no hints: those of the grammar, by message. */
const char *
hint_of_message(std::string_view message)
{
	if (message == "subquery in FROM must have an alias")
		return "For example, FROM (SELECT ...) [AS] foo.";
	if (message == "VALUES in FROM must have an alias")
		return "For example, FROM (VALUES ...) [AS] foo.";
	if (message.starts_with("LIMIT #,#"))
		return "Use separate LIMIT and OFFSET clauses.";
	return nullptr;
}

/* Owns what libpg_query returned. */
struct Parsed
{
	PgQueryProtobufParseResult result;

	explicit Parsed(const char *text) : result(pg_query_parse_protobuf(text)) {}
	Parsed(const Parsed &) = delete;
	Parsed &operator=(const Parsed &) = delete;
	~Parsed() { pg_query_free_protobuf_parse_result(result); }
};

bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

/* Where the statement's first token starts: past blanks and comments. */
size_t
skip_blanks(std::string_view text, size_t at)
{
	while (at < text.size())
	{
		if (is_space(text[at]) || text[at] == ';')
			at++;
		else if (text.substr(at, 2) == "--")
			at = std::min(text.find('\n', at), text.size());
		else if (text.substr(at, 2) == "/*")
		{
			int depth = 1;

			for (at += 2; at < text.size() && depth > 0; at++)
			{
				if (text.substr(at, 2) == "/*")
					depth++, at++;
				else if (text.substr(at, 2) == "*/")
					depth--, at++;
			}
		}
		else
			break;
	}
	return at;
}

RawStatement
raw_statement(const std::shared_ptr<ParsedText> &parsed, const PgQuery__RawStmt &stmt)
{
	const std::string_view source = parsed->source;
	const size_t begin = skip_blanks(source, static_cast<size_t>(std::max(stmt.stmt_location, 0)));
	size_t end = stmt.stmt_len > 0
					 ? static_cast<size_t>(stmt.stmt_location) + static_cast<size_t>(stmt.stmt_len)
					 : source.size();

	while (end > begin && is_space(source[end - 1]))
		end--;
	RawStatement raw;

	raw.keep = parsed;
	raw.node = stmt.stmt;
	raw.text = source.substr(begin, end > begin ? end - begin : 0);
	raw.text_offset = static_cast<int>(begin);
	raw.tag = CommandTag(stmt.stmt);
	return raw;
}

Statements
parse(std::string_view text)
{
	auto parsed = std::make_shared<ParsedText>();

	parsed->source = text;
	Parsed packed(parsed->source.c_str());

	if (const PgQueryError *error = packed.result.error)
		RaiseParserError(error->message, error->cursorpos);

	ProtobufCAllocator allocator{tree_allocate, tree_free, &parsed->memory};

	parsed->tree =
		pg_query__parse_result__unpack(&allocator, packed.result.parse_tree.len,
									   reinterpret_cast<uint8_t *>(packed.result.parse_tree.data));
	if (parsed->tree == nullptr)
		Raise(Report(ERROR, ERRCODE_OUT_OF_MEMORY).msg("out of memory"));

	auto statements = std::make_shared<std::vector<RawStatement>>();

	statements->reserve(parsed->tree->n_stmts);
	for (size_t i = 0; i < parsed->tree->n_stmts; i++)
		statements->push_back(raw_statement(parsed, *parsed->tree->stmts[i]));
	return statements;
}

/* The texts parsed last. One per process. */
class TextCache
{
public:
	Statements find(std::string_view text)
	{
		const auto found = by_text_.find(text);

		if (found == by_text_.end())
			return nullptr;
		recent_.splice(recent_.begin(), recent_, found->second);
		return found->second->statements;
	}

	void add(std::string_view text, const Statements &statements)
	{
		if (text.size() > kMaxRememberedLength)
			return;
		if (recent_.size() >= kMaxTexts)
		{
			by_text_.erase(recent_.back().text);
			recent_.pop_back();
		}
		recent_.push_front(Entry{std::string(text), statements});
		by_text_.emplace(recent_.front().text, recent_.begin());
	}

private:
	struct Entry
	{
		std::string text;
		Statements statements;
	};

	std::list<Entry> recent_;
	std::unordered_map<std::string_view, std::list<Entry>::iterator> by_text_;
};

} /* namespace */

std::shared_ptr<const std::vector<RawStatement>>
ParseStatements(std::string_view text)
{
	static TextCache cache;

	if (Statements known = cache.find(text))
		return known;
	Statements statements = parse(text);

	cache.add(text, statements);
	return statements;
}

void
RaiseParserError(const char *message, int position)
{
	Report report(ERROR, sqlstate_of_message(message));

	report.msg("%s", message).at(position);
	if (const char *hint = hint_of_message(message))
		report.hint("%s", hint);
	Raise(report);
}

RawStatement
InnerStatement(const RawStatement &outer, const PgQuery__Node *node)
{
	RawStatement inner = outer;

	inner.node = node;
	inner.tag = CommandTag(node);
	return inner;
}

int
CharacterPosition(std::string_view source, int byte_offset)
{
	if (byte_offset < 0)
		return 0;
	int position = 1;
	const size_t end = std::min(source.size(), static_cast<size_t>(byte_offset));

	for (size_t i = 0; i < end; i++)
		position += (source[i] & 0xC0) != 0x80;
	return position;
}

} /* namespace pg */
