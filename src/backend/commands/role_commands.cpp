/*
 * commands/role_commands.cpp
 *		CREATE, ALTER and DROP ROLE, USER and GROUP.
 *
 * Backends and workers, in a writing transaction; rows of the shared catalogs.
 */
#include <algorithm>

#include "catalog/catalog_names.h"
#include "catalog/cluster.h"
#include "catalog/membership.h"
#include "catalog/named.h"
#include "catalog/pg_type_d.h"
#include "catalog/write.h"
#include "commands/commands.h"
#include "commands/owned_objects.h"
#include "commands/roles.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/adt/registry.h"

namespace pg::commands
{
namespace
{

/* Attributes that are a yes or a no: option and column. */
struct Flag
{
	const char *option, *column;
	bool by_default;
	/* What CREATE ROLE and ALTER ROLE say to who is no superuser; null: CREATEROLE is enough. */
	const char *create_denied, *alter_denied;
};

constexpr Flag kFlags[] = {
	{"superuser", "rolsuper", false, "must be superuser to create superusers",
	 "must be superuser to alter superuser roles or change superuser attribute"},
	{"inherit", "rolinherit", true, nullptr, nullptr},
	{"createrole", "rolcreaterole", false, nullptr, nullptr},
	{"createdb", "rolcreatedb", false, nullptr, nullptr},
	{"canlogin", "rolcanlogin", false, nullptr, nullptr},
	{"isreplication", "rolreplication", false, "must be superuser to create replication users",
	 "must be superuser to alter replication roles or change replication attribute"},
	{"bypassrls", "rolbypassrls", false, "must be superuser to create bypassrls users",
	 "must be superuser to change bypassrls attribute"},
};

/* The options of one statement, each at most once. */
class RoleOptions
{
public:
	RoleOptions(const Command &command, Node *const *options, size_t count)
	{
		for (size_t i = 0; i < count; i++)
			take(command, *options[i]->def_elem);
	}

	const PgQuery__DefElem *find(std::string_view name) const
	{
		for (const PgQuery__DefElem *option : options_)
			if (option->defname == name)
				return option;
		return nullptr;
	}

	std::optional<bool> flag(std::string_view name) const
	{
		const PgQuery__DefElem *const option = find(name);

		return option == nullptr ? std::nullopt : std::optional(OptionBool(*option));
	}

	std::vector<RoleInfo> roles(std::string_view name) const
	{
		std::vector<RoleInfo> roles;
		const PgQuery__DefElem *const option = find(name);

		if (option == nullptr || option->arg == nullptr)
			return roles;
		for (size_t i = 0; i < option->arg->list->n_items; i++)
			roles.push_back(RoleInfoOf(*option->arg->list->items[i]->role_spec));
		return roles;
	}

	size_t size() const { return options_.size(); }

private:
	void take(const Command &command, const PgQuery__DefElem &option)
	{
		if (std::string_view(option.defname) == "sysid")
		{
			Report(NOTICE).msg("SYSID can no longer be specified").emit();
			return;
		}
		if (find(option.defname) != nullptr)
			RaiseRedundantOption(command, option);
		options_.push_back(&option);
	}

	std::vector<const PgQuery__DefElem *> options_;
};

/* No method of authentication asks for a password, so none is kept. */
void
refuse_password(const RoleOptions &options)
{
	const PgQuery__DefElem *const password = options.find("password");

	if (password != nullptr && password->arg != nullptr)
		RaiseNotSupported("PASSWORD of a role");
}

/* Columns that a statement sets. Texts live as long as this does. */
struct Columns
{
	std::vector<std::pair<const char *, Value>> fields;
	std::string valid_until_text;

	void set(const char *column, const Value &value) { fields.emplace_back(column, value); }
};

void
set_plain_options(const RoleOptions &options, Columns *columns)
{
	refuse_password(options);
	if (const PgQuery__DefElem *const limit = options.find("connectionlimit"))
		columns->set("rolconnlimit", Value::Int(OptionConnectionLimit(*limit)));
	if (const PgQuery__DefElem *const until = options.find("validUntil"))
		columns->set("rolvaliduntil",
					 ValueIn(TIMESTAMPTZOID, OptionString(*until), -1, &columns->valid_until_text));
}

void
check_may_create_role(const RoleOptions &options)
{
	for (const Flag &flag : kFlags)
		if (flag.create_denied != nullptr && options.flag(flag.option).value_or(false) &&
			!superuser())
			RaiseDenied(flag.create_denied);
	if (!has_createrole_privilege(GetUserId()))
		RaiseDenied("permission denied to create role");
}

void
add_members(const RoleInfo &role, const std::vector<RoleInfo> &members, bool admin)
{
	for (const RoleInfo &member : members)
		AddMember(role, member, GetUserId(), admin);
}

void
check_may_alter(const RoleInfo &role, const RoleOptions &options)
{
	const bool privileged[] = {role.superuser, role.replication};
	const char *const names[] = {"superuser", "isreplication"};

	if (superuser())
		return;
	for (const Flag &flag : kFlags)
	{
		if (flag.alter_denied == nullptr)
			continue;
		bool denied = options.flag(flag.option).has_value();

		for (size_t i = 0; i < std::size(names); i++)
			denied |= privileged[i] && std::string_view(names[i]) == flag.option;
		if (denied)
			RaiseDenied(flag.alter_denied);
	}
	if (!has_createrole_privilege(GetUserId()))
		RaiseDenied("permission denied");
}

/* ALTER GROUP ... ADD and DROP USER come as an action with a list of roles. */
void
change_members(const PgQuery__AlterRoleStmt &stmt, const RoleInfo &role, const RoleOptions &options)
{
	for (const RoleInfo &member : options.roles("rolemembers"))
	{
		CheckMayGrantRole(role);
		if (stmt.action > 0)
			AddMember(role, member, GetUserId(), false);
		else
			RemoveMember(role, member, false);
	}
}

void
update_role(Oid role, const Columns &columns)
{
	std::string assignments;
	std::vector<Value> parameters{Value::Int(role)};

	for (const auto &[column, value] : columns.fields)
	{
		parameters.push_back(value);
		assignments += (assignments.empty() ? "" : ", ") + std::string(column) + " = ?" +
					   std::to_string(parameters.size());
	}
	if (!assignments.empty())
		RunEngine("UPDATE " + CatalogTable(Home::Shared, "pg_authid") + " SET " + assignments +
					  " WHERE oid = ?1",
				  parameters);
	SharedCatalogChanged();
}

void
check_may_drop(const RoleInfo &role)
{
	if (role.oid == GetUserId() || role.oid == GetOuterUserId())
		Raise(Report(ERROR, ERRCODE_OBJECT_IN_USE).msg("current user cannot be dropped"));
	if (role.oid == GetSessionUserId())
		Raise(Report(ERROR, ERRCODE_OBJECT_IN_USE).msg("session user cannot be dropped"));
	if (role.superuser && !superuser())
		RaiseDenied("must be superuser to drop superusers");
	if (role.oid < kFirstNormalOid)
		Raise(Report(ERROR, ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST)
				  .msg("cannot drop role %s because it is required by the database system",
					   role.name.c_str()));

	const std::string owned = DescribeOwned(role.oid);

	if (!owned.empty())
		Raise(Report(ERROR, ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST)
				  .msg("role \"%s\" cannot be dropped because some objects depend on it",
					   role.name.c_str())
				  .detail("%s", owned.c_str()));
}

void
delete_role(Oid role)
{
	static constexpr const char *kRows[][2] = {
		{"pg_authid", "oid = ?1"},
		{"pg_auth_members", "roleid = ?1 OR member = ?1"},
		{"pg_db_role_setting", "setrole = ?1"},
		{"pg_shdescription", "objoid = ?1 AND classoid = 1260"},
	};
	const Value parameter = Value::Int(role);

	for (const auto &[table, condition] : kRows)
		RunEngine("DELETE FROM " + CatalogTable(Home::Shared, table) + " WHERE " + condition,
				  {&parameter, 1});
	SharedCatalogChanged();
}

} /* namespace */

std::string
RunCreateRole(const Command &command)
{
	const PgQuery__CreateRoleStmt &stmt = *command.node.create_role_stmt;
	const RoleOptions options(command, stmt.options, stmt.n_options);
	const std::string name = stmt.role;
	Columns columns;

	check_may_create_role(options);
	CheckRoleNameIsFree(name);
	if (FindRole(name))
		Raise(Report(ERROR, ERRCODE_DUPLICATE_OBJECT)
				  .msg("role \"%s\" already exists", name.c_str()));

	const std::vector<RoleInfo> into = options.roles("addroleto");
	const std::vector<RoleInfo> members = options.roles("rolemembers");
	const std::vector<RoleInfo> admins = options.roles("adminmembers");
	CatalogRow row(Home::Shared, "pg_authid");
	const Oid oid = NewSharedOid();

	row.set("oid", oid).set("rolname", name);
	for (const Flag &flag : kFlags)
	{
		const bool is_login_of_user = std::string_view(flag.option) == "canlogin" &&
									  stmt.stmt_type == PG_QUERY__ROLE_STMT_TYPE__ROLESTMT_USER;

		row.set(flag.column,
				options.flag(flag.option).value_or(flag.by_default || is_login_of_user));
	}
	set_plain_options(options, &columns);
	if (options.find("connectionlimit") == nullptr)
		row.set("rolconnlimit", -1);
	for (const auto &[column, value] : columns.fields)
		row.set(column, value);
	row.insert();
	SharedCatalogChanged();

	const RoleInfo made = RoleNamed(name);

	for (const RoleInfo &role : into)
	{
		CheckMayGrantRole(role);
		AddMember(role, made, GetUserId(), false);
	}
	add_members(made, members, false);
	add_members(made, admins, true);
	return command.raw.tag;
}

std::string
RunAlterRole(const Command &command)
{
	const PgQuery__AlterRoleStmt &stmt = *command.node.alter_role_stmt;

	if (stmt.role->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CSTRING &&
		IsReservedRoleName(stmt.role->rolename))
		Raise(Report(ERROR, ERRCODE_RESERVED_NAME)
				  .msg("role name \"%s\" is reserved", stmt.role->rolename)
				  .detail("Cannot alter reserved roles."));

	const RoleOptions options(command, stmt.options, stmt.n_options);
	const RoleInfo role = RoleInfoOf(*stmt.role);
	Columns columns;

	check_may_alter(role, options);
	for (const Flag &flag : kFlags)
		if (const std::optional<bool> value = options.flag(flag.option))
			columns.set(flag.column, Value::Bool(*value));
	if (role.oid == kBootstrapSuperuserOid && !options.flag("superuser").value_or(true))
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("permission denied to alter role")
				  .detail("The bootstrap user must be superuser."));
	set_plain_options(options, &columns);
	update_role(role.oid, columns);
	change_members(stmt, role, options);
	return command.raw.tag;
}

std::string
RunDropRole(const Command &command)
{
	const PgQuery__DropRoleStmt &stmt = *command.node.drop_role_stmt;
	std::vector<RoleInfo> doomed;

	if (!has_createrole_privilege(GetUserId()))
		RaiseDenied("permission denied to drop role");
	for (size_t i = 0; i < stmt.n_roles; i++)
	{
		const PgQuery__RoleSpec &spec = *stmt.roles[i]->role_spec;

		if (spec.roletype != PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CSTRING)
			Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					  .msg("cannot use special role specifier in DROP ROLE"));

		const std::optional<RoleInfo> role = FindRole(spec.rolename);

		if (!role && !stmt.missing_ok)
			RoleNamed(spec.rolename);
		if (!role)
		{
			Report(NOTICE).msg("role \"%s\" does not exist, skipping", spec.rolename).emit();
			continue;
		}
		doomed.push_back(*role);
	}
	for (const RoleInfo &role : doomed)
	{
		check_may_drop(role);
		delete_role(role.oid);
	}
	return command.raw.tag;
}

void
RenameRole(const std::string &name, const std::string &new_name)
{
	const RoleInfo role = RoleNamed(name);

	if (role.oid == GetSessionUserId())
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED).msg("session user cannot be renamed"));
	if (role.oid == GetOuterUserId())
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED).msg("current user cannot be renamed"));
	CheckRoleNameIsFree(name);
	CheckRoleNameIsFree(new_name);
	if (FindRole(new_name))
		Raise(Report(ERROR, ERRCODE_DUPLICATE_OBJECT)
				  .msg("role \"%s\" already exists", new_name.c_str()));
	CheckMayChangeRole(role, "must be superuser to rename superusers",
					   "permission denied to rename role");

	Columns columns;

	columns.set("rolname", Value::Text(new_name));
	update_role(role.oid, columns);
}

} /* namespace pg::commands */
