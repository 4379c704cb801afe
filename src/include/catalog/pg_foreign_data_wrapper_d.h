/*
 * pg_foreign_data_wrapper_d.h
 *		Numbers of the catalog pg_foreign_data_wrapper, for C and for programs without a server.
 */
#ifndef PG_FOREIGN_DATA_WRAPPER_D_H
#define PG_FOREIGN_DATA_WRAPPER_D_H

#define ForeignDataWrapperRelationId 2328
#define ForeignDataWrapperOidIndexId 112
#define ForeignDataWrapperNameIndexId 548
#define Anum_pg_foreign_data_wrapper_oid 1
#define Anum_pg_foreign_data_wrapper_fdwname 2
#define Anum_pg_foreign_data_wrapper_fdwowner 3
#define Anum_pg_foreign_data_wrapper_fdwhandler 4
#define Anum_pg_foreign_data_wrapper_fdwvalidator 5
#define Anum_pg_foreign_data_wrapper_fdwacl 6
#define Anum_pg_foreign_data_wrapper_fdwoptions 7
#define Natts_pg_foreign_data_wrapper 7

#endif /* PG_FOREIGN_DATA_WRAPPER_D_H */
