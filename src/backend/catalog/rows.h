/*
 * catalog/rows.h
 *		The row sources of this folder, for the one list that row_sources.cpp makes of them.
 */
#pragma once

#include "engine/function.h"

namespace pg
{

extern const RowSource kActivitySource, kGetActivitySource;
extern const RowSource kSettingsSource, kFileSettingsSource, kWorkerRulesSource;
extern const RowSource kLocksSource, kCursorsSource, kSequenceSource;
extern const RowSource kWorkerSource, kWorkerHistorySource, kWaitEventSource;
extern const RowSource kTypeSource, kCastSource, kOperatorSource;
extern const RowSource kProcSource, kPartitionAncestorsSource;
extern const RowSource kAvailableExtensionsSource, kAvailableVersionsSource;

} /* namespace pg */
