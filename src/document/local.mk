# Linked with $(DOCUMENT_LIBS) and libytnef, and by the reader process alone.
noinst_LIBRARIES += src/document/libdocument.a
src_document_libdocument_a_CFLAGS = $(AM_CFLAGS) $(DOCUMENT_CFLAGS)
src_document_libdocument_a_SOURCES = \
	include/document/document.h include/document/formats.h include/document/looks.h \
	src/document/document.c \
	src/document/documents.c \
	src/document/looks.c \
	src/document/looks_compound.c

document_libraries = src/document/libdocument.a src/message/libmessage.a src/base/libbase.a $(DOCUMENT_LIBS) -lytnef $(DEPS_LIBS) -letpan

check_PROGRAMS += test_document
TESTS += test_document
test_document_SOURCES = tests/unit/test_document.c
test_document_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_document_LDADD = $(document_libraries) $(CMOCKA_LIBS)
