/*
 * catalog/cluster.cpp
 *		The shared copy of databases and roles, and the catalog generation.
 *
 * Any process with shared memory; see cluster.h for the protocol.
 */
#include "catalog/cluster.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include "access/transaction.h"
#include "catalog/catalog_internals.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

struct SharedDatabase
{
	Oid db_oid;
	Oid db_owner;
	int db_connection_limit;
	bool db_allow_connections;
	bool db_is_template;
	char db_name[NAMEDATALEN];
};

struct SharedRole
{
	Oid ro_oid;
	int ro_connection_limit;
	bool ro_superuser, ro_can_login, ro_replication, ro_create_db, ro_create_role, ro_inherit,
		ro_bypass_rls;
	char ro_name[NAMEDATALEN];
};

struct ClusterArea
{
	std::atomic<uint32> cl_version;
	std::atomic<uint64> cl_generation; /* of the catalogs of all databases */
	int cl_database_count;
	int cl_role_count;
	int cl_membership_count;
	bool cl_has_stored_settings;
	SharedDatabase cl_databases[kMaxDatabases];
	SharedRole cl_roles[kMaxRoles];
	Membership cl_memberships[kMaxMemberships];
};
static_assert(std::atomic<uint64>::is_always_lock_free);

ClusterArea *area = nullptr;

size_t
area_size()
{
	return sizeof(ClusterArea);
}

void
area_init(void *at)
{
	area = new (at) ClusterArea{};
}

constexpr ShmemArea kAreas[] = {{"Cluster Catalog", area_size, area_init}};

/* Runs `read` until no writer was at work meanwhile. Loads and stores of the payload are plain, so
 * the fences order them against the version: they pair with those of publish(). */
template <typename Read>
auto
consistently(Read read)
{
	while (true)
	{
		const uint32 before = area->cl_version.load(std::memory_order_acquire);

		if ((before & 1) == 0)
		{
			auto result = read();

			std::atomic_thread_fence(std::memory_order_acquire);
			if (area->cl_version.load(std::memory_order_relaxed) == before)
				return result;
		}
	}
}

DatabaseInfo
to_info(const SharedDatabase &entry)
{
	return {.oid = entry.db_oid,
			.name = entry.db_name,
			.owner = entry.db_owner,
			.allow_connections = entry.db_allow_connections,
			.connection_limit = entry.db_connection_limit,
			.is_template = entry.db_is_template};
}

RoleInfo
to_info(const SharedRole &entry)
{
	return {.oid = entry.ro_oid,
			.name = entry.ro_name,
			.superuser = entry.ro_superuser,
			.can_login = entry.ro_can_login,
			.replication = entry.ro_replication,
			.create_db = entry.ro_create_db,
			.create_role = entry.ro_create_role,
			.inherit = entry.ro_inherit,
			.bypass_rls = entry.ro_bypass_rls,
			.connection_limit = entry.ro_connection_limit};
}

void
store_name(char (&to)[NAMEDATALEN], std::string_view from)
{
	const size_t length = std::min(from.size(), sizeof(to) - 1);

	memcpy(to, from.data(), length);
	to[length] = '\0';
}

std::vector<SharedDatabase>
read_databases()
{
	std::vector<SharedDatabase> all;
	auto rows = CurrentEngine().prepare(
		"SELECT oid, datname, datdba, datallowconn, datconnlimit, datistemplate "
		"FROM global.\"pg_catalog.pg_database\" ORDER BY oid");

	while (rows->step())
	{
		SharedDatabase entry{};

		entry.db_oid = static_cast<Oid>(rows->column(0).integer);
		store_name(entry.db_name, rows->column(1).bytes);
		entry.db_owner = static_cast<Oid>(rows->column(2).integer);
		entry.db_allow_connections = rows->column(3).integer != 0;
		entry.db_connection_limit = static_cast<int>(rows->column(4).integer);
		entry.db_is_template = rows->column(5).integer != 0;
		all.push_back(entry);
	}
	return all;
}

std::vector<SharedRole>
read_roles()
{
	std::vector<SharedRole> all;
	auto rows = CurrentEngine().prepare(
		"SELECT oid, rolname, rolsuper, rolcanlogin, rolreplication, rolcreatedb, rolcreaterole, "
		"rolconnlimit, rolinherit, rolbypassrls FROM global.\"pg_catalog.pg_authid\" ORDER BY oid");

	while (rows->step())
	{
		SharedRole entry{};

		entry.ro_oid = static_cast<Oid>(rows->column(0).integer);
		store_name(entry.ro_name, rows->column(1).bytes);
		entry.ro_superuser = rows->column(2).integer != 0;
		entry.ro_can_login = rows->column(3).integer != 0;
		entry.ro_replication = rows->column(4).integer != 0;
		entry.ro_create_db = rows->column(5).integer != 0;
		entry.ro_create_role = rows->column(6).integer != 0;
		entry.ro_connection_limit = static_cast<int>(rows->column(7).integer);
		entry.ro_inherit = rows->column(8).integer != 0;
		entry.ro_bypass_rls = rows->column(9).integer != 0;
		all.push_back(entry);
	}
	return all;
}

std::vector<Membership>
read_memberships()
{
	std::vector<Membership> all;
	auto rows = CurrentEngine().prepare("SELECT roleid, member, admin_option FROM "
										"global.\"pg_catalog.pg_auth_members\" ORDER BY 1, 2");

	while (rows->step())
		all.push_back({static_cast<Oid>(rows->column(0).integer),
					   static_cast<Oid>(rows->column(1).integer), rows->column(2).integer != 0});
	return all;
}

bool
read_has_stored_settings()
{
	return CurrentEngine()
		.prepare("SELECT 1 FROM global.\"pg_catalog.pg_db_role_setting\" LIMIT 1")
		->step();
}

struct Contents
{
	std::vector<SharedDatabase> databases;
	std::vector<SharedRole> roles;
	std::vector<Membership> memberships;
	bool has_stored_settings;
};

Contents
read_contents()
{
	Contents now{read_databases(), read_roles(), read_memberships(), read_has_stored_settings()};

	if (now.databases.size() > kMaxDatabases || now.roles.size() > kMaxRoles ||
		now.memberships.size() > kMaxMemberships)
		Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
				  .msg("too many databases, roles or memberships")
				  .detail("A cluster holds up to %d databases, %d roles and %d memberships.",
						  kMaxDatabases, kMaxRoles, kMaxMemberships));
	return now;
}

template <typename Entry>
int
copy_all(Entry *to, const std::vector<Entry> &from)
{
	if (!from.empty())
		memcpy(to, from.data(), from.size() * sizeof(Entry));
	return static_cast<int>(from.size());
}

void
publish(const Contents &now)
{
	const uint32 version = area->cl_version.load(std::memory_order_relaxed);

	/* Odd first, then the payload (pairs with the reader's second look). */
	area->cl_version.store(version | 1, std::memory_order_relaxed);
	std::atomic_thread_fence(std::memory_order_release);
	area->cl_database_count = copy_all(area->cl_databases, now.databases);
	area->cl_role_count = copy_all(area->cl_roles, now.roles);
	area->cl_membership_count = copy_all(area->cl_memberships, now.memberships);
	area->cl_has_stored_settings = now.has_stored_settings;
	/* The payload, then even (pairs with the reader's first look). */
	area->cl_version.store((version | 1) + 1, std::memory_order_release);
}

/* What the transaction made of the shared catalogs, until it commits or not. */
bool reload_at_commit = false;
std::optional<Contents> own_contents; /* read when first asked for after a change */
uint64 own_version = 0;

void
forget_own_contents()
{
	own_contents.reset();
	own_version++;
}

/* A failure here leaves the old copy in force: said, since the change itself is committed. */
void
cluster_at_transaction_end(bool committed)
{
	const bool reload = reload_at_commit && committed;

	if (reload_at_commit)
		forget_own_contents();
	reload_at_commit = false;
	if (!reload)
		return;
	try
	{
		LoadClusterCache();
	}
	catch (const PgError &error)
	{
		EmitCaught(error);
	}
}

void
cluster_at_subtransaction_end(bool committed, int)
{
	if (reload_at_commit && !committed)
		forget_own_contents();
}

/* Null while the shared copy is right for this transaction too. */
const Contents *
changed_contents()
{
	if (!reload_at_commit || InFailedBlock())
		return nullptr;
	if (!own_contents)
		own_contents = read_contents();
	return &*own_contents;
}

/* The entries of a kind, from wherever they are to be read. */
template <typename Entry, typename Use>
auto
with_entries(std::vector<Entry> Contents::*own, const Entry *shared, const int &count, int limit,
			 Use use)
{
	if (const Contents *const changed = changed_contents())
		return use(std::span<const Entry>(changed->*own));
	return consistently(
		[&] {
			return use(
				std::span<const Entry>(shared, static_cast<size_t>(std::clamp(count, 0, limit))));
		});
}

template <typename Use>
auto
with_databases(Use use)
{
	return with_entries(&Contents::databases, area->cl_databases, area->cl_database_count,
						kMaxDatabases, use);
}

template <typename Use>
auto
with_roles(Use use)
{
	return with_entries(&Contents::roles, area->cl_roles, area->cl_role_count, kMaxRoles, use);
}

template <typename Info>
auto
first_where(auto matches)
{
	return [matches](auto entries) -> std::optional<Info>
	{
		for (const auto &entry : entries)
			if (matches(entry))
				return to_info(entry);
		return std::nullopt;
	};
}

template <typename Info>
auto
all_of()
{
	return [](auto entries)
	{
		std::vector<Info> all;

		for (const auto &entry : entries)
			all.push_back(to_info(entry));
		return all;
	};
}

} /* namespace */

const std::span<const ShmemArea> kCatalogAreas = kAreas;

std::optional<DatabaseInfo>
FindDatabase(std::string_view name)
{
	return with_databases(first_where<DatabaseInfo>([&](const SharedDatabase &entry)
													{ return name == entry.db_name; }));
}

std::optional<DatabaseInfo>
FindDatabase(Oid oid)
{
	return with_databases(first_where<DatabaseInfo>([&](const SharedDatabase &entry)
													{ return oid == entry.db_oid; }));
}

std::optional<RoleInfo>
FindRole(std::string_view name)
{
	return with_roles(
		first_where<RoleInfo>([&](const SharedRole &entry) { return name == entry.ro_name; }));
}

std::optional<RoleInfo>
FindRole(Oid oid)
{
	return with_roles(
		first_where<RoleInfo>([&](const SharedRole &entry) { return oid == entry.ro_oid; }));
}

std::vector<DatabaseInfo>
AllDatabases()
{
	return with_databases(all_of<DatabaseInfo>());
}

std::vector<RoleInfo>
AllRoles()
{
	return with_roles(all_of<RoleInfo>());
}

std::vector<Membership>
AllMemberships()
{
	return with_entries(&Contents::memberships, area->cl_memberships, area->cl_membership_count,
						kMaxMemberships,
						[](std::span<const Membership> entries)
						{ return std::vector<Membership>(entries.begin(), entries.end()); });
}

bool
HasStoredSettings()
{
	if (const Contents *const changed = changed_contents())
		return changed->has_stored_settings;
	return consistently([] { return area->cl_has_stored_settings; });
}

uint64
ClusterVersion()
{
	return own_version << 32 | area->cl_version.load(std::memory_order_acquire);
}

void
LoadClusterCache()
{
	publish(read_contents());
}

void
SharedCatalogChanged()
{
	static bool registered = false;

	if (!registered)
	{
		OnTransactionEnd(cluster_at_transaction_end);
		OnSubtransactionEnd(cluster_at_subtransaction_end);
	}
	registered = true;
	reload_at_commit = true;
	forget_own_contents();
}

uint64
SharedCatalogGeneration()
{
	/* Without shared memory (bootstrap, unit tests) nobody else changes a catalog. */
	return area == nullptr ? 0 : area->cl_generation.load(std::memory_order_acquire);
}

void
BumpSharedCatalogGeneration()
{
	area->cl_generation.fetch_add(1, std::memory_order_acq_rel);
}

} /* namespace pg */
