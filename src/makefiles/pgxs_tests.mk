# pgxs_tests.mk
#   The tests of a module; included by pgxs.mk.
#
#   REGRESS        tests of pg_regress: sql/NAME.sql, expected/NAME.out
#   REGRESS_OPTS   switches for pg_regress
#   REGRESS_PREP   targets that have to be made first
#   ISOLATION ISOLATION_OPTS   the same for pg_isolation_regress: specs/NAME.spec
#   TAP_TESTS      set: there are tests t/*.pl
#   NO_INSTALLCHECK            no "installcheck": the tests need a server of their own
#   USE_MODULE_DB  set: the database bears the module's name
#
#   From the command line or the environment:
#   EXTRA_REGRESS_OPTS         more switches for pg_regress
#   TEMP_CONFIG    a file with settings for servers of "make check"
#   ENCODING NO_LOCALE         of the databases
#   PROVE PROVE_FLAGS PROVE_TESTS   how to run TAP tests, and which
#   POSTGRES_SOURCE   a source tree of PostgreSQL: what makefiles find below
#                  $(top_srcdir), and its Perl modules for TAP tests
#   EXTRA_INSTALL  folders of modules that "make check" installs, too
#
# Targets:
#   installcheck   tests against the running server
#   check          tests against a server of their own, with a copy of the
#                  installation in ./tmp_install that the module is added to

pg_regress_clean_files = results/ regression.diffs regression.out tmp_check/ tmp_check_iso/ log/ output_iso/

.PHONY: clean-tests check installcheck submake temp-install
clean-tests:
	rm -rf $(if $(REGRESS)$(ISOLATION)$(TAP_TESTS),$(pg_regress_clean_files) tmp_install/)

# There is nothing to build: the programs are installed.
submake:

ifndef IN_TREE

# ---- Names ----------------------------------------------------------------

test_db_suffix = $(if $(USE_MODULE_DB),_$(or $(NAME),$(MODULE_big),$(firstword $(MODULES)),$(firstword $(2))))
CONTRIB_TESTDB ?= contrib_regression$(call test_db_suffix,,$(REGRESS))
ISOLATION_TESTDB ?= isolation_regression$(call test_db_suffix,,$(ISOLATION))

NOLOCALE = $(if $(NO_LOCALE),--no-locale)
pg_regress_locale_flags = $(if $(ENCODING),--encoding=$(ENCODING)) $(NOLOCALE)
TEMP_CONF = $(if $(TEMP_CONFIG),--temp-config=$(TEMP_CONFIG))
regress_program = $(1)$(pgxsdir)/src/test/regress/pg_regress
isolation_program = $(1)$(pgxsdir)/src/test/isolation/pg_isolation_regress
ifdef REGRESS
REGRESS_OPTS += --dbname=$(CONTRIB_TESTDB)
endif
ifdef ISOLATION
ISOLATION_OPTS += --dbname=$(ISOLATION_TESTDB)
endif

# The Perl modules of TAP tests come with PostgreSQL's sources, and on Debian
# with the package postgresql-server-dev-15.
perl_folders = $(wildcard $(addsuffix /src/test/perl,$(subst :, ,$(POSTGRES_SOURCE)) $(top_builddir) $(lastword \
	$(sort $(wildcard /usr/lib/postgresql/*/lib/pgxs)))))
PG_PROVE_FLAGS = $(addprefix -I ,$(firstword $(perl_folders))) -I $(srcdir)

# ---- With the server that runs --------------------------------------------

pg_regress_installcheck = $(call regress_program) --inputdir=$(srcdir) --bindir='$(bindir)' \
	$(pg_regress_locale_flags) $(EXTRA_REGRESS_OPTS)
pg_isolation_regress_installcheck = $(call isolation_program) --inputdir=$(srcdir) --outputdir=output_iso \
	--bindir='$(bindir)' $(pg_regress_locale_flags) $(EXTRA_REGRESS_OPTS)

# $(call run_prove,DESTDIR-OF-THE-INSTALLATION)
run_prove = rm -rf '$(CURDIR)/tmp_check' && $(MKDIR_P) '$(CURDIR)/tmp_check' && cd '$(srcdir)' && \
	TESTLOGDIR='$(CURDIR)/tmp_check/log' TESTDATADIR='$(CURDIR)/tmp_check' TESTDIR='$(CURDIR)' \
	PATH="$(1)$(bindir):$(CURDIR):$$PATH" PGPORT='6$(DEF_PGPORT)' top_builddir='$(1)$(pgxsdir)' \
	PG_REGRESS='$(call regress_program,$(1))' share_contrib_dir='$(1)$(datadir)/extension' \
	$(PROVE) $(PG_PROVE_FLAGS) $(PROVE_FLAGS) $(or $(PROVE_TESTS),t/*.pl)
prove_installcheck = $(call run_prove)

ifndef NO_INSTALLCHECK
installcheck: submake $(REGRESS_PREP)
	$(if $(REGRESS),$(pg_regress_installcheck) $(REGRESS_OPTS) $(REGRESS))
	$(if $(ISOLATION),$(pg_isolation_regress_installcheck) $(ISOLATION_OPTS) $(ISOLATION))
	$(if $(TAP_TESTS),$(prove_installcheck))
else
installcheck: ;
endif

# ---- With a server of their own -------------------------------------------
# The programs find the rest of their installation from where they lie, so a
# copy of the parts that a server needs can take the module. Links where the
# file system and the owner allow them.

temp_root = $(CURDIR)/tmp_install
copy_to_temp = $(MKDIR_P) '$(temp_root)$(dir $(1))' && \
	{ cp -al '$(1)' '$(temp_root)$(dir $(1))' 2>/dev/null || cp -a '$(1)' '$(temp_root)$(dir $(1))'; }
server_programs = postgres initdb pg_ctl pg_config

temp-install: all
	rm -rf '$(temp_root)'
	@$(foreach p,$(server_programs:%=$(bindir)/%) $(datadir) $(pkglibdir),$(call copy_to_temp,$(p)) && ) true
	+$(MAKE) -f '$(firstword $(MAKEFILE_LIST))' install DESTDIR='$(temp_root)' >/dev/null
	+$(foreach folder,$(EXTRA_INSTALL),$(MAKE) -C '$(folder)' install DESTDIR='$(temp_root)' >/dev/null$(nl))

with_temp_install = PATH="$(temp_root)$(bindir):$(CURDIR):$$PATH"
pg_regress_check = $(with_temp_install) $(call regress_program,$(temp_root)) --temp-instance=./tmp_check \
	--inputdir=$(srcdir) --bindir='$(temp_root)$(bindir)' $(TEMP_CONF) $(pg_regress_locale_flags) $(EXTRA_REGRESS_OPTS)
pg_isolation_regress_check = $(with_temp_install) $(call isolation_program,$(temp_root)) \
	--temp-instance=./tmp_check_iso --inputdir=$(srcdir) --outputdir=output_iso --bindir='$(temp_root)$(bindir)' \
	$(TEMP_CONF) $(pg_regress_locale_flags) $(EXTRA_REGRESS_OPTS)
prove_check = $(call run_prove,$(temp_root))

check: temp-install submake $(REGRESS_PREP)
	$(if $(REGRESS),$(pg_regress_check) $(REGRESS_OPTS) $(REGRESS))
	$(if $(ISOLATION),$(pg_isolation_regress_check) $(ISOLATION_OPTS) $(ISOLATION))
	$(if $(TAP_TESTS),$(prove_check))

# Data that tests read lies beside their results.
ifdef vpath_build
test_data := $(patsubst $(srcdir)/%,%,$(wildcard $(srcdir)/data/*.data))
all: $(addprefix $(abs_builddir)/,$(test_data))
$(addprefix $(abs_builddir)/,$(test_data)): $(abs_builddir)/%: $(abs_srcdir)/%
	@$(MKDIR_P) $(@D)
	$(LN_S) $< $@
endif

endif
