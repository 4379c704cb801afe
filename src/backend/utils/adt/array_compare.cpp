/*
 * utils/adt/array_compare.cpp
 *		Elements and whole arrays in order.
 *
 * Any process.
 */
#include "utils/adt/array_compare.h"

#include <algorithm>

#include "utils/adt/adt_internals.h"
#include "utils/adt/engine_only.h"

namespace pg
{

namespace
{

/* Types whose values lie in the engine as their text, in the order of its bytes. */
bool
compares_as_text(const TypeDef &type)
{
	return type.storage == Storage::Text && type.collation == nullptr;
}

} /* namespace */

ElementOrder::ElementOrder(Oid array_type)
	: element_(FindType(array_type)->element_oid), type_(FindType(element_)),
	  by_text_(type_ == nullptr || compares_as_text(*type_))
{
}

int
ElementOrder::compare(const std::optional<std::string> &a,
					  const std::optional<std::string> &b) const
{
	if (!a || !b)
		return static_cast<int>(!a) - static_cast<int>(!b);
	if (*a == *b)
		return 0;
	if (by_text_)
		return a->compare(*b);

	std::string scratch[2];
	const Value x = ValueIn(element_, *a, -1, &scratch[0]);
	const Value y = ValueIn(element_, *b, -1, &scratch[1]);

	return CompareValues(x, y, type_->collation != nullptr ? type_->collation : "");
}

int
CompareArrays(Oid array_type, const ArrayText &a, const ArrayText &b)
{
	const ElementOrder order(array_type);
	const size_t common = std::min(a.elements.size(), b.elements.size());

	for (size_t i = 0; i < common; i++)
		if (const int found = order.compare(a.elements[i], b.elements[i]); found != 0)
			return found;
	if (a.elements.size() != b.elements.size())
		return a.elements.size() < b.elements.size() ? -1 : 1;
	if (a.dims.size() != b.dims.size())
		return a.dims.size() < b.dims.size() ? -1 : 1;
	if (a.dims != b.dims)
		return a.dims < b.dims ? -1 : 1;
	return a.lower == b.lower ? 0 : a.lower < b.lower ? -1 : 1;
}

int
CompareArrayTexts(Oid array_type, std::string_view a, std::string_view b) noexcept
{
	if (a == b)
		return 0;
	try
	{
		return CompareArrays(array_type, ParseArray(a), ParseArray(b));
	}
	catch (const PgError &)
	{
		return a.compare(b);
	}
}

} /* namespace pg */
