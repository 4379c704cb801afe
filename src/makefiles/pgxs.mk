# pgxs.mk
#   Builds and installs a module, in this tree (contrib/) or anywhere else
#   against an installed server. A module's Makefile sets variables and then
#   includes this file:
#
#     MODULES = worker_spi               # each NAME.c or NAME.cpp becomes NAME.so
#     PGXS := $(shell pg_config --pgxs)
#     include $(PGXS)
#
#   MODULES     shared objects made of one source file of that name each
#   MODULE_big  one shared object made of OBJS
#   OBJS        object files of MODULE_big or PROGRAM
#   PROGRAM     a program made of OBJS
#   EXTENSION   each NAME.control goes to SHAREDIR/extension
#   DATA, DATA_built    files for SHAREDIR/MODULEDIR (default: extension when
#               EXTENSION is set, else contrib)
#   DOCS        files for DOCDIR/MODULEDIR
#   SCRIPTS, SCRIPTS_built   executables for BINDIR
#   HEADERS, HEADERS_built   headers for INCLUDEDIR-SERVER/MODULEDIR/NAME
#   PG_CPPFLAGS, PG_CFLAGS, PG_CXXFLAGS, PG_LDFLAGS, SHLIB_LINK, PG_LIBS, LIBS
#               (for libpq: PG_CPPFLAGS = -I$(libpq_srcdir) and SHLIB_LINK = $(libpq))
#   EXTRA_CLEAN files that "make clean" removes
#   PG_CONFIG   which installation to build for
#
# Targets: all install uninstall clean distclean. Builds outside the source
# tree work with VPATH set to the module's source folder.

ifndef top_builddir
top_builddir := $(patsubst %/src/makefiles/,%,$(dir $(PGXS)))
endif

all:

include $(top_builddir)/src/Makefile.global

ifdef VPATH
srcdir = $(VPATH)
else
srcdir = .
endif

# A file named without a folder may lie in the source tree or be built here.
find_file = $(if $(wildcard $(1)),$(1),$(srcdir)/$(1))

# ---- How to compile and link ----------------------------------------------

ifdef IN_TREE
server_includes = -I$(abs_top_builddir)/src/include -I$(abs_top_srcdir)/src/include
# Callbacks have the parameters that their caller gives, used or not.
module_extra = -Wextra -Wno-unused-parameter $(PG_WERROR)
else
server_includes = -I$(includedir_server)
endif

# The server's headers come before PG_CPPFLAGS: libpq's folder holds a pg_config.h, too.
ALL_CPPFLAGS = -I. -I$(srcdir) $(server_includes) $(PG_CPPFLAGS) $(PG_CPPFLAGS_BASE) $(CPPFLAGS) $(COPT)
ALL_CFLAGS = $(PG_MODULE_CFLAGS) $(module_extra) $(PG_SANITIZE) $(CFLAGS) $(PG_CFLAGS) $(CFLAGS_SL)
ALL_CXXFLAGS = $(PG_MODULE_CXXFLAGS) $(module_extra) $(PG_SANITIZE) $(CXXFLAGS) $(PG_CXXFLAGS) $(CFLAGS_SL)
ALL_LDFLAGS = $(PG_LDFLAGS_BASE) $(PG_SANITIZE) $(LDFLAGS) $(PG_LDFLAGS)

# C++ objects in a module pull in the C++ driver to link it.
module_objs = $(OBJS) $(addsuffix .o,$(MODULES))
has_cxx := $(strip $(foreach o,$(module_objs),$(wildcard $(srcdir)/$(o:.o=.cpp) $(srcdir)/$(o:.o=.cc))))
linker = $(if $(has_cxx),$(CXX),$(CC))

%.o: %.c
	$(call quiet,CC,$@)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -MF $*.d -c -o $@ $<

%.o: %.cpp
	$(call quiet,CXX,$@)$(CXX) $(ALL_CPPFLAGS) $(ALL_CXXFLAGS) -MMD -MP -MF $*.d -c -o $@ $<

%.o: %.cc
	$(call quiet,CXX,$@)$(CXX) $(ALL_CPPFLAGS) $(ALL_CXXFLAGS) -MMD -MP -MF $*.d -c -o $@ $<

%$(DLSUFFIX): %.o
	$(call quiet,LINK,$@)$(linker) -shared -o $@ $< $(ALL_LDFLAGS) $(SHLIB_LINK_INTERNAL) $(SHLIB_LINK) $(LIBS)

ifdef MODULE_big
shlib = $(MODULE_big)$(DLSUFFIX)
$(shlib): $(OBJS)
	$(call quiet,LINK,$@)$(linker) -shared -o $@ $(OBJS) $(ALL_LDFLAGS) $(SHLIB_LINK_INTERNAL) $(SHLIB_LINK) $(LIBS)
endif

ifdef PROGRAM
$(PROGRAM): $(OBJS)
	$(call quiet,LINK,$@)$(linker) -o $@ $(OBJS) $(ALL_LDFLAGS) $(PG_LIBS_INTERNAL) $(PG_LIBS) $(LIBS)
endif

-include $(patsubst %.o,%.d,$(module_objs))

# ---- What to build and where it goes --------------------------------------

ifndef MODULEDIR
MODULEDIR = $(if $(EXTENSION),extension,contrib)
endif

built_libs = $(addsuffix $(DLSUFFIX),$(MODULES)) $(shlib)
built_all = $(built_libs) $(PROGRAM) $(DATA_built) $(SCRIPTS_built) $(HEADERS_built)
controls = $(addsuffix .control,$(EXTENSION))
name = $(or $(EXTENSION),$(MODULE_big),$(firstword $(MODULES)),$(PROGRAM))

# $(call install_to,KIND,FOLDER,FILES) and its opposite.
define install_to
$(if $(strip $(3)),$(MKDIR_P) '$(DESTDIR)$(2)' && $(INSTALL_$(1)) $(foreach f,$(3),$(call find_file,$(f))) '$(DESTDIR)$(2)/')
endef
define uninstall_from
$(if $(strip $(2)),rm -f $(foreach f,$(2),'$(DESTDIR)$(1)/$(notdir $(f))'))
endef

all: $(built_all)

install: all
	$(call install_to,SHLIB,$(pkglibdir),$(built_libs))
	$(call install_to,DATA,$(datadir)/extension,$(controls))
	$(call install_to,DATA,$(datadir)/$(MODULEDIR),$(DATA) $(DATA_built))
	$(call install_to,DATA,$(docdir)/$(MODULEDIR),$(DOCS))
	$(call install_to,PROGRAM,$(bindir),$(PROGRAM) $(SCRIPTS) $(SCRIPTS_built))
	$(call install_to,DATA,$(includedir_server)/$(MODULEDIR)/$(name),$(HEADERS) $(HEADERS_built))

uninstall:
	$(call uninstall_from,$(pkglibdir),$(built_libs))
	$(call uninstall_from,$(datadir)/extension,$(controls))
	$(call uninstall_from,$(datadir)/$(MODULEDIR),$(DATA) $(DATA_built))
	$(call uninstall_from,$(docdir)/$(MODULEDIR),$(DOCS))
	$(call uninstall_from,$(bindir),$(PROGRAM) $(SCRIPTS) $(SCRIPTS_built))
	$(call uninstall_from,$(includedir_server)/$(MODULEDIR)/$(name),$(HEADERS) $(HEADERS_built))

clean:
	rm -f $(built_all) $(module_objs) $(patsubst %.o,%.d,$(module_objs)) $(EXTRA_CLEAN)

distclean: clean

.SECONDARY: $(module_objs)
.PHONY: all install uninstall clean distclean
