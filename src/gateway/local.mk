noinst_LIBRARIES += src/gateway/libgateway.a
src_gateway_libgateway_a_SOURCES = \
	src/gateway/answers.c include/gateway/answers.h \
	src/gateway/build.c include/gateway/build.h \
	src/gateway/commit.c \
	src/gateway/calendar.c \
	src/gateway/conduct.c \
	src/gateway/council.c \
	src/gateway/desk.c \
	src/gateway/due.c src/gateway/due_duty.c src/gateway/due_work.h include/gateway/due.h \
	src/gateway/enforcement.c \
	src/gateway/daily.c \
	src/gateway/envelope_of.c include/gateway/envelope_of.h \
	src/gateway/gateway.c src/gateway/remember.c src/gateway/remember_confidential.c src/gateway/remember_letters.c include/gateway/gateway.h include/gateway/remembering.h \
	src/gateway/lint.c src/gateway/lint_classes.c src/gateway/lint_clauses.c src/gateway/lint_clauses.h include/gateway/lint.h \
	src/gateway/memory.c \
	src/gateway/notices.c \
	src/gateway/packs.c include/gateway/people_file.h src/gateway/people_file.c \
	src/gateway/people_kept.c include/gateway/people_kept.h \
	src/gateway/rules.c \
	src/gateway/permissions.c \
	src/gateway/past.c include/gateway/past.h \
	src/gateway/rulebook.c include/gateway/rulebook.h \
	src/gateway/policy_test.c src/gateway/policy_test_read.c include/gateway/policy_test.h \
	src/gateway/reference.c include/gateway/reference.h \
	src/gateway/retention.c \
	src/gateway/review.c \
	src/gateway/reviewing.c include/gateway/reviewing.h \
	src/gateway/service.c src/gateway/report_keys.h \
	src/gateway/snapshot.c include/gateway/snapshot.h \
	src/gateway/unlisted.c include/gateway/unlisted.h

check_PROGRAMS += test_notices
TESTS += test_notices
test_notices_SOURCES = tests/unit/test_notices.c tests/unit/snapshot_case.h tests/unit/council_folder.h
test_notices_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_notices_LDADD = $(all_layers) $(DEPS_LIBS) $(CMOCKA_LIBS) -letpan -lcsv

check_PROGRAMS += test_people_kept
TESTS += test_people_kept
test_people_kept_SOURCES = tests/unit/test_people_kept.c tests/unit/snapshot_case.h tests/unit/council_folder.h
test_people_kept_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_people_kept_LDADD = $(all_layers) $(DEPS_LIBS) $(CMOCKA_LIBS) -letpan -lcsv

check_PROGRAMS += test_permissions
TESTS += test_permissions
test_permissions_SOURCES = tests/unit/test_permissions.c tests/unit/snapshot_case.h tests/unit/council_folder.h
test_permissions_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_permissions_LDADD = $(all_layers) $(DEPS_LIBS) $(CMOCKA_LIBS) -letpan -lcsv
