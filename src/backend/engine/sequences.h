/*
 * engine/sequences.h
 *		The values of sequences: records that no transaction guards.
 *
 * A sequence's definition lies in the catalogs and is transactional; how far it has been used lies here,
 * in one record for each sequence of a database, and is neither rolled back nor kept waiting by the
 * database's write lock.  The protocol is in sqlite/README.md.  Backends and workers with a database.
 */
#pragma once

#include <functional>

#include "postgres.h"

namespace pg
{

struct SequenceState
{
	int64 last = 1;		 /* given last; with !is_called the one to give next */
	int64 reserved = 1;	 /* as far as values may be given without a durable write */
	int64 increment = 1; /* with which `reserved` was reckoned */
	uint64 epoch = 0;	 /* of the definition that it was started from */
	bool is_called = false;
};

/* How the changed state is kept: durably where a value beyond `reserved` is about to be given. */
enum class SequenceWrite : uint8_t
{
	None,
	Cached,
	Durable
};

enum class SequenceAccess : uint8_t
{
	Look, /* changes nothing, makes no record */
	Use,
	Overwrite /* whatever is there, damaged or not */
};

/* found: there is a record.  What it raises leaves the record as it was. */
using SequenceBody = std::function<SequenceWrite(SequenceState &state, bool found)>;

class SequenceStore
{
public:
	virtual ~SequenceStore() = default;
	/*
	 * Runs the body while nobody else has the record.  It must not ask for another record.  Raises 53100
	 * and 58030 with the record unchanged; XX001 for a damaged record, unless it is overwritten; 42P01
	 * when this session used it before and it is gone.
	 */
	virtual void with_record(Oid sequence, SequenceAccess access, const SequenceBody &body) = 0;
	/* After the commit that dropped the sequence is durable. Logs what it cannot do. */
	virtual void forget(Oid sequence) noexcept = 0;
	/* How many values of the usual step a durable write reserves. */
	virtual int reserve_ahead() const = 0;
};

} /* namespace pg */
