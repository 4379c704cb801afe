/*
 * catalog/system_views.h
 *		System views that are SQL over the catalogs.
 *
 * The analyzer expands them as it does a user's views.  Constants; any process.
 */
#pragma once

#include <span>

namespace pg
{

struct SystemView
{
	const char *schema;
	const char *name;
	const char
		*sql; /* a SELECT in PostgreSQL's SQL, columns in the order of system_relations.cpp */
};

std::span<const SystemView> SystemViews();

} /* namespace pg */
