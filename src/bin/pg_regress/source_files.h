/*
 * source_files.h
 *		Tests as older modules have them: input/NAME.source and output/NAME.source, with names in @...@ to fill in.
 *
 * Client program.
 */
#pragma once

#include "options.h"

/* Makes sql/NAME.sql and expected/NAME.out in the output folder, where there are such files. */
void ConvertSourceFiles(const Options &options);
