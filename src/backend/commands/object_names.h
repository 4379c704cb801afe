/*
 * commands/object_names.h
 *		Names that the server chooses: of constraints and indexes without one.
 *
 * Backends and workers inside a transaction; reads only.
 */
#pragma once

#include <set>
#include <string>
#include <vector>

#include "catalog/objects.h"
#include "commands/tree.h"

namespace pg::commands
{

/* name1_name2_label, the longer of the first two shortened until it fits; empty parts are left out. */
std::string MakeObjectName(std::string name1, std::string name2, const std::string &label);

/* Names taken in one schema: of relations and indexes, of constraints; and by what is being created. */
class NamesInUse
{
public:
	explicit NamesInUse(Oid schema) : schema_(schema) {}

	/* For an index, "t_a_key": free among relations, and among constraints if it stands for one. */
	std::string choose_relation(const std::string &name1, const std::string &name2,
								const std::string &label, bool is_constraint);
	/* For CHECK and FOREIGN KEY. */
	std::string choose_constraint(const std::string &name1, const std::string &name2,
								  const std::string &label);
	void add_relation(const std::string &name) { relations_.insert(name); }
	void add_constraint(const std::string &name) { constraints_.insert(name); }
	bool relation_taken(const std::string &name) const;
	bool constraint_taken(const std::string &name) const;

private:
	Oid schema_;
	std::set<std::string> relations_, constraints_;
};

/* "a_b": what stands between table and label. */
std::string JoinColumnNames(const std::vector<std::string> &columns);
/* Name of an index's column for an expression: that of its function, else "expr". */
std::string ExpressionColumnName(const Node *expression);

} /* namespace pg::commands */
