/*
 * executor/command_tag.h
 *		Command tags as texts ("INSERT 0 3") and as QueryCompletion.
 *
 * Any process.
 */
#pragma once

#include <string>
#include <string_view>

#include "postgres.h"

#include "tcop/cmdtag.h"

namespace pg
{

/* CMDTAG_UNKNOWN for a text that is no tag. */
QueryCompletion CompletionOfTag(std::string_view tag);
std::string TagOfCompletion(const QueryCompletion &completion);

} /* namespace pg */
