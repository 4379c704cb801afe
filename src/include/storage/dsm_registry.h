/*
 * dsm_registry.h
 *		Segments of dynamic shared memory by name: shared memory for modules that were not preloaded.
 *
 * As in PostgreSQL 17 and 18. Backends and workers with shared memory.
 */
#ifndef DSM_REGISTRY_H
#define DSM_REGISTRY_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

/* Address of the segment of this name (at most 63 bytes), here and everywhere. The first caller makes it with size
 * bytes, zeroed, and init_callback (may be NULL) fills it before anybody else sees it; *found tells the others. It stays
 * until the server's end. ERROR XX000 when it exists with another size; errors as dsm_create. When init_callback raises,
 * the segment is gone again. Initialise locks in it there (LWLockNewTrancheId, kept in the segment). */
extern void *GetNamedDSMSegment(const char *name, size_t size, void (*init_callback)(void *ptr),
								bool *found);

PG_END_EXTERN_C

#endif /* DSM_REGISTRY_H */
