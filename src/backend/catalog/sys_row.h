/*
 * catalog/sys_row.h
 *		A row of a system cache, held for as long as this object lives.
 *
 * For the C++ bodies of the C API.  Backends and workers with a database, inside a transaction.
 */
#pragma once

#include "postgres.h"

#include "access/htup_details.h"
#include "utils/syscache.h"

namespace pg
{

template <typename Form>
class SysRow
{
public:
	explicit SysRow(int cache, Datum key1, Datum key2 = 0, Datum key3 = 0, Datum key4 = 0)
		: cache_(cache), tuple_(SearchSysCache(cache, key1, key2, key3, key4))
	{
	}
	~SysRow()
	{
		if (tuple_ != nullptr)
			ReleaseSysCache(tuple_);
	}
	SysRow(const SysRow &) = delete;
	SysRow &operator=(const SysRow &) = delete;

	explicit operator bool() const { return tuple_ != nullptr; }
	const Form *operator->() const { return reinterpret_cast<const Form *>(GETSTRUCT(tuple_)); }

	/* Any column; nothing to be freed, valid while the row is. */
	Datum column(AttrNumber number, bool *isnull) const
	{
		return SysCacheGetAttr(cache_, tuple_, number, isnull);
	}

private:
	int cache_;
	HeapTuple tuple_;
};

} /* namespace pg */
