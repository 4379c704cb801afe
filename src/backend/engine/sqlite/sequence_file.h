/*
 * sequence_file.h
 *		The records of a database's sequences: base/<oid>/sequences.
 *
 * Backends and workers with a database.  The protocol (Q1 to Q6) is in README.md.
 */
#pragma once

#include <map>
#include <string>

#include "engine/sequences.h"

namespace pg::sqlite
{

/* Name of the file within the folder of a database. */
inline constexpr const char *kSequenceFileName = "sequences";

class SequenceFile final : public SequenceStore
{
public:
	explicit SequenceFile(Oid database);
	~SequenceFile() override;
	SequenceFile(const SequenceFile &) = delete;
	SequenceFile &operator=(const SequenceFile &) = delete;

	void with_record(Oid sequence, SequenceAccess access, const SequenceBody &body) override;
	void forget(Oid sequence) noexcept override;
	int reserve_ahead() const override;

	/* One record as it lies in the file. */
	struct Record
	{
		uint32 oid;	  /* 0: free */
		uint32 flags; /* of sequence_file.cpp */
		uint64 epoch;
		int64 last, reserved, increment;
		uint64 boot; /* of the machine, when it was written */
		uint32 zero[3];
		uint32 checksum; /* of all before */
	};
	static_assert(sizeof(Record) == 64);

private:
	bool open(bool create);
	int find(Oid sequence);
	int claim(Oid sequence, bool overwrite);
	void refuse_damaged(int slots);
	void read(int slot, Record *record);
	void write(int slot, const Record &record);
	void write_durably(int slot, Record record);
	void sync();
	int slot_count();

	const Oid database_;
	const std::string path_;
	const uint64 boot_;
	int fd_ = -1;
	std::map<Oid, int> slots_; /* where this session found them */
};

/* Copies the records of a database that nobody uses, durably but for the folder's entry. Nothing when there are none. */
void CopySequences(Oid from, const std::string &folder);

/* Tells one run of the machine's kernel from another; 0: not known. A test may set it. */
uint64 MachineBoot();
void SetMachineBoot(uint64 boot);

} /* namespace pg::sqlite */
