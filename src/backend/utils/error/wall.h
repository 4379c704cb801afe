/*
 * utils/error/wall.h
 *		The wall between C++ and C: exceptions on one side, longjmp on the other (DESIGN section 4).
 *
 * A jump crosses only C frames, an exception only C++ frames.  Two crossings exist, both here.
 * Usable in every process that runs module code.
 *
 * The wall knows on which side the caller stands.  So the C API may be called from C++, too: an
 * error then goes on as the exception it is, and only towards C does it become a jump.
 */
#pragma once

#include <csetjmp>
#include <type_traits>
#include <utility>

#include "utils/error/report.h"

namespace pg
{
namespace wall
{

enum class Side : uint8_t
{
	Cpp,
	C
};

/* Who is running: changed only by FromC and ToC. The server starts in C++. */
extern Side side;

/* Number of errors on the C side's error stack (error_stack.h), and that number when C was entered. */
extern int error_depth;
extern int error_base;

/* Moves the error in flight (inside a catch block) to the C side's error stack. */
void KeepForC() noexcept;

/* Jumps to the module's innermost PG_CATCH with the kept error, or leaves the process if none. */
[[noreturn]] void JumpToC() noexcept;

/*
 * Takes the C side's current error off its stack and throws it as PgError.  base is the depth of
 * that stack when C was entered; errors above it are dropped.
 */
[[noreturn]] void ThrowFromC(int base);

/* Drops errors that C caught and left on the stack above base. */
void DropErrorsAbove(int base) noexcept;

/* What a call into C has to put back, whichever way it ends. */
struct Crossing
{
	sigjmp_buf *const stack = PG_exception_stack;
	ErrorContextCallback *const context = error_context_stack;
	const int depth = error_depth;
	const int base = error_base;
	const Side from = side;

	void back() const noexcept
	{
		PG_exception_stack = stack;
		error_context_stack = context;
		error_base = base;
		side = from;
	}

	/* The callee has not jumped; what it caught and left on the error stack is dropped. */
	void leave() const noexcept
	{
		back();
		if (error_depth > depth)
			DropErrorsAbove(depth);
	}
};

} /* namespace wall */

/*
 * C calls C++: the body of every exported C function that can raise.
 *
 *		extern "C" void *palloc(Size size) { return FromC([&] { return Allocate(size); }); }
 *
 * Runs body; an exception unwinds every C++ frame below, and only then, with no C++ object alive in
 * this frame, control jumps to the module's PG_CATCH.  What is not a PgError becomes XX000.  Called
 * from C++, it lets the exception pass.
 */
template <typename Body>
auto
FromC(Body &&body) -> std::invoke_result_t<Body>
{
	using Result = std::invoke_result_t<Body>;
	static_assert(std::is_void_v<Result> || std::is_trivially_destructible_v<Result>);

	const wall::Side caller = wall::side;

	try
	{
		wall::side = wall::Side::Cpp;
		if constexpr (std::is_void_v<Result>)
		{
			std::forward<Body>(body)();
			wall::side = caller;
			return;
		}
		else
		{
			Result result = std::forward<Body>(body)();

			wall::side = caller;
			return result;
		}
	}
	catch (...)
	{
		wall::side = caller;
		if (caller == wall::Side::Cpp)
			throw;
		wall::KeepForC();
	}
	wall::JumpToC();
}

/*
 * C++ calls C: every call into a module.  A longjmp that leaves the module lands here and goes on as
 * PgError; so does an exception of a module written in C++.  Result and arguments must be trivially destructible.
 */
template <typename Function, typename... Args>
auto
ToC(Function function, Args... args) -> std::invoke_result_t<Function, Args...>
{
	using Result = std::invoke_result_t<Function, Args...>;
	static_assert((std::is_trivially_destructible_v<Args> && ...));
	static_assert(std::is_void_v<Result> || std::is_trivially_destructible_v<Result>);

	sigjmp_buf here;
	const wall::Crossing crossing;

	if (sigsetjmp(here, 0) != 0)
	{
		crossing.back();
		wall::ThrowFromC(crossing.depth);
	}
	PG_exception_stack = &here;
	wall::error_base = crossing.depth;
	wall::side = wall::Side::C;
	try
	{
		if constexpr (std::is_void_v<Result>)
		{
			function(args...);
			crossing.leave();
			return;
		}
		else
		{
			Result result = function(args...);

			crossing.leave();
			return result;
		}
	}
	catch (...)
	{
		crossing.leave();
		wall::KeepForC();
	}
	wall::ThrowFromC(crossing.depth);
}

} /* namespace pg */
