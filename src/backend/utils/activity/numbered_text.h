/*
 * utils/activity/numbered_text.h
 *		A text of the postmaster's in shared memory, with a number that tells one from the next.
 *
 * The postmaster alone publishes, any process reads; nobody waits.  Zeroed memory is the empty text of number 0.
 */
#pragma once

#include <algorithm>
#include <string_view>

#include "utils/activity/seq_locked.h"

namespace pg
{

/* Readers bound the length. */
template <size_t kRoom>
struct NumberedText
{
	uint32 nt_number;
	uint32 nt_length;
	char nt_text[kRoom];
};

/* text has at most kRoom bytes. */
template <size_t kRoom>
void
PublishText(SeqLocked<NumberedText<kRoom>> &shared, uint32 number, std::string_view text)
{
	SeqWrite write(shared);

	write->nt_number = number;
	write->nt_length = static_cast<uint32>(text.copy(write->nt_text, kRoom));
}

/* False when the postmaster was writing all the time: the number and the text are worth nothing then. */
template <size_t kRoom, typename String>
bool
ReadText(const SeqLocked<NumberedText<kRoom>> &shared, uint32 *number, String *text)
{
	return ReadActivity(shared,
						[&]
						{
							const NumberedText<kRoom> &data = shared.st_data;

							*number = data.nt_number;
							text->assign(data.nt_text, std::min<size_t>(data.nt_length, kRoom));
						});
}

} /* namespace pg */
