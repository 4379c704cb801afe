/*
 * pg_namespace_d.h
 *		Numbers of the catalog pg_namespace, for C and for programs without a server.
 */
#ifndef PG_NAMESPACE_D_H
#define PG_NAMESPACE_D_H

#define NamespaceRelationId 2615
#define NamespaceNameIndexId 2684
#define NamespaceOidIndexId 2685
#define Anum_pg_namespace_oid 1
#define Anum_pg_namespace_nspname 2
#define Anum_pg_namespace_nspowner 3
#define Anum_pg_namespace_nspacl 4
#define Natts_pg_namespace 4
#define PG_CATALOG_NAMESPACE 11
#define PG_TOAST_NAMESPACE 99
#define PG_PUBLIC_NAMESPACE 2200

#endif /* PG_NAMESPACE_D_H */
