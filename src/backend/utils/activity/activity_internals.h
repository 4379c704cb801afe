/*
 * utils/activity/activity_internals.h
 *		What the files of this folder tell each other; nobody else includes it.
 */
#pragma once

#include "postgres.h"

#include <cstddef>

#include "utils/activity/status_entry.h"
#include "utils/ps_status.h"

namespace pg
{

/* This process's entry and query text; null in the postmaster and without shared memory. */
extern ActivityEntry *my_activity;
extern char *my_query_text;

/* Bytes of a query text, its final zero included. */
size_t QueryTextSize();

/* Names of the modules' own wait events. */
size_t WaitEventNamesSize();
void InitWaitEventNames(void *at);
int CustomWaitEventCount();

/* Areas of worker_status.cpp. */
size_t WorkerStatusSize();
void InitWorkerStatus(void *at);
size_t WorkerAccountsSize();
void InitWorkerAccounts(void *at);
size_t WorkerHistorySize();
void InitWorkerHistory(void *at);
extern int bgworker_history_size;

/* As in status.h, for those who do not need the rest. */
size_t ClipAtCharacter(const char *text, size_t length, size_t max);

} // namespace pg
