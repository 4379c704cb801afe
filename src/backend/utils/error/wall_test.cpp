/*
 * utils/error/wall_test.cpp
 *		The wall: errors from C++ through C to C++ and back, with every destructor run.
 *
 * The functions in the extern "C" block stand for a module: C in all but the compiler, with nothing
 * in their frames that owns anything.
 */
#include <gtest/gtest.h>

#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "utils/error/wall.h"

#include "lib/stringinfo.h"
#include "storage/ipc.h"
#include "utils/guc.h"
#include "utils/memutils.h"

namespace
{

using namespace pg;

int alive = 0;
int destroyed = 0;

/* Counts what is alive. */
struct Counted
{
	Counted() { alive++; }
	~Counted()
	{
		alive--;
		destroyed++;
	}
	Counted(const Counted &) = delete;
	Counted &operator=(const Counted &) = delete;
};

int c_steps = 0;

} /* namespace */

extern "C"
{
	/* What a server function looks like to C: raises for 0, hands other numbers back. */
	static int server_checks(int number)
	{
		return FromC(
			[&]
			{
				const Counted outer;

				if (number == 0)
				{
					const Counted inner;

					Raise(Report(ERROR, ERRCODE_DIVISION_BY_ZERO)
							  .msg("zero is not %s", "allowed")
							  .hint("Try one."));
				}
				return number;
			});
	}

	static int c_plain_call(int number)
	{
		c_steps++;
		return server_checks(number) + 1;
	}

	static void c_raises(void)
	{
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE), errmsg("relation \"%s\" does not exist", "t"),
				 errdetail("Detail %d.", 7), errhint("Hint."), errposition(12),
				 err_generic_string(PG_DIAG_TABLE_NAME, "t")));
	}

	static int c_catches(int number)
	{
		volatile int result = -1;

		PG_TRY();
		{
			result = c_plain_call(number);
		}
		PG_CATCH();
		{
			result = geterrcode() == ERRCODE_DIVISION_BY_ZERO ? 100 : 200;
			FlushErrorState();
		}
		PG_END_TRY();
		return result;
	}

	/* A module in C++ that lets an exception out, with an error caught and left lying about. */
	static void module_throws(void)
	{
		const Counted counted;

		PG_TRY();
		{
			c_raises();
		}
		PG_CATCH();
		{
			throw std::runtime_error("from a module");
		}
		PG_END_TRY();
	}

	static void c_rethrows(void)
	{
		PG_TRY();
		{
			c_raises();
		}
		PG_CATCH();
		{
			c_steps++;
			PG_RE_THROW();
		}
		PG_END_TRY();
	}

	static void c_finally(int number)
	{
		PG_TRY();
		{
			c_plain_call(number);
		}
		PG_FINALLY();
		{
			c_steps += 10;
		}
		PG_END_TRY();
	}

	static void c_copies_and_rethrows(void)
	{
		ErrorData *volatile copy = NULL;
		MemoryContext context = CurrentMemoryContext;

		PG_TRY();
		{
			c_raises();
		}
		PG_CATCH();
		{
			MemoryContextSwitchTo(context);
			copy = CopyErrorData();
			FlushErrorState();
		}
		PG_END_TRY();
		copy->message = pstrdup("changed on the way");
		ReThrowError(copy);
	}

	/* A handler that has another error inside. */
	static int c_catches_within_catch(void)
	{
		volatile int result = 0;

		PG_TRY();
		{
			c_raises();
		}
		PG_CATCH();
		{
			PG_TRY(inner);
			{
				c_plain_call(0);
			}
			PG_CATCH(inner);
			{
				result = geterrcode() == ERRCODE_DIVISION_BY_ZERO ? 1 : 0;
				FlushErrorState();
			}
			PG_END_TRY(inner);
		}
		PG_END_TRY();
		return result;
	}

	static void c_jumps_without_error(void)
	{
		siglongjmp(*PG_exception_stack, 1);
	}

	static void c_allocates_too_much(void)
	{
		palloc(MaxAllocSize + 1);
	}

	static void c_context_callback(void *arg)
	{
		errcontext("while doing %s", (const char *) arg);
	}

	static void c_raises_in_context(void)
	{
		ErrorContextCallback callback;
		char text[] = "work in C";

		callback.previous = error_context_stack;
		callback.callback = c_context_callback;
		callback.arg = text;
		error_context_stack = &callback;
		server_checks(0);
		error_context_stack = callback.previous;
	}

	static void c_bad_context_callback(void *)
	{
		elog(ERROR, "callback failed");
	}

} /* extern "C" */

namespace
{

/* What the server does between two calls into C. */
int
server_calls_c(int number)
{
	const Counted counted;

	return ToC(c_plain_call, number);
}

extern "C" int
c_to_server_to_c(int number)
{
	c_steps++;
	return FromC(
		[&]
		{
			const Counted counted;

			return server_calls_c(number);
		});
}

template <typename Body>
Report
caught(Body body)
{
	try
	{
		body();
	}
	catch (const PgError &error)
	{
		return error.report;
	}
	ADD_FAILURE() << "nothing was raised";
	return Report(ERROR);
}

class Wall : public testing::Test
{
protected:
	void SetUp() override
	{
		alive = 0;
		destroyed = 0;
		c_steps = 0;
	}
	void TearDown() override
	{
		EXPECT_EQ(alive, 0);
		EXPECT_EQ(PG_exception_stack, nullptr);
		EXPECT_EQ(error_context_stack, nullptr);
		EXPECT_EQ(wall::error_depth, 0);
		EXPECT_EQ(wall::side, wall::Side::Cpp);
	}
};

TEST_F(Wall, PassesResults)
{
	EXPECT_EQ(ToC(c_plain_call, 5), 6);
	EXPECT_EQ(destroyed, 1);
}

TEST_F(Wall, TurnsAnErrorOfCIntoAnException)
{
	const Report report = caught([] { ToC(c_raises); });

	EXPECT_EQ(report.elevel, ERROR);
	EXPECT_EQ(report.sqlstate, ERRCODE_UNDEFINED_TABLE);
	EXPECT_EQ(report.message, "relation \"t\" does not exist");
	EXPECT_EQ(report.detail_text, "Detail 7.");
	EXPECT_EQ(report.hint_text, "Hint.");
	EXPECT_EQ(report.position, 12);
	EXPECT_EQ(report.table_name, "t");
	EXPECT_STREQ(report.file, "wall_test.cpp");
	EXPECT_EQ(report.routine(), "c_raises");
}

TEST_F(Wall, TurnsAnExceptionOfAModuleIntoOneOfOurs)
{
	sigjmp_buf *const stack = PG_exception_stack;
	const Report report = caught([] { ToC(module_throws); });

	EXPECT_EQ(report.elevel, ERROR);
	EXPECT_EQ(report.sqlstate, ERRCODE_INTERNAL_ERROR);
	EXPECT_EQ(report.message, "from a module");
	EXPECT_EQ(destroyed, 1);
	EXPECT_EQ(PG_exception_stack, stack);
	EXPECT_EQ(wall::side, wall::Side::Cpp);
	EXPECT_EQ(wall::error_depth, 0);
}

TEST_F(Wall, UnwindsCppThenJumpsOverC)
{
	const Report report = caught([] { ToC(c_plain_call, 0); });

	EXPECT_EQ(report.message, "zero is not allowed");
	EXPECT_EQ(report.sqlstate, ERRCODE_DIVISION_BY_ZERO);
	EXPECT_EQ(report.routine(), "server_checks");
	EXPECT_EQ(destroyed, 2);
}

TEST_F(Wall, NestsCppCCppC)
{
	const Report report = caught(
		[]
		{
			const Counted counted;

			ToC(c_to_server_to_c, 0);
		});

	EXPECT_EQ(report.message, "zero is not allowed");
	EXPECT_EQ(c_steps, 2);
	EXPECT_EQ(destroyed, 5);
	EXPECT_EQ(ToC(c_to_server_to_c, 1), 2);
}

TEST_F(Wall, LetsCCatch)
{
	EXPECT_EQ(ToC(c_catches, 0), 100);
	EXPECT_EQ(ToC(c_catches, 1), 2);
	EXPECT_EQ(ToC(c_catches_within_catch), 1);
	EXPECT_EQ(wall::error_depth, 0);
}

TEST_F(Wall, LetsCRethrow)
{
	EXPECT_EQ(caught([] { ToC(c_rethrows); }).message, "relation \"t\" does not exist");
	EXPECT_EQ(c_steps, 1);
}

TEST_F(Wall, RunsFinallyBothWays)
{
	ToC(c_finally, 1);
	EXPECT_EQ(c_steps, 11);
	EXPECT_EQ(caught([] { ToC(c_finally, 0); }).message, "zero is not allowed");
	EXPECT_EQ(c_steps, 22);
}

TEST_F(Wall, CopiesErrors)
{
	const Report report = caught([] { ToC(c_copies_and_rethrows); });

	EXPECT_EQ(report.message, "changed on the way");
	EXPECT_EQ(report.sqlstate, ERRCODE_UNDEFINED_TABLE);
	EXPECT_EQ(report.detail_text, "Detail 7.");
	EXPECT_EQ(report.table_name, "t");
}

TEST_F(Wall, ReportsAJumpWithoutAnError)
{
	EXPECT_EQ(caught([] { ToC(c_jumps_without_error); }).sqlstate, ERRCODE_INTERNAL_ERROR);
}

TEST_F(Wall, ThrowsWhenCppCallsTheCApi)
{
	EXPECT_EQ(caught(
				  []
				  {
					  const Counted counted;

					  palloc(MaxAllocSize + 1);
				  })
				  .message,
			  "invalid memory alloc request size 1073741824");
	EXPECT_EQ(caught([] { ereport(ERROR, errmsg("from %s", "C++")); }).message, "from C++");
	EXPECT_EQ(caught([] { ToC(c_allocates_too_much); }).sqlstate, ERRCODE_INTERNAL_ERROR);
}

TEST_F(Wall, TranslatesOtherExceptions)
{
	static int kind;
	const auto call = [](int which)
	{
		kind = which;
		return caught(
			[]
			{
				ToC(+[]
					{
						FromC(
							[]
							{
								if (kind == 0)
									throw std::bad_alloc();
								if (kind == 1)
									throw std::runtime_error("odd");
								throw 42;
							});
					});
			});
	};

	EXPECT_EQ(call(0).sqlstate, ERRCODE_OUT_OF_MEMORY);
	EXPECT_EQ(call(0).message, "out of memory");
	EXPECT_EQ(call(1).sqlstate, ERRCODE_INTERNAL_ERROR);
	EXPECT_EQ(call(1).message, "odd");
	EXPECT_EQ(call(2).message, "unknown C++ exception");
}

TEST_F(Wall, NamesTheRoutine)
{
	const auto routine = [](const char *function)
	{
		Report report(LOG);

		report.function = function;
		return std::string(report.routine());
	};

	EXPECT_EQ(routine("plain_c"), "plain_c");
	EXPECT_EQ(routine("void pg::Wire::put(std::string_view) const"), "put");
	EXPECT_EQ(routine("std::string pg::{anonymous}::expand(const std::string&)"), "expand");
	EXPECT_EQ(routine("int pg::(anonymous namespace)::parse(int)"), "parse");
	EXPECT_EQ(routine("char* pg::name(T) [with T = int]"), "name");
	EXPECT_EQ(routine(nullptr), "");
}

TEST_F(Wall, AddsContext)
{
	EXPECT_EQ(caught([] { ToC(c_raises_in_context); }).context_text, "while doing work in C");

	/* Innermost first, and callbacks of C++'s callers count, too. */
	char outer[] = "more";
	ErrorContextCallback callback{nullptr, c_context_callback, outer};

	error_context_stack = &callback;
	EXPECT_EQ(caught([] { ToC(c_raises_in_context); }).context_text,
			  "while doing work in C\nwhile doing more");
	EXPECT_STREQ(GetErrorContextStack(), "while doing more");
	error_context_stack = nullptr;
}

TEST_F(Wall, SurvivesABadContextCallback)
{
	ErrorContextCallback callback{nullptr, c_bad_context_callback, nullptr};

	error_context_stack = &callback;
	EXPECT_EQ(caught([] { Raise(Report(ERROR).msg("first")); }).message, "first");
	EXPECT_EQ(caught([] { ToC(c_raises); }).message, "relation \"t\" does not exist");
	error_context_stack = nullptr;
}

/* emit_log_hook */

std::vector<std::string> seen_by_hook;

void
keep_out(ErrorData *edata)
{
	seen_by_hook.emplace_back(edata->message);
	edata->output_to_server = false;
}

void
raise_in_hook(ErrorData *edata)
{
	seen_by_hook.emplace_back(edata->message);
	ereport(ERROR, errmsg("hook failed"));
}

void
log_in_hook(ErrorData *edata)
{
	seen_by_hook.emplace_back(edata->message);
	ereport(LOG, errmsg("said by the hook"));
}

/* Sets the hook, and reads what goes to stderr meanwhile. */
std::string
logged_with_hook(emit_log_hook_type hook, const char *message)
{
	seen_by_hook.clear();
	emit_log_hook = hook;
	testing::internal::CaptureStderr();
	Report(LOG).msg("%s", message).emit();
	emit_log_hook = nullptr;
	return testing::internal::GetCapturedStderr();
}

TEST_F(Wall, AsksTheLogHook)
{
	EXPECT_EQ(logged_with_hook(keep_out, "secret"), "");
	EXPECT_EQ(seen_by_hook, std::vector<std::string>{"secret"});
}

TEST_F(Wall, SurvivesAnErrorInTheLogHook)
{
	const std::string log = logged_with_hook(raise_in_hook, "important");

	EXPECT_NE(log.find("LOG:  important\n"), std::string::npos) << log;
	EXPECT_NE(log.find("LOG:  hook failed\n"), std::string::npos) << log;
	EXPECT_EQ(seen_by_hook, std::vector<std::string>{"important"});
}

TEST_F(Wall, DoesNotEnterTheLogHookTwice)
{
	const std::string log = logged_with_hook(log_in_hook, "first");

	EXPECT_NE(log.find("LOG:  said by the hook\n"), std::string::npos) << log;
	EXPECT_EQ(seen_by_hook, std::vector<std::string>{"first"});
}

using WallDeathTest = Wall;

TEST_F(WallDeathTest, FatalLeavesAndPanicAborts)
{
	EXPECT_EXIT(Report(FATAL).msg("the end").emit(), testing::ExitedWithCode(1), "FATAL:  the end");
	EXPECT_DEATH(Report(PANIC).msg("worse").emit(), "PANIC:  worse");
	EXPECT_EXIT(ToC(+[] { ereport(FATAL, errmsg("C's end")); }), testing::ExitedWithCode(1),
				"FATAL:  C's end");
}

TEST_F(WallDeathTest, ErrorWithoutAHandlerIsFatal)
{
	EXPECT_EXIT(ToC(+[]
					{
						PG_exception_stack = nullptr;
						ereport(ERROR, errmsg("nobody listens"));
					}),
				testing::ExitedWithCode(1), "FATAL:  nobody listens");
}

} /* namespace */
