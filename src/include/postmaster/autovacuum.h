/*
 * autovacuum.h
 *		Autovacuum: there is none, since SQLite reuses free space by itself. The variables are settings without effect.
 */
#ifndef AUTOVACUUM_H
#define AUTOVACUUM_H

#include "postgres.h"

#include "storage/block.h"

PG_BEGIN_EXTERN_C

extern PGDLLIMPORT int autovacuum_max_workers;

/* False: nobody vacuums but who says VACUUM. */
extern bool AutoVacuumingActive(void);
extern bool IsAutoVacuumLauncherProcess(void);
extern bool IsAutoVacuumWorkerProcess(void);

PG_END_EXTERN_C

#endif /* AUTOVACUUM_H */
