/*
 * catalog/sequences.cpp
 *		Rows of pg_sequence, starts of sequences, and their owners.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "catalog/sequences.h"

#include <charconv>
#include <map>

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/lookup.h"
#include "catalog/write.h"
#include "utils/adt/type_io.h"

namespace pg
{
namespace
{

constexpr const char *kStarts = "main.\"postroom.sequences\"";

SequencePtr
load(Oid oid, Home home)
{
	const bool permanent = home == Home::Main;
	const std::unique_ptr<EngineStatement> row = CurrentEngine().prepare(
		"SELECT seqtypid, seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle" +
		std::string(permanent ? ", epoch, first, is_called" : "") + " FROM " +
		CatalogTable(home, "pg_sequence") +
		(permanent ? std::string(" JOIN ") + kStarts + " ON relid = seqrelid" : "") +
		" WHERE seqrelid = ?1");

	row->bind(0, Value::Int(oid));
	if (!row->step())
		return nullptr;

	auto sequence = std::make_shared<SequenceInfo>();

	sequence->oid = oid;
	sequence->type = static_cast<Oid>(row->column(0).integer);
	sequence->start = row->column(1).integer;
	sequence->increment = row->column(2).integer;
	sequence->max = row->column(3).integer;
	sequence->min = row->column(4).integer;
	sequence->cache = row->column(5).integer;
	sequence->cycle = row->column(6).integer != 0;
	sequence->temporary = !permanent;
	sequence->first = sequence->start;
	if (permanent)
	{
		sequence->epoch = static_cast<uint64>(row->column(7).integer);
		sequence->first = row->column(8).integer;
		sequence->first_is_called = row->column(9).integer != 0;
	}
	return sequence;
}

std::vector<Oid>
queried_oids(const std::string &sql, std::span<const Value> parameters)
{
	const std::unique_ptr<EngineStatement> rows = CurrentEngine().prepare(sql);
	std::vector<Oid> oids;

	for (size_t i = 0; i < parameters.size(); i++)
		rows->bind(static_cast<int>(i), parameters[i]);
	while (rows->step())
		oids.push_back(static_cast<Oid>(rows->column(0).integer));
	return oids;
}

} /* namespace */

SequencePtr
FindSequence(Oid oid)
{
	/* Never destroyed, as other caches of look-ups. */
	static uint64 generation = 0;
	static std::map<Oid, SequencePtr> *const known =
		std::make_unique<std::map<Oid, SequencePtr>>().release();

	if (generation != CatalogGeneration())
	{
		known->clear();
		generation = CatalogGeneration();
	}
	if (const auto found = known->find(oid); found != known->end())
		return found->second;

	SequencePtr sequence = load(oid, Home::Main);

	if (sequence == nullptr && TempSchemaExists())
		sequence = load(oid, Home::Temporary);
	if (sequence != nullptr)
		(*known)[oid] = sequence;
	return sequence;
}

namespace
{

Home
home_of(const SequenceInfo &sequence)
{
	return sequence.temporary ? Home::Temporary : Home::Main;
}

} /* namespace */

void
InsertSequence(const SequenceInfo &sequence)
{
	CatalogRow(home_of(sequence), "pg_sequence")
		.set("seqrelid", sequence.oid)
		.set("seqtypid", sequence.type)
		.set("seqstart", Value::Int(sequence.start))
		.set("seqincrement", Value::Int(sequence.increment))
		.set("seqmax", Value::Int(sequence.max))
		.set("seqmin", Value::Int(sequence.min))
		.set("seqcache", Value::Int(sequence.cache))
		.set("seqcycle", sequence.cycle)
		.insert();
	if (!sequence.temporary)
		SetSequenceStart(sequence.oid, sequence.epoch, sequence.first, sequence.first_is_called);
}

void
UpdateSequence(const SequenceInfo &sequence)
{
	const Value parameters[] = {Value::Int(sequence.oid),	Value::Int(sequence.type),
								Value::Int(sequence.start), Value::Int(sequence.increment),
								Value::Int(sequence.max),	Value::Int(sequence.min),
								Value::Int(sequence.cache), Value::Bool(sequence.cycle)};

	RunEngine("UPDATE " + CatalogTable(home_of(sequence), "pg_sequence") +
				  " SET seqtypid = ?2, seqstart = ?3, seqincrement = ?4, seqmax = ?5, seqmin = ?6, "
				  "seqcache = ?7, seqcycle = ?8 WHERE seqrelid = ?1",
			  parameters);
}

void
SetSequenceStart(Oid oid, uint64 epoch, int64 first, bool is_called)
{
	const Value parameters[] = {Value::Int(oid), Value::Int(static_cast<int64>(epoch)),
								Value::Int(first), Value::Bool(is_called)};

	RunEngine(std::string("INSERT OR REPLACE INTO ") + kStarts +
				  " (relid, epoch, first, is_called) VALUES (?1, ?2, ?3, ?4)",
			  parameters);
}

void
DeleteSequence(const RelationInfo &relation)
{
	const Value oid = Value::Int(relation.oid);

	RunEngine("DELETE FROM " + CatalogTable(HomeOf(relation), "pg_sequence") +
				  " WHERE seqrelid = ?1",
			  {&oid, 1});
	if (HomeOf(relation) == Home::Main)
		RunEngine(std::string("DELETE FROM ") + kStarts + " WHERE relid = ?1", {&oid, 1});
}

std::optional<SequenceOwner>
OwnerOfSequence(Oid sequence)
{
	for (const Home home : {Home::Main, Home::Temporary})
	{
		if (home == Home::Temporary && !TempSchemaExists())
			continue;

		const std::unique_ptr<EngineStatement> row = CurrentEngine().prepare(
			"SELECT refobjid, refobjsubid, deptype FROM " + CatalogTable(home, "pg_depend") +
			" WHERE classid = 1259 AND objid = ?1 AND objsubid = 0 AND refclassid = 1259 AND "
			"deptype IN ('a', 'i')");

		row->bind(0, Value::Int(sequence));
		if (row->step())
			return SequenceOwner{static_cast<Oid>(row->column(0).integer),
								 static_cast<int16>(row->column(1).integer),
								 row->column(2).bytes == "i"};
	}
	return std::nullopt;
}

std::vector<Oid>
SequencesOwnedBy(const RelationInfo &table, int16 column)
{
	const Home home = HomeOf(table);
	const Value parameters[] = {Value::Int(table.oid), Value::Int(column)};

	return queried_oids(
		"SELECT d.objid FROM " + CatalogTable(home, "pg_depend") + " d JOIN " +
			CatalogTable(home, "pg_class") +
			" c ON c.oid = d.objid WHERE d.classid = 1259 AND d.refclassid = 1259 AND "
			"d.refobjid = ?1 AND d.refobjsubid > 0 AND (?2 = 0 OR d.refobjsubid = ?2) "
			"AND d.deptype IN ('a', 'i') AND c.relkind = 'S' ORDER BY d.objid",
		parameters);
}

Oid
IdentitySequence(const RelationInfo &table, int16 column)
{
	const Value parameters[] = {Value::Int(table.oid), Value::Int(column)};
	const std::vector<Oid> sequences =
		queried_oids("SELECT objid FROM " + CatalogTable(HomeOf(table), "pg_depend") +
						 " WHERE classid = 1259 AND refclassid = 1259 AND refobjid = ?1 AND "
						 "refobjsubid = ?2 AND deptype = 'i'",
					 parameters);

	return sequences.empty() ? Oid{InvalidOid} : sequences.back();
}

void
SetSequenceOwner(const RelationInfo &sequence, const SequenceOwner *owner)
{
	const Home home = HomeOf(sequence);
	const Value oid = Value::Int(sequence.oid);

	RunEngine("DELETE FROM " + CatalogTable(home, "pg_depend") +
				  " WHERE classid = 1259 AND objid = ?1 AND refclassid = 1259 AND deptype IN "
				  "('a', 'i')",
			  {&oid, 1});
	if (owner != nullptr)
		InsertDependency(home, kPgClassOid, sequence.oid, 0, kPgClassOid, owner->table,
						 owner->column, owner->identity ? 'i' : 'a');
}

std::string
SequenceTable(Oid sequence)
{
	return QuoteEngineName(kSequenceSourceName) + "(" + std::to_string(sequence) + ")";
}

std::string
NextvalSql(Oid sequence)
{
	return "nextval('" + std::to_string(sequence) + "'::regclass)";
}

std::string
ShownSql(std::string_view stored)
{
	static constexpr std::string_view kType = "'::regclass";
	std::string shown;
	size_t done = 0;

	for (size_t end = stored.find(kType); end != std::string_view::npos;
		 end = stored.find(kType, end + 1))
	{
		size_t begin = end;
		Oid oid = 0;

		while (begin > done && stored[begin - 1] >= '0' && stored[begin - 1] <= '9')
			begin--;
		std::from_chars(stored.data() + begin, stored.data() + end, oid);
		if (begin == end || begin == 0 || stored[begin - 1] != '\'' ||
			(begin > 1 && stored[begin - 2] == '\'') || FindRelation(oid) == nullptr)
			continue;
		std::string name;

		RegclassOut(Value::Int(oid), &name);
		shown.append(stored.substr(done, begin - done));
		for (const char letter : name)
			shown.append(letter == '\'' ? 2 : 1, letter);
		done = end;
	}
	return shown.append(stored.substr(done));
}

} /* namespace pg */
