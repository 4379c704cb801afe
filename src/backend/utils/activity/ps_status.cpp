/*
 * ps_status.cpp
 *		The process title: "postgres: [CLUSTER:] NAME USER DATABASE HOST ACTIVITY".
 *
 * Every process.  The kernel shows the memory where the arguments lay at start, so the title is written
 * there, over the arguments and the environment behind them; both are copied away first.  Never raises.
 */
#include "postgres.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <algorithm>

#include "utils/activity/status.h"
#include "utils/guc.h"
#include "utils/ps_status.h"

extern char **environ;

bool update_process_title = true;

namespace pg
{

static char *title = nullptr; /* the memory that ps shows; null before SaveArgv */
static size_t title_size = 0;
static size_t fixed_length = 0; /* what comes before the activity */
static size_t shown_length = 0; /* what is not zero in the title */

/* The strings of a vector that follow directly on `end`; moves `end` behind them. */
static void
extend_over(char *const *strings, char **end)
{
	for (; *strings != nullptr; strings++)
	{
		if (*strings == *end)
			*end = *strings + strlen(*strings) + 1;
	}
}

/* Copies that live as long as the process: argv's for whoever kept a pointer, environ's for getenv. */
static char **
copy_strings(char *const *strings)
{
	size_t count = 0;

	while (strings[count] != nullptr)
		count++;

	char **copy = static_cast<char **>(calloc(count + 1, sizeof(char *)));

	for (size_t i = 0; copy != nullptr && i < count; i++)
	{
		copy[i] = strdup(strings[i]);
		if (copy[i] == nullptr)
			return nullptr;
	}
	return copy;
}

void
SaveArgv(int argc, char **argv)
{
	char *end = argv[0];

	if (argc < 1)
		return;
	extend_over(argv, &end);
	extend_over(environ, &end);

	char **new_argv = copy_strings(argv);
	char **new_environ = copy_strings(environ);

	/* Without memory for the copies there is no title, and nothing else is wrong. */
	if (new_argv == nullptr || new_environ == nullptr)
		return;
	title = argv[0];
	title_size = static_cast<size_t>(end - title);
	shown_length = title_size;
	environ = new_environ;
	for (int i = 0; i < argc; i++)
		argv[i] = new_argv[i];
}

/* Puts text at an offset of the title and zeros behind it, down to where the former title ended. */
static void
show(size_t offset, const char *text, size_t length)
{
	if (title == nullptr || offset >= title_size)
		return;
	length = std::min(length, title_size - offset - 1);
	memcpy(title + offset, text, length);

	const size_t end = offset + length;

	if (shown_length > end)
		memset(title + end, 0, shown_length - end);
	shown_length = end;
}

} // namespace pg

using namespace pg;

void
init_ps_display(const char *fixed_part)
{
	char prefix[512];

	if (title == nullptr)
		return;
	const bool named = cluster_name != nullptr && *cluster_name != '\0';

	snprintf(prefix, sizeof(prefix), "postgres:%s%s%s%s%s ", named ? " " : "",
			 named ? cluster_name : "", named ? ":" : "", *fixed_part != '\0' ? " " : "",
			 fixed_part);
	show(0, prefix, strlen(prefix));
	fixed_length = shown_length;
}

void(set_ps_display)(const char *activity)
{
	set_ps_display_with_len(activity, strlen(activity));
}

void
set_ps_display_with_len(const char *activity, size_t len)
{
	if (!update_process_title)
		return;
	/* Before the fixed part is known the activity is all there is. */
	if (fixed_length == 0)
		init_ps_display("");
	show(fixed_length, activity, len);
}

const char *
get_ps_display(int *displen)
{
	*displen = static_cast<int>(shown_length > fixed_length ? shown_length - fixed_length : 0);
	return title != nullptr ? title + fixed_length : "";
}
