/*
 * catalog/rights.h
 *		Rights of roles on objects: the lists in the catalogs, and what they mean for a role.
 *
 * A list lies in its catalog in a form with OIDs, since names change and other databases cannot be
 * rewritten: "#" and then ",grantee=letters/grantor;" for each entry, a letter with an asterisk after it
 * may be granted on.  Statements see PostgreSQL's aclitem[] (the engine function pg_acl_names).  No list
 * means the default rights of the kind of object.
 * Backends and workers with a database, inside a transaction.
 */
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "postgres.h"
#include "catalog/objects.h"
#include "nodes/parsenodes.h"

namespace pg
{

struct AclEntry
{
	Oid grantee = 0; /* 0: everybody */
	AclMode rights = 0, grantable = 0;
	Oid grantor = 0;
};
using Acl = std::vector<AclEntry>;

Acl ReadStoredAcl(std::string_view stored);
std::string StoreAcl(const Acl &acl);
/* "{owner=arw/owner,=r/owner}"; a text that is not in the stored form is returned as it is. */
std::string AclNames(std::string_view stored);
/* One entry with names, and back; raises 22P02 for what is none, 42704 for an unknown role. */
std::string AclEntryText(const AclEntry &entry);
AclEntry ReadAclEntry(std::string_view text);
/* What an engine query looks for to find lists that name a role. */
std::string StoredGranteePattern(Oid role);
std::string StoredGrantorPattern(Oid role);

/* Kinds of objects are named by their catalog (pg_class is for tables, views and sequences). */
struct ObjectRights
{
	Oid owner = 0;
	bool has_list = false;
	Acl acl{}; /* the default one, where there is no list */
};
/* Null when there is no such object. */
std::optional<ObjectRights> FindRights(Oid class_id, Oid object);
Acl DefaultAcl(Oid class_id, Oid owner);
AclMode AllRights(Oid class_id);

/* Which of `wanted` the role has, by itself, its memberships, or as a superuser. */
AclMode RightsHeld(Oid class_id, Oid object, Oid role, AclMode wanted);
/* The same for granting them on. */
AclMode GrantableRights(Oid class_id, Oid object, Oid role, AclMode wanted);
bool HasAll(Oid class_id, Oid object, Oid role, AclMode wanted);
bool OwnsObject(Oid class_id, Oid object, Oid role);

/* Raise 42501 in PostgreSQL's words unless the current user may. */
void CheckSchemaRight(Oid schema, AclMode wanted);
/* TEMPORARY on this database. */
void CheckMayMakeTemporary();
void CheckOwner(Oid class_id, Oid object, const char *noun, const std::string &name);
/* The same for a relation: its owner, or that of its schema. */
void CheckRelationOwner(Oid relation);

/* USAGE on the type or, of an array, on that of its elements. */
void CheckTypeUsage(Oid type);

/* The list of a type as pg_type shows it; empty: none. That of a composite type lies at its relation. */
std::string StoredRightsOfType(Oid type);

/* A right that a statement needs of whoever runs it, or of the owner of the view that it reads through. */
struct RightWanted
{
	Oid class_id; /* catalog: pg_class or pg_proc */
	Oid object;
	AclMode rights;	 /* ACL_SELECT and the like */
	Oid as_role = 0; /* 0: the current user */
};
/* Raises 42501 for the first that is missing. */
void CheckRights(std::span<const RightWanted> rights);

/* Writing; inside a writing transaction. An empty list is kept as one that grants nothing. */
void WriteRights(Oid class_id, Oid object, const Acl &acl);
void ReplaceOwnerInRights(Oid class_id, Oid object, Oid old_owner, Oid new_owner);
void RemoveRoleFromRights(Oid class_id, Oid object, Oid role);

/* Letters of rights in PostgreSQL's order, and back; 0 for an unknown letter. */
char RightLetter(int bit);
/* "SELECT" and the like for one bit, and back (any case); 0 for an unknown name. */
const char *RightName(int bit);
AclMode RightByName(std::string_view name);

} /* namespace pg */
