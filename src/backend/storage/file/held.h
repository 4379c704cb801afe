/*
 * storage/file/held.h
 *		What the files of this folder share.
 */
#pragma once

#include "postgres.h"

namespace pg
{

/* Makes sure that this process's transactions close what they leave open; once is enough. */
void WatchTransactions();

/* At the end of a transaction: the temporary files that it made. */
void CloseTemporaryFiles() noexcept;

/* A report about a path, with the SQLSTATE of errno. format has one %s for the path and may have %m. */
void ReportFileProblem(int elevel, const char *format, const char *path);

} /* namespace pg */
