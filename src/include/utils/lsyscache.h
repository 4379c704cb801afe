/*
 * lsyscache.h
 *		Small questions to the catalogs.
 *
 * Processes with a database connection, within a transaction. Text results are palloc'd.
 */
#ifndef LSYSCACHE_H
#define LSYSCACHE_H

#include "postgres.h"

#include "access/attnum.h"
#include "nodes/pg_list.h"

PG_BEGIN_EXTERN_C

/* Unknown objects: NULL, InvalidOid or '\0'. */
extern char *get_rel_name(Oid relid);
extern Oid get_rel_namespace(Oid relid);
extern char get_rel_relkind(Oid relid);
extern Oid get_relname_relid(const char *relname, Oid relnamespace);
extern char *get_namespace_name(Oid nspid);
extern char get_typtype(Oid typid);
extern bool type_is_rowtype(Oid typid);

/* Unknown types: ERROR XX000. */
extern int16 get_typlen(Oid typid);
extern bool get_typbyval(Oid typid);
extern void get_typlenbyval(Oid typid, int16 *typlen, bool *typbyval);
extern void get_typlenbyvalalign(Oid typid, int16 *typlen, bool *typbyval, char *typalign);
extern void getTypeInputInfo(Oid type, Oid *typInput, Oid *typIOParam);
extern void getTypeOutputInfo(Oid type, Oid *typOutput, bool *typIsVarlena);

PG_END_EXTERN_C

#endif /* LSYSCACHE_H */
