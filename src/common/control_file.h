/*
 * common/control_file.h
 *		global/pg_control: what the cluster was doing when it last wrote that down.
 *
 * One sector of 512 bytes with a checksum, so that a crash leaves the old or the new content.  Written by initdb's
 * bootstrap, the startup process and the checkpointer, one at a time; read by them, the postmaster and pg_ctl.
 */
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace pg
{

/* Numbers are on disk. */
enum class ClusterState : uint32_t
{
	StartingUp = 0,
	ShutDown = 1,
	ShutDownInRecovery = 2,
	ShuttingDown = 3,
	InCrashRecovery = 4,
	InArchiveRecovery = 5,
	InProduction = 6
};

/* "in production", as pg_controldata says it. */
const char *ClusterStateText(ClusterState state);

struct ControlData
{
	uint64_t system_identifier = 0;
	ClusterState state = ClusterState::StartingUp;
	int64_t time = 0;			  /* seconds since 1970, when it was written */
	int64_t checkpoint_time = 0;  /* of the last completed checkpoint */
	uint32_t server_version = 0;  /* PG_VERSION_NUM of the creator */
	uint32_t catalog_version = 0; /* of what the creator wrote into the databases */
};

enum class ControlFileError : uint8_t
{
	None,
	System, /* see errno */
	TooShort,
	BadChecksum,
	BadContent /* of another version, or senseless */
};

/* data_dir may be "." . */
[[nodiscard]] ControlFileError ReadControlFile(const char *data_dir, ControlData *data);
/* Sets time itself. Durable when it returns None. */
[[nodiscard]] ControlFileError WriteControlFile(const char *data_dir, ControlData *data, bool sync);

/* A number that no two clusters share. */
uint64_t MakeSystemIdentifier();

/* The 512 bytes, and back. Pure. */
inline constexpr size_t kControlFileSize = 512;
void EncodeControlData(const ControlData &data, unsigned char (&bytes)[kControlFileSize]);
ControlFileError DecodeControlData(const unsigned char *bytes, size_t length, ControlData *data);

} /* namespace pg */
