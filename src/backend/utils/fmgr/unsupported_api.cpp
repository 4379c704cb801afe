/*
 * utils/fmgr/unsupported_api.cpp
 *		Functions of the C API that cannot exist here: declared, so that a module which names them loads, and refused when called.
 *
 * Any process.  One line a function, by header.  No header that declares one of them may be included here: a call never
 * comes back, so that parameters and result do not matter, and are not repeated.
 *
 * src/test/api checks that each name is declared, and that a call of it raises 0A000 with the name.
 */
#include "utils/error/report.h"
#include "utils/error/wall.h"

#define PG_NOT_HERE(name)                                \
	extern "C" void name()                               \
	{                                                    \
		pg::FromC([] { pg::RaiseNotSupported(#name); }); \
	}                                                    \
	static_assert(true)

/* access/commit_ts.h */
PG_NOT_HERE(GetLatestCommitTsData);
PG_NOT_HERE(TransactionIdGetCommitTsData);

/* access/genam.h */
PG_NOT_HERE(BuildIndexValueDescription);
PG_NOT_HERE(index_beginscan);
PG_NOT_HERE(index_endscan);
PG_NOT_HERE(index_fetch_heap);
PG_NOT_HERE(index_getnext_slot);
PG_NOT_HERE(index_getnext_tid);
PG_NOT_HERE(index_getprocid);
PG_NOT_HERE(index_getprocinfo);
PG_NOT_HERE(index_markpos);
PG_NOT_HERE(index_rescan);
PG_NOT_HERE(index_restrpos);

/* access/heapam.h */
PG_NOT_HERE(FreeBulkInsertState);
PG_NOT_HERE(GetBulkInsertState);
PG_NOT_HERE(HeapTupleSatisfiesVacuum);
PG_NOT_HERE(HeapTupleSatisfiesVisibility);
PG_NOT_HERE(ReleaseBulkInsertStatePin);
PG_NOT_HERE(heap_fetch);
PG_NOT_HERE(heap_getnextslot);
PG_NOT_HERE(heap_insert);
PG_NOT_HERE(heap_multi_insert);

/* access/heaptoast.h */
PG_NOT_HERE(heap_fetch_toast_slice);
PG_NOT_HERE(heap_toast_delete);
PG_NOT_HERE(heap_toast_insert_or_update);
PG_NOT_HERE(toast_build_flattened_tuple);
PG_NOT_HERE(toast_flatten_tuple_to_datum);

/* access/multixact.h */
PG_NOT_HERE(GetMultiXactIdMembers);
PG_NOT_HERE(GetOldestMultiXactId);
PG_NOT_HERE(MultiXactIdCreate);
PG_NOT_HERE(MultiXactIdExpand);
PG_NOT_HERE(MultiXactIdIsRunning);
PG_NOT_HERE(MultiXactIdPrecedes);
PG_NOT_HERE(MultiXactIdPrecedesOrEquals);
PG_NOT_HERE(ReadMultiXactIdRange);
PG_NOT_HERE(ReadNextMultiXactId);

/* access/parallel.h */
PG_NOT_HERE(CreateParallelContext);
PG_NOT_HERE(DestroyParallelContext);
PG_NOT_HERE(InitializeParallelDSM);
PG_NOT_HERE(LaunchParallelWorkers);
PG_NOT_HERE(ReinitializeParallelDSM);
PG_NOT_HERE(WaitForParallelWorkersToAttach);
PG_NOT_HERE(WaitForParallelWorkersToFinish);

/* access/toast_internals.h */
PG_NOT_HERE(init_toast_snapshot);
PG_NOT_HERE(toast_close_indexes);
PG_NOT_HERE(toast_compress_datum);
PG_NOT_HERE(toast_delete_datum);
PG_NOT_HERE(toast_get_valid_index);
PG_NOT_HERE(toast_open_indexes);
PG_NOT_HERE(toast_save_datum);

/* access/transam.h */
PG_NOT_HERE(TransactionIdDidAbort);
PG_NOT_HERE(TransactionIdDidCommit);

/* access/twophase.h */
PG_NOT_HERE(EndPrepare);
PG_NOT_HERE(FinishPreparedTransaction);
PG_NOT_HERE(LookupGXact);
PG_NOT_HERE(MarkAsPreparing);
PG_NOT_HERE(StartPrepare);
PG_NOT_HERE(TwoPhaseGetDummyBackendId);
PG_NOT_HERE(TwoPhaseGetDummyProc);

/* access/visibilitymap.h */
PG_NOT_HERE(visibilitymap_clear);
PG_NOT_HERE(visibilitymap_count);
PG_NOT_HERE(visibilitymap_get_status);
PG_NOT_HERE(visibilitymap_pin);
PG_NOT_HERE(visibilitymap_pin_ok);
PG_NOT_HERE(visibilitymap_prepare_truncate);
PG_NOT_HERE(visibilitymap_set);

/* access/xact.h */
PG_NOT_HERE(GetCurrentTransactionId);
PG_NOT_HERE(GetTopTransactionId);

/* access/xlog.h */
PG_NOT_HERE(CreateCheckPoint);
PG_NOT_HERE(GetFakeLSNForUnloggedRel);
PG_NOT_HERE(GetFlushRecPtr);
PG_NOT_HERE(GetInsertRecPtr);
PG_NOT_HERE(GetRedoRecPtr);
PG_NOT_HERE(GetWALInsertionTimeLine);
PG_NOT_HERE(GetXLogInsertRecPtr);
PG_NOT_HERE(GetXLogWriteRecPtr);
PG_NOT_HERE(XLogFlush);
PG_NOT_HERE(XLogNeedsFlush);
PG_NOT_HERE(XLogRestorePoint);

/* access/xloginsert.h */
PG_NOT_HERE(XLogBeginInsert);
PG_NOT_HERE(XLogCheckBufferNeedsBackup);
PG_NOT_HERE(XLogEnsureRecordSpace);
PG_NOT_HERE(XLogInsert);
PG_NOT_HERE(XLogRegisterBlock);
PG_NOT_HERE(XLogRegisterBufData);
PG_NOT_HERE(XLogRegisterBuffer);
PG_NOT_HERE(XLogRegisterData);
PG_NOT_HERE(XLogResetInsertion);
PG_NOT_HERE(XLogSaveBufferForHint);
PG_NOT_HERE(XLogSetRecordFlags);
PG_NOT_HERE(log_newpage);
PG_NOT_HERE(log_newpage_buffer);
PG_NOT_HERE(log_newpage_range);
PG_NOT_HERE(log_newpages);

/* access/xlogreader.h */
PG_NOT_HERE(WALRead);
PG_NOT_HERE(XLogBeginRead);
PG_NOT_HERE(XLogFindNextRecord);
PG_NOT_HERE(XLogNextRecord);
PG_NOT_HERE(XLogReadRecord);
PG_NOT_HERE(XLogReaderAllocate);
PG_NOT_HERE(XLogReaderFree);
PG_NOT_HERE(XLogRecGetBlockData);
PG_NOT_HERE(XLogRecGetBlockTag);
PG_NOT_HERE(XLogRecGetBlockTagExtended);
PG_NOT_HERE(XLogRecGetFullXid);

/* access/xlogrecovery.h */
PG_NOT_HERE(GetCurrentChunkReplayStartTime);
PG_NOT_HERE(GetCurrentReplayRecPtr);
PG_NOT_HERE(GetXLogReceiptTime);
PG_NOT_HERE(GetXLogReplayRecPtr);
PG_NOT_HERE(SetRecoveryPause);

/* access/xlogutils.h */
PG_NOT_HERE(CreateFakeRelcacheEntry);
PG_NOT_HERE(FreeFakeRelcacheEntry);
PG_NOT_HERE(XLogReadBufferExtended);
PG_NOT_HERE(XLogReadDetermineTimeline);
PG_NOT_HERE(read_local_xlog_page);
PG_NOT_HERE(read_local_xlog_page_no_wait);
PG_NOT_HERE(wal_segment_close);
PG_NOT_HERE(wal_segment_open);

/* catalog/dependency.h */
PG_NOT_HERE(add_exact_object_address);
PG_NOT_HERE(changeDependenciesOf);
PG_NOT_HERE(changeDependencyFor);
PG_NOT_HERE(changeDependencyOnOwner);
PG_NOT_HERE(deleteDependencyRecordsFor);
PG_NOT_HERE(deleteDependencyRecordsForClass);
PG_NOT_HERE(deleteDependencyRecordsForSpecific);
PG_NOT_HERE(deleteSharedDependencyRecordsFor);
PG_NOT_HERE(free_object_addresses);
PG_NOT_HERE(getExtensionOfObject);
PG_NOT_HERE(getObjectClass);
PG_NOT_HERE(new_object_addresses);
PG_NOT_HERE(object_address_present);
PG_NOT_HERE(performDeletion);
PG_NOT_HERE(performMultipleDeletions);
PG_NOT_HERE(recordDependencyOn);
PG_NOT_HERE(recordDependencyOnCurrentExtension);
PG_NOT_HERE(recordMultipleDependencies);
PG_NOT_HERE(recordSharedDependencyOn);
PG_NOT_HERE(record_object_address_dependencies);

/* catalog/heap.h */
PG_NOT_HERE(heap_create_with_catalog);
PG_NOT_HERE(heap_drop_with_catalog);
PG_NOT_HERE(heap_truncate);
PG_NOT_HERE(heap_truncate_check_FKs);
PG_NOT_HERE(heap_truncate_find_FKs);
PG_NOT_HERE(heap_truncate_one_rel);

/* catalog/index.h */
PG_NOT_HERE(BuildIndexInfo);
PG_NOT_HERE(FormIndexDatum);
PG_NOT_HERE(index_build);
PG_NOT_HERE(index_create);
PG_NOT_HERE(index_drop);
PG_NOT_HERE(index_set_state_flags);
PG_NOT_HERE(reindex_index);
PG_NOT_HERE(reindex_relation);

/* catalog/toasting.h */
PG_NOT_HERE(AlterTableCreateToastTable);
PG_NOT_HERE(NewHeapCreateToastTable);
PG_NOT_HERE(NewRelationCreateToastTable);

/* commands/cluster.h */
PG_NOT_HERE(check_index_is_clusterable);
PG_NOT_HERE(cluster_rel);
PG_NOT_HERE(finish_heap_swap);
PG_NOT_HERE(make_new_heap);
PG_NOT_HERE(mark_index_clustered);

/* commands/comment.h */
PG_NOT_HERE(CommentObject);
PG_NOT_HERE(CreateComments);
PG_NOT_HERE(DeleteComments);
PG_NOT_HERE(GetComment);

/* commands/defrem.h */
PG_NOT_HERE(ChooseRelationName);
PG_NOT_HERE(GetDefaultOpClass);
PG_NOT_HERE(get_am_name);
PG_NOT_HERE(get_am_oid);
PG_NOT_HERE(get_index_am_oid);
PG_NOT_HERE(get_table_am_oid);

/* commands/explain.h */
PG_NOT_HERE(ExplainOnePlan);
PG_NOT_HERE(ExplainOneUtility);

/* commands/prepare.h */
PG_NOT_HERE(DropAllPreparedStatements);
PG_NOT_HERE(DropPreparedStatement);
PG_NOT_HERE(FetchPreparedStatement);

/* commands/seclabel.h */
PG_NOT_HERE(DeleteSecurityLabel);
PG_NOT_HERE(GetSecurityLabel);
PG_NOT_HERE(SetSecurityLabel);
PG_NOT_HERE(register_label_provider);

/* commands/tablecmds.h */
PG_NOT_HERE(AlterTableInternal);
PG_NOT_HERE(RangeVarCallbackOwnsRelation);
PG_NOT_HERE(RangeVarCallbackOwnsTable);
PG_NOT_HERE(RenameRelationInternal);
PG_NOT_HERE(ResetRelRewrite);
PG_NOT_HERE(SetRelationHasSubclass);
PG_NOT_HERE(SetRelationTableSpace);

/* commands/vacuum.h */
PG_NOT_HERE(analyze_rel);
PG_NOT_HERE(std_typanalyze);
PG_NOT_HERE(vac_close_indexes);
PG_NOT_HERE(vac_estimate_reltuples);
PG_NOT_HERE(vac_open_indexes);
PG_NOT_HERE(vac_update_relstats);
PG_NOT_HERE(vacuum);
PG_NOT_HERE(vacuum_open_relation);

/* common/relpath.h */
PG_NOT_HERE(GetDatabasePath);
PG_NOT_HERE(GetRelationPath);

/* executor/executor.h */
PG_NOT_HERE(ExecCloseIndices);
PG_NOT_HERE(ExecInsertIndexTuples);
PG_NOT_HERE(ExecOpenIndices);
PG_NOT_HERE(InitResultRelInfo);

/* optimizer/optimizer.h */
PG_NOT_HERE(contain_mutable_functions);
PG_NOT_HERE(contain_volatile_functions);
PG_NOT_HERE(plan_cluster_use_sort);
PG_NOT_HERE(pull_var_clause);

/* replication/decode.h */
PG_NOT_HERE(LogicalDecodingProcessRecord);

/* replication/logical.h */
PG_NOT_HERE(CheckLogicalDecodingRequirements);
PG_NOT_HERE(CreateDecodingContext);
PG_NOT_HERE(CreateInitDecodingContext);
PG_NOT_HERE(DecodingContextFindStartpoint);
PG_NOT_HERE(DecodingContextReady);
PG_NOT_HERE(FreeDecodingContext);
PG_NOT_HERE(LogicalConfirmReceivedLocation);
PG_NOT_HERE(LogicalIncreaseRestartDecodingForSlot);
PG_NOT_HERE(LogicalIncreaseXminForSlot);
PG_NOT_HERE(ResetLogicalStreamingState);
PG_NOT_HERE(UpdateDecodingStats);

/* replication/message.h */
PG_NOT_HERE(LogLogicalMessage);

/* replication/origin.h */
PG_NOT_HERE(replorigin_advance);
PG_NOT_HERE(replorigin_by_name);
PG_NOT_HERE(replorigin_by_oid);
PG_NOT_HERE(replorigin_create);
PG_NOT_HERE(replorigin_drop_by_name);
PG_NOT_HERE(replorigin_get_progress);
PG_NOT_HERE(replorigin_session_advance);
PG_NOT_HERE(replorigin_session_get_progress);
PG_NOT_HERE(replorigin_session_reset);
PG_NOT_HERE(replorigin_session_setup);

/* replication/output_plugin.h */
PG_NOT_HERE(OutputPluginPrepareWrite);
PG_NOT_HERE(OutputPluginUpdateProgress);
PG_NOT_HERE(OutputPluginWrite);

/* replication/reorderbuffer.h */
PG_NOT_HERE(ReorderBufferGetChange);
PG_NOT_HERE(ReorderBufferGetOldestTXN);
PG_NOT_HERE(ReorderBufferGetOldestXmin);
PG_NOT_HERE(ReorderBufferGetTupleBuf);
PG_NOT_HERE(ReorderBufferReturnChange);
PG_NOT_HERE(ReorderBufferReturnTupleBuf);

/* replication/slot.h */
PG_NOT_HERE(CheckSlotPermissions);
PG_NOT_HERE(CheckSlotRequirements);
PG_NOT_HERE(ReplicationSlotAcquire);
PG_NOT_HERE(ReplicationSlotCreate);
PG_NOT_HERE(ReplicationSlotDrop);
PG_NOT_HERE(ReplicationSlotIndex);
PG_NOT_HERE(ReplicationSlotMarkDirty);
PG_NOT_HERE(ReplicationSlotName);
PG_NOT_HERE(ReplicationSlotPersist);
PG_NOT_HERE(ReplicationSlotRelease);
PG_NOT_HERE(ReplicationSlotReserveWal);
PG_NOT_HERE(ReplicationSlotSave);
PG_NOT_HERE(ReplicationSlotValidateName);
PG_NOT_HERE(ReplicationSlotsComputeLogicalRestartLSN);
PG_NOT_HERE(ReplicationSlotsComputeRequiredLSN);
PG_NOT_HERE(ReplicationSlotsComputeRequiredXmin);
PG_NOT_HERE(ReplicationSlotsDropDBSlots);

/* replication/snapbuild.h */
PG_NOT_HERE(AllocateSnapshotBuilder);
PG_NOT_HERE(FreeSnapshotBuilder);
PG_NOT_HERE(SnapBuildClearExportedSnapshot);
PG_NOT_HERE(SnapBuildCurrentState);
PG_NOT_HERE(SnapBuildExportSnapshot);
PG_NOT_HERE(SnapBuildGetOrBuildSnapshot);
PG_NOT_HERE(SnapBuildInitialSnapshot);
PG_NOT_HERE(SnapBuildXactNeedsSkip);

/* replication/walreceiver.h */
PG_NOT_HERE(GetReplicationApplyDelay);
PG_NOT_HERE(GetReplicationTransferLatency);
PG_NOT_HERE(GetWalRcvFlushRecPtr);
PG_NOT_HERE(GetWalRcvWriteRecPtr);

/* storage/buf_internals.h */
PG_NOT_HERE(LockBufHdr);

/* storage/bufmgr.h */
PG_NOT_HERE(BufferGetBlockNumber);
PG_NOT_HERE(BufferGetLSNAtomic);
PG_NOT_HERE(BufferGetTag);
PG_NOT_HERE(BufferIsPermanent);
PG_NOT_HERE(ConditionalLockBuffer);
PG_NOT_HERE(ConditionalLockBufferForCleanup);
PG_NOT_HERE(DropDatabaseBuffers);
PG_NOT_HERE(DropRelFileNodeBuffers);
PG_NOT_HERE(DropRelFileNodesAllBuffers);
PG_NOT_HERE(FlushDatabaseBuffers);
PG_NOT_HERE(FlushOneBuffer);
PG_NOT_HERE(FlushRelationBuffers);
PG_NOT_HERE(FlushRelationsAllBuffers);
PG_NOT_HERE(FreeAccessStrategy);
PG_NOT_HERE(GetAccessStrategy);
PG_NOT_HERE(IncrBufferRefCount);
PG_NOT_HERE(IsBufferCleanupOK);
PG_NOT_HERE(LockBuffer);
PG_NOT_HERE(LockBufferForCleanup);
PG_NOT_HERE(MarkBufferDirty);
PG_NOT_HERE(MarkBufferDirtyHint);
PG_NOT_HERE(PgNoBlock);
PG_NOT_HERE(PrefetchBuffer);
PG_NOT_HERE(PrefetchSharedBuffer);
PG_NOT_HERE(ReadBuffer);
PG_NOT_HERE(ReadBufferExtended);
PG_NOT_HERE(ReadBufferWithoutRelcache);
PG_NOT_HERE(ReadRecentBuffer);
PG_NOT_HERE(RelationGetNumberOfBlocksInFork);
PG_NOT_HERE(ReleaseAndReadBuffer);
PG_NOT_HERE(ReleaseBuffer);
PG_NOT_HERE(UnlockReleaseBuffer);

/* storage/bufpage.h */
PG_NOT_HERE(PageAddItemExtended);
PG_NOT_HERE(PageGetExactFreeSpace);
PG_NOT_HERE(PageGetFreeSpace);
PG_NOT_HERE(PageGetFreeSpaceForMultipleTuples);
PG_NOT_HERE(PageGetHeapFreeSpace);
PG_NOT_HERE(PageGetTempPage);
PG_NOT_HERE(PageGetTempPageCopy);
PG_NOT_HERE(PageGetTempPageCopySpecial);
PG_NOT_HERE(PageIndexMultiDelete);
PG_NOT_HERE(PageIndexTupleDelete);
PG_NOT_HERE(PageIndexTupleOverwrite);
PG_NOT_HERE(PageInit);
PG_NOT_HERE(PageIsVerifiedExtended);
PG_NOT_HERE(PageRepairFragmentation);
PG_NOT_HERE(PageRestoreTempPage);
PG_NOT_HERE(PageSetChecksumCopy);
PG_NOT_HERE(PageSetChecksumInplace);

/* storage/freespace.h */
PG_NOT_HERE(FreeSpaceMapVacuum);
PG_NOT_HERE(FreeSpaceMapVacuumRange);
PG_NOT_HERE(GetPageWithFreeSpace);
PG_NOT_HERE(GetRecordedFreeSpace);
PG_NOT_HERE(RecordAndGetPageWithFreeSpace);
PG_NOT_HERE(RecordPageWithFreeSpace);

/* storage/procarray.h */
PG_NOT_HERE(GetOldestActiveTransactionId);
PG_NOT_HERE(GetOldestNonRemovableTransactionId);
PG_NOT_HERE(GetOldestSafeDecodingTransactionId);
PG_NOT_HERE(GetOldestTransactionIdConsideredRunning);

/* storage/read_stream.h */
PG_NOT_HERE(block_range_read_stream_cb);
PG_NOT_HERE(read_stream_begin_relation);
PG_NOT_HERE(read_stream_begin_smgr_relation);
PG_NOT_HERE(read_stream_end);
PG_NOT_HERE(read_stream_next_block);
PG_NOT_HERE(read_stream_next_buffer);
PG_NOT_HERE(read_stream_reset);

/* storage/smgr.h */
PG_NOT_HERE(smgrclearowner);
PG_NOT_HERE(smgrclose);
PG_NOT_HERE(smgrcloseall);
PG_NOT_HERE(smgrclosenode);
PG_NOT_HERE(smgrcreate);
PG_NOT_HERE(smgrdosyncall);
PG_NOT_HERE(smgrdounlinkall);
PG_NOT_HERE(smgrexists);
PG_NOT_HERE(smgrextend);
PG_NOT_HERE(smgrimmedsync);
PG_NOT_HERE(smgrnblocks);
PG_NOT_HERE(smgrnblocks_cached);
PG_NOT_HERE(smgropen);
PG_NOT_HERE(smgrprefetch);
PG_NOT_HERE(smgrread);
PG_NOT_HERE(smgrrelease);
PG_NOT_HERE(smgrsetowner);
PG_NOT_HERE(smgrtruncate);
PG_NOT_HERE(smgrwrite);
PG_NOT_HERE(smgrwriteback);

/* utils/datetime.h */
PG_NOT_HERE(DecodeDateTime);
PG_NOT_HERE(ParseDateTime);

/* utils/guc_tables.h */
PG_NOT_HERE(get_explain_guc_options);
PG_NOT_HERE(get_guc_variables);

/* utils/lsyscache.h */
PG_NOT_HERE(get_opfamily_member);
PG_NOT_HERE(get_opfamily_proc);

/* utils/plancache.h */
PG_NOT_HERE(DropCachedPlan);

/* utils/rel.h */
PG_NOT_HERE(RelationGetSmgr);

/* utils/relfilenodemap.h */
PG_NOT_HERE(RelidByRelfilenode);

/* utils/relfilenumbermap.h */
PG_NOT_HERE(RelidByRelfilenumber);

/* utils/snapmgr.h */
PG_NOT_HERE(EstimateSnapshotSpace);
PG_NOT_HERE(RestoreSnapshot);
PG_NOT_HERE(SerializeSnapshot);

/* utils/sortsupport.h */
PG_NOT_HERE(PrepareSortSupportFromIndexRel);
PG_NOT_HERE(PrepareSortSupportFromOrderingOp);

/* utils/tuplesort.h */
PG_NOT_HERE(tuplesort_begin_cluster);
PG_NOT_HERE(tuplesort_begin_datum);
PG_NOT_HERE(tuplesort_begin_heap);
PG_NOT_HERE(tuplesort_begin_index_btree);
PG_NOT_HERE(tuplesort_end);
PG_NOT_HERE(tuplesort_get_stats);
PG_NOT_HERE(tuplesort_getdatum);
PG_NOT_HERE(tuplesort_getheaptuple);
PG_NOT_HERE(tuplesort_gettupleslot);
PG_NOT_HERE(tuplesort_markpos);
PG_NOT_HERE(tuplesort_performsort);
PG_NOT_HERE(tuplesort_putdatum);
PG_NOT_HERE(tuplesort_putheaptuple);
PG_NOT_HERE(tuplesort_puttupleslot);
PG_NOT_HERE(tuplesort_rescan);
PG_NOT_HERE(tuplesort_reset);
PG_NOT_HERE(tuplesort_restorepos);
PG_NOT_HERE(tuplesort_set_bound);
PG_NOT_HERE(tuplesort_skiptuples);
PG_NOT_HERE(tuplesort_used_bound);
