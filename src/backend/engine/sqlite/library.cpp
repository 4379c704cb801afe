/*
 * library.cpp
 *		Lookup of the server's functions, collations and row sources by name.
 *
 * Filled in the postmaster (or the bootstrap process), read in every process with a session.
 */
#include "library.h"

#include <sqlite3.h>
#include <strings.h>

#include <algorithm>

#include "handles.h"

namespace pg::sqlite
{

Library library;

namespace
{

int
compare_names(std::string_view a, std::string_view b)
{
	const int result = strncasecmp(a.data(), b.data(), std::min(a.size(), b.size()));

	return result != 0 ? result : static_cast<int>(a.size()) - static_cast<int>(b.size());
}

struct ByName
{
	bool operator()(const LibraryEntry &a, const LibraryEntry &b) const
	{
		return compare_names(a.name, b.name) < 0;
	}
	bool operator()(const LibraryEntry &a, std::string_view b) const
	{
		return compare_names(a.name, b) < 0;
	}
	bool operator()(std::string_view a, const LibraryEntry &b) const
	{
		return compare_names(a, b.name) < 0;
	}
};

} /* namespace */

void
Library::fill(const EngineLibrary &given)
{
	callables_.clear();
	sources_.clear();
	collations_ = given.collations;
	for (const auto &functions : given.functions)
		for (const EngineFunction &function : functions)
			callables_.push_back({function.name, LibraryEntry::Kind::Function, &function});
	for (const auto &aggregates : given.aggregates)
		for (const EngineAggregate &aggregate : aggregates)
			callables_.push_back({aggregate.name, LibraryEntry::Kind::Aggregate, &aggregate});
	for (const auto &sources : given.row_sources)
		for (const RowSource &source : sources)
			sources_.push_back({source.name, LibraryEntry::Kind::Source, &source});
	std::stable_sort(callables_.begin(), callables_.end(), ByName());
	std::stable_sort(sources_.begin(), sources_.end(), ByName());
	find_replacements();
}

/* Asks a throw-away session without a file which functions the library brings itself. */
void
Library::find_replacements()
{
	replacements_.clear();

	const Handle memory = OpenMemory();
	const StatementHandle list =
		Prepare(memory.get(), "SELECT DISTINCT name FROM pragma_function_list");

	while (sqlite3_step(list.get()) == SQLITE_ROW)
	{
		const auto *name = reinterpret_cast<const char *>(sqlite3_column_text(list.get(), 0));
		const auto same = callables(name);

		replacements_.insert(replacements_.end(), same.begin(), same.end());
	}
}

std::span<const LibraryEntry>
Library::callables(std::string_view name) const
{
	const auto [first, last] =
		std::equal_range(callables_.begin(), callables_.end(), name, ByName());

	return {first, last};
}

const RowSource *
Library::source(std::string_view name) const
{
	const auto [first, last] = std::equal_range(sources_.begin(), sources_.end(), name, ByName());

	return first == last ? nullptr : first->source();
}

const EngineCollation *
Library::collation(std::string_view name) const
{
	const auto found = std::find_if(collations_.begin(), collations_.end(),
									[&](const EngineCollation &collation)
									{ return compare_names(collation.name, name) == 0; });

	return found == collations_.end() ? nullptr : &*found;
}

} /* namespace pg::sqlite */
