/*
 * capi_pages.c
 *		Places of rows, pages made by hand, numbers of transactions and positions in a log: what works on values of the
 *		caller's, without storage below.
 */
#include "capi.h"

#include "access/multixact.h"
#include "access/sdir.h"
#include "access/transam.h"
#include "access/twophase.h"
#include "access/visibilitymap.h"
#include "access/xlog.h"
#include "access/xlog_internal.h"
#include "catalog/pg_class.h"
#include "common/relpath.h"
#include "miscadmin.h"
#include "storage/block.h"
#include "storage/buf_internals.h"
#include "storage/bufmgr.h"
#include "storage/bufpage.h"
#include "storage/fd.h"
#include "storage/itemptr.h"
#include "storage/off.h"
#include "storage/smgr.h"
#include "utils/rel.h"

CAPI_TEST(test_numbers_of_blocks)
{
	const BlockNumber numbers[] = {0, 1, 0xFFFF, 0x10000, 0x12345678, MaxBlockNumber};
	BlockIdData id, copy;
	ItemPointerData place;

	for (size_t i = 0; i < lengthof(numbers); i++)
	{
		BlockIdSet(&id, numbers[i]);
		CHECK(BlockIdIsValid(&id) && BlockIdGetBlockNumber(&id) == numbers[i]);
		BlockIdSet(&copy, 77);
		CHECK(!BlockIdEquals(&id, &copy));
		BlockIdCopy(&copy, &id);
		CHECK(BlockIdEquals(&id, &copy) && BlockNumberIsValid(numbers[i]));
	}
	CHECK(!BlockNumberIsValid(InvalidBlockNumber));
	CHECK(OffsetNumberIsValid(FirstOffsetNumber) && OffsetNumberIsValid(MaxOffsetNumber));
	CHECK(!OffsetNumberIsValid(InvalidOffsetNumber) && !OffsetNumberIsValid(MaxOffsetNumber + 1));
	CHECK(OffsetNumberNext(7) == 8 && OffsetNumberPrev(7) == 6);
	CHECK(OffsetNumberNext(OffsetNumberPrev(FirstOffsetNumber)) == FirstOffsetNumber);
	ItemPointerSet(&place, 3, 4);
	ItemPointerSetInvalid(&place);
	CHECK(!ItemPointerIsValid(&place));
	CHECK(ItemPointerGetBlockNumberNoCheck(&place) == InvalidBlockNumber);
	CHECK(ItemPointerGetOffsetNumberNoCheck(&place) == InvalidOffsetNumber);
}

CAPI_TEST(test_line_pointers)
{
	const struct
	{
		unsigned flags, length;
		bool used, normal, redirected, dead;
	} kinds[] = {
		{LP_UNUSED, 0, false, false, false, false},
		{LP_NORMAL, 28, true, true, false, false},
		{LP_REDIRECT, 0, true, false, true, false},
		{LP_DEAD, 0, true, false, false, true},
	};

	for (size_t i = 0; i < lengthof(kinds); i++)
	{
		ItemIdData id = {8160, kinds[i].flags, kinds[i].length};

		CHECK(ItemIdIsValid(&id) && sizeof(id) == 4);
		CHECK(ItemIdGetFlags(&id) == kinds[i].flags && ItemIdGetLength(&id) == kinds[i].length);
		CHECK(ItemIdGetOffset(&id) == 8160 && ItemIdGetRedirect(&id) == 8160);
		CHECK(ItemIdIsUsed(&id) == kinds[i].used && ItemIdIsNormal(&id) == kinds[i].normal);
		CHECK(ItemIdIsRedirected(&id) == kinds[i].redirected && ItemIdIsDead(&id) == kinds[i].dead);
		CHECK(ItemIdHasStorage(&id) == (kinds[i].length != 0));
	}
}

/* A page with two items and 16 bytes of its access method's at the end, as PostgreSQL would read it from a file. */
CAPI_TEST(test_page_made_by_hand)
{
	PGAlignedBlock block;
	Page page = block.data;
	PageHeader header = (PageHeader) page;

	memset(&block, 0, sizeof(block));
	CHECK(PageIsValid(page) && PageIsNew(page) && PageIsEmpty(page));
	header->pd_pagesize_version = BLCKSZ | PG_PAGE_LAYOUT_VERSION;
	header->pd_lower = SizeOfPageHeaderData;
	header->pd_upper = header->pd_special = BLCKSZ - 16;
	CHECK(!PageIsNew(page) && PageIsEmpty(page) && PageGetMaxOffsetNumber(page) == 0);
	CHECK(PageGetPageSize(page) == BLCKSZ && PageGetPageLayoutVersion(page) == 4);
	CHECK(PageGetSpecialSize(page) == 16 && PageGetSpecialPointer(page) == page + BLCKSZ - 16);
	CHECK(PageGetContents(page) == page + 24);

	header->pd_lower += 2 * sizeof(ItemIdData);
	header->pd_upper -= 8;
	PageGetItemId(page, 2)->lp_off = header->pd_upper;
	strcpy(page + header->pd_upper, "item");
	CHECK(!PageIsEmpty(page) && PageGetMaxOffsetNumber(page) == 2);
	CHECK(strcmp((char *) PageGetItem(page, PageGetItemId(page, 2)), "item") == 0);
	CHECK((char *) PageGetItemId(page, 1) == page + SizeOfPageHeaderData);

	header->pd_lsn.xlogid = 1;
	header->pd_lsn.xrecoff = 2;
	CHECK(PageGetLSN(page) == UINT64CONST(0x100000002));
	CHECK(!PageIsAllVisible(page));
	header->pd_flags |= PD_ALL_VISIBLE;
	CHECK(PageIsAllVisible(page));
}

static RelFileNode
file_of(Oid tablespace, Oid database, Oid relation)
{
	RelFileNode node;

	node.spcNode = tablespace;
	node.dbNode = database;
	node.relNode = relation;
	return node;
}

CAPI_TEST(test_names_of_files_of_relations)
{
	const RelFileNode one = file_of(1663, 5, 16384);
	const RelFileNode others[] = {file_of(1664, 5, 16384), file_of(1663, 6, 16384),
								  file_of(1663, 5, 16385)};
	RelFileNodeBackend lasting, temporary;
	SMgrRelationData files;

	lasting.node = temporary.node = one;
	lasting.backend = InvalidBackendId;
	temporary.backend = 3;
	CHECK(RelFileNodeEquals(one, one));
	for (size_t i = 0; i < lengthof(others); i++)
		CHECK(!RelFileNodeEquals(one, others[i]));
	CHECK(RelFileNodeBackendEquals(lasting, lasting));
	CHECK(!RelFileNodeBackendEquals(lasting, temporary));
	CHECK(RelFileNodeBackendIsTemp(temporary) && !RelFileNodeBackendIsTemp(lasting));
	memset(&files, 0, sizeof(files));
	files.smgr_rnode = temporary;
	CHECK(SmgrIsTemp(&files));
}

/* ---- What is answered where there is no storage below ---- */

CAPI_TEST(test_calls_for_storage_behind_macros)
{
	PGAlignedBlock block;
	Page page = block.data;
	RelFileNodeBackend files;
	Relation relation = NULL;
	Buffer buffer = InvalidBuffer;

	memset(&block, 0, sizeof(block));
	memset(&files, 0, sizeof(files));
#define CHECK_NOT_THERE(call) CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "", (void) (call))
	CHECK_NOT_THERE(PageAddItem(page, page, 8, FirstOffsetNumber, false, true));
	CHECK_NOT_THERE(PageIsVerified(page, 0));
	CHECK_NOT_THERE(RelationGetNumberOfBlocks(relation));
	CHECK_NOT_THERE(BufferGetBlock(buffer));
	CHECK_NOT_THERE(BufferGetPage(buffer));
	CHECK_NOT_THERE(VM_ALL_VISIBLE(relation, 0, &buffer));
	CHECK_NOT_THERE(VM_ALL_FROZEN(relation, 0, &buffer));
	CHECK_NOT_THERE(relpathbackend(files.node, 3, MAIN_FORKNUM));
	CHECK_NOT_THERE(relpathperm(files.node, MAIN_FORKNUM));
	CHECK_NOT_THERE(relpath(files, MAIN_FORKNUM));
#undef CHECK_NOT_THERE
}

CAPI_TEST(test_no_buffers)
{
	BufferDescPadded descriptors[2];
	BufferDesc *second = &descriptors[1].bufferdesc;

	CHECK(BufferIsInvalid(InvalidBuffer) && !BufferIsInvalid(1));
	CHECK(BufferIsLocal(-1) && !BufferIsLocal(InvalidBuffer) && !BufferIsLocal(1));
	CHECK(NBuffers == 0 && !BufferIsValid(1) && !BufferIsValid(-1));
	CHECK(BufferGetPageSize(1) == BLCKSZ && LocalBufferBlockPointers == NULL);
	CHECK(!track_io_timing);

	/* Parts of a header, which a module can only meet as its own. */
	CHECK(BufferDescriptors == NULL);
	BufferDescriptors = descriptors;
	CHECK(GetBufferDescriptor(1) == second);
	BufferDescriptors = NULL;
	second->buf_id = 1;
	CHECK(BufferDescriptorGetBuffer(second) == 2);
	CHECK(BufferDescriptorGetContentLock(second) == &second->content_lock);
	pg_atomic_init_u32(&second->state, 0);
	UnlockBufHdr(second, 3 * BUF_REFCOUNT_ONE | 5 * BUF_USAGECOUNT_ONE | BM_VALID | BM_LOCKED);
	CHECK(BUF_STATE_GET_REFCOUNT(pg_atomic_read_u32(&second->state)) == 3);
	CHECK(BUF_STATE_GET_USAGECOUNT(pg_atomic_read_u32(&second->state)) == 5);
	CHECK((pg_atomic_read_u32(&second->state) & (BM_LOCKED | BM_VALID)) == BM_VALID);
}

/* ---- Transactions and positions ---- */

CAPI_TEST(test_numbers_of_transactions)
{
	FullTransactionId full;

	CHECK(!TransactionIdIsValid(InvalidTransactionId) && TransactionIdIsValid(FrozenTransactionId));
	CHECK(!TransactionIdIsNormal(FrozenTransactionId));
	CHECK(TransactionIdIsNormal(FirstNormalTransactionId));
	CHECK(TransactionIdEquals(7, 7) && !TransactionIdEquals(7, 8));
	full.value = UINT64CONST(0x700000009);
	CHECK(EpochFromFullTransactionId(full) == 7 && XidFromFullTransactionId(full) == 9);
	CHECK(U64FromFullTransactionId(full) == UINT64CONST(0x700000009));
	CHECK(MultiXactIdIsValid(FirstMultiXactId) && !MultiXactIdIsValid(InvalidMultiXactId));
	CHECK(max_prepared_xacts == 0);
}

CAPI_TEST(test_directions)
{
	const ScanDirection all[] = {BackwardScanDirection, NoMovementScanDirection,
								 ForwardScanDirection};

	for (int i = 0; i < 3; i++)
	{
		CHECK(ScanDirectionIsValid(all[i]) && ScanDirectionIsBackward(all[i]) == (i == 0));
		CHECK(ScanDirectionIsNoMovement(all[i]) == (i == 1));
		CHECK(ScanDirectionIsForward(all[i]) == (i == 2));
	}
	CHECK(!ScanDirectionIsValid((int) ForwardScanDirection + 1));
}

/* Does nothing; stands in a table of a reader's functions. */
static void
close_nothing(XLogReaderState *reader)
{
	(void) reader;
}

CAPI_TEST(test_positions_in_a_log)
{
	const int size = 16 * 1024 * 1024;
	const XLogRecPtr position = UINT64CONST(0x500000000) + 3 * (uint64) size;
	XLogSegNo segment, previous;
	XLogRecPtr back;
	char name[MAXFNAMELEN];

	CHECK(XLogRecPtrIsValid(position) && !XLogRecPtrIsInvalid(position));
	CHECK(XLogRecPtrIsInvalid(InvalidXLogRecPtr) && !XLogRecPtrIsValid(InvalidXLogRecPtr));
	snprintf(name, sizeof(name), "%X/%X", LSN_FORMAT_ARGS(position + 1));
	CHECK(strcmp(name, "5/3000001") == 0);
	CHECK((XL_ROUTINE(NULL, NULL, close_nothing))->segment_close == close_nothing);

	CHECK(XLogSegmentsPerXLogId(size) == 256 && XLogSegmentOffset(position + 5, size) == 5);
	XLByteToSeg(position, segment, size);
	XLByteToPrevSeg(position, previous, size);
	CHECK(segment == 5 * 256 + 3 && previous == segment - 1);
	XLogSegNoOffsetToRecPtr(segment, 7, size, back);
	CHECK(back == position + 7);
	XLogFileName(name, 1, segment, size);
	CHECK(strcmp(name, "000000010000000500000003") == 0);
	CHECK(IsValidWalSegSize(size) && !IsValidWalSegSize(size + 1) && !IsValidWalSegSize(1024));
}

CAPI_TEST(test_state_of_the_log)
{
	CHECK(!RecoveryInProgress() && EnableHotStandby);
	CHECK(wal_level == WAL_LEVEL_REPLICA && wal_retrieve_retry_interval == 5000);
	CHECK(wal_segment_size == 16 * 1024 * 1024);
	CHECK(!XLogLogicalInfoActive() && !FILE_POSSIBLY_DELETED(EACCES));
	CHECK(FILE_POSSIBLY_DELETED(ENOENT));
	/* No rows are ever read from it. */
	CHECK(!XLogIsNeeded() && !XLogHintBitIsNeeded() && !XLogStandbyInfoActive());
}
