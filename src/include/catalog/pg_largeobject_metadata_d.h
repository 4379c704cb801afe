/*
 * pg_largeobject_metadata_d.h
 *		Numbers of the catalog pg_largeobject_metadata, for C and for programs without a server.
 */
#ifndef PG_LARGEOBJECT_METADATA_D_H
#define PG_LARGEOBJECT_METADATA_D_H

#define LargeObjectMetadataRelationId 2995
#define LargeObjectMetadataOidIndexId 2996
#define Anum_pg_largeobject_metadata_oid 1
#define Anum_pg_largeobject_metadata_lomowner 2
#define Anum_pg_largeobject_metadata_lomacl 3
#define Natts_pg_largeobject_metadata 3

#endif /* PG_LARGEOBJECT_METADATA_D_H */
