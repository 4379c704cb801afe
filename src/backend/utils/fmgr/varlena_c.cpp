/*
 * utils/fmgr/varlena_c.cpp
 *		Values of variable length and names, for C: plain forms, texts and C strings.
 *
 * Backends and workers.  Compressed and external values are never made here; a module that hands one
 * in gets ERROR 0A000.
 */
#include <algorithm>
#include <cstring>

#include "fmgr.h"
#include "utils/builtins.h"
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

/* Number of leading bytes, at most limit, that end at a character boundary of UTF-8. */
size_t
clip(const char *text, size_t length, size_t limit)
{
	if (length <= limit)
		return length;
	while (limit > 0 && (text[limit] & 0xC0) == 0x80)
		limit--;
	return limit;
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

text *
cstring_to_text(const char *s)
{
	return FromC([&] { return make_plain(s, strlen(s)); });
}

text *
cstring_to_text_with_len(const char *s, int len)
{
	return FromC([&] { return make_plain(s, static_cast<Size>(len)); });
}

char *
text_to_cstring(const text *t)
{
	return FromC(
		[&]
		{
			check_form(t);
			return CopyText(CurrentMemoryContext, {VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t)});
		});
}

void
text_to_cstring_buffer(const text *src, char *dst, size_t dst_len)
{
	FromC([&] { check_form(src); });
	if (dst_len == 0)
		return;

	const char *data = VARDATA_ANY(src);
	const size_t size = clip(data, VARSIZE_ANY_EXHDR(src), dst_len - 1);

	memcpy(dst, data, size);
	dst[size] = '\0';
}

void
namestrcpy(Name name, const char *str)
{
	memset(NameStr(*name), 0, NAMEDATALEN);
	memcpy(NameStr(*name), str, clip(str, strlen(str), NAMEDATALEN - 1));
}

int
namestrcmp(Name name, const char *str)
{
	if (name == nullptr || str == nullptr)
		return (name != nullptr ? 1 : 0) - (str != nullptr ? 1 : 0);
	return strncmp(NameStr(*name), str, NAMEDATALEN);
}
