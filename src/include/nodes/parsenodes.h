/*
 * parsenodes.h
 *		Parsed statements, as modules read them.
 */
#ifndef PARSENODES_H
#define PARSENODES_H

#include "postgres.h"

#include "nodes/lockoptions.h"
#include "nodes/nodes.h"
#include "nodes/pg_list.h"
#include "nodes/primnodes.h"

PG_BEGIN_EXTERN_C

typedef struct Query Query;
typedef struct RawStmt RawStmt;
struct PostroomStatement;

/* Kinds of object, as messages and hooks name them. */
typedef enum ObjectType
{
	OBJECT_ACCESS_METHOD,
	OBJECT_AGGREGATE,
	OBJECT_AMOP,
	OBJECT_AMPROC,
	OBJECT_ATTRIBUTE,
	OBJECT_CAST,
	OBJECT_COLUMN,
	OBJECT_COLLATION,
	OBJECT_CONVERSION,
	OBJECT_DATABASE,
	OBJECT_DEFAULT,
	OBJECT_DEFACL,
	OBJECT_DOMAIN,
	OBJECT_DOMCONSTRAINT,
	OBJECT_EVENT_TRIGGER,
	OBJECT_EXTENSION,
	OBJECT_FDW,
	OBJECT_FOREIGN_SERVER,
	OBJECT_FOREIGN_TABLE,
	OBJECT_FUNCTION,
	OBJECT_INDEX,
	OBJECT_LANGUAGE,
	OBJECT_LARGEOBJECT,
	OBJECT_MATVIEW,
	OBJECT_OPCLASS,
	OBJECT_OPERATOR,
	OBJECT_OPFAMILY,
	OBJECT_PARAMETER_ACL,
	OBJECT_POLICY,
	OBJECT_PROCEDURE,
	OBJECT_PUBLICATION,
	OBJECT_PUBLICATION_NAMESPACE,
	OBJECT_PUBLICATION_REL,
	OBJECT_ROLE,
	OBJECT_ROUTINE,
	OBJECT_RULE,
	OBJECT_SCHEMA,
	OBJECT_SEQUENCE,
	OBJECT_SUBSCRIPTION,
	OBJECT_STATISTIC_EXT,
	OBJECT_TABCONSTRAINT,
	OBJECT_TABLE,
	OBJECT_TABLESPACE,
	OBJECT_TRANSFORM,
	OBJECT_TRIGGER,
	OBJECT_TSCONFIGURATION,
	OBJECT_TSDICTIONARY,
	OBJECT_TSPARSER,
	OBJECT_TSTEMPLATE,
	OBJECT_TYPE,
	OBJECT_USER_MAPPING,
	OBJECT_VIEW
} ObjectType;

typedef enum DropBehavior
{
	DROP_RESTRICT,
	DROP_CASCADE
} DropBehavior;

/* Rights, as bits; utils/acl.h has the checks. */
typedef uint32 AclMode;

#define ACL_INSERT (1 << 0)
#define ACL_SELECT (1 << 1)
#define ACL_UPDATE (1 << 2)
#define ACL_DELETE (1 << 3)
#define ACL_TRUNCATE (1 << 4)
#define ACL_REFERENCES (1 << 5)
#define ACL_TRIGGER (1 << 6)
#define ACL_EXECUTE (1 << 7)
#define ACL_USAGE (1 << 8)
#define ACL_CREATE (1 << 9)
#define ACL_CREATE_TEMP (1 << 10)
#define ACL_CONNECT (1 << 11)
#define ACL_SET (1 << 12)
#define ACL_ALTER_SYSTEM (1 << 13)
#define N_ACL_RIGHTS 14
#define ACL_NO_RIGHTS 0
#define ACL_SELECT_FOR_UPDATE ACL_UPDATE

/* Options of SPI_cursor_open_with_args and SPI_prepare_cursor. */
#define CURSOR_OPT_BINARY 0x0001
#define CURSOR_OPT_SCROLL 0x0002
#define CURSOR_OPT_NO_SCROLL 0x0004
#define CURSOR_OPT_INSENSITIVE 0x0008
#define CURSOR_OPT_ASENSITIVE 0x0010
#define CURSOR_OPT_HOLD 0x0020
#define CURSOR_OPT_FAST_PLAN 0x0100
#define CURSOR_OPT_GENERIC_PLAN 0x0200
#define CURSOR_OPT_CUSTOM_PLAN 0x0400
#define CURSOR_OPT_PARALLEL_OK 0x0800

/*
 * Statements
 *
 * What hooks and pg_parse_query show of a statement. The fields are PostgreSQL's; trees of queries and expressions below
 * them are nodes with a tag and nothing else, except for constants, names, types and options. Nodes are read, never changed:
 * a statement whose tree was changed is refused when it is run (ERROR 0A000).
 */
typedef enum AlterTableType
{
	AT_AddColumn,
	AT_AddColumnRecurse,
	AT_AddColumnToView,
	AT_ColumnDefault,
	AT_CookedColumnDefault,
	AT_DropNotNull,
	AT_SetNotNull,
	AT_DropExpression,
	AT_CheckNotNull,
	AT_SetStatistics,
	AT_SetOptions,
	AT_ResetOptions,
	AT_SetStorage,
	AT_SetCompression,
	AT_DropColumn,
	AT_DropColumnRecurse,
	AT_AddIndex,
	AT_ReAddIndex,
	AT_AddConstraint,
	AT_AddConstraintRecurse,
	AT_ReAddConstraint,
	AT_ReAddDomainConstraint,
	AT_AlterConstraint,
	AT_ValidateConstraint,
	AT_ValidateConstraintRecurse,
	AT_AddIndexConstraint,
	AT_DropConstraint,
	AT_DropConstraintRecurse,
	AT_ReAddComment,
	AT_AlterColumnType,
	AT_AlterColumnGenericOptions,
	AT_ChangeOwner,
	AT_ClusterOn,
	AT_DropCluster,
	AT_SetLogged,
	AT_SetUnLogged,
	AT_DropOids,
	AT_SetAccessMethod,
	AT_SetTableSpace,
	AT_SetRelOptions,
	AT_ResetRelOptions,
	AT_ReplaceRelOptions,
	AT_EnableTrig,
	AT_EnableAlwaysTrig,
	AT_EnableReplicaTrig,
	AT_DisableTrig,
	AT_EnableTrigAll,
	AT_DisableTrigAll,
	AT_EnableTrigUser,
	AT_DisableTrigUser,
	AT_EnableRule,
	AT_EnableAlwaysRule,
	AT_EnableReplicaRule,
	AT_DisableRule,
	AT_AddInherit,
	AT_DropInherit,
	AT_AddOf,
	AT_DropOf,
	AT_ReplicaIdentity,
	AT_EnableRowSecurity,
	AT_DisableRowSecurity,
	AT_ForceRowSecurity,
	AT_NoForceRowSecurity,
	AT_GenericOptions,
	AT_AttachPartition,
	AT_DetachPartition,
	AT_DetachPartitionFinalize,
	AT_AddIdentity,
	AT_SetIdentity,
	AT_DropIdentity,
	AT_ReAddStatistics
} AlterTableType;

typedef enum ConstrType
{
	CONSTR_NULL,
	CONSTR_NOTNULL,
	CONSTR_DEFAULT,
	CONSTR_IDENTITY,
	CONSTR_GENERATED,
	CONSTR_CHECK,
	CONSTR_PRIMARY,
	CONSTR_UNIQUE,
	CONSTR_EXCLUSION,
	CONSTR_FOREIGN,
	CONSTR_ATTR_DEFERRABLE,
	CONSTR_ATTR_NOT_DEFERRABLE,
	CONSTR_ATTR_DEFERRED,
	CONSTR_ATTR_IMMEDIATE
} ConstrType;

typedef enum DefElemAction
{
	DEFELEM_UNSPEC,
	DEFELEM_SET,
	DEFELEM_ADD,
	DEFELEM_DROP
} DefElemAction;

typedef enum DiscardMode
{
	DISCARD_ALL,
	DISCARD_PLANS,
	DISCARD_SEQUENCES,
	DISCARD_TEMP
} DiscardMode;

typedef enum FetchDirection
{
	FETCH_FORWARD,
	FETCH_BACKWARD,
	FETCH_ABSOLUTE,
	FETCH_RELATIVE
} FetchDirection;

#define FETCH_ALL LONG_MAX

typedef enum FunctionParameterMode
{
	FUNC_PARAM_IN = 'i',
	FUNC_PARAM_OUT = 'o',
	FUNC_PARAM_INOUT = 'b',
	FUNC_PARAM_VARIADIC = 'v',
	FUNC_PARAM_TABLE = 't',
	FUNC_PARAM_DEFAULT = 'd'
} FunctionParameterMode;

typedef enum GrantTargetType
{
	ACL_TARGET_OBJECT,
	ACL_TARGET_ALL_IN_SCHEMA,
	ACL_TARGET_DEFAULTS
} GrantTargetType;

typedef enum ReindexObjectType
{
	REINDEX_OBJECT_INDEX,
	REINDEX_OBJECT_TABLE,
	REINDEX_OBJECT_SCHEMA,
	REINDEX_OBJECT_SYSTEM,
	REINDEX_OBJECT_DATABASE
} ReindexObjectType;

typedef enum RoleSpecType
{
	ROLESPEC_CSTRING,
	ROLESPEC_CURRENT_ROLE,
	ROLESPEC_CURRENT_USER,
	ROLESPEC_SESSION_USER,
	ROLESPEC_PUBLIC
} RoleSpecType;

typedef enum RoleStmtType
{
	ROLESTMT_ROLE,
	ROLESTMT_USER,
	ROLESTMT_GROUP
} RoleStmtType;

typedef enum SortByDir
{
	SORTBY_DEFAULT,
	SORTBY_ASC,
	SORTBY_DESC,
	SORTBY_USING
} SortByDir;

typedef enum SortByNulls
{
	SORTBY_NULLS_DEFAULT,
	SORTBY_NULLS_FIRST,
	SORTBY_NULLS_LAST
} SortByNulls;

typedef enum TransactionStmtKind
{
	TRANS_STMT_BEGIN,
	TRANS_STMT_START,
	TRANS_STMT_COMMIT,
	TRANS_STMT_ROLLBACK,
	TRANS_STMT_SAVEPOINT,
	TRANS_STMT_RELEASE,
	TRANS_STMT_ROLLBACK_TO,
	TRANS_STMT_PREPARE,
	TRANS_STMT_COMMIT_PREPARED,
	TRANS_STMT_ROLLBACK_PREPARED
} TransactionStmtKind;

typedef enum VariableSetKind
{
	VAR_SET_VALUE,
	VAR_SET_DEFAULT,
	VAR_SET_CURRENT,
	VAR_SET_MULTI,
	VAR_RESET,
	VAR_RESET_ALL
} VariableSetKind;

typedef enum ViewCheckOption
{
	NO_CHECK_OPTION,
	LOCAL_CHECK_OPTION,
	CASCADED_CHECK_OPTION
} ViewCheckOption;

typedef struct AccessPriv AccessPriv;
typedef struct AlterDatabaseSetStmt AlterDatabaseSetStmt;
typedef struct AlterDatabaseStmt AlterDatabaseStmt;
typedef struct AlterDefaultPrivilegesStmt AlterDefaultPrivilegesStmt;
typedef struct AlterEnumStmt AlterEnumStmt;
typedef struct AlterExtensionContentsStmt AlterExtensionContentsStmt;
typedef struct AlterExtensionStmt AlterExtensionStmt;
typedef struct AlterFunctionStmt AlterFunctionStmt;
typedef struct AlterObjectSchemaStmt AlterObjectSchemaStmt;
typedef struct AlterOwnerStmt AlterOwnerStmt;
typedef struct AlterPolicyStmt AlterPolicyStmt;
typedef struct AlterRoleSetStmt AlterRoleSetStmt;
typedef struct AlterRoleStmt AlterRoleStmt;
typedef struct AlterSeqStmt AlterSeqStmt;
typedef struct AlterSystemStmt AlterSystemStmt;
typedef struct AlterTableCmd AlterTableCmd;
typedef struct AlterTableStmt AlterTableStmt;
typedef struct CallStmt CallStmt;
typedef struct CheckPointStmt CheckPointStmt;
typedef struct ClosePortalStmt ClosePortalStmt;
typedef struct ClusterStmt ClusterStmt;
typedef struct CollateClause CollateClause;
typedef struct ColumnDef ColumnDef;
typedef struct CommentStmt CommentStmt;
typedef struct CompositeTypeStmt CompositeTypeStmt;
typedef struct Constraint Constraint;
typedef struct ConstraintsSetStmt ConstraintsSetStmt;
typedef struct CopyStmt CopyStmt;
typedef struct CreateDomainStmt CreateDomainStmt;
typedef struct CreateEnumStmt CreateEnumStmt;
typedef struct CreateEventTrigStmt CreateEventTrigStmt;
typedef struct CreateExtensionStmt CreateExtensionStmt;
typedef struct CreateFunctionStmt CreateFunctionStmt;
typedef struct CreatePolicyStmt CreatePolicyStmt;
typedef struct CreateRoleStmt CreateRoleStmt;
typedef struct CreateSchemaStmt CreateSchemaStmt;
typedef struct CreateSeqStmt CreateSeqStmt;
typedef struct CreateStmt CreateStmt;
typedef struct CreateTableAsStmt CreateTableAsStmt;
typedef struct CreateTrigStmt CreateTrigStmt;
typedef struct CreatedbStmt CreatedbStmt;
typedef struct DeallocateStmt DeallocateStmt;
typedef struct DeclareCursorStmt DeclareCursorStmt;
typedef struct DefElem DefElem;
typedef struct DefineStmt DefineStmt;
typedef struct DiscardStmt DiscardStmt;
typedef struct DoStmt DoStmt;
typedef struct DropOwnedStmt DropOwnedStmt;
typedef struct DropRoleStmt DropRoleStmt;
typedef struct DropStmt DropStmt;
typedef struct DropdbStmt DropdbStmt;
typedef struct ExecuteStmt ExecuteStmt;
typedef struct ExplainStmt ExplainStmt;
typedef struct FetchStmt FetchStmt;
typedef struct FromExpr FromExpr;
typedef struct FuncCall FuncCall;
typedef struct FunctionParameter FunctionParameter;
typedef struct GrantRoleStmt GrantRoleStmt;
typedef struct GrantStmt GrantStmt;
typedef struct IndexElem IndexElem;
typedef struct IndexStmt IndexStmt;
typedef struct ListenStmt ListenStmt;
typedef struct LoadStmt LoadStmt;
typedef struct LockStmt LockStmt;
typedef struct NotifyStmt NotifyStmt;
typedef struct ObjectWithArgs ObjectWithArgs;
typedef struct OnConflictExpr OnConflictExpr;
typedef struct PartitionBoundSpec PartitionBoundSpec;
typedef struct PartitionSpec PartitionSpec;
typedef struct PrepareStmt PrepareStmt;
typedef struct ReassignOwnedStmt ReassignOwnedStmt;
typedef struct RefreshMatViewStmt RefreshMatViewStmt;
typedef struct ReindexStmt ReindexStmt;
typedef struct RenameStmt RenameStmt;
typedef struct RoleSpec RoleSpec;
typedef struct RuleStmt RuleStmt;
typedef struct SecLabelStmt SecLabelStmt;
typedef struct TransactionStmt TransactionStmt;
typedef struct TruncateStmt TruncateStmt;
typedef struct TypeCast TypeCast;
typedef struct TypeName TypeName;
typedef struct UnlistenStmt UnlistenStmt;
typedef struct VacuumRelation VacuumRelation;
typedef struct VacuumStmt VacuumStmt;
typedef struct VariableSetStmt VariableSetStmt;
typedef struct VariableShowStmt VariableShowStmt;
typedef struct ViewStmt ViewStmt;

/* One statement of a text: what pg_parse_query gives. */
struct RawStmt
{
	NodeTag type;
	Node *stmt;
	int stmt_location;						/* bytes from the text's start */
	int stmt_len;							/* bytes; 0: to the end */
	struct PostroomStatement *pr_statement; /* the server's own */
};

typedef enum QuerySource
{
	QSRC_ORIGINAL,
	QSRC_PARSER,
	QSRC_INSTEAD_RULE,
	QSRC_QUAL_INSTEAD_RULE,
	QSRC_NON_INSTEAD_RULE
} QuerySource;

/* An analyzed statement, as hooks see it. rtable has the relations that are named in it, its views included. */
struct Query
{
	NodeTag type;
	CmdType commandType;
	QuerySource querySource;
	uint64 queryId; /* 0: none; a hook may set it */
	bool canSetTag;
	Node *utilityStmt;	/* of CMD_UTILITY; else NULL */
	int resultRelation; /* index of the table that is changed in rtable, from 1; 0: none */
	bool hasModifyingCTE;
	bool hasReturning;
	List *cteList;
	List *rtable; /* of RangeTblEntry */
	List *returningList;
	int stmt_location; /* as in RawStmt */
	int stmt_len;
	struct PostroomStatement *pr_statement; /* the server's own */
};

typedef enum RTEKind
{
	RTE_RELATION,
	RTE_SUBQUERY,
	RTE_JOIN,
	RTE_FUNCTION,
	RTE_TABLEFUNC,
	RTE_VALUES,
	RTE_CTE,
	RTE_NAMEDTUPLESTORE,
	RTE_RESULT
} RTEKind;

/* A relation of a query, and what the query does with it. */
typedef struct RangeTblEntry
{
	NodeTag type;
	RTEKind rtekind; /* RTE_RELATION */
	Oid relid;
	char relkind;
	int rellockmode;
	Alias *eref; /* name of the relation */
	bool inh;
	bool inFromCl;
	AclMode requiredPerms; /* ACL_ bits */
	Oid checkAsUser;	   /* InvalidOid: the current user */
	Bitmapset *selectedCols;
	Bitmapset *insertedCols;
	Bitmapset *updatedCols;
} RangeTblEntry;

/* A constant as it was written. */
union ValUnion
{
	Node node;
	Integer ival;
	Float fval;
	Boolean boolval;
	String sval;
	BitString bsval;
};

typedef struct A_Const
{
	NodeTag type;
	union ValUnion val;
	bool isnull;
	int location;
} A_Const;

struct AlterTableStmt
{
	NodeTag type;
	RangeVar *relation;
	List *cmds;
	ObjectType objtype;
	bool missing_ok;
};

struct AlterTableCmd
{
	NodeTag type;
	AlterTableType subtype;
	char *name;
	int16 num;
	RoleSpec *newowner;
	Node *def;
	DropBehavior behavior;
	bool missing_ok;
	bool recurse;
};

struct GrantStmt
{
	NodeTag type;
	bool is_grant;
	GrantTargetType targtype;
	ObjectType objtype;
	List *objects;
	List *privileges;
	List *grantees;
	bool grant_option;
	RoleSpec *grantor;
	DropBehavior behavior;
};

struct GrantRoleStmt
{
	NodeTag type;
	List *granted_roles;
	List *grantee_roles;
	bool is_grant;
	bool admin_opt;
	RoleSpec *grantor;
	DropBehavior behavior;
};

struct AlterDefaultPrivilegesStmt
{
	NodeTag type;
	List *options;
	GrantStmt *action;
};

struct ClosePortalStmt
{
	NodeTag type;
	char *portalname;
};

struct ClusterStmt
{
	NodeTag type;
	RangeVar *relation;
	char *indexname;
	List *params;
};

struct CopyStmt
{
	NodeTag type;
	RangeVar *relation;
	Node *query;
	List *attlist;
	bool is_from;
	bool is_program;
	char *filename;
	List *options;
	Node *whereClause;
};

struct CreateStmt
{
	NodeTag type;
	RangeVar *relation;
	List *tableElts;
	List *inhRelations;
	PartitionBoundSpec *partbound;
	PartitionSpec *partspec;
	TypeName *ofTypename;
	List *constraints;
	List *options;
	OnCommitAction oncommit;
	char *tablespacename;
	char *accessMethod;
	bool if_not_exists;
};

struct DefineStmt
{
	NodeTag type;
	ObjectType kind;
	bool oldstyle;
	List *defnames;
	List *args;
	List *definition;
	bool if_not_exists;
	bool replace;
};

struct DropStmt
{
	NodeTag type;
	List *objects;
	ObjectType removeType;
	DropBehavior behavior;
	bool missing_ok;
	bool concurrent;
};

struct TruncateStmt
{
	NodeTag type;
	List *relations;
	bool restart_seqs;
	DropBehavior behavior;
};

struct CommentStmt
{
	NodeTag type;
	ObjectType objtype;
	Node *object;
	char *comment;
};

struct FetchStmt
{
	NodeTag type;
	FetchDirection direction;
	long howMany;
	char *portalname;
	bool ismove;
};

struct IndexStmt
{
	NodeTag type;
	char *idxname;
	RangeVar *relation;
	char *accessMethod;
	char *tableSpace;
	List *indexParams;
	List *indexIncludingParams;
	List *options;
	Node *whereClause;
	List *excludeOpNames;
	char *idxcomment;
	Oid indexOid;
	Oid oldNode;
	SubTransactionId oldCreateSubid;
	SubTransactionId oldFirstRelfilenodeSubid;
	bool unique;
	bool nulls_not_distinct;
	bool primary;
	bool isconstraint;
	bool deferrable;
	bool initdeferred;
	bool transformed;
	bool concurrent;
	bool if_not_exists;
	bool reset_default_tblspc;
};

struct CreateFunctionStmt
{
	NodeTag type;
	bool is_procedure;
	bool replace;
	List *funcname;
	List *parameters;
	TypeName *returnType;
	List *options;
	Node *sql_body;
};

struct AlterFunctionStmt
{
	NodeTag type;
	ObjectType objtype;
	ObjectWithArgs *func;
	List *actions;
};

struct DoStmt
{
	NodeTag type;
	List *args;
};

struct RenameStmt
{
	NodeTag type;
	ObjectType renameType;
	ObjectType relationType;
	RangeVar *relation;
	Node *object;
	char *subname;
	char *newname;
	DropBehavior behavior;
	bool missing_ok;
};

struct RuleStmt
{
	NodeTag type;
	RangeVar *relation;
	char *rulename;
	Node *whereClause;
	CmdType event;
	bool instead;
	List *actions;
	bool replace;
};

struct NotifyStmt
{
	NodeTag type;
	char *conditionname;
	char *payload;
};

struct ListenStmt
{
	NodeTag type;
	char *conditionname;
};

struct UnlistenStmt
{
	NodeTag type;
	char *conditionname;
};

struct TransactionStmt
{
	NodeTag type;
	TransactionStmtKind kind;
	List *options;
	char *savepoint_name;
	char *gid;
	bool chain;
};

struct ViewStmt
{
	NodeTag type;
	RangeVar *view;
	List *aliases;
	Node *query;
	bool replace;
	List *options;
	ViewCheckOption withCheckOption;
};

struct LoadStmt
{
	NodeTag type;
	char *filename;
};

struct CreateDomainStmt
{
	NodeTag type;
	List *domainname;
	TypeName *typeName;
	CollateClause *collClause;
	List *constraints;
};

struct CreatedbStmt
{
	NodeTag type;
	char *dbname;
	List *options;
};

struct DropdbStmt
{
	NodeTag type;
	char *dbname;
	bool missing_ok;
	List *options;
};

struct VacuumStmt
{
	NodeTag type;
	List *options;
	List *rels;
	bool is_vacuumcmd;
};

struct ExplainStmt
{
	NodeTag type;
	Node *query;
	List *options;
};

struct CreateTableAsStmt
{
	NodeTag type;
	Node *query;
	IntoClause *into;
	ObjectType objtype;
	bool is_select_into;
	bool if_not_exists;
};

struct CreateSeqStmt
{
	NodeTag type;
	RangeVar *sequence;
	List *options;
	Oid ownerId;
	bool for_identity;
	bool if_not_exists;
};

struct AlterSeqStmt
{
	NodeTag type;
	RangeVar *sequence;
	List *options;
	bool for_identity;
	bool missing_ok;
};

struct VariableSetStmt
{
	NodeTag type;
	VariableSetKind kind;
	char *name;
	List *args;
	bool is_local;
};

struct VariableShowStmt
{
	NodeTag type;
	char *name;
};

struct DiscardStmt
{
	NodeTag type;
	DiscardMode target;
};

struct CreateTrigStmt
{
	NodeTag type;
	bool replace;
	bool isconstraint;
	char *trigname;
	RangeVar *relation;
	List *funcname;
	List *args;
	bool row;
	int16 timing;
	int16 events;
	List *columns;
	Node *whenClause;
	List *transitionRels;
	bool deferrable;
	bool initdeferred;
	RangeVar *constrrel;
};

struct CreateRoleStmt
{
	NodeTag type;
	RoleStmtType stmt_type;
	char *role;
	List *options;
};

struct AlterRoleStmt
{
	NodeTag type;
	RoleSpec *role;
	List *options;
	int action;
};

struct DropRoleStmt
{
	NodeTag type;
	List *roles;
	bool missing_ok;
};

struct LockStmt
{
	NodeTag type;
	List *relations;
	int mode;
	bool nowait;
};

struct ConstraintsSetStmt
{
	NodeTag type;
	List *constraints;
	bool deferred;
};

struct ReindexStmt
{
	NodeTag type;
	ReindexObjectType kind;
	RangeVar *relation;
	const char *name;
	List *params;
};

struct CheckPointStmt
{
	NodeTag type;
};

struct CreateSchemaStmt
{
	NodeTag type;
	char *schemaname;
	RoleSpec *authrole;
	List *schemaElts;
	bool if_not_exists;
};

struct AlterDatabaseStmt
{
	NodeTag type;
	char *dbname;
	List *options;
};

struct AlterDatabaseSetStmt
{
	NodeTag type;
	char *dbname;
	VariableSetStmt *setstmt;
};

struct AlterRoleSetStmt
{
	NodeTag type;
	RoleSpec *role;
	char *database;
	VariableSetStmt *setstmt;
};

struct PrepareStmt
{
	NodeTag type;
	char *name;
	List *argtypes;
	Node *query;
};

struct ExecuteStmt
{
	NodeTag type;
	char *name;
	List *params;
};

struct DeallocateStmt
{
	NodeTag type;
	char *name;
};

struct DeclareCursorStmt
{
	NodeTag type;
	char *portalname;
	int options;
	Node *query;
};

struct AlterObjectSchemaStmt
{
	NodeTag type;
	ObjectType objectType;
	RangeVar *relation;
	Node *object;
	char *newschema;
	bool missing_ok;
};

struct AlterOwnerStmt
{
	NodeTag type;
	ObjectType objectType;
	RangeVar *relation;
	Node *object;
	RoleSpec *newowner;
};

struct DropOwnedStmt
{
	NodeTag type;
	List *roles;
	DropBehavior behavior;
};

struct ReassignOwnedStmt
{
	NodeTag type;
	List *roles;
	RoleSpec *newrole;
};

struct CompositeTypeStmt
{
	NodeTag type;
	RangeVar *typevar;
	List *coldeflist;
};

struct CreateEnumStmt
{
	NodeTag type;
	List *typeName;
	List *vals;
};

struct AlterEnumStmt
{
	NodeTag type;
	List *typeName;
	char *oldVal;
	char *newVal;
	char *newValNeighbor;
	bool newValIsAfter;
	bool skipIfNewValExists;
};

struct SecLabelStmt
{
	NodeTag type;
	ObjectType objtype;
	Node *object;
	char *provider;
	char *label;
};

struct CreateExtensionStmt
{
	NodeTag type;
	char *extname;
	bool if_not_exists;
	List *options;
};

struct AlterExtensionStmt
{
	NodeTag type;
	char *extname;
	List *options;
};

struct AlterExtensionContentsStmt
{
	NodeTag type;
	char *extname;
	int action;
	ObjectType objtype;
	Node *object;
};

struct CreateEventTrigStmt
{
	NodeTag type;
	char *trigname;
	char *eventname;
	List *whenclause;
	List *funcname;
};

struct RefreshMatViewStmt
{
	NodeTag type;
	bool concurrent;
	bool skipData;
	RangeVar *relation;
};

struct AlterSystemStmt
{
	NodeTag type;
	VariableSetStmt *setstmt;
};

struct CreatePolicyStmt
{
	NodeTag type;
	char *policy_name;
	RangeVar *table;
	char *cmd_name;
	bool permissive;
	List *roles;
	Node *qual;
	Node *with_check;
};

struct AlterPolicyStmt
{
	NodeTag type;
	char *policy_name;
	RangeVar *table;
	List *roles;
	Node *qual;
	Node *with_check;
};

struct CallStmt
{
	NodeTag type;
	FuncCall *funccall;
};

/* FunctionCallInfo's context of a procedure that CALL runs: whether it must leave the transaction alone. */
typedef struct CallContext
{
	NodeTag type;
	bool atomic;
} CallContext;

struct TypeCast
{
	NodeTag type;
	Node *arg;
	TypeName *typeName;
	int location;
};

struct TypeName
{
	NodeTag type;
	List *names;
	Oid typeOid;
	bool setof;
	bool pct_type;
	List *typmods;
	int32 typemod;
	List *arrayBounds;
	int location;
};

struct ColumnDef
{
	NodeTag type;
	char *colname;
	TypeName *typeName;
	char *compression;
	int inhcount;
	bool is_local;
	bool is_not_null;
	bool is_from_type;
	char storage;
	Node *raw_default;
	Node *cooked_default;
	char identity;
	RangeVar *identitySequence;
	char generated;
	CollateClause *collClause;
	Oid collOid;
	List *constraints;
	List *fdwoptions;
	int location;
};

struct IndexElem
{
	NodeTag type;
	char *name;
	Node *expr;
	char *indexcolname;
	List *collation;
	List *opclass;
	List *opclassopts;
	SortByDir ordering;
	SortByNulls nulls_ordering;
};

struct Constraint
{
	NodeTag type;
	ConstrType contype;
	char *conname;
	bool deferrable;
	bool initdeferred;
	int location;
	bool is_no_inherit;
	Node *raw_expr;
	char *cooked_expr;
	char generated_when;
	bool nulls_not_distinct;
	List *keys;
	List *including;
	List *exclusions;
	List *options;
	char *indexname;
	char *indexspace;
	bool reset_default_tblspc;
	char *access_method;
	Node *where_clause;
	RangeVar *pktable;
	List *fk_attrs;
	List *pk_attrs;
	char fk_matchtype;
	char fk_upd_action;
	char fk_del_action;
	List *fk_del_set_cols;
	List *old_conpfeqop;
	Oid old_pktable_oid;
	bool skip_validation;
	bool initially_valid;
};

struct DefElem
{
	NodeTag type;
	char *defnamespace;
	char *defname;
	Node *arg;
	DefElemAction defaction;
	int location;
};

struct ObjectWithArgs
{
	NodeTag type;
	List *objname;
	List *objargs;
	List *objfuncargs;
	bool args_unspecified;
};

struct AccessPriv
{
	NodeTag type;
	char *priv_name;
	List *cols;
};

struct FunctionParameter
{
	NodeTag type;
	char *name;
	TypeName *argType;
	FunctionParameterMode mode;
	Node *defexpr;
};

struct RoleSpec
{
	NodeTag type;
	RoleSpecType roletype;
	char *rolename;
	int location;
};

struct VacuumRelation
{
	NodeTag type;
	RangeVar *relation;
	Oid oid;
	List *va_cols;
};

PG_END_EXTERN_C

#endif /* PARSENODES_H */
