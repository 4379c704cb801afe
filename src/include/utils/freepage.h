/*
 * freepage.h
 *		The page that dynamic shared areas count in.
 */
#ifndef FREEPAGE_H
#define FREEPAGE_H

#include "postgres.h"

#include "storage/lwlock.h"

#define FPM_PAGE_SIZE 4096

#endif /* FREEPAGE_H */
