# The lessons other gateways paid for: tests that belong to no single layer, and the index of what shows each of them.
check_PROGRAMS += test_conclude
TESTS += test_conclude
test_conclude_SOURCES = tests/unit/test_conclude.c tests/unit/council_folder.h tests/unit/fake_milter.c tests/unit/fake_milter.h
test_conclude_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_conclude_LDADD = src/milter/libgate.a $(all_layers) $(DEPS_LIBS) $(CMOCKA_LIBS) -letpan -lcsv

TESTS += tests/lessons/check tests/lessons/never-accept tests/lessons/default-action
dist_check_SCRIPTS += tests/lessons/check tests/lessons/never-accept tests/lessons/default-action
EXTRA_DIST += tests/lessons/INDEX tests/cases/lessons.cases tests/e2e/100-every-hold.py tests/e2e/110-release-refused.py
