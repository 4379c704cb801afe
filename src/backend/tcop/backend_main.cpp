/*
 * tcop/backend_main.cpp
 *		A client backend from its first packet to its end.
 *
 * Runs in client backends only, with the postmaster's descriptors already closed.
 */
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/un.h>

#include <cstring>

#include "access/notify.h"
#include "access/transaction.h"
#include "access/xact.h"
#include "access/xlog.h"
#include "catalog/identity.h"
#include "catalog/objects.h"
#include "libpq/auth.h"
#include "libpq/hba.h"
#include "libpq/pqsignal.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/ipc/cancel_keys.h"
#include "storage/ipc/interrupts.h"
#include "storage/ipc/recovery_state.h"
#include "storage/latch.h"
#include "storage/lmgr/proc_internals.h"
#include "storage/proc.h"
#include "tcop/client.h"
#include "tcop/client_port.h"
#include "tcop/extended_query.h"
#include "tcop/query_log.h"
#include "tcop/remote_dest.h"
#include "tcop/session.h"
#include "tcop/settings.h"
#include "utils/activity/status.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"
#include "utils/misc/guc_internals.h"
#include "utils/misc/timeout.h"
#include "utils/ps_status.h"
#include "utils/timestamp.h"

namespace pg
{
namespace
{

/* The peer, in the forms that the log, the activity view and pg_hba.conf want. */
struct Peer
{
	sockaddr_storage address{};
	std::string host; /* numeric; empty for a unix socket */
	std::string port;
	std::string name; /* resolved, with log_hostname */

	const char *log_host() const
	{
		return host.empty() ? "[local]" : name.empty() ? host.c_str() : name.c_str();
	}
};

Peer peer;

void
identify_peer(int fd)
{
	socklen_t size = sizeof(peer.address);
	char host[NI_MAXHOST], port[NI_MAXSERV];

	if (getpeername(fd, reinterpret_cast<sockaddr *>(&peer.address), &size) != 0 ||
		peer.address.ss_family == AF_UNIX)
	{
		peer.address.ss_family = AF_UNIX;
		log_identity.remote_host = "[local]";
		return;
	}

	const int on = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
	if (getnameinfo(reinterpret_cast<sockaddr *>(&peer.address), size, host, sizeof(host), port,
					sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV) == 0)
	{
		peer.host = host;
		peer.port = port;
	}
	if (log_hostname_setting && getnameinfo(reinterpret_cast<sockaddr *>(&peer.address), size, host,
											sizeof(host), nullptr, 0, NI_NAMEREQD) == 0)
		peer.name = host;
	log_identity.remote_host = peer.log_host();
	log_identity.remote_port = peer.port.c_str();
}

[[noreturn]] void
refuse(Refusal refusal)
{
	switch (refusal)
	{
		case Refusal::Starting:
			Raise(Report(FATAL, ERRCODE_CANNOT_CONNECT_NOW)
					  .msg("the database system is starting up"));
		case Refusal::ShuttingDown:
			Raise(Report(FATAL, ERRCODE_CANNOT_CONNECT_NOW)
					  .msg("the database system is shutting down"));
		case Refusal::Recovering:
			Raise(Report(FATAL, ERRCODE_CANNOT_CONNECT_NOW)
					  .msg("the database system is in recovery mode"));
		case Refusal::NotConsistent:
			Raise(Report(FATAL, ERRCODE_CANNOT_CONNECT_NOW)
					  .msg("the database system is not yet accepting connections")
					  .detail("Consistent recovery state has not been yet reached."));
		case Refusal::TooMany:
		case Refusal::None: break;
	}
	Raise(Report(FATAL, ERRCODE_TOO_MANY_CONNECTIONS).msg("sorry, too many clients already"));
}

/* A client that is silent for too long, or a shutdown meanwhile, ends the process without a word. */
void
give_up_startup() noexcept
{
	_exit(1);
}

extern "C" void
give_up_at_signal(int) noexcept
{
	give_up_startup();
}

/* Packets before the session: encryption requests are declined, a cancel is carried out. */
StartupPacket
negotiate(Wire &wire)
{
	while (true)
	{
		std::optional<StartupPacket> packet = wire.receive_startup();

		if (!packet)
			proc_exit(0);
		switch (packet->kind)
		{
			case StartupPacket::Kind::SslRequest:
			case StartupPacket::Kind::GssRequest: wire.answer_no(); break;
			case StartupPacket::Kind::Cancel:
				SendCancelRequest(packet->cancel_pid, packet->cancel_key);
				proc_exit(0);
			case StartupPacket::Kind::Startup: return std::move(*packet);
		}
	}
}

/* A newer minor version or unknown protocol options are answered with what we speak. */
void
negotiate_version(Wire &wire, const StartupPacket &packet)
{
	if (packet.protocol_minor == 0 && packet.protocol_options.empty())
		return;
	wire.begin('v');
	wire.put_int32(3 << 16);
	wire.put_int32(static_cast<int32_t>(packet.protocol_options.size()));
	for (const std::string &option : packet.protocol_options)
		wire.put_string(option);
	wire.end();
}

/* Splits the "options" string into words; a backslash takes the next character as it is. */
std::vector<std::string>
split_options(std::string_view text)
{
	std::vector<std::string> words;
	std::string word;
	bool in_word = false;

	for (size_t i = 0; i < text.size(); i++)
	{
		if (isspace(static_cast<unsigned char>(text[i])))
		{
			if (in_word)
				words.push_back(std::move(word));
			word.clear();
			in_word = false;
			continue;
		}
		if (text[i] == '\\' && i + 1 < text.size())
			i++;
		word.push_back(text[i]);
		in_word = true;
	}
	if (in_word)
		words.push_back(std::move(word));
	return words;
}

/* "-c name=value" and "--name=value"; dashes in names stand for underscores. */
void
apply_options(std::string_view text, GucContext context)
{
	std::vector<std::string> words = split_options(text);

	for (size_t i = 0; i < words.size(); i++)
	{
		std::string assignment;

		if (words[i] == "-c" && i + 1 < words.size())
			assignment = words[++i];
		else if (words[i].starts_with("-c"))
			assignment = words[i].substr(2);
		else if (words[i].starts_with("--"))
			assignment = words[i].substr(2);

		const size_t equals = assignment.find('=');

		if (equals == std::string::npos)
			Raise(Report(FATAL, ERRCODE_SYNTAX_ERROR)
					  .msg("invalid command-line argument for server process: %s", words[i].c_str())
					  .hint("Try \"%s --help\" for more information.", "postgres"));

		std::string name = assignment.substr(0, equals);

		for (char &c : name)
			if (c == '-')
				c = '_';
		SetSetting(name, assignment.c_str() + equals + 1, context, PGC_S_CLIENT);
	}
}

void
apply_startup_settings(const StartupPacket &packet)
{
	const GucContext context = superuser() ? PGC_SU_BACKEND : PGC_BACKEND;

	apply_options(packet.options, context);
	for (const auto &[name, value] : packet.settings)
		SetSetting(name, value.c_str(), context, PGC_S_CLIENT);
}

void
log_disconnection(int, Datum)
{
	const int64 ms = (GetCurrentTimestamp() - log_identity.session_start) / 1000;

	Report(LOG)
		.msg("disconnection: session time: %d:%02d:%02d.%03d user=%s database=%s host=%s%s%s",
			 static_cast<int>(ms / 3600000), static_cast<int>(ms / 60000 % 60),
			 static_cast<int>(ms / 1000 % 60), static_cast<int>(ms % 1000), log_identity.user,
			 log_identity.database, peer.log_host(),
			 peer.port.empty() ? "" : " port=", peer.port.c_str())
		.emit();
}

void
log_authorization(const StartupPacket &packet)
{
	if (log_connections_setting)
		Report(LOG)
			.msg("connection authorized: user=%s database=%s%s%s", log_identity.user,
				 log_identity.database, *application_name ? " application_name=" : "",
				 application_name)
			.emit();
	if (log_disconnections_setting)
		on_proc_exit(log_disconnection, 0);
	(void) packet;
}

/* pg_hba.conf decides; the hook hears of it and may turn the client away. */
void
authenticate(const StartupPacket &packet)
{
	try
	{
		CheckClientAllowed({.address = &peer.address,
							.user = packet.user,
							.database = packet.database,
							.replication = packet.replication});
	}
	catch (const PgError &)
	{
		if (ClientAuthentication_hook != nullptr)
			ToC(ClientAuthentication_hook, MyProcPort, STATUS_ERROR);
		throw;
	}
	if (ClientAuthentication_hook != nullptr)
		ToC(ClientAuthentication_hook, MyProcPort, STATUS_OK);
}

/* Authenticates, connects and tells the client what it needs before its first query. */
void
start_session(Wire &wire, const StartupPacket &packet)
{
	if (packet.replication)
		Raise(Report(FATAL, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("replication connections are not supported"));
	authenticate(packet);
	if (log_connections_setting)
		Report(LOG)
			.msg("connection authenticated: user=\"%s\" method=trust", packet.user.c_str())
			.hide_statement()
			.emit();
	ConnectToDatabase({.database = packet.database, .user = packet.user});
	apply_startup_settings(packet);
	DisableTimeout(TimeoutKind::StartupPacket);
	log_authorization(packet);

	wire.begin('R');
	wire.put_int32(0);
	wire.end();
	SendParameterStatus(wire, true);
	wire.begin('K');
	wire.put_int32(MyProcPid);
	wire.put_int32(PublishCancelKey());
	wire.end();
}

/*
 * The last word of a session that SIGQUIT ends, made beforehand: the signal handler can do no more
 * than send bytes.
 */
struct LastWords
{
	int fd = -1;
	std::string unknown, crash, stop;
};

LastWords last_words;

std::string
warning_bytes(std::string_view state, std::string_view message, std::string_view detail,
			  std::string_view hint)
{
	std::string body;

	for (const auto &[field, text] : {std::pair<char, std::string_view>{'S', "WARNING"},
									  {'V', "WARNING"},
									  {'C', state},
									  {'M', message},
									  {'D', detail},
									  {'H', hint}})
		if (!text.empty())
		{
			body += field;
			body += text;
			body += '\0';
		}
	body += '\0';

	const uint32_t length = htonl(static_cast<uint32_t>(body.size() + 4));

	return "N" + std::string(reinterpret_cast<const char *>(&length), 4) + body;
}

void
send_last_words() noexcept
{
	const QuitReason reason = CurrentQuitReason();
	const std::string &words = reason == QuitReason::Crash	? last_words.crash
							   : reason == QuitReason::Stop ? last_words.stop
															: last_words.unknown;

	(void) send(last_words.fd, words.data(), words.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

void
prepare_last_words(int client_fd)
{
	last_words = {
		.fd = client_fd,
		.unknown = warning_bytes(
			"57P01", "terminating connection because of unexpected SIGQUIT signal", "", ""),
		.crash = warning_bytes(
			"57P02", "terminating connection because of crash of another server process",
			"The postmaster has commanded this server process to roll back the current transaction "
			"and exit, because another server process exited abnormally and possibly corrupted "
			"shared memory.",
			"In a moment you should be able to reconnect to the database and repeat your command."),
		.stop = warning_bytes("57P01", "terminating connection due to immediate shutdown command",
							  "", "")};
	quick_die_notice = send_last_words;
}

/* One timer runs while the client keeps us waiting. */
void
enable_idle_timeout(char status)
{
	if (status == 'I' && IdleSessionTimeout > 0)
		EnableTimeoutAfter(TimeoutKind::IdleSession, IdleSessionTimeout);
	if (status != 'I' && IdleInTransactionSessionTimeout > 0)
		EnableTimeoutAfter(TimeoutKind::IdleInTransaction, IdleInTransactionSessionTimeout);
}

void
disable_idle_timeouts()
{
	if (IdleSessionTimeout > 0)
		DisableTimeout(TimeoutKind::IdleSession);
	if (IdleInTransactionSessionTimeout > 0)
		DisableTimeout(TimeoutKind::IdleInTransaction);
}

void
ready_for_query(Wire &wire)
{
	const char status = TransactionStatus();

	switch (status)
	{
		case 'I':
			pgstat_report_stat(false);
			pgstat_report_activity(STATE_IDLE, nullptr);
			break;
		case 'T': pgstat_report_activity(STATE_IDLEINTRANSACTION, nullptr); break;
		default: pgstat_report_activity(STATE_IDLEINTRANSACTION_ABORTED, nullptr); break;
	}
	if (update_process_title)
		set_ps_display(status == 'I'   ? "idle"
					   : status == 'T' ? "idle in transaction"
									   : "idle in transaction (aborted)");
	if (status == 'I')
		ServeNotifications();
	SendParameterStatus(wire, false);
	wire.begin('Z');
	wire.put_byte(static_cast<uint8_t>(status));
	wire.end();
	wire.flush();
	enable_idle_timeout(status);
}

void
reload_if_asked()
{
	if (!ConfigReloadPending)
		return;
	ConfigReloadPending = false;
	ProcessConfigFile(PGC_SIGHUP);
}

/* The loop of a session; returns when the client is gone or said goodbye. */
class Session
{
public:
	explicit Session(Wire &wire) : wire_(wire), extended_(wire) {}

	void run()
	{
		MessageContext =
			AllocSetContextCreate(TopMemoryContext, "MessageContext", ALLOCSET_DEFAULT_SIZES);
		SetProcessingMode(NormalProcessing);
		while (!finished_)
		{
			try
			{
				while (!finished_)
					serve_one();
			}
			catch (const PgError &error)
			{
				recover(error);
			}
			catch (const std::bad_alloc &)
			{
				recover(PgError(Report(ERROR, ERRCODE_OUT_OF_MEMORY).msg("out of memory")));
			}
		}
	}

private:
	void serve_one()
	{
		if (send_ready_)
		{
			send_ready_ = false;
			ready_for_query(wire_);
		}

		MemoryContextReset(MessageContext);

		std::optional<WireMessage> message = wire_.receive();

		disable_idle_timeouts();
		reload_if_asked();
		if (!message)
		{
			if (TransactionStatus() != 'I')
				Report(LOG, ERRCODE_CONNECTION_FAILURE)
					.msg("unexpected EOF on client connection with an open transaction")
					.emit();
			finished_ = true;
			return;
		}
		if (skip_to_sync_ && message->type != 'S' && message->type != 'X')
			return;
		handle(*message);
	}

	void handle(const WireMessage &message)
	{
		MessageReader body(message.body);

		switch (message.type)
		{
			case 'Q':
			{
				std::string_view text = body.string();

				body.done();
				send_ready_ = true;
				RunSimpleQuery(wire_, text);
				break;
			}
			case 'X': finished_ = true; break;
			case 'S':
				skip_to_sync_ = false;
				send_ready_ = true;
				body.done();
				extended_.sync();
				break;
			case 'H':
				in_extended_ = true;
				body.done();
				in_extended_ = false;
				wire_.flush();
				break;
			case 'd':
			case 'c':
			case 'f': break; /* the tail of a COPY that failed */
			case 'F': send_ready_ = true; RaiseNotSupported("fastpath function call");
			case 'p':
				Raise(Report(FATAL, ERRCODE_PROTOCOL_VIOLATION)
						  .msg("invalid frontend message type %d", message.type));
			default:
				in_extended_ = true;
				extended_.handle(message.type, body);
				in_extended_ = false;
				break;
		}
		ForgetQueryText();
	}

	/* After an error: say it, undo the transaction's work, and be ready (or wait for Sync). */
	void recover(const PgError &error) noexcept
	{
		HOLD_INTERRUPTS();
		disable_idle_timeouts();
		DisableTimeout(TimeoutKind::Statement);
		DisableTimeout(TimeoutKind::Lock);
		QueryCancelPending = false;
		statement_timeout_fired = 0;
		lock_timeout_fired = 0;
		EmitCaught(error);
		AbortCurrentTransaction();
		ForgetQueryText();
		if (in_extended_)
			skip_to_sync_ = true;
		else
			send_ready_ = true;
		in_extended_ = false;
		RESUME_INTERRUPTS();
	}

	Wire &wire_;
	ExtendedQuery extended_;
	bool finished_ = false;
	bool send_ready_ = true;
	bool skip_to_sync_ = false;
	bool in_extended_ = false;
};

void
serve(int client_fd, int slot, Refusal refusal)
{
	/* The wire must outlive every report, so it is never destroyed: the process ends first. */
	Wire &wire = *std::make_unique<Wire>(client_fd).release();

	ConnectReportsTo(wire);
	identify_peer(client_fd);
	log_identity.session_start = GetCurrentTimestamp();
	if (log_connections_setting)
		Report(LOG)
			.msg("connection received: host=%s%s%s", peer.log_host(),
				 peer.port.empty() ? "" : " port=", peer.port.c_str())
			.emit();

	/* Until the session has a slot there is nothing to clean up: a stop need not wait for the client. */
	pqsignal(SIGTERM, [](int) { _exit(1); });
	PG_SETMASK(&StartupBlockSig);
	InitializeTimeouts();
	RegisterTimeoutHandler(TimeoutKind::StartupPacket, give_up_startup);
	/* Until the process has a slot, a shutdown may end it at any instruction. */
	pqsignal(SIGTERM, give_up_at_signal);
	PG_SETMASK(&StartupBlockSig);
	EnableTimeoutAfter(TimeoutKind::StartupPacket, authentication_timeout_setting * 1000);

	const StartupPacket packet = negotiate(wire);

	PG_SETMASK(&BlockSig);
	if (refusal != Refusal::None)
		refuse(refusal);
	PG_SETMASK(&BlockSig);
	InitProcess(slot, B_BACKEND);
	StatusStart(slot, B_BACKEND, nullptr);
	StatusSetClient(peer.host.c_str(), peer.name.c_str(),
					peer.port.empty() ? -1 : atoi(peer.port.c_str()));
	InstallBackendSignals();
	PG_SETMASK(&UnBlockSig);
	RegisterSessionTimeouts();
	PG_SETMASK(&UnBlockSig);
	if (update_process_title)
		init_ps_display((packet.user + " " + packet.database + " " + peer.log_host() +
						 (peer.port.empty() ? "" : "(" + peer.port + ")"))
							.c_str());
	negotiate_version(wire, packet);
	DescribeClient({.fd = client_fd,
					.address = peer.address,
					.host = peer.log_host(),
					.name = peer.name,
					.port = peer.port},
				   packet);
	start_session(wire, packet);
	prepare_last_words(client_fd);
	ConnectNotificationsTo(wire);
	ConnectMessagesTo(wire);
	process_session_preload_libraries();
	Session(wire).run();
}

} /* namespace */

void
BackendMain(int client_fd, int slot, Refusal refusal)
{
	try
	{
		serve(client_fd, slot, refusal);
	}
	catch (const PgError &error)
	{
		/* An ERROR with no session to go back to ends the process. */
		Report fatal = error.report;

		fatal.elevel = FATAL;
		fatal.emit();
	}
	proc_exit(0);
}

} /* namespace pg */
