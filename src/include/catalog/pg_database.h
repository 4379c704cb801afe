/*
 * pg_database.h
 *		Rows of the catalog pg_database: databases of the cluster.
 */
#ifndef PG_DATABASE_H
#define PG_DATABASE_H

#include "postgres.h"

#include "catalog/pg_database_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_database
{
	Oid oid;
	NameData datname;
	Oid datdba;
	int32 encoding;
	char datlocprovider;
	bool datistemplate;
	bool datallowconn;
	int32 datconnlimit;
	TransactionId datfrozenxid;
	TransactionId datminmxid;
	Oid dattablespace;
} FormData_pg_database;

typedef FormData_pg_database *Form_pg_database;

PG_END_EXTERN_C

#endif /* PG_DATABASE_H */
