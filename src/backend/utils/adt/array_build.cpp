/*
 * utils/adt/array_build.cpp
 *		Collecting elements into arrays (C API: accumArrayResult and its kin of utils/array.h).
 *
 * Any process that runs modules.  The state lies in rcontext or in a context of its own below it.
 */
#include <algorithm>
#include <cstring>

#include "utils/adt/array_c.h"
#include "utils/adt/registry.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"
#include "utils/mmgr/memory.h"

namespace pg
{

namespace
{

constexpr int kFirstRoom = 64;
constexpr int kFirstRoomShared = 8; /* where many states share a context */

ElementType
type_of(const ArrayBuildState &state)
{
	return {state.element_type, state.typlen, state.typbyval, state.typalign};
}

ArrayBuildState *
make_build_state(Oid element_type, MemoryContext rcontext, bool subcontext, int room)
{
	const ElementType type = ElementTypeOf(element_type);
	MemoryContext context = rcontext;

	if (subcontext)
		context = AllocSetContextCreate(rcontext, "accumArrayResult", ALLOCSET_DEFAULT_SIZES);

	auto *const state =
		static_cast<ArrayBuildState *>(MemoryContextAllocZero(context, sizeof(ArrayBuildState)));
	const Size items = static_cast<Size>(std::max(room, 1));

	state->mcontext = context;
	state->private_cxt = subcontext;
	state->alen = std::max(room, 1);
	state->dvalues = static_cast<Datum *>(MemoryContextAlloc(context, items * sizeof(Datum)));
	state->dnulls = static_cast<bool *>(MemoryContextAlloc(context, items));
	state->element_type = element_type;
	state->typlen = type.len;
	state->typbyval = type.by_value;
	state->typalign = type.align;
	return state;
}

Datum
copied_element(const ArrayBuildState &state, Datum value)
{
	if (state.typbyval)
		return value;
	if (state.typlen == -1)
		return PointerGetDatum(PG_DETOAST_DATUM_COPY(value));

	const char *const pointer = DatumGetPointer(value);
	const Size size = state.typlen > 0 ? static_cast<Size>(state.typlen) : strlen(pointer) + 1;
	void *const copy = palloc(size);

	std::memcpy(copy, pointer, size);
	return PointerGetDatum(copy);
}

void
accumulate_value(ArrayBuildState *state, Datum value, bool is_null)
{
	const MemoryContextScope scope(state->mcontext);

	if (state->nelems >= state->alen)
	{
		const Size room = static_cast<Size>(state->alen *= 2);

		state->dvalues = static_cast<Datum *>(repalloc(state->dvalues, room * sizeof(Datum)));
		state->dnulls = static_cast<bool *>(repalloc(state->dnulls, room));
	}
	state->dvalues[state->nelems] = is_null ? 0 : copied_element(*state, value);
	state->dnulls[state->nelems++] = is_null;
}

Datum
make_built_array(ArrayBuildState *state, int ndims, const int *dims, const int *lower,
				 MemoryContext rcontext, bool release)
{
	const MemoryContextScope scope(rcontext);
	ArrayType *const array =
		MakeArray(type_of(*state), {state->dvalues, static_cast<size_t>(state->nelems)},
				  state->dnulls, ndims, dims, lower);

	if (release && state->private_cxt)
		MemoryContextDelete(state->mcontext);
	return PointerGetDatum(array);
}

/* ---- Arrays of arrays ---- */

ArrayBuildStateArr *
make_array_state(Oid array_type, Oid element_type, MemoryContext rcontext, bool subcontext)
{
	if (element_type == InvalidOid)
	{
		const TypeDef *const type = FindType(array_type);

		element_type = type == nullptr ? InvalidOid : type->element_oid;
	}
	if (element_type == InvalidOid)
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("data type %s is not an array type", FormatType(array_type).c_str()));

	ArrayBuildState *const elements =
		make_build_state(element_type, rcontext, subcontext, kFirstRoom);
	auto *const state = static_cast<ArrayBuildStateArr *>(
		MemoryContextAllocZero(elements->mcontext, sizeof(ArrayBuildStateArr)));

	state->elements = elements;
	state->array_type = array_type;
	state->element_type = element_type;
	return state;
}

void
take_shape(ArrayBuildStateArr *state, ArrayType *array)
{
	state->ndims = ARR_NDIM(array);
	if (state->ndims == 0)
		Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR).msg("cannot accumulate empty arrays"));
	if (state->ndims + 1 > MAXDIM)
		Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
				  .msg("number of array dimensions (%d) exceeds the maximum allowed (%d)",
					   state->ndims + 1, MAXDIM));
	std::copy_n(ARR_DIMS(array), state->ndims, state->dims);
	std::copy_n(ARR_LBOUND(array), state->ndims, state->lbs);
}

void
add_array(ArrayBuildStateArr *state, Datum value, bool is_null)
{
	if (is_null)
		Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED).msg("cannot accumulate null arrays"));

	ArrayType *const array = DatumGetArrayTypeP(value);

	if (state->narrays == 0)
		take_shape(state, array);
	if (ARR_NDIM(array) != state->ndims ||
		!std::equal(state->dims, state->dims + state->ndims, ARR_DIMS(array)))
		Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR)
				  .msg("cannot accumulate arrays of different dimensionality"));

	ArrayReader reader(array, type_of(*state->elements));
	Datum element;
	bool element_is_null;

	while (reader.next(&element, &element_is_null))
		accumulate_value(state->elements, element, element_is_null);
	state->narrays++;
}

Datum
make_array_of_arrays(ArrayBuildStateArr *state, MemoryContext rcontext, bool release)
{
	int dims[MAXDIM] = {state->narrays}, lower[MAXDIM] = {1};

	std::copy_n(state->dims, state->ndims, dims + 1);
	std::copy_n(state->lbs, state->ndims, lower + 1);
	return make_built_array(state->elements, state->narrays == 0 ? 0 : state->ndims + 1, dims,
							lower, rcontext, release);
}

bool
is_true_array(Oid type)
{
	const TypeDef *const def = FindType(type);

	return def != nullptr && def->category == 'A' && def->element_oid != InvalidOid &&
		   def->array_oid == InvalidOid;
}

} /* namespace */

} /* namespace pg */

using namespace pg;

ArrayBuildState *
initArrayResult(Oid element_type, MemoryContext rcontext, bool subcontext)
{
	return initArrayResultWithSize(element_type, rcontext, subcontext,
								   subcontext ? kFirstRoom : kFirstRoomShared);
}

ArrayBuildState *
initArrayResultWithSize(Oid element_type, MemoryContext rcontext, bool subcontext, int initsize)
{
	return FromC([&] { return make_build_state(element_type, rcontext, subcontext, initsize); });
}

ArrayBuildState *
accumArrayResult(ArrayBuildState *astate, Datum dvalue, bool disnull, Oid element_type,
				 MemoryContext rcontext)
{
	return FromC(
		[&]
		{
			ArrayBuildState *const state =
				astate != nullptr ? astate
								  : make_build_state(element_type, rcontext, true, kFirstRoom);

			accumulate_value(state, dvalue, disnull);
			return state;
		});
}

Datum
makeArrayResult(ArrayBuildState *astate, MemoryContext rcontext)
{
	const int lower = 1;

	return FromC(
		[&]
		{
			return make_built_array(astate, astate->nelems > 0 ? 1 : 0, &astate->nelems, &lower,
									rcontext, true);
		});
}

Datum
makeMdArrayResult(ArrayBuildState *astate, int ndims, int *dims, int *lbs, MemoryContext rcontext,
				  bool release)
{
	return FromC([&] { return make_built_array(astate, ndims, dims, lbs, rcontext, release); });
}

ArrayBuildStateArr *
initArrayResultArr(Oid array_type, Oid element_type, MemoryContext rcontext, bool subcontext)
{
	return FromC([&] { return make_array_state(array_type, element_type, rcontext, subcontext); });
}

ArrayBuildStateArr *
accumArrayResultArr(ArrayBuildStateArr *astate, Datum dvalue, bool disnull, Oid array_type,
					MemoryContext rcontext)
{
	return FromC(
		[&]
		{
			ArrayBuildStateArr *const state =
				astate != nullptr ? astate
								  : make_array_state(array_type, InvalidOid, rcontext, true);

			add_array(state, dvalue, disnull);
			return state;
		});
}

Datum
makeArrayResultArr(ArrayBuildStateArr *astate, MemoryContext rcontext, bool release)
{
	return FromC([&] { return make_array_of_arrays(astate, rcontext, release); });
}

ArrayBuildStateAny *
initArrayResultAny(Oid input_type, MemoryContext rcontext, bool subcontext)
{
	ArrayBuildState *scalars = nullptr;
	ArrayBuildStateArr *arrays = nullptr;

	if (is_true_array(input_type))
		arrays = initArrayResultArr(input_type, InvalidOid, rcontext, subcontext);
	else
		scalars = initArrayResult(input_type, rcontext, subcontext);

	auto *const state = static_cast<ArrayBuildStateAny *>(
		MemoryContextAllocZero(scalars != nullptr ? scalars->mcontext : arrays->elements->mcontext,
							   sizeof(ArrayBuildStateAny)));

	state->scalarstate = scalars;
	state->arraystate = arrays;
	return state;
}

ArrayBuildStateAny *
accumArrayResultAny(ArrayBuildStateAny *astate, Datum dvalue, bool disnull, Oid input_type,
					MemoryContext rcontext)
{
	if (astate == nullptr)
		astate = initArrayResultAny(input_type, rcontext, true);
	if (astate->scalarstate != nullptr)
		accumArrayResult(astate->scalarstate, dvalue, disnull, input_type, rcontext);
	else
		accumArrayResultArr(astate->arraystate, dvalue, disnull, input_type, rcontext);
	return astate;
}

Datum
makeArrayResultAny(ArrayBuildStateAny *astate, MemoryContext rcontext, bool release)
{
	if (astate->arraystate != nullptr)
		return makeArrayResultArr(astate->arraystate, rcontext, release);

	ArrayBuildState *const state = astate->scalarstate;
	int lower = 1;

	return makeMdArrayResult(state, state->nelems > 0 ? 1 : 0, &state->nelems, &lower, rcontext,
							 release);
}
