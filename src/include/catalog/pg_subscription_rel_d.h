/*
 * pg_subscription_rel_d.h
 *		Numbers of the catalog pg_subscription_rel, for C and for programs without a server.
 */
#ifndef PG_SUBSCRIPTION_REL_D_H
#define PG_SUBSCRIPTION_REL_D_H

#define SubscriptionRelRelationId 6102
#define SubscriptionRelSrrelidSrsubidIndexId 6117
#define Anum_pg_subscription_rel_srsubid 1
#define Anum_pg_subscription_rel_srrelid 2
#define Anum_pg_subscription_rel_srsubstate 3
#define Anum_pg_subscription_rel_srsublsn 4
#define Natts_pg_subscription_rel 4
#define SUBREL_STATE_INIT 'i'
#define SUBREL_STATE_DATASYNC 'd'
#define SUBREL_STATE_FINISHEDCOPY 'f'
#define SUBREL_STATE_SYNCDONE 's'
#define SUBREL_STATE_READY 'r'
#define SUBREL_STATE_UNKNOWN '\0'
#define SUBREL_STATE_SYNCWAIT 'w'
#define SUBREL_STATE_CATCHUP 'c'

#endif /* PG_SUBSCRIPTION_REL_D_H */
