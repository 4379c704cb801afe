/*
 * commands/tree.cpp
 *		Reading parse trees.
 *
 * Backends and workers.  Changes nothing.
 */
#include "commands/tree.h"

#include <algorithm>
#include <charconv>

#include "catalog/objects.h"
#include "miscadmin.h"
#include "utils/builtins.h"

namespace pg::commands
{
namespace
{

constexpr size_t kMaxNameLength = NAMEDATALEN - 1;

/* Messages inside a message, by protobuf's own description of it. */
void
walk_message(const ProtobufCMessage *message, const Visit &visit)
{
	if (message == nullptr)
		return;
	if (message->descriptor == &pg_query__node__descriptor &&
		!visit(*reinterpret_cast<const Node *>(message)))
		return;

	const ProtobufCMessageDescriptor &descriptor = *message->descriptor;
	const char *const base = reinterpret_cast<const char *>(message);

	for (unsigned i = 0; i < descriptor.n_fields; i++)
	{
		const ProtobufCFieldDescriptor &field = descriptor.fields[i];

		if (field.type != PROTOBUF_C_TYPE_MESSAGE)
			continue;

		const void *const member = base + field.offset;
		const bool one_of = (field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;

		if (one_of &&
			*reinterpret_cast<const uint32_t *>(base + field.quantifier_offset) != field.id)
			continue;
		if (field.label == PROTOBUF_C_LABEL_REPEATED)
		{
			const size_t count = *reinterpret_cast<const size_t *>(base + field.quantifier_offset);
			auto *const *const items = *static_cast<ProtobufCMessage *const *const *>(member);

			for (size_t k = 0; k < count; k++)
				walk_message(items[k], visit);
		}
		else
			walk_message(*static_cast<ProtobufCMessage *const *>(member), visit);
	}
}

std::string
lower(std::string text)
{
	std::transform(text.begin(), text.end(), text.begin(),
				   [](unsigned char c) { return static_cast<char>(tolower(c)); });
	return text;
}

[[noreturn]] void
raise_option(const PgQuery__DefElem &option, const char *wants)
{
	Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("%s requires %s", option.defname, wants));
}

void
add_once(std::vector<std::string> &list, std::string name)
{
	if (std::find(list.begin(), list.end(), name) == list.end())
		list.push_back(std::move(name));
}

} /* namespace */

int
Command::at(int location) const
{
	const char *const start = raw.text.data() - raw.text_offset;
	const size_t length = static_cast<size_t>(raw.text_offset) + raw.text.size();

	return CharacterPosition(std::string_view(start, length), location);
}

std::string_view
StringOf(const Node *node)
{
	if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_STRING)
		return {};
	return node->string->sval;
}

std::vector<std::string>
NamesOf(Node *const *nodes, size_t count)
{
	std::vector<std::string> names;

	for (size_t i = 0; i < count; i++)
		names.emplace_back(StringOf(nodes[i]));
	return names;
}

std::vector<std::string>
NamesOf(const Node *list)
{
	if (list == nullptr)
		return {};
	if (list->node_case == PG_QUERY__NODE__NODE_LIST)
		return NamesOf(list->list->items, list->list->n_items);
	return {std::string(StringOf(list))};
}

std::string
Dotted(const std::vector<std::string> &names)
{
	std::string text;

	for (const std::string &name : names)
		text += (text.empty() ? "" : ".") + name;
	return text;
}

namespace
{

void
check_catalog(const std::string &catalog, const std::string &display)
{
	const std::optional<DatabaseInfo> here = FindDatabase(MyDatabaseId);

	if (!catalog.empty() && (!here || here->name != catalog))
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("cross-database references are not implemented: \"%s\"", display.c_str()));
}

} /* namespace */

ObjectName
SplitName(const std::vector<std::string> &names)
{
	switch (names.size())
	{
		case 1: return {"", names[0]};
		case 2: return {names[0], names[1]};
		case 3: check_catalog(names[0], Dotted(names)); return {names[1], names[2]};
		default:
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("improper relation name (too many dotted names): %s",
						   Dotted(names).c_str()));
	}
}

ObjectName
NameOf(const PgQuery__RangeVar &range)
{
	check_catalog(range.catalogname,
				  std::string(range.catalogname) + "." + range.schemaname + "." + range.relname);
	return {range.schemaname, range.relname};
}

bool
OptionBool(const PgQuery__DefElem &option)
{
	const Node *arg = option.arg;

	if (arg == nullptr)
		return true;
	if (arg->node_case == PG_QUERY__NODE__NODE_BOOLEAN)
		return arg->boolean->boolval;
	if (arg->node_case == PG_QUERY__NODE__NODE_INTEGER &&
		(arg->integer->ival == 0 || arg->integer->ival == 1))
		return arg->integer->ival == 1;

	const std::string text = lower(std::string(StringOf(arg)));

	if (text == "true" || text == "on")
		return true;
	if (text == "false" || text == "off")
		return false;
	raise_option(option, "a Boolean value");
}

int64
OptionInteger(const PgQuery__DefElem &option)
{
	if (option.arg != nullptr && option.arg->node_case == PG_QUERY__NODE__NODE_INTEGER)
		return option.arg->integer->ival;
	raise_option(option, "an integer value");
}

int
OptionConnectionLimit(const PgQuery__DefElem &option)
{
	const int64 limit = OptionInteger(option);

	if (limit < -1)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("invalid connection limit: %d", static_cast<int>(limit)));
	return static_cast<int>(limit);
}

void
RaiseRedundantOption(const Command &command, const PgQuery__DefElem &option)
{
	Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
			  .msg("conflicting or redundant options")
			  .at(command.at(option.location)));
}

std::string
LowerAsciiText(std::string text)
{
	std::transform(text.begin(), text.end(), text.begin(),
				   [](unsigned char c) { return static_cast<char>(tolower(c)); });
	return text;
}

std::string
OptionString(const PgQuery__DefElem &option)
{
	const Node *arg = option.arg;

	if (arg == nullptr)
		raise_option(option, "a parameter");
	switch (arg->node_case)
	{
		case PG_QUERY__NODE__NODE_INTEGER: return std::to_string(arg->integer->ival);
		case PG_QUERY__NODE__NODE_FLOAT: return arg->float_->fval;
		case PG_QUERY__NODE__NODE_BOOLEAN: return arg->boolean->boolval ? "true" : "false";
		case PG_QUERY__NODE__NODE_TYPE_NAME:
			return Dotted(NamesOf(arg->type_name->names, arg->type_name->n_names));
		case PG_QUERY__NODE__NODE_LIST: return Dotted(NamesOf(arg));
		case PG_QUERY__NODE__NODE_ROLE_SPEC: return arg->role_spec->rolename;
		default: return std::string(StringOf(arg));
	}
}

std::string
Truncated(const std::string &name)
{
	if (name.size() <= kMaxNameLength)
		return name;

	size_t length = kMaxNameLength;

	while (length > 0 && (static_cast<unsigned char>(name[length]) & 0xC0) == 0x80)
		length--;

	const std::string cut = name.substr(0, length);

	Report(NOTICE, ERRCODE_NAME_TOO_LONG)
		.msg("identifier \"%s\" will be truncated to \"%s\"", name.c_str(), cut.c_str())
		.emit();
	return cut;
}

void
WalkTree(const Node *node, const Visit &visit)
{
	if (node != nullptr)
		walk_message(&node->base, visit);
}

std::vector<std::string>
ColumnsMentioned(const Node *expression)
{
	std::vector<std::string> columns;

	WalkTree(
		expression,
		[&](const Node &node)
		{
			if (node.node_case == PG_QUERY__NODE__NODE_COLUMN_REF && node.column_ref->n_fields > 0)
				add_once(columns, std::string(StringOf(
									  node.column_ref->fields[node.column_ref->n_fields - 1])));
			return true;
		});
	return columns;
}

std::vector<Oid>
RelationsMentioned(const Node *query)
{
	std::vector<std::string> with_names;
	std::vector<Oid> found;

	WalkTree(query,
			 [&](const Node &node)
			 {
				 if (node.node_case == PG_QUERY__NODE__NODE_COMMON_TABLE_EXPR)
					 with_names.emplace_back(node.common_table_expr->ctename);
				 return true;
			 });
	WalkTree(query,
			 [&](const Node &node)
			 {
				 if (node.node_case != PG_QUERY__NODE__NODE_RANGE_VAR)
					 return true;

				 const PgQuery__RangeVar &range = *node.range_var;
				 const bool unqualified = range.schemaname[0] == '\0';

				 if (unqualified && std::find(with_names.begin(), with_names.end(),
											  range.relname) != with_names.end())
					 return true;
				 if (const RelationInfoPtr relation = FindRelation(range.schemaname, range.relname))
					 if (std::find(found.begin(), found.end(), relation->oid) == found.end())
						 found.push_back(relation->oid);
				 return true;
			 });
	return found;
}

std::string
QuoteIdentifier(std::string_view name)
{
	return quote_identifier(std::string(name).c_str());
}

} /* namespace pg::commands */
