noinst_LIBRARIES += src/memory/libmemory.a
src_memory_libmemory_a_SOURCES = include/memory/memory.h include/memory/trace.h \
	include/memory/courtesy.h src/memory/courtesy.c include/memory/print.h src/memory/trace_parts.h \
	src/memory/memory.c src/memory/print.c src/memory/trace.c src/memory/trace_files.c src/memory/trace_texts.c \
	include/memory/mark.h src/memory/mark.c \
	include/memory/shelf.h src/memory/recall.c src/memory/remember.c src/memory/named.c \
	src/memory/search.h src/memory/search.c src/memory/ancestors.c \
	src/memory/slots.h src/memory/slots.c src/memory/volatile.h src/memory/volatile.c src/memory/volatile_copies.c

check_PROGRAMS += test_print
TESTS += test_print
test_print_SOURCES = tests/unit/test_print.c tests/unit/reading_case.h
test_print_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_print_LDADD = src/memory/libmemory.a src/reading/libreading.a src/message/libmessage.a src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS) -letpan -lcsv
