/*
 * spi.h
 *		The server programming interface: SQL from C.
 *
 * Processes with a database connection, within a transaction and with an active snapshot. Errors of the SQL raise ERROR;
 * the negative codes report misuse. Memory that the functions return lives in the context of the connection and goes with
 * SPI_finish, unless stated otherwise. Connections nest. Source: PostgreSQL 15 manual, chapter "Server Programming
 * Interface".
 */
#ifndef SPI_H
#define SPI_H

#include "postgres.h"

#include "access/htup.h"
#include "access/tableam.h"
#include "access/tupdesc.h"
#include "lib/stringinfo.h"
#include "nodes/params.h"
#include "nodes/parsenodes.h"
#include "nodes/pg_list.h"
#include "tcop/dest.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/portal.h"
#include "utils/queryenvironment.h"
#include "utils/relcache.h"
#include "utils/resowner.h"
#include "utils/snapshot.h"

PG_BEGIN_EXTERN_C

/* The rows of the last statement. */
typedef struct SPITupleTable
{
	TupleDesc tupdesc;
	HeapTuple *vals; /* numvals rows */
	uint64 numvals;
	/* the rest is SPI's own */
	uint64 alloced;
	MemoryContext tuptabcxt;
	void *next;
	SubTransactionId subid;
} SPITupleTable;

typedef struct SPIExecuteOptions
{
	ParamListInfo params;
	bool read_only;
	bool allow_nonatomic; /* CALL and DO may end transactions */
	bool must_return_tuples;
	uint64 tcount;
	DestReceiver *dest; /* NULL: SPI_tuptable */
	ResourceOwner owner;
} SPIExecuteOptions;

typedef struct SPIParseOpenOptions
{
	ParamListInfo params;
	int cursorOptions; /* CURSOR_OPT_ bits */
	bool read_only;
} SPIParseOpenOptions;

/* A prepared statement. */
typedef struct _SPI_plan *SPIPlanPtr;

/* Result codes; SPI_result_code_string names them. */
#define SPI_ERROR_CONNECT (-1)
#define SPI_ERROR_COPY (-2)
#define SPI_ERROR_OPUNKNOWN (-3)
#define SPI_ERROR_UNCONNECTED (-4)
#define SPI_ERROR_CURSOR (-5)
#define SPI_ERROR_ARGUMENT (-6)
#define SPI_ERROR_PARAM (-7)
#define SPI_ERROR_TRANSACTION (-8)
#define SPI_ERROR_NOATTRIBUTE (-9)
#define SPI_ERROR_NOOUTFUNC (-10)
#define SPI_ERROR_TYPUNKNOWN (-11)
#define SPI_ERROR_REL_DUPLICATE (-12)
#define SPI_ERROR_REL_NOT_FOUND (-13)
#define SPI_OK_CONNECT 1
#define SPI_OK_FINISH 2
#define SPI_OK_FETCH 3
#define SPI_OK_UTILITY 4
#define SPI_OK_SELECT 5
#define SPI_OK_SELINTO 6
#define SPI_OK_INSERT 7
#define SPI_OK_DELETE 8
#define SPI_OK_UPDATE 9
#define SPI_OK_CURSOR 10
#define SPI_OK_INSERT_RETURNING 11
#define SPI_OK_DELETE_RETURNING 12
#define SPI_OK_UPDATE_RETURNING 13
#define SPI_OK_REWRITTEN 14
#define SPI_OK_REL_REGISTER 15
#define SPI_OK_REL_UNREGISTER 16
#define SPI_OK_TD_REGISTER 17
#define SPI_OK_MERGE 18

/* For SPI_connect_ext: SPI_commit and SPI_rollback are allowed. */
#define SPI_OPT_NONATOMIC (1 << 0)

/* Set by each statement: rows processed, its rows (NULL when it returns none), and the code of functions that return
 * something else. */
extern PGDLLIMPORT uint64 SPI_processed;
extern PGDLLIMPORT SPITupleTable *SPI_tuptable;
extern PGDLLIMPORT int SPI_result;

/* SPI_OK_CONNECT and SPI_OK_FINISH, or SPI_ERROR_UNCONNECTED from finish. */
extern int SPI_connect(void);
extern int SPI_connect_ext(int options);
extern int SPI_finish(void);

/*
 * Running. The result is the SPI_OK_ code of the last statement. read_only refuses statements that write (ERROR 0A000) and
 * uses the active snapshot without advancing it. tcount limits the rows processed, 0: no limit. Values and Nulls run
 * parallel to the argument types; in Nulls 'n' marks a null, and Nulls itself may be NULL.
 */
extern int SPI_execute(const char *src, bool read_only, long tcount);
extern int SPI_exec(const char *src, long tcount);
extern int SPI_execute_extended(const char *src, const SPIExecuteOptions *options);
extern int SPI_execute_with_args(const char *src, int nargs, Oid *argtypes, Datum *Values,
								 const char *Nulls, bool read_only, long tcount);
extern int SPI_execute_plan(SPIPlanPtr plan, Datum *Values, const char *Nulls, bool read_only,
							long tcount);
extern int SPI_execp(SPIPlanPtr plan, Datum *Values, const char *Nulls, long tcount);
extern int SPI_execute_plan_extended(SPIPlanPtr plan, const SPIExecuteOptions *options);

/*
 * Preparing. NULL with SPI_result set on misuse. A plan goes with SPI_finish unless kept (SPI_keepplan moves it,
 * SPI_saveplan copies it) in memory that lasts as long as the process.
 */
extern SPIPlanPtr SPI_prepare(const char *src, int nargs, Oid *argtypes);
extern SPIPlanPtr SPI_prepare_cursor(const char *src, int nargs, Oid *argtypes, int cursorOptions);
extern int SPI_keepplan(SPIPlanPtr plan);
extern SPIPlanPtr SPI_saveplan(SPIPlanPtr plan);
extern int SPI_freeplan(SPIPlanPtr plan);
extern Oid SPI_getargtypeid(SPIPlanPtr plan, int argIndex); /* from 0 */
extern int SPI_getargcount(SPIPlanPtr plan);
extern bool SPI_is_cursor_plan(SPIPlanPtr plan);
extern bool SPI_plan_is_valid(SPIPlanPtr plan);
extern const char *SPI_result_code_string(int code);

/*
 * Reading rows. fnumber counts from 1. SPI_getvalue gives the text form, palloc'd, or NULL for null; SPI_getbinval the Datum,
 * which leads into the tuple. Both set SPI_result to SPI_ERROR_NOATTRIBUTE for a bad number. SPI_fnumber gives
 * SPI_ERROR_NOATTRIBUTE when no column has that name.
 */
extern int SPI_fnumber(TupleDesc tupdesc, const char *fname);
extern char *SPI_fname(TupleDesc tupdesc, int fnumber);
extern char *SPI_getvalue(HeapTuple tuple, TupleDesc tupdesc, int fnumber);
extern Datum SPI_getbinval(HeapTuple tuple, TupleDesc tupdesc, int fnumber, bool *isnull);
extern char *SPI_gettype(TupleDesc tupdesc, int fnumber);
extern Oid SPI_gettypeid(TupleDesc tupdesc, int fnumber);
/* Name and schema of an open relation, palloc'd. */
extern char *SPI_getrelname(Relation rel);
extern char *SPI_getnspname(Relation rel);

/*
 * Memory of the caller's context, that is, what was current at SPI_connect.
 */
extern HeapTuple SPI_copytuple(HeapTuple tuple);
/* A copy in which the columns attnum (from 1) have new values; Nulls as for SPI_execute_plan. NULL on a bad argument. */
extern HeapTuple SPI_modifytuple(Relation rel, HeapTuple tuple, int natts, int *attnum,
								 Datum *Values, const char *Nulls);
extern HeapTupleHeader SPI_returntuple(HeapTuple tuple, TupleDesc tupdesc);
extern void *SPI_palloc(Size size);
extern void *SPI_repalloc(void *pointer, Size size);
extern void SPI_pfree(void *pointer);
extern Datum SPI_datumTransfer(Datum value, bool typByVal, int typLen);
extern void SPI_freetuple(HeapTuple pointer);
extern void SPI_freetuptable(SPITupleTable *tuptable);

/*
 * Cursors. name NULL: a name is made up. Fetched rows are in SPI_tuptable, their number in SPI_processed.
 */
extern Portal SPI_cursor_open(const char *name, SPIPlanPtr plan, Datum *Values, const char *Nulls,
							  bool read_only);
extern Portal SPI_cursor_open_with_args(const char *name, const char *src, int nargs, Oid *argtypes,
										Datum *Values, const char *Nulls, bool read_only,
										int cursorOptions);
extern Portal SPI_cursor_open_with_paramlist(const char *name, SPIPlanPtr plan,
											 ParamListInfo params, bool read_only);
extern Portal SPI_cursor_parse_open(const char *name, const char *src,
									const SPIParseOpenOptions *options);
extern Portal SPI_cursor_find(const char *name); /* NULL when there is none */
/* As FETCH and MOVE FORWARD or BACKWARD count; FETCH_ALL: all. */
extern void SPI_cursor_fetch(Portal portal, bool forward, long count);
extern void SPI_cursor_move(Portal portal, bool forward, long count);
/* The same in any direction. */
extern void SPI_scroll_cursor_fetch(Portal portal, FetchDirection direction, long count);
extern void SPI_scroll_cursor_move(Portal portal, FetchDirection direction, long count);
extern void SPI_cursor_close(Portal portal);

/*
 * Ending transactions from within, after SPI_connect_ext(SPI_OPT_NONATOMIC); else ERROR 2D000. A new transaction begins at
 * once; the _and_chain forms keep its characteristics.
 */
extern void SPI_start_transaction(void);
extern void SPI_commit(void);
extern void SPI_commit_and_chain(void);
extern void SPI_rollback(void);
extern void SPI_rollback_and_chain(void);
extern bool SPI_inside_nonatomic_context(void);

/*
 * Rows under a name, for the statements of this connection. The caller keeps enr and what it leads to alive. A name that there
 * is already: SPI_ERROR_REL_DUPLICATE; none: SPI_ERROR_REL_NOT_FOUND. The columns are those of md.reliddesc, or md.tupdesc; the
 * rows a tuplestore. A plan that was prepared while the name was known finds the rows that have it when it runs.
 * SPI_register_trigger_data registers the transition tables of a trigger under the names that CREATE TRIGGER gave them.
 */
struct TriggerData;
extern int SPI_register_relation(EphemeralNamedRelation enr);
extern int SPI_unregister_relation(const char *name);
extern int SPI_register_trigger_data(struct TriggerData *tdata);

/* Once needed around recursive calls; nothing to do any more. */
#define SPI_push() ((void) 0)
#define SPI_pop() ((void) 0)
#define SPI_push_conditional() false
#define SPI_pop_conditional(pushed) ((void) 0)
#define SPI_restore_connection() ((void) 0)

PG_END_EXTERN_C

#endif /* SPI_H */
