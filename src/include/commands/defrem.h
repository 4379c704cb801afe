/*
 * defrem.h
 *		Options of statements, and names made up for objects. Statements are run by SQL here: what is declared raises
 * ERROR 0A000 with its name.
 */
#ifndef DEFREM_H
#define DEFREM_H

#include "postgres.h"

#include "catalog/objectaddress.h"
#include "nodes/params.h"
#include "nodes/parsenodes.h"
#include "nodes/pg_list.h"
#include "parser/parse_node.h"
#include "tcop/dest.h"
#include "utils/array.h"

PG_BEGIN_EXTERN_C

struct DefElem;

/* "name1_name2_label", palloc'd and cut so that it fits into a name; name2 and label may be NULL. */
extern char *makeObjectName(const char *name1, const char *name2, const char *label);
/* ERROR 0A000 */
extern char *ChooseRelationName(const char *name1, const char *name2, const char *label,
								Oid namespaceid, bool isconstraint);
extern Oid GetDefaultOpClass(Oid type_id, Oid am_id);
extern Oid get_index_am_oid(const char *amname, bool missing_ok);
extern Oid get_table_am_oid(const char *amname, bool missing_ok);
extern Oid get_am_oid(const char *amname, bool missing_ok);
extern char *get_am_name(Oid amOid);
extern char *defGetString(struct DefElem *def);
extern double defGetNumeric(struct DefElem *def);
extern bool defGetBoolean(struct DefElem *def);
extern int32 defGetInt32(struct DefElem *def);
extern int64 defGetInt64(struct DefElem *def);
extern Oid defGetObjectId(struct DefElem *def);
extern List *defGetQualifiedName(struct DefElem *def);
extern int defGetTypeLength(struct DefElem *def);
extern List *defGetStringList(struct DefElem *def);

PG_END_EXTERN_C

#endif /* DEFREM_H */
