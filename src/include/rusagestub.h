/*
 * rusagestub.h
 *		getrusage, which Linux has.
 */
#ifndef RUSAGESTUB_H
#define RUSAGESTUB_H

#include <sys/resource.h>
#include <sys/time.h>

#endif /* RUSAGESTUB_H */
