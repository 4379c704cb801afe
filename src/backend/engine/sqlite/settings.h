/*
 * settings.h
 *		Variables behind the engine's settings that are not in a public header.
 */
#pragma once

namespace pg::sqlite
{

extern int max_wal_size_mb;
extern int checkpoint_timeout_s;
extern int wal_writer_delay_ms;
extern bool log_checkpoints;

} /* namespace pg::sqlite */
