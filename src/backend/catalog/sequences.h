/*
 * catalog/sequences.h
 *		Definitions of sequences: pg_sequence, what they start from, and which column owns them.
 *
 * The values are not here: access/sequence.h.  Backends and workers with a database, inside a
 * transaction; what writes, inside a writing one.
 */
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "catalog/objects.h"

namespace pg
{

inline constexpr Oid kPgSequenceOid = 2224;

struct SequenceInfo
{
	Oid oid = 0;
	Oid type = 20;
	int64 start = 1, increment = 1, max = 0, min = 1, cache = 1;
	bool cycle = false;
	bool temporary = false;
	/*
	 * From where the values went when the definition was last restarted: a record of an earlier epoch
	 * (or none) begins with it.  Temporary sequences have none: their session knows.
	 */
	uint64 epoch = 0;
	int64 first = 1;
	bool first_is_called = false;
};
using SequencePtr = std::shared_ptr<const SequenceInfo>;

/* Null when there is no such sequence. */
SequencePtr FindSequence(Oid oid);

/* pg_sequence and the start; the relation has been inserted. */
void InsertSequence(const SequenceInfo &sequence);
/* Its options; then, for another epoch, its start. */
void UpdateSequence(const SequenceInfo &sequence);
void SetSequenceStart(Oid oid, uint64 epoch, int64 first, bool is_called);
/* Called by DeleteRelation. */
void DeleteSequence(const RelationInfo &relation);

struct SequenceOwner
{
	Oid table = 0;
	int16 column = 0;
	bool identity = false;
};
/* The column that OWNED BY, serial or an identity names. */
std::optional<SequenceOwner> OwnerOfSequence(Oid sequence);
/* column 0: of any column. */
std::vector<Oid> SequencesOwnedBy(const RelationInfo &table, int16 column);
/* The one behind an identity column; InvalidOid: none. */
Oid IdentitySequence(const RelationInfo &table, int16 column);
/* Takes the place of the owner before; null: nobody owns it. */
void SetSequenceOwner(const RelationInfo &sequence, const SequenceOwner *owner);

/* What stands for a sequence in FROM: the row source below, for one sequence. */
std::string SequenceTable(Oid sequence);
inline constexpr const char *kSequenceSourceName = "postroom.sequence_row";

/* What a default calls to take a value: nextval('16390'::regclass). */
std::string NextvalSql(Oid sequence);

/* SQL for people: a relation that stored SQL names by its OID gets its name back ('16390'::regclass). */
std::string ShownSql(std::string_view stored);

} /* namespace pg */
