/*
 * postroom.hpp
 *		Background workers in C++20: a thin layer over the C API, header only.
 *
 * What it takes care of, so that it cannot be forgotten:
 *	- an ERROR of the server becomes the exception postroom::Error, and an exception that leaves a function of the
 *	  module becomes an ERROR.  So no longjmp passes a C++ object, and no exception a frame of C;
 *	- a Transaction holds a transaction, SPI, a snapshot and the activity that pg_stat_activity shows, and ends all
 *	  of it in the right order, also when an exception comes by; after an error it refuses to go on;
 *	- values of SQL have types: a column that does not fit, or a null without std::optional, is an error (42804,
 *	  22004), never a wrong value.  Results are copies and outlive their transaction;
 *	- Worker::run is the loop: the latch, SIGHUP, SIGTERM and the postmaster's death.
 *
 * Nothing here is needed to write a module in C++; the C headers are valid C++ as well.  The header asks for nothing
 * that PostgreSQL 15 does not have.  Processes: as the functions of the C API below, which each comment names.
 *
 * Two rules remain for who calls the C API directly:
 *	1. whatever can raise ERROR belongs into Checked(), and inside its body no object with a destructor may live;
 *	2. a function that C calls (a hook, a callback) has its body in Guarded().
 */
#pragma once

#include "postroom/error.hpp"
#include "postroom/function.hpp"
#include "postroom/setting.hpp"
#include "postroom/transaction.hpp"
#include "postroom/value.hpp"
#include "postroom/worker.hpp"

/*
 * A module's entry, with the code that runs when it is loaded; an exception there refuses the module:
 *
 *		POSTROOM_MODULE()
 *		{
 *			postroom::Register({.name = "counter", .library = "counter", .function = "counter_main"});
 *		}
 */
#define POSTROOM_MODULE()                        \
	extern "C"                                   \
	{                                            \
		PG_MODULE_MAGIC;                         \
		PGDLLEXPORT void _PG_init(void);         \
	}                                            \
	static void postroom_module_init();          \
	void _PG_init(void)                          \
	{                                            \
		postroom::Guarded(postroom_module_init); \
	}                                            \
	static void postroom_module_init()
