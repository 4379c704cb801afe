/*
 * pquery.h
 *		Running portals that a module made.
 *
 *		portal = CreatePortal("", true, true);
 *		PortalDefineQuery(portal, NULL, text, CreateCommandTag((Node *) raw), plans, NULL);
 *		PortalStart(portal, params, 0, InvalidSnapshot);
 *		PortalRun(portal, FETCH_ALL, true, true, receiver, receiver, &completion);
 *		PortalDrop(portal, false);
 */
#ifndef PQUERY_H
#define PQUERY_H

#include "postgres.h"

#include "nodes/parsenodes.h"
#include "tcop/dest.h"
#include "utils/plancache.h"
#include "utils/portal.h"
#include "utils/snapshot.h"

PG_BEGIN_EXTERN_C

extern PGDLLIMPORT Portal ActivePortal; /* the one that runs, or NULL */

/* A snapshot for what runs next, as after a COMMIT within a portal: none is taken when one is active. ERROR XX000 without a
 * portal that runs. */
extern void EnsurePortalSnapshotExists(void);

/* Makes it ready: its tupDesc is known from then on. */
extern void PortalStart(Portal portal, ParamListInfo params, int eflags, Snapshot snapshot);
/* 0 text, 1 binary: none, one for all columns, or one each. ERROR 08P01 for another number. */
extern void PortalSetResultFormat(Portal portal, int nFormats, int16 *formats);
/*
 * Runs all statements, the last one's rows go to dest: count of them at most, FETCH_ALL all. Returns whether that was all; if
 * not, the next call goes on. qc, which may be NULL, takes the tag.
 */
extern bool PortalRun(Portal portal, long count, bool isTopLevel, bool run_once, DestReceiver *dest,
					  DestReceiver *altdest, QueryCompletion *qc);

PG_END_EXTERN_C

#endif /* PQUERY_H */
