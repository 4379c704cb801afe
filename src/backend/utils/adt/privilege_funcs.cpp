/*
 * utils/adt/privilege_funcs.cpp
 *		has_table_privilege() and its family, pg_has_role().
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "catalog/cluster.h"
#include "catalog/functions.h"
#include "catalog/membership.h"
#include "catalog/named.h"
#include "catalog/rights.h"
#include "catalog/user_types.h"
#include "catalog/write.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/regtypes.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

RoleInfo
role_argument(const Value &value)
{
	if (value.kind != Value::Kind::Int)
		return RoleNamed(value.bytes);

	const auto oid = static_cast<Oid>(value.integer);
	const std::optional<RoleInfo> role = FindRole(oid);

	if (!role)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT).msg("role with OID %u does not exist", oid));
	return *role;
}

/* "public" is no role, and has what everybody has. */
Oid
grantee_argument(const Value &value)
{
	if (value.kind == Value::Kind::Int)
		return static_cast<Oid>(value.integer);
	return value.bytes == "public" ? InvalidOid : role_argument(value).oid;
}

/* A kind of object that rights are asked about. */
struct Subject
{
	Oid class_id;
	AclMode rights;
	Oid (*by_name)(std::string_view name);
};

Oid
relation_by_name(std::string_view name)
{
	return RegclassOid(name);
}

Oid
database_by_name(std::string_view name)
{
	return DatabaseNamed(name).oid;
}

Oid
function_by_name(std::string_view name)
{
	const std::optional<Oid> function = FindRegprocedure(name);

	if (!function)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
				  .msg("function \"%s\" does not exist", std::string(name).c_str()));
	return *function;
}

Oid
type_by_name(std::string_view name)
{
	const std::optional<Oid> type = FindRegtype(name);

	if (!type)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				  .msg("type \"%s\" does not exist", std::string(name).c_str()));
	return *type;
}

constexpr Subject kTable{kPgClassOid, ACL_ALL_RIGHTS_RELATION, relation_by_name};
constexpr Subject kSequence{kPgClassOid, ACL_ALL_RIGHTS_SEQUENCE, relation_by_name};
constexpr Subject kSchema{kPgNamespaceOid, ACL_ALL_RIGHTS_SCHEMA, SchemaNamed};
constexpr Subject kDatabase{kPgDatabaseOid, ACL_ALL_RIGHTS_DATABASE, database_by_name};
constexpr Subject kFunction{kPgProcOid, ACL_ALL_RIGHTS_FUNCTION, function_by_name};
constexpr Subject kType{kPgTypeOid, ACL_ALL_RIGHTS_TYPE, type_by_name};

/* One right of a list like "SELECT, UPDATE WITH GRANT OPTION". */
struct Asked
{
	AclMode right;
	bool grantable;
};

bool
ends_with_any_case(std::string_view text, std::string_view end)
{
	return text.size() > end.size() &&
		   std::equal(end.begin(), end.end(), text.end() - static_cast<std::ptrdiff_t>(end.size()),
					  [](char a, char b) { return a == toupper(static_cast<unsigned char>(b)); });
}

Asked
read_right(std::string_view text, const Subject &subject)
{
	constexpr std::string_view kOption = " WITH GRANT OPTION";
	const std::string whole(text);
	const bool grantable = ends_with_any_case(text, kOption);

	if (grantable)
		text.remove_suffix(kOption.size());

	const AclMode right = RightByName(text);

	if (right == 0 || (right & ~subject.rights) != 0)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("unrecognized privilege type: \"%s\"", whole.c_str()));
	return {right, grantable};
}

/* PUBLIC has what the list gives it. */
AclMode
rights_of(const Subject &subject, Oid object, Oid role, const Asked &asked)
{
	if (role != InvalidOid)
		return asked.grantable ? GrantableRights(subject.class_id, object, role, asked.right)
							   : RightsHeld(subject.class_id, object, role, asked.right);

	const std::optional<ObjectRights> rights = FindRights(subject.class_id, object);
	AclMode held = 0;

	for (const AclEntry &entry : rights ? rights->acl : Acl())
		if (entry.grantee == InvalidOid)
			held |= asked.grantable ? entry.grantable : entry.rights;
	return held & asked.right;
}

/* Whether one word of a list with commas holds; all are looked at, since each may be wrong. */
template <typename Holds>
bool
any_of_list(std::string_view list, Holds holds)
{
	bool any = false;

	while (true)
	{
		const size_t comma = list.find(',');

		any |= holds(TrimSpace(list.substr(0, comma)));
		if (comma == std::string_view::npos)
			return any;
		list.remove_prefix(comma + 1);
	}
}

bool
has_right(const Subject &subject, Oid object, Oid role, std::string_view word)
{
	return rights_of(subject, object, role, read_right(word, subject)) != 0;
}

bool
has_membership(Oid member, Oid role, std::string_view word)
{
	const std::string kind(word.substr(0, word.find(' ')));
	const bool usage = strcasecmp(kind.c_str(), "USAGE") == 0;

	if (!usage && strcasecmp(kind.c_str(), "MEMBER") != 0)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("unrecognized privilege type: \"%s\"", std::string(word).c_str()));
	if (ends_with_any_case(word, " WITH GRANT OPTION") ||
		ends_with_any_case(word, " WITH ADMIN OPTION"))
		return is_admin_of_role(member, role);
	return usage ? has_privs_of_role(member, role) : is_member_of_role(member, role);
}

} /* namespace */

/* ([role,] object, privileges): any of them. Null for an OID that is none. */
template <const Subject &subject>
static void
has_privilege(FunctionCall &call)
{
	const int first = call.arg_count() - 2;
	const Oid role = first == 1 ? grantee_argument(call.arg(0)) : GetUserId();
	const Value named = call.arg(first);
	const bool by_oid = named.kind == Value::Kind::Int;
	const Oid object = by_oid ? static_cast<Oid>(named.integer) : subject.by_name(named.bytes);
	const bool has = any_of_list(ArgText(call, first + 1), [&](std::string_view word)
								 { return has_right(subject, object, role, word); });

	if (by_oid && !FindRights(subject.class_id, object))
		call.set_result(Value::Null());
	else
		SetBool(call, has);
}

/* ([role,] other role, MEMBER or USAGE) */
static void
has_role(FunctionCall &call)
{
	const int other = call.arg_count() - 2;
	const Oid member = other == 1 ? role_argument(call.arg(0)).oid : GetUserId();
	const Oid role = role_argument(call.arg(other)).oid;

	SetBool(call, any_of_list(ArgText(call, other + 1), [&](std::string_view word)
							  { return has_membership(member, role, word); }));
}

static constexpr FunctionDef kPrivilegeRows[] = {
	Fn(1922, "has_table_privilege", 's', "has_table_privilege_name_name", BOOLOID,
	   {NAMEOID, TEXTOID, TEXTOID}, has_privilege<kTable>),
	Fn(1923, "has_table_privilege", 's', "has_table_privilege_name_id", BOOLOID,
	   {NAMEOID, OIDOID, TEXTOID}, has_privilege<kTable>),
	Fn(1924, "has_table_privilege", 's', "has_table_privilege_id_name", BOOLOID,
	   {OIDOID, TEXTOID, TEXTOID}, has_privilege<kTable>),
	Fn(1925, "has_table_privilege", 's', "has_table_privilege_id_id", BOOLOID,
	   {OIDOID, OIDOID, TEXTOID}, has_privilege<kTable>),
	Fn(1926, "has_table_privilege", 's', "has_table_privilege_name", BOOLOID, {TEXTOID, TEXTOID},
	   has_privilege<kTable>),
	Fn(1927, "has_table_privilege", 's', "has_table_privilege_id", BOOLOID, {OIDOID, TEXTOID},
	   has_privilege<kTable>),
	Fn(2268, "has_schema_privilege", 's', "has_schema_privilege_name_name", BOOLOID,
	   {NAMEOID, TEXTOID, TEXTOID}, has_privilege<kSchema>),
	Fn(2269, "has_schema_privilege", 's', "has_schema_privilege_name_id", BOOLOID,
	   {NAMEOID, OIDOID, TEXTOID}, has_privilege<kSchema>),
	Fn(2270, "has_schema_privilege", 's', "has_schema_privilege_id_name", BOOLOID,
	   {OIDOID, TEXTOID, TEXTOID}, has_privilege<kSchema>),
	Fn(2271, "has_schema_privilege", 's', "has_schema_privilege_id_id", BOOLOID,
	   {OIDOID, OIDOID, TEXTOID}, has_privilege<kSchema>),
	Fn(2272, "has_schema_privilege", 's', "has_schema_privilege_name", BOOLOID, {TEXTOID, TEXTOID},
	   has_privilege<kSchema>),
	Fn(2273, "has_schema_privilege", 's', "has_schema_privilege_id", BOOLOID, {OIDOID, TEXTOID},
	   has_privilege<kSchema>),
	Fn(2250, "has_database_privilege", 's', "has_database_privilege_name_name", BOOLOID,
	   {NAMEOID, TEXTOID, TEXTOID}, has_privilege<kDatabase>),
	Fn(2251, "has_database_privilege", 's', "has_database_privilege_name_id", BOOLOID,
	   {NAMEOID, OIDOID, TEXTOID}, has_privilege<kDatabase>),
	Fn(2252, "has_database_privilege", 's', "has_database_privilege_id_name", BOOLOID,
	   {OIDOID, TEXTOID, TEXTOID}, has_privilege<kDatabase>),
	Fn(2253, "has_database_privilege", 's', "has_database_privilege_id_id", BOOLOID,
	   {OIDOID, OIDOID, TEXTOID}, has_privilege<kDatabase>),
	Fn(2254, "has_database_privilege", 's', "has_database_privilege_name", BOOLOID,
	   {TEXTOID, TEXTOID}, has_privilege<kDatabase>),
	Fn(2255, "has_database_privilege", 's', "has_database_privilege_id", BOOLOID, {OIDOID, TEXTOID},
	   has_privilege<kDatabase>),
	Fn(2256, "has_function_privilege", 's', "has_function_privilege_name_name", BOOLOID,
	   {NAMEOID, TEXTOID, TEXTOID}, has_privilege<kFunction>),
	Fn(2257, "has_function_privilege", 's', "has_function_privilege_name_id", BOOLOID,
	   {NAMEOID, OIDOID, TEXTOID}, has_privilege<kFunction>),
	Fn(2258, "has_function_privilege", 's', "has_function_privilege_id_name", BOOLOID,
	   {OIDOID, TEXTOID, TEXTOID}, has_privilege<kFunction>),
	Fn(2259, "has_function_privilege", 's', "has_function_privilege_id_id", BOOLOID,
	   {OIDOID, OIDOID, TEXTOID}, has_privilege<kFunction>),
	Fn(2260, "has_function_privilege", 's', "has_function_privilege_name", BOOLOID,
	   {TEXTOID, TEXTOID}, has_privilege<kFunction>),
	Fn(2261, "has_function_privilege", 's', "has_function_privilege_id", BOOLOID, {OIDOID, TEXTOID},
	   has_privilege<kFunction>),
	Fn(3138, "has_type_privilege", 's', "has_type_privilege_name_name", BOOLOID,
	   {NAMEOID, TEXTOID, TEXTOID}, has_privilege<kType>),
	Fn(3139, "has_type_privilege", 's', "has_type_privilege_name_id", BOOLOID,
	   {NAMEOID, OIDOID, TEXTOID}, has_privilege<kType>),
	Fn(3140, "has_type_privilege", 's', "has_type_privilege_id_name", BOOLOID,
	   {OIDOID, TEXTOID, TEXTOID}, has_privilege<kType>),
	Fn(3141, "has_type_privilege", 's', "has_type_privilege_id_id", BOOLOID,
	   {OIDOID, OIDOID, TEXTOID}, has_privilege<kType>),
	Fn(3142, "has_type_privilege", 's', "has_type_privilege_name", BOOLOID, {TEXTOID, TEXTOID},
	   has_privilege<kType>),
	Fn(3143, "has_type_privilege", 's', "has_type_privilege_id", BOOLOID, {OIDOID, TEXTOID},
	   has_privilege<kType>),
	Fn(2181, "has_sequence_privilege", 's', "has_sequence_privilege_name_name", BOOLOID,
	   {NAMEOID, TEXTOID, TEXTOID}, has_privilege<kSequence>),
	Fn(2182, "has_sequence_privilege", 's', "has_sequence_privilege_name_id", BOOLOID,
	   {NAMEOID, OIDOID, TEXTOID}, has_privilege<kSequence>),
	Fn(2183, "has_sequence_privilege", 's', "has_sequence_privilege_id_name", BOOLOID,
	   {OIDOID, TEXTOID, TEXTOID}, has_privilege<kSequence>),
	Fn(2184, "has_sequence_privilege", 's', "has_sequence_privilege_id_id", BOOLOID,
	   {OIDOID, OIDOID, TEXTOID}, has_privilege<kSequence>),
	Fn(2185, "has_sequence_privilege", 's', "has_sequence_privilege_name", BOOLOID,
	   {TEXTOID, TEXTOID}, has_privilege<kSequence>),
	Fn(2186, "has_sequence_privilege", 's', "has_sequence_privilege_id", BOOLOID, {OIDOID, TEXTOID},
	   has_privilege<kSequence>),
	Fn(2709, "pg_has_role", 's', "pg_has_role_name", BOOLOID, {NAMEOID, TEXTOID}, has_role),
	Fn(2705, "pg_has_role", 's', "pg_has_role_name_name", BOOLOID, {NAMEOID, NAMEOID, TEXTOID},
	   has_role),
	Fn(2710, "pg_has_role", 's', "pg_has_role_id", BOOLOID, {OIDOID, TEXTOID}, has_role),
	Fn(2707, "pg_has_role", 's', "pg_has_role_id_name", BOOLOID, {OIDOID, NAMEOID, TEXTOID},
	   has_role),
	Fn(2706, "pg_has_role", 's', "pg_has_role_name_id", BOOLOID, {NAMEOID, OIDOID, TEXTOID},
	   has_role),
	Fn(2708, "pg_has_role", 's', "pg_has_role_id_id", BOOLOID, {OIDOID, OIDOID, TEXTOID}, has_role),
};

const std::span<const FunctionDef> kPrivilegeFunctions = kPrivilegeRows;

} /* namespace pg */
