/*
 * utils/misc/guc_stack.cpp
 *		What SET and SET LOCAL leave behind when transactions, subtransactions and functions end.
 *
 * Backends and workers.  A setting has one entry per nesting level that changed it.  Legal states of
 * an entry, and what happens to it when its level ends well (an abort always restores `prior`):
 *		Save		restores prior
 *		Set			the outermost level keeps the value; others merge into the level outside
 *		Local		restores prior at the outermost level; others merge
 *		SetLocal	as Set, with `masked` as the value that stays
 */
#include "utils/error/wall.h"
#include "utils/misc/guc_state.h"

namespace pg
{
namespace guc
{

int nest_level = 0;

std::vector<Setting *> &
StackedSettings()
{
	static auto &settings = *new std::vector<Setting *>;

	return settings;
}

namespace
{

using State = StackEntry::State;

State
state_for(GucAction action)
{
	switch (action)
	{
		case GUC_ACTION_SET: return State::Set;
		case GUC_ACTION_LOCAL: return State::Local;
		default: return State::Save;
	}
}

/* A second change at a level that has an entry. */
void
change_entry(StackEntry &entry, const Setting &setting, GucAction action)
{
	if (action == GUC_ACTION_SET)
	{
		entry.masked = {};
		entry.state = State::Set;
	}
	else if (action == GUC_ACTION_LOCAL && entry.state == State::Set)
	{
		entry.masked = setting.current;
		entry.masked_context = setting.set_context;
		entry.state = State::SetLocal;
	}
}

void
restore(Setting &setting, const Held &held, GucSource source, GucContext context)
{
	const bool changed = !SameValue(held, setting.current) || held.extra != setting.current.extra;

	if (changed)
	{
		Assign(setting, held);
		NoteForReport(setting);
	}
	setting.source = source;
	setting.set_context = context;
}

/* Hands an entry on to the one of the level just outside. */
void
merge_outwards(const StackEntry &inner, StackEntry &outer)
{
	switch (inner.state)
	{
		case State::Save: break;
		case State::Set:
			outer.masked = {};
			outer.state = State::Set;
			break;
		case State::Local:
			if (outer.state == State::Set)
			{
				outer.masked = inner.prior;
				outer.masked_context = inner.context;
				outer.state = State::SetLocal;
			}
			break;
		case State::SetLocal:
			outer.masked = inner.masked;
			outer.masked_context = inner.masked_context;
			outer.state = State::SetLocal;
			break;
	}
}

/* Ends the top entry; false when it now belongs to the level outside and stays. */
bool
end_entry(Setting &setting, bool is_commit)
{
	StackEntry &top = setting.stack.back();
	const bool restore_prior =
		!is_commit || top.state == State::Save || (top.level == 1 && top.state == State::Local);

	if (restore_prior)
		restore(setting, top.prior, top.source, top.context);
	else if (top.level == 1)
	{
		if (top.state == State::SetLocal)
			restore(setting, top.masked, PGC_S_SESSION, top.masked_context);
	}
	else if (setting.stack.size() < 2 ||
			 setting.stack[setting.stack.size() - 2].level < top.level - 1)
	{
		top.level--;
		return false;
	}
	else
		merge_outwards(top, setting.stack[setting.stack.size() - 2]);
	return true;
}

} /* namespace */

void
PushOldValue(Setting &setting, GucAction action)
{
	if (nest_level == 0)
		return;
	if (!setting.stack.empty() && setting.stack.back().level >= nest_level)
	{
		change_entry(setting.stack.back(), setting, action);
		return;
	}
	if (setting.stack.empty())
		StackedSettings().push_back(&setting);
	setting.stack.push_back({.level = nest_level,
							 .state = state_for(action),
							 .source = setting.source,
							 .context = setting.set_context,
							 .masked_context = PGC_INTERNAL,
							 .prior = setting.current,
							 .masked = {}});
}

} /* namespace guc */

using namespace guc;

int
NewSettingsNestLevel()
{
	return ++nest_level;
}

void
AtEndOfTransactionSettings(bool is_commit, int level)
{
	for (Setting *setting : StackedSettings())
	{
		while (!setting->stack.empty() && setting->stack.back().level >= level)
		{
			if (!end_entry(*setting, is_commit))
				break;
			setting->stack.pop_back();
		}
	}
	std::erase_if(StackedSettings(), [](const Setting *setting) { return setting->stack.empty(); });
	nest_level = level - 1;
}

} /* namespace pg */

int
NewGUCNestLevel(void)
{
	return pg::NewSettingsNestLevel();
}

void
AtEOXact_GUC(bool isCommit, int nestLevel)
{
	pg::FromC([&] { pg::AtEndOfTransactionSettings(isCommit, nestLevel); });
}
