/*
 * parser/scanner_c.cpp
 *		The list of keywords as C names it (parser/scanner.h). Empty: the functions that would read it are not there.
 */
#include "parser/scanner.h"

struct ScanKeywordList
{
};

const ScanKeywordList ScanKeywords = {};
const uint16 ScanKeywordTokens[] = {0};
