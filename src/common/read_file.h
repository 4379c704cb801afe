/*
 * common/read_file.h
 *		A whole file as a text.
 */
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string>

namespace pg
{

/* False and errno when it cannot be read; EFBIG: it has more than limit bytes.  Raises nothing but bad_alloc. */
bool ReadWholeFile(const char *path, std::string *content, size_t limit = SIZE_MAX - 1);
bool ReadWholeFile(const char *path, std::pmr::string *content, size_t limit = SIZE_MAX - 1);

} /* namespace pg */
