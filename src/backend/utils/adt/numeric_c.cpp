/*
 * utils/adt/numeric_c.cpp
 *		numeric for C (utils/numeric.h).
 *
 * Any process that runs modules.  A Numeric is a varlena with the text that numeric_out gives.
 */
#include "utils/numeric.h"

#include <algorithm>

#include "utils/adt/adt_internals.h"
#include "utils/adt/datum.h"
#include "utils/adt/numeric.h"
#include "utils/error/wall.h"
#include "utils/palloc.h"

namespace pg
{

namespace
{

std::string_view
stored_text(Numeric number)
{
	return {VARDATA_ANY(number), VARSIZE_ANY_EXHDR(number)};
}

Numeric
make_numeric(const Decimal &value)
{
	std::string text;

	AppendDecimal(value, &text);
	return reinterpret_cast<Numeric>(DatumGetPointer(MakeVarlena(text)));
}

/* Runs body; an error of the numbers is told in *have_error, where there is one. */
template <typename Body>
auto
softly(bool *have_error, Body body) -> decltype(body())
{
	return FromC(
		[&]() -> decltype(body())
		{
			try
			{
				return body();
			}
			catch (const PgError &)
			{
				if (have_error == nullptr)
					throw;
			}
			*have_error = true;
			return {};
		});
}

using Operation = Decimal (*)(const Decimal &, const Decimal &);

Numeric
compute(Operation operation, Numeric a, Numeric b, bool *have_error)
{
	return softly(have_error,
				  [&] {
					  return make_numeric(
						  operation(ReadDecimal(stored_text(a)), ReadDecimal(stored_text(b))));
				  });
}

/* d.ddde+NN */
std::string
scientific(const Decimal &value, int scale)
{
	const int digits = CountDigits(value.unscaled);
	int exponent = value.is_zero() ? 0 : digits - 1 - value.scale;
	Decimal rounded = RoundDecimal({value.unscaled, std::max(digits - 1, 0)}, scale);
	std::string text;

	if (value.is_zero())
		rounded = RoundDecimal({0, 0}, scale);
	/* 9.99 may have become 10.0. */
	if (!value.is_zero() && CountDigits(rounded.unscaled) > scale + 1)
	{
		rounded = RoundDecimal({rounded.unscaled, rounded.scale + 1}, scale);
		exponent++;
	}
	AppendDecimal(rounded, &text);

	const std::string power = std::to_string(std::abs(exponent));

	return text + (exponent < 0 ? "e-" : "e+") + (power.size() < 2 ? "0" : "") + power;
}

} /* namespace */

} /* namespace pg */

using namespace pg;

bool
numeric_is_nan(Numeric num)
{
	return stored_text(num) == "NaN";
}

bool
numeric_is_inf(Numeric num)
{
	return stored_text(num).ends_with("Infinity");
}

char *
numeric_out_sci(Numeric num, int scale)
{
	return FromC(
		[&]
		{
			const Decimal value = ReadDecimal(stored_text(num));

			if (!value.is_finite())
				return pstrdup(std::string(stored_text(num)).c_str());
			return pstrdup(scientific(value, std::max(scale, 0)).c_str());
		});
}

char *
numeric_normalize(Numeric num)
{
	return FromC(
		[&]
		{
			std::string text(stored_text(num));

			if (text.find('.') != std::string::npos)
			{
				text.resize(text.find_last_not_of('0') + 1);
				if (text.ends_with('.'))
					text.pop_back();
			}
			return pstrdup(text.c_str());
		});
}

Numeric
int64_to_numeric(int64 val)
{
	return FromC([&] { return make_numeric(Decimal::FromInt(val)); });
}

Numeric
int64_div_fast_to_numeric(int64 val1, int log10val2)
{
	return FromC(
		[&]
		{
			if (log10val2 < 0)
				return make_numeric({BigInt(val1) * PowerOfTen(-log10val2), 0});
			return make_numeric({BigInt(val1), log10val2});
		});
}

Numeric
numeric_add_opt_error(Numeric num1, Numeric num2, bool *have_error)
{
	return compute(AddDecimals, num1, num2, have_error);
}

Numeric
numeric_sub_opt_error(Numeric num1, Numeric num2, bool *have_error)
{
	return compute(SubtractDecimals, num1, num2, have_error);
}

Numeric
numeric_mul_opt_error(Numeric num1, Numeric num2, bool *have_error)
{
	return compute(MultiplyDecimals, num1, num2, have_error);
}

Numeric
numeric_div_opt_error(Numeric num1, Numeric num2, bool *have_error)
{
	return compute(DivideDecimals, num1, num2, have_error);
}

Numeric
numeric_mod_opt_error(Numeric num1, Numeric num2, bool *have_error)
{
	return compute(DecimalRemainder, num1, num2, have_error);
}

int32
numeric_int4_opt_error(Numeric num, bool *have_error)
{
	return softly(have_error,
				  [&]
				  {
					  return static_cast<int32>(DecimalToInteger(
						  ReadDecimal(stored_text(num)), PG_INT32_MIN, PG_INT32_MAX, "integer"));
				  });
}

int32
numeric_maximum_size(int32 typmod)
{
	/* Sign and point stand beside the digits. */
	return typmod < VARHDRSZ ? -1 : VARHDRSZ + 2 + NumericTypmodPrecision(typmod);
}
