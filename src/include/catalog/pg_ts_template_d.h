/*
 * pg_ts_template_d.h
 *		Numbers of the catalog pg_ts_template, for C and for programs without a server.
 */
#ifndef PG_TS_TEMPLATE_D_H
#define PG_TS_TEMPLATE_D_H

#define TSTemplateRelationId 3764
#define TSTemplateNameNspIndexId 3766
#define TSTemplateOidIndexId 3767
#define Anum_pg_ts_template_oid 1
#define Anum_pg_ts_template_tmplname 2
#define Anum_pg_ts_template_tmplnamespace 3
#define Anum_pg_ts_template_tmplinit 4
#define Anum_pg_ts_template_tmpllexize 5
#define Natts_pg_ts_template 5

#endif /* PG_TS_TEMPLATE_D_H */
