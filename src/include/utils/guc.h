/*
 * guc.h
 *		Settings: a module's own, and access to all.
 *
 * A module defines its settings in _PG_init; the names have its prefix and a dot. The C variable always holds the current
 * value; nobody but the settings machinery writes it. Values given before the module was loaded are taken over, bad ones
 * with a warning. Processes reread the files when they say ProcessConfigFile(PGC_SIGHUP) after SIGHUP.
 */
#ifndef GUC_H
#define GUC_H

#include "postgres.h"

#include "fmgr.h"
#include "nodes/parsenodes.h"
#include "nodes/pg_list.h"
#include "tcop/dest.h"
#include "utils/array.h"

PG_BEGIN_EXTERN_C

#define MAX_KILOBYTES INT_MAX /* largest value in kB of a memory setting */
#define PG_AUTOCONF_FILENAME "postgresql.auto.conf"
#define GUC_QUALIFIER_SEPARATOR '.'

/* When a setting can change, most restricted first. */
typedef enum
{
	PGC_INTERNAL,	/* never */
	PGC_POSTMASTER, /* at server start */
	PGC_SIGHUP,		/* in the files, then reload */
	PGC_SU_BACKEND, /* at connection, by superusers */
	PGC_BACKEND,	/* at connection */
	PGC_SUSET,		/* by superusers at any time */
	PGC_USERSET		/* by anybody at any time */
} GucContext;

/* Where a value comes from; later ones override earlier ones. */
typedef enum
{
	PGC_S_DEFAULT,
	PGC_S_DYNAMIC_DEFAULT,
	PGC_S_ENV_VAR,
	PGC_S_FILE,
	PGC_S_ARGV,
	PGC_S_GLOBAL,
	PGC_S_DATABASE,
	PGC_S_USER,
	PGC_S_DATABASE_USER,
	PGC_S_CLIENT,
	PGC_S_OVERRIDE,
	PGC_S_INTERACTIVE,
	PGC_S_TEST, /* only to find out whether a value is valid */
	PGC_S_SESSION
} GucSource;

typedef enum
{
	GUC_ACTION_SET,
	GUC_ACTION_LOCAL, /* until the end of the transaction */
	GUC_ACTION_SAVE	  /* until the end of the function */
} GucAction;

/* flags */
#define GUC_LIST_INPUT 0x0001
#define GUC_LIST_QUOTE 0x0002
#define GUC_NO_SHOW_ALL 0x0004
#define GUC_NO_RESET_ALL 0x0008
#define GUC_REPORT 0x0010 /* tell the client of changes */
#define GUC_NOT_IN_SAMPLE 0x0020
#define GUC_DISALLOW_IN_FILE 0x0040
#define GUC_CUSTOM_PLACEHOLDER 0x0080
#define GUC_SUPERUSER_ONLY 0x0100
#define GUC_IS_NAME 0x0200
#define GUC_NOT_WHILE_SEC_REST 0x0400
#define GUC_DISALLOW_IN_AUTO_FILE 0x0800
/* The unit of the C variable; values may be written with any unit of the kind. */
#define GUC_UNIT_KB 0x1000
#define GUC_UNIT_BLOCKS 0x2000
#define GUC_UNIT_XBLOCKS 0x3000
#define GUC_UNIT_MB 0x4000
#define GUC_UNIT_BYTE 0x8000
#define GUC_UNIT_MEMORY 0xF000
#define GUC_UNIT_MS 0x10000
#define GUC_UNIT_S 0x20000
#define GUC_UNIT_MIN 0x30000
#define GUC_UNIT_TIME 0xF0000
#define GUC_UNIT (GUC_UNIT_MEMORY | GUC_UNIT_TIME)
#define GUC_EXPLAIN 0x100000
#define GUC_RUNTIME_COMPUTED 0x200000
#define GUC_ALLOW_IN_PARALLEL 0x400000

/* One word of an enumeration; arrays end with a NULL name. Hidden ones are accepted and not listed. */
struct config_enum_entry
{
	const char *name;
	int val;
	bool hidden;
};

/*
 * Hooks. A check hook may change *newval (strings: malloc'ed) and refuse by returning false, after GUC_check_errmsg and so
 * on; it may leave malloc'ed data in *extra for the assign hook. It may raise nothing and must not look at the current
 * value. An assign hook cannot fail. A show hook returns static or palloc'd text.
 */
typedef bool (*GucBoolCheckHook)(bool *newval, void **extra, GucSource source);
typedef bool (*GucIntCheckHook)(int *newval, void **extra, GucSource source);
typedef bool (*GucRealCheckHook)(double *newval, void **extra, GucSource source);
typedef bool (*GucStringCheckHook)(char **newval, void **extra, GucSource source);
typedef bool (*GucEnumCheckHook)(int *newval, void **extra, GucSource source);
typedef void (*GucBoolAssignHook)(bool newval, void *extra);
typedef void (*GucIntAssignHook)(int newval, void *extra);
typedef void (*GucRealAssignHook)(double newval, void *extra);
typedef void (*GucStringAssignHook)(const char *newval, void *extra);
typedef void (*GucEnumAssignHook)(int newval, void *extra);
typedef const char *(*GucShowHook)(void);

/*
 * Definition. Strings given must live as long as the process; long_desc and hooks may be NULL. valueAddr gets bootValue or
 * what the files say, at once. FATAL XX000 for PGC_POSTMASTER settings defined after start; ERROR XX000 for a name defined
 * twice, ERROR 42602 for a bad name.
 */
extern void DefineCustomBoolVariable(const char *name, const char *short_desc,
									 const char *long_desc, bool *valueAddr, bool bootValue,
									 GucContext context, int flags, GucBoolCheckHook check_hook,
									 GucBoolAssignHook assign_hook, GucShowHook show_hook);
extern void DefineCustomIntVariable(const char *name, const char *short_desc, const char *long_desc,
									int *valueAddr, int bootValue, int minValue, int maxValue,
									GucContext context, int flags, GucIntCheckHook check_hook,
									GucIntAssignHook assign_hook, GucShowHook show_hook);
extern void DefineCustomRealVariable(const char *name, const char *short_desc,
									 const char *long_desc, double *valueAddr, double bootValue,
									 double minValue, double maxValue, GucContext context,
									 int flags, GucRealCheckHook check_hook,
									 GucRealAssignHook assign_hook, GucShowHook show_hook);
/* The variable points to memory of the settings machinery. */
extern void DefineCustomStringVariable(const char *name, const char *short_desc,
									   const char *long_desc, char **valueAddr,
									   const char *bootValue, GucContext context, int flags,
									   GucStringCheckHook check_hook,
									   GucStringAssignHook assign_hook, GucShowHook show_hook);
extern void DefineCustomEnumVariable(const char *name, const char *short_desc,
									 const char *long_desc, int *valueAddr, int bootValue,
									 const struct config_enum_entry *options, GucContext context,
									 int flags, GucEnumCheckHook check_hook,
									 GucEnumAssignHook assign_hook, GucShowHook show_hook);
/* After all definitions: drops other settings of this prefix with a warning each, and refuses new ones. */
extern void MarkGUCPrefixReserved(const char *className);
#define EmitWarningsOnPlaceholders(className) MarkGUCPrefixReserved(className)

/*
 * Access to all settings
 */

/* Rereads the configuration files: PGC_SIGHUP in running processes. Bad files are logged and change nothing. */
extern void ProcessConfigFile(GucContext context);
/* Sets a value as if by context and source; ERROR when that is refused. */
extern void SetConfigOption(const char *name, const char *value, GucContext context,
							GucSource source);
/* The same with all choices: value NULL resets; changeVal false only tests; elevel 0 chooses by source. 1: done, 0: refused
 * with a message below ERROR, -1: ignored because of precedence. */
extern int set_config_option(const char *name, const char *value, GucContext context,
							 GucSource source, GucAction action, bool changeVal, int elevel,
							 bool is_reload);
/* Current and reset value as text, in static memory until the next call. Unknown name: NULL with missing_ok, else ERROR
 * 42704. */
extern const char *GetConfigOption(const char *name, bool missing_ok, bool restrict_privileged);
extern const char *GetConfigOptionResetString(const char *name);
extern int GetConfigOptionFlags(const char *name, bool missing_ok);
/* The value as SHOW prints it, palloc'd; *varname, if wanted, the name in its proper case. */
extern char *GetConfigOptionByName(const char *name, const char **varname, bool missing_ok);

/* A level of settings that are undone together: the number to give to AtEOXact_GUC. */
extern int NewGUCNestLevel(void);
extern void AtEOXact_GUC(bool isCommit, int nestLevel);

/* What this session has set, for another process that is to have the same: bytes that it needs, writing and reading it. ERROR
 * XX000 when maxsize is too small. */
extern Size EstimateGUCStateSpace(void);
extern void SerializeGUCState(Size maxsize, char *start_address);
extern void RestoreGUCState(void *gucstate);

/* Text to number, with the units that flags allow. False, and perhaps a hint, when it does not fit. */
extern bool parse_int(const char *value, int *result, int flags, const char **hintmsg);
extern bool parse_real(const char *value, double *result, int flags, const char **hintmsg);

/*
 * What a check hook says about the value it refuses
 */
extern PGDLLIMPORT char *GUC_check_errmsg_string;
extern PGDLLIMPORT char *GUC_check_errdetail_string;
extern PGDLLIMPORT char *GUC_check_errhint_string;
extern void GUC_check_errcode(int sqlerrcode);

#define GUC_check_errmsg \
	pre_format_elog_string(errno, TEXTDOMAIN), GUC_check_errmsg_string = format_elog_string
#define GUC_check_errdetail \
	pre_format_elog_string(errno, TEXTDOMAIN), GUC_check_errdetail_string = format_elog_string
#define GUC_check_errhint \
	pre_format_elog_string(errno, TEXTDOMAIN), GUC_check_errhint_string = format_elog_string

/* Memory for what check hooks leave in *newval and *extra: malloc's. When there is none: a report of that level, and NULL unless it is
 * ERROR. From PostgreSQL 16 on; in hooks for 15, malloc and strdup. */
extern void *guc_malloc(int elevel, size_t size);
extern void *guc_realloc(int elevel, void *old, size_t size);
extern char *guc_strdup(int elevel, const char *src);
extern void guc_free(void *ptr);

/*
 * Variables of the server's own settings that modules read
 */
/* These four are without effect. */
extern PGDLLIMPORT bool log_parser_stats;
extern PGDLLIMPORT bool log_planner_stats;
extern PGDLLIMPORT bool log_executor_stats;
extern PGDLLIMPORT bool log_statement_stats;
extern PGDLLIMPORT int log_min_error_statement;
extern PGDLLIMPORT int log_min_messages;
extern PGDLLIMPORT int client_min_messages;
extern PGDLLIMPORT int log_min_duration_statement;
extern PGDLLIMPORT char *cluster_name;
extern PGDLLIMPORT char *ConfigFileName;
extern PGDLLIMPORT char *HbaFileName;
extern PGDLLIMPORT char *application_name;

PG_END_EXTERN_C

#endif /* GUC_H */
