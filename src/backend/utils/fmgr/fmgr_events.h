/*
 * utils/fmgr/fmgr_events.h
 *		What fmgr_hook hears of the calls of one function.
 *
 * Backends and workers.  Whoever looks a function of CREATE FUNCTION up for calls of its own, past
 * fmgr_info, keeps one of these beside the FmgrInfo and passes its calls through around().
 */
#pragma once

#include "fmgr.h"
#include "utils/error/wall.h"

namespace pg
{

class FmgrEvents
{
public:
	/* Asks needs_fmgr_hook about info->fn_oid. info stays where it is. */
	void watch(FmgrInfo *info)
	{
		info_ = needs_fmgr_hook != nullptr && ToC(needs_fmgr_hook, info->fn_oid) ? info : nullptr;
	}

	/* Runs one call. START comes before it, and END, or ABORT when it raises, behind it. */
	template <typename Body>
	std::invoke_result_t<Body> around(Body body)
	{
		if (info_ == nullptr)
			return body();
		tell(FHET_START);
		if constexpr (std::is_void_v<std::invoke_result_t<Body>>)
		{
			guarded(body);
			tell(FHET_END);
		}
		else
		{
			auto result = guarded(body);

			tell(FHET_END);
			return result;
		}
	}

private:
	void tell(FmgrHookEventType event)
	{
		if (fmgr_hook != nullptr)
			ToC(fmgr_hook, event, info_, &private_);
	}

	template <typename Body>
	std::invoke_result_t<Body> guarded(Body &body)
	{
		try
		{
			return body();
		}
		catch (...)
		{
			tell(FHET_ABORT);
			throw;
		}
	}

	FmgrInfo *info_ = nullptr; /* null: nobody wants to hear */
	Datum private_ = 0;		   /* the hook's */
};

} /* namespace pg */
