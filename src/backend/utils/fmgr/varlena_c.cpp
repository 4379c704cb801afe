/*
 * utils/fmgr/varlena_c.cpp
 *		Plain forms of values of variable length (C API: pg_detoast_datum and its kin).
 *
 * Backends and workers.  Compressed and external values are never made here; a module that hands one
 * in gets ERROR 0A000.
 */
#include <algorithm>

#include "fmgr.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/mmgr/memory.h"

namespace pg
{

namespace
{

void
check_form(const struct varlena *value)
{
	if (VARATT_IS_1B_E(value) || (!VARATT_IS_1B(value) && VARATT_IS_4B_C(value)))
		RaiseNotSupported("compressed or external value");
}

/* A plain copy of `size` bytes. */
struct varlena *
make_plain(const char *data, Size size)
{
	auto *value = static_cast<struct varlena *>(AllocateIn(CurrentMemoryContext, size + VARHDRSZ));

	SET_VARSIZE(value, size + VARHDRSZ);
	memcpy(VARDATA(value), data, size);
	return value;
}

struct varlena *
plain_copy(const struct varlena *value)
{
	check_form(value);
	return make_plain(VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
}

} /* namespace */

} /* namespace pg */

using namespace pg;

struct varlena *
pg_detoast_datum(struct varlena *datum)
{
	if (VARATT_IS_4B_U(datum))
		return datum;
	return FromC([&] { return plain_copy(datum); });
}

struct varlena *
pg_detoast_datum_copy(struct varlena *datum)
{
	return FromC([&] { return plain_copy(datum); });
}

struct varlena *
pg_detoast_datum_packed(struct varlena *datum)
{
	FromC([&] { check_form(datum); });
	return datum;
}

struct varlena *
pg_detoast_datum_slice(struct varlena *datum, int32 first, int32 count)
{
	return FromC(
		[&]
		{
			check_form(datum);

			const Size size = VARSIZE_ANY_EXHDR(datum);
			const Size start = std::min<Size>(std::max(first, 0), size);
			const Size rest = size - start;

			return make_plain(VARDATA_ANY(datum) + start,
							  count < 0 ? rest : std::min<Size>(count, rest));
		});
}
