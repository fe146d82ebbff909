noinst_LIBRARIES += src/message/libmessage.a
src_message_libmessage_a_SOURCES = \
	include/message/address.h include/message/card.h include/message/decode.h include/message/header.h include/message/message.h \
	src/message/internal.h src/message/others.h \
	src/message/address.c \
	src/message/card.c \
	src/message/charset.c \
	src/message/content.c \
	src/message/decode.c \
	src/message/defect.c \
	src/message/encoded_word.c \
	src/message/etpan.c \
	src/message/file_name.c \
	src/message/guard.c \
	src/message/header.c \
	src/message/header_block.c \
	src/message/mailboxes.c \
	src/message/mailboxes_twice.c \
	src/message/other_texts.c \
	src/message/parameter.c \
	src/message/part.c \
	src/message/scan.c \
	src/message/segment.c \
	src/message/structured.c \
	src/message/subject_guess.c \
	src/message/text_guess.c \
	src/message/transfer.c \
	src/message/transfer_guess.c \
	src/message/uuencode.c \
	src/message/views.c

check_PROGRAMS += test_message test_address test_decode test_ambiguity test_other_readings
TESTS += test_message test_address test_decode test_ambiguity test_other_readings
message_test_libraries = src/message/libmessage.a src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS) -letpan
test_message_SOURCES = tests/unit/test_message.c
test_message_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_message_LDADD = $(message_test_libraries)
test_address_SOURCES = tests/unit/test_address.c
test_address_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_address_LDADD = $(message_test_libraries)
test_decode_SOURCES = tests/unit/test_decode.c
test_decode_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_decode_LDADD = $(message_test_libraries)
test_ambiguity_SOURCES = tests/unit/test_ambiguity.c
test_ambiguity_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_ambiguity_LDADD = $(message_test_libraries)
test_other_readings_SOURCES = tests/unit/test_other_readings.c
test_other_readings_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_other_readings_LDADD = $(message_test_libraries)
