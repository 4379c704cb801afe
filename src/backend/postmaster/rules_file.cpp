/*
 * postmaster/rules_file.cpp
 *		Reads pg_bgworker.conf and keeps the rules in force (rules_file.h).
 *
 * The postmaster loads and publishes; other processes read.  Nobody waits.
 */
#include "postgres.h"

#include "postmaster/rules_file.h"

#include <cerrno>

#include "common/read_file.h"
#include "miscadmin.h"
#include "postmaster/pm_settings.h"
#include "utils/activity/numbered_text.h"
#include "utils/error/report.h"
#include "utils/guc.h"

namespace pg
{

namespace
{

constexpr size_t kMaxText = 128 * 1024;

/* The text in force. */
using RulesText = SeqLocked<NumberedText<kMaxText>>;

RulesText *shared_text = nullptr;

/* This process's copy. Never destroyed. */
struct InForce
{
	uint32 number = 0; /* of the text */
	std::string text;
	std::vector<WorkerRule> rules;
};

InForce &
in_force()
{
	static auto *copy = new InForce;

	return *copy;
}

void
publish()
{
	const InForce &own = in_force();

	if (shared_text != nullptr)
		PublishText(*shared_text, own.number, own.text);
}

size_t
text_area_size()
{
	return sizeof(RulesText);
}

void
init_text_area(void *at)
{
	shared_text = static_cast<RulesText *>(at); /* zeros: no text */
	publish();
}

constexpr ShmemArea kRulesAreas[] = {{"Background Worker Rules", text_area_size, init_text_area}};

/* A setting that no process could take, or a value that it cannot have, spoils the line. */
void
check_settings(WorkerRule &rule)
{
	for (const auto &[name, value] : rule.policy.settings)
	{
		try
		{
			set_config_option(name.c_str(), value.c_str(), PGC_SUSET, PGC_S_CLIENT, GUC_ACTION_SET,
							  false, ERROR, false);
		}
		catch (const PgError &error)
		{
			WorkerRule bad;

			bad.line = rule.line;
			bad.error = error.report.message;
			rule = std::move(bad);
			return;
		}
	}
}

std::vector<WorkerRule>
parse(std::string_view text)
{
	std::vector<WorkerRule> rules = ParseWorkerRules(text);

	for (WorkerRule &rule : rules)
		check_settings(rule);
	return rules;
}

} /* namespace */

const std::span<const ShmemArea> kWorkerRulesAreas(kRulesAreas);

bool
LoadWorkerRules(bool at_start)
{
	InForce &own = in_force();
	std::string text;
	bool good = true;

	if (!ReadWholeFile(BgworkerFileName, &text, kMaxText) && !(at_start && errno == ENOENT))
	{
		Report(LOG, ERRCODE_CONFIG_FILE_ERROR)
			.msg("could not open configuration file \"%s\": %m", BgworkerFileName)
			.emit();
		return false;
	}

	std::vector<WorkerRule> rules = parse(text);

	for (const WorkerRule &rule : rules)
	{
		if (rule.error.empty())
			continue;
		Report(LOG, ERRCODE_CONFIG_FILE_ERROR)
			.msg("%s", rule.error.c_str())
			.context("line %d of configuration file \"%s\"", rule.line, BgworkerFileName)
			.emit();
		good = false;
	}
	if (!good)
		return false;
	own.text = std::move(text);
	own.rules = std::move(rules);
	own.number++;
	publish();
	return true;
}

const std::vector<WorkerRule> &
WorkerRulesInForce()
{
	InForce &own = in_force();

	if (!IsUnderPostmaster || shared_text == nullptr || !HaveSharedMemory() ||
		*const_cast<volatile uint32 *>(&shared_text->st_data.nt_number) == own.number)
		return own.rules;

	uint32 number = 0;
	std::string text;

	/* Unread, the old ones will do: the postmaster is writing, and there is a next time. */
	if (ReadText(*shared_text, &number, &text))
	{
		own.number = number;
		own.rules = ParseWorkerRules(text);
	}
	return own.rules;
}

std::vector<WorkerRule>
ReadWorkerRules()
{
	std::string text;

	if (!ReadWholeFile(BgworkerFileName, &text, kMaxText) && errno != ENOENT)
		Raise(Report(ERROR).code_for_file_access().msg(
			"could not open configuration file \"%s\": %m", BgworkerFileName));
	return parse(text);
}

} /* namespace pg */
