/*
 * utils/adt/adt_errors.cpp
 *		Errors that many types raise in the same words.
 *
 * Any process.
 */
#include "utils/adt/adt_internals.h"

namespace pg
{

void
RaiseBadInput(const char *type, std::string_view text)
{
	Raise(Report(ERROR, ERRCODE_INVALID_TEXT_REPRESENTATION)
			  .msg("invalid input syntax for type %s: \"%.*s\"", type,
				   static_cast<int>(text.size()), text.data()));
}

void
RaiseInputRange(const char *type, std::string_view text)
{
	Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
			  .msg("value \"%.*s\" is out of range for type %s", static_cast<int>(text.size()),
				   text.data(), type));
}

void
RaiseOutOfRange(const char *type)
{
	Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE).msg("%s out of range", type));
}

void
RaiseDivisionByZero()
{
	Raise(Report(ERROR, ERRCODE_DIVISION_BY_ZERO).msg("division by zero"));
}

} /* namespace pg */
