/*
 * resowner.h
 *		Resource owners: what a transaction or portal must give back at its end.
 *
 * Postroom's own resources are owned by C++ objects; the owners exist for modules that make and pass them.
 */
#ifndef RESOWNER_H
#define RESOWNER_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef struct ResourceOwnerData *ResourceOwner;

/* Owner of what is acquired now; NULL outside of transactions. */
extern PGDLLIMPORT ResourceOwner CurrentResourceOwner;
extern PGDLLIMPORT ResourceOwner CurTransactionResourceOwner;
extern PGDLLIMPORT ResourceOwner TopTransactionResourceOwner;

typedef enum
{
	RESOURCE_RELEASE_BEFORE_LOCKS,
	RESOURCE_RELEASE_LOCKS,
	RESOURCE_RELEASE_AFTER_LOCKS
} ResourceReleasePhase;

typedef void (*ResourceReleaseCallback)(ResourceReleasePhase phase, bool isCommit, bool isTopLevel,
										void *arg);

/* A new owner below parent (NULL: a root). name is a constant string. */
extern ResourceOwner ResourceOwnerCreate(ResourceOwner parent, const char *name);
/* Gives back what belongs to the owner and its children, phase by phase. */
extern void ResourceOwnerRelease(ResourceOwner owner, ResourceReleasePhase phase, bool isCommit,
								 bool isTopLevel);
/* Frees a released owner with its children. */
extern void ResourceOwnerDelete(ResourceOwner owner);
extern ResourceOwner ResourceOwnerGetParent(ResourceOwner owner);
extern void ResourceOwnerNewParent(ResourceOwner owner, ResourceOwner newparent);
/* Calls back at each phase of the release of any owner. */
extern void RegisterResourceReleaseCallback(ResourceReleaseCallback callback, void *arg);
extern void UnregisterResourceReleaseCallback(ResourceReleaseCallback callback, void *arg);

PG_END_EXTERN_C

#endif /* RESOWNER_H */
