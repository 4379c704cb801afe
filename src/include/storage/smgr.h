/*
 * smgr.h
 *		Files of relations, block by block.
 *
 * There are no such pages here, since the tables are SQLite's: each function raises ERROR 0A000 with its name.
 */
#ifndef SMGR_H
#define SMGR_H

#include "postgres.h"

#include "lib/ilist.h"
#include "storage/block.h"
#include "storage/relfilenode.h"

PG_BEGIN_EXTERN_C

typedef struct SMgrRelationData
{
	RelFileNodeBackend smgr_rnode;
	struct SMgrRelationData **smgr_owner;
	BlockNumber smgr_targblock;
	BlockNumber smgr_cached_nblocks[MAX_FORKNUM + 1];
	int smgr_which;
	int md_num_open_segs[MAX_FORKNUM + 1];
	struct _MdfdVec *md_seg_fds[MAX_FORKNUM + 1];
	dlist_node node;
} SMgrRelationData;

typedef SMgrRelationData *SMgrRelation;

#define SmgrIsTemp(smgr) RelFileNodeBackendIsTemp((smgr)->smgr_rnode)

extern SMgrRelation smgropen(RelFileNode rnode, BackendId backend);
extern bool smgrexists(SMgrRelation reln, ForkNumber forknum);
extern void smgrsetowner(SMgrRelation *owner, SMgrRelation reln);
extern void smgrclearowner(SMgrRelation *owner, SMgrRelation reln);
extern void smgrclose(SMgrRelation reln);
extern void smgrcloseall(void);
extern void smgrclosenode(RelFileNodeBackend rnode);
extern void smgrrelease(SMgrRelation reln);
extern void smgrcreate(SMgrRelation reln, ForkNumber forknum, bool isRedo);
extern void smgrdosyncall(SMgrRelation *rels, int nrels);
extern void smgrdounlinkall(SMgrRelation *rels, int nrels, bool isRedo);
extern void smgrextend(SMgrRelation reln, ForkNumber forknum, BlockNumber blocknum, char *buffer,
					   bool skipFsync);
extern bool smgrprefetch(SMgrRelation reln, ForkNumber forknum, BlockNumber blocknum);
extern void smgrread(SMgrRelation reln, ForkNumber forknum, BlockNumber blocknum, char *buffer);
extern void smgrwrite(SMgrRelation reln, ForkNumber forknum, BlockNumber blocknum, char *buffer,
					  bool skipFsync);
extern void smgrwriteback(SMgrRelation reln, ForkNumber forknum, BlockNumber blocknum,
						  BlockNumber nblocks);
extern BlockNumber smgrnblocks(SMgrRelation reln, ForkNumber forknum);
extern BlockNumber smgrnblocks_cached(SMgrRelation reln, ForkNumber forknum);
extern void smgrtruncate(SMgrRelation reln, ForkNumber *forknum, int nforks, BlockNumber *nblocks);
extern void smgrimmedsync(SMgrRelation reln, ForkNumber forknum);

PG_END_EXTERN_C

#endif /* SMGR_H */
