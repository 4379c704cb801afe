/*
 * jsonb.h
 *		Values of type jsonb: their layout, values taken apart, and how to make them.
 *
 * A Jsonb is one varlena: a container with a header word (count and kind), one JEntry for each part, then the parts'
 * bytes. An object has all its keys first, in order of length and bytes, then the values; a scalar on top lies in an
 * array of one element that is marked so. Layout and names are PostgreSQL 15's.
 *
 * Results are palloc'd in CurrentMemoryContext; what an iterator or a find function gives points into the container
 * where it can. Any process.
 */
#ifndef __JSONB_H__
#define __JSONB_H__

#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/numeric.h"

PG_BEGIN_EXTERN_C

/* What an iterator meets, and what pushJsonbValue is told. */
typedef enum
{
	WJB_DONE,
	WJB_KEY,
	WJB_VALUE,
	WJB_ELEM,
	WJB_BEGIN_ARRAY,
	WJB_END_ARRAY,
	WJB_BEGIN_OBJECT,
	WJB_END_OBJECT
} JsonbIteratorToken;

/* Length or, every JB_OFFSET_STRIDE entries, end offset of a part, and its kind. */
typedef uint32 JEntry;

#define JENTRY_OFFLENMASK 0x0FFFFFFF
#define JENTRY_TYPEMASK 0x70000000
#define JENTRY_HAS_OFF 0x80000000
#define JENTRY_ISSTRING 0x00000000
#define JENTRY_ISNUMERIC 0x10000000
#define JENTRY_ISBOOL_FALSE 0x20000000
#define JENTRY_ISBOOL_TRUE 0x30000000
#define JENTRY_ISNULL 0x40000000
#define JENTRY_ISCONTAINER 0x50000000
#define JB_OFFSET_STRIDE 32

#define JBE_OFFLENFLD(je_) ((je_) &JENTRY_OFFLENMASK)
#define JBE_HAS_OFF(je_) (((je_) &JENTRY_HAS_OFF) != 0)
#define JBE_ISSTRING(je_) (((je_) &JENTRY_TYPEMASK) == JENTRY_ISSTRING)
#define JBE_ISNUMERIC(je_) (((je_) &JENTRY_TYPEMASK) == JENTRY_ISNUMERIC)
#define JBE_ISCONTAINER(je_) (((je_) &JENTRY_TYPEMASK) == JENTRY_ISCONTAINER)
#define JBE_ISNULL(je_) (((je_) &JENTRY_TYPEMASK) == JENTRY_ISNULL)
#define JBE_ISBOOL_TRUE(je_) (((je_) &JENTRY_TYPEMASK) == JENTRY_ISBOOL_TRUE)
#define JBE_ISBOOL_FALSE(je_) (((je_) &JENTRY_TYPEMASK) == JENTRY_ISBOOL_FALSE)
#define JBE_ISBOOL(je_) (JBE_ISBOOL_TRUE(je_) || JBE_ISBOOL_FALSE(je_))

typedef struct JsonbContainer
{
	uint32 header; /* number of elements or pairs, and flags */
	JEntry children[FLEXIBLE_ARRAY_MEMBER];
} JsonbContainer;

#define JB_CMASK 0x0FFFFFFF
#define JB_FSCALAR 0x10000000
#define JB_FOBJECT 0x20000000
#define JB_FARRAY 0x40000000

#define JsonContainerSize(jc) ((jc)->header & JB_CMASK)
#define JsonContainerIsScalar(jc) (((jc)->header & JB_FSCALAR) != 0)
#define JsonContainerIsObject(jc) (((jc)->header & JB_FOBJECT) != 0)
#define JsonContainerIsArray(jc) (((jc)->header & JB_FARRAY) != 0)

typedef struct
{
	int32 vl_len_; /* varlena header */
	JsonbContainer root;
} Jsonb;

#define JB_ROOT_COUNT(jbp_) (JsonContainerSize(&(jbp_)->root))
#define JB_ROOT_IS_SCALAR(jbp_) (JsonContainerIsScalar(&(jbp_)->root))
#define JB_ROOT_IS_OBJECT(jbp_) (JsonContainerIsObject(&(jbp_)->root))
#define JB_ROOT_IS_ARRAY(jbp_) (JsonContainerIsArray(&(jbp_)->root))

#define DatumGetJsonbP(d) ((Jsonb *) PG_DETOAST_DATUM(d))
#define DatumGetJsonbPCopy(d) ((Jsonb *) PG_DETOAST_DATUM_COPY(d))
#define JsonbPGetDatum(p) PointerGetDatum(p)
#define PG_GETARG_JSONB_P(x) DatumGetJsonbP(PG_GETARG_DATUM(x))
#define PG_GETARG_JSONB_P_COPY(x) DatumGetJsonbPCopy(PG_GETARG_DATUM(x))
#define PG_RETURN_JSONB_P(x) PG_RETURN_POINTER(x)

enum jbvType
{
	jbvNull = 0x0,
	jbvString,
	jbvNumeric,
	jbvBool,
	jbvArray = 0x10,
	jbvObject,
	jbvBinary, /* a container as it lies in a Jsonb */
	jbvDatetime = 0x20
};

typedef struct JsonbPair JsonbPair;
typedef struct JsonbValue JsonbValue;

/* A value taken apart. */
struct JsonbValue
{
	enum jbvType type;
	union
	{
		Numeric numeric;
		bool boolean;
		struct
		{
			int len;
			char *val; /* not terminated */
		} string;
		struct
		{
			int nElems;
			JsonbValue *elems;
			bool rawScalar; /* a scalar on top */
		} array;
		struct
		{
			int nPairs;
			JsonbPair *pairs;
		} object;
		struct
		{
			int len;
			JsonbContainer *data;
		} binary;
		struct
		{
			Datum value;
			Oid typid;
			int32 typmod;
			int tz;
		} datetime;
	} val;
};

#define IsAJsonbScalar(jsonbval)                                     \
	(((jsonbval)->type >= jbvNull && (jsonbval)->type <= jbvBool) || \
	 (jsonbval)->type == jbvDatetime)

struct JsonbPair
{
	JsonbValue key; /* a string */
	JsonbValue value;
	uint32 order; /* as pushed: of equal keys the last one stays */
};

/* A value in the making: the innermost open container. */
typedef struct JsonbParseState
{
	JsonbValue contVal;
	Size size; /* room for parts */
	struct JsonbParseState *next;
} JsonbParseState;

typedef struct JsonbIterator JsonbIterator;

/*
 * Making a value: WJB_BEGIN_OBJECT, then WJB_KEY and WJB_VALUE (or another BEGIN ... END) in turn, then WJB_END_OBJECT;
 * arrays with WJB_ELEM. *pstate is NULL at first. The outermost END returns the value, for JsonbValueToJsonb. Values may
 * be containers, too.
 */
extern JsonbValue *pushJsonbValue(JsonbParseState **pstate, JsonbIteratorToken seq,
								  JsonbValue *jbval);
extern Jsonb *JsonbValueToJsonb(JsonbValue *val);
extern void JsonbToJsonbValue(Jsonb *jsonb, JsonbValue *val);

/* Walking: one token after the other until WJB_DONE, when *it is NULL. skipNested gives inner containers as jbvBinary. */
extern JsonbIterator *JsonbIteratorInit(JsonbContainer *container);
extern JsonbIteratorToken JsonbIteratorNext(JsonbIterator **it, JsonbValue *val, bool skipNested);

/* Parts, or NULL. flags: JB_FOBJECT looks for a key, JB_FARRAY for an equal element. res may be NULL. */
extern JsonbValue *findJsonbValueFromContainer(JsonbContainer *container, uint32 flags,
											   JsonbValue *key);
extern JsonbValue *getKeyJsonValueFromContainer(JsonbContainer *container, const char *keyVal,
												int keyLen, JsonbValue *res);
extern JsonbValue *getIthJsonbValueFromContainer(JsonbContainer *container, uint32 i);
extern uint32 getJsonbOffset(const JsonbContainer *jc, int index);
extern uint32 getJsonbLength(const JsonbContainer *jc, int index);

extern int compareJsonbContainers(JsonbContainer *a, JsonbContainer *b);
/* As jsonb_out and jsonb_pretty print it; appended to out, or alone when out is NULL. estimated_len is not needed. */
extern char *JsonbToCString(StringInfo out, JsonbContainer *in, int estimated_len);
extern char *JsonbToCStringIndent(StringInfo out, JsonbContainer *in, int estimated_len);
/* "object", "string", ... */
extern const char *JsonbTypeName(JsonbValue *val);
/* The value of a scalar on top; false for others. */
extern bool JsonbExtractScalar(JsonbContainer *jbc, JsonbValue *res);

PG_END_EXTERN_C

#endif /* __JSONB_H__ */
