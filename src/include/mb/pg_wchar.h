/*
 * pg_wchar.h
 *		Encodings. Databases are UTF-8; clients are, too, or take bytes as they are (SQL_ASCII).
 */
#ifndef PG_WCHAR_H
#define PG_WCHAR_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef unsigned int pg_wchar;
#define MAX_MULTIBYTE_CHAR_LEN 4
typedef enum pg_enc
{
	PG_SQL_ASCII = 0,
	PG_EUC_JP,
	PG_EUC_CN,
	PG_EUC_KR,
	PG_EUC_TW,
	PG_EUC_JIS_2004,
	PG_UTF8,
	PG_MULE_INTERNAL,
	PG_LATIN1,
	PG_LATIN2,
	PG_LATIN3,
	PG_LATIN4,
	PG_LATIN5,
	PG_LATIN6,
	PG_LATIN7,
	PG_LATIN8,
	PG_LATIN9,
	PG_LATIN10,
	PG_WIN1256,
	PG_WIN1258,
	PG_WIN866,
	PG_WIN874,
	PG_KOI8R,
	PG_WIN1251,
	PG_WIN1252,
	PG_ISO_8859_5,
	PG_ISO_8859_6,
	PG_ISO_8859_7,
	PG_ISO_8859_8,
	PG_WIN1250,
	PG_WIN1253,
	PG_WIN1254,
	PG_WIN1255,
	PG_WIN1257,
	PG_KOI8U,
	PG_SJIS,
	PG_BIG5,
	PG_GBK,
	PG_UHC,
	PG_GB18030,
	PG_JOHAB,
	PG_SHIFT_JIS_2004,
	_PG_LAST_ENCODING_
} pg_enc;

#define PG_ENCODING_BE_LAST PG_KOI8U /* those behind it are for clients only */
#define PG_VALID_BE_ENCODING(_enc) ((_enc) >= 0 && (_enc) <= PG_ENCODING_BE_LAST)
#define PG_VALID_ENCODING(_enc) ((_enc) >= 0 && (_enc) < _PG_LAST_ENCODING_)

/* Number and name of an encoding; -1 and "" for none. */
extern int pg_char_to_encoding(const char *name);
extern const char *pg_encoding_to_char(int encoding);
extern int pg_valid_server_encoding(const char *name);
extern int pg_valid_client_encoding(const char *name);
#define pg_valid_server_encoding_id(encoding) ((encoding) == PG_UTF8)

/* The database's and the client's. */
extern int GetDatabaseEncoding(void);
extern const char *GetDatabaseEncodingName(void);
extern int GetMessageEncoding(void);
extern int pg_get_client_encoding(void);
extern const char *pg_get_client_encoding_name(void);
extern int pg_database_encoding_max_length(void);
/* Bytes of the longest character. */
extern int pg_encoding_max_length(int encoding);

/* Bytes of the character at mbstr, from its first byte. */
extern int pg_mblen(const char *mbstr);
extern int pg_mblen_cstr(const char *mbstr);
extern int pg_mblen_with_len(const char *mbstr, int limit);
extern int pg_mblen_range(const char *mbstr, const char *end);
extern int pg_mblen_unbounded(const char *mbstr);
extern int pg_utf_mblen(const unsigned char *s);
/* Columns that it takes in a terminal: 1 for most. */
extern int pg_dsplen(const char *mbstr);
/* Characters in a text. */
extern int pg_mbstrlen(const char *mbstr);
extern int pg_mbstrlen_with_len(const char *mbstr, int len);
/* The longest beginning of whole characters within limit bytes, or within limit characters. */
extern int pg_mbcliplen(const char *mbstr, int len, int limit);
extern int pg_mbcharcliplen(const char *mbstr, int len, int limit);
/* Whether it is valid text; false, or with noError false ERROR 22021. */
extern bool pg_verifymbstr(const char *mbstr, int len, bool noError);
extern bool pg_verify_mbstr(int encoding, const char *mbstr, int len, bool noError);
/* One character to and from its number; the bytes are not terminated. */
extern unsigned char *unicode_to_utf8(pg_wchar c, unsigned char *utf8string);
extern pg_wchar utf8_to_unicode(const unsigned char *c);
extern bool pg_utf8_islegal(const unsigned char *source, int length);

/* Between encodings: s itself where nothing changes, else palloc'd. ERROR 22021 for text that is not valid. */
extern char *pg_client_to_server(const char *s, int len);
extern char *pg_server_to_client(const char *s, int len);
extern char *pg_any_to_server(const char *s, int len, int encoding);
extern char *pg_server_to_any(const char *s, int len, int encoding);

PG_END_EXTERN_C

#endif /* PG_WCHAR_H */
