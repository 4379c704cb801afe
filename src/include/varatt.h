/*
 * varatt.h
 *		The layout of values of variable length, as PostgreSQL 15 defines it.
 *
 * Two forms exist in Postroom. The plain one has a header of four bytes, aligned; the short one has one byte and
 * holds at most 126 bytes of data. Their lowest bits tell them apart (on a little-endian machine: xx00 plain, xx10
 * compressed, xxx1 short, and 0x01 alone a pointer to data elsewhere). The server never hands out the compressed and
 * external forms, and refuses them; the macros know all so that module code compiles and behaves.
 *
 * PG_DETOAST_DATUM turns any form into the plain one, PG_DETOAST_DATUM_PACKED may leave the short one.
 */
#ifndef VARATT_H
#define VARATT_H

#include "c.h"

PG_BEGIN_EXTERN_C

/* What follows the header of the external forms. */
typedef struct varatt_external
{
	int32 va_rawsize;
	uint32 va_extinfo;
	Oid va_valueid;
	Oid va_toastrelid;
} varatt_external;

typedef struct varatt_indirect
{
	struct varlena *pointer;
} varatt_indirect;

typedef struct ExpandedObjectHeader ExpandedObjectHeader;

typedef struct varatt_expanded
{
	ExpandedObjectHeader *eohptr;
} varatt_expanded;

typedef enum vartag_external
{
	VARTAG_INDIRECT = 1,
	VARTAG_EXPANDED_RO = 2,
	VARTAG_EXPANDED_RW = 3,
	VARTAG_ONDISK = 18
} vartag_external;

typedef union
{
	struct
	{
		uint32 va_header;
		char va_data[FLEXIBLE_ARRAY_MEMBER];
	} va_4byte;
	struct
	{
		uint32 va_header;
		uint32 va_tcinfo;
		char va_data[FLEXIBLE_ARRAY_MEMBER];
	} va_compressed;
} varattrib_4b;

typedef struct
{
	uint8 va_header;
	char va_data[FLEXIBLE_ARRAY_MEMBER];
} varattrib_1b;

typedef struct
{
	uint8 va_header;
	uint8 va_tag;
	char va_data[FLEXIBLE_ARRAY_MEMBER];
} varattrib_1b_e;

PG_END_EXTERN_C

#define VARLENA_EXTSIZE_BITS 30
#define VARLENA_EXTSIZE_MASK ((1U << VARLENA_EXTSIZE_BITS) - 1)

#define VARTAG_IS_EXPANDED(tag) ((tag) == VARTAG_EXPANDED_RO || (tag) == VARTAG_EXPANDED_RW)
#define VARTAG_SIZE(tag) \
	((tag) == VARTAG_ONDISK ? sizeof(varatt_external) : sizeof(varatt_indirect))

/* Raw header of either width. */
#define PG_VAR_HEADER1(PTR) (((const varattrib_1b *) (PTR))->va_header)
#define PG_VAR_HEADER4(PTR) (((const varattrib_4b *) (PTR))->va_4byte.va_header)

#ifdef WORDS_BIGENDIAN
#define VARATT_IS_4B(PTR) ((PG_VAR_HEADER1(PTR) & 0x80) == 0)
#define VARATT_IS_4B_U(PTR) ((PG_VAR_HEADER1(PTR) & 0xC0) == 0)
#define VARATT_IS_4B_C(PTR) ((PG_VAR_HEADER1(PTR) & 0xC0) == 0x40)
#define VARATT_IS_1B(PTR) ((PG_VAR_HEADER1(PTR) & 0x80) != 0)
#define VARATT_IS_1B_E(PTR) (PG_VAR_HEADER1(PTR) == 0x80)
#define VARSIZE_4B(PTR) (PG_VAR_HEADER4(PTR) & 0x3FFFFFFF)
#define VARSIZE_1B(PTR) (PG_VAR_HEADER1(PTR) & 0x7F)
#define PG_VAR_MAKE4(len, compressed) \
	(((uint32) (len) &0x3FFFFFFF) | ((compressed) ? 0x40000000 : 0))
#define PG_VAR_MAKE1(len) ((uint8) ((len) | 0x80))
#define PG_VAR_EXTERNAL_HEADER 0x80
#else
#define VARATT_IS_4B(PTR) ((PG_VAR_HEADER1(PTR) & 0x01) == 0)
#define VARATT_IS_4B_U(PTR) ((PG_VAR_HEADER1(PTR) & 0x03) == 0)
#define VARATT_IS_4B_C(PTR) ((PG_VAR_HEADER1(PTR) & 0x03) == 0x02)
#define VARATT_IS_1B(PTR) ((PG_VAR_HEADER1(PTR) & 0x01) != 0)
#define VARATT_IS_1B_E(PTR) (PG_VAR_HEADER1(PTR) == 0x01)
#define VARSIZE_4B(PTR) ((PG_VAR_HEADER4(PTR) >> 2) & 0x3FFFFFFF)
#define VARSIZE_1B(PTR) ((PG_VAR_HEADER1(PTR) >> 1) & 0x7F)
#define PG_VAR_MAKE4(len, compressed) (((uint32) (len) << 2) | ((compressed) ? 0x02 : 0))
#define PG_VAR_MAKE1(len) ((uint8) (((len) << 1) | 0x01))
#define PG_VAR_EXTERNAL_HEADER 0x01
#endif

#define VARATT_NOT_PAD_BYTE(PTR) (PG_VAR_HEADER1(PTR) != 0)
#define VARTAG_1B_E(PTR) (((const varattrib_1b_e *) (PTR))->va_tag)
#define SET_VARSIZE_4B(PTR, len) \
	(((varattrib_4b *) (PTR))->va_4byte.va_header = PG_VAR_MAKE4((len), false))
#define SET_VARSIZE_4B_C(PTR, len) \
	(((varattrib_4b *) (PTR))->va_4byte.va_header = PG_VAR_MAKE4((len), true))
#define SET_VARSIZE_1B(PTR, len) (((varattrib_1b *) (PTR))->va_header = PG_VAR_MAKE1(len))
#define SET_VARTAG_1B_E(PTR, tag)                                    \
	(((varattrib_1b_e *) (PTR))->va_header = PG_VAR_EXTERNAL_HEADER, \
	 ((varattrib_1b_e *) (PTR))->va_tag = (tag))

#define VARDATA_4B(PTR) (((varattrib_4b *) (PTR))->va_4byte.va_data)
#define VARDATA_4B_C(PTR) (((varattrib_4b *) (PTR))->va_compressed.va_data)
#define VARDATA_1B(PTR) (((varattrib_1b *) (PTR))->va_data)
#define VARDATA_1B_E(PTR) (((varattrib_1b_e *) (PTR))->va_data)

/*
 * The names for module code. VARSIZE counts the header; the plain forms need a detoasted value.
 */
#define VARHDRSZ_EXTERNAL offsetof(varattrib_1b_e, va_data)
#define VARHDRSZ_COMPRESSED offsetof(varattrib_4b, va_compressed.va_data)
#define VARHDRSZ_SHORT offsetof(varattrib_1b, va_data)
#define VARATT_SHORT_MAX 0x7F

#define VARDATA(PTR) VARDATA_4B(PTR)
#define VARSIZE(PTR) VARSIZE_4B(PTR)
#define VARSIZE_SHORT(PTR) VARSIZE_1B(PTR)
#define VARDATA_SHORT(PTR) VARDATA_1B(PTR)
#define VARTAG_EXTERNAL(PTR) VARTAG_1B_E(PTR)
#define VARSIZE_EXTERNAL(PTR) (VARHDRSZ_EXTERNAL + VARTAG_SIZE(VARTAG_EXTERNAL(PTR)))
#define VARDATA_EXTERNAL(PTR) VARDATA_1B_E(PTR)

#define VARATT_IS_COMPRESSED(PTR) VARATT_IS_4B_C(PTR)
#define VARATT_IS_EXTERNAL(PTR) VARATT_IS_1B_E(PTR)
#define VARATT_IS_EXTERNAL_ONDISK(PTR) \
	(VARATT_IS_EXTERNAL(PTR) && VARTAG_EXTERNAL(PTR) == VARTAG_ONDISK)
#define VARATT_IS_EXTERNAL_INDIRECT(PTR) \
	(VARATT_IS_EXTERNAL(PTR) && VARTAG_EXTERNAL(PTR) == VARTAG_INDIRECT)
#define VARATT_IS_EXTERNAL_EXPANDED_RO(PTR) \
	(VARATT_IS_EXTERNAL(PTR) && VARTAG_EXTERNAL(PTR) == VARTAG_EXPANDED_RO)
#define VARATT_IS_EXTERNAL_EXPANDED_RW(PTR) \
	(VARATT_IS_EXTERNAL(PTR) && VARTAG_EXTERNAL(PTR) == VARTAG_EXPANDED_RW)
#define VARATT_IS_EXTERNAL_EXPANDED(PTR) \
	(VARATT_IS_EXTERNAL(PTR) && VARTAG_IS_EXPANDED(VARTAG_EXTERNAL(PTR)))
#define VARATT_IS_EXTERNAL_NON_EXPANDED(PTR) \
	(VARATT_IS_EXTERNAL(PTR) && !VARTAG_IS_EXPANDED(VARTAG_EXTERNAL(PTR)))
#define VARATT_IS_SHORT(PTR) VARATT_IS_1B(PTR)
#define VARATT_IS_EXTENDED(PTR) (!VARATT_IS_4B_U(PTR))
#define VARATT_CONVERTED_SHORT_SIZE(PTR) (VARSIZE(PTR) - VARHDRSZ + VARHDRSZ_SHORT)
#define VARATT_CAN_MAKE_SHORT(PTR) \
	(VARATT_IS_4B_U(PTR) && VARATT_CONVERTED_SHORT_SIZE(PTR) <= VARATT_SHORT_MAX)

#define SET_VARSIZE(PTR, len) SET_VARSIZE_4B(PTR, len)
#define SET_VARSIZE_SHORT(PTR, len) SET_VARSIZE_1B(PTR, len)
#define SET_VARSIZE_COMPRESSED(PTR, len) SET_VARSIZE_4B_C(PTR, len)
#define SET_VARTAG_EXTERNAL(PTR, tag) SET_VARTAG_1B_E(PTR, tag)

/* For a value in plain or short form; PTR is evaluated more than once. EXHDR: without the header. */
#define VARSIZE_ANY(PTR)                         \
	(VARATT_IS_1B_E(PTR) ? VARSIZE_EXTERNAL(PTR) \
						 : (VARATT_IS_1B(PTR) ? (Size) VARSIZE_1B(PTR) : (Size) VARSIZE_4B(PTR)))
#define VARSIZE_ANY_EXHDR(PTR)                   \
	(VARSIZE_ANY(PTR) - (VARATT_IS_1B_E(PTR)     \
							 ? VARHDRSZ_EXTERNAL \
							 : (VARATT_IS_1B(PTR) ? VARHDRSZ_SHORT : (Size) VARHDRSZ)))
#define VARDATA_ANY(PTR) (VARATT_IS_1B(PTR) ? VARDATA_1B(PTR) : VARDATA_4B(PTR))

#define VARDATA_COMPRESSED_GET_EXTSIZE(PTR) \
	(((const varattrib_4b *) (PTR))->va_compressed.va_tcinfo & VARLENA_EXTSIZE_MASK)
#define VARDATA_COMPRESSED_GET_COMPRESS_METHOD(PTR) \
	(((const varattrib_4b *) (PTR))->va_compressed.va_tcinfo >> VARLENA_EXTSIZE_BITS)
#define VARATT_EXTERNAL_GET_EXTSIZE(toast_pointer) \
	((toast_pointer).va_extinfo & VARLENA_EXTSIZE_MASK)
#define VARATT_EXTERNAL_GET_COMPRESS_METHOD(toast_pointer) \
	((toast_pointer).va_extinfo >> VARLENA_EXTSIZE_BITS)
#define VARATT_EXTERNAL_IS_COMPRESSED(toast_pointer) \
	(VARATT_EXTERNAL_GET_EXTSIZE(toast_pointer) < (uint32) ((toast_pointer).va_rawsize - VARHDRSZ))

#endif /* VARATT_H */
