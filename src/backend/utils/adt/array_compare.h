/*
 * utils/adt/array_compare.h
 *		Elements and whole arrays in order, by the order of the elements' type.
 *
 * Any process.
 */
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "utils/adt/array_text.h"
#include "utils/adt/registry.h"

namespace pg
{

/* The order of elements of one type, given as the texts of an array. A null is the last, and like another null. */
class ElementOrder
{
public:
	/* array_type: of the array that holds them. */
	explicit ElementOrder(Oid array_type);

	int compare(const std::optional<std::string> &a, const std::optional<std::string> &b) const;
	bool equal(const std::optional<std::string> &a, const std::optional<std::string> &b) const
	{
		return compare(a, b) == 0;
	}

private:
	const Oid element_;
	const TypeDef *const type_;
	const bool by_text_; /* the texts' order is the values' */
};

/* As <, = and > of arrays: element by element, then by number of elements, then by shape. */
int CompareArrays(Oid array_type, const ArrayText &a, const ArrayText &b);

/*
 * The same of the texts, for collations, which cannot fail: an array that cannot be read has the order of
 * its text.
 */
int CompareArrayTexts(Oid array_type, std::string_view a, std::string_view b) noexcept;

} /* namespace pg */
