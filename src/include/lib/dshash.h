/*
 * dshash.h
 *		Hash tables in dynamic shared areas (utils/dsa.h): several processes change them at once.
 *
 * The table locks for its callers: an entry that find or find_or_insert returns is locked, with its whole partition, until
 * dshash_release_lock or a deletion. Hold at most one entry, and no longer than need be. All processes give the
 * same parameters. An entry is entry_size bytes that begin with its key. Source: PostgreSQL 15 to 18, behaviour of
 * lib/dshash.
 */
#ifndef DSHASH_H
#define DSHASH_H

#include "postgres.h"

#include "utils/dsa.h"

PG_BEGIN_EXTERN_C

/* A process's handle, in CurrentMemoryContext; and the table's name for others. */
typedef struct dshash_table dshash_table;
typedef dsa_pointer dshash_table_handle;
#define DSHASH_HANDLE_INVALID ((dshash_table_handle) InvalidDsaPointer)

typedef uint32 dshash_hash;
typedef int (*dshash_compare_function)(const void *a, const void *b, size_t size, void *arg);
typedef dshash_hash (*dshash_hash_function)(const void *v, size_t size, void *arg);
typedef void (*dshash_copy_function)(void *dest, const void *src, size_t size, void *arg);

/* copy_function is of PostgreSQL 17; NULL copies a key's bytes. There it stands before tranche_id: name the
 * fields when you give both. */
typedef struct dshash_parameters
{
	size_t key_size;
	size_t entry_size;
	dshash_compare_function compare_function; /* 0: equal */
	dshash_hash_function hash_function;
	int tranche_id;
	dshash_copy_function copy_function;
} dshash_parameters;

typedef struct dshash_table_item dshash_table_item;

/* State of a scan. */
typedef struct dshash_seq_status
{
	dshash_table *hash_table;
	int curbucket;
	int nbuckets;
	dshash_table_item *curitem;
	dsa_pointer pnextitem;
	int curpartition;
	bool exclusive;
} dshash_seq_status;

/* A new table in an area, and one that another process made. arg is passed to the functions. Errors as dsa_allocate. */
extern dshash_table *dshash_create(dsa_area *area, const dshash_parameters *params, void *arg);
extern dshash_table *dshash_attach(dsa_area *area, const dshash_parameters *params,
								   dshash_table_handle handle, void *arg);
/* Frees this process's handle; and frees the table, which nobody else may be using. */
extern void dshash_detach(dshash_table *hash_table);
extern void dshash_destroy(dshash_table *hash_table);
extern dshash_table_handle dshash_get_hash_table_handle(dshash_table *hash_table);

/* The entry of a key, locked as asked for; NULL, and nothing locked, when there is none. */
extern void *dshash_find(dshash_table *hash_table, const void *key, bool exclusive);
/* The same, exclusively; it is made when there is none, with its key only. */
extern void *dshash_find_or_insert(dshash_table *hash_table, const void *key, bool *found);
/* Whether there was one. */
extern bool dshash_delete_key(dshash_table *hash_table, const void *key);
/* Deletes an entry that is locked exclusively, and unlocks. */
extern void dshash_delete_entry(dshash_table *hash_table, void *entry);
extern void dshash_release_lock(dshash_table *hash_table, void *entry);

/* A scan: each entry is locked until the next call. Always ended by dshash_seq_term. */
extern void dshash_seq_init(dshash_seq_status *status, dshash_table *hash_table, bool exclusive);
extern void *dshash_seq_next(dshash_seq_status *status);
extern void dshash_seq_term(dshash_seq_status *status);
/* Deletes the entry just returned, in an exclusive scan. */
extern void dshash_delete_current(dshash_seq_status *status);

/* Functions for keys that are bytes, and strings. */
extern int dshash_memcmp(const void *a, const void *b, size_t size, void *arg);
extern dshash_hash dshash_memhash(const void *v, size_t size, void *arg);
extern void dshash_memcpy(void *dest, const void *src, size_t size, void *arg);
extern int dshash_strcmp(const void *a, const void *b, size_t size, void *arg);
extern dshash_hash dshash_strhash(const void *v, size_t size, void *arg);
extern void dshash_strcpy(void *dest, const void *src, size_t size, void *arg);

/* Writes to stderr what the table looks like. */
extern void dshash_dump(dshash_table *hash_table);

PG_END_EXTERN_C

#endif /* DSHASH_H */
