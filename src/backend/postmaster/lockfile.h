/*
 * postmaster/lockfile.h
 *		Lock files: postmaster.pid of the data directory, and one beside each unix socket.
 *
 * postmaster.pid has eight lines, read by pg_ctl and others:
 *	 1 pid  2 data directory  3 start time (seconds since 1970)  4 port  5 first socket directory
 *	 6 first listen address  7 shared memory key and id  8 state: "starting", "stopping", "ready   ", "standby "
 *
 * The file tells who; what really keeps a second server out is a flock(2) on PG_VERSION.  The lock belongs to the open
 * file, which every child inherits and keeps while it can reach shared memory or the databases: so it outlives a killed
 * postmaster until its last such child is gone.
 */
#pragma once

#include <string>
#include <string_view>

#include <sys/types.h>

namespace pg
{

enum class LockFileLine : int
{
	Port = 4,
	SocketDir = 5,
	ListenAddress = 6,
	ShmemKey = 7,
	Status = 8
};

inline constexpr const char kStatusStarting[] = "starting";
inline constexpr const char kStatusStopping[] = "stopping";
inline constexpr const char kStatusReady[] = "ready   ";
inline constexpr const char kStatusStandby[] = "standby ";

/*
 * Creates postmaster.pid in the current directory, which is the data directory; removes a stale one.  FATAL F0001 when
 * another server lives there or some of its children do.
 */
void CreateDataDirLock();

/* Creates `socket_file`.lock; FATAL F0001 when a living process has it. Removes a stale socket file. */
void CreateSocketLock(const std::string &socket_file);

/* Sets one line of postmaster.pid, adding empty ones before it if need be. Failure is logged. */
void SetLockFileLine(LockFileLine line, std::string_view text);

/* The content with that line (1-based) set. Pure. */
std::string WithLine(std::string_view content, int line, std::string_view text);

/* The pid on the first line of a lock file: 0 when there is none. Negative: a single-user server. Pure. */
pid_t ParseLockFilePid(std::string_view content);

/* False when postmaster.pid is gone or names another process: time to stop. */
bool DataDirLockIsOurs();

/* Keeps cleaners of temporary directories from removing sockets and their lock files. */
void TouchSocketLocks();

/* In a child that gives up everything of the server (a worker without shared memory, the logger). */
void LeaveDataDirLock() noexcept;

/* Removes all lock files and says that the system is shut down. Postmaster, at its very end. */
void RemoveLockFiles() noexcept;

} /* namespace pg */
