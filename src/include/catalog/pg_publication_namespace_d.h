/*
 * pg_publication_namespace_d.h
 *		Numbers of the catalog pg_publication_namespace, for C and for programs without a server.
 */
#ifndef PG_PUBLICATION_NAMESPACE_D_H
#define PG_PUBLICATION_NAMESPACE_D_H

#define PublicationNamespaceRelationId 6237
#define PublicationNamespaceObjectIndexId 6238
#define PublicationNamespacePnnspidPnpubidIndexId 6239
#define Anum_pg_publication_namespace_oid 1
#define Anum_pg_publication_namespace_pnpubid 2
#define Anum_pg_publication_namespace_pnnspid 3
#define Natts_pg_publication_namespace 3

#endif /* PG_PUBLICATION_NAMESPACE_D_H */
