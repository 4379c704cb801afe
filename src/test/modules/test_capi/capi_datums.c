/*
 * capi_datums.c
 *		Single values: what stands in a Datum, and the forms of values of variable length.
 */
#include "capi.h"

#include "access/detoast.h"
#include "access/toast_compression.h"
#include "utils/builtins.h"

/* A value comes back as it went in, through both conversions of its type. */
#define CHECK_DATUM(type, maker, getter, value) \
	CHECK(getter(maker((type) (value))) == (type) (value))

CAPI_TEST(test_datum_conversions)
{
	NameData name;

	CHECK_DATUM(char, CharGetDatum, DatumGetChar, 'x');
	CHECK_DATUM(int8, Int8GetDatum, DatumGetInt8, -100);
	CHECK_DATUM(uint8, UInt8GetDatum, DatumGetUInt8, 200);
	CHECK_DATUM(int16, Int16GetDatum, DatumGetInt16, -12345);
	CHECK_DATUM(uint16, UInt16GetDatum, DatumGetUInt16, 0xABCD);
	CHECK_DATUM(uint64, UInt64GetDatum, DatumGetUInt64, UINT64CONST(0xFEDCBA9876543210));
	CHECK_DATUM(int64, Int64GetDatum, DatumGetInt64, PG_INT64_MIN);
	CHECK_DATUM(int64, Int64GetDatumFast, DatumGetInt64, PG_INT64_MAX);
	CHECK_DATUM(float4, Float4GetDatum, DatumGetFloat4, 1.5e-40f);
	CHECK_DATUM(float8, Float8GetDatum, DatumGetFloat8, 1.5e-310);
	CHECK_DATUM(float8, Float8GetDatumFast, DatumGetFloat8, -1.0 / 3);
	CHECK_DATUM(bool, BoolGetDatum, DatumGetBool, true);
	CHECK_DATUM(TransactionId, TransactionIdGetDatum, DatumGetTransactionId, 0xABCDEF98u);
	CHECK_DATUM(MultiXactId, MultiXactIdGetDatum, DatumGetMultiXactId, 0xABCDEF98u);
	CHECK_DATUM(CommandId, CommandIdGetDatum, DatumGetCommandId, 0xABCDEF98u);

	/* Equal values are equal Datums, whatever stood in the other bytes. */
	CHECK(Int16GetDatum(-1) == Int64GetDatum(-1) && Int32GetDatum(-1) == Int64GetDatum(-1));
	CHECK(UInt16GetDatum(PG_UINT16_MAX) == Int32GetDatum(PG_UINT16_MAX));
	CHECK(BoolGetDatum(false) == 0 && DatumGetInt16(Int32GetDatum(0x10002)) == 2);

	strcpy(NameStr(name), "a name");
	CHECK(DatumGetName(NameGetDatum(&name)) == &name);
}

/* ---- Values of variable length ---- */

/* "abc" with the header of one byte. */
static Datum
short_form(void)
{
	char *value = (char *) palloc(4);

	SET_VARSIZE_SHORT(value, VARHDRSZ_SHORT + 3);
	memcpy(VARDATA_SHORT(value), "abc", 3);
	return PointerGetDatum(value);
}

static bool
is_abc(const void *value)
{
	return VARSIZE_ANY_EXHDR(value) == 3 && memcmp(VARDATA_ANY((void *) value), "abc", 3) == 0;
}

CAPI_TEST(test_headers_of_four_bytes)
{
	char *value = DatumGetPointer(CStringGetTextDatum("abc"));
	int32 words[40] = {0};
	char *made = (char *) words;

	CHECK(VARATT_IS_4B(value) && VARATT_IS_4B_U(value) && !VARATT_IS_4B_C(value));
	CHECK(!VARATT_IS_1B(value) && !VARATT_IS_1B_E(value) && !VARATT_IS_SHORT(value));
	CHECK(!VARATT_IS_EXTENDED(value) && !VARATT_IS_EXTERNAL(value) && !VARATT_IS_COMPRESSED(value));
	CHECK(VARSIZE_4B(value) == 7 && VARSIZE_ANY(value) == 7 && is_abc(value));
	CHECK(VARDATA_4B(value) == value + VARHDRSZ);

	SET_VARSIZE(made, VARHDRSZ + 10);
	CHECK(VARSIZE(made) == 14 && VARATT_CAN_MAKE_SHORT(made));
	CHECK(VARATT_CONVERTED_SHORT_SIZE(made) == 11 && VARATT_NOT_PAD_BYTE(made));
	SET_VARSIZE_4B(made, VARHDRSZ + 126);
	CHECK(VARATT_CAN_MAKE_SHORT(made));
	SET_VARSIZE(made, VARHDRSZ + 127);
	CHECK(!VARATT_CAN_MAKE_SHORT(made) && !VARATT_NOT_PAD_BYTE(made + VARHDRSZ));
}

CAPI_TEST(test_headers_of_one_byte)
{
	char *value = DatumGetPointer(short_form());

	CHECK(VARATT_IS_1B(value) && VARATT_IS_SHORT(value) && VARATT_IS_EXTENDED(value));
	CHECK(!VARATT_IS_4B(value) && !VARATT_IS_1B_E(value) && !VARATT_CAN_MAKE_SHORT(value));
	CHECK(VARSIZE_1B(value) == 4 && VARSIZE_SHORT(value) == 4 && VARSIZE_ANY(value) == 4);
	CHECK(VARDATA_1B(value) == value + 1 && is_abc(value) && VARATT_NOT_PAD_BYTE(value));
	SET_VARSIZE_1B(value, 2);
	CHECK(VARSIZE_ANY_EXHDR(value) == 1);
}

CAPI_TEST(test_compressed_form)
{
	int32 words[3] = {0};
	char *value = (char *) words;

	SET_VARSIZE_COMPRESSED(value, 11);
	((varattrib_4b *) words)->va_compressed.va_tcinfo = 500 | (uint32) TOAST_LZ4_COMPRESSION_ID
																  << VARLENA_EXTSIZE_BITS;
	CHECK(VARATT_IS_COMPRESSED(value) && VARATT_IS_4B_C(value) && VARATT_IS_4B(value));
	CHECK(VARATT_IS_EXTENDED(value) && !VARATT_IS_4B_U(value) && !VARATT_CAN_MAKE_SHORT(value));
	CHECK(VARSIZE_4B(value) == 11 && VARDATA_4B_C(value) == value + VARHDRSZ_COMPRESSED);
	CHECK(VARDATA_COMPRESSED_GET_EXTSIZE(value) == 500);
	CHECK(VARDATA_COMPRESSED_GET_COMPRESS_METHOD(value) == TOAST_LZ4_COMPRESSION_ID);
	SET_VARSIZE_4B_C(value, 12);
	CHECK(VARSIZE_ANY(value) == 12 && VARATT_IS_COMPRESSED(value));
	CHECK(CompressionMethodIsValid(TOAST_PGLZ_COMPRESSION));
	CHECK(!CompressionMethodIsValid(InvalidCompressionMethod));
}

CAPI_TEST(test_external_forms)
{
	const struct
	{
		vartag_external tag;
		bool on_disk, indirect, read_only, read_write;
		Size size;
	} kinds[] = {
		{VARTAG_ONDISK, true, false, false, false, 18},
		{VARTAG_INDIRECT, false, true, false, false, 10},
		{VARTAG_EXPANDED_RO, false, false, true, false, 10},
		{VARTAG_EXPANDED_RW, false, false, false, true, 10},
	};
	char value[20];
	varatt_external pointer;

	for (size_t i = 0; i < lengthof(kinds); i++)
	{
		const bool expanded = kinds[i].read_only || kinds[i].read_write;

		SET_VARTAG_EXTERNAL(value, kinds[i].tag);
		CHECK(VARATT_IS_EXTERNAL(value) && VARATT_IS_1B_E(value) && VARATT_IS_EXTENDED(value));
		CHECK(VARTAG_EXTERNAL(value) == kinds[i].tag && VARTAG_1B_E(value) == kinds[i].tag);
		CHECK(VARATT_IS_EXTERNAL_ONDISK(value) == kinds[i].on_disk);
		CHECK(VARATT_IS_EXTERNAL_INDIRECT(value) == kinds[i].indirect);
		CHECK(VARATT_IS_EXTERNAL_EXPANDED_RO(value) == kinds[i].read_only);
		CHECK(VARATT_IS_EXTERNAL_EXPANDED_RW(value) == kinds[i].read_write);
		CHECK(VARATT_IS_EXTERNAL_EXPANDED(value) == expanded);
		CHECK(VARATT_IS_EXTERNAL_NON_EXPANDED(value) == !expanded);
		CHECK(VARTAG_IS_EXPANDED(kinds[i].tag) == expanded);
		CHECK(VARTAG_SIZE(kinds[i].tag) == kinds[i].size - 2);
		CHECK(VARSIZE_EXTERNAL(value) == kinds[i].size && VARSIZE_ANY(value) == kinds[i].size);
	}
	SET_VARTAG_1B_E(value, VARTAG_ONDISK);
	CHECK(VARDATA_EXTERNAL(value) == value + 2 && VARDATA_1B_E(value) == value + 2);

	memset(&pointer, 0, sizeof(pointer));
	pointer.va_rawsize = 1004;
	pointer.va_extinfo = 1000;
	CHECK(!VARATT_EXTERNAL_IS_COMPRESSED(pointer));
	pointer.va_extinfo = 400 | (uint32) TOAST_LZ4_COMPRESSION_ID << VARLENA_EXTSIZE_BITS;
	CHECK(VARATT_EXTERNAL_IS_COMPRESSED(pointer) && VARATT_EXTERNAL_GET_EXTSIZE(pointer) == 400);
	CHECK(VARATT_EXTERNAL_GET_COMPRESS_METHOD(pointer) == TOAST_LZ4_COMPRESSION_ID);
}

/* ---- From any form to the plain one ---- */

/* plain: the argument itself or a copy with four bytes; packed: the argument itself; copy: never the argument. */
#define CHECK_FORMS(plain, packed, copy)                                                  \
	do                                                                                    \
	{                                                                                     \
		Pointer four = DatumGetPointer(CStringGetTextDatum("abc"));                       \
		Pointer one = DatumGetPointer(short_form());                                      \
                                                                                          \
		CHECK((Pointer) plain(PointerGetDatum(four)) == four);                            \
		CHECK((Pointer) plain(PointerGetDatum(one)) != one);                              \
		CHECK(VARATT_IS_4B_U(plain(PointerGetDatum(one))));                               \
		CHECK(is_abc(plain(PointerGetDatum(one))));                                       \
		CHECK((Pointer) packed(PointerGetDatum(four)) == four);                           \
		CHECK((Pointer) packed(PointerGetDatum(one)) == one);                             \
		CHECK((Pointer) copy(PointerGetDatum(four)) != four);                             \
		CHECK(is_abc(copy(PointerGetDatum(four))) && is_abc(copy(PointerGetDatum(one)))); \
	} while (0)

CAPI_TEST(test_plain_forms)
{
	Datum one = short_form();
	struct varlena *value = (struct varlena *) DatumGetPointer(one);

	CHECK_FORMS(PG_DETOAST_DATUM, PG_DETOAST_DATUM_PACKED, PG_DETOAST_DATUM_COPY);
	CHECK_FORMS(DatumGetTextP, DatumGetTextPP, DatumGetTextPCopy);
	CHECK_FORMS(DatumGetByteaP, DatumGetByteaPP, DatumGetByteaPCopy);
	CHECK_FORMS(DatumGetBpCharP, DatumGetBpCharPP, DatumGetBpCharPCopy);
	CHECK_FORMS(DatumGetVarCharP, DatumGetVarCharPP, DatumGetVarCharPCopy);

	CHECK(is_abc(pg_detoast_datum(value)) && is_abc(pg_detoast_datum_copy(value)));
	CHECK(pg_detoast_datum_packed(value) == value && pg_detoast_datum(value) != value);
	CHECK(is_abc(detoast_attr(value)) && !VARATT_IS_SHORT(detoast_attr(value)));
	CHECK(detoast_external_attr(value) == value);
	CHECK(toast_raw_datum_size(one) == 7 && toast_datum_size(one) == 4);
	CHECK(toast_datum_size(PointerGetDatum(detoast_attr(value))) == 7);
}

CAPI_TEST(test_parts_of_values)
{
	const struct
	{
		int first, count;
		const char *part;
	} cases[] = {
		{0, 2, "ab"}, {1, 1, "b"}, {1, -1, "bc"}, {2, 100, "c"}, {3, 1, ""}, {0, 0, ""},
	};
	const Datum value = short_form();

	for (size_t i = 0; i < lengthof(cases); i++)
	{
		const int first = cases[i].first, count = cases[i].count;
		const void *parts[] = {
			PG_DETOAST_DATUM_SLICE(value, first, count),
			DatumGetTextPSlice(value, first, count),
			DatumGetByteaPSlice(value, first, count),
			pg_detoast_datum_slice((struct varlena *) DatumGetPointer(value), first, count),
			detoast_attr_slice((struct varlena *) DatumGetPointer(value), first, count),
		};

		for (size_t j = 0; j < lengthof(parts); j++)
		{
			CHECK(VARSIZE_ANY_EXHDR(parts[j]) == strlen(cases[i].part));
			CHECK(strncmp(VARDATA_ANY((void *) parts[j]), cases[i].part, strlen(cases[i].part)) ==
				  0);
		}
	}
}

/* ---- The same forms as arguments ---- */

#define ARGUMENT(name, get)             \
	static Datum name(PG_FUNCTION_ARGS) \
	{                                   \
		PG_RETURN_POINTER(get(0));      \
	}

ARGUMENT(raw_varlena, PG_GETARG_RAW_VARLENA_P)
ARGUMENT(varlena_p, PG_GETARG_VARLENA_P)
ARGUMENT(varlena_pp, PG_GETARG_VARLENA_PP)
ARGUMENT(text_p, PG_GETARG_TEXT_P)
ARGUMENT(text_pp, PG_GETARG_TEXT_PP)
ARGUMENT(text_p_copy, PG_GETARG_TEXT_P_COPY)
ARGUMENT(bytea_p, PG_GETARG_BYTEA_P)
ARGUMENT(bytea_pp, PG_GETARG_BYTEA_PP)
ARGUMENT(bytea_p_copy, PG_GETARG_BYTEA_P_COPY)
ARGUMENT(bpchar_p, PG_GETARG_BPCHAR_P)
ARGUMENT(bpchar_pp, PG_GETARG_BPCHAR_PP)
ARGUMENT(bpchar_p_copy, PG_GETARG_BPCHAR_P_COPY)
ARGUMENT(varchar_p, PG_GETARG_VARCHAR_P)
ARGUMENT(varchar_pp, PG_GETARG_VARCHAR_PP)
ARGUMENT(varchar_p_copy, PG_GETARG_VARCHAR_P_COPY)

/* The second and third byte. */
static Datum
text_part(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(PG_GETARG_TEXT_P_SLICE(0, 1, 2));
}

static Datum
bytea_part(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(PG_GETARG_BYTEA_P_SLICE(0, 1, 2));
}

/* Leaves no copy behind, and the argument as it is. */
static Datum
length_of_plain(PG_FUNCTION_ARGS)
{
	BpChar *plain = PG_GETARG_BPCHAR_P(0);
	const int32 length = VARSIZE(plain);

	PG_FREE_IF_COPY(plain, 0);
	PG_RETURN_INT32(length);
}

CAPI_TEST(test_arguments_of_variable_length)
{
	const struct
	{
		PGFunction function;
		bool keeps_plain, keeps_short;
	} cases[] = {
		{raw_varlena, true, true}, {varlena_p, true, false}, {varlena_pp, true, true},
		{text_p, true, false},	   {text_pp, true, true},	 {text_p_copy, false, false},
		{bytea_p, true, false},	   {bytea_pp, true, true},	 {bytea_p_copy, false, false},
		{bpchar_p, true, false},   {bpchar_pp, true, true},	 {bpchar_p_copy, false, false},
		{varchar_p, true, false},  {varchar_pp, true, true}, {varchar_p_copy, false, false},
	};
	const Datum four = CStringGetTextDatum("abc"), one = short_form();

	for (size_t i = 0; i < lengthof(cases); i++)
	{
		const Datum of_four = DirectFunctionCall1(cases[i].function, four);
		const Datum of_one = DirectFunctionCall1(cases[i].function, one);

		CHECK((of_four == four) == cases[i].keeps_plain);
		CHECK((of_one == one) == cases[i].keeps_short);
		CHECK(VARATT_IS_SHORT(DatumGetPointer(of_one)) == cases[i].keeps_short);
		CHECK(is_abc(DatumGetPointer(of_four)) && is_abc(DatumGetPointer(of_one)));
	}
	CHECK(strcmp(TextDatumGetCString(DirectFunctionCall1(text_part, one)), "bc") == 0);
	CHECK(strcmp(TextDatumGetCString(DirectFunctionCall1(bytea_part, four)), "bc") == 0);
	CHECK(DatumGetInt32(DirectFunctionCall1(length_of_plain, one)) == 7);
	CHECK(DatumGetInt32(DirectFunctionCall1(length_of_plain, four)) == 7);
	CHECK(is_abc(DatumGetPointer(one)) && is_abc(DatumGetPointer(four)));
}
