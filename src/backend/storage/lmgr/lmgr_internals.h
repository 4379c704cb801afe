/*
 * storage/lmgr/lmgr_internals.h
 *		What the files of this folder tell each other; nobody else includes it.
 */
#pragma once

#include "postgres.h"

#include <cstddef>

namespace pg
{

/* Areas of the table in proc.cpp. */
size_t LWLockAreaSize();
void InitLWLockArea(void *at);
size_t WriteLockAreaSize();
void InitWriteLockArea(void *at);

/* The process ends: gives up its write locks and its place in a queue. Never raises. */
void ForgetWriteLocks() noexcept;

} // namespace pg
