/*
 * pg_inherits_d.h
 *		Numbers of the catalog pg_inherits, for C and for programs without a server.
 */
#ifndef PG_INHERITS_D_H
#define PG_INHERITS_D_H

#define InheritsRelationId 2611
#define InheritsRelidSeqnoIndexId 2680
#define InheritsParentIndexId 2187
#define Anum_pg_inherits_inhrelid 1
#define Anum_pg_inherits_inhparent 2
#define Anum_pg_inherits_inhseqno 3
#define Anum_pg_inherits_inhdetachpending 4
#define Natts_pg_inherits 4

#endif /* PG_INHERITS_D_H */
