/*
 * commands/sequence_commands.h
 *		Sequences that other statements make and change: serial and identity columns.
 *
 * Backends and workers inside a writing transaction.  Only this folder includes it.
 */
#pragma once

#include "catalog/sequences.h"
#include "commands/table_draft.h"

namespace pg::commands
{

/* A sequence for a column of the draft, named after both; it is made with the table. */
void DraftSequence(const Command &command, TableDraft *draft, NamesInUse *names, ColumnInfo *column,
				   Node *const *options, size_t count, bool identity);
/* The same with the options of another sequence. */
void DraftSequenceLike(const SequenceInfo &sequence, TableDraft *draft, NamesInUse *names,
					   ColumnInfo *column, bool identity);
/* Raises 22023 for what no sequence can number. */
void CheckIdentityType(Oid type);
/* Before the table is made, since defaults name it; and afterwards, whose it is. */
void CreateDraftedSequences(const TableDraft &draft);
void OwnDraftedSequences(const TableDraft &draft);

/* ALTER TABLE ... ALTER COLUMN ... SET/RESTART of an identity column. */
void AlterIdentitySequence(const Command &command, Oid sequence, Node *const *options,
						   size_t count);

} /* namespace pg::commands */
