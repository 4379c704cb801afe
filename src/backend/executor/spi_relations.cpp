/*
 * executor/spi_relations.cpp
 *		SPI_register_relation and its kin: rows under a name, for the statements of one connection.
 *
 * Workers and backends with a database, inside SPI_connect and SPI_finish.
 */
#include "executor/spi_relations.h"

#include <vector>

#include "access/relation.h"
#include "commands/trigger.h"
#include "engine/kept.h"
#include "executor/executor.h"
#include "executor/spi_internals.h"
#include "utils/adt/datum.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/mmgr/memory.h"
#include "utils/rel.h"

namespace pg
{
namespace
{

/* Column 0 stands for the whole row and is not read. */
class GivenRowsCursor final : public RowCursor
{
public:
	explicit GivenRowsCursor(const GivenRows &rows)
	{
		const OwnedMemoryContext scratch(CurrentMemoryContext, "given rows");
		const MemoryContextScope scope(scratch.get());

		read(rows);
	}

	bool next() override { return ++at_ <= rows_.size(); }

	Value column(int i) override
	{
		const std::vector<Kept> &row = rows_[at_ - 1];
		const auto field = static_cast<size_t>(i);

		return field == 0 || field > row.size() ? Value::Null() : row[field - 1].get();
	}

private:
	void read(const GivenRows &rows)
	{
		TupleTableSlot *const slot = MakeSingleTupleTableSlot(rows.desc, &TTSOpsMinimalTuple);

		/* A place of its own: the module may be reading. */
		tuplestore_select_read_pointer(rows.store, tuplestore_alloc_read_pointer(rows.store, 0));
		tuplestore_rescan(rows.store);
		while (tuplestore_gettupleslot(rows.store, true, false, slot))
			add(rows.desc, slot);
		tuplestore_select_read_pointer(rows.store, 0);
		ExecDropSingleTupleTableSlot(slot);
	}

	void add(TupleDesc desc, TupleTableSlot *slot)
	{
		std::vector<Kept> &row = rows_.emplace_back();

		for (int i = 0; i < desc->natts; i++)
		{
			const FormData_pg_attribute &att = *TupleDescAttr(desc, i);
			bool is_null;
			const Datum datum = slot_getattr(slot, i + 1, &is_null);
			std::string scratch;

			if (!att.attisdropped)
				row.emplace_back(is_null ? Value::Null()
										 : DatumToValue(att.atttypid, datum, &scratch));
		}
	}

	std::vector<std::vector<Kept>> rows_;
	size_t at_ = 0;
};

/* Null when the innermost connection has none of that name. */
const GivenRows *
find_rows(std::string_view name)
{
	const SpiFrame *const frame = CurrentSpiFrame();

	if (frame == nullptr)
		return nullptr;

	const auto found = frame->given_rows.find(name);

	return found != frame->given_rows.end() ? &found->second : nullptr;
}

/* What the connection's statements know from now on. */
void
publish(SpiFrame &frame)
{
	frame.names = nullptr;
	if (frame.given_rows.empty())
		return;

	auto names = std::make_shared<ParameterNames>();

	for (const auto &[name, rows] : frame.given_rows)
		names->given_rows[name] = ShapeOf(rows.desc);
	frame.names = names;
}

TupleDesc
description_of(const EphemeralNamedRelationMetadataData &md)
{
	if (!OidIsValid(md.reliddesc))
		return CreateTupleDescCopy(md.tupdesc);

	const Relation relation = relation_open(md.reliddesc, NoLock);
	TupleDesc const desc = CreateTupleDescCopy(RelationGetDescr(relation));

	relation_close(relation, NoLock);
	return desc;
}

int
register_rows(EphemeralNamedRelation enr)
{
	SpiFrame *const frame = CurrentSpiFrame();

	if (enr == nullptr || enr->md.name == nullptr)
		return SPI_ERROR_ARGUMENT;
	if (frame == nullptr)
		return SPI_ERROR_UNCONNECTED;
	if (find_rows(enr->md.name) != nullptr)
		return SPI_ERROR_REL_DUPLICATE;

	const MemoryContextScope scope(frame->procedure_context);
	TupleDesc const desc = description_of(enr->md);

	frame->given_rows[enr->md.name] = {desc, static_cast<Tuplestorestate *>(enr->reldata)};
	publish(*frame);
	return SPI_OK_REL_REGISTER;
}

int
unregister_rows(const char *name)
{
	SpiFrame *const frame = CurrentSpiFrame();

	if (name == nullptr)
		return SPI_ERROR_ARGUMENT;
	if (frame == nullptr)
		return SPI_ERROR_UNCONNECTED;
	if (frame->given_rows.erase(name) == 0)
		return SPI_ERROR_REL_NOT_FOUND;
	publish(*frame);
	return SPI_OK_REL_UNREGISTER;
}

/* One of a trigger's tables, if it has it. */
int
register_transition(const TriggerData &data, char *name, Tuplestorestate *store)
{
	EphemeralNamedRelationData enr{};

	if (store == nullptr)
		return SPI_OK_TD_REGISTER;
	enr.md.name = name;
	enr.md.reliddesc = RelationGetRelid(data.tg_relation);
	enr.md.enrtype = ENR_NAMED_TUPLESTORE;
	enr.reldata = store;

	const int result = register_rows(&enr);

	return result == SPI_OK_REL_REGISTER ? SPI_OK_TD_REGISTER : result;
}

} /* namespace */

std::unique_ptr<RowCursor>
OpenGivenRows(std::string_view key)
{
	const std::string name(key.substr(key.find(':') + 1));
	const GivenRows *const rows = find_rows(name);

	if (rows == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_TABLE)
				  .msg("relation \"%s\" does not exist", name.c_str()));
	if (GivenRowsKey(name, ShapeOf(rows->desc)) != key)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("relation \"%s\" has other columns than when the statement was prepared",
					   name.c_str()));
	return std::make_unique<GivenRowsCursor>(*rows);
}

} /* namespace pg */

extern "C"
{
	int SPI_register_relation(EphemeralNamedRelation enr)
	{
		return pg::FromC([&] { return pg::register_rows(enr); });
	}

	int SPI_unregister_relation(const char *name)
	{
		return pg::FromC([&] { return pg::unregister_rows(name); });
	}

	int SPI_register_trigger_data(struct TriggerData *tdata)
	{
		if (tdata == nullptr)
			return SPI_ERROR_ARGUMENT;
		return pg::FromC(
			[&]
			{
				const Trigger &trigger = *tdata->tg_trigger;
				const int result =
					pg::register_transition(*tdata, trigger.tgnewtable, tdata->tg_newtable);

				return result != SPI_OK_TD_REGISTER
						   ? result
						   : pg::register_transition(*tdata, trigger.tgoldtable,
													 tdata->tg_oldtable);
			});
	}
}
