/*
 * pg_largeobject_d.h
 *		Numbers of the catalog pg_largeobject, for C and for programs without a server.
 */
#ifndef PG_LARGEOBJECT_D_H
#define PG_LARGEOBJECT_D_H

#define LargeObjectRelationId 2613
#define LargeObjectLOidPNIndexId 2683
#define Anum_pg_largeobject_loid 1
#define Anum_pg_largeobject_pageno 2
#define Anum_pg_largeobject_data 3
#define Natts_pg_largeobject 3

#endif /* PG_LARGEOBJECT_D_H */
