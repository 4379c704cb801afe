/*
 * spec.cpp
 *		Reads a specification (spec.h).
 *
 * Client program, at start.
 */
#include "spec.h"

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace
{

class Parser
{
public:
	explicit Parser(const std::string &text) : text_(text) {}

	Spec parse()
	{
		read_top();
		read_sessions();
		link_steps();
		read_permutations();
		return std::move(spec_);
	}

private:
	const std::string &text_;
	size_t at_ = 0;
	int line_ = 1;
	Spec spec_;

	[[noreturn]] void fail(const std::string &what)
	{
		fprintf(stderr, "%s at line %d\n", what.c_str(), line_);
		exit(1);
	}

	char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

	char take()
	{
		char c = text_[at_++];

		line_ += c == '\n' ? 1 : 0;
		return c;
	}

	void skip_space()
	{
		while (isspace(static_cast<unsigned char>(peek())) || peek() == '#')
		{
			if (peek() == '#')
				while (peek() != '\0' && peek() != '\n')
					take();
			else
				take();
		}
	}

	static bool is_word(char c) { return isalnum(static_cast<unsigned char>(c)) || c == '_'; }

	/* Whether the next word is this one, which is then taken. */
	bool take_keyword(const char *keyword)
	{
		skip_space();

		size_t length = strlen(keyword);

		if (text_.compare(at_, length, keyword) != 0 ||
			(at_ + length < text_.size() && is_word(text_[at_ + length])))
			return false;
		at_ += length;
		return true;
	}

	bool take_sign(char sign)
	{
		skip_space();
		if (peek() != sign)
			return false;
		take();
		return true;
	}

	std::string quoted_name()
	{
		std::string name;

		take();
		while (peek() != '\0' && peek() != '\n')
		{
			char c = take();

			if (c == '"' && peek() != '"')
				return name;
			if (c == '"')
				take();
			name += c;
		}
		fail("unterminated quoted identifier");
	}

	std::string name()
	{
		std::string word;

		skip_space();
		if (peek() == '"')
			return quoted_name();
		while (is_word(peek()))
			word += take();
		if (word.empty())
			fail("syntax error");
		return word;
	}

	bool at_name()
	{
		skip_space();
		return peek() == '"' || is_word(peek());
	}

	/* Without the white space at both ends. */
	std::string block()
	{
		std::string sql;

		if (!take_sign('{'))
			fail("syntax error");
		while (isspace(static_cast<unsigned char>(peek())))
			take();
		while (peek() != '}')
		{
			if (peek() == '\0')
				fail("unterminated sql block");
			sql += take();
		}
		take();
		while (!sql.empty() && isspace(static_cast<unsigned char>(sql.back())))
			sql.pop_back();
		return sql;
	}

	void read_top()
	{
		while (take_keyword("setup"))
			spec_.setups.push_back(block());
		if (take_keyword("teardown"))
			spec_.teardown = block();
	}

	void read_sessions()
	{
		while (take_keyword("session"))
		{
			SessionSpec session;

			session.name = name();
			if (take_keyword("setup"))
				session.setup = block();
			while (take_keyword("step"))
			{
				Step step;

				step.name = name();
				step.sql = block();
				step.session = spec_.sessions.size();
				session.steps.push_back(std::move(step));
			}
			if (take_keyword("teardown"))
				session.teardown = block();
			spec_.sessions.push_back(std::move(session));
		}
		if (spec_.sessions.empty())
			fail("syntax error");
	}

	/* Names are unique, also across sessions. */
	void link_steps()
	{
		std::vector<std::string> names;

		for (const SessionSpec &session : spec_.sessions)
			for (const Step &step : session.steps)
			{
				for (const std::string &other : names)
					if (other == step.name)
						fail("duplicate step name: " + step.name);
				names.push_back(step.name);
			}
	}

	const Step *find_step(const std::string &wanted)
	{
		for (const SessionSpec &session : spec_.sessions)
			for (const Step &step : session.steps)
				if (step.name == wanted)
					return &step;
		fail("undefined step \"" + wanted + "\" specified in permutation");
	}

	Condition condition()
	{
		if (take_sign('*'))
			return {Condition::Kind::SayOnce};

		Condition result{Condition::Kind::OtherStep, find_step(name())};

		if (take_keyword("notices"))
		{
			result.kind = Condition::Kind::Notices;
			result.notices = atoi(name().c_str());
		}
		return result;
	}

	void read_permutations()
	{
		while (take_keyword("permutation"))
		{
			Permutation permutation;

			while (at_name() && !at_permutation())
			{
				PlannedStep planned{find_step(name()), {}};

				if (take_sign('('))
				{
					do
						planned.conditions.push_back(condition());
					while (take_sign(','));
					if (!take_sign(')'))
						fail("syntax error");
				}
				permutation.push_back(std::move(planned));
			}
			spec_.permutations.push_back(std::move(permutation));
		}
		skip_space();
		if (peek() != '\0')
			fail("syntax error");
	}

	bool at_permutation()
	{
		size_t at = at_;
		int line = line_;
		bool found = take_keyword("permutation");

		at_ = at;
		line_ = line;
		return found;
	}
};

/* Every order that keeps the steps of each session in sequence; earlier sessions go first. */
void
add_orders(Spec *spec, std::vector<size_t> *done, Permutation *so_far)
{
	bool complete = true;

	for (size_t i = 0; i < spec->sessions.size(); i++)
	{
		if ((*done)[i] == spec->sessions[i].steps.size())
			continue;
		complete = false;
		so_far->push_back({&spec->sessions[i].steps[(*done)[i]++], {}});
		add_orders(spec, done, so_far);
		so_far->pop_back();
		(*done)[i]--;
	}
	if (complete)
		spec->permutations.push_back(*so_far);
}

} /* namespace */

Spec
ParseSpec(const std::string &text)
{
	Spec spec = Parser(text).parse();

	if (spec.permutations.empty())
	{
		std::vector<size_t> done(spec.sessions.size(), 0);
		Permutation so_far;

		add_orders(&spec, &done, &so_far);
	}
	return spec;
}
