/*
 * options.h
 *		What the command line of pg_regress and pg_isolation_regress says.
 *
 * Client program; set once at start, then read only.
 */
#pragma once

#include <string>
#include <vector>

struct Options
{
	const char *program = "pg_regress";
	bool isolation = false; /* the driver for isolationtester's specs */

	std::vector<std::string> tests;
	std::vector<std::string> schedules;
	std::vector<std::string> databases;
	std::vector<std::string> extensions;
	std::vector<std::string> roles;
	std::string input_dir = ".";
	std::string output_dir = ".";
	std::string expected_dir;
	std::string dl_path;
	std::string bin_dir; /* empty: programs come from PATH */
	std::string psql_dir;
	std::string launcher;
	std::string encoding;
	std::string temp_instance; /* its folder; empty: a server that runs already */
	std::vector<std::string> temp_configs;
	std::string host;
	std::string user;
	int port = 0;
	int max_connections = 0;	  /* 0: no limit */
	int max_concurrent_tests = 0; /* 0: no limit */
	bool use_existing = false;
	bool no_locale = false;
	bool debug = false;
};

/* Reads the command line; paths come out absolute. Ends the program for --help, --version and mistakes. */
Options ParseOptions(int argc, char **argv);

/* The program of that name: in bindir when it is there, else to be found in PATH. */
std::string ProgramPath(const Options &options, const char *name);
