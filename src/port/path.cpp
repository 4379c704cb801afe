/*
 * path.cpp
 *		Paths as text: joining, tidying, taking apart (port.h).
 *
 * Every process and client programs.  Never looks at the file system, never raises, never allocates.
 */
#include "postgres.h"

#include <string.h>

#include "port.h"

char *
last_dir_separator(const char *filename)
{
	return const_cast<char *>(strrchr(filename, '/'));
}

void
join_path_components(char *ret_path, const char *head, const char *tail)
{
	if (ret_path != head)
		strlcpy(ret_path, head, MAXPGPATH);
	while (tail[0] == '.' && IS_DIR_SEP(tail[1]))
		tail += 2;
	if (*tail == '\0')
		return;

	size_t length = strlen(ret_path);

	if (length > 0 && !IS_DIR_SEP(ret_path[length - 1]) && length < MAXPGPATH - 1)
		ret_path[length++] = '/';
	strlcpy(ret_path + length, tail, MAXPGPATH - length);
}

/* The component that ends at `end` (exclusive) is "..", and lies at or after `start`. */
static bool
ends_in_parent(const char *start, const char *end)
{
	return end - start >= 2 && end[-1] == '.' && end[-2] == '.' &&
		   (end - start == 2 || end[-3] == '/');
}

/* Appends one component to the tidied prefix [path, out); returns the new end. */
static char *
append_component(char *path, char *out, const char *part, size_t length)
{
	const bool rooted = path[0] == '/';

	if (length == 0 || (length == 1 && part[0] == '.'))
		return out;
	if (length == 2 && part[0] == '.' && part[1] == '.')
	{
		char *const body = path + (rooted ? 1 : 0);

		if (rooted && out == body)
			return out; /* the root's parent is the root */
		if (out > body && !ends_in_parent(body, out))
		{
			while (out > body && out[-1] != '/')
				out--;
			if (out > body)
				out--; /* the separator before it */
			return out;
		}
	}
	if (out > path && out[-1] != '/')
		*out++ = '/';
	memmove(out, part, length);
	return out + length;
}

void
canonicalize_path(char *path)
{
	if (*path == '\0')
		return;

	const bool rooted = IS_DIR_SEP(*path);
	char *out = path + (rooted ? 1 : 0);
	const char *in = out;

	/* out never overtakes in: what is written is at most what was read. */
	while (*in != '\0')
	{
		const size_t length = strcspn(in, "/");
		const bool more = in[length] != '\0';
		char *const end = append_component(path, out, in, length);

		in += length + (more ? 1 : 0);
		out = end;
	}
	if (out == path)
		*out++ = '.';
	*out = '\0';
}

void
get_parent_directory(char *path)
{
	char *end = path + strlen(path);

	while (end > path + 1 && IS_DIR_SEP(end[-1]))
		end--;
	while (end > path && !IS_DIR_SEP(end[-1]))
		end--;
	while (end > path + 1 && IS_DIR_SEP(end[-1]))
		end--;
	*end = '\0';
}

bool
path_is_prefix_of_path(const char *path1, const char *path2)
{
	const size_t length = strlen(path1);

	return strncmp(path1, path2, length) == 0 &&
		   (length == 0 || IS_DIR_SEP(path1[length - 1]) || IS_DIR_SEP(path2[length]) ||
			path2[length] == '\0');
}

bool
path_contains_parent_reference(const char *path)
{
	for (const char *part = path; part != nullptr;)
	{
		if (part[0] == '.' && part[1] == '.' && (part[2] == '\0' || IS_DIR_SEP(part[2])))
			return true;
		part = strchr(part, '/');
		if (part != nullptr)
			part++;
	}
	return false;
}

bool
path_is_relative_and_below_cwd(const char *path)
{
	return !is_absolute_path(path) && !path_contains_parent_reference(path);
}
