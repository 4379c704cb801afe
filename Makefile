# Makefile
#   The bootstrap. GNU make reads it only while there is no GNUmakefile, that
#   is, while nothing is configured: it installs the Debian packages that are
#   missing, runs configure, and hands the same targets to GNUmakefile.

.DEFAULT_GOAL := all
.SUFFIXES:

# Without a -j of the user's, use every processor for the build.
jobs = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

bootstrap:
	@config/bootstrap.sh $(CONFIGURE_ARGS)

all $(filter-out all bootstrap,$(MAKECMDGOALS)): bootstrap
	+@$(MAKE) --no-print-directory $(jobs) -f GNUmakefile $@

Makefile: ;

.PHONY: all bootstrap $(MAKECMDGOALS)
.NOTPARALLEL:
