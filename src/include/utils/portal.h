/*
 * portal.h
 *		Portals: statements that run and whose rows are fetched in pieces; SQL's cursors are some of them.
 *
 * Processes with a database. A portal goes with its transaction unless it was declared WITH HOLD.
 */
#ifndef PORTAL_H
#define PORTAL_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "datatype/timestamp.h"
#include "executor/execdesc.h"
#include "nodes/params.h"
#include "nodes/pg_list.h"
#include "tcop/cmdtag.h"
#include "utils/resowner.h"

PG_BEGIN_EXTERN_C

typedef enum PortalStatus
{
	PORTAL_NEW,		/* made, without a statement */
	PORTAL_DEFINED, /* has one */
	PORTAL_READY,	/* started */
	PORTAL_ACTIVE,	/* running */
	PORTAL_DONE,
	PORTAL_FAILED
} PortalStatus;

typedef struct PortalData *Portal;

/* Modules read; the server writes, but for visible, and cleanup, which is called when the portal is dropped. */
typedef struct PortalData
{
	const char *name;
	MemoryContext portalContext; /* goes with the portal */
	ResourceOwner resowner;		 /* NULL when the portal has outlived its transaction */
	void (*cleanup)(Portal portal);
	SubTransactionId createSubid; /* InvalidSubTransactionId: in an earlier transaction */
	const char *sourceText;
	CommandTag commandTag;
	QueryCompletion qc;
	List *stmts; /* of PlannedStmt, what PortalDefineQuery was given */
	ParamListInfo portalParams;
	int cursorOptions; /* CURSOR_OPT_ bits */
	PortalStatus status;
	bool portalPinned;
	TupleDesc tupDesc; /* NULL: no rows */
	int16 *formats;
	bool atStart; /* before the first row */
	bool atEnd;	  /* behind the last row */
	uint64 portalPos;
	TimestampTz creation_time;
	bool visible;					  /* in pg_cursors */
	struct PostroomPortal *pr_portal; /* the server's own */
} PortalData;

#define PortalIsValid(p) PointerIsValid(p)

/* NULL when there is none. */
extern Portal GetPortalByName(const char *name);
/* A portal without a statement; it goes with the transaction. allowDup: one of that name is dropped first, with a WARNING unless
 * dupSilent; else ERROR 42P03. CreateNewPortal makes up a name. */
extern Portal CreatePortal(const char *name, bool allowDup, bool dupSilent);
extern Portal CreateNewPortal(void);
/* Gives it statements: a List of PlannedStmt, which like the texts has to live as long as the portal. */
struct CachedPlan;
extern void PortalDefineQuery(Portal portal, const char *prepStmtName, const char *sourceText,
							  CommandTag commandTag, List *stmts, struct CachedPlan *cplan);
/* ERROR 24000 when it runs or is pinned. */
extern void PortalDrop(Portal portal, bool isTopCommit);

/* Keeps a portal from being closed by SQL's CLOSE: ERROR XX000 when it is pinned, or is not. */
extern void PinPortal(Portal portal);
extern void UnpinPortal(Portal portal);

/* After an error at the outermost level. No portal here is held open for a procedure that has raised: there is nothing to do. */
extern void PortalErrorCleanup(void);

PG_END_EXTERN_C

#endif /* PORTAL_H */
