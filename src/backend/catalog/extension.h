/*
 * catalog/extension.h
 *		Extensions of a database: pg_extension, and which objects are members.
 *
 * An object made while an extension's script runs becomes its member: a row of pg_depend of type 'e'.
 * Members go with their extension and are not dropped alone.  Backends and workers with a database,
 * inside a transaction; what writes, inside a writing one.
 */
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "postgres.h"

namespace pg
{

inline constexpr Oid kPgExtensionOid = 3079;

struct ExtensionInfo
{
	Oid oid = 0;
	std::string name;
	Oid owner = 0;
	Oid schema = 0;
	bool relocatable = false;
	std::string version;
};

std::optional<ExtensionInfo> FindExtension(const std::string &name);
std::optional<ExtensionInfo> FindExtension(Oid oid);
std::vector<ExtensionInfo> AllExtensions();

void InsertExtension(const ExtensionInfo &extension);
/* Takes over version and relocatable; forgets which extensions it required. */
void UpdateExtension(const ExtensionInfo &extension);
void RequireExtension(Oid extension, Oid required);
void DeleteExtension(Oid extension);
/* pg_description; an empty text removes it. */
void CommentExtension(Oid extension, const std::string &comment);

/* Of which extension the object is a member; InvalidOid: of none. */
Oid ExtensionOf(Oid class_id, Oid object);
struct ExtensionMember
{
	Oid class_id, object;
};
std::vector<ExtensionMember> ExtensionMembers(Oid extension);
/* Extensions that require it, directly. */
std::vector<Oid> ExtensionsRequiring(Oid extension);

/* Whose script runs in this process; InvalidOid: none. */
Oid CreatingExtension();
/* Says that a script runs, for as long as it lives. */
class CreatingExtensionScope
{
public:
	explicit CreatingExtensionScope(Oid extension);
	~CreatingExtensionScope();
	CreatingExtensionScope(const CreatingExtensionScope &) = delete;
	CreatingExtensionScope &operator=(const CreatingExtensionScope &) = delete;
};

/* Membership by hand. */
void AddExtensionMember(Oid extension, Oid class_id, Oid object);
void RemoveExtensionMember(Oid extension, Oid class_id, Oid object);

/*
 * pg_extension_config_dump: a member table whose rows (those that the condition picks; empty: all) are the user's.
 * 0A000 outside of a script, 55000 when the table is no member.
 */
void AddExtensionConfig(Oid table, const std::string &condition);

/* A new object: a member of the extension whose script runs, if any. */
void RecordExtensionMember(Oid class_id, Oid object);
/*
 * An object that a script replaces must be a member already: 55000.  description: as in
 * "function f(integer)".
 */
void CheckExtensionReplaces(Oid class_id, Oid object, const std::string &description);

} /* namespace pg */
