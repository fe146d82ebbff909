# Linked with $(DOCUMENT_LIBS), and by the reader process alone.
noinst_LIBRARIES += src/document/libdocument.a
src_document_libdocument_a_CFLAGS = $(AM_CFLAGS) $(DOCUMENT_CFLAGS)
src_document_libdocument_a_SOURCES = \
	include/document/document.h include/document/formats.h include/document/looks.h include/document/unpack.h \
	include/document/flow.h include/document/office.h include/document/package.h include/document/sheet_margin.h include/document/xml.h \
	src/document/container.c \
	src/document/document.c \
	src/document/documents.c \
	src/document/drawing_xml.c \
	src/document/flow.c \
	src/document/looks.c \
	src/document/opendocument.c \
	src/document/package.c \
	src/document/property_xml.c \
	src/document/sheet_margin.c \
	src/document/sheet_xml.c \
	src/document/unpack.c \
	src/document/word_xml.c \
	src/document/xml.c
# Office files, Outlook's messages and other single formats.
src_document_libdocument_a_SOURCES += \
	include/document/biff.h src/document/biff.c \
	include/document/codepage.h src/document/codepage.c \
	include/document/compound.h src/document/compound.c \
	include/document/little_endian.h \
	include/document/mapi.h src/document/mapi.c src/document/mapi_body.c src/document/mapi_people.c \
	include/document/office_art.h src/document/office_art.c \
	include/document/properties.h src/document/properties.c \
	include/document/quiet.h src/document/quiet.c \
	include/document/rtf.h src/document/rtf.c src/document/rtf_output.h src/document/rtf_output.c src/document/rtf_parse.c src/document/rtf_words.c src/document/rtf_words.h \
	include/document/pdf_files.h src/document/pdf_files.c \
	include/document/pdf_metadata.h src/document/pdf.c src/document/pdf_metadata.c \
	include/document/pdf_slanted.h src/document/pdf_slanted.c \
	src/document/calendar.c \
	src/document/embedded.c \
	src/document/excel97.c \
	src/document/outlook.c \
	src/document/powerpoint97.c \
	src/document/tnef.c \
	src/document/vcard.c \
	src/document/word97.c

document_libraries = src/document/libdocument.a src/message/libmessage.a src/base/libbase.a $(DOCUMENT_LIBS) $(DEPS_LIBS) -letpan

check_PROGRAMS += test_document test_container test_office
TESTS += test_document test_container test_office
test_document_SOURCES = tests/unit/test_document.c
test_document_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_document_LDADD = $(document_libraries) $(CMOCKA_LIBS)
test_container_SOURCES = tests/unit/test_container.c tests/unit/packing.h
test_container_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS) $(DOCUMENT_CFLAGS)
test_container_LDADD = $(document_libraries) $(CMOCKA_LIBS)
test_office_SOURCES = tests/unit/test_office.c tests/unit/compound_file.h tests/unit/packing.h
test_office_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS) $(DOCUMENT_CFLAGS)
test_office_LDADD = $(document_libraries) $(CMOCKA_LIBS)

# The reading with files opened.
check_PROGRAMS += test_attached
TESTS += test_attached
test_attached_SOURCES = tests/unit/test_attached.c tests/unit/packing.h tests/unit/reading_case.h
test_attached_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS) $(DOCUMENT_CFLAGS)
test_attached_LDADD = src/reading/libreading.a $(document_libraries) $(CMOCKA_LIBS) -lcsv

# The text found, beside what other programs find; only where COPYHOLD_CORPUS is set.
TESTS += tests/reading/attachments.py tests/reading/formats.py
dist_check_SCRIPTS += tests/reading/attachments.py tests/reading/formats.py
check_PROGRAMS += document_tool
document_tool_SOURCES = tests/reading/document_tool.c tests/json_tool.h
document_tool_LDADD = src/reading/libreading.a $(document_libraries) -lcsv

# Tests of single formats, on files they make themselves.
check_PROGRAMS += test_calendar test_office97 test_outlook test_pdf test_rtf
TESTS += test_calendar test_office97 test_outlook test_pdf test_rtf
test_calendar_SOURCES = tests/unit/test_calendar.c tests/unit/formats.h
test_calendar_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_calendar_LDADD = $(document_libraries) $(CMOCKA_LIBS)
test_office97_SOURCES = tests/unit/test_office97.c tests/unit/formats.h tests/unit/compound_file.h
test_office97_CFLAGS = $(AM_CFLAGS) $(DOCUMENT_CFLAGS) $(CMOCKA_CFLAGS)
test_office97_LDADD = $(document_libraries) $(CMOCKA_LIBS)
test_outlook_SOURCES = tests/unit/test_outlook.c tests/unit/formats.h tests/unit/compound_file.h
test_outlook_CFLAGS = $(AM_CFLAGS) $(DOCUMENT_CFLAGS) $(CMOCKA_CFLAGS)
test_outlook_LDADD = $(document_libraries) $(CMOCKA_LIBS)
test_pdf_SOURCES = tests/unit/test_pdf.c tests/unit/formats.h
test_pdf_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_pdf_LDADD = $(document_libraries) $(CMOCKA_LIBS)
test_rtf_SOURCES = tests/unit/test_rtf.c tests/unit/formats.h
test_rtf_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_rtf_LDADD = $(document_libraries) $(CMOCKA_LIBS)
