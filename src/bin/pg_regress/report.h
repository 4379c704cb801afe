/*
 * report.h
 *		What pg_regress says, on the screen and in regression.out; in PostgreSQL 15's form.
 *
 * Client program.
 */
#pragma once

#include <string>

/* A step: "============== running ...    ==============". */
void Header(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Part of the list of tests: goes to the screen and to the summary file. */
void Status(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The summary file is made anew. */
void OpenSummary(const std::string &path);
void CloseSummary();

/* The tests cannot be run: says why and exits with status 2. Exit callbacks end a temporary server. */
[[noreturn]] void Bail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The program's name, for Bail. */
extern const char *report_program;
