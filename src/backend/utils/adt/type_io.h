/*
 * utils/adt/type_io.h
 *		Input and output of the types, as TypeDef names them, and their C++ forms.
 *
 * Input takes the text of a literal, raises 22P02, 22003, 22007, 22008, and leaves the result's
 * bytes in *scratch.  Output appends to *out.  Any process; settings of the session matter for dates,
 * floats and bytea.
 */
#pragma once

#include "utils/adt/registry.h"

namespace pg
{

using TypeInput = Value(std::string_view text, int32 typmod, std::string *scratch);
using TypeOutput = void(const Value &value, std::string *out);
using TypmodCoercion = Value(const Value &value, int32 typmod, bool explicit_cast,
							 std::string *scratch);

TypeInput BoolIn, Int2In, Int4In, Int8In, OidIn, XidIn, Xid8In, Float4In, Float8In, NumericIn,
	TextIn, VarcharIn, BpcharIn, NameIn, CharIn, ByteaIn, DateIn, TimeIn, TimestampIn,
	TimestamptzIn, IntervalIn, UuidIn, JsonIn, JsonbIn, InetIn, CidrIn, OpaqueIn, ArrayIn,
	AclItemIn, Int2VectorIn, OidVectorIn, TidIn, LsnIn, RegclassIn, RegtypeIn, RegnamespaceIn,
	RegroleIn, RegprocIn, RegprocedureIn, PseudoIn, VoidIn;

TypeOutput BoolOut, IntOut, OidOut, Float4Out, Float8Out, TextOut, ByteaOut, DateOut, TimeOut,
	TimestampOut, TimestamptzOut, IntervalOut, UuidOut, LsnOut, RegclassOut, RegtypeOut,
	RegnamespaceOut, RegroleOut, RegprocOut, RegprocedureOut, PseudoOut, VoidOut;

TypmodCoercion VarcharTypmod, BpcharTypmod, NumericTypmod, TimeTypmod, TimestampTypmod,
	IntervalTypmod;

/* Shared by inputs and casts. */
int64 ParseInteger(std::string_view text, int64 min, int64 max, const char *type);
double ParseFloat8(std::string_view text, const char *type);
float ParseFloat4(std::string_view text);
void AppendFloat8(double value, std::string *out);
void AppendFloat4(float value, std::string *out);

/* Microseconds rounded to `typmod` fractional digits; infinities stay. */
int64 RoundMicroseconds(int64 value, int32 typmod);

} /* namespace pg */
