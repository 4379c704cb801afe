/*
 * utils/misc/settings.h
 *		Variables of the settings that no other folder owns.
 *
 * Every process reads them; only the settings machine writes them.  Those that modules see bear
 * PostgreSQL's names and are declared in the public headers as well.
 */
#pragma once

#include "common/setting_def.h"

extern "C"
{
	extern int extra_float_digits;
	extern int bytea_output; /* ByteaOutput */
	extern bool escape_string_warning;
	extern char *Dynamic_library_path;
}

namespace pg
{

enum ByteaOutput
{
	BYTEA_OUTPUT_ESCAPE,
	BYTEA_OUTPUT_HEX
};

/* The hooks of settings that say how dates, times and texts look (session_format.cpp). */
bool CheckDateStyle(char **newval, void **extra, GucSource source);
void AssignDateStyle(const char *newval, void *extra);
bool CheckTimeZone(char **newval, void **extra, GucSource source);
void AssignTimeZone(const char *newval, void *extra);
const char *ShowTimeZone();
bool CheckClientEncoding(char **newval, void **extra, GucSource source);
/* stack_depth.cpp */
bool CheckMaxStackDepth(int *newval, void **extra, GucSource source);
bool CheckLocale(char **newval, void **extra, GucSource source);

/* What PostgreSQL has and nothing here obeys (ignored_settings.cpp). Registered after all others, whose names win. */
SettingSpan IgnoredSettings();

} /* namespace pg */
