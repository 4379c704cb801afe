/*
 * dsm.h
 *		Dynamic shared memory: segments that processes make, pass to each other by handle, and give back.
 *
 * A segment is mapped at the same address in every process, so pointers into it may lie in it, and in other shared
 * memory. It lives while a process is attached to it, or while it is pinned; a crash of the server takes all of
 * them. Backends and workers with shared memory; the postmaster and processes without shared memory get ERROR
 * 55000. Source: PostgreSQL 15, behaviour of storage/ipc/dsm.
 */
#ifndef DSM_H
#define DSM_H

#include "postgres.h"

#include "storage/dsm_impl.h"

PG_BEGIN_EXTERN_C

/* One process's mapping of one segment. */
typedef struct dsm_segment dsm_segment;

/* For dsm_create: NULL instead of ERROR 53000 when there are as many segments as there can be. */
#define DSM_CREATE_NULL_IF_MAXSEGMENTS 0x0001

/* A new segment of size bytes (0 is taken as 1), zeroed, with its memory allotted, mapped here. ERROR 53000 "too many
 * dynamic shared memory segments", 53100 or 53200 when memory is short. The mapping belongs to CurrentResourceOwner,
 * if there is one, and ends with it. */
extern dsm_segment *dsm_create(Size size, int flags);
/* Sources of PostgreSQL 9.4 give no flags. */
#define PG_DSM_CREATE(size, flags, ...) (dsm_create)(size, flags)
#define dsm_create(...) PG_DSM_CREATE(__VA_ARGS__, 0, 0)
/* Maps a segment that another process made; NULL when it is gone. ERROR XX000 when it is mapped here already. Owner
 * as for dsm_create. */
extern dsm_segment *dsm_attach(dsm_handle h);
/* Runs the mapping's callbacks, last registered first, and unmaps; the last one out frees an unpinned segment. */
extern void dsm_detach(dsm_segment *seg);

/* Mapping: keeps it until dsm_detach or the end of the process; and hands it to CurrentResourceOwner again. */
extern void dsm_pin_mapping(dsm_segment *seg);
extern void dsm_unpin_mapping(dsm_segment *seg);
/* Segment: keeps it, mapped or not, until dsm_unpin_segment (any process) or the server's end. ERROR XX000 when it is
 * pinned already, or not pinned. */
extern void dsm_pin_segment(dsm_segment *seg);
extern void dsm_unpin_segment(dsm_handle handle);
/* This process's mapping of a segment, or NULL. */
extern dsm_segment *dsm_find_mapping(dsm_handle handle);

extern void *dsm_segment_address(dsm_segment *seg);
/* Bytes, as dsm_create was asked for. */
extern Size dsm_segment_map_length(dsm_segment *seg);
extern dsm_handle dsm_segment_handle(dsm_segment *seg);

/* Called once while the segment is still mapped: by dsm_detach, by the owner's end, at the end of the process. Must not
 * raise. cancel takes back the latest registration with these arguments. */
typedef void (*on_dsm_detach_callback)(dsm_segment *seg, Datum arg);
extern void on_dsm_detach(dsm_segment *seg, on_dsm_detach_callback function, Datum arg);
extern void cancel_on_dsm_detach(dsm_segment *seg, on_dsm_detach_callback function, Datum arg);
/* In a child just forked: forgets all callbacks, and that the mappings count. */
extern void reset_on_dsm_detach(void);

/* Detaches from everything; at the end of a process the server calls it, after the before_shmem_exit callbacks. */
extern void dsm_backend_shutdown(void);
extern void dsm_detach_all(void);

PG_END_EXTERN_C

#endif /* DSM_H */
