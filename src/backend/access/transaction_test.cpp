/*
 * transaction_test.cpp
 *		Transactions and blocks over a recording engine.
 */
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "access/xact.h"
#include "transaction.h"
#include "transaction_internals.h"
#include "utils/error/report.h"
#include "utils/snapmgr.h"

namespace pg
{
namespace
{

std::vector<std::string> calls;

class NoSequences final : public SequenceStore
{
public:
	void with_record(Oid, SequenceAccess, const SequenceBody &) override {}
	void forget(Oid) noexcept override {}
	int reserve_ahead() const override { return 0; }
};

/* Writes down what it is told. */
class RecordingEngine final : public EngineSession
{
public:
	std::unique_ptr<EngineStatement> prepare(std::string_view) override { return nullptr; }
	void execute(const char *) override {}
	void begin(SnapshotMode mode, bool) override
	{
		calls.emplace_back(mode == SnapshotMode::PerStatement ? "begin" : "begin rr");
	}
	void ensure_write() override
	{
		if (!writing_)
			calls.emplace_back("write");
		writing_ = true;
	}
	bool is_writing() const override { return writing_; }
	void commit() override
	{
		calls.emplace_back("commit");
		if (fail_commit)
			Raise(Report(ERROR, ERRCODE_FOREIGN_KEY_VIOLATION).msg("no"));
		writing_ = false;
	}
	void rollback() noexcept override
	{
		calls.emplace_back("rollback");
		writing_ = false;
	}
	void savepoint(int level) override { calls.push_back("savepoint " + std::to_string(level)); }
	void rollback_to(int level) override
	{
		calls.push_back("rollback to " + std::to_string(level));
	}
	void release(int level) override { calls.push_back("release " + std::to_string(level)); }
	RowBuffers &row_buffers() override { return buffers_; }
	SequenceStore &sequences() override { return sequences_; }
	void sync_visible() override {}
	void release_idle() noexcept override {}
	void edit_schema(bool) override {}
	void interrupt() noexcept override {}
	Oid database() const override { return 5; }

	static inline bool fail_commit = false;

private:
	bool writing_ = false;
	RowBuffers buffers_;
	NoSequences sequences_;
};

class TransactionTest : public ::testing::Test
{
protected:
	void SetUp() override
	{
		AbortOutOfAnyTransaction();
		SetCurrentEngine(std::make_unique<RecordingEngine>());
		RecordingEngine::fail_commit = false;
		calls.clear();
	}
	void TearDown() override
	{
		AbortOutOfAnyTransaction();
		SetCurrentEngine(nullptr);
	}

	/* One statement of a session. */
	template <typename Body>
	static void statement(Body body)
	{
		StartTransactionCommand();
		body();
		CommitTransactionCommand();
	}
	static void write()
	{
		statement([] { PrepareForWrite("INSERT"); });
	}
	static void fail()
	{
		StartTransactionCommand();
		AbortCurrentTransaction();
	}

	static std::string log()
	{
		std::string result;

		for (const std::string &call : calls)
			result += (result.empty() ? "" : ", ") + call;
		calls.clear();
		return result;
	}

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
};

TEST_F(TransactionTest, StatementsCommitByThemselves)
{
	EXPECT_EQ(GetCurrentTransactionNestLevel(), 0);
	statement(
		[]
		{
			EXPECT_TRUE(IsTransactionState());
			EXPECT_FALSE(IsTransactionBlock());
			EXPECT_EQ(TransactionStatus(), 'I');
			EXPECT_EQ(CurrentMemoryContext, TopTransactionContext);
			EXPECT_NE(CurrentResourceOwner, nullptr);
		});
	EXPECT_FALSE(IsTransactionState());
	EXPECT_EQ(TopTransactionContext, nullptr);
	EXPECT_EQ(CurrentResourceOwner, nullptr);
	EXPECT_EQ(log(), "");
	write();
	EXPECT_EQ(log(), "begin, write, commit");
}

TEST_F(TransactionTest, BlocksCommitAtTheEnd)
{
	statement([] { BeginTransactionBlock({}); });
	EXPECT_EQ(TransactionStatus(), 'T');
	write();
	write();
	EXPECT_EQ(log(), "begin, write");
	statement([] { EXPECT_TRUE(EndTransactionBlock(false)); });
	EXPECT_EQ(log(), "commit");
	EXPECT_EQ(TransactionStatus(), 'I');
}

TEST_F(TransactionTest, FailedBlocksWaitForTheirEnd)
{
	statement([] { BeginTransactionBlock({}); });
	write();
	fail();
	EXPECT_EQ(log(), "begin, write, rollback");
	EXPECT_EQ(TransactionStatus(), 'E');
	EXPECT_TRUE(IsAbortedTransactionBlockState());
	EXPECT_FALSE(IsTransactionState());
	fail();
	statement([] { EXPECT_FALSE(EndTransactionBlock(false)); });
	EXPECT_EQ(TransactionStatus(), 'I');
	EXPECT_EQ(log(), "");
}

TEST_F(TransactionTest, RollbackTakesBack)
{
	statement([] { BeginTransactionBlock({}); });
	write();
	statement([] { UserAbortTransactionBlock(false); });
	EXPECT_EQ(log(), "begin, write, rollback");
	EXPECT_EQ(TransactionStatus(), 'I');
}

TEST_F(TransactionTest, FailingCommitsRollBack)
{
	RecordingEngine::fail_commit = true;
	StartTransactionCommand();
	PrepareForWrite("INSERT");
	EXPECT_EQ(state_of([] { CommitTransactionCommand(); }), "23503");
	AbortCurrentTransaction();
	EXPECT_EQ(log(), "begin, write, commit, rollback");
	EXPECT_EQ(TransactionStatus(), 'I');
}

TEST_F(TransactionTest, ChainsKeepCharacteristics)
{
	statement(
		[]
		{
			BeginTransactionBlock({});
			XactIsoLevel = XACT_REPEATABLE_READ;
		});
	write();
	statement([] { EndTransactionBlock(true); });
	EXPECT_EQ(TransactionStatus(), 'T');
	EXPECT_EQ(XactIsoLevel, XACT_REPEATABLE_READ);
	write();
	EXPECT_EQ(log(), "begin rr, write, commit, begin rr, write");
	fail();
	statement([] { UserAbortTransactionBlock(true); });
	EXPECT_EQ(TransactionStatus(), 'T');
	EXPECT_TRUE(IsTransactionState());
	EXPECT_EQ(state_of(
				  []
				  {
					  statement([] { EndTransactionBlock(false); });
					  StartTransactionCommand();
					  EndTransactionBlock(true);
				  }),
			  "25P01");
}

TEST_F(TransactionTest, SavepointsByName)
{
	statement([] { BeginTransactionBlock({}); });
	write();
	statement([] { DefineSavepoint("a"); });
	statement([] { DefineSavepoint("b"); });
	EXPECT_EQ(GetCurrentTransactionNestLevel(), 3);
	EXPECT_EQ(log(), "begin, write, savepoint 1, savepoint 2");
	EXPECT_EQ(state_of([] { statement([] { ReleaseSavepoint("c"); }); }), "3B001");
	AbortCurrentTransaction();
	EXPECT_EQ(log(), "rollback to 2");
	EXPECT_EQ(TransactionStatus(), 'E');
	statement([] { RollbackToSavepoint("a"); });
	EXPECT_EQ(log(), "rollback to 1, release 1, savepoint 1");
	EXPECT_EQ(TransactionStatus(), 'T');
	statement([] { ReleaseSavepoint("a"); });
	statement([] { EndTransactionBlock(false); });
	EXPECT_EQ(log(), "release 1, commit");
}

TEST_F(TransactionTest, SavepointsNeedABlock)
{
	EXPECT_EQ(state_of([] { statement([] { DefineSavepoint("a"); }); }), "25P01");
	AbortCurrentTransaction();
	EXPECT_EQ(state_of(
				  []
				  {
					  StartTransactionCommand();
					  BeginImplicitTransactionBlock();
					  DefineSavepoint("a");
				  }),
			  "25P01");
}

TEST_F(TransactionTest, InternalSubtransactions)
{
	StartTransactionCommand();
	PrepareForWrite("INSERT");

	const MemoryContext outer = CurrentMemoryContext;

	BeginInternalSubTransaction(nullptr);
	EXPECT_EQ(GetCurrentTransactionNestLevel(), 2);
	EXPECT_NE(CurrentMemoryContext, outer);
	RollbackAndReleaseCurrentSubTransaction();
	EXPECT_EQ(CurrentMemoryContext, outer);
	BeginInternalSubTransaction("x");
	ReleaseCurrentSubTransaction();
	CommitTransactionCommand();
	EXPECT_EQ(
		log(),
		"begin, write, savepoint 1, rollback to 1, release 1, savepoint 1, release 1, commit");
}

TEST_F(TransactionTest, ImplicitBlocksAreOneTransaction)
{
	StartTransactionCommand();
	BeginImplicitTransactionBlock();
	PrepareForWrite("INSERT");
	CommitTransactionCommand();
	EXPECT_EQ(TransactionStatus(), 'T');
	EXPECT_FALSE(InExplicitBlock());
	EXPECT_EQ(state_of([] { PreventInTransactionBlock(true, "VACUUM"); }), "25001");
	StartTransactionCommand();
	PrepareForWrite("INSERT");
	EndImplicitTransactionBlock();
	CommitTransactionCommand();
	EXPECT_EQ(log(), "begin, write, commit");
	EXPECT_EQ(TransactionStatus(), 'I');
}

TEST_F(TransactionTest, ReadOnlyTransactionsRefuseWrites)
{
	statement(
		[]
		{
			BeginTransactionBlock({});
			XactReadOnly = true;
		});
	StartTransactionCommand();
	EXPECT_EQ(state_of([] { PrepareForWrite("INSERT"); }), "25006");
	AbortCurrentTransaction();
	XactReadOnly = false;
}

std::vector<int> events;

TEST_F(TransactionTest, CallbacksSeeTheEnds)
{
	const XactCallback callback = [](XactEvent event, void *) { events.push_back(event); };

	RegisterXactCallback(callback, nullptr);
	write();
	fail();
	UnregisterXactCallback(callback, nullptr);
	write();
	EXPECT_EQ(events,
			  (std::vector<int>{XACT_EVENT_PRE_COMMIT, XACT_EVENT_COMMIT, XACT_EVENT_ABORT}));
}

TEST_F(TransactionTest, SnapshotsAreAStack)
{
	EXPECT_EQ(state_of([] { GetTransactionSnapshot(); }), "XX000");
	EXPECT_EQ(state_of([] { PopActiveSnapshot(); }), "XX000");
	StartTransactionCommand();
	PushActiveSnapshot(GetTransactionSnapshot());
	EXPECT_TRUE(ActiveSnapshotSet());
	PopActiveSnapshot();
	EXPECT_FALSE(ActiveSnapshotSet());
	PushActiveSnapshot(GetTransactionSnapshot());
	AbortCurrentTransaction();
	EXPECT_FALSE(ActiveSnapshotSet());
}

} /* namespace */
} /* namespace pg */
