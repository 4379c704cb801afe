/*
 * item.h
 *		What stands in a page.
 */
#ifndef ITEM_H
#define ITEM_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef Pointer Item;

PG_END_EXTERN_C

#endif /* ITEM_H */
