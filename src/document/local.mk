# Linked with $(DOCUMENT_LIBS) and libytnef, and by the reader process alone.
noinst_LIBRARIES += src/document/libdocument.a
src_document_libdocument_a_CFLAGS = $(AM_CFLAGS) $(DOCUMENT_CFLAGS)
src_document_libdocument_a_SOURCES = \
	include/document/document.h include/document/formats.h include/document/looks.h include/document/unpack.h \
	src/document/container.c \
	src/document/document.c \
	src/document/documents.c \
	src/document/looks.c \
	src/document/looks_compound.c \
	src/document/unpack.c

document_libraries = src/document/libdocument.a src/message/libmessage.a src/base/libbase.a $(DOCUMENT_LIBS) -lytnef $(DEPS_LIBS) -letpan

check_PROGRAMS += test_document test_container
TESTS += test_document test_container
test_document_SOURCES = tests/unit/test_document.c
test_document_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_document_LDADD = $(document_libraries) $(CMOCKA_LIBS)
test_container_SOURCES = tests/unit/test_container.c tests/unit/packing.h
test_container_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS) $(DOCUMENT_CFLAGS)
test_container_LDADD = $(document_libraries) $(CMOCKA_LIBS)
