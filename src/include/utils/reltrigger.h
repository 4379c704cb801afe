/*
 * reltrigger.h
 *		The triggers of a relation.
 *
 * Processes with a database connection, within a transaction. Read only; good while the relation is open.
 */
#ifndef RELTRIGGER_H
#define RELTRIGGER_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef struct Trigger
{
	Oid tgoid;
	char *tgname;
	Oid tgfoid;
	int16 tgtype;	/* TRIGGER_TYPE_ bits of catalog/pg_trigger.h */
	char tgenabled; /* TRIGGER_FIRES_ON_ORIGIN and the like */
	bool tgisinternal;
	bool tgisclone;
	Oid tgconstrrelid;
	Oid tgconstrindid;
	Oid tgconstraint;
	bool tgdeferrable;
	bool tginitdeferred;
	int16 tgnargs;
	int16 tgnattr; /* columns of UPDATE OF */
	int16 *tgattr;
	char **tgargs;
	char *tgqual;	  /* SQL of WHEN, or NULL */
	char *tgoldtable; /* NULL: there are no transition tables */
	char *tgnewtable;
} Trigger;

/* By name, which is the order in which they fire. */
typedef struct TriggerDesc
{
	Trigger *triggers;
	int numtriggers;
	bool trig_insert_before_row;
	bool trig_insert_after_row;
	bool trig_insert_instead_row;
	bool trig_insert_before_statement;
	bool trig_insert_after_statement;
	bool trig_update_before_row;
	bool trig_update_after_row;
	bool trig_update_instead_row;
	bool trig_update_before_statement;
	bool trig_update_after_statement;
	bool trig_delete_before_row;
	bool trig_delete_after_row;
	bool trig_delete_instead_row;
	bool trig_delete_before_statement;
	bool trig_delete_after_statement;
	bool trig_truncate_before_statement;
	bool trig_truncate_after_statement;
	bool trig_insert_new_table;
	bool trig_update_old_table;
	bool trig_update_new_table;
	bool trig_delete_old_table;
} TriggerDesc;

PG_END_EXTERN_C

#endif /* RELTRIGGER_H */
