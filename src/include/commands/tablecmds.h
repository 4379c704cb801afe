/*
 * tablecmds.h
 *		ALTER TABLE from C.
 *
 * Tables are not made, filled or looked up below the level of SQL: each function raises ERROR 0A000 with its name.
 */
#ifndef TABLECMDS_H
#define TABLECMDS_H

#include "postgres.h"

#include "access/htup.h"
#include "catalog/dependency.h"
#include "catalog/objectaddress.h"
#include "nodes/parsenodes.h"
#include "storage/lock.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

/* ERROR 55006 when somebody in this process has the relation open besides the caller. */
extern void CheckTableNotInUse(Relation rel, const char *stmt);
/* ERROR 0A000 */
extern void AlterTableInternal(Oid relid, List *cmds, bool recurse);
extern void SetRelationHasSubclass(Oid relationId, bool relhassubclass);
extern void SetRelationTableSpace(Relation rel, Oid newTableSpaceId, Oid newRelFileNode);
extern void RenameRelationInternal(Oid myrelid, const char *newrelname, bool is_internal,
								   bool is_index);
extern void ResetRelRewrite(Oid myrelid);
extern void RangeVarCallbackOwnsTable(const RangeVar *relation, Oid relId, Oid oldRelId, void *arg);
extern void RangeVarCallbackOwnsRelation(const RangeVar *relation, Oid relId, Oid oldRelId,
										 void *arg);

PG_END_EXTERN_C

#endif /* TABLECMDS_H */
