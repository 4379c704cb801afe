/*
 * dsa.h
 *		Dynamic shared areas: allocation in shared memory that grows by segments of storage/dsm.h.
 *
 * Memory is named by dsa_pointer, which means the same in every process that is attached; dsa_get_address gives its
 * address here, which is the same everywhere, too, but can be used only where the segment is mapped: ask in each
 * process. An area lives while somebody is attached to it, or while it is pinned; a crash of the server takes it.
 * Processes may allocate and free at the same time. Backends and workers with shared memory. Source: PostgreSQL 15 to 18,
 * behaviour of utils/mmgr/dsa.
 */
#ifndef DSA_H
#define DSA_H

#include "postgres.h"

#include "port/atomics.h"
#include "storage/dsm.h"

PG_BEGIN_EXTERN_C

/* A process's handle of an area, in CurrentMemoryContext at creation or attachment. */
typedef struct dsa_area dsa_area;

#define SIZEOF_DSA_POINTER 8
typedef uint64 dsa_pointer;
typedef pg_atomic_uint64 dsa_pointer_atomic;
#define dsa_pointer_atomic_init pg_atomic_init_u64
#define dsa_pointer_atomic_read pg_atomic_read_u64
#define dsa_pointer_atomic_write pg_atomic_write_u64
#define dsa_pointer_atomic_fetch_add pg_atomic_fetch_add_u64
#define dsa_pointer_atomic_compare_exchange pg_atomic_compare_exchange_u64
#define DSA_POINTER_FORMAT "%016" INT64_MODIFIER "x"

#define InvalidDsaPointer ((dsa_pointer) 0)
#define DsaPointerIsValid(x) ((x) != InvalidDsaPointer)

/* Flags of dsa_allocate_extended. */
#define DSA_ALLOC_HUGE 0x01	  /* more than MaxAllocSize is allowed */
#define DSA_ALLOC_NO_OOM 0x02 /* InvalidDsaPointer instead of ERROR when there is no memory */
#define DSA_ALLOC_ZERO 0x04

/* Sizes of the segments that an area takes, in bytes. */
#define DSA_OFFSET_WIDTH 40
#define DSA_DEFAULT_INIT_SEGMENT_SIZE ((size_t) (1 * 1024 * 1024))
#define DSA_MIN_SEGMENT_SIZE ((size_t) (256 * 1024))
#define DSA_MAX_SEGMENT_SIZE ((size_t) 1 << DSA_OFFSET_WIDTH)

/* Names an area to other processes. */
typedef dsm_handle dsa_handle;
#define DSA_HANDLE_INVALID ((dsa_handle) DSM_HANDLE_INVALID)

/* A new area, attached. tranche_id is that of its locks. The first segment has init_segment_size bytes, the others
 * grow up to max_segment_size. Mappings belong to CurrentResourceOwner until dsa_pin_mapping. Errors as dsm_create. */
extern dsa_area *dsa_create_ext(int tranche_id, size_t init_segment_size, size_t max_segment_size);
#define dsa_create(tranche_id) \
	dsa_create_ext(tranche_id, DSA_DEFAULT_INIT_SEGMENT_SIZE, DSA_MAX_SEGMENT_SIZE)
/* The same in shared memory of the caller's, of at least dsa_minimum_size bytes. When that lies in a segment, and
 * segment is given, detaching from it releases the area; otherwise use one of the release functions. */
extern dsa_area *dsa_create_in_place_ext(void *place, size_t size, int tranche_id,
										 dsm_segment *segment, size_t init_segment_size,
										 size_t max_segment_size);
#define dsa_create_in_place(place, size, tranche_id, segment)                                \
	dsa_create_in_place_ext(place, size, tranche_id, segment, DSA_DEFAULT_INIT_SEGMENT_SIZE, \
							DSA_MAX_SEGMENT_SIZE)
/* ERROR 55000 when the area is gone. */
extern dsa_area *dsa_attach(dsa_handle handle);
extern dsa_area *dsa_attach_in_place(void *place, dsm_segment *segment);
extern size_t dsa_minimum_size(void);

/* Counts one user less of an area in place; the last one frees its segments. The others are callbacks that do so. */
extern void dsa_release_in_place(void *place);
extern void dsa_on_dsm_detach_release_in_place(dsm_segment *segment, Datum place);
extern void dsa_on_shmem_exit_release_in_place(int code, Datum place);

/* Keeps the mappings, also future ones, until dsa_detach. */
extern void dsa_pin_mapping(dsa_area *area);
extern void dsa_detach(dsa_area *area);
/* Keeps the area while nobody is attached. ERROR XX000 when it is pinned already, or not pinned. */
extern void dsa_pin(dsa_area *area);
extern void dsa_unpin(dsa_area *area);
/* Of areas made by dsa_create. */
extern dsa_handle dsa_get_handle(dsa_area *area);

/* Bytes that the area's segments may have together, and have. */
extern void dsa_set_size_limit(dsa_area *area, size_t limit);
extern size_t dsa_get_total_size(dsa_area *area);

/* size bytes, aligned to 8. ERROR 53200 "out of memory", XX000 for too large a size. */
extern dsa_pointer dsa_allocate_extended(dsa_area *area, size_t size, int flags);
#define dsa_allocate(area, size) dsa_allocate_extended(area, size, 0)
#define dsa_allocate0(area, size) dsa_allocate_extended(area, size, DSA_ALLOC_ZERO)
/* Any process's. ERROR XX000 for what is no allocation. */
extern void dsa_free(dsa_area *area, dsa_pointer dp);
/* NULL for InvalidDsaPointer. */
extern void *dsa_get_address(dsa_area *area, dsa_pointer dp);
/* Gives back what is kept for the next allocations. */
extern void dsa_trim(dsa_area *area);
/* Writes to stderr what the area consists of. */
extern void dsa_dump(dsa_area *area);

PG_END_EXTERN_C

#endif /* DSA_H */
