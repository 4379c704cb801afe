/*
 * utils/adt/datum.h
 *		Engine values to C datums and back, for SPI and modules.
 *
 * Processes that run modules.  C forms are PostgreSQL's.  numeric, whose inside no module may know, is
 * a varlena with its text.
 */
#pragma once

#include <string>

#include "engine/value.h"

namespace pg
{

/* True for types whose C form is PostgreSQL's, so that any module may be handed a value of it. */
bool HasCForm(Oid type);

/* value is not null. What is not passed by value is palloc'ed in CurrentMemoryContext. */
Datum ValueToDatum(Oid type, const Value &value);

/* The result's bytes lie in the datum or in *scratch, and live as long as both. */
Value DatumToValue(Oid type, Datum datum, std::string *scratch);

/* A varlena with these bytes, palloc'ed. */
Datum MakeVarlena(std::string_view bytes);

} /* namespace pg */
