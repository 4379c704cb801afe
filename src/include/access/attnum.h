/*
 * attnum.h
 *		Column numbers: from 1 for a table's own columns, below 0 for system columns.
 */
#ifndef ATTNUM_H
#define ATTNUM_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef int16 AttrNumber;

#define InvalidAttrNumber 0
#define MaxAttrNumber 32767
#define AttributeNumberIsValid(attributeNumber) ((bool) ((attributeNumber) != InvalidAttrNumber))
#define AttrNumberIsForUserDefinedAttr(attributeNumber) ((bool) ((attributeNumber) > 0))
#define AttrNumberGetAttrOffset(attNum) ((attNum) -1)
#define AttrOffsetGetAttrNumber(attributeOffset) ((AttrNumber) (1 + (attributeOffset)))

PG_END_EXTERN_C

#endif /* ATTNUM_H */
