/*
 * nodes/queryjumble.h
 *		The name of utils/queryjumble.h since PostgreSQL 16.
 */
#ifndef NODES_QUERYJUMBLE_H
#define NODES_QUERYJUMBLE_H

#include "utils/queryjumble.h"

#endif /* NODES_QUERYJUMBLE_H */
