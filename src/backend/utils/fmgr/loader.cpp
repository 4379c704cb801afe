/*
 * utils/fmgr/loader.cpp
 *		Opens modules, refuses those that do not fit, and runs their _PG_init.
 *
 * Postmaster (preloading), backends and workers.  A module is never unloaded.
 *
 * Modules are opened with RTLD_LAZY: one that mentions a function that Postroom does not have loads
 * all the same and fails only where it calls it.
 */
#include "utils/fmgr/loader.h"

#include <dlfcn.h>
#include <link.h>
#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "common/flag_scope.h"
#include "common/read_file.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "storage/ipc/ipc_internals.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/fmgr/library_path.h"
#include "utils/misc/settings.h"

bool process_shared_preload_libraries_in_progress = false;
bool process_shared_preload_libraries_done = false;

namespace pg
{

namespace
{

struct Loaded
{
	std::string path;
	dev_t device;
	ino_t inode;
	void *handle;
};

struct Close
{
	void operator()(void *handle) const { dlclose(handle); }
};
using Handle = std::unique_ptr<void, Close>;

std::vector<Loaded> &
loaded_modules()
{
	static auto &modules = *new std::vector<Loaded>;

	return modules;
}

struct FoundAhead
{
	std::string path; /* dynamic_library_path of that time */
	std::string library, function;
	void *address;
};

/* std::map never moves what it holds. */
std::map<std::string, void *, std::less<>> &
rendezvous_variables()
{
	static auto &variables = *new std::map<std::string, void *, std::less<>>;

	return variables;
}

std::vector<FoundAhead> &
found_ahead()
{
	static auto &functions = *new std::vector<FoundAhead>;

	return functions;
}

void *
find_among_those(std::string_view library, std::string_view function)
{
	for (const FoundAhead &found : found_ahead())
		if (found.function == function && found.library == library &&
			found.path == Dynamic_library_path)
			return found.address;
	return nullptr;
}

/* The module whose _PG_init runs; it may load others. */
void *starting_module = nullptr;

class StartingModuleScope
{
public:
	explicit StartingModuleScope(void *handle) : outer_(std::exchange(starting_module, handle)) {}
	~StartingModuleScope() { starting_module = outer_; }
	StartingModuleScope(const StartingModuleScope &) = delete;
	StartingModuleScope &operator=(const StartingModuleScope &) = delete;

private:
	void *const outer_;
};

constexpr Pg_magic_struct kMagic = PG_MODULE_MAGIC_DATA;

/* "15", as people say it; the magic block has the major version times 100. */
std::string
version_text(int version)
{
	if (version >= 1000)
		return std::to_string(version / 100);
	return std::to_string(version / 100) + "." + std::to_string(version % 100);
}

/* One line of the detail for each field that differs. */
void
add_difference(std::string &detail, const char *name, int ours, int theirs)
{
	if (ours == theirs)
		return;
	detail += detail.empty() ? "" : "\n";
	detail += "Server has " + std::string(name) + " = " + std::to_string(ours) + ", library has " +
			  std::to_string(theirs) + ".";
}

[[noreturn]] void
raise_incompatible(const std::string &path, const Pg_magic_struct &theirs)
{
	std::string detail;

	if (theirs.version != kMagic.version)
		Raise(Report(ERROR)
				  .msg("incompatible library \"%s\": version mismatch", path.c_str())
				  .detail("Server is version %s, library is version %s.",
						  version_text(kMagic.version).c_str(),
						  version_text(theirs.version).c_str()));
	if (theirs.len >= kMagic.len &&
		memcmp(theirs.abi_extra, kMagic.abi_extra, sizeof(kMagic.abi_extra)) != 0)
		Raise(Report(ERROR)
				  .msg("incompatible library \"%s\": ABI mismatch", path.c_str())
				  .detail("Server has ABI \"%s\", library has \"%.*s\".", kMagic.abi_extra,
						  static_cast<int>(strnlen(theirs.abi_extra, sizeof(theirs.abi_extra))),
						  theirs.abi_extra));
	add_difference(detail, "FUNC_MAX_ARGS", kMagic.funcmaxargs, theirs.funcmaxargs);
	add_difference(detail, "INDEX_MAX_KEYS", kMagic.indexmaxkeys, theirs.indexmaxkeys);
	add_difference(detail, "NAMEDATALEN", kMagic.namedatalen, theirs.namedatalen);
	add_difference(detail, "FLOAT8PASSBYVAL", kMagic.float8byval, theirs.float8byval);
	if (detail.empty())
		detail = "Magic block has unexpected length or padding difference.";
	Raise(Report(ERROR)
			  .msg("incompatible library \"%s\": magic block mismatch", path.c_str())
			  .detail("%s", detail.c_str()));
}

/* The module must have been built for this server. */
void
check_magic(const std::string &path, void *handle)
{
	const auto function =
		reinterpret_cast<PGModuleMagicFunction>(dlsym(handle, PG_MAGIC_FUNCTION_NAME_STRING));

	if (function == nullptr)
		Raise(Report(ERROR)
				  .msg("incompatible library \"%s\": missing magic block", path.c_str())
				  .hint("Extension libraries are required to use the PG_MODULE_MAGIC macro."));

	const Pg_magic_struct *theirs = ToC(function);

	if (theirs->len != kMagic.len || memcmp(theirs, &kMagic, sizeof(kMagic)) != 0)
		raise_incompatible(path, *theirs);
}

/*
 * A module that the linker refuses may have been built for another server, whose variables we do not have.  Then
 * that is what there is to say.  Its magic block is found by its constants.
 */
void
check_magic_in_file(const std::string &path)
{
	constexpr int kConstants[] = {FUNC_MAX_ARGS, INDEX_MAX_KEYS, NAMEDATALEN, FLOAT8PASSBYVAL};
	constexpr size_t kBefore = offsetof(Pg_magic_struct, funcmaxargs);
	constexpr size_t kLargestModule = 256 * 1024 * 1024;
	std::string bytes;

	if (!ReadWholeFile(path.c_str(), &bytes, kLargestModule))
		return;

	const std::string_view pattern(reinterpret_cast<const char *>(kConstants), sizeof(kConstants));
	const size_t at = bytes.find(pattern);
	Pg_magic_struct theirs{};

	if (at == std::string::npos || at < kBefore || bytes.size() - at < sizeof(theirs) - kBefore)
		return;
	memcpy(&theirs, bytes.data() + at - kBefore, sizeof(theirs));
	if (memcmp(&theirs, &kMagic, sizeof(theirs)) != 0)
		raise_incompatible(path, theirs);
}

const Loaded *
find_loaded(const std::string &path, const struct stat *status)
{
	for (const Loaded &module : loaded_modules())
	{
		if (module.path == path || (status != nullptr && module.device == status->st_dev &&
									module.inode == status->st_ino))
			return &module;
	}
	return nullptr;
}

/*
 * With all its references bound, so that not each child of the postmaster has to look them up.  A function
 * that is not there stops no module: then they are bound one by one, when they are called.
 */
Handle
link_module(const std::string &path)
{
	Handle handle(dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL));

	if (handle == nullptr)
		handle.reset(dlopen(path.c_str(), RTLD_LAZY | RTLD_GLOBAL));
	return handle;
}

/* Runs its _PG_init, if it has one. */
void
start_module(void *handle)
{
	const auto init = reinterpret_cast<void (*)()>(dlsym(handle, "_PG_init"));

	if (init == nullptr)
		return;

	const StartingModuleScope starting(handle);

	ToC(init);
}

struct CodeQuestion
{
	ElfW(Addr) base, address;
};

/* For dl_iterate_phdr: 1, an end of the search, when the address lies in code of the object at that base. */
int
is_code_of(dl_phdr_info *object, size_t /*size*/, void *about)
{
	const auto &question = *static_cast<const CodeQuestion *>(about);
	const std::span<const ElfW(Phdr)> segments(object->dlpi_phdr, object->dlpi_phnum);

	if (object->dlpi_addr != question.base)
		return 0;
	return std::any_of(segments.begin(), segments.end(),
					   [&](const ElfW(Phdr) & segment)
					   {
						   return segment.p_type == PT_LOAD && (segment.p_flags & PF_X) != 0 &&
								  question.address - question.base - segment.p_vaddr <
									  segment.p_memsz;
					   })
			   ? 1
			   : 0;
}

void *
open_module(const std::string &path)
{
	struct stat status;

	if (const Loaded *module = find_loaded(path, nullptr))
		return module->handle;
	if (stat(path.c_str(), &status) != 0)
		Raise(Report(ERROR).code_for_file_access().msg("could not access file \"%s\": %m",
													   path.c_str()));
	/* One file may have several names. */
	if (const Loaded *module = find_loaded(path, &status))
		return module->handle;

	WatchExitHandlers();

	Handle handle = link_module(path);

	if (handle == nullptr)
	{
		const std::string reason = dlerror();

		check_magic_in_file(path);
		Raise(Report(ERROR, ERRCODE_UNDEFINED_FILE)
				  .msg("could not load library \"%s\": %s", path.c_str(), reason.c_str()));
	}
	check_magic(path, handle.get());
	NoteDestructors(handle.get());

	/* What _PG_init registers lives in the module: from here on it stays open, whatever happens. */
	void *kept = handle.release();

	start_module(kept);
	loaded_modules().push_back({path, status.st_dev, status.st_ino, kept});
	return kept;
}

/* Users without rights may only load what the administrator put into $libdir/plugins. */
void
check_restricted(const std::string &name)
{
	static constexpr std::string_view kPlugins = "$libdir/plugins/";

	if (!name.starts_with(kPlugins) || name.find('/', kPlugins.size()) != std::string::npos)
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("access to library \"%s\" is not allowed", name.c_str()));
}

/* Entries of a comma-separated list, unquoted; false when a quote or a name is missing. */
bool
split_list(std::string_view text, std::vector<std::string> &names)
{
	const auto is_space = [](char c) { return isspace(static_cast<unsigned char>(c)) != 0; };
	size_t at = 0;
	const auto skip_space = [&]
	{
		while (at < text.size() && is_space(text[at]))
			at++;
	};

	skip_space();
	if (at == text.size())
		return true;
	while (true)
	{
		std::string name;

		if (text[at] == '"')
		{
			for (at++;; at++)
			{
				if (at >= text.size())
					return false;
				if (text[at] == '"' && (++at >= text.size() || text[at] != '"'))
					break;
				name += text[at];
			}
		}
		else
		{
			while (at < text.size() && text[at] != ',')
				name += text[at++];
			while (!name.empty() && is_space(name.back()))
				name.pop_back();
		}
		if (name.empty())
			return false;
		names.push_back(std::move(name));
		skip_space();
		if (at == text.size())
			return true;
		if (text[at++] != ',')
			return false;
		skip_space();
		if (at == text.size())
			return false;
	}
}

void
load_list(const char *list, const char *setting, bool restricted)
{
	std::vector<std::string> names;

	if (list == nullptr || *list == '\0')
		return;
	if (!split_list(list, names))
	{
		Report(LOG, ERRCODE_SYNTAX_ERROR)
			.msg("invalid list syntax in parameter \"%s\"", setting)
			.emit();
		return;
	}
	for (std::string &name : names)
	{
		/* Plain names mean the folder of harmless modules. */
		if (restricted && name.find('/') == std::string::npos)
			name = "$libdir/plugins/" + name;
		LoadLibrary(name.c_str(), restricted);
		Report(DEBUG1).msg("loaded library \"%s\"", name.c_str()).emit();
	}
}

} /* namespace */

void
LoadLibrary(const char *name, bool restricted)
{
	if (restricted)
		check_restricted(name);
	open_module(FindLibrary(name));
}

bool
IsCodeOfStartingModule(const void *address)
{
	const link_map *module = nullptr;

	if (starting_module == nullptr || dlinfo(starting_module, RTLD_DI_LINKMAP, &module) != 0)
		return false;

	CodeQuestion question{module->l_addr, reinterpret_cast<ElfW(Addr)>(address)};

	return dl_iterate_phdr(is_code_of, &question) != 0;
}

void
FindFunctionAhead(const char *library, const char *function)
{
	if (find_among_those(library, function) != nullptr)
		return;
	try
	{
		const Loaded *const module = find_loaded(FindLibrary(library), nullptr);
		void *const address = module != nullptr ? dlsym(module->handle, function) : nullptr;

		if (address != nullptr)
			found_ahead().push_back({Dynamic_library_path, library, function, address});
	}
	catch (const PgError &)
	{
		/* Whoever needs the function will say so. */
	}
}

void *
LoadExternalFunction(const char *library, const char *function)
{
	if (void *found = find_among_those(library, function))
		return found;

	const std::string path = FindLibrary(library);
	void *address = dlsym(open_module(path), function);

	if (address == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
				  .msg("could not find function \"%s\" in file \"%s\"", function, path.c_str()));
	return address;
}

PGFunction
LoadCallable(const char *library, const char *function)
{
	constexpr int kApiVersion = 1;
	void *const address = LoadExternalFunction(library, function);
	const std::string info_name = std::string("pg_finfo_") + function;
	const auto info = reinterpret_cast<PGFInfoFunction>(
		dlsym(open_module(FindLibrary(library)), info_name.c_str()));

	if (info == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
				  .msg("could not find function information for function \"%s\"", function)
				  .hint("SQL-callable functions need an accompanying "
						"PG_FUNCTION_INFO_V1(funcname)."));

	const Pg_finfo_record *const record = ToC(info);

	if (record == nullptr)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("null result from info function \"%s\"", info_name.c_str()));
	if (record->api_version != kApiVersion)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("unrecognized API version %d reported by info function \"%s\"",
					   record->api_version, info_name.c_str()));
	return reinterpret_cast<PGFunction>(address);
}

void
LoadSharedPreloadLibraries()
{
	try
	{
		const FlagScope loading(process_shared_preload_libraries_in_progress);

		load_list(shared_preload_libraries_string, "shared_preload_libraries", false);
	}
	catch (const PgError &error)
	{
		Report fatal(error.report);

		fatal.elevel = FATAL;
		fatal.emit();
	}
	process_shared_preload_libraries_done = true;
}

void
LoadSessionPreloadLibraries()
{
	load_list(session_preload_libraries_string, "session_preload_libraries", false);
	load_list(local_preload_libraries_string, "local_preload_libraries", true);
}

} /* namespace pg */

using namespace pg;

void
process_session_preload_libraries(void)
{
	FromC([] { LoadSessionPreloadLibraries(); });
}

void *
load_external_function(const char *filename, const char *funcname, bool signalNotFound,
					   void **filehandle)
{
	return FromC(
		[&]() -> void *
		{
			const std::string path = FindLibrary(filename);
			void *handle = open_module(path);

			if (filehandle != nullptr)
				*filehandle = handle;
			return signalNotFound ? LoadExternalFunction(path.c_str(), funcname)
								  : dlsym(handle, funcname);
		});
}

void *
lookup_external_function(void *filehandle, const char *funcname)
{
	return dlsym(filehandle, funcname);
}

void
load_file(const char *filename, bool restricted)
{
	FromC([&] { LoadLibrary(filename, restricted); });
}

void **
find_rendezvous_variable(const char *varName)
{
	return FromC(
		[&]
		{
			const std::string name(varName, strnlen(varName, NAMEDATALEN - 1));

			return &rendezvous_variables()[name];
		});
}
