/*
 * common/read_file.cpp
 *		Reads files whole.
 */
#include "common/read_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace pg
{

static constexpr size_t kStep = 16 * 1024;

template <typename String>
static bool
read_whole(const char *path, String *content, size_t limit)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t used = 0;
	ssize_t got;

	if (fd < 0)
		return false;
	/* One byte more than the limit tells whether it is passed. */
	do
	{
		content->resize(std::min(std::max(used * 2, kStep), limit + 1));
		got = read(fd, content->data() + used, content->size() - used);
		used += got > 0 ? static_cast<size_t>(got) : 0;
	} while (got > 0 && used <= limit);

	const int read_errno = got < 0 ? errno : used > limit ? EFBIG : 0;

	close(fd);
	content->resize(used);
	errno = read_errno;
	return read_errno == 0;
}

bool
ReadWholeFile(const char *path, std::string *content, size_t limit)
{
	return read_whole(path, content, limit);
}

bool
ReadWholeFile(const char *path, std::pmr::string *content, size_t limit)
{
	return read_whole(path, content, limit);
}

} /* namespace pg */
