/*
 * utils/adt/array.cpp
 *		Functions of arrays, which lie in the engine as their text.
 *
 * Any process.
 */
#include <algorithm>

#include "utils/adt/adt_internals.h"
#include "utils/adt/array_compare.h"
#include "utils/adt/array_edit.h"
#include "utils/adt/array_text.h"

namespace pg
{

using Elements = ArrayElements;

static void
array_to_string(FunctionCall &call)
{
	if (call.arg(0).is_null() || call.arg(1).is_null())
		return;
	const std::string_view separator = ArgText(call, 1);
	const bool show_nulls = call.arg_count() > 2 && !call.arg(2).is_null();
	std::string text;
	bool first = true;

	for (const std::optional<std::string> &element : ReadArray(ArgText(call, 0)))
	{
		if (!element && !show_nulls)
			continue;
		if (!first)
			text += separator;
		first = false;
		text += element ? std::string_view(*element) : ArgText(call, 2);
	}
	SetText(call, text);
}

/* Dimension n from 1; null where there is none. */
static std::optional<size_t>
dimension(const FunctionCall &call, const ArrayText &array)
{
	const int64 number = ArgInt(call, 1);

	if (number < 1 || number > static_cast<int64>(array.dims.size()))
		return std::nullopt;
	return static_cast<size_t>(number - 1);
}

static void
array_length(FunctionCall &call)
{
	const ArrayText array = ParseArray(ArgText(call, 0));

	if (const auto n = dimension(call, array))
		SetInt(call, array.dims[*n]);
}

static void
array_lower(FunctionCall &call)
{
	const ArrayText array = ParseArray(ArgText(call, 0));

	if (const auto n = dimension(call, array))
		SetInt(call, array.lower[*n]);
}

static void
array_upper(FunctionCall &call)
{
	const ArrayText array = ParseArray(ArgText(call, 0));

	if (const auto n = dimension(call, array))
		SetInt(call, int64{array.lower[*n]} + array.dims[*n] - 1);
}

static void
array_ndims(FunctionCall &call)
{
	const ArrayText array = ParseArray(ArgText(call, 0));

	if (!array.dims.empty())
		SetInt(call, static_cast<int64>(array.dims.size()));
}

static void
array_dims(FunctionCall &call)
{
	const ArrayText array = ParseArray(ArgText(call, 0));
	std::string text;

	for (size_t i = 0; i < array.dims.size(); i++)
		text += "[" + std::to_string(array.lower[i]) + ":" +
				std::to_string(array.lower[i] + array.dims[i] - 1) + "]";
	if (!text.empty())
		SetText(call, text);
}

static void
cardinality(FunctionCall &call)
{
	SetInt(call, static_cast<int64>(ReadArray(ArgText(call, 0)).size()));
}

/* ---- Functions of an array and one element, which comes as text (pg_out) or null ---- */

static std::optional<std::string>
element_argument(const FunctionCall &call, int number)
{
	return call.arg(number).is_null() ? std::nullopt
									  : std::optional(std::string(ArgText(call, number)));
}

static ArrayText
array_argument(const FunctionCall &call, int number)
{
	return call.arg(number).is_null() ? ArrayText() : ParseArray(ArgText(call, number));
}

/* The elements changed, of an array of one dimension or none. */
static void
set_changed(FunctionCall &call, ArrayText &array)
{
	if (array.lower.empty())
		array.lower = {1};
	array.dims = {static_cast<int>(array.elements.size())};
	SetText(call, FormatArray(array));
}

/* type, array, element */
static void
array_remove(FunctionCall &call)
{
	if (call.arg(1).is_null())
		return;
	ArrayText array = array_argument(call, 1);
	const ElementOrder order(static_cast<Oid>(ArgInt(call, 0)));
	const std::optional<std::string> removed = element_argument(call, 2);

	if (array.dims.size() > 1)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("removing elements from multidimensional arrays is not supported"));
	std::erase_if(array.elements,
				  [&](const auto &element) { return order.equal(element, removed); });
	set_changed(call, array);
}

static void
refuse_dimensions(const ArrayText &array)
{
	if (array.dims.size() > 1)
		Raise(Report(ERROR, ERRCODE_DATA_EXCEPTION)
				  .msg("argument must be empty or one-dimensional array"));
}

static void
array_append(FunctionCall &call)
{
	ArrayText array = array_argument(call, 0);

	refuse_dimensions(array);
	array.elements.emplace_back(element_argument(call, 1));
	set_changed(call, array);
}

static void
array_prepend(FunctionCall &call)
{
	ArrayText array = array_argument(call, 1);

	refuse_dimensions(array);
	array.elements.emplace(array.elements.begin(), element_argument(call, 0));
	set_changed(call, array);
}

[[noreturn]] static void
raise_incompatible(const char *detail)
{
	Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR)
			  .msg("cannot concatenate incompatible arrays")
			  .detail("%s", detail));
}

/* Shape of a followed by b: they have equal shapes but for the outer length, or one is an element of the other. */
static ArrayText
joined_shape(const ArrayText &a, const ArrayText &b)
{
	const std::vector<int> &x = a.dims, &y = b.dims;
	ArrayText joined{a.dims, a.lower, {}};

	if (x.size() == y.size())
	{
		if (!std::equal(x.begin() + 1, x.end(), y.begin() + 1))
			raise_incompatible("Arrays with differing element dimensions are not compatible for "
							   "concatenation.");
		joined.dims[0] = x[0] + y[0];
		return joined;
	}
	if (x.size() != y.size() + 1 && y.size() != x.size() + 1)
		raise_incompatible(("Arrays of " + std::to_string(x.size()) + " and " +
							std::to_string(y.size()) +
							" dimensions are not compatible for concatenation.")
							   .c_str());

	const bool first_is_outer = x.size() > y.size();
	const std::vector<int> &outer = first_is_outer ? x : y, &inner = first_is_outer ? y : x;

	if (!std::equal(inner.begin(), inner.end(), outer.begin() + 1))
		raise_incompatible("Arrays with differing dimensions are not compatible for "
						   "concatenation.");
	joined.dims = outer;
	joined.lower = first_is_outer ? a.lower : b.lower;
	joined.dims[0]++;
	return joined;
}

static void
array_cat(FunctionCall &call)
{
	if (call.arg(0).is_null() || call.arg(1).is_null())
	{
		if (!call.arg(0).is_null() || !call.arg(1).is_null())
			call.set_result(call.arg(call.arg(0).is_null() ? 1 : 0));
		return;
	}
	const ArrayText a = array_argument(call, 0), b = array_argument(call, 1);

	if (a.elements.empty() || b.elements.empty())
		return SetText(call, FormatArray(a.elements.empty() ? b : a));

	ArrayText joined = joined_shape(a, b);

	joined.elements = a.elements;
	joined.elements.insert(joined.elements.end(), b.elements.begin(), b.elements.end());
	SetText(call, FormatArray(joined));
}

static constexpr EngineFunction kArrayHelperRows[] = {
	{"pg_array_remove", 3, true, false, array_remove},
	{"pg_array_append", 2, true, false, array_append},
	{"pg_array_prepend", 2, true, false, array_prepend},
};

const std::span<const EngineFunction> kArrayHelpers = kArrayHelperRows;

/* ---- unnest: argument 1 is the element type's OID ---- */

namespace
{

class ElementCursor final : public RowCursor
{
public:
	ElementCursor(Elements elements, Oid type) : elements_(std::move(elements)), type_(type) {}

	bool next() override { return ++at_ <= elements_.size(); }

	Value column(int) override
	{
		const std::optional<std::string> &element = elements_[at_ - 1];

		return element ? ValueIn(type_, *element, -1, &scratch_) : Value::Null();
	}

private:
	Elements elements_;
	Oid type_;
	size_t at_ = 0;
	std::string scratch_;
};

std::unique_ptr<RowCursor>
open_elements(std::span<const Value> args)
{
	return std::make_unique<ElementCursor>(args[0].is_null() ? Elements()
															 : ReadArray(args[0].bytes),
										   static_cast<Oid>(args[1].integer));
}

} /* namespace */

static constexpr RowColumn kElementColumns[] = {{"unnest", TEXTOID}};

static constexpr RowSource kArraySourceRows[] = {
	{"pg_catalog.unnest", kElementColumns, 2, open_elements},
};

const std::span<const RowSource> kArraySources = kArraySourceRows;

namespace
{

/* No rows give null, not an empty array. */
class ArrayAgg final : public AggregateState
{
public:
	void step(FunctionCall &call) override
	{
		const Value element = call.arg(0);

		AppendElement(element.is_null() ? std::nullopt : std::optional(element.bytes), &array_);
	}

	void finish(FunctionCall &call) override
	{
		if (array_.size() > 1)
			call.set_result(Value::Text(array_ + '}'));
	}

private:
	std::string array_ = "{";
};

/* Of arrays of one shape, which become an array of one dimension more. */
class ArrayOfArraysAgg final : public AggregateState
{
public:
	void step(FunctionCall &call) override
	{
		if (call.arg(0).is_null())
			Raise(
				Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED).msg("cannot accumulate null arrays"));
		parts_.push_back(ParseArray(call.arg(0).bytes));
		if (parts_.back().elements.empty())
			Raise(
				Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR).msg("cannot accumulate empty arrays"));
		if (parts_.back().dims != parts_.front().dims)
			Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR)
					  .msg("cannot accumulate arrays of different dimensionality"));
	}

	void finish(FunctionCall &call) override
	{
		if (!parts_.empty())
			call.set_result(Value::Text(FormatArray(StackArrays(parts_))));
	}

private:
	std::vector<ArrayText> parts_;
};

} /* namespace */

static constexpr FunctionDef kArrayRows[] = {
	Lax(Fn(384, "array_to_string", 's', "array_to_string_nulls", TEXTOID,
		   {ANYARRAYOID, TEXTOID, TEXTOID}, array_to_string)),
	Fn(395, "array_to_string", 's', "array_to_string", TEXTOID, {ANYARRAYOID, TEXTOID},
	   array_to_string),
	Fn(2091, "array_lower", 'i', "array_lower", INT4OID, {ANYARRAYOID, INT4OID}, array_lower),
	Fn(2092, "array_upper", 'i', "array_upper", INT4OID, {ANYARRAYOID, INT4OID}, array_upper),
	Fn(2176, "array_length", 'i', "array_length", INT4OID, {ANYARRAYOID, INT4OID}, array_length),
	Rows(2331, "unnest", 'i', "pg_catalog.unnest", ANYELEMENTOID, {ANYARRAYOID}),
	Aggregate(2335, "array_agg", "pg_array_agg", ANYARRAYOID, {ANYNONARRAYOID},
			  MakeState<ArrayAgg>),
	Aggregate(4053, "array_agg", "pg_array_agg_arrays", ANYARRAYOID, {ANYARRAYOID},
			  MakeState<ArrayOfArraysAgg>),
	Lax(Native(378, "array_append", 'i', "pg_array_append($1, pg_out(@2, $2))",
			   ANYCOMPATIBLEARRAYOID, {ANYCOMPATIBLEARRAYOID, ANYCOMPATIBLEOID})),
	Lax(Native(379, "array_prepend", 'i', "pg_array_prepend(pg_out(@1, $1), $2)",
			   ANYCOMPATIBLEARRAYOID, {ANYCOMPATIBLEOID, ANYCOMPATIBLEARRAYOID})),
	Lax(Fn(383, "array_cat", 'i', "array_cat", ANYCOMPATIBLEARRAYOID,
		   {ANYCOMPATIBLEARRAYOID, ANYCOMPATIBLEARRAYOID}, array_cat)),
	Lax(Native(3167, "array_remove", 'i', "pg_array_remove(@1, $1, pg_out(@2, $2))",
			   ANYCOMPATIBLEARRAYOID, {ANYCOMPATIBLEARRAYOID, ANYCOMPATIBLEOID})),
	Fn(748, "array_ndims", 'i', "array_ndims", INT4OID, {ANYARRAYOID}, array_ndims),
	Fn(747, "array_dims", 'i', "array_dims", TEXTOID, {ANYARRAYOID}, array_dims),
	Fn(3179, "cardinality", 'i', "cardinality", INT4OID, {ANYARRAYOID}, cardinality),
};

const std::span<const FunctionDef> kArrayFunctions = kArrayRows;

} /* namespace pg */
