/*
 * catalog/row_sources.cpp
 *		The list of views that C++ computes.
 *
 * Any process; constants.
 */
#include <array>

#include "catalog/objects.h"
#include "catalog/rows.h"

namespace pg
{

std::span<const RowSource>
CatalogRowSources()
{
	static const std::array sources = {
		kActivitySource,		  kGetActivitySource, kSettingsSource,
		kFileSettingsSource,	  kWorkerRulesSource, kLocksSource,
		kCursorsSource,			  kTypeSource,		  kCastSource,
		kOperatorSource,		  kProcSource,		  kAvailableExtensionsSource,
		kAvailableVersionsSource, kWorkerSource,	  kWorkerHistorySource,
		kWaitEventSource,		  kSequenceSource,	  kPartitionAncestorsSource};

	return sources;
}

} /* namespace pg */
