/*
 * usercontext.h
 *		Becoming another user for a while, as PostgreSQL 16 has it.
 */
#ifndef USERCONTEXT_H
#define USERCONTEXT_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef struct UserContext
{
	Oid save_userid;
	int save_sec_context;
	int save_nestlevel;
} UserContext;

/* Runs what follows as the user, until RestoreUserContext, which undoes settings as well if the other user could set roles that this
 * one cannot. ERROR 42501 unless this one may become the other. Processes with a database, inside a transaction. */
extern void SwitchToUntrustedUser(Oid userid, UserContext *context);
extern void RestoreUserContext(UserContext *context);

PG_END_EXTERN_C

#endif /* USERCONTEXT_H */
