/*
 * pg_seclabel_d.h
 *		Numbers of the catalog pg_seclabel, for C and for programs without a server.
 */
#ifndef PG_SECLABEL_D_H
#define PG_SECLABEL_D_H

#define SecLabelRelationId 3596
#define SecLabelObjectIndexId 3597
#define Anum_pg_seclabel_objoid 1
#define Anum_pg_seclabel_classoid 2
#define Anum_pg_seclabel_objsubid 3
#define Anum_pg_seclabel_provider 4
#define Anum_pg_seclabel_label 5
#define Natts_pg_seclabel 5

#endif /* PG_SECLABEL_D_H */
