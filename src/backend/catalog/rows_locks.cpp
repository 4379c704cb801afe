/*
 * catalog/rows_locks.cpp
 *		pg_locks: the write locks of databases, held and waited for.
 *
 * Backends and workers.  A write lock is shown as what it is in PostgreSQL's terms: an exclusive lock
 * of the object "database" (classid pg_database); object 0 stands for the shared catalogs.
 */
#include <array>

#include "catalog/rows.h"
#include "catalog/write.h"
#include "storage/lmgr/write_lock.h"

namespace pg
{
namespace
{

constexpr Oid kBool = 16, kInt2 = 21, kInt4 = 23, kText = 25, kOid = 26, kXid = 28,
			  kTimestamptz = 1184;
constexpr int kMaxEntries = 4096;

constexpr RowColumn kColumns[] = {
	{"locktype", kText},
	{"database", kOid},
	{"relation", kOid},
	{"page", kInt4},
	{"tuple", kInt2},
	{"virtualxid", kText},
	{"transactionid", kXid},
	{"classid", kOid},
	{"objid", kOid},
	{"objsubid", kInt2},
	{"virtualtransaction", kText},
	{"pid", kInt4},
	{"mode", kText},
	{"granted", kBool},
	{"fastpath", kBool},
	{"waitstart", kTimestamptz},
};

class LocksCursor : public RowCursor
{
public:
	LocksCursor() : entries_(kMaxEntries)
	{
		entries_.resize(static_cast<size_t>(SnapshotWriteLocks(entries_.data(), kMaxEntries)));
	}

	bool next() override { return ++current_ < entries_.size(); }

	Value column(int i) override
	{
		const WriteLockEntry &entry = entries_[current_];

		switch (i)
		{
			case 0: return Value::Text("object");
			case 1: return Value::Int(0);
			case 7: return Value::Int(kPgDatabaseOid);
			case 8: return Value::Int(entry.database);
			case 9: return Value::Int(0);
			case 11: return Value::Int(entry.pid);
			case 12: return Value::Text("ExclusiveLock");
			case 13: return Value::Bool(entry.granted);
			case 14: return Value::Bool(false);
			case 15: return entry.wait_start == 0 ? Value::Null() : Value::Int(entry.wait_start);
			default: return Value::Null();
		}
	}

private:
	std::vector<WriteLockEntry> entries_;
	size_t current_ = static_cast<size_t>(-1);
};

std::unique_ptr<RowCursor>
open_locks(std::span<const Value>)
{
	return std::make_unique<LocksCursor>();
}

} /* namespace */

const RowSource kLocksSource = {"pg_catalog.pg_locks", kColumns, 0, open_locks};

} /* namespace pg */
