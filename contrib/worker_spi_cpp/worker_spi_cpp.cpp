/*
 * worker_spi_cpp.cpp
 *		The sample worker_spi once more, in C++ with postroom.hpp. Copy it.
 *
 * Each worker owns a table "cppN.counted" of rows (type, value). Clients add rows of type 'delta'; the worker folds them
 * into the one row of type 'total', naps, and looks again. Read it beside ../worker_spi/worker_spi.c: what is not here
 * (signals, the latch, memory, snapshots, the ends of transactions) is the header's business.
 */
#include "postroom.hpp"

using namespace std::chrono_literals;

/* Settings. */
static int naptime;		  /* seconds between two looks */
static int total_workers; /* fixed while the server runs */
static char *database;	  /* where they connect */

/* What a worker started from SQL finds in its extra bytes; a static one finds zeros there. */
struct LaunchedIn
{
	Oid database;
	Oid role;
};

/* Makes schema and table, if this is the first start of this worker in this database. */
static void
create_missing(const std::string &schema)
{
	postroom::Transaction work("creating worker_spi_cpp schema and table");

	work.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
	work.execute("CREATE TABLE IF NOT EXISTS " + schema +
				 ".counted (type text CHECK (type IN ('total', 'delta')), value integer)");
	/* At most one total. */
	work.execute("CREATE UNIQUE INDEX IF NOT EXISTS counted_unique_total ON " + schema +
				 ".counted (type) WHERE type = 'total'");
	work.commit();
}

/* One statement does it all, so that no delta is lost or counted twice, whatever clients do meanwhile. */
static std::string
fold_statement(const std::string &schema)
{
	const std::string table = schema + ".counted";

	return "WITH taken AS (DELETE FROM " + table +
		   " WHERE type = 'delta' RETURNING value), "
		   "summed AS (SELECT coalesce(sum(value), 0) AS delta FROM taken) "
		   "UPDATE " +
		   table +
		   " SET value = counted.value + summed.delta "
		   "FROM summed WHERE type = 'total' RETURNING counted.value";
}

static void
fold(const postroom::Worker &worker, const std::string &schema, const std::string &sql)
{
	postroom::Transaction work;
	const auto total = work.value<std::optional<int32>>(sql);

	work.commit();
	if (total && *total)
		postroom::Log(LOG, std::string(worker.name()) + ": count in " + schema +
							   ".counted is now " + std::to_string(**total));
}

/* Where it was started from, or where the setting says. */
static void
connect(postroom::Worker &worker)
{
	LaunchedIn launched;

	std::memcpy(&launched, worker.extra().data(), sizeof(launched));
	if (OidIsValid(launched.database))
		worker.connect(launched.database, launched.role);
	else
		worker.connect(database);
}

static void
work(postroom::Worker &worker)
{
	const std::string schema = "cpp" + std::to_string(DatumGetInt32(worker.argument()));
	const std::string sql = fold_statement(schema);

	connect(worker);
	create_missing(schema);
	postroom::Log(LOG, std::string(worker.name()) + " initialized with " + schema + ".counted");

	worker.run(
		[&]
		{
			fold(worker, schema, sql);
			return naptime * 1s;
		});
}

POSTROOM_WORKER(worker_spi_cpp_main, work);

/* What all workers have in common; name outlives the result. */
static postroom::WorkerOptions
options(int number, const std::string &name)
{
	return {.name = name,
			.type = "worker_spi_cpp",
			.library = "worker_spi_cpp",
			.function = "worker_spi_cpp_main",
			.argument = Int32GetDatum(number),
			.restart = 1s};
}

static std::string
name_of(int number)
{
	return "worker_spi_cpp worker " + std::to_string(number);
}

/*
 * Starts a worker in the caller's database, as the caller, waits until it runs and returns its process number. Such a
 * worker is not started again when it ends.
 */
static int32
launch(int32 number)
{
	const std::string name = name_of(number);
	const LaunchedIn here = {MyDatabaseId, GetUserId()};
	postroom::WorkerOptions worker = options(number, name);

	worker.restart = std::nullopt;
	worker.extra = {reinterpret_cast<const char *>(&here), sizeof(here)};

	const auto pid = postroom::Launch(worker).wait_until_started();

	if (!pid)
		throw postroom::Error(ERRCODE_INSUFFICIENT_RESOURCES, "could not start background process",
							  {}, "More details may be available in the server log.");
	return *pid;
}

POSTROOM_FUNCTION(worker_spi_cpp_launch, launch);

POSTROOM_MODULE()
{
	postroom::Define({.name = "worker_spi_cpp.naptime",
					  .description = "Duration between each check (in seconds).",
					  .variable = &naptime,
					  .value = 10,
					  .min = 1,
					  .flags = GUC_UNIT_S});

	/* The rest matters only where workers can be registered: in the postmaster. */
	if (!process_shared_preload_libraries_in_progress)
		return;

	postroom::Define({.name = "worker_spi_cpp.total_workers",
					  .description = "Number of workers.",
					  .variable = &total_workers,
					  .value = 2,
					  .min = 1,
					  .max = 1000,
					  .context = PGC_POSTMASTER});
	postroom::Define({.name = "worker_spi_cpp.database",
					  .description = "Database to connect to.",
					  .variable = &database,
					  .value = "postgres",
					  .context = PGC_POSTMASTER});
	postroom::ReservePrefix("worker_spi_cpp");

	for (int i = 1; i <= total_workers; i++)
		postroom::Register(options(i, name_of(i)));
}
