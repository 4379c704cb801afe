/*
 * catalog/rows_locks.cpp
 *		pg_locks: heavyweight locks and the write locks of databases, held and waited for.
 *
 * Backends and workers.  A write lock is shown as what it is in PostgreSQL's terms: an exclusive lock
 * of the object "database" (classid pg_database); object 0 stands for the shared catalogs.
 */
#include <string>
#include <vector>

#include "catalog/pg_type_d.h"
#include "catalog/rows.h"
#include "catalog/write.h"
#include "storage/lmgr/heavy_lock.h"
#include "storage/lmgr/write_lock.h"
#include "storage/proc.h"
#include "storage/procarray.h"

namespace pg
{
namespace
{

constexpr int kMaxEntries = 4096;

constexpr RowColumn kLockColumns[] = {
	{"locktype", TEXTOID},
	{"database", OIDOID},
	{"relation", OIDOID},
	{"page", INT4OID},
	{"tuple", INT2OID},
	{"virtualxid", TEXTOID},
	{"transactionid", XIDOID},
	{"classid", OIDOID},
	{"objid", OIDOID},
	{"objsubid", INT2OID},
	{"virtualtransaction", TEXTOID},
	{"pid", INT4OID},
	{"mode", TEXTOID},
	{"granted", BOOLOID},
	{"fastpath", BOOLOID},
	{"waitstart", TIMESTAMPTZOID},
};

/* One mode, held or waited for. */
struct LockRow
{
	LOCKTAG tag;
	LOCKMODE mode;
	bool granted;
	int pid;
	BackendId backend;
	LocalTransactionId lxid;
	TimestampTz wait_start;
};

void
add_write_locks(std::vector<LockRow> &rows)
{
	std::vector<WriteLockEntry> entries(kMaxEntries);

	entries.resize(static_cast<size_t>(SnapshotWriteLocks(entries.data(), kMaxEntries)));
	for (const WriteLockEntry &entry : entries)
	{
		const PGPROC *const proc = BackendPidGetProc(entry.pid);
		LockRow row{.tag = {},
					.mode = ExclusiveLock,
					.granted = entry.granted,
					.pid = entry.pid,
					.backend = proc != nullptr ? proc->backendId : InvalidBackendId,
					.lxid = proc != nullptr ? proc->lxid : InvalidLocalTransactionId,
					.wait_start = entry.wait_start};

		SET_LOCKTAG_OBJECT(row.tag, InvalidOid, kPgDatabaseOid, entry.database, 0);
		rows.push_back(row);
	}
}

void
add_locks(std::vector<LockRow> &rows)
{
	for (const LockInstanceData &lock : SnapshotLocks())
	{
		LockRow row{.tag = lock.locktag,
					.mode = NoLock,
					.granted = true,
					.pid = lock.pid,
					.backend = lock.backend,
					.lxid = lock.lxid,
					.wait_start = 0};

		for (row.mode = 1; row.mode <= MaxLockMode; row.mode++)
			if ((lock.holdMask & LOCKBIT_ON(row.mode)) != 0)
				rows.push_back(row);
		row.mode = lock.waitLockMode;
		row.granted = false;
		row.wait_start = lock.waitStart;
		if (row.mode != NoLock)
			rows.push_back(row);
	}
}

class LocksCursor : public RowCursor
{
public:
	LocksCursor()
	{
		add_write_locks(rows_);
		add_locks(rows_);
	}

	bool next() override { return ++current_ < rows_.size(); }

	Value column(int i) override
	{
		const LockRow &row = rows_[current_];

		switch (i)
		{
			case 0: return Value::Text(LockTagTypeNames[row.tag.locktag_type]);
			case 10:
				transaction_ = std::to_string(row.backend) + "/" + std::to_string(row.lxid);
				return Value::Text(transaction_);
			case 11: return Value::Int(row.pid);
			case 12: return Value::Text(GetLockmodeName(DEFAULT_LOCKMETHOD, row.mode));
			case 13: return Value::Bool(row.granted);
			case 14: return Value::Bool(false);
			case 15: return row.wait_start == 0 ? Value::Null() : Value::Int(row.wait_start);
			default: return tag_column(row.tag, i);
		}
	}

private:
	/* What the fields of a tag mean depends on its type. */
	static Value tag_column(const LOCKTAG &tag, int i)
	{
		const bool is_relation =
			tag.locktag_type <= LOCKTAG_TUPLE && tag.locktag_type != LOCKTAG_DATABASE_FROZEN_IDS;
		const bool is_object = tag.locktag_type >= LOCKTAG_OBJECT;

		switch (i)
		{
			case 1:
				if (is_relation || is_object || tag.locktag_type == LOCKTAG_DATABASE_FROZEN_IDS)
					return Value::Int(tag.locktag_field1);
				break;
			case 2:
				if (is_relation)
					return Value::Int(tag.locktag_field2);
				break;
			case 3:
				if (tag.locktag_type == LOCKTAG_PAGE || tag.locktag_type == LOCKTAG_TUPLE)
					return Value::Int(tag.locktag_field3);
				break;
			case 4:
				if (tag.locktag_type == LOCKTAG_TUPLE)
					return Value::Int(tag.locktag_field4);
				break;
			case 6:
				if (tag.locktag_type == LOCKTAG_TRANSACTION)
					return Value::Int(tag.locktag_field1);
				break;
			case 7:
				if (is_object)
					return Value::Int(tag.locktag_field2);
				break;
			case 8:
				if (is_object)
					return Value::Int(tag.locktag_field3);
				break;
			case 9:
				if (is_object)
					return Value::Int(tag.locktag_field4);
				break;
			default: break;
		}
		return Value::Null();
	}

	std::vector<LockRow> rows_;
	std::string transaction_;
	size_t current_ = static_cast<size_t>(-1);
};

std::unique_ptr<RowCursor>
open_locks(std::span<const Value>)
{
	return std::make_unique<LocksCursor>();
}

} /* namespace */

const RowSource kLocksSource = {"pg_catalog.pg_locks", kLockColumns, 0, open_locks};

} /* namespace pg */
