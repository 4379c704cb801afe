/*
 * commands/password_hook.cpp
 *		The hook of passwords (commands/user.h).
 *
 * Any process that loads modules.
 */
#include "commands/user.h"

check_password_hook_type check_password_hook = nullptr;
