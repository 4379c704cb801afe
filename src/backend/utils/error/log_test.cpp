/*
 * utils/error/log_test.cpp
 *		The formats of the log, and the collector's chunks.
 */
#include <gtest/gtest.h>

#include <cstring>
#include <regex>
#include <string>
#include <vector>

#include "miscadmin.h"
#include "tcop/tcopprot.h"
#include "utils/error/log_output.h"
#include "utils/error/logger_internals.h"
#include "utils/error/report.h"
#include "utils/guc.h"

namespace pg
{
namespace
{

char no_prefix[] = "";

/* A client session's identity, and the settings put back afterwards. */
class Log : public testing::Test
{
protected:
	void SetUp() override
	{
		Log_line_prefix = no_prefix;
		MyProcPid = 4711;
		log_identity = {};
		log_identity.backend_type = "client backend";
		log_identity.user = "ann";
		log_identity.database = "shop";
		log_identity.remote_host = "10.0.0.1";
		log_identity.remote_port = "5555";
		log_identity.application_name = "psql";
		log_identity.command_tag = "SELECT";
		log_identity.session_start = 1000000;
	}
	void TearDown() override
	{
		log_identity = {};
		Log_error_verbosity = PGERROR_DEFAULT;
		debug_query_string = nullptr;
	}

	static std::string prefix(const char *format)
	{
		return FormatLogPrefix(format, Report(ERROR, ERRCODE_UNDEFINED_TABLE));
	}
};

TEST_F(Log, PrefixEscapes)
{
	EXPECT_EQ(prefix("%a|%u|%d|%r|%h|%b|%p|%i|%e|%%|%x|%Q|%v|%P"),
			  "psql|ann|shop|10.0.0.1(5555)|10.0.0.1|client backend|4711|SELECT|42P01|%|0|0||");
	EXPECT_EQ(prefix("%c"), "386d4381.1267");
	EXPECT_EQ(prefix("%s"), "2000-01-01 00:00:01 GMT");
	EXPECT_TRUE(
		std::regex_match(prefix("%m"), std::regex(R"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} GMT)")));
	EXPECT_TRUE(
		std::regex_match(prefix("%t"), std::regex(R"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d GMT)")));
	EXPECT_TRUE(std::regex_match(prefix("%n"), std::regex(R"(\d{10}\.\d{3})")));
}

TEST_F(Log, PrefixPadsAndStops)
{
	EXPECT_EQ(prefix("[%6u][%-6u][%2u]"), "[   ann][ann   ][ann]");
	EXPECT_EQ(prefix("%p %q%u@%d "), "4711 ann@shop ");
	log_identity.remote_host = nullptr;
	EXPECT_EQ(prefix("%p %q%u@%d "), "4711 ");
	EXPECT_EQ(prefix("[%5u]"), "[     ]");
	EXPECT_EQ(prefix("%"), "");
}

TEST_F(Log, StderrLines)
{
	log_identity.statement = "select 1\nfrom t";

	Report report(ERROR, ERRCODE_UNDEFINED_TABLE);

	report.msg("two\nlines").detail("D.").hint("H.").context("C").at(15);
	EXPECT_EQ(FormatForStderr(report), "ERROR:  two\n\tlines at character 15\n"
									   "DETAIL:  D.\n"
									   "HINT:  H.\n"
									   "CONTEXT:  C\n"
									   "STATEMENT:  select 1\n\tfrom t\n");
	Log_error_verbosity = PGERROR_TERSE;
	report.hide_statement();
	EXPECT_EQ(FormatForStderr(report), "ERROR:  two\n\tlines at character 15\n");
	Log_error_verbosity = PGERROR_VERBOSE;
	EXPECT_TRUE(std::regex_search(
		FormatForStderr(report),
		std::regex("ERROR:  42P01: two[^]*LOCATION:  TestBody, log_test.cpp:\\d+\n")));
}

/* Fields of one CSV line. */
std::vector<std::string>
csv_fields(const std::string &line)
{
	std::vector<std::string> fields(1);
	bool quoted = false;

	for (size_t i = 0; i + 1 < line.size(); i++)
	{
		if (line[i] == '"' && quoted && line[i + 1] == '"')
			fields.back() += line[++i];
		else if (line[i] == '"')
			quoted = !quoted;
		else if (line[i] == ',' && !quoted)
			fields.emplace_back();
		else
			fields.back() += line[i];
	}
	return fields;
}

TEST_F(Log, CsvColumns)
{
	debug_query_string = "select \"x\"";

	Report report(ERROR, ERRCODE_UNDEFINED_TABLE);
	const auto fields = csv_fields(FormatForCsv(report.msg("a, \"b\"").at(3)));

	ASSERT_EQ(fields.size(), 26u);
	EXPECT_EQ(fields[1], "ann");
	EXPECT_EQ(fields[2], "shop");
	EXPECT_EQ(fields[3], "4711");
	EXPECT_EQ(fields[4], "10.0.0.1:5555");
	EXPECT_EQ(fields[5], "386d4381.1267");
	EXPECT_EQ(fields[7], "SELECT");
	EXPECT_EQ(fields[11], "ERROR");
	EXPECT_EQ(fields[12], "42P01");
	EXPECT_EQ(fields[13], "a, \"b\"");
	EXPECT_EQ(fields[19], "select \"x\"");
	EXPECT_EQ(fields[20], "3");
	EXPECT_EQ(fields[22], "psql");
	EXPECT_EQ(fields[23], "client backend");
	EXPECT_EQ(fields[25], "0");
}

TEST_F(Log, JsonKeys)
{
	Report report(LOG);
	const std::string line = FormatForJson(report.msg("tab\t\"quote\" \x01").hint("h"));

	EXPECT_NE(line.find("\"message\":\"tab\\t\\\"quote\\\" \\u0001\",\"hint\":\"h\""),
			  std::string::npos)
		<< line;
	EXPECT_NE(
		line.find("\"user\":\"ann\",\"dbname\":\"shop\",\"pid\":4711,\"remote_host\":\"10.0.0.1\","
				  "\"remote_port\":5555"),
		std::string::npos)
		<< line;
	EXPECT_EQ(line.find("\"detail\""), std::string::npos);
	EXPECT_EQ(line.front(), '{');
	EXPECT_EQ(line.substr(line.size() - 2), "}\n");
}

TEST(LogLevels, LogRanksBetweenErrorAndFatal)
{
	EXPECT_TRUE(WantedByLog(LOG, WARNING));
	EXPECT_TRUE(WantedByLog(LOG, ERROR));
	EXPECT_FALSE(WantedByLog(LOG, FATAL));
	EXPECT_TRUE(WantedByLog(FATAL, LOG));
	EXPECT_FALSE(WantedByLog(ERROR, LOG));
	EXPECT_FALSE(WantedByLog(NOTICE, WARNING));
	EXPECT_FALSE(WantedByLog(WARNING_CLIENT_ONLY, DEBUG5));
}

TEST(Reports, FormatsErrnoAndLongTexts)
{
	errno = ENOENT;
	Report report(ERROR);

	errno = 0;
	EXPECT_EQ(report.msg("open: %m").message, "open: No such file or directory");
	EXPECT_EQ(report.code_for_file_access().sqlstate, ERRCODE_UNDEFINED_FILE);
	EXPECT_EQ(report.msg("%s", std::string(5000, 'x').c_str()).message, std::string(5000, 'x'));
}

/* Chunks */

std::string texts;

void
take_text(LogDestination destination, std::string_view text)
{
	texts += static_cast<char>('0' + static_cast<int>(destination));
	texts += ":";
	texts += text;
	texts += ";";
}

std::string
chunk(int pid, LogDestination destination, bool is_last, const std::string &data)
{
	logger::ChunkHeader header{};

	header.mark = logger::kChunkMark;
	header.length = static_cast<uint16>(data.size());
	header.pid = pid;
	header.destination = static_cast<uint8>(destination);
	header.is_last = is_last ? 1 : 0;
	return std::string(reinterpret_cast<const char *>(&header), sizeof(header)) + data;
}

TEST(Chunks, KeepsProcessesApart)
{
	const std::string stream = chunk(1, LogDestination::Stderr, false, "one ") +
							   chunk(2, LogDestination::Csv, false, "two ") + "plain text\n" +
							   chunk(2, LogDestination::Csv, true, "end") +
							   chunk(3, LogDestination::Json, true, "short") +
							   chunk(1, LogDestination::Stderr, true, "end");

	/* However the bytes come in. */
	for (size_t step : {size_t{1}, size_t{5}, size_t{17}, stream.size()})
	{
		logger::ChunkJoiner joiner(take_text);
		std::string plain;

		texts.clear();
		for (size_t at = 0; at < stream.size(); at += step)
			joiner.feed(std::string_view(stream).substr(at, step));
		joiner.finish();
		EXPECT_NE(texts.find("1:two end;"), std::string::npos) << texts;
		EXPECT_NE(texts.find("2:short;0:one end;"), std::string::npos) << texts;
		for (size_t at = texts.find("0:"); at != std::string::npos; at = texts.find("0:", at + 1))
			plain += texts.substr(at + 2, texts.find(';', at) - at - 2);
		EXPECT_EQ(plain, "plain text\none end");
	}
}

TEST(Chunks, LosesNothingAtTheEnd)
{
	logger::ChunkJoiner joiner(take_text);

	texts.clear();
	joiner.feed(chunk(1, LogDestination::Stderr, false, "unfinished"));
	joiner.feed(std::string_view("\0\x7F", 2));
	joiner.finish();
	EXPECT_NE(texts.find("0:unfinished;"), std::string::npos);
}

} /* namespace */
} /* namespace pg */
