/*
 * capi_values.c
 *		Values: arrays, numeric, jsonb, text, times, and calls through fmgr.
 */
#include "capi.h"

CAPI_TEST(test_values_loaded)
{
	CHECK(true);
}
