/*
 * errors.h
 *		From the library's result codes to PgError.
 */
#pragma once

#include <sqlite3.h>

#include <exception>

namespace pg::sqlite
{

/*
 * Raises what the failed call on `connection` means.  An exception kept by a callback (KeepException)
 * goes first, then pending interrupts.
 */
[[noreturn]] void RaiseError(sqlite3 *connection, int code);

/* In a C callback, inside a catch block: keeps the exception in flight for RaiseError. */
void KeepException() noexcept;
bool HaveKeptException() noexcept;
/* Forgets an exception that the library swallowed. */
void DropKeptException() noexcept;

/* Whether a running statement should stop now so that its interrupts can be served. */
bool ShouldStop() noexcept;

} /* namespace pg::sqlite */
