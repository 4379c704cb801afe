/*
 * pg_class.h
 *		Rows of the catalog pg_class: relations: tables, indexes, views.
 */
#ifndef PG_CLASS_H
#define PG_CLASS_H

#include "postgres.h"

#include "catalog/pg_class_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_class
{
	Oid oid;
	NameData relname;
	Oid relnamespace;
	Oid reltype;
	Oid reloftype;
	Oid relowner;
	Oid relam;
	Oid relfilenode;
	Oid reltablespace;
	int32 relpages;
	float4 reltuples;
	int32 relallvisible;
	Oid reltoastrelid;
	bool relhasindex;
	bool relisshared;
	char relpersistence;
	char relkind;
	int16 relnatts;
	int16 relchecks;
	bool relhasrules;
	bool relhastriggers;
	bool relhassubclass;
	bool relrowsecurity;
	bool relforcerowsecurity;
	bool relispopulated;
	char relreplident;
	bool relispartition;
	Oid relrewrite;
	TransactionId relfrozenxid;
	TransactionId relminmxid;
} FormData_pg_class;

typedef FormData_pg_class *Form_pg_class;

#define CLASS_TUPLE_SIZE \
	(offsetof(FormData_pg_class, relminmxid) + sizeof(TransactionId)) /* without padding */

/* For a report: what the relation is, in a sentence of errdetail. */
extern int errdetail_relkind_not_supported(char relkind);

PG_END_EXTERN_C

#endif /* PG_CLASS_H */
