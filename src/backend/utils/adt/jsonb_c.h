/*
 * utils/adt/jsonb_c.h
 *		jsonb in C's form: bytes of a container from a tree, and back.
 */
#pragma once

#include <string>

#include "utils/adt/json_tree.h"
#include "utils/jsonb.h"

namespace pg
{

/* The root container's bytes; the tree is in order (NormalizeJson). */
std::string EncodeJsonb(const JsonTree &tree);
JsonTree DecodeJsonb(const JsonbContainer *container);

} /* namespace pg */
