/*
 * access/sequence.h
 *		Values of sequences: nextval and its family.
 *
 * Not transactional, except that a sequence made or restarted in a transaction is that transaction's
 * own until it commits (sequence.cpp).  Backends and workers with a database, inside a transaction.
 */
#pragma once

#include "catalog/sequences.h"
#include "engine/sequences.h"

namespace pg
{

/*
 * The SQL functions, on the OID of a relation.  Raise 42809 when it is no sequence, 42501, 2200H at a
 * limit, 22003, 55000, 25006, and what SequenceStore raises.  check_rights: of the current user.
 */
int64 NextSequenceValue(Oid relation, bool check_rights = true);
int64 CurrentSequenceValue(Oid relation);
int64 LastSequenceValue();
void SetSequenceValue(Oid relation, int64 value, bool is_called);

/* What SELECT * FROM sequence shows. */
struct SequenceRow
{
	int64 last = 0;
	int64 log_count = 0;
	bool is_called = false;
};
SequenceRow ReadSequence(const SequenceInfo &sequence);

/* CREATE SEQUENCE, of a first epoch that InsertSequence wrote: the values are this transaction's until it commits. */
void StartSequence(const SequenceInfo &sequence, int64 first, bool is_called);
/* RESTART: the same with another epoch. Followed by CatalogChanged(). */
void RestartSequence(const SequenceInfo &sequence, int64 first);
/* DROP SEQUENCE: its record goes when this transaction commits. */
void EndSequence(const RelationInfo &sequence);
/* ALTER SEQUENCE: values fetched ahead are given no more. DISCARD SEQUENCES: of any, with currval's. */
void ForgetFetchedValues(Oid sequence);
void DiscardSequences();

/* Just before the engine commits: what this transaction's own sequences have given. */
void WriteOwnSequences();

} /* namespace pg */
