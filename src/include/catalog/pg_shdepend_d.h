/*
 * pg_shdepend_d.h
 *		Numbers of the catalog pg_shdepend, for C and for programs without a server.
 */
#ifndef PG_SHDEPEND_D_H
#define PG_SHDEPEND_D_H

#define SharedDependRelationId 1214
#define SharedDependDependerIndexId 1232
#define SharedDependReferenceIndexId 1233
#define Anum_pg_shdepend_dbid 1
#define Anum_pg_shdepend_classid 2
#define Anum_pg_shdepend_objid 3
#define Anum_pg_shdepend_objsubid 4
#define Anum_pg_shdepend_refclassid 5
#define Anum_pg_shdepend_refobjid 6
#define Anum_pg_shdepend_deptype 7
#define Natts_pg_shdepend 7

#endif /* PG_SHDEPEND_D_H */
