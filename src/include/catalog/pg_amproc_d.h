/*
 * pg_amproc_d.h
 *		Numbers of the catalog pg_amproc, for C and for programs without a server.
 */
#ifndef PG_AMPROC_D_H
#define PG_AMPROC_D_H

#define AccessMethodProcedureRelationId 2603
#define AccessMethodProcedureIndexId 2655
#define AccessMethodProcedureOidIndexId 2757
#define Anum_pg_amproc_oid 1
#define Anum_pg_amproc_amprocfamily 2
#define Anum_pg_amproc_amproclefttype 3
#define Anum_pg_amproc_amprocrighttype 4
#define Anum_pg_amproc_amprocnum 5
#define Anum_pg_amproc_amproc 6
#define Natts_pg_amproc 6

#endif /* PG_AMPROC_D_H */
