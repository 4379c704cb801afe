/*
 * options.cpp
 *		Reads the command line of initdb (options.h).
 *
 * Client program, at start.  An option that this server has no use for is refused or warned about, never
 * dropped in silence.
 */
#include "options.h"

#include <getopt.h>
#include <pwd.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>

#include "common/install_paths.h"
#include "pg_config.h"
#include "port/pg_config_paths.h"

namespace
{

constexpr const char kHelp[] =
	"initdb creates the data directory of a server.\n"
	"\n"
	"Usage:\n"
	"  initdb [OPTION]... [DATADIR]\n"
	"\n"
	"Options:\n"
	"  -A, --auth=METHOD         authentication method of local users\n"
	"      --auth-host=METHOD    the same for TCP/IP connections only\n"
	"      --auth-local=METHOD   the same for Unix-domain sockets only\n"
	" [-D, --pgdata=]DATADIR     where to create it\n"
	"  -E, --encoding=ENCODING   encoding of databases (UTF8)\n"
	"  -g, --allow-group-access  let the group read the data directory\n"
	"  -k, --data-checksums      checksums of data pages (not there)\n"
	"      --locale=LOCALE       locale of databases (C)\n"
	"      --lc-collate=, --lc-ctype=, --lc-messages=LOCALE\n"
	"      --lc-monetary=, --lc-numeric=, --lc-time=LOCALE\n"
	"                            the same in one category\n"
	"      --no-locale           the same as --locale=C\n"
	"      --locale-provider={libc|icu}\n"
	"                            where locales come from (libc)\n"
	"      --pwfile=FILE         password of the superuser from a file (not there)\n"
	"  -T, --text-search-config=CFG\n"
	"                            text search configuration (not there)\n"
	"  -U, --username=NAME       name of the superuser\n"
	"  -W, --pwprompt            ask for the superuser's password (not there)\n"
	"  -X, --waldir=WALDIR       another place for the write-ahead log (not there)\n"
	"      --wal-segsize=SIZE    size of its segments (not there)\n"
	"\n"
	"Less common:\n"
	"  -d, --debug               more output\n"
	"      --discard-caches      accepted for compatibility\n"
	"  -L DIRECTORY              where the sample files lie\n"
	"  -n, --no-clean            leave everything there after a failure\n"
	"  -N, --no-sync             do not wait until everything is on disk\n"
	"      --no-instructions     do not tell what to do next\n"
	"  -s, --show                show what would be done, then exit\n"
	"  -S, --sync-only           only write an existing directory to disk, then exit\n"
	"\n"
	"Other options:\n"
	"  -V, --version             print the version, then exit\n"
	"  -?, --help                show this help, then exit\n"
	"\n"
	"Without DATADIR, PGDATA names it.\n";

enum LongOnly
{
	kNoLocale = 256,
	kLocale,
	kLocaleProvider,
	kIcuLocale,
	kAuthLocal,
	kAuthHost,
	kPwFile,
	kNoInstructions,
	kWalSegSize,
	kDiscardCaches
};

constexpr option kLongOptions[] = {{"pgdata", required_argument, nullptr, 'D'},
								   {"encoding", required_argument, nullptr, 'E'},
								   {"locale", required_argument, nullptr, kLocale},
								   {"lc-collate", required_argument, nullptr, kLocale},
								   {"lc-ctype", required_argument, nullptr, kLocale},
								   {"lc-monetary", required_argument, nullptr, kLocale},
								   {"lc-numeric", required_argument, nullptr, kLocale},
								   {"lc-time", required_argument, nullptr, kLocale},
								   {"lc-messages", required_argument, nullptr, kLocale},
								   {"no-locale", no_argument, nullptr, kNoLocale},
								   {"locale-provider", required_argument, nullptr, kLocaleProvider},
								   {"icu-locale", required_argument, nullptr, kIcuLocale},
								   {"text-search-config", required_argument, nullptr, 'T'},
								   {"auth", required_argument, nullptr, 'A'},
								   {"auth-local", required_argument, nullptr, kAuthLocal},
								   {"auth-host", required_argument, nullptr, kAuthHost},
								   {"pwprompt", no_argument, nullptr, 'W'},
								   {"pwfile", required_argument, nullptr, kPwFile},
								   {"username", required_argument, nullptr, 'U'},
								   {"help", no_argument, nullptr, '?'},
								   {"version", no_argument, nullptr, 'V'},
								   {"debug", no_argument, nullptr, 'd'},
								   {"show", no_argument, nullptr, 's'},
								   {"no-clean", no_argument, nullptr, 'n'},
								   {"no-sync", no_argument, nullptr, 'N'},
								   {"no-instructions", no_argument, nullptr, kNoInstructions},
								   {"sync-only", no_argument, nullptr, 'S'},
								   {"waldir", required_argument, nullptr, 'X'},
								   {"wal-segsize", required_argument, nullptr, kWalSegSize},
								   {"data-checksums", no_argument, nullptr, 'k'},
								   {"allow-group-access", no_argument, nullptr, 'g'},
								   {"discard-caches", no_argument, nullptr, kDiscardCaches},
								   {nullptr, 0, nullptr, 0}};

constexpr const char *kServed[] = {"trust", "reject"};
constexpr const char *kKnownMethods[] = {"md5",	 "password", "scram-sha-256", "ident",
										 "peer", "pam",		 "ldap",		  "radius",
										 "cert", "gss",		 "sspi",		  "bsd"};
constexpr const char *kKnownEncodings[] = {"SQL_ASCII", "LATIN1", "LATIN2", "LATIN9", "WIN1252",
										   "EUC_JP",	"EUC_KR", "EUC_CN", "KOI8R",  "WIN1251"};

[[noreturn]] void
leave_with_hint()
{
	Hint("Try \"%s --help\" for more information.", kProgram);
	exit(1);
}

bool
contains(std::span<const char *const> words, const char *word)
{
	for (const char *candidate : words)
		if (strcasecmp(candidate, word) == 0)
			return true;
	return false;
}

void
check_method(const std::string &method, const char *connections)
{
	if (contains(kServed, method.c_str()))
		return;
	if (contains(kKnownMethods, method.c_str()))
		Fail("authentication method \"%s\" is not supported yet", method.c_str());
	Fail("invalid authentication method \"%s\" for \"%s\" connections", method.c_str(),
		 connections);
}

void
check_encoding(const char *encoding)
{
	if (strcasecmp(encoding, "UTF8") == 0 || strcasecmp(encoding, "UTF-8") == 0 ||
		strcasecmp(encoding, "UNICODE") == 0)
		return;
	if (contains(kKnownEncodings, encoding))
		Fail("encoding \"%s\" is not supported: databases have encoding UTF8", encoding);
	Fail("\"%s\" is not a valid server encoding name", encoding);
}

void
check_locale(const char *locale)
{
	constexpr const char *served[] = {"C", "POSIX", "C.UTF-8", "C.UTF8"};

	if (!contains(served, locale))
		Fail("locale \"%s\" is not supported: databases have locale C", locale);
}

[[noreturn]] void
print_help()
{
	fputs(kHelp, stdout);
	exit(0);
}

void
take_unserved(int option)
{
	switch (option)
	{
		case 'W':
		case kPwFile: Fail("passwords are not supported yet");
		case 'X': Fail("another location of the write-ahead log is not supported");
		case kIcuLocale: Fail("ICU is not supported");
		case kLocaleProvider:
			if (strcmp(optarg, "libc") != 0)
				Fail(strcmp(optarg, "icu") == 0 ? "ICU is not supported"
												: "unrecognized locale provider: %s",
					 optarg);
			break;
		case 'k': Warn("data page checksums are not supported"); break;
		case 'T': Warn("text search configurations are not supported"); break;
		case kWalSegSize:
			Warn("the write-ahead log has no segments; their size is not used");
			break;
	}
}

void
take_option(Options *options, int option, char **argv)
{
	switch (option)
	{
		case 'A':
			options->auth_local = options->auth_host = optarg;
			options->auth_was_given = true;
			break;
		case kAuthLocal:
			options->auth_local = optarg;
			options->auth_was_given = true;
			break;
		case kAuthHost:
			options->auth_host = optarg;
			options->auth_was_given = true;
			break;
		case 'D': options->data_dir = optarg; break;
		case 'E': check_encoding(optarg); break;
		case kLocale: check_locale(optarg); break;
		case 'U': options->superuser = optarg; break;
		case 'L': options->sample_dir = optarg; break;
		case 'g': options->group_access = true; break;
		case 'n': options->clean_up = false; break;
		case 'N': options->sync = false; break;
		case 'S': options->sync_only = true; break;
		case 's': options->show = true; break;
		case kNoInstructions: options->instructions = false; break;
		case kNoLocale:
		case kDiscardCaches:
		case 'd': break;
		case 'V': puts("initdb (PostgreSQL) " PG_VERSION_FULL); exit(0);
		case '?':
			if (strcmp(argv[optind - 1], "-?") == 0 || strcmp(argv[optind - 1], "--help") == 0)
				print_help();
			leave_with_hint();
		default: take_unserved(option);
	}
}

void
check_user()
{
	if (geteuid() == 0)
		FailWithHint(
			"Please log in (using, e.g., \"su\") as the (unprivileged) user that will own the "
			"server process.",
			"cannot be run as root");
}

} /* namespace */

std::string
OwnUserName()
{
	const passwd *entry = getpwuid(geteuid());

	if (entry == nullptr)
		Fail("could not look up effective user ID %ld: user does not exist",
			 static_cast<long>(geteuid()));
	return entry->pw_name;
}

Options
ParseOptions(int argc, char **argv)
{
	Options options;
	int option;

	while ((option = getopt_long(argc, argv, "A:dD:E:gkL:nNsST:U:VWX:", kLongOptions, nullptr)) !=
		   -1)
		take_option(&options, option, argv);
	if (optind < argc && options.data_dir.empty())
		options.data_dir = argv[optind++];
	if (optind < argc)
	{
		fprintf(stderr, "%s: error: too many command-line arguments (first is \"%s\")\n", kProgram,
				argv[optind]);
		leave_with_hint();
	}

	check_user();
	if (options.data_dir.empty() && getenv("PGDATA") != nullptr)
		options.data_dir = getenv("PGDATA");
	if (options.data_dir.empty())
		FailWithHint("You must identify the directory where the data for this database system will "
					 "reside.  Do this with either the invocation option -D or the environment "
					 "variable PGDATA.",
					 "no data directory specified");
	while (options.data_dir.size() > 1 && options.data_dir.back() == '/')
		options.data_dir.pop_back();
	check_method(options.auth_local, "local");
	check_method(options.auth_host, "host");
	if (options.superuser.empty())
		options.superuser = OwnUserName();
	if (options.superuser.starts_with("pg_"))
		Fail("superuser name \"%s\" is disallowed; role names cannot begin with \"pg_\"",
			 options.superuser.c_str());
	if (options.sample_dir.empty())
		options.sample_dir = pg::InstalledPath(PGSHAREDIR);
	return options;
}
