/*
 * syslogger.h
 *		Settings of the log's files; read-only for modules.
 */
#ifndef _SYSLOGGER_H
#define _SYSLOGGER_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

extern PGDLLIMPORT bool Logging_collector;
extern PGDLLIMPORT int Log_RotationAge;	 /* minutes */
extern PGDLLIMPORT int Log_RotationSize; /* kB */
extern PGDLLIMPORT char *Log_directory;
extern PGDLLIMPORT char *Log_filename;
extern PGDLLIMPORT bool Log_truncate_on_rotation;
extern PGDLLIMPORT int Log_file_mode;

PG_END_EXTERN_C

#endif /* _SYSLOGGER_H */
