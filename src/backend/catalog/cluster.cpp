/*
 * catalog/cluster.cpp
 *		The shared copy of databases and roles, and the catalog generation.
 *
 * Any process with shared memory; see cluster.h for the protocol.
 */
#include "catalog/cluster.h"

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
	bool ro_superuser, ro_can_login, ro_replication, ro_create_db, ro_create_role;
	char ro_name[NAMEDATALEN];
};

struct ClusterArea
{
	std::atomic<uint32> cl_version;
	std::atomic<uint64> cl_generation; /* of the catalogs of all databases */
	int cl_database_count;
	int cl_role_count;
	SharedDatabase cl_databases[kMaxDatabases];
	SharedRole cl_roles[kMaxRoles];
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
			.connection_limit = entry.ro_connection_limit};
}

template <typename Match>
std::optional<DatabaseInfo>
find_database(Match matches)
{
	return consistently(
		[&]() -> std::optional<DatabaseInfo>
		{
			for (int i = 0; i < area->cl_database_count && i < kMaxDatabases; i++)
				if (matches(area->cl_databases[i]))
					return to_info(area->cl_databases[i]);
			return std::nullopt;
		});
}

template <typename Match>
std::optional<RoleInfo>
find_role(Match matches)
{
	return consistently(
		[&]() -> std::optional<RoleInfo>
		{
			for (int i = 0; i < area->cl_role_count && i < kMaxRoles; i++)
				if (matches(area->cl_roles[i]))
					return to_info(area->cl_roles[i]);
			return std::nullopt;
		});
}

void
copy_name(char (&to)[NAMEDATALEN], std::string_view from)
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
		copy_name(entry.db_name, rows->column(1).bytes);
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
		"rolconnlimit FROM global.\"pg_catalog.pg_authid\" ORDER BY oid");

	while (rows->step())
	{
		SharedRole entry{};

		entry.ro_oid = static_cast<Oid>(rows->column(0).integer);
		copy_name(entry.ro_name, rows->column(1).bytes);
		entry.ro_superuser = rows->column(2).integer != 0;
		entry.ro_can_login = rows->column(3).integer != 0;
		entry.ro_replication = rows->column(4).integer != 0;
		entry.ro_create_db = rows->column(5).integer != 0;
		entry.ro_create_role = rows->column(6).integer != 0;
		entry.ro_connection_limit = static_cast<int>(rows->column(7).integer);
		all.push_back(entry);
	}
	return all;
}

void
publish(const std::vector<SharedDatabase> &databases, const std::vector<SharedRole> &roles)
{
	const uint32 version = area->cl_version.load(std::memory_order_relaxed);

	/* Odd first, then the payload (pairs with the reader's second look). */
	area->cl_version.store(version | 1, std::memory_order_relaxed);
	std::atomic_thread_fence(std::memory_order_release);
	area->cl_database_count = static_cast<int>(databases.size());
	area->cl_role_count = static_cast<int>(roles.size());
	memcpy(area->cl_databases, databases.data(), databases.size() * sizeof(SharedDatabase));
	memcpy(area->cl_roles, roles.data(), roles.size() * sizeof(SharedRole));
	/* The payload, then even (pairs with the reader's first look). */
	area->cl_version.store((version | 1) + 1, std::memory_order_release);
}

bool reload_at_commit = false;

/* A failure here leaves the old copy in force: said, since the change itself is committed. */
void
at_transaction_end(bool committed)
{
	const bool reload = reload_at_commit && committed;

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

} /* namespace */

const std::span<const ShmemArea> kCatalogAreas = kAreas;

std::optional<DatabaseInfo>
FindDatabase(std::string_view name)
{
	return find_database([&](const SharedDatabase &entry) { return name == entry.db_name; });
}

std::optional<DatabaseInfo>
FindDatabase(Oid oid)
{
	return find_database([&](const SharedDatabase &entry) { return oid == entry.db_oid; });
}

std::optional<RoleInfo>
FindRole(std::string_view name)
{
	return find_role([&](const SharedRole &entry) { return name == entry.ro_name; });
}

std::optional<RoleInfo>
FindRole(Oid oid)
{
	return find_role([&](const SharedRole &entry) { return oid == entry.ro_oid; });
}

std::vector<DatabaseInfo>
AllDatabases()
{
	return consistently(
		[]
		{
			std::vector<DatabaseInfo> all;

			for (int i = 0; i < area->cl_database_count && i < kMaxDatabases; i++)
				all.push_back(to_info(area->cl_databases[i]));
			return all;
		});
}

std::vector<RoleInfo>
AllRoles()
{
	return consistently(
		[]
		{
			std::vector<RoleInfo> all;

			for (int i = 0; i < area->cl_role_count && i < kMaxRoles; i++)
				all.push_back(to_info(area->cl_roles[i]));
			return all;
		});
}

void
LoadClusterCache()
{
	const std::vector<SharedDatabase> databases = read_databases();
	const std::vector<SharedRole> roles = read_roles();

	if (databases.size() > kMaxDatabases || roles.size() > kMaxRoles)
		Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
				  .msg("too many databases or roles")
				  .detail("A cluster holds up to %d databases and %d roles.", kMaxDatabases,
						  kMaxRoles));
	publish(databases, roles);
}

void
SharedCatalogChanged()
{
	static bool registered = false;

	if (!registered)
		OnTransactionEnd(at_transaction_end);
	registered = true;
	reload_at_commit = true;
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
