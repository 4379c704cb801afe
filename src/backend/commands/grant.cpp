/*
 * commands/grant.cpp
 *		GRANT and REVOKE of rights on objects.
 *
 * Backends and workers, in a writing transaction.  An object's list is changed for one grantee after
 * the other, as one grantor: the owner, or whoever was given the right to grant on.
 */
#include <algorithm>

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/cluster.h"
#include "catalog/describe.h"
#include "catalog/functions.h"
#include "catalog/languages.h"
#include "catalog/membership.h"
#include "catalog/named.h"
#include "catalog/rights.h"
#include "catalog/user_types.h"
#include "catalog/write.h"
#include "commands/commands.h"
#include "commands/function_parameters.h"
#include "commands/named_object.h"
#include "commands/roles.h"
#include "miscadmin.h"
#include "parser/plan.h"
#include "utils/acl.h"
#include "utils/adt/registry.h"

namespace pg::commands
{
namespace
{

struct GrantTarget
{
	Oid class_id, oid;
	std::string noun, name;
	AclMode all;
};

/* What the statement gives or takes, of one kind of object. */
struct Change
{
	AclMode rights = 0;
	bool all = false; /* ALL PRIVILEGES */
	bool is_grant, grant_option, cascade;
	std::vector<Oid> grantees; /* 0: PUBLIC */
};

constexpr AclMode
rights_of_relation(bool is_sequence)
{
	return is_sequence ? ACL_ALL_RIGHTS_SEQUENCE : ACL_ALL_RIGHTS_RELATION;
}

GrantTarget
relation_target(const PgQuery__RangeVar &range, bool sequences)
{
	const ObjectName name = NameOf(range);
	const RelationInfoPtr relation = RelationNamed(name);

	if (relation->kind == 'i')
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("\"%s\" is an index", relation->name.c_str()));
	if (sequences && relation->kind != 'S')
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("\"%s\" is not a sequence", relation->name.c_str()));
	if (relation->oid < kFirstNormalOid)
		RaiseNotSupported("GRANT on a system catalog");
	return {kPgClassOid, relation->oid, RelationNoun(*relation), relation->name,
			rights_of_relation(relation->kind == 'S')};
}

GrantTarget
schema_target(const std::string &name)
{
	return {kPgNamespaceOid, SchemaNamed(name), "schema", name, ACL_ALL_RIGHTS_SCHEMA};
}

GrantTarget
database_target(const std::string &name)
{
	return {kPgDatabaseOid, DatabaseNamed(name).oid, "database", name, ACL_ALL_RIGHTS_DATABASE};
}

GrantTarget
language_target(const std::string &name)
{
	return {kPgLanguageOid, LanguageNamed(name), "language", name, ACL_ALL_RIGHTS_LANGUAGE};
}

GrantTarget
function_target(const PgQuery__ObjectWithArgs &named, Routine kind)
{
	const FunctionPtr function = FunctionOf(named, false, kind);

	if (!function->stored)
		RaiseNotSupported("GRANT on a built-in function");
	return {kPgProcOid, function->oid, "function", function->name, ACL_ALL_RIGHTS_FUNCTION};
}

/* The name of a type comes as a list of words. */
GrantTarget
type_target(const Node &node, bool domain)
{
	PgQuery__TypeName named = PG_QUERY__TYPE_NAME__INIT;

	named.names = node.list->items;
	named.n_names = node.list->n_items;
	named.typemod = -1;
	named.location = -1;

	const Oid type = ResolveTypeName(&named).type;
	const TypeDef &def = *FindType(type);
	const std::string name = FormatType(type);

	if (def.category == 'A')
		Raise(Report(ERROR, ERRCODE_INVALID_GRANT_OPERATION)
				  .msg("cannot set privileges of array types")
				  .hint("Set the privileges of the element type instead."));
	if (domain)
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE).msg("\"%s\" is not a domain", def.name));
	if (const RelationInfoPtr relation = FindRelation(type);
		type < kFirstNormalOid || (relation != nullptr && relation->kind != 'c'))
		RaiseNotSupported("GRANT on the type " + name);
	return {kPgTypeOid, type, "type", name, ACL_ALL_RIGHTS_TYPE};
}

GrantTarget
named_target(const Command &command, const Node &node, PgQuery__ObjectType type)
{
	switch (type)
	{
		case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE: return relation_target(*node.range_var, false);
		case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE: return relation_target(*node.range_var, true);
		case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: return schema_target(NamesOf(&node).back());
		case PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE: return database_target(NamesOf(&node).back());
		case PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE: return language_target(NamesOf(&node).back());
		case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
		case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
		case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
			return function_target(*node.object_with_args, RoutineOf(type));
		case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
		case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
			return type_target(node, type == PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN);
		default: RaiseNotSupported(command.raw.tag + std::string(" on this kind of object"));
	}
}

/* ON ALL TABLES IN SCHEMA and its relatives. */
void
add_all_in_schema(const Command &command, PgQuery__ObjectType type, const GrantTarget &schema,
				  std::vector<GrantTarget> *targets)
{
	const bool functions = type == PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION ||
						   type == PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE ||
						   type == PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE;
	const Routine kind = RoutineOf(type);
	const bool sequences = type == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE;

	if (functions)
	{
		for (const ProcPtr &proc : AllProcs())
			if (proc->def.schema == schema.oid &&
				(kind == Routine::Any || proc->is_procedure == (kind == Routine::Procedure)))
				targets->push_back(
					{kPgProcOid, proc->def.oid, "function", proc->name, ACL_ALL_RIGHTS_FUNCTION});
		return;
	}
	if (!sequences && type != PG_QUERY__OBJECT_TYPE__OBJECT_TABLE)
		RaiseNotSupported(command.raw.tag + std::string(" on all objects of this kind"));

	const std::unique_ptr<EngineStatement> rows = CurrentEngine().prepare(
		"SELECT oid, relname, relkind FROM " + CatalogTable(Home::Main, "pg_class") +
		" WHERE relnamespace = ?1 AND relkind " + (sequences ? "= 'S'" : "IN ('r', 'v')") +
		" ORDER BY oid");

	rows->bind(0, Value::Int(schema.oid));
	while (rows->step())
		targets->push_back({kPgClassOid, static_cast<Oid>(rows->column(0).integer),
							rows->column(2).bytes == "v" ? "view"
							: sequences					 ? "sequence"
														 : "table",
							std::string(rows->column(1).bytes), rights_of_relation(sequences)});
	rows->reset();
}

std::vector<GrantTarget>
targets_of(const Command &command, const PgQuery__GrantStmt &stmt)
{
	std::vector<GrantTarget> targets;

	for (size_t i = 0; i < stmt.n_objects; i++)
	{
		if (stmt.targtype == PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_ALL_IN_SCHEMA)
			add_all_in_schema(command, stmt.objtype, schema_target(NamesOf(stmt.objects[i]).back()),
							  &targets);
		else
			targets.push_back(named_target(command, *stmt.objects[i], stmt.objtype));
	}
	return targets;
}

const char *
kind_of_object(PgQuery__ObjectType type)
{
	switch (type)
	{
		case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE: return "relation";
		case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE: return "sequence";
		case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: return "schema";
		case PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE: return "database";
		case PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE: return "language";
		case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE: return "procedure";
		case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE: return "type";
		case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN: return "domain";
		default: return "function";
	}
}

AclMode
possible_rights(PgQuery__ObjectType type)
{
	switch (type)
	{
		/* Sequences may be named as tables, with a right of theirs. */
		case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
			return ACL_ALL_RIGHTS_RELATION | ACL_ALL_RIGHTS_SEQUENCE;
		case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE: return ACL_ALL_RIGHTS_SEQUENCE;
		case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: return ACL_ALL_RIGHTS_SCHEMA;
		case PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE: return ACL_ALL_RIGHTS_DATABASE;
		case PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE: return ACL_ALL_RIGHTS_LANGUAGE;
		case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
		case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN: return ACL_ALL_RIGHTS_TYPE;
		default: return ACL_ALL_RIGHTS_FUNCTION;
	}
}

AclMode
right_of(const PgQuery__AccessPriv &priv, PgQuery__ObjectType type)
{
	if (priv.n_cols > 0)
		RaiseNotSupported("a right on single columns");

	const AclMode right = RightByName(priv.priv_name);

	if (right == 0)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("unrecognized privilege type \"%s\"", priv.priv_name));
	if ((right & ~possible_rights(type)) != 0)
	{
		int bit = 0;

		while ((right >> bit) != 1)
			bit++;
		Raise(Report(ERROR, ERRCODE_INVALID_GRANT_OPERATION)
				  .msg("invalid privilege type %s for %s", RightName(bit), kind_of_object(type)));
	}
	return right;
}

Change
read_change(const PgQuery__GrantStmt &stmt)
{
	Change change;

	change.is_grant = stmt.is_grant;
	change.grant_option = stmt.grant_option;
	change.cascade = stmt.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
	change.all = stmt.n_privileges == 0;
	for (size_t i = 0; i < stmt.n_privileges; i++)
		change.rights |= right_of(*stmt.privileges[i]->access_priv, stmt.objtype);
	for (size_t i = 0; i < stmt.n_grantees; i++)
	{
		const PgQuery__RoleSpec &role = *stmt.grantees[i]->role_spec;
		const bool everybody = role.roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC;

		if (everybody && change.is_grant && change.grant_option)
			Raise(Report(ERROR, ERRCODE_INVALID_GRANT_OPERATION)
					  .msg("grant options can only be granted to roles"));
		change.grantees.push_back(everybody ? InvalidOid : RoleInfoOf(role).oid);
	}
	if (stmt.grantor != nullptr && RoleInfoOf(*stmt.grantor).oid != GetUserId())
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED).msg("grantor must be current user"));
	return change;
}

AclEntry &
entry_of(Acl &acl, Oid grantee, Oid grantor)
{
	for (AclEntry &entry : acl)
		if (entry.grantee == grantee && entry.grantor == grantor)
			return entry;
	return acl.emplace_back(AclEntry{.grantee = grantee, .grantor = grantor});
}

AclMode
grantable_by(const ObjectRights &rights, Oid role)
{
	AclMode held = role == rights.owner ? ~AclMode{0} : 0;

	for (const AclEntry &entry : rights.acl)
		if (entry.grantee == role)
			held |= entry.grantable;
	return held;
}

/* Who lost the right to grant on takes along what was granted by it. */
void
revoke_dependent(ObjectRights &rights, Oid grantor, bool cascade)
{
	const AclMode still = grantable_by(rights, grantor);

	for (size_t i = 0; i < rights.acl.size(); i++)
	{
		AclEntry &entry = rights.acl[i];
		const AclMode lost = entry.grantor == grantor ? entry.rights & ~still : 0;

		if (lost == 0)
			continue;
		if (!cascade)
			Raise(Report(ERROR, ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST)
					  .msg("dependent privileges exist")
					  .hint("Use CASCADE to revoke them too."));
		entry.rights &= ~lost;
		entry.grantable &= ~lost;
		if (entry.grantee != InvalidOid)
			revoke_dependent(rights, entry.grantee, cascade);
	}
}

/* Giving the right to grant on back to who granted it would make a ring. */
void
check_no_ring(const ObjectRights &rights, Oid grantee, Oid grantor)
{
	std::vector<Oid> givers{grantor};

	if (grantor == rights.owner)
		return;
	for (size_t i = 0; i < givers.size(); i++)
		for (const AclEntry &entry : rights.acl)
			if (entry.grantee == givers[i] && entry.grantable != 0)
			{
				if (entry.grantor == grantee)
					Raise(Report(ERROR, ERRCODE_INVALID_GRANT_OPERATION)
							  .msg("grant options cannot be granted back to your own grantor"));
				if (std::find(givers.begin(), givers.end(), entry.grantor) == givers.end())
					givers.push_back(entry.grantor);
			}
}

void
apply_to(ObjectRights &rights, const Change &change, AclMode wanted, Oid grantor)
{
	for (const Oid grantee : change.grantees)
	{
		if (change.is_grant && change.grant_option)
			check_no_ring(rights, grantee, grantor);

		AclEntry &entry = entry_of(rights.acl, grantee, grantor);

		if (change.is_grant)
		{
			entry.rights |= wanted;
			entry.grantable |= change.grant_option ? wanted : 0;
			continue;
		}

		entry.rights &= ~(change.grant_option ? 0 : wanted);
		entry.grantable &= ~wanted;
		if (grantee != InvalidOid && grantee != rights.owner)
			revoke_dependent(rights, grantee, change.cascade);
	}
	std::erase_if(rights.acl,
				  [](const AclEntry &entry) { return entry.rights == 0 && entry.grantable == 0; });
}

void
warn_restricted(const Change &change, const GrantTarget &target, AclMode held, AclMode wanted)
{
	const int code = change.is_grant ? ERRCODE_WARNING_PRIVILEGE_NOT_GRANTED
									 : ERRCODE_WARNING_PRIVILEGE_NOT_REVOKED;

	if (held == 0)
		Report(WARNING, code)
			.msg(change.is_grant ? "no privileges were granted for \"%s\""
								 : "no privileges could be revoked for \"%s\"",
				 target.name.c_str())
			.emit();
	else if (held != wanted && !change.all)
		Report(WARNING, code)
			.msg(change.is_grant ? "not all privileges were granted for \"%s\""
								 : "not all privileges could be revoked for \"%s\"",
				 target.name.c_str())
			.emit();
}

/* The owner where the user counts as one; else the role of his that may grant most of it. */
Oid
choose_grantor(const ObjectRights &rights, AclMode wanted)
{
	Oid best = GetUserId();
	AclMode best_held = 0;

	if (has_privs_of_role(GetUserId(), rights.owner))
		return rights.owner;
	for (const AclEntry &entry : rights.acl)
		if (entry.grantee != InvalidOid && IsMember(GetUserId(), entry.grantee, Reach::Rights) &&
			__builtin_popcountll(entry.grantable & wanted) > __builtin_popcountll(best_held))
		{
			best = entry.grantee;
			best_held = entry.grantable & wanted;
		}
	return best;
}

void
change_rights(const Change &change, const GrantTarget &target)
{
	std::optional<ObjectRights> rights = FindRights(target.class_id, target.oid);
	const AclMode wanted = change.all ? target.all : change.rights;

	if (!rights)
		return;
	if ((wanted & ~target.all) != 0)
		Raise(Report(ERROR, ERRCODE_INVALID_GRANT_OPERATION)
				  .msg("invalid privilege type USAGE for table"));

	const Oid grantor = choose_grantor(*rights, wanted);
	const AclMode held = wanted & grantable_by(*rights, grantor);

	if (held == 0 && RightsHeld(target.class_id, target.oid, GetUserId(), target.all) == 0)
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied for %s %s", target.noun.c_str(), target.name.c_str()));
	warn_restricted(change, target, held, wanted);
	apply_to(*rights, change, held, grantor);
	WriteRights(target.class_id, target.oid, rights->acl);
	if (target.class_id == kPgDatabaseOid)
		SharedCatalogChanged();
	CatalogChanged();
}

} /* namespace */

std::string
RunGrant(const Command &command)
{
	const PgQuery__GrantStmt &stmt = *command.node.grant_stmt;
	const Change change = read_change(stmt);

	for (const GrantTarget &target : targets_of(command, stmt))
		change_rights(change, target);
	return command.raw.tag;
}

} /* namespace pg::commands */
