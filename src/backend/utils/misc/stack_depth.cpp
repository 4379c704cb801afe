/*
 * utils/misc/stack_depth.cpp
 *		How deep the C stack is: recursion ends in an error, not in a crash.
 *
 * Any process; not in signal handlers.  Measured from the stack's own base, which children inherit.
 */
#include <pthread.h>
#include <sys/resource.h>

#include <climits>

#include "miscadmin.h"
#include "tcop/tcopprot.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/guc.h"
#include "utils/misc/settings.h"

int max_stack_depth = 100;

namespace pg
{

namespace
{

/* What must stay free for error handling and the library. */
constexpr long kSlop = 512 * 1024;

/* Highest address of this thread's stack; the same in children. */
const char *
stack_base()
{
	static const char *base = nullptr;
	pthread_attr_t attributes;

	if (base == nullptr && pthread_getattr_np(pthread_self(), &attributes) == 0)
	{
		void *lowest = nullptr;
		size_t size = 0;

		pthread_attr_getstack(&attributes, &lowest, &size);
		pthread_attr_destroy(&attributes);
		base = static_cast<const char *>(lowest) + size;
	}
	return base;
}

/* Limit of the kernel in bytes, or -1: unlimited or unknown. */
long
stack_limit()
{
	rlimit limit;

	if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
		return -1;
	return static_cast<long>(Min(limit.rlim_cur, static_cast<rlim_t>(INT_MAX)));
}

[[noreturn]] void
raise_too_deep()
{
	Raise(
		Report(ERROR, ERRCODE_STATEMENT_TOO_COMPLEX)
			.msg("stack depth limit exceeded")
			.hint(
				"Increase the configuration parameter \"max_stack_depth\" (currently %dkB), after "
				"ensuring the platform's stack depth limit is adequate.",
				max_stack_depth));
}

} /* namespace */

bool
CheckMaxStackDepth(int *newval, void **, GucSource)
{
	const long limit = stack_limit();

	if (limit < 0 || *newval * 1024L <= limit - kSlop)
		return true;
	GUC_check_errdetail("\"max_stack_depth\" must not exceed %ldkB.", (limit - kSlop) / 1024);
	GUC_check_errhint(
		"Increase the platform's stack depth limit via \"ulimit -s\" or local equivalent.");
	return false;
}

} /* namespace pg */

bool
stack_is_too_deep(void)
{
	/* Not a variable's address: AddressSanitizer may keep variables elsewhere. */
	const long depth = pg::stack_base() - static_cast<const char *>(__builtin_frame_address(0));

	return depth > max_stack_depth * 1024L;
}

void
check_stack_depth(void)
{
	if (unlikely(stack_is_too_deep()))
		pg::FromC([] { pg::raise_too_deep(); });
}
