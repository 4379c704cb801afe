/*
 * parser/node_fields.h
 *		The fields of each kind of node that has a struct in nodes/parsenodes.h, side by side with libpg_query's.
 *
 * For parser/node_structs.cpp alone.  fields(visit, to, from) calls visit for each pair.
 */
#pragma once

#include <pg_query/pg_query.pb-c.h>

#include "postgres.h"

#include "nodes/parsenodes.h"

/* Name, member of PgQuery__Node, its case. */
/* clang-format off */
#define PG_NODE_STRUCTS(X) \
	X(AlterTableStmt, alter_table_stmt, ALTER_TABLE_STMT) \
	X(AlterTableCmd, alter_table_cmd, ALTER_TABLE_CMD) \
	X(GrantStmt, grant_stmt, GRANT_STMT) \
	X(GrantRoleStmt, grant_role_stmt, GRANT_ROLE_STMT) \
	X(AlterDefaultPrivilegesStmt, alter_default_privileges_stmt, ALTER_DEFAULT_PRIVILEGES_STMT) \
	X(ClosePortalStmt, close_portal_stmt, CLOSE_PORTAL_STMT) \
	X(ClusterStmt, cluster_stmt, CLUSTER_STMT) \
	X(CopyStmt, copy_stmt, COPY_STMT) \
	X(CreateStmt, create_stmt, CREATE_STMT) \
	X(DefineStmt, define_stmt, DEFINE_STMT) \
	X(DropStmt, drop_stmt, DROP_STMT) \
	X(TruncateStmt, truncate_stmt, TRUNCATE_STMT) \
	X(CommentStmt, comment_stmt, COMMENT_STMT) \
	X(FetchStmt, fetch_stmt, FETCH_STMT) \
	X(IndexStmt, index_stmt, INDEX_STMT) \
	X(CreateFunctionStmt, create_function_stmt, CREATE_FUNCTION_STMT) \
	X(AlterFunctionStmt, alter_function_stmt, ALTER_FUNCTION_STMT) \
	X(DoStmt, do_stmt, DO_STMT) \
	X(RenameStmt, rename_stmt, RENAME_STMT) \
	X(RuleStmt, rule_stmt, RULE_STMT) \
	X(NotifyStmt, notify_stmt, NOTIFY_STMT) \
	X(ListenStmt, listen_stmt, LISTEN_STMT) \
	X(UnlistenStmt, unlisten_stmt, UNLISTEN_STMT) \
	X(TransactionStmt, transaction_stmt, TRANSACTION_STMT) \
	X(ViewStmt, view_stmt, VIEW_STMT) \
	X(LoadStmt, load_stmt, LOAD_STMT) \
	X(CreateDomainStmt, create_domain_stmt, CREATE_DOMAIN_STMT) \
	X(CreatedbStmt, createdb_stmt, CREATEDB_STMT) \
	X(DropdbStmt, dropdb_stmt, DROPDB_STMT) \
	X(VacuumStmt, vacuum_stmt, VACUUM_STMT) \
	X(ExplainStmt, explain_stmt, EXPLAIN_STMT) \
	X(CreateTableAsStmt, create_table_as_stmt, CREATE_TABLE_AS_STMT) \
	X(CreateSeqStmt, create_seq_stmt, CREATE_SEQ_STMT) \
	X(AlterSeqStmt, alter_seq_stmt, ALTER_SEQ_STMT) \
	X(VariableSetStmt, variable_set_stmt, VARIABLE_SET_STMT) \
	X(VariableShowStmt, variable_show_stmt, VARIABLE_SHOW_STMT) \
	X(DiscardStmt, discard_stmt, DISCARD_STMT) \
	X(CreateTrigStmt, create_trig_stmt, CREATE_TRIG_STMT) \
	X(CreateRoleStmt, create_role_stmt, CREATE_ROLE_STMT) \
	X(AlterRoleStmt, alter_role_stmt, ALTER_ROLE_STMT) \
	X(DropRoleStmt, drop_role_stmt, DROP_ROLE_STMT) \
	X(LockStmt, lock_stmt, LOCK_STMT) \
	X(ConstraintsSetStmt, constraints_set_stmt, CONSTRAINTS_SET_STMT) \
	X(ReindexStmt, reindex_stmt, REINDEX_STMT) \
	X(CheckPointStmt, check_point_stmt, CHECK_POINT_STMT) \
	X(CreateSchemaStmt, create_schema_stmt, CREATE_SCHEMA_STMT) \
	X(AlterDatabaseStmt, alter_database_stmt, ALTER_DATABASE_STMT) \
	X(AlterDatabaseSetStmt, alter_database_set_stmt, ALTER_DATABASE_SET_STMT) \
	X(AlterRoleSetStmt, alter_role_set_stmt, ALTER_ROLE_SET_STMT) \
	X(PrepareStmt, prepare_stmt, PREPARE_STMT) \
	X(ExecuteStmt, execute_stmt, EXECUTE_STMT) \
	X(DeallocateStmt, deallocate_stmt, DEALLOCATE_STMT) \
	X(DeclareCursorStmt, declare_cursor_stmt, DECLARE_CURSOR_STMT) \
	X(AlterObjectSchemaStmt, alter_object_schema_stmt, ALTER_OBJECT_SCHEMA_STMT) \
	X(AlterOwnerStmt, alter_owner_stmt, ALTER_OWNER_STMT) \
	X(DropOwnedStmt, drop_owned_stmt, DROP_OWNED_STMT) \
	X(ReassignOwnedStmt, reassign_owned_stmt, REASSIGN_OWNED_STMT) \
	X(CompositeTypeStmt, composite_type_stmt, COMPOSITE_TYPE_STMT) \
	X(CreateEnumStmt, create_enum_stmt, CREATE_ENUM_STMT) \
	X(AlterEnumStmt, alter_enum_stmt, ALTER_ENUM_STMT) \
	X(SecLabelStmt, sec_label_stmt, SEC_LABEL_STMT) \
	X(CreateExtensionStmt, create_extension_stmt, CREATE_EXTENSION_STMT) \
	X(AlterExtensionStmt, alter_extension_stmt, ALTER_EXTENSION_STMT) \
	X(AlterExtensionContentsStmt, alter_extension_contents_stmt, ALTER_EXTENSION_CONTENTS_STMT) \
	X(CreateEventTrigStmt, create_event_trig_stmt, CREATE_EVENT_TRIG_STMT) \
	X(RefreshMatViewStmt, refresh_mat_view_stmt, REFRESH_MAT_VIEW_STMT) \
	X(AlterSystemStmt, alter_system_stmt, ALTER_SYSTEM_STMT) \
	X(CreatePolicyStmt, create_policy_stmt, CREATE_POLICY_STMT) \
	X(AlterPolicyStmt, alter_policy_stmt, ALTER_POLICY_STMT) \
	X(CallStmt, call_stmt, CALL_STMT) \
	X(TypeCast, type_cast, TYPE_CAST) \
	X(TypeName, type_name, TYPE_NAME) \
	X(ColumnDef, column_def, COLUMN_DEF) \
	X(IndexElem, index_elem, INDEX_ELEM) \
	X(Constraint, constraint, CONSTRAINT) \
	X(DefElem, def_elem, DEF_ELEM) \
	X(ObjectWithArgs, object_with_args, OBJECT_WITH_ARGS) \
	X(AccessPriv, access_priv, ACCESS_PRIV) \
	X(FunctionParameter, function_parameter, FUNCTION_PARAMETER) \
	X(RoleSpec, role_spec, ROLE_SPEC) \
	X(VacuumRelation, vacuum_relation, VACUUM_RELATION) \
	X(Alias, alias, ALIAS) \
	X(RangeVar, range_var, RANGE_VAR) \
	X(IntoClause, into_clause, INTO_CLAUSE)
/* clang-format on */

namespace pg::parser
{

template <typename Visit>
void
fields(Visit &visit, ::Alias &to, const PgQuery__Alias &from)
{
	visit(to.aliasname, from.aliasname);
	visit(to.colnames, from.colnames, from.n_colnames);
}

template <typename Visit>
void
fields(Visit &visit, ::RangeVar &to, const PgQuery__RangeVar &from)
{
	visit(to.catalogname, from.catalogname);
	visit(to.schemaname, from.schemaname);
	visit(to.relname, from.relname);
	visit(to.inh, from.inh);
	visit(to.relpersistence, from.relpersistence);
	visit(to.alias, from.alias);
	visit(to.location, from.location);
}

template <typename Visit>
void
fields(Visit &visit, ::IntoClause &to, const PgQuery__IntoClause &from)
{
	visit(to.rel, from.rel);
	visit(to.colNames, from.col_names, from.n_col_names);
	visit(to.accessMethod, from.access_method);
	visit(to.options, from.options, from.n_options);
	visit(to.onCommit, from.on_commit);
	visit(to.tableSpaceName, from.table_space_name);
	visit(to.viewQuery, from.view_query);
	visit(to.skipData, from.skip_data);
}

template <typename Visit>
void
fields(Visit &visit, ::AlterTableStmt &to, const PgQuery__AlterTableStmt &from)
{
	visit(to.relation, from.relation);
	visit(to.cmds, from.cmds, from.n_cmds);
	visit(to.objtype, from.objtype);
	visit(to.missing_ok, from.missing_ok);
}

template <typename Visit>
void
fields(Visit &visit, ::AlterTableCmd &to, const PgQuery__AlterTableCmd &from)
{
	visit(to.subtype, from.subtype);
	visit(to.name, from.name);
	visit(to.num, from.num);
	visit(to.newowner, from.newowner);
	visit(to.def, from.def);
	visit(to.behavior, from.behavior);
	visit(to.missing_ok, from.missing_ok);
	visit(to.recurse, from.recurse);
}

template <typename Visit>
void
fields(Visit &visit, ::GrantStmt &to, const PgQuery__GrantStmt &from)
{
	visit(to.is_grant, from.is_grant);
	visit(to.targtype, from.targtype);
	visit(to.objtype, from.objtype);
	visit(to.objects, from.objects, from.n_objects);
	visit(to.privileges, from.privileges, from.n_privileges);
	visit(to.grantees, from.grantees, from.n_grantees);
	visit(to.grant_option, from.grant_option);
	visit(to.grantor, from.grantor);
	visit(to.behavior, from.behavior);
}

template <typename Visit>
void
fields(Visit &visit, ::GrantRoleStmt &to, const PgQuery__GrantRoleStmt &from)
{
	visit(to.granted_roles, from.granted_roles, from.n_granted_roles);
	visit(to.grantee_roles, from.grantee_roles, from.n_grantee_roles);
	visit(to.is_grant, from.is_grant);
	visit(to.admin_opt, from.admin_opt);
	visit(to.grantor, from.grantor);
	visit(to.behavior, from.behavior);
}

template <typename Visit>
void
fields(Visit &visit, ::AlterDefaultPrivilegesStmt &to,
	   const PgQuery__AlterDefaultPrivilegesStmt &from)
{
	visit(to.options, from.options, from.n_options);
	visit(to.action, from.action);
}

template <typename Visit>
void
fields(Visit &visit, ::ClosePortalStmt &to, const PgQuery__ClosePortalStmt &from)
{
	visit(to.portalname, from.portalname);
}

template <typename Visit>
void
fields(Visit &visit, ::ClusterStmt &to, const PgQuery__ClusterStmt &from)
{
	visit(to.relation, from.relation);
	visit(to.indexname, from.indexname);
	visit(to.params, from.params, from.n_params);
}

template <typename Visit>
void
fields(Visit &visit, ::CopyStmt &to, const PgQuery__CopyStmt &from)
{
	visit(to.relation, from.relation);
	visit(to.query, from.query);
	visit(to.attlist, from.attlist, from.n_attlist);
	visit(to.is_from, from.is_from);
	visit(to.is_program, from.is_program);
	visit(to.filename, from.filename);
	visit(to.options, from.options, from.n_options);
	visit(to.whereClause, from.where_clause);
}

template <typename Visit>
void
fields(Visit &visit, ::CreateStmt &to, const PgQuery__CreateStmt &from)
{
	visit(to.relation, from.relation);
	visit(to.tableElts, from.table_elts, from.n_table_elts);
	visit(to.inhRelations, from.inh_relations, from.n_inh_relations);
	visit(to.partbound, from.partbound);
	visit(to.partspec, from.partspec);
	visit(to.ofTypename, from.of_typename);
	visit(to.constraints, from.constraints, from.n_constraints);
	visit(to.options, from.options, from.n_options);
	visit(to.oncommit, from.oncommit);
	visit(to.tablespacename, from.tablespacename);
	visit(to.accessMethod, from.access_method);
	visit(to.if_not_exists, from.if_not_exists);
}

template <typename Visit>
void
fields(Visit &visit, ::DefineStmt &to, const PgQuery__DefineStmt &from)
{
	visit(to.kind, from.kind);
	visit(to.oldstyle, from.oldstyle);
	visit(to.defnames, from.defnames, from.n_defnames);
	visit(to.args, from.args, from.n_args);
	visit(to.definition, from.definition, from.n_definition);
	visit(to.if_not_exists, from.if_not_exists);
	visit(to.replace, from.replace);
}

template <typename Visit>
void
fields(Visit &visit, ::DropStmt &to, const PgQuery__DropStmt &from)
{
	visit(to.objects, from.objects, from.n_objects);
	visit(to.removeType, from.remove_type);
	visit(to.behavior, from.behavior);
	visit(to.missing_ok, from.missing_ok);
	visit(to.concurrent, from.concurrent);
}

template <typename Visit>
void
fields(Visit &visit, ::TruncateStmt &to, const PgQuery__TruncateStmt &from)
{
	visit(to.relations, from.relations, from.n_relations);
	visit(to.restart_seqs, from.restart_seqs);
	visit(to.behavior, from.behavior);
}

template <typename Visit>
void
fields(Visit &visit, ::CommentStmt &to, const PgQuery__CommentStmt &from)
{
	visit(to.objtype, from.objtype);
	visit(to.object, from.object);
	visit(to.comment, from.comment);
}

template <typename Visit>
void
fields(Visit &visit, ::FetchStmt &to, const PgQuery__FetchStmt &from)
{
	visit(to.direction, from.direction);
	visit(to.howMany, from.how_many);
	visit(to.portalname, from.portalname);
	visit(to.ismove, from.ismove);
}

template <typename Visit>
void
fields(Visit &visit, ::IndexStmt &to, const PgQuery__IndexStmt &from)
{
	visit(to.idxname, from.idxname);
	visit(to.relation, from.relation);
	visit(to.accessMethod, from.access_method);
	visit(to.tableSpace, from.table_space);
	visit(to.indexParams, from.index_params, from.n_index_params);
	visit(to.indexIncludingParams, from.index_including_params, from.n_index_including_params);
	visit(to.options, from.options, from.n_options);
	visit(to.whereClause, from.where_clause);
	visit(to.excludeOpNames, from.exclude_op_names, from.n_exclude_op_names);
	visit(to.idxcomment, from.idxcomment);
	visit(to.indexOid, from.index_oid);
	visit(to.oldNode, from.old_node);
	visit(to.oldCreateSubid, from.old_create_subid);
	visit(to.oldFirstRelfilenodeSubid, from.old_first_relfilenode_subid);
	visit(to.unique, from.unique);
	visit(to.nulls_not_distinct, from.nulls_not_distinct);
	visit(to.primary, from.primary);
	visit(to.isconstraint, from.isconstraint);
	visit(to.deferrable, from.deferrable);
	visit(to.initdeferred, from.initdeferred);
	visit(to.transformed, from.transformed);
	visit(to.concurrent, from.concurrent);
	visit(to.if_not_exists, from.if_not_exists);
	visit(to.reset_default_tblspc, from.reset_default_tblspc);
}

template <typename Visit>
void
fields(Visit &visit, ::CreateFunctionStmt &to, const PgQuery__CreateFunctionStmt &from)
{
	visit(to.is_procedure, from.is_procedure);
	visit(to.replace, from.replace);
	visit(to.funcname, from.funcname, from.n_funcname);
	visit(to.parameters, from.parameters, from.n_parameters);
	visit(to.returnType, from.return_type);
	visit(to.options, from.options, from.n_options);
	visit(to.sql_body, from.sql_body);
}

template <typename Visit>
void
fields(Visit &visit, ::AlterFunctionStmt &to, const PgQuery__AlterFunctionStmt &from)
{
	visit(to.objtype, from.objtype);
	visit(to.func, from.func);
	visit(to.actions, from.actions, from.n_actions);
}

template <typename Visit>
void
fields(Visit &visit, ::DoStmt &to, const PgQuery__DoStmt &from)
{
	visit(to.args, from.args, from.n_args);
}

template <typename Visit>
void
fields(Visit &visit, ::RenameStmt &to, const PgQuery__RenameStmt &from)
{
	visit(to.renameType, from.rename_type);
	visit(to.relationType, from.relation_type);
	visit(to.relation, from.relation);
	visit(to.object, from.object);
	visit(to.subname, from.subname);
	visit(to.newname, from.newname);
	visit(to.behavior, from.behavior);
	visit(to.missing_ok, from.missing_ok);
}

template <typename Visit>
void
fields(Visit &visit, ::RuleStmt &to, const PgQuery__RuleStmt &from)
{
	visit(to.relation, from.relation);
	visit(to.rulename, from.rulename);
	visit(to.whereClause, from.where_clause);
	visit(to.event, from.event);
	visit(to.instead, from.instead);
	visit(to.actions, from.actions, from.n_actions);
	visit(to.replace, from.replace);
}

template <typename Visit>
void
fields(Visit &visit, ::NotifyStmt &to, const PgQuery__NotifyStmt &from)
{
	visit(to.conditionname, from.conditionname);
	visit(to.payload, from.payload);
}

template <typename Visit>
void
fields(Visit &visit, ::ListenStmt &to, const PgQuery__ListenStmt &from)
{
	visit(to.conditionname, from.conditionname);
}

template <typename Visit>
void
fields(Visit &visit, ::UnlistenStmt &to, const PgQuery__UnlistenStmt &from)
{
	visit(to.conditionname, from.conditionname);
}

template <typename Visit>
void
fields(Visit &visit, ::TransactionStmt &to, const PgQuery__TransactionStmt &from)
{
	visit(to.kind, from.kind);
	visit(to.options, from.options, from.n_options);
	visit(to.savepoint_name, from.savepoint_name);
	visit(to.gid, from.gid);
	visit(to.chain, from.chain);
}

template <typename Visit>
void
fields(Visit &visit, ::ViewStmt &to, const PgQuery__ViewStmt &from)
{
	visit(to.view, from.view);
	visit(to.aliases, from.aliases, from.n_aliases);
	visit(to.query, from.query);
	visit(to.replace, from.replace);
	visit(to.options, from.options, from.n_options);
	visit(to.withCheckOption, from.with_check_option);
}

template <typename Visit>
void
fields(Visit &visit, ::LoadStmt &to, const PgQuery__LoadStmt &from)
{
	visit(to.filename, from.filename);
}

template <typename Visit>
void
fields(Visit &visit, ::CreateDomainStmt &to, const PgQuery__CreateDomainStmt &from)
{
	visit(to.domainname, from.domainname, from.n_domainname);
	visit(to.typeName, from.type_name);
	visit(to.collClause, from.coll_clause);
	visit(to.constraints, from.constraints, from.n_constraints);
}

template <typename Visit>
void
fields(Visit &visit, ::CreatedbStmt &to, const PgQuery__CreatedbStmt &from)
{
	visit(to.dbname, from.dbname);
	visit(to.options, from.options, from.n_options);
}

template <typename Visit>
void
fields(Visit &visit, ::DropdbStmt &to, const PgQuery__DropdbStmt &from)
{
	visit(to.dbname, from.dbname);
	visit(to.missing_ok, from.missing_ok);
	visit(to.options, from.options, from.n_options);
}

template <typename Visit>
void
fields(Visit &visit, ::VacuumStmt &to, const PgQuery__VacuumStmt &from)
{
	visit(to.options, from.options, from.n_options);
	visit(to.rels, from.rels, from.n_rels);
	visit(to.is_vacuumcmd, from.is_vacuumcmd);
}

template <typename Visit>
void
fields(Visit &visit, ::ExplainStmt &to, const PgQuery__ExplainStmt &from)
{
	visit(to.query, from.query);
	visit(to.options, from.options, from.n_options);
}

template <typename Visit>
void
fields(Visit &visit, ::CreateTableAsStmt &to, const PgQuery__CreateTableAsStmt &from)
{
	visit(to.query, from.query);
	visit(to.into, from.into);
	visit(to.objtype, from.objtype);
	visit(to.is_select_into, from.is_select_into);
	visit(to.if_not_exists, from.if_not_exists);
}

template <typename Visit>
void
fields(Visit &visit, ::CreateSeqStmt &to, const PgQuery__CreateSeqStmt &from)
{
	visit(to.sequence, from.sequence);
	visit(to.options, from.options, from.n_options);
	visit(to.ownerId, from.owner_id);
	visit(to.for_identity, from.for_identity);
	visit(to.if_not_exists, from.if_not_exists);
}

template <typename Visit>
void
fields(Visit &visit, ::AlterSeqStmt &to, const PgQuery__AlterSeqStmt &from)
{
	visit(to.sequence, from.sequence);
	visit(to.options, from.options, from.n_options);
	visit(to.for_identity, from.for_identity);
	visit(to.missing_ok, from.missing_ok);
}

template <typename Visit>
void
fields(Visit &visit, ::VariableSetStmt &to, const PgQuery__VariableSetStmt &from)
{
	visit(to.kind, from.kind);
	visit(to.name, from.name);
	visit(to.args, from.args, from.n_args);
	visit(to.is_local, from.is_local);
}

template <typename Visit>
void
fields(Visit &visit, ::VariableShowStmt &to, const PgQuery__VariableShowStmt &from)
{
	visit(to.name, from.name);
}

template <typename Visit>
void
fields(Visit &visit, ::DiscardStmt &to, const PgQuery__DiscardStmt &from)
{
	visit(to.target, from.target);
}

template <typename Visit>
void
fields(Visit &visit, ::CreateTrigStmt &to, const PgQuery__CreateTrigStmt &from)
{
	visit(to.replace, from.replace);
	visit(to.isconstraint, from.isconstraint);
	visit(to.trigname, from.trigname);
	visit(to.relation, from.relation);
	visit(to.funcname, from.funcname, from.n_funcname);
	visit(to.args, from.args, from.n_args);
	visit(to.row, from.row);
	visit(to.timing, from.timing);
	visit(to.events, from.events);
	visit(to.columns, from.columns, from.n_columns);
	visit(to.whenClause, from.when_clause);
	visit(to.transitionRels, from.transition_rels, from.n_transition_rels);
	visit(to.deferrable, from.deferrable);
	visit(to.initdeferred, from.initdeferred);
	visit(to.constrrel, from.constrrel);
}

template <typename Visit>
void
fields(Visit &visit, ::CreateRoleStmt &to, const PgQuery__CreateRoleStmt &from)
{
	visit(to.stmt_type, from.stmt_type);
	visit(to.role, from.role);
	visit(to.options, from.options, from.n_options);
}

template <typename Visit>
void
fields(Visit &visit, ::AlterRoleStmt &to, const PgQuery__AlterRoleStmt &from)
{
	visit(to.role, from.role);
	visit(to.options, from.options, from.n_options);
	visit(to.action, from.action);
}

template <typename Visit>
void
fields(Visit &visit, ::DropRoleStmt &to, const PgQuery__DropRoleStmt &from)
{
	visit(to.roles, from.roles, from.n_roles);
	visit(to.missing_ok, from.missing_ok);
}

template <typename Visit>
void
fields(Visit &visit, ::LockStmt &to, const PgQuery__LockStmt &from)
{
	visit(to.relations, from.relations, from.n_relations);
	visit(to.mode, from.mode);
	visit(to.nowait, from.nowait);
}

template <typename Visit>
void
fields(Visit &visit, ::ConstraintsSetStmt &to, const PgQuery__ConstraintsSetStmt &from)
{
	visit(to.constraints, from.constraints, from.n_constraints);
	visit(to.deferred, from.deferred);
}

template <typename Visit>
void
fields(Visit &visit, ::ReindexStmt &to, const PgQuery__ReindexStmt &from)
{
	visit(to.kind, from.kind);
	visit(to.relation, from.relation);
	visit(to.name, from.name);
	visit(to.params, from.params, from.n_params);
}

template <typename Visit>
void
fields(Visit &, ::CheckPointStmt &, const PgQuery__CheckPointStmt &)
{
}

template <typename Visit>
void
fields(Visit &visit, ::CreateSchemaStmt &to, const PgQuery__CreateSchemaStmt &from)
{
	visit(to.schemaname, from.schemaname);
	visit(to.authrole, from.authrole);
	visit(to.schemaElts, from.schema_elts, from.n_schema_elts);
	visit(to.if_not_exists, from.if_not_exists);
}

template <typename Visit>
void
fields(Visit &visit, ::AlterDatabaseStmt &to, const PgQuery__AlterDatabaseStmt &from)
{
	visit(to.dbname, from.dbname);
	visit(to.options, from.options, from.n_options);
}

template <typename Visit>
void
fields(Visit &visit, ::AlterDatabaseSetStmt &to, const PgQuery__AlterDatabaseSetStmt &from)
{
	visit(to.dbname, from.dbname);
	visit(to.setstmt, from.setstmt);
}

template <typename Visit>
void
fields(Visit &visit, ::AlterRoleSetStmt &to, const PgQuery__AlterRoleSetStmt &from)
{
	visit(to.role, from.role);
	visit(to.database, from.database);
	visit(to.setstmt, from.setstmt);
}

template <typename Visit>
void
fields(Visit &visit, ::PrepareStmt &to, const PgQuery__PrepareStmt &from)
{
	visit(to.name, from.name);
	visit(to.argtypes, from.argtypes, from.n_argtypes);
	visit(to.query, from.query);
}

template <typename Visit>
void
fields(Visit &visit, ::ExecuteStmt &to, const PgQuery__ExecuteStmt &from)
{
	visit(to.name, from.name);
	visit(to.params, from.params, from.n_params);
}

template <typename Visit>
void
fields(Visit &visit, ::DeallocateStmt &to, const PgQuery__DeallocateStmt &from)
{
	visit(to.name, from.name);
}

template <typename Visit>
void
fields(Visit &visit, ::DeclareCursorStmt &to, const PgQuery__DeclareCursorStmt &from)
{
	visit(to.portalname, from.portalname);
	visit(to.options, from.options);
	visit(to.query, from.query);
}

template <typename Visit>
void
fields(Visit &visit, ::AlterObjectSchemaStmt &to, const PgQuery__AlterObjectSchemaStmt &from)
{
	visit(to.objectType, from.object_type);
	visit(to.relation, from.relation);
	visit(to.object, from.object);
	visit(to.newschema, from.newschema);
	visit(to.missing_ok, from.missing_ok);
}

template <typename Visit>
void
fields(Visit &visit, ::AlterOwnerStmt &to, const PgQuery__AlterOwnerStmt &from)
{
	visit(to.objectType, from.object_type);
	visit(to.relation, from.relation);
	visit(to.object, from.object);
	visit(to.newowner, from.newowner);
}

template <typename Visit>
void
fields(Visit &visit, ::DropOwnedStmt &to, const PgQuery__DropOwnedStmt &from)
{
	visit(to.roles, from.roles, from.n_roles);
	visit(to.behavior, from.behavior);
}

template <typename Visit>
void
fields(Visit &visit, ::ReassignOwnedStmt &to, const PgQuery__ReassignOwnedStmt &from)
{
	visit(to.roles, from.roles, from.n_roles);
	visit(to.newrole, from.newrole);
}

template <typename Visit>
void
fields(Visit &visit, ::CompositeTypeStmt &to, const PgQuery__CompositeTypeStmt &from)
{
	visit(to.typevar, from.typevar);
	visit(to.coldeflist, from.coldeflist, from.n_coldeflist);
}

template <typename Visit>
void
fields(Visit &visit, ::CreateEnumStmt &to, const PgQuery__CreateEnumStmt &from)
{
	visit(to.typeName, from.type_name, from.n_type_name);
	visit(to.vals, from.vals, from.n_vals);
}

template <typename Visit>
void
fields(Visit &visit, ::AlterEnumStmt &to, const PgQuery__AlterEnumStmt &from)
{
	visit(to.typeName, from.type_name, from.n_type_name);
	visit(to.oldVal, from.old_val);
	visit(to.newVal, from.new_val);
	visit(to.newValNeighbor, from.new_val_neighbor);
	visit(to.newValIsAfter, from.new_val_is_after);
	visit(to.skipIfNewValExists, from.skip_if_new_val_exists);
}

template <typename Visit>
void
fields(Visit &visit, ::SecLabelStmt &to, const PgQuery__SecLabelStmt &from)
{
	visit(to.objtype, from.objtype);
	visit(to.object, from.object);
	visit(to.provider, from.provider);
	visit(to.label, from.label);
}

template <typename Visit>
void
fields(Visit &visit, ::CreateExtensionStmt &to, const PgQuery__CreateExtensionStmt &from)
{
	visit(to.extname, from.extname);
	visit(to.if_not_exists, from.if_not_exists);
	visit(to.options, from.options, from.n_options);
}

template <typename Visit>
void
fields(Visit &visit, ::AlterExtensionStmt &to, const PgQuery__AlterExtensionStmt &from)
{
	visit(to.extname, from.extname);
	visit(to.options, from.options, from.n_options);
}

template <typename Visit>
void
fields(Visit &visit, ::AlterExtensionContentsStmt &to,
	   const PgQuery__AlterExtensionContentsStmt &from)
{
	visit(to.extname, from.extname);
	visit(to.action, from.action);
	visit(to.objtype, from.objtype);
	visit(to.object, from.object);
}

template <typename Visit>
void
fields(Visit &visit, ::CreateEventTrigStmt &to, const PgQuery__CreateEventTrigStmt &from)
{
	visit(to.trigname, from.trigname);
	visit(to.eventname, from.eventname);
	visit(to.whenclause, from.whenclause, from.n_whenclause);
	visit(to.funcname, from.funcname, from.n_funcname);
}

template <typename Visit>
void
fields(Visit &visit, ::RefreshMatViewStmt &to, const PgQuery__RefreshMatViewStmt &from)
{
	visit(to.concurrent, from.concurrent);
	visit(to.skipData, from.skip_data);
	visit(to.relation, from.relation);
}

template <typename Visit>
void
fields(Visit &visit, ::AlterSystemStmt &to, const PgQuery__AlterSystemStmt &from)
{
	visit(to.setstmt, from.setstmt);
}

template <typename Visit>
void
fields(Visit &visit, ::CreatePolicyStmt &to, const PgQuery__CreatePolicyStmt &from)
{
	visit(to.policy_name, from.policy_name);
	visit(to.table, from.table);
	visit(to.cmd_name, from.cmd_name);
	visit(to.permissive, from.permissive);
	visit(to.roles, from.roles, from.n_roles);
	visit(to.qual, from.qual);
	visit(to.with_check, from.with_check);
}

template <typename Visit>
void
fields(Visit &visit, ::AlterPolicyStmt &to, const PgQuery__AlterPolicyStmt &from)
{
	visit(to.policy_name, from.policy_name);
	visit(to.table, from.table);
	visit(to.roles, from.roles, from.n_roles);
	visit(to.qual, from.qual);
	visit(to.with_check, from.with_check);
}

template <typename Visit>
void
fields(Visit &visit, ::CallStmt &to, const PgQuery__CallStmt &from)
{
	visit(to.funccall, from.funccall);
}

template <typename Visit>
void
fields(Visit &visit, ::TypeCast &to, const PgQuery__TypeCast &from)
{
	visit(to.arg, from.arg);
	visit(to.typeName, from.type_name);
	visit(to.location, from.location);
}

template <typename Visit>
void
fields(Visit &visit, ::TypeName &to, const PgQuery__TypeName &from)
{
	visit(to.names, from.names, from.n_names);
	visit(to.typeOid, from.type_oid);
	visit(to.setof, from.setof);
	visit(to.pct_type, from.pct_type);
	visit(to.typmods, from.typmods, from.n_typmods);
	visit(to.typemod, from.typemod);
	visit(to.arrayBounds, from.array_bounds, from.n_array_bounds);
	visit(to.location, from.location);
}

template <typename Visit>
void
fields(Visit &visit, ::ColumnDef &to, const PgQuery__ColumnDef &from)
{
	visit(to.colname, from.colname);
	visit(to.typeName, from.type_name);
	visit(to.compression, from.compression);
	visit(to.inhcount, from.inhcount);
	visit(to.is_local, from.is_local);
	visit(to.is_not_null, from.is_not_null);
	visit(to.is_from_type, from.is_from_type);
	visit(to.storage, from.storage);
	visit(to.raw_default, from.raw_default);
	visit(to.cooked_default, from.cooked_default);
	visit(to.identity, from.identity);
	visit(to.identitySequence, from.identity_sequence);
	visit(to.generated, from.generated);
	visit(to.collClause, from.coll_clause);
	visit(to.collOid, from.coll_oid);
	visit(to.constraints, from.constraints, from.n_constraints);
	visit(to.fdwoptions, from.fdwoptions, from.n_fdwoptions);
	visit(to.location, from.location);
}

template <typename Visit>
void
fields(Visit &visit, ::IndexElem &to, const PgQuery__IndexElem &from)
{
	visit(to.name, from.name);
	visit(to.expr, from.expr);
	visit(to.indexcolname, from.indexcolname);
	visit(to.collation, from.collation, from.n_collation);
	visit(to.opclass, from.opclass, from.n_opclass);
	visit(to.opclassopts, from.opclassopts, from.n_opclassopts);
	visit(to.ordering, from.ordering);
	visit(to.nulls_ordering, from.nulls_ordering);
}

template <typename Visit>
void
fields(Visit &visit, ::Constraint &to, const PgQuery__Constraint &from)
{
	visit(to.contype, from.contype);
	visit(to.conname, from.conname);
	visit(to.deferrable, from.deferrable);
	visit(to.initdeferred, from.initdeferred);
	visit(to.location, from.location);
	visit(to.is_no_inherit, from.is_no_inherit);
	visit(to.raw_expr, from.raw_expr);
	visit(to.cooked_expr, from.cooked_expr);
	visit(to.generated_when, from.generated_when);
	visit(to.nulls_not_distinct, from.nulls_not_distinct);
	visit(to.keys, from.keys, from.n_keys);
	visit(to.including, from.including, from.n_including);
	visit(to.exclusions, from.exclusions, from.n_exclusions);
	visit(to.options, from.options, from.n_options);
	visit(to.indexname, from.indexname);
	visit(to.indexspace, from.indexspace);
	visit(to.reset_default_tblspc, from.reset_default_tblspc);
	visit(to.access_method, from.access_method);
	visit(to.where_clause, from.where_clause);
	visit(to.pktable, from.pktable);
	visit(to.fk_attrs, from.fk_attrs, from.n_fk_attrs);
	visit(to.pk_attrs, from.pk_attrs, from.n_pk_attrs);
	visit(to.fk_matchtype, from.fk_matchtype);
	visit(to.fk_upd_action, from.fk_upd_action);
	visit(to.fk_del_action, from.fk_del_action);
	visit(to.fk_del_set_cols, from.fk_del_set_cols, from.n_fk_del_set_cols);
	visit(to.old_conpfeqop, from.old_conpfeqop, from.n_old_conpfeqop);
	visit(to.old_pktable_oid, from.old_pktable_oid);
	visit(to.skip_validation, from.skip_validation);
	visit(to.initially_valid, from.initially_valid);
}

template <typename Visit>
void
fields(Visit &visit, ::DefElem &to, const PgQuery__DefElem &from)
{
	visit(to.defnamespace, from.defnamespace);
	visit(to.defname, from.defname);
	visit(to.arg, from.arg);
	visit(to.defaction, from.defaction);
	visit(to.location, from.location);
}

template <typename Visit>
void
fields(Visit &visit, ::ObjectWithArgs &to, const PgQuery__ObjectWithArgs &from)
{
	visit(to.objname, from.objname, from.n_objname);
	visit(to.objargs, from.objargs, from.n_objargs);
	visit(to.objfuncargs, from.objfuncargs, from.n_objfuncargs);
	visit(to.args_unspecified, from.args_unspecified);
}

template <typename Visit>
void
fields(Visit &visit, ::AccessPriv &to, const PgQuery__AccessPriv &from)
{
	visit(to.priv_name, from.priv_name);
	visit(to.cols, from.cols, from.n_cols);
}

template <typename Visit>
void
fields(Visit &visit, ::FunctionParameter &to, const PgQuery__FunctionParameter &from)
{
	visit(to.name, from.name);
	visit(to.argType, from.arg_type);
	visit(to.mode, from.mode);
	visit(to.defexpr, from.defexpr);
}

template <typename Visit>
void
fields(Visit &visit, ::RoleSpec &to, const PgQuery__RoleSpec &from)
{
	visit(to.roletype, from.roletype);
	visit(to.rolename, from.rolename);
	visit(to.location, from.location);
}

template <typename Visit>
void
fields(Visit &visit, ::VacuumRelation &to, const PgQuery__VacuumRelation &from)
{
	visit(to.relation, from.relation);
	visit(to.oid, from.oid);
	visit(to.va_cols, from.va_cols, from.n_va_cols);
}

} /* namespace pg::parser */
