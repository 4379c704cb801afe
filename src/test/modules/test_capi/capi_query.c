/*
 * capi_query.c
 *		Hooks, portals, parse trees, executor, transactions, SPI.
 */
#include "capi.h"

void
capi_init_query(void)
{
}
