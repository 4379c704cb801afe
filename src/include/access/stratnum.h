/*
 * stratnum.h
 *		Numbers of comparisons, as scan keys have them.
 */
#ifndef STRATNUM_H
#define STRATNUM_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef uint16 StrategyNumber;

#define InvalidStrategy ((StrategyNumber) 0)
#define BTLessStrategyNumber 1
#define BTLessEqualStrategyNumber 2
#define BTEqualStrategyNumber 3
#define BTGreaterEqualStrategyNumber 4
#define BTGreaterStrategyNumber 5
#define BTMaxStrategyNumber 5
#define HTEqualStrategyNumber 1

PG_END_EXTERN_C

#endif /* STRATNUM_H */
