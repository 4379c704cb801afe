/*
 * stored_sql.cpp
 *		The SQL that catalogs keep: which stored functions it calls, and their schemas written out.
 *
 * Backends and workers, inside a transaction.  Relations are commands' business (StoredQuery).  Trees
 * are shared, so what is changed in one is put back before anybody else can see it.
 */
#include <algorithm>
#include <deque>

#include "catalog/functions.h"
#include "catalog/user_types.h"
#include "parser/lowering.h"
#include "parser/parse.h"
#include "parser/walk.h"
#include "utils/adt/regtypes.h"

namespace pg
{

namespace
{

using parser::Analyzer;
using parser::FunctionUse;

/* Gives names without a schema one, for as long as it lives. */
class SchemaPatch
{
public:
	SchemaPatch() = default;
	~SchemaPatch()
	{
		for (const Undo &undo : undo_)
		{
			*undo.names = undo.before;
			*undo.count = 1;
		}
	}
	SchemaPatch(const SchemaPatch &) = delete;
	SchemaPatch &operator=(const SchemaPatch &) = delete;

	/* names, count: of a call or a type. */
	void qualify(PgQuery__Node ***names, size_t *count, Oid schema)
	{
		if (*count != 1)
			return;
		Name &name = names_.emplace_back();

		name.schema = SchemaName(schema).value_or("");
		pg_query__string__init(&name.string);
		pg_query__node__init(&name.node);
		name.string.sval = name.schema.data();
		name.node.node_case = PG_QUERY__NODE__NODE_STRING;
		name.node.string = &name.string;
		name.parts[0] = &name.node;
		name.parts[1] = (*names)[0];
		undo_.push_back({names, *names, count});
		*names = name.parts;
		*count = 2;
	}
	bool changed() const { return !undo_.empty(); }

private:
	struct Name
	{
		std::string schema;
		PgQuery__String string;
		PgQuery__Node node;
		PgQuery__Node *parts[2];
	};
	struct Undo
	{
		PgQuery__Node ***names;
		PgQuery__Node **before;
		size_t *count;
	};

	std::deque<Name> names_;
	std::vector<Undo> undo_;
};

/*
 * For as long as it lives, puts OIDs in the place of relations' names in constants of type regclass, and
 * schemas before the names of the database's types.
 */
class LastingNames
{
public:
	explicit LastingNames(const PgQuery__Node *tree)
	{
		auto visit = [this](ProtobufCMessage *message)
		{
			if (message->descriptor == &pg_query__type_name__descriptor)
				patch_type(*reinterpret_cast<PgQuery__TypeName *>(message));
			if (message->descriptor == &pg_query__type_cast__descriptor)
				patch_cast(*reinterpret_cast<PgQuery__TypeCast *>(message));
			else if (message->descriptor == &pg_query__func_call__descriptor)
				patch_call(*reinterpret_cast<PgQuery__FuncCall *>(message));
		};

		parser::Walk(&const_cast<PgQuery__Node *>(tree)->base, visit);
	}
	~LastingNames()
	{
		for (auto undo = undo_.rbegin(); undo != undo_.rend(); ++undo)
			*undo->place = undo->node;
	}
	LastingNames(const LastingNames &) = delete;
	LastingNames &operator=(const LastingNames &) = delete;

	const std::vector<Oid> &relations() const { return relations_; }
	const std::vector<Oid> &types() const { return types_; }
	bool changed() const { return !undo_.empty() || schemas_.changed(); }

private:
	struct Cast
	{
		std::string digits;
		char type[9] = "regclass";
		PgQuery__String value, type_string;
		PgQuery__AConst constant;
		PgQuery__TypeName name;
		PgQuery__TypeCast cast;
		PgQuery__Node constant_node, type_node, cast_node;
		PgQuery__Node *names[1];
	};
	struct Undo
	{
		PgQuery__Node **place;
		PgQuery__Node *node;
	};

	static const char *text_of(const PgQuery__Node *node)
	{
		return node != nullptr && node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
					   node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL
				   ? node->a_const->sval->sval
				   : nullptr;
	}

	/* Nodes by OID: '16390'::regclass. */
	Cast &make_cast(Oid oid)
	{
		Cast &made = casts_.emplace_back();

		made.digits = std::to_string(oid);
		pg_query__string__init(&made.value);
		pg_query__string__init(&made.type_string);
		pg_query__a__const__init(&made.constant);
		pg_query__type_name__init(&made.name);
		pg_query__type_cast__init(&made.cast);
		for (PgQuery__Node *node : {&made.constant_node, &made.type_node, &made.cast_node})
			pg_query__node__init(node);
		made.value.sval = made.digits.data();
		made.constant.val_case = PG_QUERY__A__CONST__VAL_SVAL;
		made.constant.sval = &made.value;
		made.constant_node.node_case = PG_QUERY__NODE__NODE_A_CONST;
		made.constant_node.a_const = &made.constant;
		made.type_string.sval = made.type;
		made.type_node.node_case = PG_QUERY__NODE__NODE_STRING;
		made.type_node.string = &made.type_string;
		made.names[0] = &made.type_node;
		made.name.names = made.names;
		made.name.n_names = 1;
		made.name.typemod = -1;
		made.cast.arg = &made.constant_node;
		made.cast.type_name = &made.name;
		made.cast_node.node_case = PG_QUERY__NODE__NODE_TYPE_CAST;
		made.cast_node.type_cast = &made.cast;
		return made;
	}

	Oid note(const char *text)
	{
		const Oid oid = RegclassOid(text);

		if (std::ranges::find(relations_, oid) == relations_.end())
			relations_.push_back(oid);
		return oid;
	}

	void patch_type(PgQuery__TypeName &type)
	{
		if (type.n_names == 0)
			return;

		const std::string_view last = parser::StringOf(type.names[type.n_names - 1]);
		const std::string_view given =
			type.n_names > 1 ? parser::StringOf(type.names[0]) : std::string_view();
		const UserTypePtr found = type.n_names > 2 || (given.empty() && FindTypeByName(last))
									  ? nullptr
									  : FindUserType(given, last);

		if (found == nullptr)
			return;
		if (std::ranges::find(types_, found->oid) == types_.end())
			types_.push_back(found->oid);
		schemas_.qualify(&type.names, &type.n_names, found->schema);
	}

	void replace(PgQuery__Node **place, PgQuery__Node *node)
	{
		undo_.push_back({place, *place});
		*place = node;
	}

	void patch_cast(PgQuery__TypeCast &cast)
	{
		const char *const text = text_of(cast.arg);
		const PgQuery__TypeName &type = *cast.type_name;

		if (text == nullptr || type.n_names == 0 || type.n_array_bounds > 0 ||
			parser::StringOf(type.names[type.n_names - 1]) != std::string_view("regclass"))
			return;

		const Oid oid = note(text);

		if (std::to_string(oid) != text)
			replace(&cast.arg, &make_cast(oid).constant_node);
	}

	/* A literal there is a regclass without saying so. */
	void patch_call(PgQuery__FuncCall &call)
	{
		const std::string_view name = parser::StringOf(call.funcname[call.n_funcname - 1]);
		const char *const text = call.n_args > 0 ? text_of(call.args[0]) : nullptr;

		if (text != nullptr && (name == "nextval" || name == "currval" || name == "setval"))
			replace(&call.args[0], &make_cast(note(text)).cast_node);
	}

	std::deque<Cast> casts_;
	SchemaPatch schemas_;
	std::vector<Undo> undo_;
	std::vector<Oid> relations_, types_;
};

/* depth: of the uses that stand in the tree itself. */
StoredSql
written_out(const PgQuery__Node *tree, const Analyzer &analyzer, int depth)
{
	StoredSql stored;
	SchemaPatch patch;

	for (const FunctionUse &use : analyzer.function_uses)
	{
		if (use.depth != depth)
			continue;
		if (std::ranges::find(stored.functions, use.function->oid) == stored.functions.end())
			stored.functions.push_back(use.function->oid);

		auto *const call = const_cast<PgQuery__FuncCall *>(use.call);

		patch.qualify(&call->funcname, &call->n_funcname, use.function->schema);
	}
	if (!stored.functions.empty())
		stored.sql = DeparseNode(tree);
	return stored;
}

/* Does any call in the text bear the name of a stored function? Else there is nothing to do. */
bool
may_call_stored(const PgQuery__Node *tree)
{
	bool found = false;
	auto visit = [&found](ProtobufCMessage *message)
	{
		if (message->descriptor != &pg_query__func_call__descriptor)
			return;
		const auto *call = reinterpret_cast<const PgQuery__FuncCall *>(message);

		found = found || !FindProcs(parser::StringOf(call->funcname[call->n_funcname - 1])).empty();
	};

	parser::Walk(&const_cast<PgQuery__Node *>(tree)->base, visit);
	return found;
}

} /* namespace */

StoredSql
parser::WrittenOut(const PgQuery__Node *tree, const Analyzer &analyzer)
{
	StoredSql stored = written_out(tree, analyzer, 0);

	if (stored.functions.empty())
		stored.sql = DeparseNode(tree);
	return stored;
}

StoredSql
QualifyFunctions(const std::string &sql, const RelationInfo *relation)
{
	const auto statements = ParseStatements("SELECT " + sql);
	const PgQuery__Node *const tree =
		statements->front().node->select_stmt->target_list[0]->res_target->val;

	const LastingNames patch(tree);

	if (!may_call_stored(tree))
		return {patch.changed() ? DeparseNode(tree) : sql, {}, patch.relations(), patch.types()};

	Analyzer analyzer({}, {});
	parser::Scope scope;

	if (relation != nullptr)
		parser::OwnColumns(analyzer, scope, *relation);
	analyzer.stored_node(tree, &scope,
						 relation == nullptr ? parser::Place::ColumnDefault : parser::Place::Check);

	StoredSql stored = written_out(tree, analyzer, 1);

	if (stored.functions.empty())
		stored.sql = patch.changed() ? DeparseNode(tree) : sql;
	stored.relations = patch.relations();
	stored.types = patch.types();
	return stored;
}

namespace
{

/* Constants show their type where the text alone does not tell it, operators their parentheses. */
std::string
shown(const PgQuery__Node *node, std::string sql, Oid type)
{
	const PgQuery__AConst *constant =
		node->node_case == PG_QUERY__NODE__NODE_A_CONST ? node->a_const : nullptr;

	if (node->node_case == PG_QUERY__NODE__NODE_A_EXPR)
		return "(" + sql + ")";
	if (constant == nullptr)
		return sql;
	if (sql.starts_with('-'))
		sql = "'" + sql + "'";
	if (constant->isnull || sql.starts_with('\'') || sql.starts_with("E'"))
		sql += "::" + FormatType(type);
	return sql;
}

} /* namespace */

StoredSql
ParameterDefault(const RawStatement &statement, const PgQuery__Node *expression, Oid type)
{
	const char *const start = statement.text.data() - statement.text_offset;
	const size_t length = static_cast<size_t>(statement.text_offset) + statement.text.size();
	Analyzer analyzer({start, length}, {});
	parser::Scope scope;
	const parser::ScopeGuard guard(analyzer, &scope);
	parser::Expr *const expr = analyzer.expression(expression, parser::Place::Other);

	if (!IsPolymorphic(type))
		analyzer.coerce_to_specific(expr, type, "DEFAULT");

	StoredSql stored = parser::WrittenOut(expression, analyzer);

	stored.sql = shown(expression, std::move(stored.sql), type);
	return stored;
}

StoredSql
QualifyFunctionsOfQuery(const std::string &sql)
{
	const auto statements = ParseStatements(sql);
	const PgQuery__Node *const tree = statements->front().node;

	const LastingNames patch(tree);

	if (!may_call_stored(tree))
		return {patch.changed() ? DeparseNode(tree) : sql, {}, patch.relations(), patch.types()};

	Analyzer analyzer(sql, {});

	analyzer.top_query(*tree->select_stmt);

	StoredSql stored = written_out(tree, analyzer, 0);

	if (stored.functions.empty())
		stored.sql = patch.changed() ? DeparseNode(tree) : sql;
	stored.relations = patch.relations();
	stored.types = patch.types();
	return stored;
}

} /* namespace pg */
