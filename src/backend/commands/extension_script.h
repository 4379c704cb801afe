/*
 * commands/extension_script.h
 *		Running a script of an extension.
 */
#pragma once

#include <span>

#include "catalog/extension.h"
#include "catalog/extension_files.h"

namespace pg::commands
{

/*
 * Runs its statements in the extension's schema; what they make becomes a member.  Settings that are
 * changed for the time are put back, however it ends.  Errors name the file and the line.
 */
void RunExtensionScript(const ExtensionInfo &extension, const ExtensionControl &control,
						const ExtensionScript &script, std::span<const ExtensionInfo> required);

} /* namespace pg::commands */
