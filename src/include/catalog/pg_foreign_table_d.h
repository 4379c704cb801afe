/*
 * pg_foreign_table_d.h
 *		Numbers of the catalog pg_foreign_table, for C and for programs without a server.
 */
#ifndef PG_FOREIGN_TABLE_D_H
#define PG_FOREIGN_TABLE_D_H

#define ForeignTableRelationId 3118
#define ForeignTableRelidIndexId 3119
#define Anum_pg_foreign_table_ftrelid 1
#define Anum_pg_foreign_table_ftserver 2
#define Anum_pg_foreign_table_ftoptions 3
#define Natts_pg_foreign_table 3

#endif /* PG_FOREIGN_TABLE_D_H */
