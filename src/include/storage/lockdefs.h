/*
 * lockdefs.h
 *		The lock modes of tables, weakest first (manual, section "Table-Level Locks").
 */
#ifndef LOCKDEFS_H_
#define LOCKDEFS_H_

typedef int LOCKMASK;
typedef int LOCKMODE;

#define NoLock 0
#define AccessShareLock 1
#define RowShareLock 2
#define RowExclusiveLock 3
#define ShareUpdateExclusiveLock 4
#define ShareLock 5
#define ShareRowExclusiveLock 6
#define ExclusiveLock 7
#define AccessExclusiveLock 8
#define MaxLockMode 8

#endif /* LOCKDEFS_H_ */
