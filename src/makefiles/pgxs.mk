# pgxs.mk
#   Builds, installs and tests a module, in this tree (contrib/) or anywhere
#   else against an installed server. A module's Makefile sets variables and
#   then includes this file:
#
#     MODULES = worker_spi               # each NAME.c or NAME.cpp becomes NAME.so
#     PG_CONFIG = pg_config
#     PGXS := $(shell $(PG_CONFIG) --pgxs)
#     include $(PGXS)
#
#   What to build
#   MODULES     shared objects made of one source file of that name each; may have a folder
#   MODULE_big  one shared object made of OBJS
#   PROGRAM     a program made of OBJS
#   OBJS        object files, from .c, .cpp, .cc or .cxx
#   DATA_built SCRIPTS_built HEADERS_built   what else has to be made first
#
#   What to install, and where
#   MODULES MODULE_big  PKGLIBDIR
#   PROGRAM SCRIPTS SCRIPTS_built  BINDIR
#   EXTENSION           each NAME.control to SHAREDIR/extension
#   DATA DATA_built     SHAREDIR/MODULEDIR
#   DATA_TSEARCH        SHAREDIR/tsearch_data
#   DOCS                DOCDIR/MODULEDIR
#   HEADERS HEADERS_built             INCLUDEDIR-SERVER/MODULEDIR/MODULE_big
#   HEADERS_NAME HEADERS_built_NAME   INCLUDEDIR-SERVER/MODULEDIR/NAME, NAME being a module
#   MODULEDIR           "extension" when EXTENSION is set, else "contrib"
#   NO_INSTALL          nothing is installed
#
#   How
#   PG_CPPFLAGS PG_LDFLAGS   come before CPPFLAGS and LDFLAGS
#   PG_CFLAGS PG_CXXFLAGS    come after CFLAGS and CXXFLAGS
#   SHLIB_LINK SHLIB_LINK_INTERNAL   to link modules with
#   PG_LIBS PG_LIBS_INTERNAL         to link PROGRAM with
#               (for libpq: PG_CPPFLAGS = -I$(libpq_srcdir), SHLIB_LINK or PG_LIBS = $(libpq))
#   COPT PROFILE   more flags, from the command line or the environment
#   EXTRA_CLEAN    files and folders that "make clean" removes
#   PGFILEDESC     means something on Windows only
#   PG_CONFIG      which installation to build for
#   DESTDIR        put before each folder that is installed to
#
#   Tests: see pgxs_tests.mk.
#
# Targets: all install installdirs uninstall clean distclean, and those of
# pgxs_tests.mk. A build outside the source tree: "make -f SOURCE/Makefile", or
# "make VPATH=SOURCE" (or USE_VPATH) with a makefile of its own.

ifndef PGXS
$(error PGXS is not set: the path that "pg_config --pgxs" prints)
endif

ifndef top_builddir
top_builddir := $(patsubst %/src/makefiles/,%,$(dir $(PGXS)))
endif

# Here, unless the makefile asks for another goal first.
all:

include $(top_builddir)/src/Makefile.global

# ---- Where the sources are ------------------------------------------------

makefile_folder := $(patsubst %/,%,$(dir $(firstword $(MAKEFILE_LIST))))
ifdef VPATH
srcdir := $(VPATH)
else ifdef USE_VPATH
srcdir := $(USE_VPATH)
else ifneq ($(abspath $(makefile_folder)),$(CURDIR))
srcdir := $(makefile_folder)
else
srcdir := .
endif
ifneq ($(srcdir),.)
VPATH := $(srcdir)
vpath_build = yes
endif
abs_srcdir := $(abspath $(srcdir))
abs_builddir := $(CURDIR)

# What tests of PostgreSQL's own modules take from its source tree.
ifndef IN_TREE
top_srcdir := $(or $(firstword $(subst :, ,$(POSTGRES_SOURCE))),$(top_builddir))
endif

# A file named without a folder may lie in the source tree or be built here.
find_file = $(if $(wildcard $(1)),$(1),$(srcdir)/$(1))

# ---- How to compile and link ----------------------------------------------

ifdef IN_TREE
server_includes = -I$(abs_top_builddir)/src/include -I$(abs_top_srcdir)/src/include
# Callbacks have the parameters that their caller gives, used or not.
module_extra = -Wextra -Wno-unused-parameter $(PG_WERROR)
else
server_includes = -I$(includedir_server) -I$(includedir_internal)
endif

# What the user gave on the command line is part of the result, too, and rules
# for single objects can still add to it.
set_flags = $(eval $(if $(filter command%,$(origin $(1))),override )$(1) := $(2))

$(call set_flags,CPPFLAGS,$(PG_CPPFLAGS) -I. -I$(srcdir) $(server_includes) $(PG_CPPFLAGS_BASE) $(CPPFLAGS))
$(call set_flags,CFLAGS,$(PG_MODULE_CFLAGS) $(module_extra) $(PG_SANITIZE) $(CFLAGS) $(COPT) $(PROFILE) $(PG_CFLAGS))
$(call set_flags,CXXFLAGS,$(PG_MODULE_CXXFLAGS) $(module_extra) $(PG_SANITIZE) $(CXXFLAGS) $(COPT) $(PROFILE) $(PG_CXXFLAGS))
$(call set_flags,LDFLAGS,$(PG_LDFLAGS) $(PG_MODULE_LDFLAGS) $(PG_SANITIZE) $(LDFLAGS) $(COPT))

module_objs = $(OBJS) $(addsuffix .o,$(MODULES))
depend_files = $(patsubst %.o,%.d,$(module_objs))

# C++ objects in a module pull in the C++ driver to link it.
cxx_sources = $(foreach ending,.cpp .cc .cxx,$(wildcard $(1:.o=$(ending)) $(addprefix $(srcdir)/,$(1:.o=$(ending)))))
linker = $(if $(strip $(call cxx_sources,$(1))),$(CXX) $(CXXFLAGS),$(CC) $(CFLAGS))
link_shared = $(call linker,$(1)) -shared -o $@ $(1) $(LDFLAGS) $(LDFLAGS_SL) $(SHLIB_LINK_INTERNAL) $(SHLIB_LINK)

make_folder = $(if $(filter ./,$(@D)/),,@$(MKDIR_P) $(@D))
depend_flags = -MMD -MP -MF $(@:.o=.d)

%.o: %.c
	$(make_folder)
	$(call quiet,CC,$@)$(CC) $(CFLAGS) $(CFLAGS_SL) $(CPPFLAGS) $(depend_flags) -c -o $@ $<

define cxx_rule
%.o: %$(1)
	$$(make_folder)
	$$(call quiet,CXX,$$@)$$(CXX) $$(CXXFLAGS) $$(CFLAGS_SL) $$(CPPFLAGS) $$(depend_flags) -c -o $$@ $$<
endef
$(foreach ending,.cpp .cc .cxx,$(eval $(call cxx_rule,$(ending))))

%$(DLSUFFIX): %.o
	$(call quiet,LINK,$@)$(call link_shared,$<)

ifdef MODULE_big
shlib = $(MODULE_big)$(DLSUFFIX)
$(shlib): $(OBJS)
	$(call quiet,LINK,$@)$(call link_shared,$(OBJS))
endif

ifdef PROGRAM
$(PROGRAM): $(OBJS)
	$(call quiet,LINK,$@)$(call linker,$(OBJS)) -o $@ $(OBJS) $(PG_LIBS_INTERNAL) $(LDFLAGS) $(LDFLAGS_EX) $(PG_LIBS) $(LIBS)
endif

# Scripts of modules that are no extensions name their library in this way.
%.sql: %.sql.in
	$(call quiet,GEN,$@)sed 's,MODULE_PATHNAME,$$libdir/$*,g' $< >$@

%.c: %.y
	$(BISON) -d $(BISONFLAGS) -o $@ $<

%.c: %.l
	$(FLEX) $(FLEXFLAGS) -o'$@' $<

-include $(depend_files)

# ---- What goes where ------------------------------------------------------

moduledir := $(or $(MODULEDIR),$(if $(EXTENSION),extension,contrib))
datamoduledir := $(moduledir)
docmoduledir := $(moduledir)
incmoduledir := $(moduledir)

# Headers lie in a folder that bears their module's name. HEADERS without a
# name belong to the only module that there is.
header_owners := $(or $(MODULE_big),$(MODULES))
header_names := $(patsubst built_%,%,$(patsubst HEADERS_%,%,$(filter HEADERS_%,$(.VARIABLES))))
homeless_headers := $(filter-out built $(header_owners),$(header_names))
ifneq ($(homeless_headers),)
$(error $(homeless_headers:%=HEADERS_%) set, but there is no such module)
endif
ifneq ($(words $(header_owners))$(HEADERS)$(HEADERS_built),$(words $(header_owners)))
ifneq ($(words $(header_owners)),1)
$(error HEADERS needs MODULE_big or a single module; use HEADERS_NAME for several)
endif
HEADERS_$(header_owners) += $(HEADERS)
HEADERS_built_$(header_owners) += $(HEADERS_built)
endif
built_headers = $(foreach m,$(header_owners),$(HEADERS_built_$(m)))

built_libs = $(addsuffix $(DLSUFFIX),$(MODULES)) $(shlib)
built_all = $(built_libs) $(PROGRAM) $(DATA_built) $(SCRIPTS_built) $(built_headers)
controls = $(addsuffix .control,$(EXTENSION))

# One line each: KIND:FOLDER:FILES.
define nl


endef
places = $(call $(1),SHLIB,$(pkglibdir),$(built_libs))\
$(call $(1),DATA,$(datadir)/extension,$(controls))\
$(call $(1),DATA,$(datadir)/$(datamoduledir),$(DATA) $(DATA_built))\
$(call $(1),DATA,$(datadir)/tsearch_data,$(DATA_TSEARCH))\
$(call $(1),DATA,$(docdir)/$(docmoduledir),$(DOCS))\
$(call $(1),PROGRAM,$(bindir),$(PROGRAM))\
$(call $(1),SCRIPT,$(bindir),$(SCRIPTS) $(SCRIPTS_built))\
$(foreach m,$(header_owners),$(call $(1),DATA,$(includedir_server)/$(incmoduledir)/$(m),$(HEADERS_$(m)) $(HEADERS_built_$(m))))

make_place = $(if $(strip $(3)),$(MKDIR_P) '$(DESTDIR)$(2)'$(nl))
fill_place = $(if $(strip $(3)),$(INSTALL_$(1)) $(foreach f,$(3),$(call find_file,$(f))) '$(DESTDIR)$(2)/'$(nl))
clear_place = $(if $(strip $(3)),rm -f $(foreach f,$(3),'$(DESTDIR)$(2)/$(notdir $(f))')$(nl))

all: $(built_all) $(controls)

ifdef NO_INSTALL
install: all
installdirs uninstall: ;
else
installdirs:
	$(call places,make_place)

install: all installdirs
	$(call places,fill_place)

uninstall:
	$(call places,clear_place)
endif

clean: clean-tests
	rm -f $(built_all) $(module_objs) $(depend_files)
	$(if $(strip $(EXTRA_CLEAN)),rm -rf $(EXTRA_CLEAN))

distclean maintainer-clean: clean

# ---- Folders within the module --------------------------------------------
# $(call recurse,TARGETS,FOLDERS,TARGET-THERE): targets of the same names in
# other folders run first. recurse_always differs where nothing is generated
# beforehand, so here it is the same.

define recurse_rule
.PHONY: $(1)-$(2)-recurse
$(1): $(1)-$(2)-recurse
$(1)-$(2)-recurse:
	+$$(MAKE) -C $(2) $(3)
endef
standard_targets = all install installdirs uninstall clean distclean
recurse = $(foreach target,$(or $(1),$(standard_targets)),$(foreach folder,$(or $(2),$(SUBDIRS)),$(eval \
	$(call recurse_rule,$(target),$(folder),$(or $(3),$(target))))))
recurse_always = $(recurse)

.SECONDARY: $(module_objs)
.PHONY: all install installdirs uninstall clean distclean maintainer-clean

include $(dir $(PGXS))pgxs_tests.mk
