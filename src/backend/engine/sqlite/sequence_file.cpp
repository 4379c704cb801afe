/*
 * sequence_file.cpp
 *		The records of a database's sequences.  The protocol is in README.md.
 *
 * Runs in backends and workers.  Must never open a database or -shm file, and never hold a record while
 * it waits for anything but the disk.
 */
#include "sequence_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "common/hashfn.h"
#include "common/read_file.h"
#include "files.h"
#include "miscadmin.h"
#include "port/os.h"
#include "utils/error/report.h"

namespace pg::sqlite
{

namespace
{

using Record = SequenceFile::Record;

/* Flags. kUnsynced: see Q3. */
constexpr uint32 kInUse = 1, kCalled = 2, kUnsynced = 4;
constexpr int kAhead = 32;
/* The first record's place is the header: its lock guards the giving out of places. */
constexpr int kHeaderSlot = 0;
constexpr size_t kFileGrowth = 4096;
constexpr off_t kSize = sizeof(Record);

uint64 machine_boot = 0;
bool machine_boot_known = false;

uint32
checksum_of(const Record &record)
{
	/* Differs from 0 for zeros, so a place never written is told apart by its OID. */
	return hash_bytes(reinterpret_cast<const unsigned char *>(&record),
					  static_cast<int>(offsetof(Record, checksum)));
}

bool
is_sound(const Record &record)
{
	return record.oid == 0 || record.checksum == checksum_of(record);
}

[[noreturn]] void
raise_io(const char *what, const std::string &path)
{
	const int code =
		errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? ERRCODE_DISK_FULL : ERRCODE_IO_ERROR;

	Raise(Report(ERROR, code).msg("could not %s file \"%s\": %m", what, path.c_str()));
}

[[noreturn]] void
raise_damaged(const std::string &path)
{
	Raise(Report(ERROR, ERRCODE_DATA_CORRUPTED)
			  .msg("file \"%s\" has a damaged record", path.c_str())
			  .hint("Set the values of the sequences anew with setval()."));
}

/* Locks one place against every other descriptor of the file (an OFD lock: it dies with its owner). */
class PlaceLock
{
public:
	PlaceLock(int fd, const std::string &path, int slot) : fd_(fd), slot_(slot)
	{
		struct flock lock = range(F_WRLCK);

		while (fcntl(fd_, F_OFD_SETLKW, &lock) != 0)
		{
			if (errno != EINTR)
				raise_io("lock", path);
			CHECK_FOR_INTERRUPTS();
		}
	}
	~PlaceLock()
	{
		struct flock lock = range(F_UNLCK);

		fcntl(fd_, F_OFD_SETLK, &lock);
	}
	PlaceLock(const PlaceLock &) = delete;
	PlaceLock &operator=(const PlaceLock &) = delete;

private:
	struct flock range(int type) const
	{
		struct flock lock = {};

		lock.l_type = static_cast<short>(type);
		lock.l_whence = SEEK_SET;
		lock.l_start = slot_ * kSize;
		lock.l_len = kSize;
		return lock;
	}

	const int fd_;
	const int slot_;
};

/* Q4: what another run of the machine wrote may be older than what was given since. */
SequenceState
state_of(const Record &record, uint64 boot)
{
	SequenceState state;

	state.last = boot != 0 && record.boot == boot ? record.last : record.reserved;
	state.reserved = record.reserved;
	state.increment = record.increment;
	state.epoch = record.epoch;
	state.is_called = (record.flags & kCalled) != 0;
	return state;
}

Record
record_of(Oid sequence, const SequenceState &state, uint64 boot)
{
	Record record = {};

	record.oid = sequence;
	record.flags = kInUse | (state.is_called ? kCalled : 0);
	record.epoch = state.epoch;
	record.last = state.last;
	record.reserved = state.reserved;
	record.increment = state.increment;
	record.boot = boot;
	record.checksum = checksum_of(record);
	return record;
}

} /* namespace */

uint64
MachineBoot()
{
	if (!machine_boot_known)
	{
		char text[17] = {};
		FILE *const file = fopen("/proc/sys/kernel/random/boot_id", "re");

		/* "xxxxxxxx-xxxx-...": the first groups are random enough to tell two runs apart. */
		if (file != nullptr)
		{
			if (fscanf(file, "%8[0-9a-f]-%4[0-9a-f]-", text, text + 8) == 2)
				machine_boot = strtoull(text, nullptr, 16);
			fclose(file);
		}
		machine_boot_known = true;
	}
	return machine_boot;
}

void
SetMachineBoot(uint64 boot)
{
	machine_boot = boot;
	machine_boot_known = true;
}

SequenceFile::SequenceFile(Oid database)
	: database_(database), path_(DatabaseFolder(database) + "/" + kSequenceFileName),
	  boot_(MachineBoot())
{
}

SequenceFile::~SequenceFile()
{
	if (fd_ >= 0)
		close(fd_);
}

int
SequenceFile::reserve_ahead() const
{
	return boot_ != 0 ? kAhead : 0;
}

/* False when there is no file. */
bool
SequenceFile::open(bool create)
{
	if (fd_ >= 0)
		return true;
	fd_ = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
	if (fd_ < 0 && errno == ENOENT)
	{
		if (!create)
			return false;
		fd_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
		if (fd_ >= 0)
			SyncPath(DatabaseFolder(database_));
	}
	if (fd_ < 0)
		raise_io("open", path_);
	return true;
}

int
SequenceFile::slot_count()
{
	struct stat status;

	if (fstat(fd_, &status) != 0)
		raise_io("stat", path_);
	return static_cast<int>(status.st_size / kSize);
}

void
SequenceFile::read(int slot, Record *record)
{
	const ssize_t size = pread(fd_, record, sizeof(*record), slot * kSize);

	if (size < 0)
		raise_io("read", path_);
	if (size != kSize)
		*record = Record{};
}

void
SequenceFile::write(int slot, const Record &record)
{
	errno = 0;
	if (pwrite(fd_, &record, sizeof(record), slot * kSize) == kSize)
		return;
	if (errno == 0)
		errno = ENOSPC;
	raise_io("write", path_);
}

void
SequenceFile::sync()
{
	if (enableFsync && os.fdatasync(fd_) != 0)
		Raise(Report(PANIC, ERRCODE_IO_ERROR)
				  .msg("could not fdatasync file \"%s\": %m", path_.c_str()));
}

/* Without a lock: an OID stays where it is until it is forgotten, and four bytes are read whole. */
int
SequenceFile::find(Oid sequence)
{
	static constexpr int kBatch = 1024;
	std::vector<Record> records(kBatch);

	for (int first = 0;; first += kBatch)
	{
		const ssize_t size = pread(fd_, records.data(), kBatch * kSize, first * kSize);

		if (size < 0)
			raise_io("read", path_);
		for (int i = first == 0 ? 1 : 0; i < size / kSize; i++)
			if (records[static_cast<size_t>(i)].oid == sequence)
				return first + i;
		if (size < kBatch * kSize)
			return -1;
	}
}

/* A record that cannot be read may be the one that is looked for. */
void
SequenceFile::refuse_damaged(int slots)
{
	for (int slot = kHeaderSlot + 1; slot < slots; slot++)
	{
		Record record;

		read(slot, &record);
		if (is_sound(record))
			continue;

		const PlaceLock lock(fd_, path_, slot);

		read(slot, &record);
		if (!is_sound(record))
			raise_damaged(path_);
	}
}

/* A place for a sequence that has none: a free one, or the file grows. */
int
SequenceFile::claim(Oid sequence, bool overwrite)
{
	const PlaceLock header(fd_, path_, kHeaderSlot);
	const int slots = slot_count();
	Record record = {};
	int slot = find(sequence);

	if (slot >= 0)
		return slot;
	if (!overwrite)
		refuse_damaged(slots);
	slot = find(InvalidOid);
	if (slot < 0)
	{
		static constexpr char kZeros[kFileGrowth] = {};

		errno = 0;
		if (pwrite(fd_, kZeros, kFileGrowth, slots * kSize) != static_cast<ssize_t>(kFileGrowth))
		{
			const int saved_errno = errno == 0 ? ENOSPC : errno;

			if (ftruncate(fd_, slots * kSize) != 0)
				Report(LOG).msg("could not truncate file \"%s\": %m", path_.c_str()).emit();
			errno = saved_errno;
			raise_io("extend", path_);
		}
		slot = slots == 0 ? kHeaderSlot + 1 : slots;
	}
	record.oid = sequence;
	record.checksum = checksum_of(record);
	write(slot, record);
	return slot;
}

/* Q3 */
void
SequenceFile::write_durably(int slot, Record record)
{
	const Record synced = record;

	record.flags |= kUnsynced;
	record.checksum = checksum_of(record);
	write(slot, record);
	sync();
	write(slot, synced);
}

void
SequenceFile::with_record(Oid sequence, SequenceAccess access, const SequenceBody &body)
{
	const bool overwrite = access == SequenceAccess::Overwrite;
	const bool is_open = open(access != SequenceAccess::Look);
	auto known = slots_.find(sequence);

	if (known == slots_.end())
	{
		int slot = is_open ? find(sequence) : -1;

		if (slot < 0 && access == SequenceAccess::Look)
		{
			SequenceState none;

			body(none, false);
			return;
		}
		if (slot < 0)
			slot = claim(sequence, overwrite);
		known = slots_.emplace(sequence, slot).first;
	}

	const int slot = known->second;
	const PlaceLock lock(fd_, path_, slot);
	Record record;

	read(slot, &record);
	if (record.oid != sequence)
	{
		slots_.erase(known);
		Raise(Report(ERROR, ERRCODE_UNDEFINED_TABLE)
				  .msg("relation with OID %u does not exist", sequence));
	}

	const bool sound = is_sound(record);

	if (!sound && !overwrite)
		raise_damaged(path_);

	if (sound && (record.flags & kUnsynced) != 0)
		sync();

	const bool found = sound && (record.flags & kInUse) != 0;
	SequenceState state = found ? state_of(record, boot_) : SequenceState{};
	const SequenceWrite wanted = body(state, found);

	if (wanted == SequenceWrite::Durable)
		write_durably(slot, record_of(sequence, state, boot_));
	else if (wanted == SequenceWrite::Cached)
		write(slot, record_of(sequence, state, boot_));
}

void
SequenceFile::forget(Oid sequence) noexcept
{
	try
	{
		if (!open(false))
			return;

		const int slot = find(sequence);

		slots_.erase(sequence);
		if (slot < 0)
			return;

		const PlaceLock header(fd_, path_, kHeaderSlot);
		const PlaceLock lock(fd_, path_, slot);

		write(slot, Record{});
	}
	catch (const PgError &error)
	{
		Report(LOG, error.sqlstate()).msg("%s", error.report.message.c_str()).emit();
	}
}

void
CopySequences(Oid from, const std::string &folder)
{
	const std::string source = DatabaseFolder(from) + "/" + kSequenceFileName;
	const std::string target = folder + "/" + kSequenceFileName;

	if (!FileExists(source))
		return;

	std::string bytes;

	if (!ReadWholeFile(source.c_str(), &bytes))
		raise_io("read", source);

	const int fd = ::open(target.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0)
		raise_io("create", target);

	errno = 0;
	const bool written =
		write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
	const int saved_errno = errno == 0 ? ENOSPC : errno;

	close(fd);
	errno = saved_errno;
	if (!written)
		raise_io("write", target);
	SyncPath(target);
}

} /* namespace pg::sqlite */
