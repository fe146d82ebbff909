noinst_LIBRARIES += src/store/libstore.a
src_store_libstore_a_SOURCES = include/store/store.h include/store/decision.h include/store/statistics.h \
	src/store/answers.c include/store/answers.h \
	src/store/browse.c include/store/browse.h \
	src/store/cases.c src/store/cases.h \
	src/store/cases_journal.c \
	src/store/database.c src/store/database.h \
	src/store/decision.c \
	src/store/detail.c src/store/detail.h \
	src/store/held.c \
	src/store/journal.c src/store/chain.h src/store/verify.c \
	src/store/legal_hold.c \
	src/store/mark.c \
	include/store/store_memory.h src/store/memory_lane.h src/store/memory_expire.c src/store/memory_schema.c \
	src/store/memory_shelf.c src/store/memory_store.c \
	include/store/digest_slot.h src/store/digest_slot.c \
	include/store/used_code.h src/store/used_code.c \
	include/store/own_link.h src/store/own_link.c \
	src/store/outbox.c \
	include/store/passing.h src/store/passing.c \
	src/store/purge.c src/store/purge_order.h include/store/purge.h \
	src/store/late_notice.c src/store/late_notice.h src/store/record.c \
	src/store/duty.c include/store/duty.h src/store/duty_steps.h \
	src/store/reduce.c \
	src/store/schema.c \
	src/store/statistics.c \
	src/store/summary.c \
	src/store/tending.c

check_PROGRAMS += test_store
TESTS += test_store
test_store_SOURCES = tests/unit/test_store.c tests/unit/store_case.h
test_store_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_store_LDADD = src/store/libstore.a $(action_test_libs)

check_PROGRAMS += test_schema
TESTS += test_schema
test_schema_SOURCES = tests/unit/test_schema.c tests/unit/store_case.h
test_schema_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/src/store
test_schema_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_schema_LDADD = src/store/libstore.a $(action_test_libs)

check_PROGRAMS += test_purge
TESTS += test_purge
test_purge_SOURCES = tests/unit/test_purge.c tests/unit/purge_fixture.h
test_purge_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_purge_LDADD = src/store/libstore.a $(action_test_libs)

check_PROGRAMS += test_purge_faults
TESTS += test_purge_faults
test_purge_faults_SOURCES = tests/faults/test_purge_faults.c tests/faults/faulty_vfs.c tests/faults/faulty_vfs.h tests/unit/purge_fixture.h
test_purge_faults_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_purge_faults_LDADD = src/store/libstore.a $(action_test_libs)

check_PROGRAMS += test_reduce
TESTS += test_reduce
test_reduce_SOURCES = tests/unit/test_reduce.c tests/unit/purge_fixture.h
test_reduce_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_reduce_LDADD = src/store/libstore.a $(action_test_libs)

check_PROGRAMS += test_browse
TESTS += test_browse
test_browse_SOURCES = tests/unit/test_browse.c tests/unit/store_case.h
test_browse_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_browse_LDADD = src/store/libstore.a $(action_test_libs)

check_PROGRAMS += test_store_faults
TESTS += test_store_faults
test_store_faults_SOURCES = tests/faults/test_store_faults.c tests/faults/faulty_vfs.c tests/faults/faulty_vfs.h
test_store_faults_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_store_faults_LDADD = src/store/libstore.a $(action_test_libs)

check_PROGRAMS += test_store_together
TESTS += test_store_together
test_store_together_SOURCES = tests/faults/test_store_together.c tests/unit/store_case.h
test_store_together_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_store_together_LDADD = src/store/libstore.a $(action_test_libs)

check_PROGRAMS += test_statistics
TESTS += test_statistics
test_statistics_SOURCES = tests/unit/test_statistics.c tests/unit/store_case.h
test_statistics_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_statistics_LDADD = src/store/libstore.a $(action_test_libs)

check_PROGRAMS += test_used_code
TESTS += test_used_code
test_used_code_SOURCES = tests/unit/test_used_code.c tests/unit/store_case.h
test_used_code_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_used_code_LDADD = src/store/libstore.a $(action_test_libs)

check_PROGRAMS += test_statistics_edges
TESTS += test_statistics_edges
test_statistics_edges_SOURCES = tests/unit/test_statistics_edges.c tests/unit/store_case.h
test_statistics_edges_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_statistics_edges_LDADD = src/store/libstore.a $(action_test_libs)

check_PROGRAMS += test_late_notice
TESTS += test_late_notice
test_late_notice_SOURCES = tests/unit/test_late_notice.c tests/unit/store_case.h
test_late_notice_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_late_notice_LDADD = src/store/libstore.a $(action_test_libs)

check_PROGRAMS += test_told
TESTS += test_told
test_told_SOURCES = tests/unit/test_told.c tests/unit/store_case.h
test_told_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_told_LDADD = src/store/libstore.a $(action_test_libs)

check_PROGRAMS += test_duty
TESTS += test_duty
test_duty_SOURCES = tests/unit/test_duty.c tests/unit/store_case.h
test_duty_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_duty_LDADD = src/store/libstore.a $(action_test_libs)

check_PROGRAMS += test_memory
TESTS += test_memory
test_memory_SOURCES = tests/unit/test_memory.c tests/unit/memory_case.h tests/unit/council_folder.h
test_memory_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_memory_LDADD = src/store/libstore.a $(action_test_libs)

check_PROGRAMS += test_memory_named
TESTS += test_memory_named
test_memory_named_SOURCES = tests/unit/test_memory_named.c tests/unit/memory_case.h tests/unit/council_folder.h
test_memory_named_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_memory_named_LDADD = src/store/libstore.a $(action_test_libs)

check_PROGRAMS += test_memory_faults
TESTS += test_memory_faults
test_memory_faults_SOURCES = tests/faults/test_memory_faults.c tests/faults/faulty_vfs.c tests/faults/faulty_vfs.h tests/unit/memory_case.h tests/unit/council_folder.h
test_memory_faults_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_memory_faults_LDADD = src/store/libstore.a $(action_test_libs)
