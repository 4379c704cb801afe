/*
 * clauses.h
 *		Expressions, as the planner sees them: see optimizer/optimizer.h.
 */
#ifndef CLAUSES_H
#define CLAUSES_H

#include "postgres.h"

#include "optimizer/optimizer.h"

#endif /* CLAUSES_H */
