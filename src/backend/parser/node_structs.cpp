/*
 * node_structs.cpp
 *		Parse trees in the form of nodes/parsenodes.h: made, and compared with what they were made of.
 *
 * Backends and workers.  One table of fields (node_fields.h) serves both: Maker copies each field,
 * Comparer looks at it.
 */
#include "parser/node_structs.h"

#include <cstring>
#include <type_traits>

#include "parser/node_fields.h"
#include "parser/node_kinds.h"
#include "utils/memutils.h"

namespace pg
{
namespace parser
{
namespace
{

using ProtoNode = PgQuery__Node;

NodeTag
tag_of(const ProtoNode &node)
{
	switch (node.node_case)
	{
#define X(name, kind) \
	case PG_QUERY__NODE__NODE_##kind: return T_##name;
		PG_NODE_KINDS(X)
#undef X
		default: return T_Invalid;
	}
}

/* libpg_query numbers enumerators from 1; 0 is none. */
template <typename Enum>
Enum
enumerator(int value)
{
	return static_cast<Enum>(value > 0 ? value - 1 : 0);
}

template <>
FunctionParameterMode
enumerator<FunctionParameterMode>(int value)
{
	constexpr char kLetters[] = {'i', 'i', 'o', 'b', 'v', 't', 'd'};

	return static_cast<FunctionParameterMode>(
		kLetters[value > 0 && value < static_cast<int>(sizeof(kLetters)) ? value : 0]);
}

class Maker
{
public:
	::Node *node(const ProtoNode *from)
	{
		if (from == nullptr)
			return nullptr;
		switch (from->node_case)
		{
#define X(name, member, kind) \
	case PG_QUERY__NODE__NODE_##kind: return make<::name>(T_##name, *from->member);
			PG_NODE_STRUCTS(X)
#undef X
			case PG_QUERY__NODE__NODE_INTEGER:
			{
				auto *made = reinterpret_cast<::Integer *>(PgNewNode(sizeof(::Integer), T_Integer));

				made->ival = from->integer->ival;
				return reinterpret_cast<::Node *>(made);
			}
			case PG_QUERY__NODE__NODE_BOOLEAN:
			{
				auto *made = reinterpret_cast<::Boolean *>(PgNewNode(sizeof(::Boolean), T_Boolean));

				made->boolval = from->boolean->boolval != 0;
				return reinterpret_cast<::Node *>(made);
			}
			case PG_QUERY__NODE__NODE_FLOAT: return text<::Float>(T_Float, from->float_->fval);
			case PG_QUERY__NODE__NODE_STRING: return text<::String>(T_String, from->string->sval);
			case PG_QUERY__NODE__NODE_BIT_STRING:
				return text<::BitString>(T_BitString, from->bit_string->bsval);
			case PG_QUERY__NODE__NODE_LIST:
				return reinterpret_cast<::Node *>(list(from->list->items, from->list->n_items));
			case PG_QUERY__NODE__NODE_A_CONST: return constant(*from->a_const);
			default: return PgNewNode(sizeof(::Node), tag_of(*from));
		}
	}

	void operator()(bool &to, protobuf_c_boolean from)
	{
		to = from != 0;
	}
	void operator()(int16 &to, int32_t from)
	{
		to = static_cast<int16>(from);
	}
	void operator()(int32 &to, int32_t from)
	{
		to = from;
	}
	void operator()(uint32 &to, uint32_t from)
	{
		to = from;
	}
	void operator()(long &to, int64_t from)
	{
		to = from;
	}
	void operator()(char &to, const char *from)
	{
		to = from[0];
	}
	void operator()(char *&to, const char *from)
	{
		to = from[0] == '\0' ? nullptr : pstrdup(from);
	}
	void operator()(const char *&to, const char *from)
	{
		to = from[0] == '\0' ? nullptr : pstrdup(from);
	}
	void operator()(::Node *&to, const ProtoNode *from)
	{
		to = node(from);
	}
	void operator()(::List *&to, ProtoNode *const *from, size_t count)
	{
		to = list(from, count);
	}

	template <typename Enum>
	void operator()(Enum &to, int from) requires std::is_enum_v<Enum>
	{
		to = enumerator<Enum>(from);
	}

#define X(name, member, kind)                                                                      \
	void operator()(::name *&to, const PgQuery__##name *from)                                      \
	{                                                                                              \
		to =                                                                                       \
			from == nullptr ? nullptr : reinterpret_cast<::name *>(make<::name>(T_##name, *from)); \
	}
	PG_NODE_STRUCTS(X)
#undef X

	/* What has a tag only, and is not told as a node by libpg_query: left out. */
	template <typename To, typename From>
	void operator()(To *&to, const From *) requires(std::is_class_v<To> &&
													!std::is_same_v<To, ::Node> &&
													!std::is_same_v<To, ::List>)
	{
		to = nullptr;
	}

private:
	template <typename Struct, typename From>
	::Node *make(NodeTag tag, const From &from)
	{
		auto *made = reinterpret_cast<Struct *>(PgNewNode(sizeof(Struct), tag));

		fields(*this, *made, from);
		return reinterpret_cast<::Node *>(made);
	}

	template <typename Struct>
	::Node *text(NodeTag tag, const char *value)
	{
		struct Text
		{
			NodeTag type;
			char *value;
		};
		static_assert(sizeof(Text) == sizeof(Struct));
		::Node *made = PgNewNode(sizeof(Struct), tag);

		reinterpret_cast<Text *>(made)->value = pstrdup(value);
		return made;
	}

	::List *list(ProtoNode *const *from, size_t count)
	{
		::List *made = NIL;

		for (size_t i = 0; i < count; i++)
			made = lappend(made, node(from[i]));
		return made;
	}

	::Node *constant(const PgQuery__AConst &from)
	{
		auto *made = reinterpret_cast<::A_Const *>(PgNewNode(sizeof(::A_Const), T_A_Const));

		made->isnull = from.isnull != 0;
		made->location = from.location;
		switch (from.val_case)
		{
			case PG_QUERY__A__CONST__VAL_IVAL: made->val.ival = {T_Integer, from.ival->ival}; break;
			case PG_QUERY__A__CONST__VAL_FVAL:
				made->val.fval = {T_Float, pstrdup(from.fval->fval)};
				break;
			case PG_QUERY__A__CONST__VAL_BOOLVAL:
				made->val.boolval = {T_Boolean, from.boolval->boolval != 0};
				break;
			case PG_QUERY__A__CONST__VAL_SVAL:
				made->val.sval = {T_String, pstrdup(from.sval->sval)};
				break;
			case PG_QUERY__A__CONST__VAL_BSVAL:
				made->val.bsval = {T_BitString, pstrdup(from.bsval->bsval)};
				break;
			default: break;
		}
		return reinterpret_cast<::Node *>(made);
	}
};

/* Two trees that Maker made of one statement are equal unless somebody changed one. */
class Comparer
{
public:
	bool same(const ::Node *a, const ::Node *b, const ProtoNode *from)
	{
		if (a == nullptr || b == nullptr || from == nullptr)
			return a == b;
		if (a->type != b->type)
			return false;
		switch (from->node_case)
		{
#define X(name, member, kind) \
	case PG_QUERY__NODE__NODE_##kind: return same_fields<::name>(a, b, *from->member);
			PG_NODE_STRUCTS(X)
#undef X
			case PG_QUERY__NODE__NODE_INTEGER: return intVal(a) == intVal(b);
			case PG_QUERY__NODE__NODE_BOOLEAN: return boolVal(a) == boolVal(b);
			case PG_QUERY__NODE__NODE_FLOAT:
			case PG_QUERY__NODE__NODE_STRING:
			case PG_QUERY__NODE__NODE_BIT_STRING: return strcmp(strVal(a), strVal(b)) == 0;
			case PG_QUERY__NODE__NODE_LIST:
				return same_list(reinterpret_cast<const ::List *>(a),
								 reinterpret_cast<const ::List *>(b), from->list->items,
								 from->list->n_items);
			case PG_QUERY__NODE__NODE_A_CONST: return same_constant(a, b);
			default: return true;
		}
	}

private:
	/* Gives each pair of fields of `a`, and the fields of `b` at the same offsets. */
	template <typename Struct>
	struct Pair
	{
		Comparer &comparer;
		Struct &a;
		Struct &b;
		bool equal = true;

		template <typename Field>
		Field &other(Field &field)
		{
			const auto offset =
				reinterpret_cast<const char *>(&field) - reinterpret_cast<const char *>(&a);

			return *reinterpret_cast<Field *>(reinterpret_cast<char *>(&b) + offset);
		}

		template <typename Char>
		void operator()(Char *&to,
						const char *) requires(std::is_same_v<std::remove_const_t<Char>, char>)
		{
			const char *text = other(to);

			equal =
				equal && (to == nullptr || text == nullptr ? to == text : strcmp(to, text) == 0);
		}
		void operator()(char &to, const char *) { equal = equal && to == other(to); }
		void operator()(::Node *&to, const ProtoNode *from)
		{
			equal = equal && comparer.same(to, other(to), from);
		}
		void operator()(::List *&to, ProtoNode *const *from, size_t count)
		{
			equal = equal && comparer.same_list(to, other(to), from, count);
		}
		template <typename To, typename From>
		void operator()(To *&to, const From *from) requires(std::is_class_v<To> &&
															!std::is_same_v<To, ::Node> &&
															!std::is_same_v<To, ::List>)
		{
			To *&twin = other(to);

			if (to == nullptr || twin == nullptr || from == nullptr)
				equal = equal && to == twin;
			else if constexpr (requires(Pair<To> & pair) { fields(pair, *to, *from); })
				equal = equal && comparer.same_fields<To>(reinterpret_cast<::Node *>(to),
														  reinterpret_cast<::Node *>(twin), *from);
		}
		template <typename To, typename From>
		void operator()(To &to, From) requires(std::is_arithmetic_v<To> || std::is_enum_v<To>)
		{
			equal = equal && to == other(to);
		}
	};

	template <typename Struct, typename From>
	bool same_fields(const ::Node *a, const ::Node *b, const From &from)
	{
		Pair<Struct> pair{*this, *reinterpret_cast<Struct *>(const_cast<::Node *>(a)),
						  *reinterpret_cast<Struct *>(const_cast<::Node *>(b))};

		fields(pair, pair.a, from);
		return pair.equal;
	}

	bool same_list(const ::List *a, const ::List *b, ProtoNode *const *from, size_t count)
	{
		if (list_length(a) != list_length(b) || list_length(a) != static_cast<int>(count))
			return false;
		for (int i = 0; i < list_length(a); i++)
			if (!same(static_cast<const ::Node *>(list_nth(a, i)),
					  static_cast<const ::Node *>(list_nth(b, i)), from[i]))
				return false;
		return true;
	}

	static bool same_constant(const ::Node *left, const ::Node *right)
	{
		const auto &a = *reinterpret_cast<const ::A_Const *>(left);
		const auto &b = *reinterpret_cast<const ::A_Const *>(right);

		if (a.isnull != b.isnull || a.val.node.type != b.val.node.type)
			return false;
		switch (a.val.node.type)
		{
			case T_Integer: return a.val.ival.ival == b.val.ival.ival;
			case T_Boolean: return a.val.boolval.boolval == b.val.boolval.boolval;
			case T_Float:
			case T_String:
			case T_BitString: return strcmp(a.val.sval.sval, b.val.sval.sval) == 0;
			default: return true;
		}
	}
};

/* SELECT INTO is, once analyzed, a CREATE TABLE AS. */
bool
is_select_into(const ProtoNode &node)
{
	return node.node_case == PG_QUERY__NODE__NODE_SELECT_STMT &&
		   node.select_stmt->into_clause != nullptr;
}

::Node *
create_table_as(const PgQuery__SelectStmt &select)
{
	auto *made = reinterpret_cast<CreateTableAsStmt *>(
		PgNewNode(sizeof(CreateTableAsStmt), T_CreateTableAsStmt));
	Maker make;

	made->query = PgNewNode(sizeof(::Node), T_SelectStmt);
	make(made->into, select.into_clause);
	made->objtype = OBJECT_TABLE;
	made->is_select_into = true;
	return reinterpret_cast<::Node *>(made);
}

} /* namespace */
} /* namespace parser */

::Node *
MakeStatementNode(const RawStatement &statement)
{
	if (parser::is_select_into(*statement.node))
		return parser::create_table_as(*statement.node->select_stmt);
	return parser::Maker().node(statement.node);
}

bool
IsUnchangedNode(const ::Node *node, const RawStatement &statement)
{
	const ::Node *fresh = MakeStatementNode(statement);

	if (parser::is_select_into(*statement.node))
		return node != nullptr && node->type == fresh->type;
	return parser::Comparer().same(node, fresh, statement.node);
}

} /* namespace pg */
