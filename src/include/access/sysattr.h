/*
 * sysattr.h
 *		Numbers of the system columns: ctid, xmin, cmin, xmax, cmax, tableoid.
 */
#ifndef SYSATTR_H
#define SYSATTR_H

#define SelfItemPointerAttributeNumber (-1)
#define MinTransactionIdAttributeNumber (-2)
#define MinCommandIdAttributeNumber (-3)
#define MaxTransactionIdAttributeNumber (-4)
#define MaxCommandIdAttributeNumber (-5)
#define TableOidAttributeNumber (-6)
#define FirstLowInvalidHeapAttributeNumber (-7)

#endif /* SYSATTR_H */
