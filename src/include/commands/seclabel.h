/*
 * seclabel.h
 *		Security labels: there are none. What is declared raises ERROR 0A000 with its name.
 */
#ifndef SECLABEL_H
#define SECLABEL_H

#include "postgres.h"

#include "catalog/objectaddress.h"

PG_BEGIN_EXTERN_C

typedef void (*check_object_relabel_type)(const ObjectAddress *object, const char *seclabel);

extern char *GetSecurityLabel(const ObjectAddress *object, const char *provider);
extern void SetSecurityLabel(const ObjectAddress *object, const char *provider, const char *label);
extern void DeleteSecurityLabel(const ObjectAddress *object);
extern void register_label_provider(const char *provider, check_object_relabel_type hook);

PG_END_EXTERN_C

#endif /* SECLABEL_H */
