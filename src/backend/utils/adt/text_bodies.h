/*
 * utils/adt/text_bodies.h
 *		Text functions whose rows are in text.cpp and whose bodies are elsewhere; quoting for all.
 *
 * Any process.
 */
#pragma once

#include <string>
#include <string_view>

#include "engine/function.h"

namespace pg
{

/* quote.cpp */
void text_concat(FunctionCall &call);
void text_concat_ws(FunctionCall &call);
void text_format(FunctionCall &call);
void quote_ident(FunctionCall &call);
void quote_literal(FunctionCall &call);
void quote_nullable(FunctionCall &call);

/* Appends name, in double quotes where SQL needs them. */
void AppendIdentifier(std::string_view name, std::string *out);
std::string IdentifierText(std::string_view name);
/* In double quotes, always. */
void AppendQuotedIdentifier(std::string_view name, std::string *out);
/* Appends text in single quotes; with a backslash inside, as E'...'. */
void AppendLiteral(std::string_view text, std::string *out);

} /* namespace pg */
