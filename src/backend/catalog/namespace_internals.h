/*
 * catalog/namespace_internals.h
 *		What the files of the C API's name look-ups share.
 */
#pragma once

namespace pg
{

/* 3F000 schema "name" does not exist */
[[noreturn]] void RaiseNoSchema(const char *name);

} /* namespace pg */
