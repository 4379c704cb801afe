/*
 * catalog/cluster.h
 *		Databases and roles of the cluster, as every process sees them without opening a file.
 *
 * A copy of the shared catalogs in shared memory: the startup process loads it after recovery, and
 * whoever commits a change to a shared catalog loads it again before it answers its client.
 *
 * Protocol of the area: there is one writer at a time, since shared
 * catalogs change under the write lock of global/.  It makes `cl_version` odd, writes, makes it even.
 * Readers copy and retry while it was odd or moved.
 */
#pragma once

#include <atomic>
#include <span>
#include <vector>

#include "catalog/objects.h"
#include "storage/ipc/shmem_internals.h"

namespace pg
{

inline constexpr int kMaxDatabases = 512;
inline constexpr int kMaxRoles = 256;
inline constexpr int kMaxMemberships = 1024;

struct Membership
{
	Oid role, member;
	bool admin;
};

/* Reads global/ through the current engine session and publishes it. Raises 54000 past the limits. */
void LoadClusterCache();

/* To be called after a change of a shared catalog: the copy is renewed when the transaction commits. */
void SharedCatalogChanged();

std::vector<DatabaseInfo> AllDatabases();
std::vector<RoleInfo> AllRoles();
/* Of pg_auth_members. As with the look-ups, a transaction sees its own changes. */
std::vector<Membership> AllMemberships();
/* Whether pg_db_role_setting has a row: a session that begins need not look where it has none. */
bool HasStoredSettings();
/* Moves whenever the answers about roles may: for what is computed of them. */
uint64 ClusterVersion();

extern const std::span<const ShmemArea> kCatalogAreas;

} /* namespace pg */
