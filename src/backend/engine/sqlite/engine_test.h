/*
 * engine_test.h
 *		What the engine's unit tests share: a data directory of their own with one database.
 */
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "engine/engine.h"
#include "miscadmin.h"
#include "utils/error/report.h"

namespace pg
{

class EngineTest : public ::testing::Test
{
protected:
	static constexpr Oid kDatabase = 5;

	void SetUp() override
	{
		char name[] = "/tmp/engine_test.XXXXXX";

		folder_ = mkdtemp(name);
		saved_data_dir_ = DataDir;
		DataDir = folder_.data();
		mkdir((folder_ + "/base").c_str(), 0700);
		mkdir((folder_ + "/global").c_str(), 0700);
		install_library();
		SqliteEngine().create_database(0, 0);
		SqliteEngine().create_database(kDatabase, 0);
	}

	void TearDown() override
	{
		DataDir = saved_data_dir_;
		if (!HasFailure())
			std::filesystem::remove_all(folder_);
	}

	static std::unique_ptr<EngineSession> open() { return SqliteEngine().open(kDatabase, false); }

	/* One transaction. */
	static void run(EngineSession &session, const char *sql)
	{
		session.begin(SnapshotMode::PerStatement, false);
		session.execute(sql);
		session.commit();
	}

	/* The first row, columns separated by bars. */
	static std::string query(EngineSession &session, const char *sql)
	{
		auto statement = session.prepare(sql);
		std::string row;

		if (statement->step())
			for (int i = 0; i < statement->column_count(); i++)
				row += (i == 0 ? "" : "|") + text_of(statement->column(i));
		return row;
	}

	static std::string text_of(const Value &value)
	{
		switch (value.kind)
		{
			case Value::Kind::Null: return "null";
			case Value::Kind::Int: return std::to_string(value.integer);
			case Value::Kind::Real: return std::to_string(value.real);
			default: return std::string(value.bytes);
		}
	}

	/* SQLSTATE that body raises, or "" when it raises nothing. */
	template <typename Body>
	static std::string state_of(Body body)
	{
		try
		{
			body();
		}
		catch (const PgError &error)
		{
			return unpack_sql_state(error.sqlstate());
		}
		return "";
	}

	/* twice(x), failing(), total(x), series(first, last). */
	static void install_library();

	std::string folder_;

private:
	char *saved_data_dir_ = nullptr;
};

} /* namespace pg */
