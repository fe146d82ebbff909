noinst_LIBRARIES += src/reading/libreading.a
src_reading_libreading_a_SOURCES = \
	src/reading/html.c include/reading/html.h \
	src/reading/html_guard.c include/reading/html_guard.h \
	src/reading/html_style.c include/reading/html_style.h \
	src/reading/html_tree.c include/reading/html_tree.h

check_PROGRAMS += test_html
TESTS += test_html
test_html_SOURCES = tests/unit/test_html.c
test_html_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_html_LDADD = src/reading/libreading.a src/message/libmessage.a src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS) -letpan -lcsv
