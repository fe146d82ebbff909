noinst_LIBRARIES += src/milter/libgate.a
src_milter_libgate_a_SOURCES = \
	src/milter/apply.c include/milter/apply.h \
	src/milter/callbacks.c include/milter/callbacks.h \
	src/milter/chores.c include/milter/chores.h \
	src/milter/conclude.c include/milter/conclude.h \
	src/milter/gate.c include/milter/gate.h \
	src/milter/session.c include/milter/session.h \
	src/milter/supervisor.c include/milter/supervisor.h
src_milter_libgate_a_CFLAGS = $(AM_CFLAGS) $(MILTER_CFLAGS)

check_PROGRAMS += test_session
TESTS += test_session
test_session_SOURCES = tests/unit/test_session.c
test_session_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_session_LDADD = src/milter/libgate.a src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)

sbin_PROGRAMS += copyhold-milter
copyhold_milter_SOURCES = src/milter/main.c
copyhold_milter_CFLAGS = $(AM_CFLAGS) $(MILTER_CFLAGS)
copyhold_milter_LDADD = src/milter/libgate.a $(all_layers) $(MILTER_LIBS) $(DEPS_LIBS) -letpan -lcsv
