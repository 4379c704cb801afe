/*
 * capi_texts.c
 *		Texts of values: words for booleans, numbers, names, quotes, letters.
 */
#include "capi.h"

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "tsearch/ts_locale.h"
#include "utils/builtins.h"

CAPI_TEST(test_words_for_booleans)
{
	static const struct
	{
		const char *word;
		bool is_one, value;
	} rows[] = {{"true", true, true}, {"T", true, true},   {"yes", true, true},
				{"ON", true, true},	  {"1", true, true},   {"false", true, false},
				{"n", true, false},	  {"of", true, false}, {"off", true, false},
				{"0", true, false},	  {"o", false, false}, {"truer", false, false},
				{"", false, false},	  {"2", false, false}};
	bool value = false;
	int i;

	for (i = 0; i < (int) lengthof(rows); i++)
		CHECK(parse_bool(rows[i].word, &value) == rows[i].is_one &&
			  (!rows[i].is_one || value == rows[i].value));
	CHECK(parse_bool_with_len("trueness", 4, &value) && value);
	CHECK(!parse_bool_with_len("trueness", 5, &value));
}

CAPI_TEST(test_numbers_as_texts)
{
	char text[MAXINT8LEN + 1];

	CHECK(pg_itoa(PG_INT16_MIN, text) == 6 && strcmp(text, "-32768") == 0);
	CHECK(pg_ltoa(PG_INT32_MIN, text) == 11 && strcmp(text, "-2147483648") == 0);
	CHECK(pg_lltoa(PG_INT64_MIN, text) == 20 && strcmp(text, "-9223372036854775808") == 0);
	CHECK(pg_lltoa(0, text) == 1 && strcmp(text, "0") == 0);
	CHECK(pg_strtoint16(" -32768 ") == PG_INT16_MIN && pg_strtoint32("+17") == 17);
	CHECK(pg_strtoint64("-9223372036854775808") == PG_INT64_MIN);
	CHECK_ERROR(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
				"value \"32768\" is out of range for type smallint", (void) pg_strtoint16("32768"));
	CHECK_ERROR(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, "is out of range for type integer",
				(void) pg_strtoint32("-2147483649"));
	CHECK_ERROR(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, "is out of range for type bigint",
				(void) pg_strtoint64("9223372036854775808"));
	CHECK_ERROR(ERRCODE_INVALID_TEXT_REPRESENTATION,
				"invalid input syntax for type integer: \"1x\"", (void) pg_strtoint32("1x"));
}

CAPI_TEST(test_fixed_names)
{
	NameData name;

	memset(&name, 'x', sizeof(name));
	namestrcpy(&name, "short");
	CHECK(strcmp(NameStr(name), "short") == 0 && NameStr(name)[NAMEDATALEN - 1] == '\0');
	CHECK(namestrcmp(&name, "short") == 0 && namestrcmp(&name, "shorter") < 0 &&
		  namestrcmp(&name, "a") > 0);
	namestrcpy(&name, psprintf("%0100d", 7));
	CHECK(strlen(NameStr(name)) == NAMEDATALEN - 1);
}

CAPI_TEST(test_quotes)
{
	const char *plain = "plain";

	CHECK(quote_identifier(plain) == plain);
	CHECK(strcmp(quote_identifier("select"), "\"select\"") == 0);
	CHECK(strcmp(quote_identifier("Big \"one\""), "\"Big \"\"one\"\"\"") == 0);
	CHECK(strcmp(quote_qualified_identifier("a b", "c"), "\"a b\".c") == 0);
	CHECK(strcmp(quote_qualified_identifier(NULL, "c"), "c") == 0);
	CHECK(strcmp(quote_literal_cstr("it's"), "'it''s'") == 0);
	CHECK(strcmp(quote_literal_cstr("a\\b"), " E'a\\\\b'") == 0 ||
		  strcmp(quote_literal_cstr("a\\b"), "E'a\\\\b'") == 0);
	CHECK(!quote_all_identifiers);
	quote_all_identifiers = true;
	CHECK(strcmp(quote_identifier(plain), "\"plain\"") == 0);
	quote_all_identifiers = false;
}

CAPI_TEST(test_text_values)
{
	text *value = cstring_to_text_with_len("gr\xc3\xbc\xc3\x9f"
										   "e",
										   5);
	char buffer[8];

	CHECK(VARSIZE_ANY_EXHDR(value) == 5);
	value = cstring_to_text_with_len("gr\xc3\xbc\xc3\x9f"
									 "e",
									 7);
	CHECK(strcmp(text_to_cstring(value), "gr\xc3\xbc\xc3\x9f"
										 "e") == 0);
	text_to_cstring_buffer(value, buffer, sizeof(buffer));
	CHECK(strcmp(buffer, "gr\xc3\xbc\xc3\x9f"
						 "e") == 0);
	text_to_cstring_buffer(value, buffer, 6); /* not half of a letter */
	CHECK(strcmp(buffer, "gr\xc3\xbc") == 0);
}

CAPI_TEST(test_names_of_types)
{
	CHECK(strcmp(format_type_be(INT4OID), "integer") == 0);
	CHECK(strcmp(format_type_be(TIMESTAMPTZARRAYOID), "timestamp with time zone[]") == 0);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "cache lookup failed for type 4711",
				(void) format_type_be(4711));
	CHECK(strcmp(format_type_with_typemod(VARCHAROID, VARHDRSZ + 10), "character varying(10)") ==
		  0);
	CHECK(strcmp(format_type_with_typemod(NUMERICOID, (5 << 16 | 2) + VARHDRSZ), "numeric(5,2)") ==
		  0);
}

CAPI_TEST(test_letters)
{
	CHECK(TOUCHAR("\xc3\xbc") == 0xc3);
	CHECK(t_iseq("abc", 'a') && !t_iseq("abc", 'b'));
	CHECK(t_isalpha("x") && t_isalpha("\xc3\xbc") && !t_isalpha("1"));
	CHECK(t_isdigit("1") && !t_isdigit("x"));
	CHECK(t_isspace("\t") && !t_isspace("x"));
	CHECK(t_isprint("x") && !t_isprint("\x01"));
}
