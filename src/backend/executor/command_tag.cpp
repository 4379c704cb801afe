/*
 * executor/command_tag.cpp
 *		Command tags by number and by name (tcop/cmdtag.h).
 *
 * Any process.  Pure.
 */
#include "executor/command_tag.h"

#include <cctype>
#include <charconv>
#include <iterator>

namespace pg
{
namespace
{

/* In the order of CommandTag. */
constexpr const char *kNames[] = {
	"???",
	"ALTER ACCESS METHOD",
	"ALTER AGGREGATE",
	"ALTER CAST",
	"ALTER COLLATION",
	"ALTER CONSTRAINT",
	"ALTER CONVERSION",
	"ALTER DATABASE",
	"ALTER DEFAULT PRIVILEGES",
	"ALTER DOMAIN",
	"ALTER EVENT TRIGGER",
	"ALTER EXTENSION",
	"ALTER FOREIGN DATA WRAPPER",
	"ALTER FOREIGN TABLE",
	"ALTER FUNCTION",
	"ALTER INDEX",
	"ALTER LANGUAGE",
	"ALTER LARGE OBJECT",
	"ALTER MATERIALIZED VIEW",
	"ALTER OPERATOR",
	"ALTER OPERATOR CLASS",
	"ALTER OPERATOR FAMILY",
	"ALTER POLICY",
	"ALTER PROCEDURE",
	"ALTER PUBLICATION",
	"ALTER ROLE",
	"ALTER ROUTINE",
	"ALTER RULE",
	"ALTER SCHEMA",
	"ALTER SEQUENCE",
	"ALTER SERVER",
	"ALTER STATISTICS",
	"ALTER SUBSCRIPTION",
	"ALTER SYSTEM",
	"ALTER TABLE",
	"ALTER TABLESPACE",
	"ALTER TEXT SEARCH CONFIGURATION",
	"ALTER TEXT SEARCH DICTIONARY",
	"ALTER TEXT SEARCH PARSER",
	"ALTER TEXT SEARCH TEMPLATE",
	"ALTER TRANSFORM",
	"ALTER TRIGGER",
	"ALTER TYPE",
	"ALTER USER MAPPING",
	"ALTER VIEW",
	"ANALYZE",
	"BEGIN",
	"CALL",
	"CHECKPOINT",
	"CLOSE",
	"CLOSE CURSOR",
	"CLOSE CURSOR ALL",
	"CLUSTER",
	"COMMENT",
	"COMMIT",
	"COMMIT PREPARED",
	"COPY",
	"COPY FROM",
	"CREATE ACCESS METHOD",
	"CREATE AGGREGATE",
	"CREATE CAST",
	"CREATE COLLATION",
	"CREATE CONSTRAINT",
	"CREATE CONVERSION",
	"CREATE DATABASE",
	"CREATE DOMAIN",
	"CREATE EVENT TRIGGER",
	"CREATE EXTENSION",
	"CREATE FOREIGN DATA WRAPPER",
	"CREATE FOREIGN TABLE",
	"CREATE FUNCTION",
	"CREATE INDEX",
	"CREATE LANGUAGE",
	"CREATE MATERIALIZED VIEW",
	"CREATE OPERATOR",
	"CREATE OPERATOR CLASS",
	"CREATE OPERATOR FAMILY",
	"CREATE POLICY",
	"CREATE PROCEDURE",
	"CREATE PUBLICATION",
	"CREATE ROLE",
	"CREATE ROUTINE",
	"CREATE RULE",
	"CREATE SCHEMA",
	"CREATE SEQUENCE",
	"CREATE SERVER",
	"CREATE STATISTICS",
	"CREATE SUBSCRIPTION",
	"CREATE TABLE",
	"CREATE TABLE AS",
	"CREATE TABLESPACE",
	"CREATE TEXT SEARCH CONFIGURATION",
	"CREATE TEXT SEARCH DICTIONARY",
	"CREATE TEXT SEARCH PARSER",
	"CREATE TEXT SEARCH TEMPLATE",
	"CREATE TRANSFORM",
	"CREATE TRIGGER",
	"CREATE TYPE",
	"CREATE USER MAPPING",
	"CREATE VIEW",
	"DEALLOCATE",
	"DEALLOCATE ALL",
	"DECLARE CURSOR",
	"DELETE",
	"DISCARD",
	"DISCARD ALL",
	"DISCARD PLANS",
	"DISCARD SEQUENCES",
	"DISCARD TEMP",
	"DO",
	"DROP ACCESS METHOD",
	"DROP AGGREGATE",
	"DROP CAST",
	"DROP COLLATION",
	"DROP CONSTRAINT",
	"DROP CONVERSION",
	"DROP DATABASE",
	"DROP DOMAIN",
	"DROP EVENT TRIGGER",
	"DROP EXTENSION",
	"DROP FOREIGN DATA WRAPPER",
	"DROP FOREIGN TABLE",
	"DROP FUNCTION",
	"DROP INDEX",
	"DROP LANGUAGE",
	"DROP MATERIALIZED VIEW",
	"DROP OPERATOR",
	"DROP OPERATOR CLASS",
	"DROP OPERATOR FAMILY",
	"DROP OWNED",
	"DROP POLICY",
	"DROP PROCEDURE",
	"DROP PUBLICATION",
	"DROP ROLE",
	"DROP ROUTINE",
	"DROP RULE",
	"DROP SCHEMA",
	"DROP SEQUENCE",
	"DROP SERVER",
	"DROP STATISTICS",
	"DROP SUBSCRIPTION",
	"DROP TABLE",
	"DROP TABLESPACE",
	"DROP TEXT SEARCH CONFIGURATION",
	"DROP TEXT SEARCH DICTIONARY",
	"DROP TEXT SEARCH PARSER",
	"DROP TEXT SEARCH TEMPLATE",
	"DROP TRANSFORM",
	"DROP TRIGGER",
	"DROP TYPE",
	"DROP USER MAPPING",
	"DROP VIEW",
	"EXECUTE",
	"EXPLAIN",
	"FETCH",
	"GRANT",
	"GRANT ROLE",
	"IMPORT FOREIGN SCHEMA",
	"INSERT",
	"LISTEN",
	"LOAD",
	"LOCK TABLE",
	"MERGE",
	"MOVE",
	"NOTIFY",
	"PREPARE",
	"PREPARE TRANSACTION",
	"REASSIGN OWNED",
	"REFRESH MATERIALIZED VIEW",
	"REINDEX",
	"RELEASE",
	"RESET",
	"REVOKE",
	"REVOKE ROLE",
	"ROLLBACK",
	"ROLLBACK PREPARED",
	"SAVEPOINT",
	"SECURITY LABEL",
	"SELECT",
	"SELECT FOR KEY SHARE",
	"SELECT FOR NO KEY UPDATE",
	"SELECT FOR SHARE",
	"SELECT FOR UPDATE",
	"SELECT INTO",
	"SET",
	"SET CONSTRAINTS",
	"SHOW",
	"START TRANSACTION",
	"TRUNCATE TABLE",
	"UNLISTEN",
	"UPDATE",
	"VACUUM",
};
static_assert(std::size(kNames) == COMMAND_TAG_NEXTTAG);

bool
same_name(std::string_view a, std::string_view b)
{
	return a.size() == b.size() &&
		   std::equal(a.begin(), a.end(), b.begin(),
					  [](unsigned char x, unsigned char y) { return toupper(x) == toupper(y); });
}

CommandTag
tag_named(std::string_view name)
{
	for (size_t i = 1; i < std::size(kNames); i++)
		if (same_name(kNames[i], name))
			return static_cast<CommandTag>(i);
	return CMDTAG_UNKNOWN;
}

} /* namespace */

QueryCompletion
CompletionOfTag(std::string_view tag)
{
	QueryCompletion completion{};
	size_t end = tag.size();

	while (end > 0 && isdigit(static_cast<unsigned char>(tag[end - 1])))
		end--;
	std::from_chars(tag.data() + end, tag.data() + tag.size(), completion.nprocessed);
	while (end > 0 && (tag[end - 1] == ' ' || tag[end - 1] == '0'))
		end--;
	completion.commandTag = tag_named(tag.substr(0, end));
	return completion;
}

std::string
TagOfCompletion(const QueryCompletion &completion)
{
	std::string tag = GetCommandTagName(completion.commandTag);

	if (command_tag_display_last_oid(completion.commandTag))
		tag += " 0";
	if (command_tag_display_rowcount(completion.commandTag))
		tag += " " + std::to_string(completion.nprocessed);
	return tag;
}

} /* namespace pg */

extern "C"
{
	void InitializeQueryCompletion(QueryCompletion *qc)
	{
		*qc = {CMDTAG_UNKNOWN, 0};
	}

	const char *GetCommandTagName(CommandTag commandTag)
	{
		const auto index = static_cast<size_t>(commandTag);

		return pg::kNames[index < std::size(pg::kNames) ? index : 0];
	}

	CommandTag GetCommandTagEnum(const char *tagname)
	{
		return tagname == nullptr ? CMDTAG_UNKNOWN : pg::tag_named(tagname);
	}

	bool command_tag_display_rowcount(CommandTag commandTag)
	{
		switch (commandTag)
		{
			case CMDTAG_SELECT:
			case CMDTAG_INSERT:
			case CMDTAG_UPDATE:
			case CMDTAG_DELETE:
			case CMDTAG_MERGE:
			case CMDTAG_FETCH:
			case CMDTAG_MOVE:
			case CMDTAG_COPY: return true;
			default: return false;
		}
	}

	bool command_tag_display_last_oid(CommandTag commandTag)
	{
		return commandTag == CMDTAG_INSERT;
	}
}
