/*
 * rmgr.h
 *		Numbers of those who write log records.
 */
#ifndef RMGR_H
#define RMGR_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef uint8 RmgrId;

#define RM_MAX_ID UINT8_MAX
#define RM_MIN_CUSTOM_ID 128
#define RM_MAX_CUSTOM_ID UINT8_MAX
#define RM_EXPERIMENTAL_ID 128

PG_END_EXTERN_C

#endif /* RMGR_H */
