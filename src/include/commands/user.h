/*
 * user.h
 *		Hook of passwords that are being set.
 */
#ifndef USER_H
#define USER_H

#include "postgres.h"

#include "catalog/objectaddress.h"
#include "datatype/timestamp.h"
#include "parser/parse_node.h"

PG_BEGIN_EXTERN_C

typedef enum PasswordType
{
	PASSWORD_TYPE_PLAINTEXT = 0,
	PASSWORD_TYPE_MD5,
	PASSWORD_TYPE_SCRAM_SHA_256
} PasswordType;

/* Called before a role gets a password; refuses it by ERROR. */
typedef void (*check_password_hook_type)(const char *username, const char *shadow_pass,
										 PasswordType password_type, Datum validuntil_time,
										 bool validuntil_null);
extern PGDLLIMPORT check_password_hook_type check_password_hook;

PG_END_EXTERN_C

#endif /* USER_H */
