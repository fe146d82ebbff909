# What a message costs, as ratios to a filter that does nothing: by name only, for its figures say something on a quiet machine.
EXTRA_PROGRAMS = milter_load floor reader_cost memory_cost load_cost
memory_cost_SOURCES = tests/bench/memory_cost.c
memory_cost_LDADD = $(all_layers) $(DEPS_LIBS) -letpan -lcsv
milter_load_SOURCES = tests/bench/milter_load.c tests/bench/milter_wire.c tests/bench/milter_wire.h
milter_load_CFLAGS = $(AM_CFLAGS) $(MILTER_CFLAGS)
floor_SOURCES = tests/bench/floor.c
floor_CFLAGS = $(AM_CFLAGS) $(MILTER_CFLAGS)
floor_LDADD = $(MILTER_LIBS)
reader_cost_SOURCES = tests/bench/reader_cost.c
reader_cost_LDADD = $(all_layers) $(document_libraries) $(DEPS_LIBS) -letpan -lcsv
load_cost_SOURCES = tests/bench/load_cost.c
load_cost_LDADD = $(all_layers) $(DEPS_LIBS) -letpan -lcsv
CLEANFILES += load_cost milter_load floor reader_cost memory_cost
EXTRA_DIST += tests/tsan tests/bench/run.py tests/bench/inputs.py tests/bench/large_policy.py tests/bench/RESULTS

bench: all milter_load floor reader_cost memory_cost load_cost
	$(srcdir)/tests/bench/run.py $(abs_builddir) $(abs_srcdir) $(BENCH_OPTIONS)
.PHONY: bench

# The gate of a thread-sanitizer build under load and reloads (configure --enable-sanitize=thread).
check-tsan: copyhold-milter copyhold-reader milter_load
	$(srcdir)/tests/tsan $(abs_builddir)
.PHONY: check-tsan
