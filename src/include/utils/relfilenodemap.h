/*
 * relfilenodemap.h
 *		Relations by the name of their file. Relations have no files of their own: ERROR 0A000.
 */
#ifndef RELFILENODEMAP_H
#define RELFILENODEMAP_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

extern Oid RelidByRelfilenode(Oid reltablespace, Oid relfilenode);

PG_END_EXTERN_C

#endif /* RELFILENODEMAP_H */
