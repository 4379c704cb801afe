/*
 * rows_partitions.cpp
 *		What a table is a partition of: nothing, since there are no partitions.
 *
 * Backends and workers.
 */
#include "catalog/pg_type_d.h"
#include "catalog/rows.h"

namespace pg
{
namespace
{

constexpr RowColumn kAncestorColumns[] = {{"relid", REGCLASSOID}};

class NoRows final : public RowCursor
{
public:
	bool next() override { return false; }
	Value column(int) override { return Value::Null(); }
};

std::unique_ptr<RowCursor>
open_ancestors(std::span<const Value>)
{
	return std::make_unique<NoRows>();
}

} /* namespace */

const RowSource kPartitionAncestorsSource = {"pg_catalog.pg_partition_ancestors", kAncestorColumns,
											 1, open_ancestors};

} /* namespace pg */
