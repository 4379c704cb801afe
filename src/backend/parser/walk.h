/*
 * parser/walk.h
 *		Visits every message of a parse tree, whatever its kind.
 */
#pragma once

#include <pg_query/pg_query.pb-c.h>

namespace pg::parser
{

/* Calls visit on message and every message below it. */
template <typename Visit>
void
Walk(ProtobufCMessage *message, Visit &visit)
{
	visit(message);
	const ProtobufCMessageDescriptor &descriptor = *message->descriptor;
	char *const base = reinterpret_cast<char *>(message);

	for (unsigned i = 0; i < descriptor.n_fields; i++)
	{
		const ProtobufCFieldDescriptor &field = descriptor.fields[i];

		if (field.type != PROTOBUF_C_TYPE_MESSAGE)
			continue;
		if (field.label == PROTOBUF_C_LABEL_REPEATED)
		{
			const size_t count = *reinterpret_cast<size_t *>(base + field.quantifier_offset);
			auto *const items = *reinterpret_cast<ProtobufCMessage ***>(base + field.offset);

			for (size_t j = 0; j < count; j++)
				Walk(items[j], visit);
			continue;
		}
		/* Of a union only the field that its case names is there. */
		if ((field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
			*reinterpret_cast<uint32_t *>(base + field.quantifier_offset) != field.id)
			continue;
		if (auto *const item = *reinterpret_cast<ProtobufCMessage **>(base + field.offset))
			Walk(item, visit);
	}
}

} /* namespace pg::parser */
