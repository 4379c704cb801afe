/*
 * recovery.h
 *		Recovery of the databases after an unclean stop.
 */
#pragma once

namespace pg::sqlite
{

/* As Engine::recover_all. Raises XX001 when the shared catalogs are damaged; logs other damage. */
void RecoverAll();

} /* namespace pg::sqlite */
