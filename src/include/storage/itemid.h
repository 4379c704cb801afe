/*
 * itemid.h
 *		Line pointers: where in a page an item stands.
 */
#ifndef ITEMID_H
#define ITEMID_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef struct ItemIdData
{
	unsigned lp_off : 15, lp_flags : 2, lp_len : 15;
} ItemIdData;

typedef ItemIdData *ItemId;
typedef uint16 ItemOffset;
typedef uint16 ItemLength;

#define LP_UNUSED 0
#define LP_NORMAL 1
#define LP_REDIRECT 2
#define LP_DEAD 3

#define ItemIdGetLength(itemId) ((itemId)->lp_len)
#define ItemIdGetOffset(itemId) ((itemId)->lp_off)
#define ItemIdGetFlags(itemId) ((itemId)->lp_flags)
#define ItemIdGetRedirect(itemId) ((itemId)->lp_off)
#define ItemIdIsValid(itemId) PointerIsValid(itemId)
#define ItemIdIsUsed(itemId) ((itemId)->lp_flags != LP_UNUSED)
#define ItemIdIsNormal(itemId) ((itemId)->lp_flags == LP_NORMAL)
#define ItemIdIsRedirected(itemId) ((itemId)->lp_flags == LP_REDIRECT)
#define ItemIdIsDead(itemId) ((itemId)->lp_flags == LP_DEAD)
#define ItemIdHasStorage(itemId) ((itemId)->lp_len != 0)

PG_END_EXTERN_C

#endif /* ITEMID_H */
