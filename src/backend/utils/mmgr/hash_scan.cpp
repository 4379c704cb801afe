/*
 * hash_scan.cpp
 *		Scans of hash tables, and which of them are under way.
 *
 * Any process.  A scan that is left unfinished is forgotten at the end of its (sub)transaction.  Tables are compared by
 * address and never looked into here: one may have gone with its memory context.
 */
#include <algorithm>
#include <vector>

#include "utils/error/wall.h"
#include "utils/mmgr/dynahash.h"

namespace pg
{

namespace
{

/* Scans under way, oldest first. Made on first use: the server has no dynamic global constructors. */
std::vector<const HTAB *> &
scans()
{
	static std::vector<const HTAB *> *const all = new std::vector<const HTAB *>;

	return *all;
}

void
forget_all(bool is_commit)
{
	for (const HTAB *table : scans())
	{
		if (is_commit)
			Report(WARNING)
				.msg("leaked hash_seq_search scan for hash table %p",
					 static_cast<const void *>(table))
				.emit();
	}
	scans().clear();
}

} // namespace

namespace dynahash
{

void
RegisterScan(const HTAB *table)
{
	scans().push_back(table);
}

void
ForgetScan(const HTAB *table)
{
	const auto last = std::find(scans().rbegin(), scans().rend(), table);

	if (last == scans().rend())
		Raise(Report(ERROR).msg("no hash_seq_search scan for hash table \"%s\"", table->name));
	scans().erase(std::next(last).base());
}

void
ForgetScansOf(const HTAB *table)
{
	std::erase(scans(), table);
}

bool
HasScans(const HTAB *table)
{
	return std::find(scans().begin(), scans().end(), table) != scans().end();
}

} // namespace dynahash

/* A frozen table does not grow, so nobody has to know of its scans. */
static void
begin(HASH_SEQ_STATUS *status, HTAB *table, bool all, uint32 hash)
{
	status->hashp = table;
	status->hasHashvalue = !all;
	status->hashvalue = hash;
	status->curBucket = all ? 0 : hash & table->shared->mask;
	status->curEntry = nullptr;
	if (!table->frozen)
		dynahash::RegisterScan(table);
	if (!all)
		status->curEntry = table->shared->buckets[status->curBucket];
}

/* curEntry is the next one to look at in curBucket, since the caller may remove the one it was given. */
static void *
next(HASH_SEQ_STATUS *status)
{
	const HASHHDR *const shared = status->hashp->shared;

	for (;;)
	{
		while (HASHELEMENT *const element = status->curEntry)
		{
			status->curEntry = element->link;
			if (status->curEntry == nullptr && !status->hasHashvalue)
				status->curBucket++;
			if (!status->hasHashvalue || element->hashvalue == status->hashvalue)
				return dynahash::KeyOf(element);
		}
		if (status->hasHashvalue)
			break;
		while (status->curBucket <= shared->mask &&
			   (status->curEntry = shared->buckets[status->curBucket]) == nullptr)
			status->curBucket++;
		if (status->curBucket > shared->mask)
			break;
	}
	hash_seq_term(status);
	return nullptr;
}

} // namespace pg

using namespace pg;

void
hash_seq_init(HASH_SEQ_STATUS *status, HTAB *hashp)
{
	FromC([&] { begin(status, hashp, true, 0); });
}

void
hash_seq_init_with_hash_value(HASH_SEQ_STATUS *status, HTAB *hashp, uint32 hashvalue)
{
	FromC([&] { begin(status, hashp, false, hashvalue); });
}

void *
hash_seq_search(HASH_SEQ_STATUS *status)
{
	return FromC([&] { return next(status); });
}

void
hash_seq_term(HASH_SEQ_STATUS *status)
{
	if (!status->hashp->frozen)
		FromC([&] { dynahash::ForgetScan(status->hashp); });
}

void
AtEOXact_HashTables(bool isCommit)
{
	FromC([&] { forget_all(isCommit); });
}

/* A scan that a subtransaction left only keeps its table from growing until the transaction ends. */
void
AtEOSubXact_HashTables(bool, int)
{
}
