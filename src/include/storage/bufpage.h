/*
 * bufpage.h
 *		Pages of tables and indexes, as PostgreSQL lays them out.
 *
 * There are no such pages here, since the tables are SQLite's: each function raises ERROR 0A000 with its name. The
 * macros that look into a page of the caller's work.
 */
#ifndef BUFPAGE_H
#define BUFPAGE_H

#include "postgres.h"

#include "access/xlogdefs.h"
#include "storage/block.h"
#include "storage/item.h"
#include "storage/off.h"

PG_BEGIN_EXTERN_C

typedef Pointer Page;
typedef uint16 LocationIndex;

typedef struct
{
	uint32 xlogid;
	uint32 xrecoff;
} PageXLogRecPtr;

typedef struct PageHeaderData
{
	PageXLogRecPtr pd_lsn;
	uint16 pd_checksum;
	uint16 pd_flags;
	LocationIndex pd_lower;
	LocationIndex pd_upper;
	LocationIndex pd_special;
	uint16 pd_pagesize_version;
	TransactionId pd_prune_xid;
	ItemIdData pd_linp[FLEXIBLE_ARRAY_MEMBER];
} PageHeaderData;

typedef PageHeaderData *PageHeader;

#define PD_HAS_FREE_LINES 0x0001
#define PD_PAGE_FULL 0x0002
#define PD_ALL_VISIBLE 0x0004
#define PD_VALID_FLAG_BITS 0x0007
#define PG_PAGE_LAYOUT_VERSION 4
#define PG_DATA_CHECKSUM_VERSION 1
#define PAI_OVERWRITE (1 << 0)
#define PAI_IS_HEAP (1 << 1)
#define PIV_LOG_WARNING (1 << 0)
#define PIV_REPORT_STAT (1 << 1)

#define SizeOfPageHeaderData (offsetof(PageHeaderData, pd_linp))
#define PG_PAGE(page) ((PageHeader) (page))
#define PageIsValid(page) PointerIsValid(page)
#define PageIsNew(page) (PG_PAGE(page)->pd_upper == 0)
#define PageIsEmpty(page) (PG_PAGE(page)->pd_lower <= SizeOfPageHeaderData)
#define PageGetItemId(page, offsetNumber) ((ItemId) &PG_PAGE(page)->pd_linp[(offsetNumber) -1])
#define PageGetContents(page) ((char *) (page) + MAXALIGN(SizeOfPageHeaderData))
#define PageGetPageSize(page) ((Size) (PG_PAGE(page)->pd_pagesize_version & 0xFF00))
#define PageGetPageLayoutVersion(page) (PG_PAGE(page)->pd_pagesize_version & 0x00FF)
#define PageGetSpecialSize(page) ((uint16) (PageGetPageSize(page) - PG_PAGE(page)->pd_special))
#define PageGetSpecialPointer(page) ((char *) (page) + PG_PAGE(page)->pd_special)
#define PageGetItem(page, itemId) ((Item) ((char *) (page) + ItemIdGetOffset(itemId)))
#define PageGetMaxOffsetNumber(page)                                 \
	((OffsetNumber) (PG_PAGE(page)->pd_lower <= SizeOfPageHeaderData \
						 ? 0                                         \
						 : (PG_PAGE(page)->pd_lower - SizeOfPageHeaderData) / sizeof(ItemIdData)))
#define PageGetLSN(page) \
	((uint64) PG_PAGE(page)->pd_lsn.xlogid << 32 | PG_PAGE(page)->pd_lsn.xrecoff)
#define PageIsAllVisible(page) (PG_PAGE(page)->pd_flags & PD_ALL_VISIBLE)
#define PageAddItem(page, item, size, offsetNumber, overwrite, is_heap) \
	PageAddItemExtended(page, item, size, offsetNumber,                 \
						((overwrite) ? PAI_OVERWRITE : 0) | ((is_heap) ? PAI_IS_HEAP : 0))
#define PageIsVerified(page, blkno) \
	PageIsVerifiedExtended(page, blkno, PIV_LOG_WARNING | PIV_REPORT_STAT)

extern void PageInit(Page page, Size pageSize, Size specialSize);
extern bool PageIsVerifiedExtended(Page page, BlockNumber blkno, int flags);
extern OffsetNumber PageAddItemExtended(Page page, Item item, Size size, OffsetNumber offsetNumber,
										int flags);
extern Page PageGetTempPage(Page page);
extern Page PageGetTempPageCopy(Page page);
extern Page PageGetTempPageCopySpecial(Page page);
extern void PageRestoreTempPage(Page tempPage, Page oldPage);
extern void PageRepairFragmentation(Page page);
extern Size PageGetFreeSpace(Page page);
extern Size PageGetFreeSpaceForMultipleTuples(Page page, int ntups);
extern Size PageGetExactFreeSpace(Page page);
extern Size PageGetHeapFreeSpace(Page page);
extern void PageIndexTupleDelete(Page page, OffsetNumber offset);
extern void PageIndexMultiDelete(Page page, OffsetNumber *itemnos, int nitems);
extern bool PageIndexTupleOverwrite(Page page, OffsetNumber offnum, Item newtup, Size newsize);
extern char *PageSetChecksumCopy(Page page, BlockNumber blkno);
extern void PageSetChecksumInplace(Page page, BlockNumber blkno);

PG_END_EXTERN_C

#endif /* BUFPAGE_H */
