/*
 * utils/adt/array_c.h
 *		The flat form of arrays, for C++: made from and read as datums.
 */
#pragma once

#include <span>

#include "utils/array.h"

namespace pg
{

/* What the layout depends on. */
struct ElementType
{
	Oid oid;
	int16 len;
	bool by_value;
	char align;
};

/* Raises XX000 for a type that is not there. */
ElementType ElementTypeOf(Oid type);

/* palloc'ed. nulls may be null; values has as many as dims says. Raises 54000. */
ArrayType *MakeArray(const ElementType &type, std::span<const Datum> values, const bool *nulls,
					 int ndims, const int *dims, const int *lower);

/* The elements in order; datums point into the array. */
class ArrayReader
{
public:
	ArrayReader(ArrayType *array, const ElementType &type);

	int count() const { return count_; }
	bool next(Datum *value, bool *is_null);

private:
	ArrayType *array_;
	ElementType type_;
	int count_;
	int at_ = 0;
	Size offset_;
};

} /* namespace pg */
