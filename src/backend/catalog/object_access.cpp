/*
 * catalog/object_access.cpp
 *		The hook that is told what happens to objects (catalog/objectaccess.h).
 *
 * Backends and workers, inside a transaction.  Callers have seen that the hook is set.
 */
#include "catalog/objectaccess.h"

#include "catalog/pg_proc_d.h"
#include "utils/error/wall.h"

object_access_hook_type object_access_hook = nullptr;

namespace
{

void
tell(ObjectAccessType access, Oid catalog, Oid object, int part, void *arg)
{
	pg::FromC([&] { pg::ToC(object_access_hook, access, catalog, object, part, arg); });
}

} /* namespace */

extern "C"
{
	void RunObjectPostCreateHook(Oid classId, Oid objectId, int subId, bool is_internal)
	{
		ObjectAccessPostCreate arg{is_internal};

		tell(OAT_POST_CREATE, classId, objectId, subId, &arg);
	}

	void RunObjectDropHook(Oid classId, Oid objectId, int subId, int dropflags)
	{
		ObjectAccessDrop arg{dropflags};

		tell(OAT_DROP, classId, objectId, subId, &arg);
	}

	void RunObjectPostAlterHook(Oid classId, Oid objectId, int subId, Oid auxiliaryId,
								bool is_internal)
	{
		ObjectAccessPostAlter arg{auxiliaryId, is_internal};

		tell(OAT_POST_ALTER, classId, objectId, subId, &arg);
	}

	void RunFunctionExecuteHook(Oid objectId)
	{
		tell(OAT_FUNCTION_EXECUTE, ProcedureRelationId, objectId, 0, nullptr);
	}
}
