/*
 * test_cpp.cpp
 *		A module in C++ with postroom.hpp: errors that cross in both directions, typed values, a worker.
 *
 * The worker does one thing after the other and leaves what it saw in the table "seen".
 */
#include "postroom.hpp"

using namespace std::chrono_literals;

/* ---- Functions of SQL ---- */

static int alive = 0;

/* Counts what is alive, to see that nothing is passed by. */
struct Counted
{
	Counted() { alive++; }
	~Counted() { alive--; }
	Counted(const Counted &) = delete;
	Counted &operator=(const Counted &) = delete;
};

static std::optional<int32>
add(int32 a, std::optional<int32> b)
{
	if (!b)
		return std::nullopt;
	return a + *b;
}
POSTROOM_FUNCTION(cpp_add, add);

static std::string
greet(const std::string &name, double weight, bool loud, int64 big)
{
	return name + " " + std::to_string(weight) + " " + (loud ? "loud" : "soft") + " " +
		   std::to_string(big);
}
POSTROOM_FUNCTION(cpp_greet, greet);

static std::chrono::sys_time<std::chrono::microseconds>
later(std::chrono::sys_time<std::chrono::microseconds> time)
{
	return time + 1h;
}
POSTROOM_FUNCTION(cpp_later, later);

static void
fail(const std::string &how)
{
	const Counted counted;

	if (how == "error")
		throw postroom::Error(ERRCODE_DIVISION_BY_ZERO, "no division today", "It is late.",
							  "Try tomorrow.");
	if (how == "standard")
		throw std::runtime_error("a standard exception");
	if (how == "memory")
		throw std::bad_alloc();
	if (how == "other")
		throw 42;
	if (how == "server")
		postroom::Checked([]
						  { ereport(ERROR, errcode(ERRCODE_DATA_CORRUPTED), errmsg("from C")); });
}
POSTROOM_FUNCTION(cpp_fail, fail);

static int32
count_alive()
{
	return alive;
}
POSTROOM_FUNCTION(cpp_alive, count_alive);

/* What a caught error looks like. */
static std::string
look_at_error()
{
	const Counted counted;

	try
	{
		postroom::Checked(
			[]
			{
				ereport(ERROR, errcode(ERRCODE_UNDEFINED_TABLE), errmsg("no table \"%s\"", "t"),
						errdetail("Nowhere."), errhint("Look again."));
			});
	}
	catch (const postroom::Error &error)
	{
		return error.sqlstate() + " " + error.what() + " " + error.detail() + " " + error.hint();
	}
	return "nothing was raised";
}
POSTROOM_FUNCTION(cpp_look_at_error, look_at_error);

extern "C"
{
	PG_FUNCTION_INFO_V1(cpp_unguarded);
}

/* Breaks the rule: an exception leaves for the server. */
Datum
cpp_unguarded(PG_FUNCTION_ARGS)
{
	const Counted counted;

	if (fcinfo->args[0].isnull)
		throw 42;
	throw std::out_of_range("nobody guards this");
}

/* ---- The worker ---- */

static int pause_ms;
static char *conduct;

static void
note(const std::string &what, const std::string &value)
{
	postroom::Transaction work("noting");

	work.execute("INSERT INTO seen VALUES ($1, $2)", what, value);
	work.commit();
}

/* Runs body, which is to fail, and notes how. */
template <typename Body>
static void
note_error(const std::string &what, const Body &body)
{
	std::string value = "no error";

	try
	{
		const Counted counted;

		body();
	}
	catch (const postroom::Error &error)
	{
		value = error.sqlstate() + " " + error.what();
	}
	note(what, value);
}

static void
note_values()
{
	postroom::Transaction work("reading");
	const auto rows = work.query<int32, std::optional<std::string>, double, bool, int64>(
		"SELECT * FROM (VALUES (1, 'one', 1.5::float8, true, $1), (2, NULL, 2.5, false, $2)) v",
		int64{10}, std::optional<int64>{20});
	const auto none = work.value<std::string>("SELECT 'x' WHERE false");
	const auto null = work.value<std::optional<int32>>("SELECT $1 + 1", std::optional<int32>{});
	const auto text = work.value<std::string>("SELECT ARRAY[1, 2]");
	const uint64 count = work.execute("INSERT INTO numbers SELECT generate_series(1, 3)");
	std::string value;

	work.commit();
	for (const auto &[id, name, weight, flag, big] : rows)
		value += std::to_string(id) + name.value_or("-") + std::to_string(weight) +
				 (flag ? "t" : "f") + std::to_string(big) + " ";
	note("values", value + (none ? "some" : "none") + " " + (null && !*null ? "null" : "value") +
					   " " + text.value_or("") + " " + std::to_string(count));
}

static void
note_errors()
{
	note_error("bad sql",
			   []
			   {
				   postroom::Transaction work;

				   work.execute("INSERT INTO numbers VALUES (100)");
				   work.execute("SELECT nonsense");
			   });
	note_error("broken transaction",
			   []
			   {
				   postroom::Transaction work;

				   work.execute("INSERT INTO numbers VALUES (100)");
				   try
				   {
					   work.execute("INSERT INTO numbers VALUES (1 / 0)");
				   }
				   catch (const postroom::Error &)
				   {
				   }
				   work.execute("INSERT INTO numbers VALUES (101)");
			   });
	note_error("wrong type",
			   [] { postroom::Transaction().query<int32>("SELECT 'text'::text AS label"); });
	note_error("null", [] { postroom::Transaction().query<int32>("SELECT NULL::int AS label"); });
	note_error("columns", [] { postroom::Transaction().query<int32>("SELECT 1, 2"); });
	note_error("rows",
			   [] { postroom::Transaction().value<int32>("SELECT generate_series(1, 2)"); });
	note_error("no rows", [] { postroom::Transaction().query<int32>("ANALYZE numbers"); });
	note_error("after commit",
			   []
			   {
				   postroom::Transaction work;

				   work.commit();
				   work.execute("SELECT 1");
			   });
	note_error(
		"long name", []
		{ postroom::Register({.name = std::string(96, 'x'), .library = "x", .function = "y"}); });
	note("alive", std::to_string(alive));
}

static void
work(postroom::Worker &worker)
{
	int round = 0;

	worker.connect("postgres");
	{
		postroom::Transaction setup("setting up");

		setup.execute("CREATE TABLE IF NOT EXISTS seen (what text, value text)");
		setup.execute("CREATE TABLE IF NOT EXISTS numbers (n int)");
		setup.commit();
	}
	note_values();
	note_errors();
	worker.on_reload([] { note("reload", std::to_string(pause_ms)); });
	worker.run(
		[&]
		{
			note("round", std::to_string(++round));
			if (std::string_view(conduct) == "throw")
				throw postroom::Error(ERRCODE_RAISE_EXCEPTION, "the worker gives up");
			return std::chrono::milliseconds(pause_ms);
		});
}
POSTROOM_WORKER(test_cpp_main, work);

POSTROOM_MODULE()
{
	postroom::Define({.name = "test_cpp.pause",
					  .description = "Length of a nap.",
					  .variable = &pause_ms,
					  .value = 3600000,
					  .flags = GUC_UNIT_MS});
	postroom::Define({.name = "test_cpp.conduct",
					  .description = "What the worker does.",
					  .variable = &conduct,
					  .value = ""});
	if (process_shared_preload_libraries_in_progress)
		postroom::Register({.name = "test_cpp worker",
							.library = "test_cpp",
							.function = "test_cpp_main",
							.restart = 0s});
	if (std::string_view(conduct) == "refuse")
		throw std::runtime_error("this module wants not to be loaded");
}
