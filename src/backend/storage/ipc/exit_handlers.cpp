/*
 * exit_handlers.cpp
 *		Whether a module wants to be called by the C library when its process ends.
 *
 * Every process.  exit(3) goes through the closing functions of every library, which costs a child forty
 * page faults; mostly there is nothing for them to do.  So proc_exit asks here, and leaves with _exit(2)
 * when no module registered anything: with atexit, by a static object of C++, or as a destructor of the
 * library.
 */
#include "storage/ipc/ipc_internals.h"

#include <dlfcn.h>
#include <link.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define UNDER_SANITIZER 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define UNDER_SANITIZER 1
#endif

namespace pg
{

static bool watching = false;
static bool exit_handlers = false;

void
WatchExitHandlers()
{
	watching = true;
#ifdef UNDER_SANITIZER
	exit_handlers = true; /* the sanitizer's reports */
#endif
}

void
NoteDestructors(void *library)
{
	/* The compiler's runtime has one of its own in every library. */
	constexpr size_t kUsual = sizeof(void (*)());
	const link_map *map = nullptr;

	if (dlinfo(library, RTLD_DI_LINKMAP, &map) != 0)
		return;
	for (const ElfW(Dyn) *entry = map->l_ld; entry->d_tag != DT_NULL; entry++)
	{
		if (entry->d_tag == DT_FINI_ARRAYSZ && entry->d_un.d_val > kUsual)
			exit_handlers = true;
	}
}

bool
HasExitHandlers()
{
	return exit_handlers;
}

} /* namespace pg */

#ifndef UNDER_SANITIZER
/* The compiler's: its address says which program or library the code belongs to. */
extern "C" void *__dso_handle;

/* Found before the C library's by all of them: atexit and static objects end here. */
extern "C" int
__cxa_atexit(void (*function)(void *), void *argument, void *library)
{
	using Register = int (*)(void (*)(void *), void *, void *);
	static Register next = nullptr;

	/* The server's own static objects go with the process. */
	if (library == &__dso_handle)
		return 0;
	if (next == nullptr)
		next = reinterpret_cast<Register>(dlsym(RTLD_NEXT, "__cxa_atexit"));
	if (pg::watching)
		pg::exit_handlers = true;
	return next(function, argument, library);
}
#endif
