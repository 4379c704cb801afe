/*
 * utils/misc/guc_file.cpp
 *		From the configuration files to the settings: start, reload, and ALTER SYSTEM.
 *
 * The postmaster reads the files at start and at SIGHUP, and its children take over what it has read
 * (settings_board.h).  A reload has two
 * passes: the first applies nothing and looks for mistakes, and only when it finds none the second
 * one changes settings.  A change that needs a restart is no mistake: it is said and remembered.
 * Only the postmaster complains in the log, or each child would repeat it.
 */
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <memory_resource>
#include <vector>

#include "common/config_file.h"
#include "miscadmin.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/guc.h"
#include "utils/misc/config_reader.h"
#include "utils/misc/guc_state.h"
#include "utils/misc/settings_board.h"
#include "utils/mmgr/scratch.h"
#include "utils/timestamp.h"

namespace pg
{
namespace guc
{

namespace
{

std::string main_file;

std::string
auto_file()
{
	return std::string(DataDir) + "/" + PG_AUTOCONF_FILENAME;
}

/* The setting that an entry is about (null: there is none yet), and the entry's value. */
struct Checked
{
	Setting *setting = nullptr;
	Held held;
};

/* One reading of the files on behalf of one context. */
class Loader
{
public:
	Loader(GucContext context, int elevel)
		: context_(context), elevel_(elevel), reader_(elevel, scratch_.resource()),
		  checked_(scratch_.resource())
	{
	}

	/* Reads, looks for mistakes, and with `apply` changes the settings. False: there were mistakes. */
	bool run(bool apply);
	const std::pmr::vector<FileEntry> &entries() { return reader_.entries(); }
	bool restart_needed() const { return restart_needed_; }
	const std::string &bad_file() const { return bad_file_; }

private:
	void read();
	bool check(FileEntry &entry, Checked &checked);
	void reset_removed();
	void reset(Setting &setting);
	void apply(FileEntry &entry, const Checked &checked);
	void fail(FileEntry &entry, std::string why);
	int change(FileEntry &entry, bool apply);

	GucContext context_;
	int elevel_;
	ScratchMemory scratch_;
	ConfigReader reader_;
	bool restart_needed_ = false;
	std::string bad_file_;
	std::pmr::vector<Checked> checked_; /* one for each entry */
};

void
Loader::read()
{
	reader_.read_file(main_file, true);
	if (DataDir != nullptr)
		reader_.read_file(auto_file(), false);
	reader_.mark_repeated();
	for (const FileEntry &entry : reader_.entries())
	{
		if (!entry.error.empty() && bad_file_.empty())
			bad_file_ = entry.file.empty() ? main_file : std::string(entry.file);
	}
}

void
Loader::fail(FileEntry &entry, std::string why)
{
	entry.error = std::move(why);
	if (bad_file_.empty())
		bad_file_ = entry.file;
}

int
Loader::change(FileEntry &entry, bool apply)
{
	return ApplyChange({.name = entry.name,
						.value = entry.value.c_str(),
						.context = context_,
						.source = PGC_S_FILE,
						.apply = apply,
						.elevel = apply ? 0 : elevel_,
						.file = entry.file.c_str(),
						.line = entry.line,
						.error = &entry.error});
}

/* Whether an entry could be applied, and as what; if not, that is reported. */
bool
Loader::check(FileEntry &entry, Checked &checked)
{
	Setting *setting = FindSetting(entry.name);

	if (setting == nullptr)
	{
		if (!NameComplaint(entry.name, DEBUG5))
			return true;
		Report(elevel_, ERRCODE_UNDEFINED_OBJECT)
			.msg("unrecognized configuration parameter \"%s\" in file \"%s\" line %d",
				 entry.name.c_str(), entry.file.c_str(), entry.line)
			.emit();
		fail(entry, "unrecognized configuration parameter");
		return false;
	}
	checked.setting = setting;
	if (setting->def.context == PGC_INTERNAL)
	{
		Report(elevel_, ERRCODE_CANT_CHANGE_RUNTIME_PARAM)
			.msg("parameter \"%s\" cannot be changed", setting->def.name)
			.context("file \"%s\", line %d", entry.file.c_str(), entry.line)
			.emit();
		fail(entry, "setting could not be applied");
		return false;
	}

	const Change change{.name = entry.name,
						.value = entry.value.c_str(),
						.context = context_,
						.source = PGC_S_FILE,
						.file = entry.file.c_str(),
						.line = entry.line,
						.error = &entry.error};

	if (ParseAndCheck(*setting, entry.value.c_str(), PGC_S_FILE, elevel_, checked.held, &change))
		return true;
	/* A module that only this process has loaded: its opinion is nobody else's business. */
	if (IsUnderPostmaster && setting->def.group == SettingGroup::CustomOptions)
		return true;
	fail(entry, "setting could not be applied");
	return false;
}

/* Nothing to do, and no memory shared with other processes to touch. */
bool
is_as_before(const Setting *setting, const Held &held)
{
	return setting != nullptr && setting->reset_source == PGC_S_FILE && !setting->pending_restart &&
		   SameValue(setting->reset, held);
}

void
note_place(Setting &setting, const FileEntry &entry)
{
	if (std::string_view(setting.source_file) != entry.file)
		setting.source_file = entry.file;
	if (setting.source_line != entry.line)
		setting.source_line = entry.line;
}

void
Loader::apply(FileEntry &entry, const Checked &checked)
{
	Setting *setting = checked.setting;

	if (is_as_before(setting, checked.held))
	{
		note_place(*setting, entry);
		entry.applied = true;
		return;
	}

	const bool tell = context_ == PGC_SIGHUP && !IsUnderPostmaster;
	const std::string before =
		tell && setting != nullptr && !setting->is_placeholder() ? ShowText(*setting, false) : "";
	const int result = change(entry, true);

	setting = FindSetting(entry.name);
	if (result == 0)
	{
		if (setting != nullptr && setting->pending_restart)
			restart_needed_ = true;
		fail(entry, "setting could not be applied");
		return;
	}
	entry.applied = true;
	note_place(*setting, entry);
	if (result > 0 && tell)
	{
		const std::string after =
			setting->is_placeholder() ? std::string(entry.value) : ShowText(*setting, false);

		if (after != before)
			Report(LOG)
				.msg("parameter \"%s\" changed to \"%s\"", setting->def.name, entry.value.c_str())
				.emit();
	}
}

/* Settings that the files no longer mention fall back to their boot values. */
void
Loader::reset_removed()
{
	const std::pmr::vector<Setting *> before(SettingsOfFiles().begin(), SettingsOfFiles().end(),
											 scratch_.resource());

	for (Setting *setting : before)
		if (std::ranges::find(checked_, setting, &Checked::setting) == checked_.end())
			reset(*setting);
}

void
Loader::reset(Setting &setting)
{
	if (setting.def.context < PGC_SIGHUP)
	{
		setting.pending_restart = true;
		restart_needed_ = true;
		bad_file_ = main_file;
		Report(elevel_, ERRCODE_CANT_CHANGE_RUNTIME_PARAM)
			.msg("parameter \"%s\" cannot be changed without restarting the server",
				 setting.def.name)
			.emit();
		return;
	}
	SetResetSource(setting, PGC_S_DEFAULT);
	if (setting.source == PGC_S_FILE)
		setting.source = PGC_S_DEFAULT;
	for (StackEntry &entry : setting.stack)
	{
		if (entry.source == PGC_S_FILE)
			entry.source = PGC_S_DEFAULT;
	}

	const int result = ApplyChange(
		{.name = setting.def.name, .value = nullptr, .context = context_, .source = PGC_S_DEFAULT});

	if (result > 0 && !IsUnderPostmaster)
		Report(LOG)
			.msg("parameter \"%s\" removed from configuration file, reset to default",
				 setting.def.name)
			.emit();
}

bool
Loader::run(bool with_apply)
{
	std::pmr::vector<FileEntry> &entries = reader_.entries();
	const bool hand_on = with_apply && context_ == PGC_SIGHUP;
	bool good = true;

	if (!hand_on || !IsUnderPostmaster || !TakeEntries(entries, scratch_.resource()))
		read();
	if (!reader_.good())
		return false;

	checked_.resize(entries.size());
	for (size_t i = 0; i < entries.size(); i++)
	{
		if (!entries[i].ignored)
			good = check(entries[i], checked_[i]) && good;
	}
	if (!good || !with_apply)
		return good;

	if (hand_on && !IsUnderPostmaster)
		PublishEntries(entries);
	reset_removed();
	for (size_t i = 0; i < entries.size(); i++)
	{
		if (!entries[i].ignored)
			apply(entries[i], checked_[i]);
	}
	PgReloadTime = GetCurrentTimestamp();
	return true;
}

} /* namespace */

} /* namespace guc */

using namespace guc;

void
LoadConfigFiles(const char *config_file)
{
	main_file = config_file;

	Loader loader(PGC_POSTMASTER, LOG);

	if (!loader.run(true))
		Raise(Report(FATAL, ERRCODE_CONFIG_FILE_ERROR)
				  .msg("configuration file \"%s\" contains errors", loader.bad_file().c_str()));
}

void
LogSettingsWithoutEffect()
{
	static auto &told = *new std::string;
	std::string names;

	for (const auto &[name, setting] : AllSettings())
		if (setting->def.group == SettingGroup::WithoutEffect &&
			!SameValue(setting->current, BootValue(setting->def)))
			names += (names.empty() ? "" : ", ") + name;
	if (!names.empty() && names != told)
		Report(LOG).msg("settings without effect in this server: %s", names.c_str()).emit();
	told = names;
}

bool
ReloadConfigFiles()
{
	const int elevel = IsUnderPostmaster ? DEBUG2 : LOG;
	Loader loader(PGC_SIGHUP, elevel);
	const bool good = loader.run(true);

	if (!good)
		Report(elevel, ERRCODE_CONFIG_FILE_ERROR)
			.msg("configuration file \"%s\" contains errors; no changes were applied",
				 loader.bad_file().c_str())
			.emit();
	else if (loader.restart_needed())
		Report(elevel, ERRCODE_CONFIG_FILE_ERROR)
			.msg("configuration file \"%s\" contains errors; unaffected changes were applied",
				 loader.bad_file().c_str())
			.emit();
	return good;
}

std::vector<FileSettingRow>
FileSettingRows()
{
	Loader loader(PGC_SIGHUP, DEBUG3);
	const bool good = loader.run(false);
	std::vector<FileSettingRow> rows;

	for (const FileEntry &entry : loader.entries())
	{
		FileSettingRow row;
		const Setting *setting = entry.name.empty() ? nullptr : FindSetting(entry.name);

		row.sourcefile = entry.file;
		row.sourceline = entry.line;
		row.seqno = static_cast<int>(rows.size()) + 1;
		if (!entry.name.empty())
		{
			row.name = entry.name;
			row.setting = entry.value;
		}
		if (!entry.error.empty())
			row.error = entry.error;
		row.applied = good && !entry.ignored && entry.error.empty();
		if (row.applied && setting != nullptr && setting->def.context < PGC_SIGHUP)
		{
			Held held;

			row.applied = ParseAndCheck(*setting, entry.value.c_str(), PGC_S_TEST, DEBUG5, held) &&
						  SameValue(held, setting->current);
			if (!row.applied)
				row.error = "setting could not be applied";
		}
		rows.push_back(std::move(row));
	}
	return rows;
}

namespace
{

/* Holds the lock that keeps two ALTER SYSTEM apart. */
class DirectoryLock
{
public:
	DirectoryLock() : fd_(open(DataDir, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
	{
		if (fd_ < 0 || flock(fd_, LOCK_EX) != 0)
			Raise(Report(ERROR).code_for_file_access().msg("could not lock directory \"%s\": %m",
														   DataDir));
	}
	~DirectoryLock() { close(fd_); }
	DirectoryLock(const DirectoryLock &) = delete;
	DirectoryLock &operator=(const DirectoryLock &) = delete;
	void sync() const { fsync(fd_); }

private:
	int fd_;
};

void
check_alter_system(std::string_view name, const char *value)
{
	const Setting *setting = FindSetting(name);

	if (setting == nullptr)
	{
		if (std::optional<Report> complaint = NameComplaint(name, ERROR))
			Raise(*complaint);
	}
	else if (setting->def.context == PGC_INTERNAL ||
			 (setting->def.flags & (GUC_DISALLOW_IN_FILE | GUC_DISALLOW_IN_AUTO_FILE)) != 0)
		Raise(Report(ERROR, ERRCODE_CANT_CHANGE_RUNTIME_PARAM)
				  .msg("parameter \"%s\" cannot be changed", setting->def.name));
	if (value == nullptr)
		return;
	if (setting != nullptr)
	{
		Held held;

		ParseAndCheck(*setting, value, PGC_S_FILE, ERROR, held);
	}
	if (std::string_view(value).find('\n') != std::string_view::npos)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("parameter value for ALTER SYSTEM must not contain a newline"));
}

void
write_auto_file(const std::string &path, const std::pmr::vector<FileEntry> &entries)
{
	const std::string temporary = path + ".tmp";
	std::string text = "# Do not edit this file manually!\n"
					   "# It will be overwritten by the ALTER SYSTEM command.\n";

	for (const FileEntry &entry : entries)
		text.append(entry.name).append(" = '").append(EscapeConfigValue(entry.value)).append("'\n");

	const int fd = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0)
		Raise(Report(ERROR).code_for_file_access().msg("could not open file \"%s\": %m",
													   temporary.c_str()));
	bool good =
		write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(fd) == 0;

	good = close(fd) == 0 && good;
	if (!good || rename(temporary.c_str(), path.c_str()) != 0)
	{
		Report report(ERROR);

		unlink(temporary.c_str());
		Raise(
			report.code_for_file_access().msg("could not write to file \"%s\": %m", path.c_str()));
	}
}

} /* namespace */

void
AlterSystem(std::string_view name, const char *value)
{
	if (!name.empty())
		check_alter_system(name, value);

	const DirectoryLock lock;
	const std::string path = auto_file();
	ScratchMemory scratch;
	ConfigReader reader(LOG, scratch.resource());
	std::pmr::vector<FileEntry> &entries = reader.entries();

	if (!name.empty())
	{
		reader.read_file(path, false);
		if (!reader.good())
			Raise(Report(ERROR, ERRCODE_CONFIG_FILE_ERROR)
					  .msg("could not parse contents of file \"%s\"", path.c_str()));
		std::erase_if(entries, [&](const FileEntry &entry) { return SameName(entry.name, name); });
		if (value != nullptr)
		{
			const Setting *setting = FindSetting(name);
			FileEntry entry(scratch.resource());

			entry.name = setting != nullptr ? std::string_view(setting->def.name) : name;
			entry.value = value;
			entries.push_back(std::move(entry));
		}
	}
	write_auto_file(path, entries);
	lock.sync();
}

} /* namespace pg */

void
ProcessConfigFile(GucContext context)
{
	pg::FromC(
		[&]
		{
			if (context == PGC_SIGHUP)
				pg::ReloadConfigFiles();
			else
				pg::LoadConfigFiles(ConfigFileName);
		});
}
