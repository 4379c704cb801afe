/*
 * fd.h
 *		Files of the server and of modules: opened so that the end of a transaction closes what an error left open.
 *
 * Paths are relative to the data directory. Functions give NULL or a negative number, and errno, where the system refuses;
 * what raises says so. Any process. Source of the rules: PostgreSQL 15, behaviour of storage/fd.
 */
#ifndef FD_H
#define FD_H

#include "postgres.h"

#include <dirent.h>
#include <fcntl.h>

PG_BEGIN_EXTERN_C

/* A file that stays open from one transaction to the next; at least 0. */
typedef int File;

extern PGDLLIMPORT int
	max_files_per_process; /* setting without effect: the system's limit counts */
extern PGDLLIMPORT bool data_sync_retry;

#define PG_O_DIRECT 0
#define FILE_POSSIBLY_DELETED(err) ((err) == ENOENT)

/*
 * Files by number
 */
extern File PathNameOpenFile(const char *fileName, int fileFlags);
extern File PathNameOpenFilePerm(const char *fileName, int fileFlags, mode_t fileMode);
/* A new file that is deleted when it is closed: with interXact by FileClose, otherwise at the transaction's end at the
 * latest. ERROR when it cannot be made. */
extern File OpenTemporaryFile(bool interXact);
extern void FileClose(File file);
/* Read or write so many bytes at the offset; how many it were. wait_event_info: see utils/wait_event.h. */
extern int FileRead(File file, char *buffer, int amount, off_t offset, uint32 wait_event_info);
extern int FileWrite(File file, char *buffer, int amount, off_t offset, uint32 wait_event_info);
extern int FilePrefetch(File file, off_t offset, int amount, uint32 wait_event_info);
extern int FileSync(File file, uint32 wait_event_info);
extern int FileTruncate(File file, off_t offset, uint32 wait_event_info);
extern void FileWriteback(File file, off_t offset, off_t nbytes, uint32 wait_event_info);
extern off_t FileSize(File file);
/* Valid until the file is closed. */
extern char *FilePathName(File file);
extern int FileGetRawDesc(File file);
extern int FileGetRawFlags(File file);
extern mode_t FileGetRawMode(File file);

/*
 * Streams, descriptors and folders for a moment: closed by the function named with them, or else at the end of the
 * transaction or of the subtransaction that fails; a commit warns of those left.
 */
extern FILE *AllocateFile(const char *name, const char *mode);
extern int FreeFile(FILE *file);
extern FILE *OpenPipeStream(const char *command, const char *mode);
extern int ClosePipeStream(FILE *file);
extern int OpenTransientFile(const char *fileName, int fileFlags);
extern int OpenTransientFilePerm(const char *fileName, int fileFlags, mode_t fileMode);
extern int CloseTransientFile(int fd);
extern DIR *AllocateDir(const char *dirname);
/* NULL at the end. dir may be what AllocateDir gave, NULL included: then ERROR about the folder, or with the second form a
 * report of that level. */
extern struct dirent *ReadDir(DIR *dir, const char *dirname);
extern struct dirent *ReadDirExtended(DIR *dir, const char *dirname, int elevel);
extern int FreeDir(DIR *dir);

/* A descriptor that nobody else closes. */
extern int BasicOpenFile(const char *fileName, int fileFlags);
extern int BasicOpenFilePerm(const char *fileName, int fileFlags, mode_t fileMode);

/* Before and after holding a descriptor that none of these functions opened. False, with errno EMFILE, when the process
 * has hardly any left. */
extern bool AcquireExternalFD(void);
extern void ReserveExternalFD(void);
extern void ReleaseExternalFD(void);

/*
 * Onto the disk
 */
extern int MakePGDirectory(const char *directoryName);
extern int pg_fsync(int fd);
extern int pg_fsync_no_writethrough(int fd);
extern int pg_fdatasync(int fd);
extern void pg_flush_data(int fd, off_t offset, off_t nbytes);
extern int pg_truncate(const char *path, off_t length);
/* ERROR when it fails. */
extern void fsync_fname(const char *fname, bool isdir);
/* Replace newfile by oldfile, or remove a file, so that a crash of the machine finds the state before or after. 0, or -1
 * after a report of that level. */
extern int durable_rename(const char *oldfile, const char *newfile, int loglevel);
extern int durable_unlink(const char *fname, int loglevel);
/* The level for a failed fsync: PANIC, unless data_sync_retry is on. */
extern int data_sync_elevel(int elevel);

PG_END_EXTERN_C

#endif /* FD_H */
