/*
 * utils/misc/settings_board.h
 *		What the configuration files say, handed on by the postmaster through shared memory; for utils/misc alone.
 *
 * So a reload reads and parses the files once, not once per process.  The postmaster publishes the entries of
 * each reload that it accepts, under a new number, before it signals its children.  A child remembers the
 * number it has (by fork that of the postmaster) and takes what is newer.  It reads the files itself when there is
 * nothing newer (somebody else sent it SIGHUP), when it has no shared memory, and when the entries were too
 * long for the board.
 */
#pragma once

#include <memory_resource>
#include <vector>

#include "utils/misc/config_reader.h"

namespace pg
{
namespace guc
{

/* Postmaster only: the entries of a reload, without those that a later one repeats. May raise bad_alloc. */
void PublishEntries(const std::pmr::vector<FileEntry> &entries);

/*
 * Children: adds the entries of a reload that this process has not taken yet; what they hold comes from
 * `memory`. False: read the files.
 */
bool TakeEntries(std::pmr::vector<FileEntry> &entries, std::pmr::memory_resource *memory);

} /* namespace guc */
} /* namespace pg */
