/*
 * executor/text_cache.cpp
 *		The session's cache of prepared texts.
 *
 * Backends and workers with a database.  Bounded by entries and by the length of a text, so that an
 * idle session stays small.
 */
#include <list>
#include <unordered_map>

#include "executor/run.h"

namespace pg
{
namespace
{

constexpr size_t kMaxEntries = 128;
constexpr size_t kMaxText = 16 * 1024;

struct Entry
{
	std::string key; /* text, a null, the parameter types */
	std::shared_ptr<PreparedText> prepared;
};

/* Most recently used first. */
struct Cache
{
	std::list<Entry> entries;
	std::unordered_map<std::string_view, std::list<Entry>::iterator> index;
	std::string probe; /* key being looked up; kept to save its allocation */
};

/* Never destroyed: engine statements must not outlive their session, and exit() has no order for both. */
Cache &
cache()
{
	static Cache *const instance = std::make_unique<Cache>().release();

	return *instance;
}

void
make_key(std::string &key, std::string_view text, std::span<const Oid> types)
{
	key.assign(text);
	if (types.empty())
		return;
	key.push_back('\0');
	key.append(reinterpret_cast<const char *>(types.data()), types.size_bytes());
}

bool
in_use(const PreparedText &prepared)
{
	for (const auto &statement : prepared.statements)
		if (statement->running())
			return true;
	return false;
}

std::shared_ptr<PreparedText>
prepare(std::string_view text, std::span<const Oid> types)
{
	auto prepared = std::make_shared<PreparedText>();
	auto statements = ParseStatements(text);

	for (const RawStatement &statement : *statements)
		prepared->statements.push_back(std::make_unique<PreparedPlan>(statement, types));
	return prepared;
}

} /* namespace */

std::shared_ptr<PreparedText>
PrepareText(std::string_view text, std::span<const Oid> parameter_types)
{
	if (text.size() > kMaxText)
		return prepare(text, parameter_types);

	Cache &all = cache();

	make_key(all.probe, text, parameter_types);
	if (auto found = all.index.find(all.probe); found != all.index.end())
	{
		if (in_use(*found->second->prepared))
			return prepare(text, parameter_types);
		if (found->second != all.entries.begin())
			all.entries.splice(all.entries.begin(), all.entries, found->second);
		return found->second->prepared;
	}

	auto prepared = prepare(text, parameter_types);

	/* What never repeats (several statements, COPY-like loads) would only push out what does. */
	if (prepared->statements.size() != 1)
		return prepared;
	make_key(all.probe, text, parameter_types);
	all.entries.push_front({all.probe, prepared});
	all.index.emplace(all.entries.front().key, all.entries.begin());
	if (all.entries.size() > kMaxEntries)
	{
		all.index.erase(all.entries.back().key);
		all.entries.pop_back();
	}
	return prepared;
}

} /* namespace pg */
