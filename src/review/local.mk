noinst_LIBRARIES += src/review/libreview.a
src_review_libreview_a_SOURCES = include/review/release_service.h \
	src/review/release_service.c

check_PROGRAMS += test_release_service
TESTS += test_release_service
test_release_service_SOURCES = tests/unit/test_release_service.c
test_release_service_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_release_service_LDADD = src/review/libreview.a src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)
