/*
 * postroom/setting.hpp
 *		Settings of a module.
 */
#pragma once

extern "C"
{
#include "postgres.h"

#include "utils/guc.h"
}

#include <climits>

#include "postroom/error.hpp"

namespace postroom
{

/*
 * A setting with a number: DefineCustomIntVariable.  Texts and variable live as long as the process; variable has the
 * value from here on.
 */
struct IntSetting
{
	const char *name; /* "prefix.name" */
	const char *description;
	int *variable;
	int value; /* the default, and the limits */
	int min = 0;
	int max = INT_MAX;
	GucContext context = PGC_SIGHUP;
	int flags = 0; /* GUC_UNIT_... and others of utils/guc.h */
};

inline void
Define(const IntSetting &s)
{
	Checked(
		[&]
		{
			DefineCustomIntVariable(s.name, s.description, nullptr, s.variable, s.value, s.min,
									s.max, s.context, s.flags, nullptr, nullptr, nullptr);
		});
}

/* One with a text. */
struct StringSetting
{
	const char *name;
	const char *description;
	char **variable;
	const char *value;
	GucContext context = PGC_SIGHUP;
	int flags = 0;
};

inline void
Define(const StringSetting &s)
{
	Checked(
		[&]
		{
			DefineCustomStringVariable(s.name, s.description, nullptr, s.variable, s.value,
									   s.context, s.flags, nullptr, nullptr, nullptr);
		});
}

/* One that is on or off. */
struct BoolSetting
{
	const char *name;
	const char *description;
	bool *variable;
	bool value;
	GucContext context = PGC_SIGHUP;
	int flags = 0;
};

inline void
Define(const BoolSetting &s)
{
	Checked(
		[&]
		{
			DefineCustomBoolVariable(s.name, s.description, nullptr, s.variable, s.value, s.context,
									 s.flags, nullptr, nullptr, nullptr);
		});
}

/* No other settings with this prefix: misspelt ones are reported. */
inline void
ReservePrefix(const char *prefix)
{
	Checked([&] { MarkGUCPrefixReserved(prefix); });
}

} /* namespace postroom */
