/*
 * process.h
 *		Runs shell commands for pg_regress.
 *
 * Client program.
 */
#pragma once

#include <sys/types.h>

#include <string>

/* A word that the shell takes as it is. */
std::string Quoted(const std::string &word);

/* Starts a command in a shell of its own and returns at once. */
pid_t Spawn(const std::string &command);

/* The same for a server: when pg_regress dies, the server shuts down (SIGINT). */
pid_t SpawnServer(const std::string &command);

/* Runs a command to its end; returns what waitpid says. */
int Run(const std::string &command);

/* The output of a command, whatever its exit code; empty when it cannot run. */
std::string OutputOf(const std::string &command);

bool FileExists(const std::string &path);
void WriteFile(const std::string &path, const std::string &content, const char *mode = "we");
