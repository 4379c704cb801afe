/*
 * parser/tokens.cpp
 *		libpg_query's scanner, its tokens numbered as PostgreSQL numbers them.
 */
#include "parser/tokens.h"

#include <memory>

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

#include "parser/parse.h"
#include "utils/error/report.h"

namespace pg
{

namespace
{

constexpr bool
is_same(int ours, PgQuery__Token theirs)
{
	return ours == static_cast<int>(theirs);
}

static_assert(is_same(token::Ident, PG_QUERY__TOKEN__IDENT) &&
			  is_same(token::Integer, PG_QUERY__TOKEN__ICONST) &&
			  is_same(token::Typecast, PG_QUERY__TOKEN__TYPECAST) &&
			  is_same(token::FirstKeyword, PG_QUERY__TOKEN__SQL_COMMENT));

/* The library counts two kinds of comments before the keywords. */
constexpr int kCommentKinds = PG_QUERY__TOKEN__ABORT_P - PG_QUERY__TOKEN__SQL_COMMENT;

bool
is_comment(int kind)
{
	return kind >= token::FirstKeyword && kind < token::FirstKeyword + kCommentKinds;
}

struct Scanned
{
	PgQueryScanResult result;

	explicit Scanned(const char *text) : result(pg_query_scan(text)) {}
	Scanned(const Scanned &) = delete;
	Scanned &operator=(const Scanned &) = delete;
	~Scanned() { pg_query_free_scan_result(result); }
};

} /* namespace */

std::vector<SqlToken>
ScanTokens(const char *text)
{
	const Scanned scanned(text);

	if (const PgQueryError *error = scanned.result.error)
		RaiseParserError(error->message, error->cursorpos);

	const auto &packed = scanned.result.pbuf;
	const std::unique_ptr<PgQuery__ScanResult, void (*)(PgQuery__ScanResult *)> list(
		pg_query__scan_result__unpack(nullptr, packed.len,
									  reinterpret_cast<const uint8_t *>(packed.data)),
		[](PgQuery__ScanResult *result) { pg_query__scan_result__free_unpacked(result, nullptr); });
	std::vector<SqlToken> tokens;

	if (list == nullptr)
		Raise(Report(ERROR, ERRCODE_OUT_OF_MEMORY).msg("out of memory"));
	tokens.reserve(list->n_tokens);
	for (size_t i = 0; i < list->n_tokens; i++)
	{
		const PgQuery__ScanToken &found = *list->tokens[i];
		const int kind = found.token;

		if (!is_comment(kind))
			tokens.push_back({kind >= token::FirstKeyword ? kind - kCommentKinds : kind,
							  found.start, found.end,
							  found.keyword_kind == PG_QUERY__KEYWORD_KIND__RESERVED_KEYWORD});
	}
	return tokens;
}

std::string
StringOfToken(std::string_view written)
{
	if (written.front() == '$')
	{
		const size_t tag = written.find('$', 1) + 1;

		return std::string(written.substr(tag, written.size() - 2 * tag));
	}

	const std::string_view inner = written.substr(1, written.size() - 2);

	/* The rare ones are the parser's: escapes, and strings in several pieces. */
	if (written.front() == '\'' && inner.find('\'') == std::string_view::npos)
		return std::string(inner);

	const auto statements = ParseStatements("SELECT " + std::string(written));
	const PgQuery__Node *target = statements->front().node->select_stmt->target_list[0];

	return target->res_target->val->a_const->sval->sval;
}

} /* namespace pg */
