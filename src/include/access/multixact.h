/*
 * multixact.h
 *		Numbers of groups of transactions. Rows are not locked by such numbers here: each function raises ERROR 0A000
 * with its name.
 */
#ifndef MULTIXACT_H
#define MULTIXACT_H

#include "postgres.h"

#include "access/xlogreader.h"
#include "lib/stringinfo.h"

PG_BEGIN_EXTERN_C

#define InvalidMultiXactId ((MultiXactId) 0)
#define FirstMultiXactId ((MultiXactId) 1)
#define MaxMultiXactId ((MultiXactId) 0xFFFFFFFF)
#define MultiXactIdIsValid(multi) ((multi) != InvalidMultiXactId)
typedef enum
{
	MultiXactStatusForKeyShare = 0x00,
	MultiXactStatusForShare = 0x01,
	MultiXactStatusForNoKeyUpdate = 0x02,
	MultiXactStatusForUpdate = 0x03,
	MultiXactStatusNoKeyUpdate = 0x04,
	MultiXactStatusUpdate = 0x05
} MultiXactStatus;

typedef struct MultiXactMember
{
	TransactionId xid;
	MultiXactStatus status;
} MultiXactMember;

extern MultiXactId MultiXactIdCreate(TransactionId xid1, MultiXactStatus status1,
									 TransactionId xid2, MultiXactStatus status2);
extern MultiXactId MultiXactIdExpand(MultiXactId multi, TransactionId xid, MultiXactStatus status);
extern MultiXactId ReadNextMultiXactId(void);
extern void ReadMultiXactIdRange(MultiXactId *oldest, MultiXactId *next);
extern bool MultiXactIdIsRunning(MultiXactId multi, bool isLockOnly);
extern int GetMultiXactIdMembers(MultiXactId multi, MultiXactMember **xids, bool allow_old,
								 bool isLockOnly);
extern bool MultiXactIdPrecedes(MultiXactId multi1, MultiXactId multi2);
extern bool MultiXactIdPrecedesOrEquals(MultiXactId multi1, MultiXactId multi2);
extern MultiXactId GetOldestMultiXactId(void);

PG_END_EXTERN_C

#endif /* MULTIXACT_H */
