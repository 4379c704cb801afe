/*
 * objectaccess.h
 *		A hook that is told what happens to objects.
 */
#ifndef OBJECTACCESS_H
#define OBJECTACCESS_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef enum ObjectAccessType
{
	OAT_POST_CREATE,
	OAT_DROP,
	OAT_POST_ALTER,
	OAT_NAMESPACE_SEARCH,
	OAT_FUNCTION_EXECUTE,
	OAT_TRUNCATE
} ObjectAccessType;

/* arg of OAT_POST_CREATE */
typedef struct
{
	bool is_internal;
} ObjectAccessPostCreate;

/* arg of OAT_DROP */
typedef struct
{
	int dropflags;
} ObjectAccessDrop;

/* arg of OAT_POST_ALTER */
typedef struct
{
	Oid auxiliary_id;
	bool is_internal;
} ObjectAccessPostAlter;

/* arg of OAT_NAMESPACE_SEARCH */
typedef struct
{
	bool ereport_on_violation;
	bool result; /* out */
} ObjectAccessNamespaceSearch;

/*
 * classId is the catalog, objectId the row, subId the column or 0. Called after a relation, a function or a schema was created
 * (OAT_POST_CREATE), before one is dropped (OAT_DROP), and before a statement runs that calls a function by its name
 * (OAT_FUNCTION_EXECUTE, once for each call in its text); the server tells no other accesses. May raise, which undoes the
 * statement.
 */
typedef void (*object_access_hook_type)(ObjectAccessType access, Oid classId, Oid objectId,
										int subId, void *arg);
extern PGDLLIMPORT object_access_hook_type object_access_hook;

extern void RunObjectPostCreateHook(Oid classId, Oid objectId, int subId, bool is_internal);
extern void RunObjectDropHook(Oid classId, Oid objectId, int subId, int dropflags);
extern void RunObjectPostAlterHook(Oid classId, Oid objectId, int subId, Oid auxiliaryId,
								   bool is_internal);
extern void RunFunctionExecuteHook(Oid objectId);

#define InvokeFunctionExecuteHook(objectId) \
	(object_access_hook ? RunFunctionExecuteHook(objectId) : (void) 0)
#define InvokeObjectPostCreateHook(classId, objectId, subId) \
	InvokeObjectPostCreateHookArg((classId), (objectId), (subId), false)
#define InvokeObjectPostCreateHookArg(classId, objectId, subId, is_internal)                     \
	(object_access_hook ? RunObjectPostCreateHook((classId), (objectId), (subId), (is_internal)) \
						: (void) 0)
#define InvokeObjectDropHook(classId, objectId, subId) \
	InvokeObjectDropHookArg((classId), (objectId), (subId), 0)
#define InvokeObjectDropHookArg(classId, objectId, subId, dropflags) \
	(object_access_hook ? RunObjectDropHook((classId), (objectId), (subId), (dropflags)) : (void) 0)
#define InvokeObjectPostAlterHook(classId, objectId, subId)                          \
	(object_access_hook                                                              \
		 ? RunObjectPostAlterHook((classId), (objectId), (subId), InvalidOid, false) \
		 : (void) 0)

PG_END_EXTERN_C

#endif /* OBJECTACCESS_H */
