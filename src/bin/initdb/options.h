/*
 * initdb/options.h
 *		What the command line of initdb asks for, checked.
 */
#pragma once

#include <string>

inline constexpr const char kProgram[] = "initdb";

struct Options
{
	std::string data_dir; /* as given */
	std::string superuser;
	std::string auth_local = "trust";
	std::string auth_host = "trust";
	std::string sample_dir; /* where the sample files lie */
	bool auth_was_given = false;
	bool group_access = false;
	bool clean_up = true;
	bool sync = true;
	bool sync_only = false;
	bool show = false;
	bool instructions = true;
};

/* Also answers --help and --version. Complains and leaves with status 1. */
Options ParseOptions(int argc, char **argv);

/* The system user that runs this program. */
std::string OwnUserName();

/* "initdb: error: ..." to stderr, then status 1; "initdb: hint: ..." and "initdb: warning: ..." go on. */
[[noreturn]] void Fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
[[noreturn]] void FailWithHint(const char *hint, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void Warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void Hint(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Called once before the program fails, to take back what was done. */
void OnFailure(void (*callback)());

/* From now on a signal ends the program at the end of the step that it hits, as a failure does. */
void CatchSignals();
/* Ends a step's line with "ok", or the program. */
void StepDone();
