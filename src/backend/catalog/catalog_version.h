/*
 * catalog/catalog_version.h
 *		The version of what initdb writes into the databases.
 */
#pragma once

#include <cstdint>

namespace pg
{

/* Year, month, day and a digit. Raise it with every change of the stored catalogs: older data directories are refused. */
inline constexpr uint32_t kCatalogVersion = 202611282;

} /* namespace pg */
