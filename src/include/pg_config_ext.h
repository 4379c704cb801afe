/*
 * pg_config_ext.h
 *		What configure would have to find out for postgres_ext.h.
 *
 * Postroom runs on 64-bit systems where long has 64 bits, so this file is fixed.
 */
#ifndef PG_CONFIG_EXT_H
#define PG_CONFIG_EXT_H

#include <limits.h>
#include <stdlib.h>

#define PG_INT64_TYPE long int

#endif /* PG_CONFIG_EXT_H */
