/*
 * relfilenode.h
 *		What names a relation's files in PostgreSQL. Here the tables of a database are one file, so nothing carries such
 * a name.
 */
#ifndef RELFILENODE_H
#define RELFILENODE_H

#include "postgres.h"

#include "common/relpath.h"
#include "storage/backendid.h"

PG_BEGIN_EXTERN_C

/* Each member has its name of PostgreSQL 16 as well (storage/relfilelocator.h). */
typedef struct RelFileNode
{
	union
	{
		Oid spcNode;
		Oid spcOid;
	};
	union
	{
		Oid dbNode;
		Oid dbOid;
	};
	union
	{
		Oid relNode;
		RelFileNumber relNumber;
	};
} RelFileNode;

typedef struct RelFileNodeBackend
{
	union
	{
		RelFileNode node;
		RelFileNode locator;
	};
	BackendId backend;
} RelFileNodeBackend;

#define RelFileNodeBackendIsTemp(rnode) ((rnode).backend != InvalidBackendId)
#define RelFileNodeEquals(node1, node2)                                        \
	((node1).relNode == (node2).relNode && (node1).dbNode == (node2).dbNode && \
	 (node1).spcNode == (node2).spcNode)
#define RelFileNodeBackendEquals(node1, node2) \
	(RelFileNodeEquals((node1).node, (node2).node) && (node1).backend == (node2).backend)

PG_END_EXTERN_C

#endif /* RELFILENODE_H */
