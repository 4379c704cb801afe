/*
 * portal.h
 *		Portals: statements under execution. To modules they are handles, made by SPI_cursor_open.
 */
#ifndef PORTAL_H
#define PORTAL_H

#include "postgres.h"

#include "datatype/timestamp.h"
#include "nodes/params.h"
#include "tcop/cmdtag.h"
#include "utils/resowner.h"

PG_BEGIN_EXTERN_C

typedef struct PortalData *Portal;

#define PortalIsValid(p) PointerIsValid(p)

PG_END_EXTERN_C

#endif /* PORTAL_H */
