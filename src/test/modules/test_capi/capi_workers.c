/*
 * capi_workers.c
 *		Background workers: registration, start, end, signals, latches, interrupts.
 */
#include "capi.h"

void
capi_init_workers(void)
{
}
