/*
 * utils/adt/datum_c.cpp
 *		Values as memory, for modules: utils/datum.h.
 *
 * Any process.
 */
#include "postgres.h"

#include "utils/datum.h"

#include "utils/palloc.h"

extern "C"
{
	Size datumGetSize(Datum value, bool typByVal, int typLen)
	{
		if (typByVal || typLen > 0)
			return static_cast<Size>(typLen);
		if (typLen == -1)
			return VARSIZE_ANY(DatumGetPointer(value));
		return strlen(DatumGetCString(value)) + 1;
	}

	Datum datumCopy(Datum value, bool typByVal, int typLen)
	{
		if (typByVal)
			return value;

		const Size size = datumGetSize(value, typByVal, typLen);
		void *const copy = palloc(size);

		memcpy(copy, DatumGetPointer(value), size);
		return PointerGetDatum(copy);
	}

	Datum datumTransfer(Datum value, bool typByVal, int typLen)
	{
		return datumCopy(value, typByVal, typLen);
	}

	bool datumIsEqual(Datum value1, Datum value2, bool typByVal, int typLen)
	{
		if (typByVal)
			return value1 == value2;

		const Size size = datumGetSize(value1, typByVal, typLen);

		return size == datumGetSize(value2, typByVal, typLen) &&
			   memcmp(DatumGetPointer(value1), DatumGetPointer(value2), size) == 0;
	}
}
