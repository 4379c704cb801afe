/*
 * parser/parse.h
 *		What parsing offers beside ParseStatements: tags, inner statements, positions.
 */
#pragma once

#include <string_view>

#include "parser/plan.h"

namespace pg
{

/* Command tag of any statement node, without counts: "CREATE TABLE". "???" for none. */
const char *CommandTag(const PgQuery__Node *node);

/* `node` inside outer's tree (EXPLAIN, PREPARE, CREATE TABLE AS) as a statement of the same source. */
RawStatement InnerStatement(const RawStatement &outer, const PgQuery__Node *node);

/* Report::at position, in characters from 1, of a byte offset; 0 when the offset is negative. */
int CharacterPosition(std::string_view source, int byte_offset);

/* ERROR of a text that is no SQL, in libpg_query's words; position: in characters from 1. */
[[noreturn]] void RaiseParserError(const char *message, int position);

} /* namespace pg */
