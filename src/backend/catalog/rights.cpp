/*
 * catalog/rights.cpp
 *		Lists of rights: reading, writing, and what a role has of them.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "catalog/rights.h"

#include <algorithm>
#include <array>

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/cluster.h"
#include "catalog/describe.h"
#include "catalog/functions.h"
#include "catalog/languages.h"
#include "catalog/membership.h"
#include "catalog/user_types.h"
#include "catalog/write.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/adt/array_text.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

struct RightDef
{
	char letter;
	const char *name;
};

/* In the order of their bits. */
constexpr std::array<RightDef, N_ACL_RIGHTS> kRights = {{
	{'a', "INSERT"},
	{'r', "SELECT"},
	{'w', "UPDATE"},
	{'d', "DELETE"},
	{'D', "TRUNCATE"},
	{'x', "REFERENCES"},
	{'t', "TRIGGER"},
	{'X', "EXECUTE"},
	{'U', "USAGE"},
	{'C', "CREATE"},
	{'T', "TEMPORARY"},
	{'c', "CONNECT"},
	{'s', "SET"},
	{'A', "ALTER SYSTEM"},
}};

AclMode
right_of_letter(char letter)
{
	for (size_t bit = 0; bit < kRights.size(); bit++)
		if (kRights[bit].letter == letter)
			return AclMode{1} << bit;
	return 0;
}

/* Where the owner and the list of a kind of object are kept. */
struct AclPlace
{
	Oid class_id;
	Home home;
	const char *table, *owner, *acl;
	AclMode all, everybody; /* of all rights; what everybody has by default */
};

constexpr AclPlace kCompositeType{kPgTypeOid, Home::Main,		   "pg_class", "relowner",
								  "relacl",	  ACL_ALL_RIGHTS_TYPE, ACL_USAGE};

constexpr AclPlace kPlaces[] = {
	{kPgClassOid, Home::Main, "pg_class", "relowner", "relacl", ACL_ALL_RIGHTS_RELATION, 0},
	{kPgNamespaceOid, Home::Main, "pg_namespace", "nspowner", "nspacl", ACL_ALL_RIGHTS_SCHEMA, 0},
	{kPgProcOid, Home::Main, "pg_proc_rows", "proowner", "proacl", ACL_ALL_RIGHTS_FUNCTION,
	 ACL_EXECUTE},
	{kPgTypeOid, Home::Main, "pg_type_rows", "typowner", "typacl", ACL_ALL_RIGHTS_TYPE, ACL_USAGE},
	{kPgDatabaseOid, Home::Shared, "pg_database", "datdba", "datacl", ACL_ALL_RIGHTS_DATABASE,
	 ACL_CREATE_TEMP | ACL_CONNECT},
	{kPgLanguageOid, Home::Main, "pg_language", "lanowner", "lanacl", ACL_ALL_RIGHTS_LANGUAGE,
	 ACL_USAGE},
};

const AclPlace *
place_of(Oid class_id)
{
	for (const AclPlace &place : kPlaces)
		if (place.class_id == class_id)
			return &place;
	return nullptr;
}

/* System relations that not everybody may read. */
constexpr std::string_view kSecretRelations[] = {
	"pg_authid",		"pg_shadow",
	"pg_file_settings", "pg_hba_file_rules",
	"pg_statistic",		"pg_user_mapping",
	"pg_largeobject",	"pg_config",
	"pg_subscription",	"pg_shmem_allocations",
};

ObjectRights
rights_of_system_relation(const RelationInfo &relation)
{
	const bool secret = std::find(std::begin(kSecretRelations), std::end(kSecretRelations),
								  relation.name) != std::end(kSecretRelations);
	ObjectRights rights{.owner = kBootstrapSuperuserOid};

	rights.acl = DefaultAcl(kPgClassOid, rights.owner);
	if (!secret)
		rights.acl.push_back({0, ACL_SELECT, 0, rights.owner});
	return rights;
}

ObjectRights
from_stored(Oid class_id, Oid owner, std::string_view stored)
{
	ObjectRights rights{.owner = owner, .has_list = !stored.empty()};

	rights.acl = rights.has_list ? ReadStoredAcl(stored) : DefaultAcl(class_id, owner);
	return rights;
}

std::optional<ObjectRights>
read_rights_of(const AclPlace &place, Oid object)
{
	const std::unique_ptr<EngineStatement> row =
		CurrentEngine().prepare(std::string("SELECT ") + place.owner + ", " + place.acl + " FROM " +
								CatalogTable(place.home, place.table) + " WHERE oid = ?1");
	std::optional<ObjectRights> rights;

	row->bind(0, Value::Int(object));
	if (row->step())
		rights = from_stored(place.class_id, static_cast<Oid>(row->column(0).integer),
							 row->column(1).bytes);
	row->reset();
	return rights;
}

std::string
role_name(Oid role)
{
	const std::optional<RoleInfo> info = FindRole(role);

	return info ? info->name : std::to_string(role);
}

/* Quoted where a name has more than letters, digits and underscores, as aclitemout does. */
std::string
acl_name(Oid role)
{
	const std::string name = role_name(role);
	const bool plain = std::all_of(name.begin(), name.end(),
								   [](unsigned char c) { return isalnum(c) || c == '_'; });
	std::string quoted = "\"";

	if (plain && !name.empty())
		return name;
	for (const char c : name)
		quoted += c == '"' ? "\"\"" : std::string(1, c);
	return quoted + "\"";
}

std::string
letters(const AclEntry &entry)
{
	std::string text;

	for (size_t bit = 0; bit < kRights.size(); bit++)
	{
		const AclMode right = AclMode{1} << bit;

		if ((entry.rights & right) != 0)
			text += kRights[bit].letter;
		if ((entry.grantable & right) != 0)
			text += '*';
	}
	return text;
}

Oid
take_oid(std::string_view *text)
{
	Oid oid = 0;

	while (!text->empty() && isdigit(static_cast<unsigned char>(text->front())))
	{
		oid = oid * 10 + static_cast<Oid>(text->front() - '0');
		text->remove_prefix(1);
	}
	return oid;
}

/* One ",grantee=letters/grantor;". */
AclEntry
take_entry(std::string_view *text)
{
	AclEntry entry;
	AclMode last = 0;

	text->remove_prefix(1);
	entry.grantee = take_oid(text);
	while (!text->empty() && text->front() != '/')
	{
		if (text->front() == '*')
			entry.grantable |= last;
		else
			entry.rights |= last = right_of_letter(text->front());
		text->remove_prefix(1);
	}
	if (!text->empty())
		text->remove_prefix(1);
	entry.grantor = take_oid(text);
	if (!text->empty())
		text->remove_prefix(1);
	return entry;
}

/* Rights that a predefined role gives on everything of a kind. */
AclMode
predefined_rights(Oid class_id, Oid role)
{
	const bool reads = IsMember(role, kRoleReadAllData, Reach::Rights);
	const bool writes = IsMember(role, kRoleWriteAllData, Reach::Rights);

	if (class_id == kPgClassOid)
		return (reads ? ACL_SELECT : 0) | (writes ? ACL_INSERT | ACL_UPDATE | ACL_DELETE : 0);
	if (class_id == kPgNamespaceOid)
		return reads || writes ? ACL_USAGE : 0;
	return 0;
}

/* The owner may always grant, whatever the list says. */
AclMode
collect(const ObjectRights &rights, Oid role, AclMode AclEntry::*field, AclMode for_owner)
{
	AclMode held = IsMember(role, rights.owner, Reach::Rights) ? for_owner : 0;

	for (const AclEntry &entry : rights.acl)
		if (entry.grantee == 0 || IsMember(role, entry.grantee, Reach::Rights))
			held |= entry.*field;
	return held;
}

} /* namespace */

char
RightLetter(int bit)
{
	return kRights.at(static_cast<size_t>(bit)).letter;
}

const char *
RightName(int bit)
{
	return kRights.at(static_cast<size_t>(bit)).name;
}

AclMode
RightByName(std::string_view name)
{
	std::string upper(name);

	for (char &c : upper)
		c = static_cast<char>(toupper(static_cast<unsigned char>(c)));
	if (upper == "TEMP")
		return ACL_CREATE_TEMP;
	for (size_t bit = 0; bit < kRights.size(); bit++)
		if (upper == kRights[bit].name)
			return AclMode{1} << bit;
	return 0;
}

Acl
ReadStoredAcl(std::string_view stored)
{
	Acl acl;

	if (!stored.empty())
		stored.remove_prefix(1);
	while (!stored.empty() && stored.front() == ',')
		acl.push_back(take_entry(&stored));
	return acl;
}

std::string
StoreAcl(const Acl &acl)
{
	std::string text = "#";

	for (const AclEntry &entry : acl)
		text += "," + std::to_string(entry.grantee) + "=" + letters(entry) + "/" +
				std::to_string(entry.grantor) + ";";
	return text;
}

std::string
AclEntryText(const AclEntry &entry)
{
	return (entry.grantee == 0 ? "" : acl_name(entry.grantee)) + "=" + letters(entry) + "/" +
		   acl_name(entry.grantor);
}

namespace
{

/* Takes a name, quoted or not, off the front. */
std::string
take_name(std::string_view *text)
{
	std::string name;
	bool quoted = false;

	for (; !text->empty(); text->remove_prefix(1))
	{
		const char c = text->front();

		if (c == '"' && quoted && text->substr(1).starts_with('"'))
			text->remove_prefix(1);
		else if (c == '"')
		{
			quoted = !quoted;
			continue;
		}
		else if (!quoted && !isalnum(static_cast<unsigned char>(c)) && c != '_')
			break;
		name += c;
	}
	return name;
}

/* A role that is gone is shown by its OID. */
Oid
role_of_name(const std::string &name)
{
	const std::optional<RoleInfo> role = FindRole(name);
	std::string_view digits = name;
	const Oid oid = take_oid(&digits);

	if (!role && (name.empty() || !digits.empty()))
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				  .msg("role \"%s\" does not exist", name.c_str()));
	return role ? role->oid : oid;
}

} /* namespace */

AclEntry
ReadAclEntry(std::string_view text)
{
	AclEntry entry;
	AclMode last = 0;
	std::string grantee = take_name(&text);

	/* "user" and "group" may stand before a name. */
	if (!text.starts_with('=') && grantee != "user" && grantee != "group")
		Raise(Report(ERROR, ERRCODE_INVALID_TEXT_REPRESENTATION)
				  .msg("unrecognized key word: \"%s\"", grantee.c_str())
				  .hint("ACL key word must be \"group\" or \"user\"."));
	if (text.starts_with(' '))
	{
		text.remove_prefix(1);
		grantee = take_name(&text);
	}
	if (!text.starts_with('='))
		Raise(Report(ERROR, ERRCODE_INVALID_TEXT_REPRESENTATION).msg("missing \"=\" sign"));
	for (text.remove_prefix(1); !text.empty() && text.front() != '/'; text.remove_prefix(1))
	{
		if (text.front() == '*')
			entry.grantable |= last;
		else if ((last = right_of_letter(text.front())) != 0)
			entry.rights |= last;
		else
			Raise(Report(ERROR, ERRCODE_INVALID_TEXT_REPRESENTATION)
					  .msg("invalid mode character: must be one of \"%s\"",
						   letters({.rights = ~AclMode{0}}).c_str()));
	}
	if (!text.empty())
		text.remove_prefix(1);

	const std::string grantor = take_name(&text);

	if (grantor.empty())
		Raise(Report(ERROR, ERRCODE_INVALID_TEXT_REPRESENTATION)
				  .msg("a name must follow the \"/\" sign"));
	entry.grantee = grantee.empty() ? InvalidOid : role_of_name(grantee);
	entry.grantor = role_of_name(grantor);
	return entry;
}

std::string
AclNames(std::string_view stored)
{
	if (!stored.starts_with('#'))
		return std::string(stored);

	std::string text = "{";

	for (const AclEntry &entry : ReadStoredAcl(stored))
		AppendElement(AclEntryText(entry), &text);
	return text + "}";
}

std::string
StoredGranteePattern(Oid role)
{
	return "," + std::to_string(role) + "=";
}

std::string
StoredGrantorPattern(Oid role)
{
	return "/" + std::to_string(role) + ";";
}

AclMode
AllRights(Oid class_id)
{
	const AclPlace *const place = place_of(class_id);

	return place == nullptr ? 0 : place->all;
}

Acl
DefaultAcl(Oid class_id, Oid owner)
{
	const AclPlace *const place = place_of(class_id);
	Acl acl;

	if (place == nullptr)
		return acl;
	if (place->everybody != 0)
		acl.push_back({0, place->everybody, 0, owner});
	acl.push_back({owner, place->all, 0, owner});
	return acl;
}

namespace
{

/* A composite type; the type of a table's rows has no rights of its own. */
bool
is_composite_type(Oid type)
{
	const RelationInfoPtr relation = FindRelation(type);

	return relation != nullptr && relation->kind == 'c';
}

std::optional<ObjectRights>
rights_of_type(Oid type)
{
	if (const RelationInfoPtr relation = FindRelation(type))
		return from_stored(kPgTypeOid, relation->owner, StoredRightsOfType(type));
	if (const UserTypePtr stored = FindUserType(type))
		return from_stored(kPgTypeOid, stored->owner, stored->acl);
	if (FindType(type) != nullptr)
		return from_stored(kPgTypeOid, kBootstrapSuperuserOid, "");
	return std::nullopt;
}

} /* namespace */

std::string
StoredRightsOfType(Oid type)
{
	if (is_composite_type(type))
		return FindRelation(type)->acl;

	const UserTypePtr stored = FindUserType(type);

	return stored != nullptr ? stored->acl : "";
}

std::optional<ObjectRights>
FindRights(Oid class_id, Oid object)
{
	if (class_id == kPgTypeOid)
		return rights_of_type(object);
	if (class_id == kPgClassOid)
	{
		const RelationInfoPtr relation = FindRelation(object);

		if (relation == nullptr)
			return std::nullopt;
		if (relation->oid < kFirstNormalOid)
			return rights_of_system_relation(*relation);

		ObjectRights rights = from_stored(class_id, relation->owner, relation->acl);

		if (relation->kind == 'S' && !rights.has_list)
			rights.acl.back().rights = ACL_ALL_RIGHTS_SEQUENCE;
		return rights;
	}
	if (class_id == kPgProcOid)
	{
		if (const ProcPtr proc = FindProc(object))
			return from_stored(class_id, proc->owner, proc->acl);
		if (FindAnyFunction(object) != nullptr)
			return from_stored(class_id, kBootstrapSuperuserOid, "");
		return std::nullopt;
	}

	const AclPlace *const place = place_of(class_id);

	return place == nullptr ? std::nullopt : read_rights_of(*place, object);
}

AclMode
RightsHeld(Oid class_id, Oid object, Oid role, AclMode wanted)
{
	if (superuser_arg(role))
		return wanted;

	const std::optional<ObjectRights> rights = FindRights(class_id, object);

	if (!rights)
		return 0;
	return wanted &
		   (collect(*rights, role, &AclEntry::rights, 0) | predefined_rights(class_id, role));
}

AclMode
GrantableRights(Oid class_id, Oid object, Oid role, AclMode wanted)
{
	if (superuser_arg(role))
		return wanted;

	const std::optional<ObjectRights> rights = FindRights(class_id, object);

	return rights ? wanted & collect(*rights, role, &AclEntry::grantable, ~AclMode{0}) : 0;
}

bool
HasAll(Oid class_id, Oid object, Oid role, AclMode wanted)
{
	return RightsHeld(class_id, object, role, wanted) == wanted;
}

bool
OwnsObject(Oid class_id, Oid object, Oid role)
{
	if (superuser_arg(role))
		return true;

	const std::optional<ObjectRights> rights = FindRights(class_id, object);

	return rights && IsMember(role, rights->owner, Reach::Rights);
}

void
CheckSchemaRight(Oid schema, AclMode wanted)
{
	if (schema == kTempSchemaOid || HasAll(kPgNamespaceOid, schema, GetUserId(), wanted))
		return;
	Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
			  .msg("permission denied for schema %s", SchemaName(schema).value_or("").c_str()));
}

void
CheckTypeUsage(Oid type)
{
	const TypeDef *const def = FindType(type);
	const Oid used = def != nullptr && def->category == 'A' ? def->element_oid : type;

	if (used >= kFirstNormalOid && !HasAll(kPgTypeOid, used, GetUserId(), ACL_USAGE))
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied for type %s", FormatType(used).c_str()));
}

void
CheckMayMakeTemporary()
{
	if (!HasAll(kPgDatabaseOid, MyDatabaseId, GetUserId(), ACL_CREATE_TEMP))
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied to create temporary tables in database \"%s\"",
					   FindDatabase(MyDatabaseId)->name.c_str()));
}

void
CheckOwner(Oid class_id, Oid object, const char *noun, const std::string &name)
{
	if (!OwnsObject(class_id, object, GetUserId()))
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("must be owner of %s %s", noun, name.c_str()));
}

void
CheckRelationOwner(Oid oid)
{
	const RelationInfoPtr relation = FindRelation(oid);

	if (relation == nullptr || OwnsObject(kPgClassOid, oid, GetUserId()))
		return;

	Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
			  .msg("must be owner of %s %s", RelationNoun(*relation), relation->name.c_str()));
}

namespace
{

[[noreturn]] void
raise_denied(const RightWanted &wanted)
{
	Report report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE);

	if (wanted.class_id == kPgProcOid)
	{
		const FunctionPtr function = FindAnyFunction(wanted.object);

		const ProcPtr proc = FindProc(wanted.object);

		report.msg("permission denied for %s %s",
				   proc != nullptr && proc->is_procedure ? "procedure" : "function",
				   function ? function->name : "");
	}
	else if (const RelationInfoPtr relation = FindRelation(wanted.object))
		report.msg("permission denied for %s %s", RelationNoun(*relation), relation->name.c_str());
	Raise(report);
}

} /* namespace */

void
CheckRights(std::span<const RightWanted> rights)
{
	for (const RightWanted &wanted : rights)
	{
		const Oid role = wanted.as_role != InvalidOid ? wanted.as_role : GetUserId();

		if (!HasAll(wanted.class_id, wanted.object, role, wanted.rights))
			raise_denied(wanted);
	}
}

void
WriteRights(Oid class_id, Oid object, const Acl &acl)
{
	const AclPlace &place =
		class_id == kPgTypeOid && is_composite_type(object) ? kCompositeType : *place_of(class_id);
	const RelationInfoPtr relation =
		&place == &kCompositeType || class_id == kPgClassOid ? FindRelation(object) : nullptr;
	const Home home = relation != nullptr ? HomeOf(*relation) : place.home;
	const std::string stored = StoreAcl(acl);

	SetCatalogColumn(home, place.table, object, place.acl, Value::Text(stored));
}

void
ReplaceOwnerInRights(Oid class_id, Oid object, Oid old_owner, Oid new_owner)
{
	std::optional<ObjectRights> rights = FindRights(class_id, object);
	Acl merged;

	if (!rights || !rights->has_list)
		return;
	for (AclEntry entry : rights->acl)
	{
		entry.grantee = entry.grantee == old_owner ? new_owner : entry.grantee;
		entry.grantor = entry.grantor == old_owner ? new_owner : entry.grantor;

		const auto same = std::find_if(merged.begin(), merged.end(),
									   [&](const AclEntry &other) {
										   return other.grantee == entry.grantee &&
												  other.grantor == entry.grantor;
									   });

		if (same == merged.end())
			merged.push_back(entry);
		else
		{
			same->rights |= entry.rights;
			same->grantable |= entry.grantable;
		}
	}
	WriteRights(class_id, object, merged);
}

void
RemoveRoleFromRights(Oid class_id, Oid object, Oid role)
{
	std::optional<ObjectRights> rights = FindRights(class_id, object);

	if (!rights || !rights->has_list)
		return;
	std::erase_if(rights->acl, [&](const AclEntry &entry)
				  { return entry.grantee == role || entry.grantor == role; });
	WriteRights(class_id, object, rights->acl);
}

} /* namespace pg */
