/*
 * main/sample_test.cpp
 *		postgresql.conf.sample and the declared settings agree, both ways.
 */
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "common/config_file.h"
#include "main/registries.h"
#include "utils/misc/guc_state.h"

namespace pg
{
namespace guc
{
namespace
{

/* "#name = value" lines of the sample, without the first character. */
std::map<std::string, std::string>
sample_settings(const std::string &file)
{
	std::ifstream in(file);
	std::stringstream uncommented;
	std::map<std::string, std::string> settings;

	for (std::string line; std::getline(in, line);)
	{
		if (line.size() > 1 && line[0] == '#' && isalpha(static_cast<unsigned char>(line[1])))
			uncommented << line.substr(1) << '\n';
	}
	for (const ConfigLine &line : LexConfig(uncommented.str()))
	{
		EXPECT_EQ(line.error, "") << line.line;
		if (!line.name.starts_with("include"))
			settings[FoldName(line.name)] = line.value;
	}
	return settings;
}

bool
belongs_in_sample(const SettingDef &def)
{
	return (def.flags & (GUC_NOT_IN_SAMPLE | GUC_DISALLOW_IN_FILE)) == 0;
}

TEST(Sample, AgreesWithTheSettings)
{
	const char *bindir = getenv("POSTROOM_BINDIR");

	if (bindir == nullptr)
		GTEST_SKIP() << "POSTROOM_BINDIR does not name the installation";

	auto sample =
		sample_settings(std::string(bindir) + "/../share/postgresql/postgresql.conf.sample");

	EXPECT_FALSE(sample.empty());
	for (const SettingSpan &span : pg::AllSettings())
	{
		for (const SettingDef &def : span)
		{
			if (!belongs_in_sample(def))
				continue;

			const auto found = sample.find(FoldName(def.name));

			ASSERT_NE(found, sample.end()) << def.name << " is not in the sample";

			const Setting setting(def);
			Held shown;

			ASSERT_TRUE(ParseAndCheck(setting, found->second.c_str(), PGC_S_TEST, ERROR, shown));
			EXPECT_EQ(ValueText(def, shown), ValueText(def, BootValue(def))) << def.name;
			sample.erase(found);
		}
	}
	for (const auto &[name, value] : sample)
		ADD_FAILURE() << name << " is in the sample and not declared";
}

} /* namespace */
} /* namespace guc */
} /* namespace pg */
