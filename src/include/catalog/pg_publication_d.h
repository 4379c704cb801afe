/*
 * pg_publication_d.h
 *		Numbers of the catalog pg_publication, for C and for programs without a server.
 */
#ifndef PG_PUBLICATION_D_H
#define PG_PUBLICATION_D_H

#define PublicationRelationId 6104
#define PublicationObjectIndexId 6110
#define PublicationNameIndexId 6111
#define Anum_pg_publication_oid 1
#define Anum_pg_publication_pubname 2
#define Anum_pg_publication_pubowner 3
#define Anum_pg_publication_puballtables 4
#define Anum_pg_publication_pubinsert 5
#define Anum_pg_publication_pubupdate 6
#define Anum_pg_publication_pubdelete 7
#define Anum_pg_publication_pubtruncate 8
#define Anum_pg_publication_pubviaroot 9
#define Natts_pg_publication 9

#endif /* PG_PUBLICATION_D_H */
