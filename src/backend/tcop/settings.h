/*
 * tcop/settings.h
 *		Settings of sessions: statement logging and the timeouts of a session.
 *
 * Client backends read them; the table is kSessionSettings of tcop/session.h.
 */
#pragma once

namespace pg
{

extern bool log_duration_setting;
extern bool log_connections_setting;
extern bool log_disconnections_setting;
extern bool log_hostname_setting;
extern int authentication_timeout_setting; /* s */

} /* namespace pg */
