/*
 * variable.h
 *		Check hooks of settings, for modules that have a setting of that kind.
 */
#ifndef VARIABLE_H
#define VARIABLE_H

#include "postgres.h"

#include "utils/guc.h"

PG_BEGIN_EXTERN_C

/* Whether it names a time zone. */
extern bool check_timezone(char **newval, void **extra, GucSource source);

PG_END_EXTERN_C

#endif /* VARIABLE_H */
