noinst_LIBRARIES += src/action/libaction.a
src_action_libaction_a_SOURCES = \
	include/action/footer.h include/action/plan.h \
	src/action/beside.c \
	src/action/companion.c \
	src/action/late.c \
	src/action/edits.c include/action/edits.h \
	src/action/foot_style.c include/action/foot_style.h \
	src/action/foot_text.c include/action/foot_text.h \
	src/action/foot_seen.c include/action/foot_seen.h \
	src/action/fate.c src/action/outlook.c include/action/outlook.h \
	src/action/footer.c \
	src/action/notice.c include/action/notice.h \
	src/action/notice_words.c include/action/notice_words.h \
	src/action/obstacle.c include/action/obstacle.h \
	src/action/own_mail.c include/action/own_mail.h \
	src/action/plan.c src/action/plan_names.c src/action/plan_own.c src/action/plan_tell.c include/action/plan_work.h \
	src/action/splice.c include/action/splice.h \
	src/action/splice_base64.c \
	src/action/splice_quoted.c \
	src/action/transcribe.c include/action/transcribe.h \
	src/action/untouched.c \
	src/action/widen.c include/action/widen.h

action_test_libs = src/action/libaction.a src/policy/libpolicy.a src/facts/libfacts.a src/memory/libmemory.a src/directory/libdirectory.a \
	src/reading/libreading.a src/message/libmessage.a src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS) -letpan -lcsv

check_PROGRAMS += test_beside
TESTS += test_beside
test_beside_SOURCES = tests/unit/test_beside.c
test_beside_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_beside_LDADD = $(action_test_libs)

check_PROGRAMS += test_splice
TESTS += test_splice
test_splice_SOURCES = tests/unit/test_splice.c
test_splice_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_splice_LDADD = $(action_test_libs)

check_PROGRAMS += test_footer
TESTS += test_footer
test_footer_SOURCES = tests/unit/test_footer.c
test_footer_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_footer_LDADD = $(action_test_libs)

check_PROGRAMS += test_notice
TESTS += test_notice
test_notice_SOURCES = tests/unit/test_notice.c
test_notice_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_notice_LDADD = $(action_test_libs)

check_PROGRAMS += test_plan
TESTS += test_plan
test_plan_SOURCES = tests/unit/test_plan.c
test_plan_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_plan_LDADD = $(action_test_libs)
