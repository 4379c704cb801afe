/*
 * relfilenumbermap.h
 *		utils/relfilenodemap.h, as PostgreSQL 16 names it.
 */
#ifndef RELFILENUMBERMAP_H
#define RELFILENUMBERMAP_H

#include "storage/relfilelocator.h"
#include "utils/relfilenodemap.h"

PG_BEGIN_EXTERN_C

extern Oid RelidByRelfilenumber(Oid reltablespace, RelFileNumber relfilenumber);

PG_END_EXTERN_C

#endif /* RELFILENUMBERMAP_H */
