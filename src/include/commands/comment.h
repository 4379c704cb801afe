/*
 * comment.h
 *		Comments on objects. SQL writes and reads them: what is declared raises ERROR 0A000 with its name.
 */
#ifndef COMMENT_H
#define COMMENT_H

#include "postgres.h"

#include "catalog/objectaddress.h"
#include "nodes/parsenodes.h"

PG_BEGIN_EXTERN_C

extern ObjectAddress CommentObject(CommentStmt *stmt);
extern void CreateComments(Oid oid, Oid classoid, int32 subid, const char *comment);
extern void DeleteComments(Oid oid, Oid classoid, int32 subid);
extern char *GetComment(Oid oid, Oid classoid, int32 subid);

PG_END_EXTERN_C

#endif /* COMMENT_H */
