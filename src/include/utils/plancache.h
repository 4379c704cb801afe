/*
 * plancache.h
 *		Cached plans: handles. SPI (SPI_keepplan) is how plans are kept here.
 */
#ifndef PLANCACHE_H
#define PLANCACHE_H

#include "postgres.h"

#include "nodes/params.h"
#include "utils/queryenvironment.h"
#include "utils/resowner.h"

PG_BEGIN_EXTERN_C

typedef struct CachedPlanSource CachedPlanSource;
typedef struct CachedPlan CachedPlan;

extern void DropCachedPlan(CachedPlanSource *plansource); /* ERROR 0A000 */

PG_END_EXTERN_C

#endif /* PLANCACHE_H */
