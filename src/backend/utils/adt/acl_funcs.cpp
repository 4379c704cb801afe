/*
 * utils/adt/acl_funcs.cpp
 *		acldefault(), aclexplode(), makeaclitem(): lists of rights as SQL sees them, aclitem[].
 *
 * Backends and workers with a database, inside a transaction.
 */
#include <algorithm>

#include "catalog/functions.h"
#include "catalog/languages.h"
#include "catalog/rights.h"
#include "catalog/user_types.h"
#include "catalog/write.h"
#include "utils/acl.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/array_text.h"
#include "utils/adt/type_io.h"

namespace pg
{
namespace
{

/* By the letter that acldefault is given: a kind of object that has lists here, or else what its owner alone may. */
struct DefaultRights
{
	char letter;
	Oid class_id;
	AclMode owner;
};

constexpr DefaultRights kDefaults[] = {
	{'c', 0, 0},
	{'r', kPgClassOid, 0},
	{'s', 0, ACL_ALL_RIGHTS_SEQUENCE},
	{'d', kPgDatabaseOid, 0},
	{'f', kPgProcOid, 0},
	{'l', kPgLanguageOid, 0},
	{'L', 0, ACL_SELECT | ACL_UPDATE},
	{'n', kPgNamespaceOid, 0},
	{'p', 0, ACL_SET | ACL_ALTER_SYSTEM},
	{'t', 0, ACL_CREATE},
	{'F', 0, ACL_USAGE},
	{'S', 0, ACL_USAGE},
	{'T', kPgTypeOid, 0},
};

void
acldefault(FunctionCall &call)
{
	const std::string_view letter = ArgText(call, 0);
	const Oid owner = ArgOid(call, 1);
	const auto found = std::ranges::find(kDefaults, letter.empty() ? '\0' : letter.front(),
										 &DefaultRights::letter);

	if (found == std::end(kDefaults))
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
				  .msg("unrecognized objtype abbreviation: %s", std::string(letter).c_str()));

	Acl acl = DefaultAcl(found->class_id, owner);

	if (found->owner != 0)
		acl.push_back({owner, found->owner, 0, owner});
	SetText(call, AclNames(StoreAcl(acl)));
}

/* (grantee, grantor, right, grantable) */
void
makeaclitem(FunctionCall &call)
{
	const std::string name(ArgText(call, 2));
	const AclMode right = RightByName(name);

	if (right == 0)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("unrecognized privilege type: \"%s\"", name.c_str()));
	SetText(call,
			AclEntryText({ArgOid(call, 0), right, ArgBool(call, 3) ? right : 0, ArgOid(call, 1)}));
}

/* A row for each right of each entry. */
class ExplodedAcl : public RowCursor
{
public:
	explicit ExplodedAcl(const Value &acl)
	{
		if (acl.is_null())
			return;
		for (const std::optional<std::string> &item : ReadArray(acl.bytes))
		{
			if (!item)
				Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
						  .msg("ACL arrays must not contain null values"));

			const AclEntry entry = ReadAclEntry(*item);

			for (int bit = 0; bit < N_ACL_RIGHTS; bit++)
				if ((entry.rights >> bit & 1) != 0)
					rows_.emplace_back(entry, bit);
		}
	}

	bool next() override { return ++current_ < rows_.size(); }

	Value column(int i) override
	{
		const auto &[entry, bit] = rows_[current_];

		switch (i)
		{
			case 0: return Value::Int(entry.grantor);
			case 1: return Value::Int(entry.grantee);
			case 2: return Value::Text(RightName(bit));
			default: return Value::Bool((entry.grantable >> bit & 1) != 0);
		}
	}

private:
	std::vector<std::pair<AclEntry, int>> rows_;
	size_t current_ = static_cast<size_t>(-1);
};

std::unique_ptr<RowCursor>
open_aclexplode(std::span<const Value> args)
{
	return std::make_unique<ExplodedAcl>(args[0]);
}

} /* namespace */

Value
AclItemIn(std::string_view text, int32, std::string *scratch)
{
	*scratch = AclEntryText(ReadAclEntry(text));
	return Value::Text(*scratch);
}

static constexpr RowColumn kExploded[] = {
	{"grantor", OIDOID},
	{"grantee", OIDOID},
	{"privilege_type", TEXTOID},
	{"is_grantable", BOOLOID},
};

static constexpr RowSource kAclSourceRows[] = {
	{"pg_catalog.aclexplode", kExploded, 1, open_aclexplode},
};

const std::span<const RowSource> kAclSources = kAclSourceRows;

static constexpr FunctionDef kAclRows[] = {
	Fn(3943, "acldefault", 'i', "acldefault_sql", ACLITEMARRAYOID, {CHAROID, OIDOID}, acldefault),
	Fn(1365, "makeaclitem", 'i', "makeaclitem", ACLITEMOID, {OIDOID, OIDOID, TEXTOID, BOOLOID},
	   makeaclitem),
	Rows(1689, "aclexplode", 's', "pg_catalog.aclexplode", RECORDOID, {ACLITEMARRAYOID}),
};

const std::span<const FunctionDef> kAclFunctions = kAclRows;

} /* namespace pg */
