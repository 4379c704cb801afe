/*
 * bootstrap_main.cpp
 *		`postgres --boot`, which initdb runs once: the first databases and pg_control.
 *
 * One process without postmaster or shared memory, on a data directory that is nobody's yet.
 */
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <getopt.h>
#include <unistd.h>

#include "catalog/catalog_version.h"
#include "catalog/objects.h"
#include "common/control_file.h"
#include "main/helpers.h"
#include "miscadmin.h"
#include "postmaster/data_dir.h"
#include "storage/ipc/latch_internals.h"
#include "utils/error/report.h"
#include "utils/misc/guc_internals.h"

namespace pg
{

namespace
{

void
write_control_file()
{
	ControlData control;

	control.system_identifier = MakeSystemIdentifier();
	control.state = ClusterState::ShutDown;
	control.server_version = PG_VERSION_NUM;
	control.catalog_version = kCatalogVersion;
	if (WriteControlFile(".", &control, enableFsync) != ControlFileError::None)
		Raise(Report(FATAL).code_for_file_access().msg("could not write to file \"%s\": %m",
													   "global/pg_control"));
}

} /* namespace */

int
BootstrapMain(int argc, char **argv)
{
	const char *data_dir = nullptr;
	const char *user = nullptr;
	int option;

	InitializeLatchSupport();
	optind = 1;
	while ((option = getopt(argc, argv, "D:U:F")) != -1)
	{
		switch (option)
		{
			case 'D': data_dir = optarg; break;
			case 'U': user = optarg; break;
			case 'F': SetSetting("fsync", "off", PGC_POSTMASTER, PGC_S_ARGV); break;
			default: return 1;
		}
	}
	if (data_dir == nullptr || user == nullptr || optind < argc)
	{
		write_stderr("postgres: --boot needs -D DATADIR and -U NAME\n");
		return 1;
	}
	SetSetting("log_min_messages", "warning", PGC_POSTMASTER, PGC_S_ARGV);
	SetDataDirectory(data_dir);
	CheckDataDirectory();
	EnterDataDirectory();
	SetProcessingMode(BootstrapProcessing);
	BootstrapCatalogs(user);
	write_control_file();
	return 0;
}

void
CheckControlFile()
{
	ControlData control;

	switch (ReadControlFile(".", &control))
	{
		case ControlFileError::None:
			if (control.catalog_version == kCatalogVersion)
				break;
			Report(FATAL)
				.msg("database files are incompatible with server")
				.detail("The database cluster was initialized with CATALOG_VERSION_NO %u, but the "
						"server "
						"was compiled with CATALOG_VERSION_NO %u.",
						control.catalog_version, kCatalogVersion)
				.hint("It looks like you need to initdb.")
				.emit();
			break;
		case ControlFileError::System:
			write_stderr("postgres: could not find the database system\n"
						 "Expected to find it in the directory \"%s\",\n"
						 "but could not open file \"%s/global/pg_control\": %s\n",
						 DataDir, DataDir, strerror(errno));
			exit(2);
		case ControlFileError::BadChecksum:
			Report(FATAL, ERRCODE_DATA_CORRUPTED).msg("incorrect checksum in control file").emit();
			break;
		case ControlFileError::TooShort:
		case ControlFileError::BadContent:
			Report(FATAL, ERRCODE_INVALID_PARAMETER_VALUE)
				.msg("database files are incompatible with server")
				.detail("The control file \"global/pg_control\" is damaged or of another server.")
				.emit();
			break;
	}
}

} /* namespace pg */
