/*
 * capi_functions.c
 *		Functions: tuples, descriptors, slots, tuplestores, sets, triggers.
 */
#include "capi.h"

CAPI_TEST(test_functions_loaded)
{
	CHECK(true);
}
