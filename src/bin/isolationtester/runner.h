/*
 * runner.h
 *		Runs the steps of a permutation in their sessions, and says what comes out, in PostgreSQL 15's form.
 *
 * Client program.  A step that waits for a lock is printed with "<waiting ...>" and gets its end when it has one.
 */
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <vector>

#include "spec.h"

class Runner
{
public:
	/* Connects all sessions and one more, which sets up and watches. */
	Runner(const Spec &spec, const std::string &connection);

	void run(const Permutation &permutation);

private:
	struct Session
	{
		std::string name;
		std::unique_ptr<PGconn, void (*)(PGconn *)> connection{nullptr, PQfinish};
		int notices = 0;
		const PlannedStep *active = nullptr; /* sent and not done */
		int notices_at_start = 0;
		bool said_waiting = false;
		std::vector<PGresult *> results; /* of the active step, not printed yet */
	};

	/* Sessions do not move: libpq knows their addresses. */
	const Spec &spec_;
	std::vector<std::unique_ptr<Session>> sessions_; /* the first one is the watching one */
	std::string blocked_query_;

	Session &session_of(const Step &step) { return *sessions_[step.session + 1]; }
	Session &control() { return *sessions_[0]; }

	std::unique_ptr<Session> connect(const std::string &name, const std::string &connection);
	void write_blocked_query();
	bool is_blocked(const Session &session);
	void execute(Session &session, const std::string &sql, const std::string &what, bool fatal);
	void set_up();
	void tear_down();
	void start_step(const PlannedStep &planned);
	bool advance(Session &session, bool wait_for_lock);
	bool receive(Session &session);
	bool conditions_hold(const Session &session, bool first_time);
	void finish_step(Session &session);
	void advance_waiting();
	void complete(Session &session);
	void tell_notifications();

	static void take_notice(void *session, const PGresult *result);
};
