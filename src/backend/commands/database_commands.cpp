/*
 * commands/database_commands.cpp
 *		CREATE, DROP and ALTER DATABASE.
 *
 * Backends and workers.  Files first, row second when creating; row first, files after the commit when
 * dropping: a crash in between leaves files that nobody names, never a name without files.
 */
#include <algorithm>

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/cluster.h"
#include "catalog/identity.h"
#include "catalog/named.h"
#include "catalog/rights.h"
#include "catalog/write.h"
#include "commands/commands.h"
#include "commands/roles.h"
#include "miscadmin.h"
#include "postmaster/bgworker.h"
#include "storage/lmgr/write_lock.h"
#include "utils/acl.h"
#include "utils/activity/status.h"

#include <csignal>
#include <unistd.h>

namespace pg::commands
{
namespace
{

constexpr int kUtf8 = 6;
constexpr const char *kLocale = "C.UTF-8";
/* How long sessions of a database that is in the way get to leave, as in PostgreSQL. */
constexpr int kBusyRounds = 50;
constexpr long kBusyMicroseconds = 100 * 1000;

/* Files to remove at the end of the transaction. */
Oid remove_after_commit = InvalidOid;
Oid remove_after_abort = InvalidOid;

void
at_end(bool committed)
{
	const Oid doomed = committed ? remove_after_commit : remove_after_abort;

	remove_after_commit = remove_after_abort = InvalidOid;
	if (doomed == InvalidOid)
		return;
	try
	{
		SqliteEngine().drop_database(doomed);
	}
	catch (const PgError &error)
	{
		/* The transaction has ended: files that stay behind are all that is left to tell. */
		Report(WARNING, error.sqlstate()).msg("%s", error.report.message.c_str()).emit();
	}
}

void
watch_transaction_end()
{
	static bool watching = false;

	if (!watching)
		OnTransactionEnd(at_end);
	watching = true;
}

struct DatabaseOptions
{
	std::string template_name = "template1";
	Oid owner = InvalidOid;
	bool template_given = false;
	std::optional<bool> is_template, allow_connections;
	std::optional<int> connection_limit;
};

void
check_encoding(const std::string &encoding)
{
	std::string plain = LowerAsciiText(encoding);

	std::erase_if(plain, [](char c) { return c == '-' || c == '_'; });
	if (plain != "utf8" && plain != "unicode" && plain != "6")
		RaiseNotSupported("encoding \"" + encoding + "\"");
}

void
check_locale(const std::string &locale)
{
	const std::string plain = LowerAsciiText(locale);

	if (plain != "c" && plain != "posix" && plain != "c.utf-8" && plain != "c.utf8")
		RaiseNotSupported("locale \"" + locale + "\"");
}

/* DEFAULT in place of a value gives no argument. */
bool
is_default(const PgQuery__DefElem &option)
{
	return option.arg == nullptr;
}

[[noreturn]] void
raise_unknown_option(const Command &command, const PgQuery__DefElem &option)
{
	Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
			  .msg("option \"%s\" not recognized", option.defname)
			  .at(command.at(option.location)));
}

void
read_create_option(const Command &command, const PgQuery__DefElem &option, DatabaseOptions *options)
{
	const std::string_view name = option.defname;

	if (is_default(option))
		return;
	if (name == "template")
	{
		options->template_name = OptionString(option);
		options->template_given = true;
	}
	else if (name == "owner")
		options->owner = RoleNamed(OptionString(option)).oid;
	else if (name == "encoding")
		check_encoding(OptionString(option));
	else if (name == "locale" || name == "lc_collate" || name == "lc_ctype")
		check_locale(OptionString(option));
	else if (name == "is_template")
		options->is_template = OptionBool(option);
	else if (name == "allow_connections")
		options->allow_connections = OptionBool(option);
	else if (name == "connection_limit")
		options->connection_limit = OptionConnectionLimit(option);
	else if (name == "locale_provider")
	{
		if (OptionString(option) != "libc")
			RaiseNotSupported("locale provider \"" + OptionString(option) + "\"");
	}
	else if (name == "strategy")
	{
		const std::string strategy = LowerAsciiText(OptionString(option));

		if (strategy != "wal_log" && strategy != "file_copy")
			Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					  .msg("invalid create database strategy \"%s\"", OptionString(option).c_str())
					  .hint("Valid strategies are \"wal_log\", and \"file_copy\"."));
	}
	else if (name == "tablespace")
	{
		if (OptionString(option) != "pg_default")
			Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
					  .msg("tablespace \"%s\" does not exist", OptionString(option).c_str()));
	}
	else if (name == "oid" || name == "collation_version" || name == "icu_locale")
		RaiseNotSupported("option " + std::string(name), command.at(option.location));
	else
		raise_unknown_option(command, option);
}

/* Sessions and workers on the database, but for this one. */
int
others_on(Oid database)
{
	std::vector<ActivityRow> rows;

	SnapshotActivity(rows);
	return static_cast<int>(std::count_if(
		rows.begin(), rows.end(),
		[&](const ActivityRow &row) { return row.database == database && row.pid != MyProcPid; }));
}

/* Waits a while for the others to leave; how many are left. */
int
wait_for_others(Oid database)
{
	int others = others_on(database);

	for (int round = 0; others > 0 && round < kBusyRounds; round++)
	{
		CHECK_FOR_INTERRUPTS();
		TerminateBackgroundWorkersForDatabase(database);
		pg_usleep(kBusyMicroseconds);
		others = others_on(database);
	}
	return others;
}

[[noreturn]] void
raise_busy(const char *message, const std::string &name, int others)
{
	Report report(ERROR, ERRCODE_OBJECT_IN_USE);

	report.msg(message, name.c_str());
	if (others == 1)
		report.detail("There is %d other session using the database.", others);
	else
		report.detail("There are %d other sessions using the database.", others);
	Raise(report);
}

bool
may_create_databases()
{
	return superuser() || FindRole(GetUserId())->create_db;
}

void
check_may_create_database(const DatabaseOptions &options)
{
	if (!may_create_databases())
		RaiseDenied("permission denied to create database");
	if (options.owner != InvalidOid)
		check_is_member_of_role(GetUserId(), options.owner);
}

/* The write lock of the database that is copied, for as long as its files are read. */
class TemplateLock
{
public:
	explicit TemplateLock(Oid database) : database_(HoldWriteLock(database) ? InvalidOid : database)
	{
		if (database_ != InvalidOid)
			AcquireWriteLock(database_);
	}
	~TemplateLock()
	{
		if (database_ != InvalidOid)
			ReleaseWriteLock(database_);
	}
	TemplateLock(const TemplateLock &) = delete;
	TemplateLock &operator=(const TemplateLock &) = delete;

private:
	Oid database_;
};

void
insert_database(Oid oid, const std::string &name, const DatabaseOptions &options)
{
	CatalogRow(Home::Shared, "pg_database")
		.set("oid", oid)
		.set("datname", name)
		.set("datdba", options.owner != InvalidOid ? options.owner : GetUserId())
		.set("encoding", kUtf8)
		.set("datlocprovider", "c")
		.set("datistemplate", options.is_template.value_or(false))
		.set("datallowconn", options.allow_connections.value_or(true))
		.set("datconnlimit", options.connection_limit.value_or(-1))
		.set("datfrozenxid", 1)
		.set("datminmxid", 1)
		.set("dattablespace", kDefaultTablespaceOid)
		.set("datcollate", kLocale)
		.set("datctype", kLocale)
		.insert();
}

void
update_database(Oid oid, const char *column, const Value &value)
{
	SetCatalogColumn(Home::Shared, "pg_database", oid, column, value);
}

/* Ends the sessions on a database, for DROP DATABASE ... WITH (FORCE). */
void
terminate_sessions(Oid database)
{
	std::vector<ActivityRow> rows;

	SnapshotActivity(rows);
	for (const ActivityRow &row : rows)
		if (row.database == database && row.pid != MyProcPid && row.pid > 0)
			kill(row.pid, SIGTERM);
}

} /* namespace */

void
CheckDatabaseOwner(const DatabaseInfo &database)
{
	if (!has_privs_of_role(GetUserId(), database.owner))
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("must be owner of database %s", database.name.c_str()));
}

std::string
RunCreateDatabase(const Command &command)
{
	const PgQuery__CreatedbStmt &stmt = *command.node.createdb_stmt;
	const std::string name = stmt.dbname;
	DatabaseOptions options;

	for (size_t i = 0; i < stmt.n_options; i++)
		read_create_option(command, *stmt.options[i]->def_elem, &options);

	check_may_create_database(options);

	const std::optional<DatabaseInfo> source = FindDatabase(options.template_name);

	if (!source)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_DATABASE)
				  .msg("template database \"%s\" does not exist", options.template_name.c_str()));
	if (FindDatabase(name))
		Raise(Report(ERROR, ERRCODE_DUPLICATE_DATABASE)
				  .msg("database \"%s\" already exists", name.c_str()));
	if (!source->is_template && !has_privs_of_role(GetUserId(), source->owner))
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied to copy database \"%s\"", source->name.c_str()));
	/* Before a lock is asked for: what a session of the template waits for may be ours. */
	if (const int others = wait_for_others(source->oid); others > 0)
		raise_busy("source database \"%s\" is being accessed by other users", source->name, others);

	const TemplateLock lock(source->oid);

	PrepareForWrite("CREATE DATABASE");
	watch_transaction_end();

	const Oid oid = NewSharedOid();
	Engine &engine = SqliteEngine();

	/* Files of an attempt that a crash cut off. */
	if (engine.database_size(oid) > 0)
		engine.drop_database(oid);
	remove_after_abort = oid;
	engine.create_database(oid, source->oid);
	insert_database(oid, name, options);
	SharedCatalogChanged();
	return "CREATE DATABASE";
}

std::string
RunDropDatabase(const Command &command)
{
	const PgQuery__DropdbStmt &stmt = *command.node.dropdb_stmt;
	const std::string name = stmt.dbname;
	bool force = false;

	for (size_t i = 0; i < stmt.n_options; i++)
	{
		const PgQuery__DefElem &option = *stmt.options[i]->def_elem;

		if (std::string_view(option.defname) != "force")
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("unrecognized DROP DATABASE option \"%s\"", option.defname)
					  .at(command.at(option.location)));
		force = true;
	}

	const std::optional<DatabaseInfo> database = FindDatabase(name);

	if (!database && stmt.missing_ok)
	{
		Report(NOTICE).msg("database \"%s\" does not exist, skipping", name.c_str()).emit();
		return "DROP DATABASE";
	}

	const DatabaseInfo doomed = DatabaseNamed(name);

	CheckDatabaseOwner(doomed);
	if (doomed.is_template)
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE).msg("cannot drop a template database"));
	if (doomed.oid == MyDatabaseId)
		Raise(Report(ERROR, ERRCODE_OBJECT_IN_USE).msg("cannot drop the currently open database"));
	PrepareForWrite("DROP DATABASE");
	if (force)
		terminate_sessions(doomed.oid);
	if (const int others = wait_for_others(doomed.oid); others > 0)
		raise_busy("database \"%s\" is being accessed by other users", name, others);
	watch_transaction_end();

	const Value parameters[] = {Value::Int(doomed.oid), Value::Int(kPgDatabaseOid)};

	RunEngine("DELETE FROM " + CatalogTable(Home::Shared, "pg_database") + " WHERE oid = ?1",
			  std::span(parameters).first(1));
	RunEngine("DELETE FROM " + CatalogTable(Home::Shared, "pg_db_role_setting") +
				  " WHERE setdatabase = ?1",
			  std::span(parameters).first(1));
	RunEngine("DELETE FROM " + CatalogTable(Home::Shared, "pg_shdescription") +
				  " WHERE objoid = ?1 AND classoid = ?2",
			  parameters);
	remove_after_commit = doomed.oid;
	SharedCatalogChanged();
	return "DROP DATABASE";
}

std::string
RunAlterDatabase(const Command &command)
{
	const PgQuery__AlterDatabaseStmt &stmt = *command.node.alter_database_stmt;
	const DatabaseInfo database = DatabaseNamed(stmt.dbname);

	CheckDatabaseOwner(database);
	for (size_t i = 0; i < stmt.n_options; i++)
	{
		const PgQuery__DefElem &option = *stmt.options[i]->def_elem;
		const std::string_view name = option.defname;

		if (name == "is_template")
			update_database(database.oid, "datistemplate", Value::Bool(OptionBool(option)));
		else if (name == "allow_connections")
		{
			if (database.oid == MyDatabaseId && !OptionBool(option))
				Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
						  .msg("cannot disallow connections for current database"));
			update_database(database.oid, "datallowconn", Value::Bool(OptionBool(option)));
		}
		else if (name == "connection_limit")
			update_database(database.oid, "datconnlimit",
							Value::Int(OptionConnectionLimit(option)));
		else if (name == "tablespace")
			RaiseNotSupported("ALTER DATABASE SET TABLESPACE");
		else
			raise_unknown_option(command, option);
	}
	SharedCatalogChanged();
	return "ALTER DATABASE";
}

void
RenameDatabase(const std::string &name, const std::string &new_name)
{
	const DatabaseInfo database = DatabaseNamed(name);

	CheckDatabaseOwner(database);
	if (!may_create_databases())
		RaiseDenied("permission denied to rename database");
	if (FindDatabase(new_name))
		Raise(Report(ERROR, ERRCODE_DUPLICATE_DATABASE)
				  .msg("database \"%s\" already exists", new_name.c_str()));
	if (database.oid == MyDatabaseId)
		Raise(
			Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED).msg("current database cannot be renamed"));
	if (const int others = wait_for_others(database.oid); others > 0)
		raise_busy("database \"%s\" is being accessed by other users", name, others);
	update_database(database.oid, "datname", Value::Text(new_name));
	SharedCatalogChanged();
}

void
ChangeDatabaseOwner(const std::string &name, Oid owner)
{
	const DatabaseInfo database = DatabaseNamed(name);

	CheckDatabaseOwner(database);
	CheckNewOwner(owner, InvalidOid);
	if (!may_create_databases())
		RaiseDenied("permission denied to change owner of database");
	ReplaceOwnerInRights(kPgDatabaseOid, database.oid, database.owner, owner);
	update_database(database.oid, "datdba", Value::Int(owner));
	SharedCatalogChanged();
}

} /* namespace pg::commands */
