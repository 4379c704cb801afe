/*
 * call_rows.cpp
 *		The columns of pg_call_rows, as which calls of stored functions in FROM look to the engine.
 *
 * Backends and workers.
 */
#include <array>

#include "catalog/pg_type_d.h"
#include "parser/plan.h"

namespace pg
{
namespace
{

/* "c1" to "c255", each with its zero. */
struct FieldNames
{
	char text[kMaxCallFields][5] = {};

	constexpr FieldNames()
	{
		for (size_t i = 0; i < kMaxCallFields; i++)
		{
			size_t number = i + 1, digits = number < 10 ? 1 : number < 100 ? 2 : 3;

			text[i][0] = 'c';
			for (; digits > 0; digits--, number /= 10)
				text[i][digits] = static_cast<char>('0' + number % 10);
		}
	}
};

constexpr FieldNames kNames;

constexpr std::array<RowColumn, kMaxCallFields + 1>
make_columns()
{
	std::array<RowColumn, kMaxCallFields + 1> columns{};

	columns[0] = {"value", TEXTOID};
	for (size_t i = 0; i < kMaxCallFields; i++)
		columns[i + 1] = {kNames.text[i], TEXTOID};
	return columns;
}

constexpr std::array<RowColumn, kMaxCallFields + 1> kColumns = make_columns();

} /* namespace */

std::string
GivenRowsKey(std::string_view name, const RowShape &shape)
{
	std::string key = "=";

	for (const RowField &field : shape)
		key += std::to_string(field.type) + ',';
	return key.append(":").append(name);
}

std::span<const RowColumn>
CallRowsColumns()
{
	return kColumns;
}

} /* namespace pg */
