/*
 * catalog.h
 *		Which relations and objects belong to the system.
 *
 * Processes with a database connection, within a transaction.
 */
#ifndef CATALOG_H
#define CATALOG_H

#include "postgres.h"

#include "access/attnum.h"
#include "catalog/pg_class.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

/* Of the schema pg_catalog, or of TOAST; those that initdb made; shared by all databases. */
extern bool IsSystemRelation(Relation relation);
extern bool IsSystemClass(Oid relid, Form_pg_class reltuple);
extern bool IsCatalogRelation(Relation relation);
extern bool IsCatalogRelationOid(Oid relid);
extern bool IsCatalogNamespace(Oid namespaceId);
extern bool IsSharedRelation(Oid relationId);
/* There is no TOAST: false. */
extern bool IsToastRelation(Relation relation);
extern bool IsToastClass(Form_pg_class reltuple);
extern bool IsToastNamespace(Oid namespaceId);
/* Names that begin with "pg_". */
extern bool IsReservedName(const char *name);
/* Objects that cannot be dropped: those of initdb, but for the schema public. */
extern bool IsPinnedObject(Oid classId, Oid objectId);

PG_END_EXTERN_C

#endif /* CATALOG_H */
