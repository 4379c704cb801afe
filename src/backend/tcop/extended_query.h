/*
 * tcop/extended_query.h
 *		The extended query protocol: prepared statements and portals of one session.
 *
 * Client backends only.  A portal runs to its end at its first Execute and keeps the rows that the
 * client has not asked for yet.
 */
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "executor/run.h"
#include "libpq/wire.h"

namespace pg
{

class ExtendedQuery
{
public:
	explicit ExtendedQuery(Wire &wire);
	~ExtendedQuery();

	/* One of Parse, Bind, Describe, Execute, Close. Raises; the session then skips to Sync. */
	void handle(char type, MessageReader &body);
	/* Sync: ends the implicit transaction. */
	void sync();

private:
	struct Statement;
	struct Portal;

	void parse(MessageReader &body);
	void bind(MessageReader &body);
	void describe(MessageReader &body);
	void execute(MessageReader &body);
	void close(MessageReader &body);

	Wire &wire_;
	std::map<std::string, std::unique_ptr<Statement>, std::less<>> statements_;
	std::map<std::string, std::unique_ptr<Portal>, std::less<>> portals_;
};

} /* namespace pg */
