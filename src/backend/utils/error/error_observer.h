/*
 * utils/error/error_observer.h
 *		Somebody who sees every ERROR, FATAL and PANIC of this process when it is sent.
 *
 * Set by a background worker for its entry in pg_stat_bgworker.  Called with the report before it goes to
 * the log; must not raise, allocate or report.
 */
#pragma once

#include "utils/error/report.h"

namespace pg
{

extern void (*error_observer)(const Report &report) noexcept;

} /* namespace pg */
