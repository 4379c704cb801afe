/*
 * catalog/catalog_internals.h
 *		What the files of this folder share.
 */
#pragma once

#include "postgres.h"

namespace pg
{

/* Counts committed catalog changes of all databases; in shared memory. */
uint64 SharedCatalogGeneration();
void BumpSharedCatalogGeneration();

} /* namespace pg */
