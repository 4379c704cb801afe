/*
 * pg_ctl/actions.h
 *		The commands of pg_ctl. Each returns the exit status.
 */
#pragma once

#include "options.h"

int DoInit(const Options &options);
int DoStart(const Options &options);
int DoStop(const Options &options);
int DoRestart(const Options &options);
int DoReload(const Options &options);
int DoStatus(const Options &options);
int DoPromote(const Options &options);
int DoLogRotate(const Options &options);
int DoKill(const Options &options);
