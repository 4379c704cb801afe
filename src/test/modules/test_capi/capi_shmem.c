/*
 * capi_shmem.c
 *		Shared memory: dsm, shm_toc, shm_mq, dsa, condition variables, shared hash tables, spinlocks, atomics.
 */
#include "capi.h"

void
capi_init_shmem(void)
{
}
