/*
 * prepare.h
 *		Statements that PREPARE has given a name.
 */
#ifndef PREPARE_H
#define PREPARE_H

#include "postgres.h"

#include "datatype/timestamp.h"
#include "utils/plancache.h"

PG_BEGIN_EXTERN_C

typedef struct PreparedStatement
{
	char stmt_name[NAMEDATALEN];
	CachedPlanSource *plansource;
	bool from_sql; /* by PREPARE, not by the protocol */
	TimestampTz prepare_time;
} PreparedStatement;

/* ERROR 0A000: prepared statements are plans of another kind here. The view pg_prepared_statements shows them, DEALLOCATE drops them. */
extern PreparedStatement *FetchPreparedStatement(const char *stmt_name, bool throwError);
extern void DropPreparedStatement(const char *stmt_name, bool showError);
extern void DropAllPreparedStatements(void);

PG_END_EXTERN_C

#endif /* PREPARE_H */
