/*
 * varlena.h
 *		Lists in texts.
 */
#ifndef VARLENA_H
#define VARLENA_H

#include "postgres.h"

#include "nodes/pg_list.h"
#include "utils/sortsupport.h"

PG_BEGIN_EXTERN_C

/* memcmp's order, as there is one collation. */
extern int varstr_cmp(const char *arg1, int len1, const char *arg2, int len2, Oid collid);
/* "a.b" with SQL's quoting to a list of String nodes. ERROR 42602 for a bad name. */
extern List *textToQualifiedNameList(text *textval);
/*
 * Take rawstring apart at the separators, in place: *namelist points into it. False for bad syntax. Identifiers: quotes as in
 * SQL, others in lower case, cut to NAMEDATALEN - 1 bytes. Directories: palloc'd copies, canonical. GUC: quotes as in SQL, others
 * as they are.
 */
extern bool SplitIdentifierString(char *rawstring, char separator, List **namelist);
extern bool SplitDirectoriesString(char *rawstring, char separator, List **namelist);
extern bool SplitGUCList(char *rawstring, char separator, List **namelist);

PG_END_EXTERN_C

#endif /* VARLENA_H */
