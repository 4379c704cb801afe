/*
 * pl/plpgsql/variables.cpp
 *		Variables and the SQL that uses them.
 *
 * Every piece of SQL has all variables in force as parameters, and the fields of records behind them.
 * A piece is planned at its first run and again when a record's columns or the type of a CASE's value
 * are others than then.
 */
#include <pg_query/pg_query.pb-c.h>

#include "access/nonatomic.h"
#include "access/xact.h"
#include "catalog/pg_type_d.h"
#include "miscadmin.h"
#include "pl/plpgsql/interpreter.h"
#include "utils/adt/registry.h"
#include "utils/adt/row_text.h"
#include "utils/error/report.h"

namespace pg::plpgsql
{
namespace
{

/* Keeps what a statement returns. */
class Gather : public RowReceiver
{
public:
	explicit Gather(Rows *rows) : rows_(*rows) {}

	void start(std::span<const ResultColumn> columns) override
	{
		rows_.columns.assign(columns.begin(), columns.end());
		rows_.returned_rows = true;
	}
	void row(std::span<const Value> values) override { rows_.add(values); }

private:
	Rows &rows_;
};

bool
is_string(Oid type)
{
	return type == TEXTOID || type == VARCHAROID || type == BPCHAROID || type == NAMEOID;
}

/* A shared plan, unless it is running already; then one for this run. */
std::shared_ptr<PreparedPlan>
plan_of(const std::string &text, std::span<const Oid> types,
		std::shared_ptr<const ParameterNames> names)
{
	const auto parsed = ParseStatements(text);

	if (parsed->size() != 1)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("cannot run more than one statement"));
	return std::make_shared<PreparedPlan>(parsed->front(), types, std::move(names));
}

/* Errors of a piece show the piece; with a position it is the query of the error. */
template <typename Body>
decltype(auto)
of_piece(const Expression &piece, Body body)
{
	try
	{
		return body();
	}
	catch (PgError &error)
	{
		Report &report = error.report;

		if (report.position > 0)
		{
			const int position = report.position - (piece.is_statement ? 0 : 7);

			report.position = 0;
			report.internal_statement(piece.text, std::max(position, 1));
		}
		else if (piece.is_statement)
			report.context("SQL statement \"%s\"", piece.text.c_str());
		throw;
	}
}

} /* namespace */

std::string
Interpreter::shape_of(const Expression &) const
{
	std::string shape;

	for (size_t i = 0; i < cells_.size(); i++)
	{
		const Variable &info = function_.variables[i];

		if (info.has_dynamic_type)
			shape += std::to_string(cells_[i].type) + ';';
		if (!info.is_record)
			continue;
		for (const ResultColumn &column : cells_[i].columns)
			shape += column.name + ':' + std::to_string(column.type) + ',';
		shape += cells_[i].is_null_row ? "-;" : ";";
	}
	for (const auto &[name, table] : transitions_)
		shape += "T" + name + ":" + std::to_string(table.first) + table.second;
	return shape;
}

/* Names of the variables in force; an inner one hides an outer one, a label reaches it still. */
void
Interpreter::bind_names(Expression &piece)
{
	auto names = std::make_shared<ParameterNames>();

	names->transitions = transitions_;

	int next = static_cast<int>(cells_.size());

	piece.fields.clear();
	for (const Scope *scope = piece.scope; scope != nullptr; scope = scope->parent)
		for (const auto &[name, place] : scope->names)
		{
			const Cell &held = cell(place);
			std::vector<std::string> ways{name};

			if (!scope->label.empty())
				ways.push_back(scope->label + "." + name);
			for (const std::string &way : ways)
			{
				if (!variable(place).is_record || held.columns.empty() || held.is_null_row)
					names->numbers.try_emplace(way, place + 1);

				std::vector<std::pair<std::string, int>> fields;

				for (size_t i = 0; i < held.columns.size(); i++)
				{
					const std::string name = way + "." + held.columns[i].name;

					if (names->numbers.try_emplace(name, next + 1).second)
					{
						piece.fields.emplace_back(place, static_cast<int>(i));
						next++;
					}
					fields.emplace_back(held.columns[i].name, names->numbers[name]);
				}
				if (!names->numbers.contains(way) || held.is_null_row)
					names->records.try_emplace(way, std::move(fields));
			}
		}
	piece.names = std::move(names);
}

PreparedPlan &
Interpreter::prepared(Expression &piece, std::shared_ptr<PreparedPlan> *own)
{
	std::string shape = shape_of(piece);

	if (piece.plan != nullptr && piece.shape == shape && !piece.plan->running())
	{
		*own = piece.plan;
		return *piece.plan;
	}

	std::vector<Oid> types;

	if (piece.names == nullptr || piece.shape != shape)
		bind_names(piece);
	for (const Cell &held : cells_)
		types.push_back(held.type == RECORDOID ? TEXTOID : held.type);
	for (const auto &[place, field] : piece.fields)
		types.push_back(cell(place).columns[static_cast<size_t>(field)].type);
	*own = plan_of((piece.is_statement ? "" : "SELECT ") + piece.text, types, piece.names);
	if (piece.plan == nullptr || !piece.plan->running())
	{
		piece.plan = *own;
		piece.shape = std::move(shape);
	}
	return **own;
}

std::vector<Value>
Interpreter::parameters(const Expression &piece) const
{
	std::vector<Value> values;

	for (const Cell &held : cells_)
		values.push_back(held.value.get());
	for (const auto &[place, field] : piece.fields)
		values.push_back(
			cells_[static_cast<size_t>(place)].fields[static_cast<size_t>(field)].get());
	return values;
}

Rows
Interpreter::run_sql(Expression &piece, uint64 max_rows)
{
	Rows rows;
	Gather gather(&rows);

	of_piece(piece,
			 [&]
			 {
				 std::shared_ptr<PreparedPlan> own;
				 PreparedPlan &plan = prepared(piece, &own);
				 const std::vector<Value> values = parameters(piece);
				 const RunResult result =
					 plan.run(values, gather, max_rows, {.is_expression = !piece.is_statement});

				 rows.processed = result.kind == pg::StatementKind::Utility ? 0 : result.processed;
				 return 0;
			 });
	CommandCounterIncrement();
	return rows;
}

namespace
{

int
with_default_scroll(int options)
{
	return (options & (CURSOR_OPT_SCROLL | CURSOR_OPT_NO_SCROLL)) == 0 ? options | CURSOR_OPT_SCROLL
																	   : options;
}

void
refuse_open(const Kept &name)
{
	if (!name.is_null() && FindPortal(name.get().bytes) != nullptr)
		Raise(Report(ERROR, ERRCODE_DUPLICATE_CURSOR)
				  .msg("cursor \"%s\" already in use", std::string(name.get().bytes).c_str()));
}

PostroomPortal &
open_plan(const Kept &wanted, PreparedPlan &plan, std::span<const Value> values, int options)
{
	const std::string name = wanted.is_null() ? "" : std::string(wanted.get().bytes);

	if (!plan.plan().returns_rows && plan.kind() != pg::StatementKind::Utility)
		Raise(Report(ERROR, ERRCODE_INVALID_CURSOR_DEFINITION)
				  .msg("cannot open %s query as cursor", plan.raw().tag));
	return OpenCursor(name, plan, values, with_default_scroll(options), {});
}

} /* namespace */

void
Interpreter::open_cursor(int place, Expression &query, int options)
{
	refuse_open(cell(place).value);

	PostroomPortal &portal =
		of_piece(query,
				 [&]() -> PostroomPortal &
				 {
					 std::shared_ptr<PreparedPlan> own;
					 PreparedPlan &plan = prepared(query, &own);

					 return open_plan(cell(place).value, plan, parameters(query), options);
				 });

	cell(place).value.set(Value::Text(portal.name));
}

void
Interpreter::open_dynamic(const Statement &stmt)
{
	refuse_open(cell(stmt.variable).value);

	const Result query = evaluate(*stmt.expression);
	std::vector<Oid> types;
	std::vector<Kept> kept;
	std::vector<Value> values;
	Expression piece;

	if (query.value.is_null())
		Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
				  .msg("query string argument of EXECUTE is null"));
	for (Expression *argument : stmt.arguments)
	{
		const Result result = evaluate(*argument);

		types.push_back(result.type == UNKNOWNOID ? TEXTOID : result.type);
		kept.push_back(result.value);
	}
	for (const Kept &value : kept)
		values.push_back(value.get());
	piece.text = ValueOut(query.type == UNKNOWNOID ? TEXTOID : query.type, query.value.get());
	piece.is_statement = true;

	PostroomPortal &portal =
		of_piece(piece,
				 [&]() -> PostroomPortal &
				 {
					 return open_plan(cell(stmt.variable).value,
									  *plan_of(piece.text, types, dynamic_names()), values,
									  stmt.cursor_options);
				 });

	cell(stmt.variable).value.set(Value::Text(portal.name));
}

/* The variable that an argument of CALL is; -1 when it is none. */
int
Interpreter::output_variable(const Expression &piece, const void *argument) const
{
	const auto *const node = static_cast<const PgQuery__Node *>(argument);

	if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
		return -1;

	const PgQuery__ColumnRef &ref = *node->column_ref;

	if (ref.n_fields == 0 || ref.n_fields > 2 ||
		ref.fields[ref.n_fields - 1]->node_case != PG_QUERY__NODE__NODE_STRING)
		return -1;

	const std::string name = ref.fields[ref.n_fields - 1]->string->sval;
	const std::string label = ref.n_fields == 2 ? ref.fields[0]->string->sval : "";

	for (const Scope *scope = piece.scope; scope != nullptr; scope = scope->parent)
		if (const auto found = scope->names.find(name);
			found != scope->names.end() && (label.empty() || scope->label == label))
			return found->second;
	return -1;
}

namespace
{

/* What CALL gives for parameter i of the procedure; null: nothing. */
const PgQuery__Node *
argument_of(const PgQuery__FuncCall &call, const ProcInfo &proc, size_t i)
{
	for (size_t j = 0; j < call.n_args; j++)
	{
		const PgQuery__Node *const argument = call.args[j];
		const bool named = argument->node_case == PG_QUERY__NODE__NODE_NAMED_ARG_EXPR;

		if (!named && j == i)
			return argument;
		if (named && i < proc.arg_names.size() &&
			proc.arg_names[i] == argument->named_arg_expr->name)
			return argument->named_arg_expr->arg;
	}
	return nullptr;
}

} /* namespace */

/* The variables that stand for the OUT and INOUT parameters of what CALL calls. */
std::vector<int>
Interpreter::output_variables(Expression &piece)
{
	std::shared_ptr<PreparedPlan> own;
	const ProcPtr proc =
		of_piece(piece, [&] { return FindProc(prepared(piece, &own).plan().procedure); });
	const auto parsed = ParseStatements(piece.text);
	const PgQuery__FuncCall &call = *parsed->front().node->call_stmt->funccall;
	std::vector<int> places;

	for (size_t i = 0; proc != nullptr && i < proc->parameter_count(); i++)
	{
		const char mode = proc->parameter_mode(i);

		if (mode != 'o' && mode != 'b')
			continue;
		places.push_back(output_variable(piece, argument_of(call, *proc, i)));
		if (places.back() < 0)
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("procedure parameter \"%s\" is an output parameter but corresponding "
						   "argument is not writable",
						   i < proc->arg_names.size() ? proc->arg_names[i].c_str() : ""));
	}
	return places;
}

/* What the procedure gives goes into the variables that stand for its OUT and INOUT parameters. */
void
Interpreter::call_statement(const Statement &stmt)
{
	const NonatomicScope scope(may_commit_);
	const std::vector<int> places = output_variables(*stmt.expression);
	const Rows rows = run_sql(*stmt.expression, 0);

	for (size_t i = 0; i < places.size() && !rows.rows.empty(); i++)
		assign({places[i], {}}, rows.rows[0].values.at(i).get(), rows.columns.at(i).type);
}

/* What EXECUTE knows by name: no variables, but transition tables. */
std::shared_ptr<const ParameterNames>
Interpreter::dynamic_names() const
{
	if (transitions_.empty())
		return nullptr;

	auto names = std::make_shared<ParameterNames>();

	names->transitions = transitions_;
	return names;
}

/* The statements of EXECUTE; the rows are the last one's. */
Rows
Interpreter::run_text(const std::string &text, const std::vector<Expression *> &arguments,
					  uint64 max_rows)
{
	std::vector<Oid> types;
	std::vector<Kept> kept;
	std::vector<Value> values;
	Expression piece;
	Rows rows;

	for (Expression *argument : arguments)
	{
		const Result result = evaluate(*argument);

		types.push_back(result.type == UNKNOWNOID ? TEXTOID : result.type);
		kept.push_back(result.value);
	}
	for (const Kept &value : kept)
		values.push_back(value.get());
	piece.text = text;
	piece.is_statement = true;
	of_piece(piece,
			 [&]
			 {
				 for (const RawStatement &raw : *ParseStatements(text))
				 {
					 const std::string_view tag = raw.tag;

					 if (tag == "BEGIN" || tag == "COMMIT" || tag == "ROLLBACK" ||
						 tag == "SAVEPOINT" || tag == "RELEASE" || tag == "START TRANSACTION")
						 Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
								   .msg("EXECUTE of transaction commands is not implemented"));
					 rows = {};

					 Gather gather(&rows);
					 const RunResult result =
						 PreparedPlan(raw, types, dynamic_names()).run(values, gather, max_rows);

					 rows.processed =
						 result.kind == pg::StatementKind::Utility ? 0 : result.processed;
					 CommandCounterIncrement();
				 }
				 return 0;
			 });
	return rows;
}

Rows
Interpreter::run_dynamic(const Statement &stmt, uint64 max_rows)
{
	const Result query = evaluate(*stmt.expression);

	const NonatomicScope scope(false);

	if (query.value.is_null())
		Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
				  .msg("query string argument of EXECUTE is null"));
	return run_text(ValueOut(query.type == UNKNOWNOID ? TEXTOID : query.type, query.value.get()),
					stmt.arguments, max_rows);
}

Interpreter::Result
Interpreter::evaluate(Expression &piece)
{
	const Rows rows = run_sql(piece, 2);

	if (rows.columns.size() != 1)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("query \"%s\" returned %d columns", piece.text.c_str(),
					   static_cast<int>(rows.columns.size())));
	if (rows.rows.size() > 1)
		Raise(Report(ERROR, ERRCODE_CARDINALITY_VIOLATION)
				  .msg("query \"%s\" returned more than one row", piece.text.c_str()));
	return {rows.rows.empty() ? Kept() : rows.rows[0].values[0], rows.columns[0].type};
}

/* Null counts as false. */
bool
Interpreter::condition(Expression &piece)
{
	const Result result = evaluate(piece);
	const Kept value = converted(result.value.get(), result.type, BOOLOID, -1);

	return !value.is_null() && value.get().integer != 0;
}

std::string
Interpreter::text_of(Expression &piece)
{
	const Result result = evaluate(piece);

	return result.value.is_null()
			   ? "<NULL>"
			   : ValueOut(result.type == UNKNOWNOID ? TEXTOID : result.type, result.value.get());
}

namespace
{

/* By way of the texts: what is left where there is no conversion of the types themselves. */
Kept
through_text(const Value &value, Oid from, Oid to, int32 typmod)
{
	std::string scratch;

	return Kept(ValueIn(to, ValueOut(from, value), typmod, &scratch));
}

class OneValue : public RowReceiver
{
public:
	void start(std::span<const ResultColumn>) override {}
	void row(std::span<const Value> values) override { kept.set(values[0]); }
	Kept kept;
};

} /* namespace */

/* As an assignment does it. */
Kept
Interpreter::converted(const Value &value, Oid from, Oid to, int32 typmod)
{
	if (to == VOIDOID || value.is_null() || (from == to && typmod < 0))
		return Kept(value);
	if (from == UNKNOWNOID)
		from = TEXTOID;
	if (is_string(from) || is_string(to))
		return through_text(value, from, to, typmod);

	OneValue receiver;
	std::shared_ptr<PreparedPlan> plan;

	try
	{
		const std::string sql = "SELECT $1::" + FormatType(to, typmod);
		static std::map<std::pair<std::string, Oid>, std::shared_ptr<PreparedPlan>> known;
		std::shared_ptr<PreparedPlan> &cached = known[{sql, from}];

		if (cached == nullptr)
			cached = plan_of(sql, {{from}}, nullptr);
		plan = cached;
		plan->plan();
	}
	catch (const PgError &error)
	{
		if (error.sqlstate() != ERRCODE_CANNOT_COERCE)
			throw;
		return through_text(value, from, to, typmod);
	}

	const Value parameter[] = {value};

	plan->run(parameter, receiver, 0, {.is_expression = true});
	return receiver.kept;
}

void
Interpreter::assign(const Target &target, const Value &value, Oid type)
{
	const Variable &info = variable(target.variable);
	Cell &held = cell(target.variable);

	if (!target.field.empty())
	{
		if (held.columns.empty())
			Raise(
				Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
					.msg("record \"%s\" is not assigned yet", info.name.c_str())
					.detail("The tuple structure of a not-yet-assigned record is indeterminate."));
		for (size_t i = 0; i < held.columns.size(); i++)
			if (held.columns[i].name == target.field)
			{
				held.fields[i] =
					converted(value, type, held.columns[i].type, held.columns[i].typmod);
				held.is_null_row = false;
				return;
			}
		Raise(
			Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
				.msg("record \"%s\" has no field \"%s\"", info.name.c_str(), target.field.c_str()));
	}
	if (info.is_record)
	{
		if (!value.is_null() && (IsRowType(type) || (type == RECORDOID && info.row_of != 0)))
			return set_record(&held, info.row_of != 0, value, type);
		if (type == RECORDOID && !value.is_null())
			RaiseNotSupported("assigning a row of unknown columns to a record");
		if (!value.is_null())
			Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
					  .msg("cannot assign non-composite value to a record variable"));
		for (Kept &field : held.fields)
			field.set(Value::Null());
		held.is_null_row = true;
		return;
	}

	Kept fresh = converted(value, type, held.type, held.typmod);

	if (info.not_null && fresh.is_null())
		Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
				  .msg("null value cannot be assigned to variable \"%s\" declared NOT NULL",
					   info.name.c_str()));
	held.value = std::move(fresh);
}

/* A row into one record or into a list of variables; without a row they become null. */
void
Interpreter::assign_row(const std::vector<Target> &targets, const Rows &rows, const Row *row)
{
	const Target &first = targets.front();

	if (targets.size() == 1 && first.field.empty() && variable(first.variable).is_record)
	{
		Cell &held = cell(first.variable);

		if (variable(first.variable).row_of == 0)
			held.columns = rows.columns;
		held.is_null_row = variable(first.variable).row_of != 0 && row == nullptr;
		held.fields.resize(held.columns.size());
		for (size_t i = 0; i < held.columns.size(); i++)
		{
			const bool given = row != nullptr && i < row->values.size();

			held.fields[i] = given ? converted(row->values[i].get(), rows.columns[i].type,
											   held.columns[i].type, held.columns[i].typmod)
								   : Kept();
		}
		return;
	}
	for (size_t i = 0; i < targets.size(); i++)
	{
		const bool given = row != nullptr && i < row->values.size();

		assign(targets[i], given ? row->values[i].get() : Value::Null(),
			   given ? rows.columns[i].type : UNKNOWNOID);
	}
}

void
Interpreter::set_record(Cell *held, bool keeps_columns, const Value &row, Oid type)
{
	const RowShape shape = RowTypeShape(type);

	if (!keeps_columns)
	{
		held->columns.clear();
		for (const RowField &field : shape)
		{
			ResultColumn &added = held->columns.emplace_back();

			added.name = field.name;
			added.type = field.type;
			added.typmod = field.typmod;
		}
	}
	held->fields.assign(held->columns.size(), Kept());
	held->is_null_row = row.is_null();
	if (row.is_null())
		return;

	const RowFields fields = ParseRow(row.bytes, -1);

	for (size_t i = 0; i < held->columns.size() && i < fields.size(); i++)
	{
		std::string scratch;
		const Oid from = i < shape.size() ? shape[i].type : held->columns[i].type;

		if (fields[i])
			held->fields[i] = converted(ValueIn(from, *fields[i], -1, &scratch), from,
										held->columns[i].type, held->columns[i].typmod);
	}
}

Kept
Interpreter::whole_value(const Cell &held) const
{
	RowFields fields;

	if (held.type != RECORDOID)
		return held.value;
	if (held.columns.empty() || held.is_null_row)
		return Kept();
	for (size_t i = 0; i < held.columns.size(); i++)
		fields.push_back(held.fields[i].is_null()
							 ? std::nullopt
							 : std::optional(ValueOut(held.columns[i].type, held.fields[i].get())));

	const std::string text = FormatRow(fields);

	return Kept(Value::Text(text));
}

void
Interpreter::set_found(bool found)
{
	cell(function_.found).value.set(Value::Bool(found));
}

/* %ROWTYPE: the columns of the relation, all null. */
void
Interpreter::shape_row_variable(int place)
{
	Cell &held = cell(place);
	const RelationInfoPtr relation = FindRelation(variable(place).row_of);

	held.columns.clear();
	held.fields.clear();
	if (relation == nullptr)
		return;
	for (const ColumnInfo &column : relation->columns)
		if (!column.dropped)
		{
			ResultColumn &added = held.columns.emplace_back();

			added.name = column.name;
			added.type = column.type;
			added.typmod = column.typmod;
			held.fields.emplace_back();
		}
}

} /* namespace pg::plpgsql */
