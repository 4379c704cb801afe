/*
 * pg_partitioned_table_d.h
 *		Numbers of the catalog pg_partitioned_table, for C and for programs without a server.
 */
#ifndef PG_PARTITIONED_TABLE_D_H
#define PG_PARTITIONED_TABLE_D_H

#define PartitionedRelationId 3350
#define PartitionedRelidIndexId 3351
#define Anum_pg_partitioned_table_partrelid 1
#define Anum_pg_partitioned_table_partstrat 2
#define Anum_pg_partitioned_table_partnatts 3
#define Anum_pg_partitioned_table_partdefid 4
#define Anum_pg_partitioned_table_partattrs 5
#define Anum_pg_partitioned_table_partclass 6
#define Anum_pg_partitioned_table_partcollation 7
#define Anum_pg_partitioned_table_partexprs 8
#define Natts_pg_partitioned_table 8

#endif /* PG_PARTITIONED_TABLE_D_H */
