/*
 * pg_config.cpp
 *		The program `pg_config`: tells where this installation lies and how it was built.
 *
 * Client program.  Reads nothing but its own path.
 */
#include <cstdio>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "common/install_paths.h"
#include "pg_config.h"
#include "port/pg_config_paths.h"

namespace
{

struct Item
{
	const char *option;
	const char *name;
	std::string value;
};

std::vector<Item>
all_items(const std::string &self)
{
	auto at = [&](const char *built) { return pg::MovedPath(built, PGBINDIR, self); };
	std::string bindir = self.substr(0, self.rfind('/'));

	return {
		{"--bindir", "BINDIR", bindir.empty() ? PGBINDIR : bindir},
		{"--docdir", "DOCDIR", at(DOCDIR)},
		{"--htmldir", "HTMLDIR", at(HTMLDIR)},
		{"--includedir", "INCLUDEDIR", at(INCLUDEDIR)},
		{"--pkgincludedir", "PKGINCLUDEDIR", at(PKGINCLUDEDIR)},
		{"--includedir-server", "INCLUDEDIR-SERVER", at(INCLUDEDIRSERVER)},
		{"--libdir", "LIBDIR", at(LIBDIR)},
		{"--pkglibdir", "PKGLIBDIR", at(PKGLIBDIR)},
		{"--localedir", "LOCALEDIR", at(LOCALEDIR)},
		{"--mandir", "MANDIR", at(MANDIR)},
		{"--sharedir", "SHAREDIR", at(PGSHAREDIR)},
		{"--sysconfdir", "SYSCONFDIR", at(SYSCONFDIR)},
		{"--pgxs", "PGXS", at(PKGLIBDIR) + "/pgxs/src/makefiles/pgxs.mk"},
		{"--configure", "CONFIGURE", CONFIGURE_ARGS},
		{"--cc", "CC", VAL_CC},
		{"--cppflags", "CPPFLAGS", VAL_CPPFLAGS},
		{"--cflags", "CFLAGS", VAL_CFLAGS},
		{"--cflags_sl", "CFLAGS_SL", VAL_CFLAGS_SL},
		{"--ldflags", "LDFLAGS", VAL_LDFLAGS},
		{"--ldflags_ex", "LDFLAGS_EX", VAL_LDFLAGS_EX},
		{"--ldflags_sl", "LDFLAGS_SL", VAL_LDFLAGS_SL},
		{"--libs", "LIBS", VAL_LIBS},
		{"--version", "VERSION", "PostgreSQL " PG_VERSION_FULL},
	};
}

constexpr const char kHelp[] =
	"pg_config tells where this installation lies and how it was built.\n"
	"\n"
	"Usage:\n"
	"  pg_config [OPTION]...\n"
	"\n"
	"Options:\n"
	"  --bindir              folder of the programs\n"
	"  --docdir              folder of the documentation\n"
	"  --htmldir             folder of the HTML documentation\n"
	"  --includedir          folder of the C headers of the client interfaces\n"
	"  --pkgincludedir       folder of other C headers\n"
	"  --includedir-server   folder of the server's C headers\n"
	"  --libdir              folder of the libraries\n"
	"  --pkglibdir           folder of the modules\n"
	"  --localedir           folder of the translations\n"
	"  --mandir              folder of the manual pages\n"
	"  --sharedir            folder of files that no machine's kind matters to\n"
	"  --sysconfdir          folder of system-wide configuration files\n"
	"  --pgxs                the makefile that modules include\n"
	"  --configure           options that were given to configure\n"
	"  --cc                  the C compiler\n"
	"  --cppflags            flags of the C preprocessor\n"
	"  --cflags              flags of the C compiler\n"
	"  --cflags_sl           flags of the C compiler for shared objects\n"
	"  --ldflags             flags of the linker\n"
	"  --ldflags_ex          flags of the linker for programs\n"
	"  --ldflags_sl          flags of the linker for shared objects\n"
	"  --libs                libraries\n"
	"  --version             the version\n"
	"  -?, --help            show this help, then exit\n"
	"\n"
	"Without options everything is shown, with names.\n";

int
complain(const char *argument)
{
	fprintf(stderr,
			"pg_config: invalid argument: %s\nTry \"pg_config --help\" for more information.\n",
			argument);
	return 1;
}

} /* namespace */

int
main(int argc, char **argv)
{
	std::span<char *> arguments(argv + 1, static_cast<size_t>(argc - 1));

	for (const char *argument : arguments)
	{
		if (strcmp(argument, "--help") == 0 || strcmp(argument, "-?") == 0)
		{
			fputs(kHelp, stdout);
			return 0;
		}
	}

	const std::string self = pg::OwnProgramPath();

	if (self.empty())
	{
		fputs("pg_config: could not find own program executable\n", stderr);
		return 1;
	}

	const std::vector<Item> items = all_items(self);

	if (arguments.empty())
	{
		for (const Item &item : items)
			printf("%s = %s\n", item.name, item.value.c_str());
		return 0;
	}
	for (const char *argument : arguments)
	{
		const Item *found = nullptr;

		for (const Item &item : items)
			if (strcmp(item.option, argument) == 0)
				found = &item;
		if (found == nullptr)
			return complain(argument);
		puts(found->value.c_str());
	}
	return 0;
}
