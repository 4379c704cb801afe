/*
 * visibilitymapdefs.h
 *		Bits of the visibility map.
 */
#ifndef VISIBILITYMAPDEFS_H
#define VISIBILITYMAPDEFS_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

#define BITS_PER_HEAPBLOCK 2
#define VISIBILITYMAP_ALL_VISIBLE 0x01
#define VISIBILITYMAP_ALL_FROZEN 0x02
#define VISIBILITYMAP_VALID_BITS 0x03

PG_END_EXTERN_C

#endif /* VISIBILITYMAPDEFS_H */
