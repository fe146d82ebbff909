noinst_LIBRARIES += src/base/libbase.a
src_base_libbase_a_SOURCES = \
	src/base/arena.c include/base/arena.h \
	src/base/bytes.c include/base/bytes.h \
	src/base/digest.c include/base/digest.h \
	src/base/error.c include/base/error.h \
	src/base/log.c include/base/log.h \
	src/base/text.c include/base/text.h

src_base_libbase_a_SOURCES += \
	src/base/pattern.c include/base/pattern.h \
	src/base/phrase.c include/base/phrase.h

check_PROGRAMS += test_pattern
TESTS += test_pattern
test_pattern_SOURCES = tests/unit/test_pattern.c
test_pattern_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_pattern_LDADD = src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)
