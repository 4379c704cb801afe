/*
 * relfilelocator.h
 *		PostgreSQL 16's names of what storage/relfilenode.h has.
 */
#ifndef RELFILELOCATOR_H
#define RELFILELOCATOR_H

#include "storage/relfilenode.h"

typedef RelFileNode RelFileLocator;
typedef RelFileNodeBackend RelFileLocatorBackend;

#define RelFileLocatorBackendIsTemp(rlocator) RelFileNodeBackendIsTemp(rlocator)
#define RelFileLocatorEquals(locator1, locator2) RelFileNodeEquals(locator1, locator2)
#define RelFileLocatorBackendEquals(locator1, locator2) RelFileNodeBackendEquals(locator1, locator2)

#endif /* RELFILELOCATOR_H */
