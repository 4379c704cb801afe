/*
 * postroom/function.hpp
 *		C++ functions that SQL calls.
 */
#pragma once

extern "C"
{
#include "postgres.h"

#include "fmgr.h"
}

#include <concepts>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "postroom/error.hpp"
#include "postroom/value.hpp"

namespace postroom
{

/* Calls a C++ function with the arguments of a call from SQL, for POSTROOM_FUNCTION only. */
template <typename Result, typename... Arguments>
class SqlCall
{
public:
	static Datum run(FunctionCallInfo fcinfo, Result (*function)(Arguments...))
	{
		return Guarded([&]
					   { return call(fcinfo, function, std::index_sequence_for<Arguments...>()); });
	}

private:
	template <size_t... kIndexes>
	static Datum call(FunctionCallInfo fcinfo, Result (*function)(Arguments...),
					  std::index_sequence<kIndexes...>)
	{
		if (fcinfo->nargs != sizeof...(Arguments))
			throw Error(ERRCODE_INVALID_FUNCTION_DEFINITION,
						"function was created with " + std::to_string(fcinfo->nargs) +
							" arguments and takes " + std::to_string(sizeof...(Arguments)));
		/* A null where none can be: no call, a null result, as a STRICT function. */
		if (((fcinfo->args[kIndexes].isnull && !kIsOptional<std::decay_t<Arguments>>) || ...))
			return null(fcinfo);
		if constexpr (std::is_void_v<Result>)
		{
			function(argument<std::decay_t<Arguments>>(fcinfo, kIndexes)...);
			return static_cast<Datum>(0);
		}
		else
			return give(fcinfo, function(argument<std::decay_t<Arguments>>(fcinfo, kIndexes)...));
	}

	template <typename T>
	static T argument(FunctionCallInfo fcinfo, size_t i)
	{
		if constexpr (kIsOptional<T>)
		{
			if (fcinfo->args[i].isnull)
				return std::nullopt;
			return argument<typename T::value_type>(fcinfo, i);
		}
		else if constexpr (std::same_as<T, std::string>)
		{
			const text *const value =
				Checked([&] { return DatumGetTextPP(fcinfo->args[i].value); });

			return {VARDATA_ANY(value), static_cast<size_t>(VARSIZE_ANY_EXHDR(value))};
		}
		else
			return Checked([&] { return Type<T>::From(fcinfo->args[i].value, Type<T>::oid); });
	}

	template <typename T>
	static Datum give(FunctionCallInfo fcinfo, const T &result)
	{
		if constexpr (kIsOptional<T>)
			return result ? give(fcinfo, *result) : null(fcinfo);
		else
			return Checked([&] { return ParameterType<T>::To(result); });
	}

	static Datum null(FunctionCallInfo fcinfo)
	{
		fcinfo->isnull = true;
		return static_cast<Datum>(0);
	}
};

template <typename Result, typename... Arguments>
Datum
CallFromSql(FunctionCallInfo fcinfo, Result (*function)(Arguments...))
{
	return SqlCall<Result, Arguments...>::run(fcinfo, function);
}

} /* namespace postroom */

/*
 * Exports name for CREATE FUNCTION ... LANGUAGE C.  function is a C++ function whose parameters and result have a Type, or are
 * a std::optional of one; void for RETURNS void.
 */
#define POSTROOM_FUNCTION(name, function)               \
	extern "C"                                          \
	{                                                   \
		PG_FUNCTION_INFO_V1(name);                      \
	}                                                   \
	Datum name(PG_FUNCTION_ARGS)                        \
	{                                                   \
		return postroom::CallFromSql(fcinfo, function); \
	}                                                   \
	static_assert(true, "so that a semicolon follows")
