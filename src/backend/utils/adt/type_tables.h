/*
 * utils/adt/type_tables.h
 *		The tables of types, operators and casts that registry.cpp searches.
 *
 * Constant data, any process.
 */
#pragma once

#include "utils/adt/registry.h"

namespace pg
{

extern const std::span<const TypeDef> kTypeTable;
extern const std::span<const OperatorDef> kOperatorTable;
extern const std::span<const CastDef> kCastTable;

} /* namespace pg */
