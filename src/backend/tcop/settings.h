/*
 * tcop/settings.h
 *		Settings of sessions: statement logging and the timeouts of a session.
 *
 * Client backends read them; the table is kSessionSettings of tcop/session.h.
 */
#pragma once

namespace pg
{

/* Values of log_statement; each covers those before it. */
inline constexpr int kLogStatementNone = 0;
inline constexpr int kLogStatementDdl = 1;
inline constexpr int kLogStatementMod = 2;
inline constexpr int kLogStatementAll = 3;

extern int log_statement_setting;
extern bool log_duration_setting;
extern int log_min_duration_setting; /* ms, -1: off */
extern bool log_connections_setting;
extern bool log_disconnections_setting;
extern bool log_hostname_setting;
extern int authentication_timeout_setting; /* s */

} /* namespace pg */
