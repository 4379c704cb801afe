/*
 * pg_replication_origin_d.h
 *		Numbers of the catalog pg_replication_origin, for C and for programs without a server.
 */
#ifndef PG_REPLICATION_ORIGIN_D_H
#define PG_REPLICATION_ORIGIN_D_H

#define ReplicationOriginRelationId 6000
#define PgReplicationOriginToastTable 4181
#define PgReplicationOriginToastIndex 4182
#define ReplicationOriginIdentIndex 6001
#define ReplicationOriginNameIndex 6002
#define Anum_pg_replication_origin_roident 1
#define Anum_pg_replication_origin_roname 2
#define Natts_pg_replication_origin 2

#endif /* PG_REPLICATION_ORIGIN_D_H */
