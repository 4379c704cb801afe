/*
 * port/std_headers.h
 *		The standard library's headers that most files include: precompiled, they save a third of a build.
 *
 * Nobody includes this file.  The makefile puts it before every C++ file when g++ compiles; with
 * clang++ it does not, so that CI's sanitized build finds a file that lacks an include of its own.
 */
#ifndef STD_HEADERS_H
#define STD_HEADERS_H

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#endif /* STD_HEADERS_H */
