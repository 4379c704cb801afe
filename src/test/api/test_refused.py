"""What cannot exist here: declared, so that modules which name it load, and refused by name when it is called."""

import os

import surface
from harness.modules import build_module

BUILDDIR = os.environ["POSTROOM_BUILDDIR"]

# The functions are called without arguments: none of them looks at any.
CALLER = """
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

PG_MODULE_MAGIC;
PG_FUNCTION_INFO_V1(call_refused);

%(declarations)s

static const struct
{
	const char *name;
	void (*function)(void);
} refused[] = {%(table)s};

/* Names of those that do not raise 0A000 with their name. */
Datum
call_refused(PG_FUNCTION_ARGS)
{
	MemoryContext context = CurrentMemoryContext;
	static char wrong[100000];

	wrong[0] = 0;
	for (volatile size_t i = 0; i < lengthof(refused); i++)
	{
		volatile bool fits = false;

		PG_TRY();
		{
			refused[i].function();
		}
		PG_CATCH();
		{
			ErrorData *error;

			MemoryContextSwitchTo(context);
			error = CopyErrorData();
			FlushErrorState();
			fits = error->sqlerrcode == ERRCODE_FEATURE_NOT_SUPPORTED &&
				strstr(error->message, refused[i].name) != NULL;
			FreeErrorData(error);
		}
		PG_END_TRY();
		if (!fits)
		{
			strlcat(wrong, refused[i].name, sizeof(wrong));
			strlcat(wrong, " ", sizeof(wrong));
		}
	}
	PG_RETURN_TEXT_P(cstring_to_text(wrong));
}
"""


def test_each_is_declared():
	unknown = surface.declared.refused() - surface.declared.linked(BUILDDIR)
	assert not unknown, "refused, but in no header: " + " ".join(sorted(unknown))


def test_each_is_refused_by_name(shared_cluster, tmp_path):
	names = sorted(surface.declared.refused())
	assert len(names) > 100
	source = tmp_path / "call_refused.c"
	source.write_text(CALLER % {
		"declarations": "\n".join(f"extern void {name}(void);" for name in names),
		"table": ",\n".join(f'{{"{name}", {name}}}' for name in names)})
	library = build_module(str(source))
	shared_cluster.query(f"CREATE FUNCTION call_refused() RETURNS text AS '{library}' LANGUAGE C")
	assert shared_cluster.value("SELECT call_refused()") == ""
