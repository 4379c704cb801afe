/*
 * executor/spi_relations.h
 *		Rows under a name, for the statements of one SPI connection.
 */
#pragma once

#include <memory>
#include <string_view>

#include "engine/function.h"

namespace pg
{

/*
 * The rows that have this key (parser/plan.h) in the innermost connection now, copied.  42P01 when none has the name, 0A000 when
 * they have other columns than those that the statement was planned for.
 */
std::unique_ptr<RowCursor> OpenGivenRows(std::string_view key);

} /* namespace pg */
