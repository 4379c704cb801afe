/*
 * fmgr.h
 *		The function manager: how C functions are called by SQL and how a module shows what it was built for.
 *
 * A function callable from SQL has the form
 *
 *		PG_FUNCTION_INFO_V1(add_one);
 *		Datum
 *		add_one(PG_FUNCTION_ARGS)
 *		{
 *			PG_RETURN_INT32(PG_GETARG_INT32(0) + 1);
 *		}
 *
 * and every loadable module says PG_MODULE_MAGIC; once. Source: PostgreSQL 15 manual, section "C-Language Functions".
 */
#ifndef FMGR_H
#define FMGR_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

/* Pointers to structures that this header need not know. */
typedef struct Node *fmNodePtr;
typedef struct Aggref *fmAggrefPtr;
typedef struct StringInfoData *fmStringInfo;
typedef void (*fmExprContextCallbackFunction)(Datum arg);

struct HeapTupleHeaderData;

typedef struct FunctionCallInfoBaseData *FunctionCallInfo;
typedef Datum (*PGFunction)(FunctionCallInfo fcinfo);

/*
 * A function looked up and ready for repeated calls. fn_extra belongs to the function itself, which may keep state
 * there between calls; allocate it in fn_mcxt.
 */
typedef struct FmgrInfo
{
	PGFunction fn_addr;
	Oid fn_oid; /* InvalidOid while not looked up */
	short fn_nargs;
	bool fn_strict; /* not called with null arguments */
	bool fn_retset;
	unsigned char fn_stats;
	void *fn_extra;
	MemoryContext fn_mcxt;
	fmNodePtr fn_expr;
} FmgrInfo;

/*
 * One call. The callee reads args[0 .. nargs - 1] and sets isnull when its result is null.
 */
typedef struct FunctionCallInfoBaseData
{
	FmgrInfo *flinfo;	  /* NULL in a direct call */
	fmNodePtr context;	  /* who calls: NULL, or a node of the caller's kind */
	fmNodePtr resultinfo; /* NULL, or a ReturnSetInfo */
	Oid fncollation;
	bool isnull;
	short nargs;
	NullableDatum args[FLEXIBLE_ARRAY_MEMBER];
} FunctionCallInfoBaseData;

#define FIELDNO_FUNCTIONCALLINFODATA_ISNULL 4
#define FIELDNO_FUNCTIONCALLINFODATA_ARGS 6

#define SizeForFunctionCallInfo(nargs) \
	(offsetof(FunctionCallInfoBaseData, args) + sizeof(NullableDatum) * (nargs))

/* Declares name as a FunctionCallInfo on the stack with room for nargs arguments. */
#define LOCAL_FCINFO(name, nargs)                   \
	union                                           \
	{                                               \
		FunctionCallInfoBaseData fcinfo;            \
		char space[SizeForFunctionCallInfo(nargs)]; \
	} name##data;                                   \
	FunctionCallInfo name = &name##data.fcinfo

#define InitFunctionCallInfoData(Fcinfo, Flinfo, Nargs, Collation, Context, Resultinfo)            \
	((Fcinfo).flinfo = (Flinfo), (Fcinfo).context = (Context), (Fcinfo).resultinfo = (Resultinfo), \
	 (Fcinfo).fncollation = (Collation), (Fcinfo).isnull = false, (Fcinfo).nargs = (Nargs))

#define FunctionCallInvoke(fcinfo) ((fcinfo)->flinfo->fn_addr(fcinfo))

/* Looks a function up by OID (ERROR XX000 "cache lookup failed for function") and fills finfo, whose memory is
 * CurrentMemoryContext or mcxt. Backends and workers with a database connection. */
extern void fmgr_info(Oid functionId, FmgrInfo *finfo);
extern void fmgr_info_cxt(Oid functionId, FmgrInfo *finfo, MemoryContext mcxt);
/*
 * Hears of the calls of functions made by CREATE FUNCTION or CREATE PROCEDURE, in any language, triggers among them; not of built-in ones. needs_fmgr_hook
 * is asked when a place looks a function up; fmgr_hook is told of each call there: START, and afterwards END, or ABORT when an error
 * leaves the function. *arg is the hook's, 0 at the first call of the place and kept for it. Set by _PG_init, which keeps and calls the
 * former ones.
 */
typedef enum FmgrHookEventType
{
	FHET_START,
	FHET_END,
	FHET_ABORT
} FmgrHookEventType;

typedef bool (*needs_fmgr_hook_type)(Oid fn_oid);
typedef void (*fmgr_hook_type)(FmgrHookEventType event, FmgrInfo *flinfo, Datum *arg);

extern PGDLLIMPORT needs_fmgr_hook_type needs_fmgr_hook;
extern PGDLLIMPORT fmgr_hook_type fmgr_hook;

#define FmgrHookIsNeeded(fn_oid) (needs_fmgr_hook != NULL && needs_fmgr_hook(fn_oid))

#define fmgr_info_set_expr(expr, finfo) ((finfo)->fn_expr = (expr))
extern void fmgr_info_copy(FmgrInfo *dstinfo, FmgrInfo *srcinfo, MemoryContext destcxt);

/*
 * Inside a function: its arguments and results
 */
#define PG_FUNCTION_ARGS FunctionCallInfo fcinfo
#define PG_GET_COLLATION() (fcinfo->fncollation)
#define PG_NARGS() (fcinfo->nargs)
#define PG_ARGISNULL(n) (fcinfo->args[n].isnull)

/* Plain form of a value of variable length: the argument itself when it is plain already, otherwise a palloc'd copy.
 * The slice counts bytes from first on, -1 for all the rest. */
extern struct varlena *pg_detoast_datum(struct varlena *datum);
extern struct varlena *pg_detoast_datum_copy(struct varlena *datum);
extern struct varlena *pg_detoast_datum_slice(struct varlena *datum, int32 first, int32 count);
extern struct varlena *pg_detoast_datum_packed(struct varlena *datum);

#define PG_DETOAST_DATUM(datum) pg_detoast_datum((struct varlena *) DatumGetPointer(datum))
#define PG_DETOAST_DATUM_COPY(datum) \
	pg_detoast_datum_copy((struct varlena *) DatumGetPointer(datum))
#define PG_DETOAST_DATUM_SLICE(datum, f, c) \
	pg_detoast_datum_slice((struct varlena *) DatumGetPointer(datum), (int32) (f), (int32) (c))
#define PG_DETOAST_DATUM_PACKED(datum) \
	pg_detoast_datum_packed((struct varlena *) DatumGetPointer(datum))

/* Frees a detoasted argument n when it is a copy. */
#define PG_FREE_IF_COPY(ptr, n)                      \
	do                                               \
	{                                                \
		if ((Pointer) (ptr) != PG_GETARG_POINTER(n)) \
			pfree(ptr);                              \
	} while (0)

#define PG_GETARG_DATUM(n) (fcinfo->args[n].value)
#define PG_GETARG_INT32(n) DatumGetInt32(PG_GETARG_DATUM(n))
#define PG_GETARG_UINT32(n) DatumGetUInt32(PG_GETARG_DATUM(n))
#define PG_GETARG_INT16(n) DatumGetInt16(PG_GETARG_DATUM(n))
#define PG_GETARG_UINT16(n) DatumGetUInt16(PG_GETARG_DATUM(n))
#define PG_GETARG_INT64(n) DatumGetInt64(PG_GETARG_DATUM(n))
#define PG_GETARG_CHAR(n) DatumGetChar(PG_GETARG_DATUM(n))
#define PG_GETARG_BOOL(n) DatumGetBool(PG_GETARG_DATUM(n))
#define PG_GETARG_OID(n) DatumGetObjectId(PG_GETARG_DATUM(n))
#define PG_GETARG_POINTER(n) DatumGetPointer(PG_GETARG_DATUM(n))
#define PG_GETARG_CSTRING(n) DatumGetCString(PG_GETARG_DATUM(n))
#define PG_GETARG_NAME(n) DatumGetName(PG_GETARG_DATUM(n))
#define PG_GETARG_TRANSACTIONID(n) DatumGetTransactionId(PG_GETARG_DATUM(n))
#define PG_GETARG_FLOAT4(n) DatumGetFloat4(PG_GETARG_DATUM(n))
#define PG_GETARG_FLOAT8(n) DatumGetFloat8(PG_GETARG_DATUM(n))
#define PG_GETARG_RAW_VARLENA_P(n) ((struct varlena *) PG_GETARG_POINTER(n))
#define PG_GETARG_VARLENA_P(n) PG_DETOAST_DATUM(PG_GETARG_DATUM(n))
#define PG_GETARG_VARLENA_PP(n) PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(n))

/* P: plain form; PP: perhaps short, read it with the _ANY macros; COPY: always a copy the function may change. */
#define DatumGetByteaP(X) ((bytea *) PG_DETOAST_DATUM(X))
#define DatumGetTextP(X) ((text *) PG_DETOAST_DATUM(X))
#define DatumGetBpCharP(X) ((BpChar *) PG_DETOAST_DATUM(X))
#define DatumGetVarCharP(X) ((VarChar *) PG_DETOAST_DATUM(X))
#define DatumGetByteaPP(X) ((bytea *) PG_DETOAST_DATUM_PACKED(X))
#define DatumGetTextPP(X) ((text *) PG_DETOAST_DATUM_PACKED(X))
#define DatumGetBpCharPP(X) ((BpChar *) PG_DETOAST_DATUM_PACKED(X))
#define DatumGetVarCharPP(X) ((VarChar *) PG_DETOAST_DATUM_PACKED(X))
#define DatumGetByteaPCopy(X) ((bytea *) PG_DETOAST_DATUM_COPY(X))
#define DatumGetTextPCopy(X) ((text *) PG_DETOAST_DATUM_COPY(X))
#define DatumGetBpCharPCopy(X) ((BpChar *) PG_DETOAST_DATUM_COPY(X))
#define DatumGetVarCharPCopy(X) ((VarChar *) PG_DETOAST_DATUM_COPY(X))
#define DatumGetByteaPSlice(X, m, n) ((bytea *) PG_DETOAST_DATUM_SLICE(X, m, n))
#define DatumGetTextPSlice(X, m, n) ((text *) PG_DETOAST_DATUM_SLICE(X, m, n))

#define PG_GETARG_BYTEA_P(n) DatumGetByteaP(PG_GETARG_DATUM(n))
#define PG_GETARG_TEXT_P(n) DatumGetTextP(PG_GETARG_DATUM(n))
#define PG_GETARG_BPCHAR_P(n) DatumGetBpCharP(PG_GETARG_DATUM(n))
#define PG_GETARG_VARCHAR_P(n) DatumGetVarCharP(PG_GETARG_DATUM(n))
#define PG_GETARG_BYTEA_PP(n) DatumGetByteaPP(PG_GETARG_DATUM(n))
#define PG_GETARG_TEXT_PP(n) DatumGetTextPP(PG_GETARG_DATUM(n))
#define PG_GETARG_BPCHAR_PP(n) DatumGetBpCharPP(PG_GETARG_DATUM(n))
#define PG_GETARG_VARCHAR_PP(n) DatumGetVarCharPP(PG_GETARG_DATUM(n))
#define PG_GETARG_BYTEA_P_COPY(n) DatumGetByteaPCopy(PG_GETARG_DATUM(n))
#define PG_GETARG_TEXT_P_COPY(n) DatumGetTextPCopy(PG_GETARG_DATUM(n))
#define PG_GETARG_BPCHAR_P_COPY(n) DatumGetBpCharPCopy(PG_GETARG_DATUM(n))
#define PG_GETARG_VARCHAR_P_COPY(n) DatumGetVarCharPCopy(PG_GETARG_DATUM(n))
#define PG_GETARG_BYTEA_P_SLICE(n, a, b) DatumGetByteaPSlice(PG_GETARG_DATUM(n), a, b)
#define PG_GETARG_TEXT_P_SLICE(n, a, b) DatumGetTextPSlice(PG_GETARG_DATUM(n), a, b)

#define PG_RETURN_NULL()       \
	do                         \
	{                          \
		fcinfo->isnull = true; \
		return (Datum) 0;      \
	} while (0)
#define PG_RETURN_VOID() return (Datum) 0
#define PG_RETURN_DATUM(x) return (x)
#define PG_RETURN_INT32(x) return Int32GetDatum(x)
#define PG_RETURN_UINT32(x) return UInt32GetDatum(x)
#define PG_RETURN_INT16(x) return Int16GetDatum(x)
#define PG_RETURN_UINT16(x) return UInt16GetDatum(x)
#define PG_RETURN_INT64(x) return Int64GetDatum(x)
#define PG_RETURN_UINT64(x) return UInt64GetDatum(x)
#define PG_RETURN_CHAR(x) return CharGetDatum(x)
#define PG_RETURN_BOOL(x) return BoolGetDatum(x)
#define PG_RETURN_OID(x) return ObjectIdGetDatum(x)
#define PG_RETURN_POINTER(x) return PointerGetDatum(x)
#define PG_RETURN_CSTRING(x) return CStringGetDatum(x)
#define PG_RETURN_NAME(x) return NameGetDatum(x)
#define PG_RETURN_TRANSACTIONID(x) return TransactionIdGetDatum(x)
#define PG_RETURN_FLOAT4(x) return Float4GetDatum(x)
#define PG_RETURN_FLOAT8(x) return Float8GetDatum(x)
#define PG_RETURN_BYTEA_P(x) PG_RETURN_POINTER(x)
#define PG_RETURN_TEXT_P(x) PG_RETURN_POINTER(x)
#define PG_RETURN_BPCHAR_P(x) PG_RETURN_POINTER(x)
#define PG_RETURN_VARCHAR_P(x) PG_RETURN_POINTER(x)

/*
 * Calling convention mark: the loader looks for pg_finfo_<name> beside each function.
 */
typedef struct
{
	int api_version; /* 1 */
} Pg_finfo_record;

typedef const Pg_finfo_record *(*PGFInfoFunction)(void);

/* Before a function that SQL calls. In C++ it gives the function C linkage, too. */
#define PG_FUNCTION_INFO_V1(funcname)                                                    \
	PG_EXTERN_C PGDLLEXPORT Datum funcname(PG_FUNCTION_ARGS);                            \
	PG_EXTERN_C PGDLLEXPORT const Pg_finfo_record *CppConcat(pg_finfo_, funcname)(void); \
	const Pg_finfo_record *CppConcat(pg_finfo_, funcname)(void)                          \
	{                                                                                    \
		static const Pg_finfo_record record = {1};                                       \
		return &record;                                                                  \
	}                                                                                    \
	PG_EXTERN_C int no_such_variable

/*
 * Magic block. The server loads a module only when the block equals its own; abi_extra refuses PostgreSQL's binaries
 * and those of a Postroom with another module ABI.
 */
typedef struct
{
	int len;		 /* sizeof this struct */
	int version;	 /* PG_VERSION_NUM / 100 */
	int funcmaxargs; /* FUNC_MAX_ARGS */
	int indexmaxkeys;
	int namedatalen;
	int float8byval;
	char abi_extra[32];
} Pg_magic_struct;

#define PG_MODULE_MAGIC_DATA                                                                       \
	{                                                                                              \
		sizeof(Pg_magic_struct), PG_VERSION_NUM / 100, FUNC_MAX_ARGS, INDEX_MAX_KEYS, NAMEDATALEN, \
			FLOAT8PASSBYVAL, FMGR_ABI_EXTRA                                                        \
	}

typedef const Pg_magic_struct *(*PGModuleMagicFunction)(void);

#define PG_MAGIC_FUNCTION_NAME Pg_magic_func
#define PG_MAGIC_FUNCTION_NAME_STRING "Pg_magic_func"

#define PG_MODULE_MAGIC                                                          \
	PG_EXTERN_C PGDLLEXPORT const Pg_magic_struct *PG_MAGIC_FUNCTION_NAME(void); \
	const Pg_magic_struct *PG_MAGIC_FUNCTION_NAME(void)                          \
	{                                                                            \
		static const Pg_magic_struct magic = PG_MODULE_MAGIC_DATA;               \
		return &magic;                                                           \
	}                                                                            \
	PG_EXTERN_C int no_such_variable

/* The form that PostgreSQL 18 adds; its name and version are not kept. */
#define PG_MODULE_MAGIC_EXT(...) PG_MODULE_MAGIC

/* A module's own entry points, called once after loading. */
extern PGDLLEXPORT void _PG_init(void);

/* A function of a module, which is loaded if need be; NULL or ERROR 42883 when it is not there. The handle is for
 * lookup_external_function. load_file is LOAD; restricted allows $libdir/plugins alone. */
extern void *load_external_function(const char *filename, const char *funcname, bool signalNotFound,
									void **filehandle);
extern void *lookup_external_function(void *filehandle, const char *funcname);
extern void load_file(const char *filename, bool restricted);

/* A pointer of this name, for modules that want to find each other: NULL until one of them sets it. The same place for
 * the same name (up to 63 bytes of it) as long as the process lives. */
extern void **find_rendezvous_variable(const char *varName);

/*
 * Calls from C. The Direct forms call a C function without looking it up and pass no FmgrInfo; FunctionCall uses a
 * looked-up function, OidFunctionCall looks it up each time (fmgr_info); CallerFInfo calls func with somebody else's
 * FmgrInfo. All raise ERROR XX000 when the function returns null, and whatever the function raises.
 */
extern Datum DirectFunctionCall1Coll(PGFunction func, Oid collation, Datum arg1);
extern Datum DirectFunctionCall2Coll(PGFunction func, Oid collation, Datum arg1, Datum arg2);
extern Datum DirectFunctionCall3Coll(PGFunction func, Oid collation, Datum arg1, Datum arg2,
									 Datum arg3);
extern Datum DirectFunctionCall4Coll(PGFunction func, Oid collation, Datum arg1, Datum arg2,
									 Datum arg3, Datum arg4);
extern Datum DirectFunctionCall5Coll(PGFunction func, Oid collation, Datum arg1, Datum arg2,
									 Datum arg3, Datum arg4, Datum arg5);
extern Datum DirectFunctionCall6Coll(PGFunction func, Oid collation, Datum arg1, Datum arg2,
									 Datum arg3, Datum arg4, Datum arg5, Datum arg6);
extern Datum DirectFunctionCall7Coll(PGFunction func, Oid collation, Datum arg1, Datum arg2,
									 Datum arg3, Datum arg4, Datum arg5, Datum arg6, Datum arg7);
extern Datum DirectFunctionCall8Coll(PGFunction func, Oid collation, Datum arg1, Datum arg2,
									 Datum arg3, Datum arg4, Datum arg5, Datum arg6, Datum arg7,
									 Datum arg8);
extern Datum DirectFunctionCall9Coll(PGFunction func, Oid collation, Datum arg1, Datum arg2,
									 Datum arg3, Datum arg4, Datum arg5, Datum arg6, Datum arg7,
									 Datum arg8, Datum arg9);
extern Datum FunctionCall0Coll(FmgrInfo *flinfo, Oid collation);
extern Datum FunctionCall1Coll(FmgrInfo *flinfo, Oid collation, Datum arg1);
extern Datum FunctionCall2Coll(FmgrInfo *flinfo, Oid collation, Datum arg1, Datum arg2);
extern Datum FunctionCall3Coll(FmgrInfo *flinfo, Oid collation, Datum arg1, Datum arg2, Datum arg3);
extern Datum FunctionCall4Coll(FmgrInfo *flinfo, Oid collation, Datum arg1, Datum arg2, Datum arg3,
							   Datum arg4);
extern Datum FunctionCall5Coll(FmgrInfo *flinfo, Oid collation, Datum arg1, Datum arg2, Datum arg3,
							   Datum arg4, Datum arg5);
extern Datum FunctionCall6Coll(FmgrInfo *flinfo, Oid collation, Datum arg1, Datum arg2, Datum arg3,
							   Datum arg4, Datum arg5, Datum arg6);
extern Datum FunctionCall7Coll(FmgrInfo *flinfo, Oid collation, Datum arg1, Datum arg2, Datum arg3,
							   Datum arg4, Datum arg5, Datum arg6, Datum arg7);
extern Datum FunctionCall8Coll(FmgrInfo *flinfo, Oid collation, Datum arg1, Datum arg2, Datum arg3,
							   Datum arg4, Datum arg5, Datum arg6, Datum arg7, Datum arg8);
extern Datum FunctionCall9Coll(FmgrInfo *flinfo, Oid collation, Datum arg1, Datum arg2, Datum arg3,
							   Datum arg4, Datum arg5, Datum arg6, Datum arg7, Datum arg8,
							   Datum arg9);
extern Datum OidFunctionCall0Coll(Oid functionId, Oid collation);
extern Datum OidFunctionCall1Coll(Oid functionId, Oid collation, Datum arg1);
extern Datum OidFunctionCall2Coll(Oid functionId, Oid collation, Datum arg1, Datum arg2);
extern Datum OidFunctionCall3Coll(Oid functionId, Oid collation, Datum arg1, Datum arg2,
								  Datum arg3);
extern Datum OidFunctionCall4Coll(Oid functionId, Oid collation, Datum arg1, Datum arg2, Datum arg3,
								  Datum arg4);
extern Datum OidFunctionCall5Coll(Oid functionId, Oid collation, Datum arg1, Datum arg2, Datum arg3,
								  Datum arg4, Datum arg5);
extern Datum OidFunctionCall6Coll(Oid functionId, Oid collation, Datum arg1, Datum arg2, Datum arg3,
								  Datum arg4, Datum arg5, Datum arg6);
extern Datum OidFunctionCall7Coll(Oid functionId, Oid collation, Datum arg1, Datum arg2, Datum arg3,
								  Datum arg4, Datum arg5, Datum arg6, Datum arg7);
extern Datum OidFunctionCall8Coll(Oid functionId, Oid collation, Datum arg1, Datum arg2, Datum arg3,
								  Datum arg4, Datum arg5, Datum arg6, Datum arg7, Datum arg8);
extern Datum OidFunctionCall9Coll(Oid functionId, Oid collation, Datum arg1, Datum arg2, Datum arg3,
								  Datum arg4, Datum arg5, Datum arg6, Datum arg7, Datum arg8,
								  Datum arg9);
extern Datum CallerFInfoFunctionCall1(PGFunction func, FmgrInfo *flinfo, Oid collation, Datum arg1);
extern Datum CallerFInfoFunctionCall2(PGFunction func, FmgrInfo *flinfo, Oid collation, Datum arg1,
									  Datum arg2);

#define DirectFunctionCall1(func, a1) DirectFunctionCall1Coll(func, InvalidOid, a1)
#define DirectFunctionCall2(func, a1, a2) DirectFunctionCall2Coll(func, InvalidOid, a1, a2)
#define DirectFunctionCall3(func, a1, a2, a3) DirectFunctionCall3Coll(func, InvalidOid, a1, a2, a3)
#define DirectFunctionCall4(func, a1, a2, a3, a4) \
	DirectFunctionCall4Coll(func, InvalidOid, a1, a2, a3, a4)
#define DirectFunctionCall5(func, a1, a2, a3, a4, a5) \
	DirectFunctionCall5Coll(func, InvalidOid, a1, a2, a3, a4, a5)
#define DirectFunctionCall6(func, a1, a2, a3, a4, a5, a6) \
	DirectFunctionCall6Coll(func, InvalidOid, a1, a2, a3, a4, a5, a6)
#define DirectFunctionCall7(func, a1, a2, a3, a4, a5, a6, a7) \
	DirectFunctionCall7Coll(func, InvalidOid, a1, a2, a3, a4, a5, a6, a7)
#define DirectFunctionCall8(func, a1, a2, a3, a4, a5, a6, a7, a8) \
	DirectFunctionCall8Coll(func, InvalidOid, a1, a2, a3, a4, a5, a6, a7, a8)
#define DirectFunctionCall9(func, a1, a2, a3, a4, a5, a6, a7, a8, a9) \
	DirectFunctionCall9Coll(func, InvalidOid, a1, a2, a3, a4, a5, a6, a7, a8, a9)
#define FunctionCall0(flinfo) FunctionCall0Coll(flinfo, InvalidOid)
#define FunctionCall1(flinfo, a1) FunctionCall1Coll(flinfo, InvalidOid, a1)
#define FunctionCall2(flinfo, a1, a2) FunctionCall2Coll(flinfo, InvalidOid, a1, a2)
#define FunctionCall3(flinfo, a1, a2, a3) FunctionCall3Coll(flinfo, InvalidOid, a1, a2, a3)
#define FunctionCall4(flinfo, a1, a2, a3, a4) FunctionCall4Coll(flinfo, InvalidOid, a1, a2, a3, a4)
#define FunctionCall5(flinfo, a1, a2, a3, a4, a5) \
	FunctionCall5Coll(flinfo, InvalidOid, a1, a2, a3, a4, a5)
#define FunctionCall6(flinfo, a1, a2, a3, a4, a5, a6) \
	FunctionCall6Coll(flinfo, InvalidOid, a1, a2, a3, a4, a5, a6)
#define FunctionCall7(flinfo, a1, a2, a3, a4, a5, a6, a7) \
	FunctionCall7Coll(flinfo, InvalidOid, a1, a2, a3, a4, a5, a6, a7)
#define FunctionCall8(flinfo, a1, a2, a3, a4, a5, a6, a7, a8) \
	FunctionCall8Coll(flinfo, InvalidOid, a1, a2, a3, a4, a5, a6, a7, a8)
#define FunctionCall9(flinfo, a1, a2, a3, a4, a5, a6, a7, a8, a9) \
	FunctionCall9Coll(flinfo, InvalidOid, a1, a2, a3, a4, a5, a6, a7, a8, a9)
#define OidFunctionCall0(functionId) OidFunctionCall0Coll(functionId, InvalidOid)
#define OidFunctionCall1(functionId, a1) OidFunctionCall1Coll(functionId, InvalidOid, a1)
#define OidFunctionCall2(functionId, a1, a2) OidFunctionCall2Coll(functionId, InvalidOid, a1, a2)
#define OidFunctionCall3(functionId, a1, a2, a3) \
	OidFunctionCall3Coll(functionId, InvalidOid, a1, a2, a3)
#define OidFunctionCall4(functionId, a1, a2, a3, a4) \
	OidFunctionCall4Coll(functionId, InvalidOid, a1, a2, a3, a4)
#define OidFunctionCall5(functionId, a1, a2, a3, a4, a5) \
	OidFunctionCall5Coll(functionId, InvalidOid, a1, a2, a3, a4, a5)
#define OidFunctionCall6(functionId, a1, a2, a3, a4, a5, a6) \
	OidFunctionCall6Coll(functionId, InvalidOid, a1, a2, a3, a4, a5, a6)
#define OidFunctionCall7(functionId, a1, a2, a3, a4, a5, a6, a7) \
	OidFunctionCall7Coll(functionId, InvalidOid, a1, a2, a3, a4, a5, a6, a7)
#define OidFunctionCall8(functionId, a1, a2, a3, a4, a5, a6, a7, a8) \
	OidFunctionCall8Coll(functionId, InvalidOid, a1, a2, a3, a4, a5, a6, a7, a8)
#define OidFunctionCall9(functionId, a1, a2, a3, a4, a5, a6, a7, a8, a9) \
	OidFunctionCall9Coll(functionId, InvalidOid, a1, a2, a3, a4, a5, a6, a7, a8, a9)

/* A type's input and output functions (OIDs from utils/lsyscache.h). Text results are palloc'd; str or buf may be NULL
 * for a null value. Input raises what the type raises for bad text, receive 22P03 for bad bytes of buf, which it reads
 * from its cursor on. */
extern Datum InputFunctionCall(FmgrInfo *flinfo, char *str, Oid typioparam, int32 typmod);
extern Datum OidInputFunctionCall(Oid functionId, char *str, Oid typioparam, int32 typmod);
extern char *OutputFunctionCall(FmgrInfo *flinfo, Datum val);
extern char *OidOutputFunctionCall(Oid functionId, Datum val);
extern Datum ReceiveFunctionCall(FmgrInfo *flinfo, fmStringInfo buf, Oid typioparam, int32 typmod);
extern Datum OidReceiveFunctionCall(Oid functionId, fmStringInfo buf, Oid typioparam, int32 typmod);
extern bytea *SendFunctionCall(FmgrInfo *flinfo, Datum val);
extern bytea *OidSendFunctionCall(Oid functionId, Datum val);

/* 16 and later: input whose bad text is no ERROR when escontext is an ErrorSaveContext (nodes/miscnodes.h): false, and
 * the context says so. The Direct form calls an input function by address. */
extern bool InputFunctionCallSafe(FmgrInfo *flinfo, char *str, Oid typioparam, int32 typmod,
								  fmNodePtr escontext, Datum *result);
extern bool DirectInputFunctionCallSafe(PGFunction func, char *str, Oid typioparam, int32 typmod,
										fmNodePtr escontext, Datum *result);

/* OID of a built-in function by its C name; InvalidOid when there is none. */
extern Oid fmgr_internal_function(const char *proname);

/*
 * What the place that calls a function gives it; argnum counts from 0. InvalidOid or false where that is not known:
 * in direct calls, and where nobody set fn_expr.
 */
extern Oid get_fn_expr_rettype(FmgrInfo *flinfo);
extern Oid get_fn_expr_argtype(FmgrInfo *flinfo, int argnum);
extern Oid get_call_expr_argtype(fmNodePtr expr, int argnum);
extern bool get_fn_expr_arg_stable(FmgrInfo *flinfo, int argnum);
extern bool get_call_expr_arg_stable(fmNodePtr expr, int argnum);
extern bool get_fn_expr_variadic(FmgrInfo *flinfo);
/* Operator classes have no options here: false, and ERROR 22023. */
extern bool has_fn_opclass_options(FmgrInfo *flinfo);
extern bytea *get_fn_opclass_options(FmgrInfo *flinfo);

PG_END_EXTERN_C

#endif /* FMGR_H */
