/*
 * procnumber.h
 *		PostgreSQL 17's names of the number of a process: its place among all PGPROCs, from 0.
 */
#ifndef PROCNUMBER_H
#define PROCNUMBER_H

typedef int ProcNumber;

#define INVALID_PROC_NUMBER (-1)
#define PROC_NUMBER_BITS 18
#define MAX_BACKENDS_BITS PROC_NUMBER_BITS

#endif /* PROCNUMBER_H */
