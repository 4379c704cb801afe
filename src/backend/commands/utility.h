/*
 * commands/utility.h
 *		Utility statements: everything that is not SELECT, INSERT, UPDATE or DELETE.
 *
 * One table maps a node type to its function and says what it needs (write, read-only transaction
 * allowed, outside a block).  Sessions and workers connected to a database.
 */
#pragma once

#include <functional>
#include <string>

#include "parser/plan.h"

namespace pg
{

/* Takes rows of a result one by one. Columns are announced once, before the first row, also when there is none. */
class RowReceiver
{
public:
	virtual ~RowReceiver() = default;
	virtual void start(std::span<const ResultColumn> columns) = 0;
	/* Values are borrowed for the call. */
	virtual void row(std::span<const Value> values) = 0;
	/* Asked behind each row: false ends the rows of a query. */
	virtual bool wants_more() const { return true; }
};

/* Drops what it gets. */
class NullReceiver : public RowReceiver
{
public:
	void start(std::span<const ResultColumn>) override {}
	void row(std::span<const Value>) override {}
};

/* Runs it; returns the completed command tag ("CREATE TABLE"). SHOW and EXPLAIN send rows to receiver. */
/* parameters: of the statement, where it may have some (CALL). */
std::string RunUtility(const Plan &plan, RowReceiver &receiver,
					   std::span<const Value> parameters = {});

/* Columns that a utility statement returns (SHOW), empty for none: for Describe. */
std::vector<ResultColumn> UtilityColumns(const Plan &plan);

} /* namespace pg */
