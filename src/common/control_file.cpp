/*
 * control_file.cpp
 *		Reads and writes global/pg_control (common/control_file.h).
 *
 * Server and client programs.  Never raises, logs or keeps a descriptor open.
 */
#include "common/control_file.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <sys/time.h>
#include <unistd.h>

namespace pg
{

namespace
{

/* Little-endian, without padding; the checksum covers all before it. */
struct DiskForm
{
	char magic[8];
	uint32_t format;
	uint32_t server_version;
	uint64_t system_identifier;
	uint32_t state;
	uint32_t catalog_version;
	int64_t time;
	int64_t checkpoint_time;
	uint32_t crc;
};
static_assert(sizeof(DiskForm) <= kControlFileSize);

constexpr char kMagic[8] = {'P', 'O', 'S', 'T', 'R', 'O', 'O', 'M'};
constexpr uint32_t kFormat = 1;

/* CRC-32C, bit by bit: a few dozen bytes, a few times in a server's life. */
uint32_t
checksum(const void *data, size_t length)
{
	auto *at = static_cast<const unsigned char *>(data);
	uint32_t crc = 0xFFFFFFFFu;

	for (size_t i = 0; i < length; i++)
	{
		crc ^= at[i];
		for (int bit = 0; bit < 8; bit++)
			crc = (crc >> 1) ^ (0x82F63B78u & (0u - (crc & 1u)));
	}
	return ~crc;
}

std::string
path_in(const char *data_dir)
{
	return std::string(data_dir) + "/global/pg_control";
}

} /* namespace */

const char *
ClusterStateText(ClusterState state)
{
	static constexpr std::array<const char *, 7> texts = {
		"starting up",		 "shut down",			"shut down in recovery", "shutting down",
		"in crash recovery", "in archive recovery", "in production"};
	auto index = static_cast<size_t>(state);

	return index < texts.size() ? texts[index] : "unrecognized status code";
}

void
EncodeControlData(const ControlData &data, unsigned char (&bytes)[kControlFileSize])
{
	DiskForm form = {};

	memcpy(form.magic, kMagic, sizeof(kMagic));
	form.format = kFormat;
	form.server_version = data.server_version;
	form.system_identifier = data.system_identifier;
	form.state = static_cast<uint32_t>(data.state);
	form.catalog_version = data.catalog_version;
	form.time = data.time;
	form.checkpoint_time = data.checkpoint_time;
	form.crc = checksum(&form, offsetof(DiskForm, crc));
	memset(bytes, 0, sizeof(bytes));
	memcpy(bytes, &form, sizeof(form));
}

ControlFileError
DecodeControlData(const unsigned char *bytes, size_t length, ControlData *data)
{
	DiskForm form;

	if (length < sizeof(form))
		return ControlFileError::TooShort;
	memcpy(&form, bytes, sizeof(form));
	if (memcmp(form.magic, kMagic, sizeof(kMagic)) != 0 || form.format != kFormat)
		return ControlFileError::BadContent;
	if (form.crc != checksum(&form, offsetof(DiskForm, crc)))
		return ControlFileError::BadChecksum;
	if (form.state > static_cast<uint32_t>(ClusterState::InProduction))
		return ControlFileError::BadContent;
	data->server_version = form.server_version;
	data->system_identifier = form.system_identifier;
	data->state = static_cast<ClusterState>(form.state);
	data->catalog_version = form.catalog_version;
	data->time = form.time;
	data->checkpoint_time = form.checkpoint_time;
	return ControlFileError::None;
}

ControlFileError
ReadControlFile(const char *data_dir, ControlData *data)
{
	unsigned char bytes[kControlFileSize];
	int fd = open(path_in(data_dir).c_str(), O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return ControlFileError::System;
	ssize_t length = read(fd, bytes, sizeof(bytes));
	int read_errno = errno;

	close(fd);
	errno = read_errno;
	if (length < 0)
		return ControlFileError::System;
	return DecodeControlData(bytes, static_cast<size_t>(length), data);
}

ControlFileError
WriteControlFile(const char *data_dir, ControlData *data, bool sync)
{
	unsigned char bytes[kControlFileSize];
	int fd = open(path_in(data_dir).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0640);

	if (fd < 0)
		return ControlFileError::System;
	data->time = time(nullptr);
	EncodeControlData(*data, bytes);

	ssize_t written = pwrite(fd, bytes, sizeof(bytes), 0);

	if (written >= 0 && written < static_cast<ssize_t>(sizeof(bytes)))
		errno = ENOSPC;

	bool good = written == static_cast<ssize_t>(sizeof(bytes)) && (!sync || fdatasync(fd) == 0);
	int write_errno = errno;

	if (close(fd) != 0 && good)
		return ControlFileError::System;
	errno = write_errno;
	return good ? ControlFileError::None : ControlFileError::System;
}

uint64_t
MakeSystemIdentifier()
{
	timeval now;

	gettimeofday(&now, nullptr);
	return (static_cast<uint64_t>(now.tv_sec) << 32) | (static_cast<uint64_t>(now.tv_usec) << 12) |
		   (static_cast<uint64_t>(getpid()) & 0xFFF);
}

} /* namespace pg */
