/*
 * tcop/pqmq.cpp
 *		The protocol through a queue in shared memory (libpq/pqmq.h).
 *
 * Workers.  A queue whose reader is gone takes no more; what is said then is lost, as with a client.
 */
#include "libpq/pqmq.h"

#include <cstring>

#include "libpq/pqformat.h"
#include "storage/dsm.h"
#include "storage/lmgr/proc_internals.h"
#include "tcop/client.h"
#include "tcop/remote_dest.h"
#include "tcop/tcopprot.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"

namespace pg
{
namespace
{

shm_mq_handle *queue = nullptr;
bool sending = false;
pid_t leader_pid = 0;
int leader_slot = -1;

void
tell_leader()
{
	if (leader_pid != 0)
		SendProcSignal(leader_slot, leader_pid, PROCSIG_PARALLEL_MESSAGE);
}

int
put_to_queue(char type, const char *bytes, size_t size)
{
	if (queue == nullptr)
		return 0;
	/* A report about sending must not be sent. */
	if (sending)
		return EOF;
	sending = true;

	shm_mq_iovec parts[2] = {{&type, 1}, {bytes, size}};
	shm_mq_result result = SHM_MQ_DETACHED;

	try
	{
		result = shm_mq_sendv(queue, parts, 2, false, true);
	}
	catch (...)
	{
		sending = false;
		throw;
	}
	sending = false;
	tell_leader();
	return result == SHM_MQ_SUCCESS ? 0 : EOF;
}

void
put_to_queue_unblocked(char, const char *, size_t)
{
	FromC([] { RaiseNotSupported("sending to a queue without waiting"); });
}

constexpr PQcommMethods kQueueMethods = {
	.comm_reset = [] {},
	.flush = [] { return 0; },
	.flush_if_writable = [] { return 0; },
	.is_send_pending = [] { return false; },
	.putmessage = put_to_queue,
	.putmessage_noblock = put_to_queue_unblocked,
};

void
forget_queue(dsm_segment *, Datum)
{
	queue = nullptr;
	whereToSendOutput = DestNone;
}

void
report_to_queue(const Report &report) noexcept
{
	try
	{
		Wire message(-1);

		WriteReport(message, report);
		SendMessagesOf(message);
	}
	catch (const PgError &)
	{
		/* Nobody is left to be told. */
	}
}

void
redirect(dsm_segment *segment, shm_mq_handle *handle)
{
	queue = handle;
	PqCommMethods = &kQueueMethods;
	whereToSendOutput = DestRemote;
	SetClientReportSink(report_to_queue);
	on_dsm_detach(segment, forget_queue, 0);
}

int
level_of(const char *severity)
{
	static constexpr struct
	{
		const char *name;
		int level;
	} kLevels[] = {{"DEBUG", DEBUG1},	 {"LOG", LOG},	   {"INFO", INFO},	 {"NOTICE", NOTICE},
				   {"WARNING", WARNING}, {"ERROR", ERROR}, {"FATAL", FATAL}, {"PANIC", PANIC}};

	for (const auto &entry : kLevels)
		if (strcmp(entry.name, severity) == 0)
			return entry.level;
	Raise(Report(ERROR).msg("unrecognized error severity: \"%s\"", severity));
}

void
take_field(ErrorData *edata, int code, const char *value)
{
	switch (code)
	{
		case 'S': break; /* in the sender's language */
		case 'V': edata->elevel = level_of(value); break;
		case 'C':
			if (strlen(value) != 5)
				Raise(Report(ERROR).msg("invalid SQLSTATE: \"%s\"", value));
			edata->sqlerrcode = MAKE_SQLSTATE(value[0], value[1], value[2], value[3], value[4]);
			break;
		case 'M': edata->message = pstrdup(value); break;
		case 'D': edata->detail = pstrdup(value); break;
		case 'H': edata->hint = pstrdup(value); break;
		case 'W': edata->context = pstrdup(value); break;
		case 'P': edata->cursorpos = atoi(value); break;
		case 'p': edata->internalpos = atoi(value); break;
		case 'q': edata->internalquery = pstrdup(value); break;
		case 's': edata->schema_name = pstrdup(value); break;
		case 't': edata->table_name = pstrdup(value); break;
		case 'c': edata->column_name = pstrdup(value); break;
		case 'd': edata->datatype_name = pstrdup(value); break;
		case 'n': edata->constraint_name = pstrdup(value); break;
		case 'F': edata->filename = pstrdup(value); break;
		case 'L': edata->lineno = atoi(value); break;
		case 'R': edata->funcname = pstrdup(value); break;
		default: Raise(Report(ERROR).msg("unrecognized error field code: %d", code));
	}
}

} /* namespace */
} /* namespace pg */

extern "C"
{
	void pq_redirect_to_shm_mq(dsm_segment *seg, shm_mq_handle *mqh)
	{
		pg::FromC([&] { pg::redirect(seg, mqh); });
	}

	void pq_set_parallel_leader(pid_t pid, BackendId backend_id)
	{
		pg::leader_pid = pid;
		pg::leader_slot = backend_id - 1;
	}

	void pq_parse_errornotice(StringInfo msg, ErrorData *edata)
	{
		pg::FromC(
			[&]
			{
				*edata = {};
				edata->elevel = ERROR;
				edata->assoc_context = CurrentMemoryContext;
				while (const int code = pq_getmsgbyte(msg))
					pg::take_field(edata, code, pq_getmsgrawstring(msg));
				pq_getmsgend(msg);
			});
	}
}
