/*
 * namespace.h
 *		Names to objects: schemas and the search path.
 *
 * Processes with a database connection, within a transaction.
 */
#ifndef NAMESPACE_H
#define NAMESPACE_H

#include "postgres.h"

#include "nodes/primnodes.h"
#include "storage/lock.h"

PG_BEGIN_EXTERN_C

typedef enum RVROption
{
	RVR_MISSING_OK = 1 << 0,
	RVR_NOWAIT = 1 << 1,	 /* ERROR 55P03 rather than waiting for the lock */
	RVR_SKIP_LOCKED = 1 << 2 /* InvalidOid, with a message at DEBUG1, rather than waiting */
} RVROption;

/* Called before the lock is taken, to check that the user may take it; oldRelId: what the last try found. */
typedef void (*RangeVarGetRelidCallback)(const RangeVar *relation, Oid relId, Oid oldRelId,
										 void *callback_arg);

/* Looks the name up, calls callback, locks (unless NoLock), and looks again, until both agree. ERROR 42P01 or 3F000 when
 * there is none; InvalidOid with missing_ok. */
#define RangeVarGetRelid(relation, lockmode, missing_ok) \
	RangeVarGetRelidExtended(relation, lockmode, (missing_ok) ? RVR_MISSING_OK : 0, NULL, NULL)
extern Oid RangeVarGetRelidExtended(const RangeVar *relation, LOCKMODE lockmode, uint32 flags,
									RangeVarGetRelidCallback callback, void *callback_arg);
/* The schema that CREATE with this name means. */
extern Oid RangeVarGetCreationNamespace(const RangeVar *newRelation);

/* By bare name along the search path; InvalidOid when there is none. */
extern Oid RelnameGetRelid(const char *relname);
extern Oid TypenameGetTypid(const char *typname);
extern Oid TypenameGetTypidExtended(const char *typname, bool temp_ok);
/* Whether the bare name finds this object. */
extern bool RelationIsVisible(Oid relid);
extern bool TypeIsVisible(Oid typid);
extern bool FunctionIsVisible(Oid funcid);

/* Schemas by name. With missing_ok InvalidOid, else ERROR 3F000. */
extern Oid get_namespace_oid(const char *nspname, bool missing_ok);
extern Oid LookupExplicitNamespace(const char *nspname, bool missing_ok);
extern Oid LookupNamespaceNoError(const char *nspname);
extern Oid LookupCreationNamespace(const char *nspname);
extern Oid QualifiedNameGetCreationNamespace(List *names, char **objname_p);

/* A list of String nodes, as "schema.name": its parts (42601 when there are too many), and as text. */
extern void DeconstructQualifiedName(List *names, char **nspname_p, char **objname_p);
extern RangeVar *makeRangeVarFromNameList(List *names);
extern char *NameListToString(List *names);
extern char *NameListToQuotedString(List *names);

/* The schema of temporary objects. Each session sees its own only, under the name pg_temp. */
extern bool isTempNamespace(Oid namespaceId);
extern bool isTempToastNamespace(Oid namespaceId);
extern bool isTempOrTempToastNamespace(Oid namespaceId);
extern bool isAnyTempNamespace(Oid namespaceId);
extern bool isOtherTempNamespace(Oid namespaceId);

/* The search path as OIDs; includeImplicit: pg_temp and pg_catalog too where they are searched unasked. The second form
 * returns how many there are, which may be more than fit. */
extern List *fetch_search_path(bool includeImplicit);
extern int fetch_search_path_array(Oid *sarray, int sarray_len);

/* The setting search_path. */
extern PGDLLIMPORT char *namespace_search_path;

PG_END_EXTERN_C

#endif /* NAMESPACE_H */
