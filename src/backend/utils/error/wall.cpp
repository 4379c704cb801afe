/*
 * utils/error/wall.cpp
 *		Both ways through the wall, and the C side's error stack.
 *
 * Every process.  Must not allocate on the way of an out-of-memory error.
 */
#include "utils/error/wall.h"

#include <cstdlib>
#include <new>
#include <utility>

#include "storage/ipc.h"
#include "utils/error/error_stack.h"

sigjmp_buf *PG_exception_stack = nullptr;
ErrorContextCallback *error_context_stack = nullptr;

namespace pg
{

namespace wall
{

Side side = Side::Cpp;
int error_depth = 0;
int error_base = 0;

} /* namespace wall */

namespace error_stack
{

namespace
{

/* Raw storage: no constructor runs at program start and no destructor at exit. */
alignas(Report) std::byte slots[kSize][sizeof(Report)];

Report *
slot(int index)
{
	return std::launder(reinterpret_cast<Report *>(slots[index]));
}

} /* namespace */

Report *
Top() noexcept
{
	return wall::error_depth > 0 ? slot(wall::error_depth - 1) : nullptr;
}

void
Push(Report &&report) noexcept
{
	if (wall::error_depth >= kSize)
	{
		CutTo(0);
		Report panic(PANIC);

		SendReport(panic.msg("ERRORDATA_STACK_SIZE exceeded"));
		abort();
	}
	new (slots[wall::error_depth]) Report(std::move(report));
	wall::error_depth++;
}

Report
Pop() noexcept
{
	Report *top = Top();
	Report result(std::move(*top));

	std::destroy_at(top);
	wall::error_depth--;
	return result;
}

void
CutTo(int depth) noexcept
{
	while (wall::error_depth > depth)
	{
		std::destroy_at(Top());
		wall::error_depth--;
	}
}

} /* namespace error_stack */

namespace wall
{

void
KeepForC() noexcept
{
	try
	{
		throw;
	}
	catch (PgError &error)
	{
		error_stack::Push(std::move(error.report));
	}
	catch (const std::bad_alloc &)
	{
		/* Short enough to need no memory of its own. */
		error_stack::Push(std::move(Report(ERROR, ERRCODE_OUT_OF_MEMORY).msg("out of memory")));
	}
	catch (const std::exception &error)
	{
		error_stack::Push(std::move(Report(ERROR).msg("%s", error.what())));
	}
	catch (...)
	{
		error_stack::Push(std::move(Report(ERROR).msg("unknown C++ exception")));
	}
}

void
JumpToC() noexcept
{
	if (PG_exception_stack != nullptr)
		siglongjmp(*PG_exception_stack, 1);

	/* C without a PG_TRY and without a barrier below it: nobody can go on from here. */
	Report report = error_stack::Pop();

	report.elevel = report.elevel >= PANIC ? PANIC : FATAL;
	try
	{
		Dispatch(std::move(report));
	}
	catch (...)
	{
	}
	abort();
}

void
ThrowFromC(int base)
{
	if (error_depth <= base)
		throw PgError(Report(ERROR).msg("a module jumped to an error handler without an error"));

	Report report = error_stack::Pop();

	error_stack::CutTo(base);
	throw PgError(std::move(report));
}

void
DropErrorsAbove(int base) noexcept
{
	error_stack::CutTo(base);
}

} /* namespace wall */

} /* namespace pg */
