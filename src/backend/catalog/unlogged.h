/*
 * catalog/unlogged.h
 *		Unlogged tables: a crash empties them.
 */
#pragma once

namespace pg
{

/*
 * Startup process, after an unclean stop and before anybody connects: leaves every unlogged table of every
 * database without rows.  A database where that fails is named in the log.
 */
void EmptyUnloggedTables();

} /* namespace pg */
