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
	std::string key; /* text, a null, the parameter types; or the key of a scan */
	std::shared_ptr<PreparedText> prepared;
};

using Entries = std::list<Entry>;

/* Most recently used first. */
struct Cache
{
	Entries entries;
	/* Several with one key: plans that depend on different literals. */
	std::unordered_multimap<std::string_view, Entries::iterator> index;
	std::string probe; /* key being looked up; kept to save its allocation */
	LiteralScan scan;  /* the same */

	void touch(Entries::iterator entry)
	{
		if (entry != entries.begin())
			entries.splice(entries.begin(), entries, entry);
	}

	void remove(Entries::iterator entry)
	{
		for (auto [at, end] = index.equal_range(entry->key); at != end; ++at)
			if (at->second == entry)
			{
				index.erase(at);
				break;
			}
		entries.erase(entry);
	}

	void add(const std::string &key, std::shared_ptr<PreparedText> prepared)
	{
		entries.push_front({key, std::move(prepared)});
		index.emplace(entries.front().key, entries.begin());
		if (entries.size() > kMaxEntries)
			remove(std::prev(entries.end()));
	}
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
prepare_text(std::string_view text, std::span<const Oid> types)
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
		return prepare_text(text, parameter_types);

	Cache &all = cache();

	make_key(all.probe, text, parameter_types);
	if (auto found = all.index.find(all.probe); found != all.index.end())
	{
		if (in_use(*found->second->prepared))
			return prepare_text(text, parameter_types);
		all.touch(found->second);
		return found->second->prepared;
	}

	auto prepared = prepare_text(text, parameter_types);

	/* What never repeats (several statements, COPY-like loads) would only push out what does. */
	if (prepared->statements.size() != 1)
		return prepared;
	make_key(all.probe, text, parameter_types);
	all.add(all.probe, prepared);
	return prepared;
}

namespace
{

/* A plan of the key that is good for this text; those that are good for none any more are dropped. */
std::shared_ptr<PreparedText>
find_shared(Cache &all, std::string_view text)
{
	for (auto [at, end] = all.index.equal_range(all.scan.key); at != end;)
	{
		const Entries::iterator entry = (at++)->second;
		PreparedPlan &plan = *entry->prepared->statements.front();

		if (plan.running())
			continue;
		if (plan.adopt(text, all.scan.tokens))
		{
			all.touch(entry);
			return entry->prepared;
		}
		if (!plan.has_valid_plan())
			all.remove(entry);
	}
	return nullptr;
}

} /* namespace */

std::shared_ptr<PreparedText>
PrepareForRun(std::string_view text)
{
	Cache &all = cache();

	if (text.size() > kMaxText || !ScanLiterals(text, &all.scan) || all.scan.tokens.empty())
		return PrepareText(text);
	if (std::shared_ptr<PreparedText> found = find_shared(all, text))
		return found;

	auto prepared = std::make_shared<PreparedText>();
	const auto statements = ParseStatements(text);

	if (statements->size() != 1)
		return PrepareText(text);
	prepared->statements.push_back(
		std::make_unique<PreparedPlan>(statements->front(), text, all.scan.tokens));
	all.add(all.scan.key, prepared);
	return prepared;
}

} /* namespace pg */
