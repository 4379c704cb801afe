/*
 * pg_type.h
 *		Types: identifiers and codes.
 */
#ifndef PG_TYPE_H
#define PG_TYPE_H

#include "postgres.h"

#include "catalog/pg_type_d.h"

/* Whether a pseudo-type stands for whatever type is used. */
#define IsPolymorphicType(typid) \
	(IsPolymorphicTypeFamily1(typid) || IsPolymorphicTypeFamily2(typid))
#define IsPolymorphicTypeFamily1(typid)                                                 \
	((typid) == ANYELEMENTOID || (typid) == ANYARRAYOID || (typid) == ANYNONARRAYOID || \
	 (typid) == ANYENUMOID || (typid) == ANYRANGEOID || (typid) == ANYMULTIRANGEOID)
#define IsPolymorphicTypeFamily2(typid)                                         \
	((typid) == ANYCOMPATIBLEOID || (typid) == ANYCOMPATIBLEARRAYOID ||         \
	 (typid) == ANYCOMPATIBLENONARRAYOID || (typid) == ANYCOMPATIBLERANGEOID || \
	 (typid) == ANYCOMPATIBLEMULTIRANGEOID)

#endif /* PG_TYPE_H */
