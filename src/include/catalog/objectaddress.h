/*
 * objectaddress.h
 *		An object of the database: its catalog, its OID, and a column of it.
 */
#ifndef OBJECTADDRESS_H
#define OBJECTADDRESS_H

#include "postgres.h"

#include "access/htup.h"
#include "nodes/parsenodes.h"
#include "storage/lockdefs.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

typedef struct ObjectAddress
{
	Oid classId; /* the catalog's OID */
	Oid objectId;
	int32 objectSubId; /* number of a column, or 0 */
} ObjectAddress;

extern PGDLLIMPORT const ObjectAddress InvalidObjectAddress;

#define ObjectAddressSubSet(addr, class_id, object_id, object_sub_id)    \
	((void) ((addr).classId = (class_id), (addr).objectId = (object_id), \
			 (addr).objectSubId = (object_sub_id)))
#define ObjectAddressSet(addr, class_id, object_id) \
	ObjectAddressSubSet(addr, class_id, object_id, 0)

/* What messages call a relation of this relkind. */
extern ObjectType get_relkind_objtype(char relkind);

PG_END_EXTERN_C

#endif /* OBJECTADDRESS_H */
