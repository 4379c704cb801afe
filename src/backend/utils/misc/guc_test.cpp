/*
 * utils/misc/guc_test.cpp
 *		The settings machine: values, sources, transactions, modules, files.
 */
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/error/wall.h"
#include "utils/guc.h"
#include "utils/misc/guc_state.h"

namespace pg
{
namespace
{

bool flag;
int size_kb, delay_ms, level, restart_int;
double ratio;
char *text;
int assigned = 0;

constexpr config_enum_entry kLevels[] = {{"low", 1, false},
										 {"high", 2, false},
										 {"top", 2, true},
										 {nullptr, 0, false}};

bool
check_even(int *newval, void **extra, GucSource)
{
	if (*newval % 2 != 0)
	{
		GUC_check_errdetail("%d is odd.", *newval);
		return false;
	}
	*extra = malloc(sizeof(int));
	*static_cast<int *>(*extra) = *newval / 2;
	return true;
}

void
assign_even(int, void *extra)
{
	assigned = *static_cast<int *>(extra);
}

constexpr SettingDef kTestSettings[] = {
	{"t_flag", PGC_USERSET, SettingGroup::DeveloperOptions, "A flag.", BoolSetting{&flag, true}},
	{"t_size", PGC_USERSET, SettingGroup::DeveloperOptions, "A size.",
	 IntSetting{&size_kb, 4096, 0, INT_MAX, check_even, assign_even}, GUC_UNIT_KB | GUC_REPORT},
	{"t_delay", PGC_SIGHUP, SettingGroup::DeveloperOptions, "A time.",
	 IntSetting{&delay_ms, 1000, -1, 60000}, GUC_UNIT_MS},
	{"t_ratio", PGC_SUSET, SettingGroup::DeveloperOptions, "A ratio.",
	 RealSetting{&ratio, 0.5, 0, 1}},
	{"t_text", PGC_USERSET, SettingGroup::DeveloperOptions, "A text.",
	 StringSetting{&text, "boot"}},
	{"t_level", PGC_USERSET, SettingGroup::DeveloperOptions, "A level.",
	 EnumSetting{&level, 1, kLevels}},
	{"t_restart", PGC_POSTMASTER, SettingGroup::DeveloperOptions, "Fixed.",
	 IntSetting{&restart_int, 10, 0, 100}},
	{"t_backend", PGC_BACKEND, SettingGroup::DeveloperOptions, "At connection.",
	 BoolSetting{&flag, true}},
};

/* The error as "SQLSTATE message|detail|hint". */
template <typename Body>
std::string
error_of(Body body)
{
	try
	{
		body();
	}
	catch (const PgError &error)
	{
		std::string result = unpack_sql_state(error.sqlstate());

		result += " " + error.report.message;
		if (!error.report.detail_text.empty() || !error.report.hint_text.empty())
			result += "|" + error.report.detail_text + "|" + error.report.hint_text;
		return result;
	}
	return "no error";
}

void
set(const char *name, const char *value, bool is_local = false)
{
	SetSetting(name, value, PGC_USERSET, PGC_S_SESSION, is_local);
}

std::string
show(const char *name)
{
	return ShowSetting(name).value();
}

class Guc : public testing::Test
{
protected:
	void SetUp() override
	{
		guc::AllSettings().clear();
		guc::StackedSettings().clear();
		guc::SettingsOfFiles().clear();
		guc::ReportedSettings().clear();
		guc::nest_level = 0;
		static constexpr SettingSpan spans[] = {kTestSettings};

		InitializeSettings(spans);
		testing::internal::CaptureStderr();
	}
	void TearDown() override
	{
		testing::internal::GetCapturedStderr();
		guc::AllSettings().clear();
		guc::StackedSettings().clear();
		guc::SettingsOfFiles().clear();
		guc::ReportedSettings().clear();
	}
};

TEST(GucUnits, ParseAndPrint)
{
	int value;
	double real;
	const char *hint;
	const auto parsed = [&](const char *input, int flags)
	{ return parse_int(input, &value, flags, &hint) ? std::to_string(value) : std::string("bad"); };

	EXPECT_EQ(parsed("10", 0), "10");
	EXPECT_EQ(parsed(" 0x10 ", 0), "16");
	EXPECT_EQ(parsed("010", 0), "8");
	EXPECT_EQ(parsed("1.6", 0), "2");
	EXPECT_EQ(parsed("1e2", 0), "100");
	EXPECT_EQ(parsed("64kB", GUC_UNIT_KB), "64");
	EXPECT_EQ(parsed("2 MB", GUC_UNIT_KB), "2048");
	EXPECT_EQ(parsed("1.5GB", GUC_UNIT_MB), "1536");
	EXPECT_EQ(parsed("30.1GB", GUC_UNIT_MB), "30822");
	EXPECT_EQ(parsed("16kB", GUC_UNIT_BLOCKS), "2");
	EXPECT_EQ(parsed("1kB", GUC_UNIT_BYTE), "1024");
	EXPECT_EQ(parsed("2min", GUC_UNIT_MS), "120000");
	EXPECT_EQ(parsed("90s", GUC_UNIT_MIN), "2");
	EXPECT_EQ(parsed("500us", GUC_UNIT_MS), "0");
	EXPECT_EQ(parsed("1d", GUC_UNIT_S), "86400");
	EXPECT_EQ(parsed("1kb", GUC_UNIT_KB), "bad");
	EXPECT_STREQ(hint,
				 "Valid units for this parameter are \"B\", \"kB\", \"MB\", \"GB\", and \"TB\".");
	EXPECT_EQ(parsed("1 x", GUC_UNIT_S), "bad");
	EXPECT_STREQ(
		hint,
		"Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", and \"d\".");
	EXPECT_EQ(parsed("1x", 0), "bad");
	EXPECT_EQ(hint, nullptr);
	EXPECT_EQ(parsed("9999999999", 0), "bad");
	EXPECT_STREQ(hint, "Value exceeds integer range.");
	EXPECT_EQ(parsed("", 0), "bad");
	EXPECT_TRUE(parse_real("1.5s", &real, GUC_UNIT_MS, nullptr));
	EXPECT_EQ(real, 1500);
}

TEST(GucUnits, Booleans)
{
	bool value;

	for (const char *word : {"on", "TRUE", "t", "yes", "y", "1", "tr"})
		EXPECT_TRUE(parse_bool(word, &value) && value) << word;
	for (const char *word : {"off", "of", "False", "f", "no", "n", "0"})
		EXPECT_TRUE(parse_bool(word, &value) && !value) << word;
	for (const char *word : {"o", "", "truee", "2", "yess"})
		EXPECT_FALSE(parse_bool(word, &value)) << word;
}

TEST_F(Guc, StartsWithBootValues)
{
	EXPECT_TRUE(flag);
	EXPECT_EQ(size_kb, 4096);
	EXPECT_EQ(assigned, 2048);
	EXPECT_STREQ(text, "boot");
	EXPECT_EQ(show("T_SIZE"), "4MB");
	EXPECT_EQ(show("t_delay"), "1s");
	EXPECT_EQ(show("t_ratio"), "0.5");
	EXPECT_EQ(show("t_level"), "low");
}

TEST_F(Guc, SetsValues)
{
	set("t_flag", "off");
	set("t_size", "1GB");
	set("t_text", "it's");
	set("t_level", "HIGH");
	EXPECT_FALSE(flag);
	EXPECT_EQ(size_kb, 1048576);
	EXPECT_EQ(assigned, 524288);
	EXPECT_STREQ(text, "it's");
	EXPECT_EQ(level, 2);
	set("t_size", nullptr);
	EXPECT_EQ(size_kb, 4096);
	ResetAllSettings();
	EXPECT_STREQ(text, "boot");
	EXPECT_TRUE(flag);
}

TEST_F(Guc, RefusesWithPostgresWords)
{
	EXPECT_EQ(error_of([] { set("nothing", "1"); }),
			  "42704 unrecognized configuration parameter \"nothing\"");
	EXPECT_EQ(error_of([] { set("t_flag", "maybe"); }),
			  "22023 parameter \"t_flag\" requires a Boolean value");
	EXPECT_EQ(
		error_of([] { set("t_size", "1XB"); }),
		"22023 invalid value for parameter \"t_size\": \"1XB\"||Valid units for this parameter are "
		"\"B\", \"kB\", \"MB\", \"GB\", and \"TB\".");
	EXPECT_EQ(error_of([] { set("t_size", "3"); }),
			  "22023 invalid value for parameter \"t_size\": \"3\"|3 is odd.|");
	EXPECT_EQ(error_of([] { set("t_size", "-2"); }),
			  "22023 -2 kB is outside the valid range for parameter \"t_size\" (0 .. 2147483647)");
	EXPECT_EQ(
		error_of([] { set("t_level", "mid"); }),
		"22023 invalid value for parameter \"t_level\": \"mid\"||Available values: low, high.");
	EXPECT_EQ(error_of([] { set("t_delay", "1"); }),
			  "55P02 parameter \"t_delay\" cannot be changed now");
	EXPECT_EQ(error_of([] { set("t_restart", "1"); }),
			  "55P02 parameter \"t_restart\" cannot be changed without restarting the server");
	EXPECT_EQ(error_of([] { set("t_ratio", "0.1"); }),
			  "42501 permission denied to set parameter \"t_ratio\"");
	EXPECT_EQ(error_of([] { SetSetting("t_ratio", "1.5", PGC_SUSET, PGC_S_SESSION); }),
			  "22023 1.5 is outside the valid range for parameter \"t_ratio\" (0 .. 1)");
	EXPECT_EQ(error_of([] { set("t_backend", "on"); }),
			  "55P02 parameter \"t_backend\" cannot be set after connection start");
	EXPECT_EQ(error_of([] { set("a.b c", "1"); }).substr(0, 52),
			  "42602 invalid configuration parameter name \"a.b c\"|C");
}

TEST_F(Guc, StrongerSourcesWin)
{
	SetSetting("t_size", "8", PGC_POSTMASTER, PGC_S_ARGV);
	SetSetting("t_size", "6", PGC_POSTMASTER, PGC_S_FILE);
	EXPECT_EQ(size_kb, 8);
	set("t_size", "10");
	SetSetting("t_size", "12", PGC_BACKEND, PGC_S_CLIENT);
	EXPECT_EQ(size_kb, 10);
	set("t_size", nullptr);
	EXPECT_EQ(size_kb, 12);
}

TEST_F(Guc, TransactionsUndo)
{
	int transaction = NewSettingsNestLevel();

	set("t_size", "10");
	AtEndOfTransactionSettings(false, transaction);
	EXPECT_EQ(size_kb, 4096);
	EXPECT_EQ(assigned, 2048);

	transaction = NewSettingsNestLevel();
	set("t_size", "10");
	set("t_text", "local", true);
	AtEndOfTransactionSettings(true, transaction);
	EXPECT_EQ(size_kb, 10);
	EXPECT_STREQ(text, "boot");

	/* SET, then SET LOCAL: the first stays. */
	transaction = NewSettingsNestLevel();
	set("t_size", "20");
	set("t_size", "30", true);
	EXPECT_EQ(size_kb, 30);
	AtEndOfTransactionSettings(true, transaction);
	EXPECT_EQ(size_kb, 20);
	EXPECT_TRUE(guc::StackedSettings().empty());
}

TEST_F(Guc, SubtransactionsNest)
{
	const int transaction = NewSettingsNestLevel();

	set("t_size", "10");
	int inner = NewSettingsNestLevel();

	set("t_size", "20");
	AtEndOfTransactionSettings(false, inner);
	EXPECT_EQ(size_kb, 10);

	inner = NewSettingsNestLevel();
	set("t_size", "30", true);
	set("t_text", "inner");
	AtEndOfTransactionSettings(true, inner);
	EXPECT_EQ(size_kb, 30);
	AtEndOfTransactionSettings(true, transaction);
	EXPECT_EQ(size_kb, 10);
	EXPECT_STREQ(text, "inner");
}

TEST_F(Guc, FunctionLevelsAlwaysRestore)
{
	const int level_of_function = NewGUCNestLevel();

	set_config_option("t_size", "10", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	EXPECT_EQ(size_kb, 10);
	AtEOXact_GUC(true, level_of_function);
	EXPECT_EQ(size_kb, 4096);
}

TEST_F(Guc, TellsTheClient)
{
	EXPECT_EQ(TakeReportedSettings(true).size(), 1u);
	EXPECT_TRUE(TakeReportedSettings(false).empty());
	set("t_size", "2MB");
	set("t_text", "x");

	const auto reports = TakeReportedSettings(false);

	ASSERT_EQ(reports.size(), 1u);
	EXPECT_EQ(reports[0].name, "t_size");
	EXPECT_EQ(reports[0].value, "2MB");
	set("t_size", "2048");
	EXPECT_TRUE(TakeReportedSettings(false).empty());
}

int module_int;
char *module_text;

TEST_F(Guc, PlaceholdersBecomeSettings)
{
	set("mod.number", "7");
	set("mod.bad", "x");
	set("mod.text", "kept");
	EXPECT_EQ(show("mod.number"), "7");
	DefineCustomIntVariable("mod.number", "A number.", nullptr, &module_int, 1, 0, 10, PGC_USERSET,
							0, nullptr, nullptr, nullptr);
	DefineCustomStringVariable("mod.text", "A text.", nullptr, &module_text, "boot", PGC_USERSET, 0,
							   nullptr, nullptr, nullptr);
	EXPECT_EQ(module_int, 7);
	EXPECT_STREQ(module_text, "kept");
	set("mod.number", nullptr);
	EXPECT_EQ(module_int, 1);
	EXPECT_EQ(error_of([] { set("mod.number", "11"); }),
			  "22023 11 is outside the valid range for parameter \"mod.number\" (0 .. 10)");
	MarkGUCPrefixReserved("mod");
	EXPECT_EQ(error_of([] { show("mod.bad"); }),
			  "42704 unrecognized configuration parameter \"mod.bad\"");
	EXPECT_EQ(
		error_of([] { set("mod.new", "1"); }),
		"42602 invalid configuration parameter name \"mod.new\"|\"mod\" is a reserved prefix.|");
	EXPECT_EQ(error_of(
				  []
				  {
					  DefineCustomIntVariable("mod.number", "Again.", nullptr, &module_int, 1, 0,
											  10, PGC_USERSET, 0, nullptr, nullptr, nullptr);
				  }),
			  "XX000 attempt to redefine parameter \"mod.number\"");
}

TEST_F(Guc, BadPlaceholdersOnlyWarn)
{
	set("other.number", "many");
	DefineCustomIntVariable("other.number", "A number.", nullptr, &module_int, 3, 0, 10,
							PGC_USERSET, 0, nullptr, nullptr, nullptr);
	EXPECT_EQ(module_int, 3);
}

TEST_F(Guc, Rows)
{
	set("t_size", "8");
	for (const SettingRow &row : SettingRows())
	{
		if (row.name != "t_size")
			continue;
		EXPECT_EQ(row.setting, "8");
		EXPECT_EQ(row.unit, "kB");
		EXPECT_EQ(row.context, "user");
		EXPECT_EQ(row.vartype, "integer");
		EXPECT_EQ(row.source, "session");
		EXPECT_EQ(row.max_val, "2147483647");
		EXPECT_EQ(row.boot_val, "4096");
		EXPECT_EQ(row.reset_val, "4096");
		EXPECT_EQ(row.category, "Developer Options");
		EXPECT_FALSE(row.pending_restart);
	}
}

TEST_F(Guc, LongOptions)
{
	std::string name;
	std::optional<std::string> value;

	EXPECT_TRUE(ParseLongOption("t-text=a=b", name, value));
	EXPECT_EQ(name, "t_text");
	EXPECT_EQ(value, "a=b");
	EXPECT_FALSE(ParseLongOption("t-text", name, value));
	EXPECT_FALSE(value.has_value());
}

/* Files, in a folder of their own. */
class GucFiles : public Guc
{
protected:
	void SetUp() override
	{
		char pattern[] = "/tmp/guc_test_XXXXXX";

		Guc::SetUp();
		folder_ = mkdtemp(pattern);
		former_data_dir_ = DataDir;
		data_dir_ = folder_;
		DataDir = data_dir_.data();
	}
	void TearDown() override
	{
		DataDir = former_data_dir_;
		std::filesystem::remove_all(folder_);
		Guc::TearDown();
	}

	void write(const std::string &name, const std::string &content) const
	{
		std::ofstream(folder_ + "/" + name) << content;
	}
	std::string main() const { return folder_ + "/postgresql.conf"; }
	/* Reloads; what the log said meanwhile. */
	std::string reload(bool expected)
	{
		testing::internal::GetCapturedStderr();
		testing::internal::CaptureStderr();
		EXPECT_EQ(ReloadConfigFiles(), expected);
		std::string log = testing::internal::GetCapturedStderr();
		testing::internal::CaptureStderr();
		return log;
	}

	std::string folder_, data_dir_;
	char *former_data_dir_ = nullptr;
};

TEST_F(GucFiles, LoadsIncludesAndAutoFile)
{
	write("postgresql.conf", "t_size = 8kB\nt_text = 'main'\ninclude_dir = 'conf.d'\n"
							 "include_if_exists = 'missing.conf'\nt_restart = 20\n");
	mkdir((folder_ + "/conf.d").c_str(), 0700);
	write("conf.d/b.conf", "t_text = 'b'\n");
	write("conf.d/a.conf", "t_text = 'a'\nt_delay = 2s\n");
	write("conf.d/.hidden.conf", "t_text = 'hidden'\n");
	write("postgresql.auto.conf", "t_level = 'high'\n");
	LoadConfigFiles(main().c_str());
	EXPECT_EQ(size_kb, 8);
	EXPECT_STREQ(text, "b");
	EXPECT_EQ(delay_ms, 2000);
	EXPECT_EQ(restart_int, 20);
	EXPECT_EQ(level, 2);
	EXPECT_EQ(guc::FindSetting("t_text")->source_file, folder_ + "/conf.d/b.conf");
	EXPECT_EQ(guc::FindSetting("t_delay")->source_line, 2);
}

TEST_F(GucFiles, ReloadsWhatChanged)
{
	write("postgresql.conf", "t_size = 8\nt_delay = 5s\nt_restart = 20\n");
	LoadConfigFiles(main().c_str());
	write("postgresql.conf", "t_size = 8\nt_text = 'new'\nt_restart = 30\n");

	const std::string log = reload(true);

	EXPECT_STREQ(text, "new");
	EXPECT_EQ(delay_ms, 1000);
	EXPECT_EQ(restart_int, 20);
	EXPECT_TRUE(guc::FindSetting("t_restart")->pending_restart);
	EXPECT_NE(log.find("LOG:  parameter \"t_text\" changed to \"new\"\n"), std::string::npos)
		<< log;
	EXPECT_NE(
		log.find("LOG:  parameter \"t_delay\" removed from configuration file, reset to default\n"),
		std::string::npos)
		<< log;
	EXPECT_NE(
		log.find("LOG:  parameter \"t_restart\" cannot be changed without restarting the server\n"),
		std::string::npos)
		<< log;
	EXPECT_EQ(log.find("t_size"), std::string::npos) << log;
	write("postgresql.conf", "t_restart = 20\n");
	reload(true);
	EXPECT_FALSE(guc::FindSetting("t_restart")->pending_restart);
}

TEST_F(GucFiles, BadFilesChangeNothing)
{
	write("postgresql.conf", "t_size = 8\n");
	LoadConfigFiles(main().c_str());
	for (const char *bad : {"t_size = 10\nt_delay = = 3\n", "t_size = 10\nt_delay = '1 year'\n",
							"t_size = 10\nno_such_setting = 1\n", "t_size = 10\ninclude 'absent'\n",
							"t_size = 10\ninclude 'postgresql.conf'\n"})
	{
		write("postgresql.conf", bad);

		const std::string log = reload(false);

		EXPECT_EQ(size_kb, 8) << bad;
		EXPECT_NE(log.find("contains errors; no changes were applied"), std::string::npos) << log;
		EXPECT_TRUE(
			log.find("line 2") != std::string::npos || log.find("include") != std::string::npos ||
			log.find("recursion") != std::string::npos || log.find("absent") != std::string::npos)
			<< log;
	}
	write("postgresql.conf", "t_size = 12\n");
	reload(true);
	EXPECT_EQ(size_kb, 12);
}

TEST_F(GucFiles, ChildrenKeepQuiet)
{
	write("postgresql.conf", "t_size = 8\n");
	LoadConfigFiles(main().c_str());
	IsUnderPostmaster = true;
	write("postgresql.conf", "t_size = 10\n");
	EXPECT_EQ(reload(true), "");
	write("postgresql.conf", "t_size = 11\n");
	EXPECT_EQ(reload(false), "");
	IsUnderPostmaster = false;
	EXPECT_EQ(size_kb, 10);
}

TEST_F(GucFiles, ListsFileSettings)
{
	write("postgresql.conf", "t_size = 8\n");
	LoadConfigFiles(main().c_str());
	write("postgresql.conf", "t_size = 8\nt_text = 'x'\nt_size = 10\nt_level = 'odd'\n");

	const auto rows = FileSettingRows();

	ASSERT_EQ(rows.size(), 4u);
	EXPECT_EQ(rows[0].name, "t_size");
	EXPECT_FALSE(rows[0].applied);
	EXPECT_EQ(rows[3].sourceline, 4);
	EXPECT_TRUE(rows[3].error.has_value());
	EXPECT_EQ(size_kb, 8);
}

TEST_F(GucFiles, AlterSystemRewritesTheAutoFile)
{
	const auto content = [&]
	{
		std::ifstream in(folder_ + "/postgresql.auto.conf");
		return std::string(std::istreambuf_iterator<char>(in), {});
	};
	const std::string head = "# Do not edit this file manually!\n"
							 "# It will be overwritten by the ALTER SYSTEM command.\n";

	AlterSystem("t_text", "it's");
	AlterSystem("T_SIZE", "16");
	EXPECT_EQ(content(), head + "t_text = 'it''s'\nt_size = '16'\n");
	AlterSystem("t_text", nullptr);
	EXPECT_EQ(content(), head + "t_size = '16'\n");
	EXPECT_EQ(error_of([] { AlterSystem("t_size", "3"); }),
			  "22023 invalid value for parameter \"t_size\": \"3\"|3 is odd.|");
	EXPECT_EQ(error_of([] { AlterSystem("t_text", "a\nb"); }),
			  "22023 parameter value for ALTER SYSTEM must not contain a newline");
	EXPECT_EQ(error_of([] { AlterSystem("nothing", "1"); }),
			  "42704 unrecognized configuration parameter \"nothing\"");
	AlterSystem("", nullptr);
	EXPECT_EQ(content(), head);
}

} /* namespace */
} /* namespace pg */
