/*
 * printtup.h
 *		Receivers that send rows to the client.
 */
#ifndef PRINTTUP_H
#define PRINTTUP_H

#include "postgres.h"

#include "tcop/dest.h"
#include "utils/portal.h"

PG_BEGIN_EXTERN_C

/* A receiver of CreateDestReceiver(DestRemote) sends in the portal's formats. Before the first row. */
extern void SetRemoteDestReceiverParams(DestReceiver *self, Portal portal);

PG_END_EXTERN_C

#endif /* PRINTTUP_H */
