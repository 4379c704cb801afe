/*
 * numeric.h
 *		Values of type numeric, which nobody looks into: made and read by functions.
 *
 * Besides these, utils/fmgrprotos.h has all SQL functions of the type. Results are palloc'd in CurrentMemoryContext.
 * Raise what the SQL functions raise (22003, 22012) unless stated. Any process.
 */
#ifndef _PG_NUMERIC_H_
#define _PG_NUMERIC_H_

#include "postgres.h"

#include "fmgr.h"

PG_BEGIN_EXTERN_C

#define NUMERIC_MAX_PRECISION 1000
#define NUMERIC_MIN_SCALE (-1000)
#define NUMERIC_MAX_SCALE 1000
#define NUMERIC_MAX_DISPLAY_SCALE NUMERIC_MAX_PRECISION
#define NUMERIC_MIN_DISPLAY_SCALE 0
#define NUMERIC_MAX_RESULT_SCALE (NUMERIC_MAX_PRECISION * 2)
#define NUMERIC_MIN_SIG_DIGITS 16

struct NumericData;
typedef struct NumericData *Numeric;

#define DatumGetNumeric(X) ((Numeric) PG_DETOAST_DATUM(X))
#define DatumGetNumericCopy(X) ((Numeric) PG_DETOAST_DATUM_COPY(X))
#define NumericGetDatum(X) PointerGetDatum(X)
#define PG_GETARG_NUMERIC(n) DatumGetNumeric(PG_GETARG_DATUM(n))
#define PG_GETARG_NUMERIC_COPY(n) DatumGetNumericCopy(PG_GETARG_DATUM(n))
#define PG_RETURN_NUMERIC(x) return NumericGetDatum(x)

extern bool numeric_is_nan(Numeric num);
extern bool numeric_is_inf(Numeric num);

/* "1.50e+02", with scale digits behind the point; and "1.5", without zeros at the end. */
extern char *numeric_out_sci(Numeric num, int scale);
extern char *numeric_normalize(Numeric num);

extern Numeric int64_to_numeric(int64 val);
/* val1 / 10^log10val2, exactly. */
extern Numeric int64_div_fast_to_numeric(int64 val1, int log10val2);

/* Arithmetic. With have_error an error is no ERROR: it is set to true and the result is NULL or 0. */
extern Numeric numeric_add_opt_error(Numeric num1, Numeric num2, bool *have_error);
extern Numeric numeric_sub_opt_error(Numeric num1, Numeric num2, bool *have_error);
extern Numeric numeric_mul_opt_error(Numeric num1, Numeric num2, bool *have_error);
extern Numeric numeric_div_opt_error(Numeric num1, Numeric num2, bool *have_error);
extern Numeric numeric_mod_opt_error(Numeric num1, Numeric num2, bool *have_error);
extern int32 numeric_int4_opt_error(Numeric num, bool *have_error);

/* Bytes of the largest value of numeric(precision, scale); -1 without a modifier. */
extern int32 numeric_maximum_size(int32 typmod);

PG_END_EXTERN_C

#endif /* _PG_NUMERIC_H_ */
