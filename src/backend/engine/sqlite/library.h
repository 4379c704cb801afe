/*
 * library.h
 *		What the server gives to every session: functions, aggregates, collations, row sources, by name.
 *
 * Filled once in the postmaster and then only read, so all processes share its pages.  A session
 * registers an entry when a statement first needs it: registering everything at every connect would
 * cost more than connecting.
 */
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/function.h"

namespace pg::sqlite
{

struct LibraryEntry
{
	enum class Kind : uint8_t
	{
		Function,
		Aggregate,
		Source
	};

	std::string_view name;
	Kind kind;
	const void *body; /* EngineFunction, EngineAggregate or RowSource */

	const EngineFunction *function() const { return static_cast<const EngineFunction *>(body); }
	const EngineAggregate *aggregate() const { return static_cast<const EngineAggregate *>(body); }
	const RowSource *source() const { return static_cast<const RowSource *>(body); }
};

class Library
{
public:
	/* Keeps pointers into the spans. */
	void fill(const EngineLibrary &library);
	/* All callables (functions and aggregates of every argument count) with this name, case ignored. */
	std::span<const LibraryEntry> callables(std::string_view name) const;
	/* Null when there is none. */
	const RowSource *source(std::string_view name) const;
	const EngineCollation *collation(std::string_view name) const;
	/* Callables that replace one of the library's own: registered when a session opens. */
	std::span<const LibraryEntry> replacements() const { return replacements_; }

private:
	void find_replacements();

	std::vector<LibraryEntry> callables_;
	std::vector<LibraryEntry> sources_;
	std::vector<LibraryEntry> replacements_;
	std::span<const EngineCollation> collations_;
};

extern Library library;

} /* namespace pg::sqlite */
