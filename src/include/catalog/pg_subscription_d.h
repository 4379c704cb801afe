/*
 * pg_subscription_d.h
 *		Numbers of the catalog pg_subscription, for C and for programs without a server.
 */
#ifndef PG_SUBSCRIPTION_D_H
#define PG_SUBSCRIPTION_D_H

#define SubscriptionRelationId 6100
#define SubscriptionRelation_Rowtype_Id 6101
#define PgSubscriptionToastTable 4183
#define PgSubscriptionToastIndex 4184
#define SubscriptionObjectIndexId 6114
#define SubscriptionNameIndexId 6115
#define Anum_pg_subscription_oid 1
#define Anum_pg_subscription_subdbid 2
#define Anum_pg_subscription_subskiplsn 3
#define Anum_pg_subscription_subname 4
#define Anum_pg_subscription_subowner 5
#define Anum_pg_subscription_subenabled 6
#define Anum_pg_subscription_subbinary 7
#define Anum_pg_subscription_substream 8
#define Anum_pg_subscription_subtwophasestate 9
#define Anum_pg_subscription_subdisableonerr 10
#define Anum_pg_subscription_subconninfo 11
#define Anum_pg_subscription_subslotname 12
#define Anum_pg_subscription_subsynccommit 13
#define Anum_pg_subscription_subpublications 14
#define Natts_pg_subscription 14

#endif /* PG_SUBSCRIPTION_D_H */
