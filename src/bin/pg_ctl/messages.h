/*
 * pg_ctl/messages.h
 *		What pg_ctl says: progress to stdout unless it is to be silent, complaints to stderr.
 */
#pragma once

#include <string>

inline constexpr const char kProgram[] = "pg_ctl";

void BeSilent();
void Say(const char *format, ...) __attribute__((format(printf, 1, 2)));
void Complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
