/*
 * capi_catalog.c
 *		Catalogs: system caches, scans, names, privileges, locks, settings, other sessions.
 */
#include "capi.h"

CAPI_TEST(test_catalog_loaded)
{
	CHECK(true);
}
