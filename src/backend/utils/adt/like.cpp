/*
 * utils/adt/like.cpp
 *		x
 *
 * Any process.
 */
#include "utils/adt/adt_internals.h"

namespace pg
{

static constexpr FunctionDef kRows[] = {
	Fn(850, "textlike", 'i', "textlike", BOOLOID, {TEXTOID, TEXTOID}, nullptr),
	Fn(1569, "like", 'i', "textlike", BOOLOID, {TEXTOID, TEXTOID}, nullptr),
	Fn(1631, "bpcharlike", 'i', "textlike", BOOLOID, {BPCHAROID, TEXTOID}, nullptr),
	Fn(851, "textnlike", 'i', "textnlike", BOOLOID, {TEXTOID, TEXTOID}, nullptr),
	Fn(1570, "notlike", 'i', "textnlike", BOOLOID, {TEXTOID, TEXTOID}, nullptr),
	Fn(1632, "bpcharnlike", 'i', "textnlike", BOOLOID, {BPCHAROID, TEXTOID}, nullptr),
	Fn(1633, "texticlike", 'i', "texticlike", BOOLOID, {TEXTOID, TEXTOID}, nullptr),
	Fn(1660, "bpchariclike", 'i', "texticlike", BOOLOID, {BPCHAROID, TEXTOID}, nullptr),
	Fn(1634, "texticnlike", 'i', "texticnlike", BOOLOID, {TEXTOID, TEXTOID}, nullptr),
	Fn(1661, "bpcharicnlike", 'i', "texticnlike", BOOLOID, {BPCHAROID, TEXTOID}, nullptr),
	Fn(858, "namelike", 'i', "textlike", BOOLOID, {NAMEOID, TEXTOID}, nullptr),
	Fn(1571, "like", 'i', "textlike", BOOLOID, {NAMEOID, TEXTOID}, nullptr),
	Fn(859, "namenlike", 'i', "textnlike", BOOLOID, {NAMEOID, TEXTOID}, nullptr),
	Fn(1572, "notlike", 'i', "textnlike", BOOLOID, {NAMEOID, TEXTOID}, nullptr),
	Fn(1635, "nameiclike", 'i', "texticlike", BOOLOID, {NAMEOID, TEXTOID}, nullptr),
	Fn(1636, "nameicnlike", 'i', "texticnlike", BOOLOID, {NAMEOID, TEXTOID}, nullptr),
	Fn(2005, "bytealike", 'i', "bytealike", BOOLOID, {BYTEAOID, BYTEAOID}, nullptr),
	Fn(2007, "like", 'i', "bytealike", BOOLOID, {BYTEAOID, BYTEAOID}, nullptr),
	Fn(2006, "byteanlike", 'i', "byteanlike", BOOLOID, {BYTEAOID, BYTEAOID}, nullptr),
	Fn(2008, "notlike", 'i', "byteanlike", BOOLOID, {BYTEAOID, BYTEAOID}, nullptr),
	Fn(1637, "like_escape", 'i', "like_escape", TEXTOID, {TEXTOID, TEXTOID}, nullptr),
	Fn(1987, "similar_to_escape", 'i', "similar_to_escape", TEXTOID, {TEXTOID}, nullptr),
	Fn(1986, "similar_to_escape", 'i', "similar_to_escape", TEXTOID, {TEXTOID, TEXTOID}, nullptr),
};

const std::span<const FunctionDef> kPatternFunctions = kRows;

} /* namespace pg */
