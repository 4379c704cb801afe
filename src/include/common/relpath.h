/*
 * relpath.h
 *		Forks of relations.
 */
#ifndef RELPATH_H
#define RELPATH_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

/* PostgreSQL 16's name of what the last part of a RelFileNode is. */
typedef Oid RelFileNumber;
#define InvalidRelFileNumber ((RelFileNumber) InvalidOid)
#define RelFileNumberIsValid(relnumber) ((relnumber) != InvalidRelFileNumber)

typedef enum ForkNumber
{
	InvalidForkNumber = -1,
	MAIN_FORKNUM = 0,
	FSM_FORKNUM,
	VISIBILITYMAP_FORKNUM,
	INIT_FORKNUM
} ForkNumber;

#define MAX_FORKNUM INIT_FORKNUM
#define FORKNAMECHARS 4
#define TABLESPACE_VERSION_DIRECTORY "PG_" PG_MAJORVERSION "_" CppAsString2(CATALOG_VERSION_NO)

/* "main" and so on. */
extern PGDLLIMPORT const char *const forkNames[];
/* ERROR 22023 for another name. */
extern ForkNumber forkname_to_number(const char *forkName);
/* How many characters of str name a fork, which goes to *fork; 0: none. "main" does not count. */
extern int forkname_chars(const char *str, ForkNumber *fork);

/* Relations have no files of their own: ERROR 0A000. */
extern char *GetDatabasePath(Oid dbNode, Oid spcNode);
extern char *GetRelationPath(Oid dbNode, Oid spcNode, Oid relNode, int backendId,
							 ForkNumber forkNumber);
#define relpathbackend(rnode, backend, forknum) \
	GetRelationPath((rnode).dbNode, (rnode).spcNode, (rnode).relNode, backend, forknum)
#define relpathperm(rnode, forknum) relpathbackend(rnode, InvalidBackendId, forknum)
#define relpath(rnode, forknum) relpathbackend((rnode).node, (rnode).backend, forknum)

PG_END_EXTERN_C

#endif /* RELPATH_H */
