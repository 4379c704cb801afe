/*
 * utils/adt/regexp.cpp
 *		x
 *
 * Any process.
 */
#include "utils/adt/adt_internals.h"

namespace pg
{

static constexpr FunctionDef kRows[] = {
	Fn(1254, "textregexeq", 'i', "textregexeq", BOOLOID, {TEXTOID, TEXTOID}, nullptr),
	Fn(1658, "bpcharregexeq", 'i', "textregexeq", BOOLOID, {BPCHAROID, TEXTOID}, nullptr),
	Fn(1256, "textregexne", 'i', "textregexne", BOOLOID, {TEXTOID, TEXTOID}, nullptr),
	Fn(1659, "bpcharregexne", 'i', "textregexne", BOOLOID, {BPCHAROID, TEXTOID}, nullptr),
	Fn(1238, "texticregexeq", 'i', "texticregexeq", BOOLOID, {TEXTOID, TEXTOID}, nullptr),
	Fn(1656, "bpcharicregexeq", 'i', "texticregexeq", BOOLOID, {BPCHAROID, TEXTOID}, nullptr),
	Fn(1239, "texticregexne", 'i', "texticregexne", BOOLOID, {TEXTOID, TEXTOID}, nullptr),
	Fn(1657, "bpcharicregexne", 'i', "texticregexne", BOOLOID, {BPCHAROID, TEXTOID}, nullptr),
	Fn(79, "nameregexeq", 'i', "textregexeq", BOOLOID, {NAMEOID, TEXTOID}, nullptr),
	Fn(1252, "nameregexne", 'i', "textregexne", BOOLOID, {NAMEOID, TEXTOID}, nullptr),
	Fn(1240, "nameicregexeq", 'i', "texticregexeq", BOOLOID, {NAMEOID, TEXTOID}, nullptr),
	Fn(1241, "nameicregexne", 'i', "texticregexne", BOOLOID, {NAMEOID, TEXTOID}, nullptr),
	Fn(2073, "substring", 'i', "textregexsubstr", TEXTOID, {TEXTOID, TEXTOID}, nullptr),
	Fn(2074, "substring", 'i', "textregexsubstr_similar", TEXTOID, {TEXTOID, TEXTOID, TEXTOID},
	   nullptr),
	Fn(2284, "regexp_replace", 'i', "textregexreplace", TEXTOID, {TEXTOID, TEXTOID, TEXTOID},
	   nullptr),
	Fn(2285, "regexp_replace", 'i', "textregexreplace", TEXTOID,
	   {TEXTOID, TEXTOID, TEXTOID, TEXTOID}, nullptr),
	Fn(6251, "regexp_replace", 'i', "textregexreplace_extended", TEXTOID,
	   {TEXTOID, TEXTOID, TEXTOID, INT4OID, INT4OID, TEXTOID}, nullptr),
	Fn(6252, "regexp_replace", 'i', "textregexreplace_extended", TEXTOID,
	   {TEXTOID, TEXTOID, TEXTOID, INT4OID, INT4OID}, nullptr),
	Fn(6253, "regexp_replace", 'i', "textregexreplace_extended", TEXTOID,
	   {TEXTOID, TEXTOID, TEXTOID, INT4OID}, nullptr),
	Fn(6264, "regexp_like", 'i', "regexp_like", BOOLOID, {TEXTOID, TEXTOID, TEXTOID}, nullptr),
	Fn(6263, "regexp_like", 'i', "regexp_like", BOOLOID, {TEXTOID, TEXTOID}, nullptr),
	Fn(6256, "regexp_count", 'i', "regexp_count", INT4OID, {TEXTOID, TEXTOID, INT4OID, TEXTOID},
	   nullptr),
	Fn(6254, "regexp_count", 'i', "regexp_count", INT4OID, {TEXTOID, TEXTOID}, nullptr),
	Fn(6255, "regexp_count", 'i', "regexp_count", INT4OID, {TEXTOID, TEXTOID, INT4OID}, nullptr),
	Fn(6262, "regexp_instr", 'i', "regexp_instr", INT4OID,
	   {TEXTOID, TEXTOID, INT4OID, INT4OID, INT4OID, TEXTOID, INT4OID}, nullptr),
	Fn(6257, "regexp_instr", 'i', "regexp_instr", INT4OID, {TEXTOID, TEXTOID}, nullptr),
	Fn(6258, "regexp_instr", 'i', "regexp_instr", INT4OID, {TEXTOID, TEXTOID, INT4OID}, nullptr),
	Fn(6259, "regexp_instr", 'i', "regexp_instr", INT4OID, {TEXTOID, TEXTOID, INT4OID, INT4OID},
	   nullptr),
	Fn(6260, "regexp_instr", 'i', "regexp_instr", INT4OID,
	   {TEXTOID, TEXTOID, INT4OID, INT4OID, INT4OID}, nullptr),
	Fn(6261, "regexp_instr", 'i', "regexp_instr", INT4OID,
	   {TEXTOID, TEXTOID, INT4OID, INT4OID, INT4OID, TEXTOID}, nullptr),
	Fn(6269, "regexp_substr", 'i', "regexp_substr", TEXTOID,
	   {TEXTOID, TEXTOID, INT4OID, INT4OID, TEXTOID, INT4OID}, nullptr),
	Fn(6265, "regexp_substr", 'i', "regexp_substr", TEXTOID, {TEXTOID, TEXTOID}, nullptr),
	Fn(6266, "regexp_substr", 'i', "regexp_substr", TEXTOID, {TEXTOID, TEXTOID, INT4OID}, nullptr),
	Fn(6267, "regexp_substr", 'i', "regexp_substr", TEXTOID, {TEXTOID, TEXTOID, INT4OID, INT4OID},
	   nullptr),
	Fn(6268, "regexp_substr", 'i', "regexp_substr", TEXTOID,
	   {TEXTOID, TEXTOID, INT4OID, INT4OID, TEXTOID}, nullptr),
};

const std::span<const FunctionDef> kRegexpFunctions = kRows;

} /* namespace pg */
