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

/* The object's name with its schema and, of a function, its arguments, quoted where need be, as pg_identify_object prints it;
 * palloc'd. Of a relation, column, function, schema, role or database. No such object: NULL if missing_ok, else
 * ERROR XX000; other kinds: ERROR 0A000. (missing_ok is since PostgreSQL 14.) */
extern char *getObjectIdentity(const ObjectAddress *object, bool missing_ok);

/* The object in the words of messages, as pg_describe_object has them ("column c of table t"); palloc'd. No such object: NULL if
 * missing_ok, else ERROR XX000, as for what is no catalog of objects. (missing_ok is since PostgreSQL 14.) */
extern char *getObjectDescription(const ObjectAddress *object, bool missing_ok);

/* What messages call a relation of this relkind. */
extern ObjectType get_relkind_objtype(char relkind);

PG_END_EXTERN_C

#endif /* OBJECTADDRESS_H */
