/*
 * pg_trigger.h
 *		Rows of the catalog pg_trigger: triggers.
 */
#ifndef PG_TRIGGER_H
#define PG_TRIGGER_H

#include "postgres.h"

#include "catalog/pg_trigger_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_trigger
{
	Oid oid;
	Oid tgrelid;
	Oid tgparentid;
	NameData tgname;
	Oid tgfoid;
	int16 tgtype;
	char tgenabled;
	bool tgisinternal;
	Oid tgconstrrelid;
	Oid tgconstrindid;
	Oid tgconstraint;
	bool tgdeferrable;
	bool tginitdeferred;
	int16 tgnargs;
	int2vector tgattr;
} FormData_pg_trigger;

typedef FormData_pg_trigger *Form_pg_trigger;

PG_END_EXTERN_C

#endif /* PG_TRIGGER_H */
