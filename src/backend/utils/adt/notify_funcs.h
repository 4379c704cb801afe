/*
 * utils/adt/notify_funcs.h
 *		Functions of LISTEN and NOTIFY, for the registry.
 */
#pragma once

#include "utils/adt/registry.h"

namespace pg
{

extern const std::span<const FunctionDef> kNotifyFunctions;
extern const std::span<const RowSource> kNotifySources;

} /* namespace pg */
