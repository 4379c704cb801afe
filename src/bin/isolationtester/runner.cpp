/*
 * runner.cpp
 *		Runs permutations (runner.h).
 *
 * Client program.
 */
#include "runner.h"

#include <poll.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace
{

using Clock = std::chrono::steady_clock;

constexpr int kPollMilliseconds = 10;
constexpr std::chrono::seconds kLongestStep{300};

void
print_rows(const PGresult *result)
{
	char separator[] = "|";
	PQprintOpt options = {};

	options.header = 1;
	options.align = 1;
	options.fieldSep = separator;
	PQprint(stdout, result, &options);
}

void
print_result(const PGresult *result)
{
	switch (PQresultStatus(result))
	{
		case PGRES_COMMAND_OK:
		case PGRES_EMPTY_QUERY: break;
		case PGRES_TUPLES_OK: print_rows(result); break;
		case PGRES_FATAL_ERROR:
		{
			const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY);
			const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

			if (severity != nullptr && message != nullptr)
				printf("%s:  %s\n", severity, message);
			else
				printf("%s\n", PQresultErrorMessage(result));
			break;
		}
		default: printf("unexpected result status: %s\n", PQresStatus(PQresultStatus(result)));
	}
}

[[noreturn]] void
give_up(const std::string &what, const char *why)
{
	fprintf(stderr, "%s: %s", what.c_str(), why);
	exit(1);
}

} /* namespace */

Runner::Runner(const Spec &spec, const std::string &connection) : spec_(spec)
{
	sessions_.push_back(connect("control", connection));
	for (const SessionSpec &session : spec.sessions)
		sessions_.push_back(connect(session.name, connection));
	write_blocked_query();
}

void
Runner::take_notice(void *session, const PGresult *result)
{
	auto *taker = static_cast<Session *>(session);

	printf("%s: %s", taker->name.c_str(), PQresultErrorMessage(result));
	taker->notices++;
}

std::unique_ptr<Runner::Session>
Runner::connect(const std::string &name, const std::string &connection)
{
	auto session = std::make_unique<Session>();
	const char *title = name == "control" ? "control connection" : name.c_str();
	const char *value[] = {title};

	session->name = name;
	session->connection.reset(PQconnectdb(connection.c_str()));

	PGconn *const connected = session->connection.get();

	if (PQstatus(connected) != CONNECTION_OK)
		give_up("Connection " + std::to_string(sessions_.size()) + " failed",
				PQerrorMessage(connected));
	PQsetNoticeReceiver(connected, take_notice, session.get());
	PQclear(PQexecParams(connected,
						 "SELECT set_config('application_name', "
						 "current_setting('application_name') || '/' || $1, false)",
						 1, nullptr, value, nullptr, nullptr, 0));
	return session;
}

void
Runner::write_blocked_query()
{
	blocked_query_ = "SELECT pg_catalog.pg_isolation_test_session_is_blocked($1, '{";
	for (size_t i = 1; i < sessions_.size(); i++)
		blocked_query_ +=
			(i > 1 ? "," : "") + std::to_string(PQbackendPID(sessions_[i]->connection.get()));
	blocked_query_ += "}')";
}

bool
Runner::is_blocked(const Session &session)
{
	std::string pid = std::to_string(PQbackendPID(session.connection.get()));
	const char *values[] = {pid.c_str()};
	PGresult *const result = PQexecParams(control().connection.get(), blocked_query_.c_str(), 1,
										  nullptr, values, nullptr, nullptr, 0);

	if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1)
		give_up("lock wait query failed", PQerrorMessage(control().connection.get()));

	bool blocked = PQgetvalue(result, 0, 0)[0] == 't';

	PQclear(result);
	return blocked;
}

/* A setup or teardown. */
void
Runner::execute(Session &session, const std::string &sql, const std::string &what, bool fatal)
{
	if (sql.empty())
		return;

	PGresult *const result = PQexec(session.connection.get(), sql.c_str());

	if (PQresultStatus(result) == PGRES_TUPLES_OK)
		print_rows(result);
	else if (PQresultStatus(result) != PGRES_COMMAND_OK)
	{
		fflush(stdout);
		fprintf(stderr, "%s failed: %s", what.c_str(), PQerrorMessage(session.connection.get()));
		if (fatal)
			exit(1);
	}
	PQclear(result);
}

void
Runner::set_up()
{
	for (const std::string &sql : spec_.setups)
		execute(control(), sql, "setup", true);
	for (size_t i = 0; i < spec_.sessions.size(); i++)
		execute(*sessions_[i + 1], spec_.sessions[i].setup,
				"setup of session " + spec_.sessions[i].name, true);
}

void
Runner::tear_down()
{
	for (size_t i = 0; i < spec_.sessions.size(); i++)
		execute(*sessions_[i + 1], spec_.sessions[i].teardown,
				"teardown of session " + spec_.sessions[i].name, false);
	execute(control(), spec_.teardown, "teardown", false);
}

void
Runner::start_step(const PlannedStep &planned)
{
	Session &session = session_of(*planned.step);

	if (PQsendQuery(session.connection.get(), planned.step->sql.c_str()) != 1)
		give_up("failed to send query for step " + planned.step->name,
				PQerrorMessage(session.connection.get()));
	session.active = &planned;
	session.notices_at_start = session.notices;
	session.said_waiting = false;
}

/* Takes what has come; true when the step's results are all there. */
bool
Runner::receive(Session &session)
{
	PGconn *const connection = session.connection.get();

	if (PQconsumeInput(connection) != 1)
		give_up("PQconsumeInput failed", PQerrorMessage(connection));
	while (PQisBusy(connection) == 0)
	{
		PGresult *const result = PQgetResult(connection);

		if (result == nullptr)
			return true;
		session.results.push_back(result);
	}
	return false;
}

bool
Runner::conditions_hold(const Session &session, bool first_time)
{
	for (const Condition &condition : session.active->conditions)
	{
		if (condition.kind == Condition::Kind::SayOnce)
		{
			if (first_time)
				return false;
			continue;
		}

		const Session &other = session_of(*condition.step);

		if (condition.kind == Condition::Kind::OtherStep && other.active != nullptr &&
			other.active->step == condition.step)
			return false;
		if (condition.kind == Condition::Kind::Notices &&
			other.notices - other.notices_at_start < condition.notices)
			return false;
	}
	return true;
}

void
Runner::finish_step(Session &session)
{
	const Step &step = *session.active->step;

	if (session.said_waiting)
		printf("step %s: <... completed>\n", step.name.c_str());
	else
		printf("step %s: %s\n", step.name.c_str(), step.sql.c_str());
	for (PGresult *result : session.results)
	{
		print_result(result);
		PQclear(result);
	}
	session.results.clear();
	session.active = nullptr;
	tell_notifications();
}

/*
 * Waits until the active step is done, or (if that is enough) waits for a lock or for a condition.  True when it is done.
 */
bool
Runner::advance(Session &session, bool wait_for_lock)
{
	const Clock::time_point start = Clock::now();
	bool canceled = false;

	while (!receive(session))
	{
		pollfd wanted = {PQsocket(session.connection.get()), POLLIN, 0};

		if (poll(&wanted, 1, kPollMilliseconds) > 0)
			continue;
		if (wait_for_lock && is_blocked(session))
		{
			if (!session.said_waiting)
				printf("step %s: %s <waiting ...>\n", session.active->step->name.c_str(),
					   session.active->step->sql.c_str());
			session.said_waiting = true;
			return false;
		}
		if (Clock::now() - start > kLongestStep && !canceled)
		{
			printf("isolationtester: canceling step %s after %lld seconds\n",
				   session.active->step->name.c_str(),
				   static_cast<long long>(kLongestStep.count()));
			if (PGcancel *const cancel = PQgetCancel(session.connection.get()))
			{
				char error[256];

				PQcancel(cancel, error, sizeof(error));
				PQfreeCancel(cancel);
			}
			canceled = true;
		}
		if (Clock::now() - start > 2 * kLongestStep)
			give_up("step " + session.active->step->name, "timed out after cancellation\n");
	}
	if (conditions_hold(session, !session.said_waiting))
	{
		finish_step(session);
		return true;
	}
	if (!session.said_waiting)
		printf("step %s: %s <waiting ...>\n", session.active->step->name.c_str(),
			   session.active->step->sql.c_str());
	session.said_waiting = true;
	return false;
}

/* Steps that wait, until none gets on. */
void
Runner::advance_waiting()
{
	for (bool any = true; any;)
	{
		any = false;
		for (auto &session : sessions_)
			if (session->active != nullptr && session->said_waiting && advance(*session, true))
				any = true;
	}
}

void
Runner::complete(Session &session)
{
	const Clock::time_point start = Clock::now();

	while (session.active != nullptr)
	{
		advance_waiting();
		if (session.active == nullptr)
			return;
		if (Clock::now() - start > 2 * kLongestStep)
			give_up("step " + session.active->step->name, "timed out\n");
		poll(nullptr, 0, kPollMilliseconds);
	}
}

void
Runner::tell_notifications()
{
	for (auto &session : sessions_)
	{
		PQconsumeInput(session->connection.get());
		while (PGnotify *const notify = PQnotifies(session->connection.get()))
		{
			const char *sender = nullptr;

			for (const auto &other : sessions_)
				if (PQbackendPID(other->connection.get()) == notify->be_pid)
					sender = other->name.c_str();
			printf("%s: NOTIFY \"%s\" with payload \"%s\" from %s\n", session->name.c_str(),
				   notify->relname, notify->extra, sender != nullptr ? sender : "somebody else");
			PQfreemem(notify);
		}
	}
}

void
Runner::run(const Permutation &permutation)
{
	printf("\nstarting permutation:");
	for (const PlannedStep &planned : permutation)
		printf(" %s", planned.step->name.c_str());
	printf("\n");
	set_up();
	for (const PlannedStep &planned : permutation)
	{
		Session &session = session_of(*planned.step);

		complete(session);
		start_step(planned);
		advance(session, true);
		advance_waiting();
	}
	for (auto &session : sessions_)
		complete(*session);
	tear_down();
	fflush(stdout);
}
