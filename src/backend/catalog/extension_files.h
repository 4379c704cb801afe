/*
 * catalog/extension_files.h
 *		What lies in SHAREDIR/extension: control files, scripts, and the ways from version to version.
 *
 * Backends and workers.  Reads files, changes nothing.
 */
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "postgres.h"

namespace pg
{

/* What a control file says; a second one for a version may say some of it differently. */
struct ExtensionControl
{
	std::string name;
	std::string directory;										   /* where the scripts lie */
	std::string default_version, module_pathname, comment, schema; /* empty: not said */
	bool relocatable = false;
	bool superuser = true;
	bool trusted = false;
	std::vector<std::string> requires_list;
};

/* Raises 22023 for names that could leave the folder or confuse the names of scripts. */
void CheckExtensionName(const std::string &name);
void CheckExtensionVersion(const std::string &version);

/* NAME.control. Raises 0A000 when it is not there, 22023 and 42601 for what is wrong in it. */
ExtensionControl ReadExtensionControl(const std::string &name);
/* The same with what NAME--VERSION.control changes. */
ExtensionControl ReadVersionControl(const ExtensionControl &control, const std::string &version);

/* Names of all control files, in order. */
std::vector<std::string> ExtensionNames();

/* One script: NAME--to.sql (from is empty) or NAME--from--to.sql. */
struct ExtensionScript
{
	std::string from, to;

	bool operator==(const ExtensionScript &) const = default;
};
std::vector<ExtensionScript> ExtensionScripts(const ExtensionControl &control);
std::string ScriptPath(const ExtensionControl &control, const ExtensionScript &script);

/*
 * The scripts to run, in order; none: there is no way.  The shortest chain counts, of equal ones the
 * one through the version whose name sorts first, as in PostgreSQL.  Pure.
 */
std::optional<std::vector<ExtensionScript>> UpdatePath(std::span<const ExtensionScript> scripts,
													   const std::string &from,
													   const std::string &to);
std::optional<std::vector<ExtensionScript>> InstallPath(std::span<const ExtensionScript> scripts,
														const std::string &version);
/* "NAME--1.0--1.1.sql" taken apart; none: not a script of that extension. Pure. */
std::optional<ExtensionScript> ParseScriptName(const std::string &extension,
											   const std::string &file);

/* SQL of a script file: lines of psql's \echo taken out. Raises when it cannot be read. */
std::string ReadScript(const std::string &path);

} /* namespace pg */
