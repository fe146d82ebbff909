noinst_LIBRARIES += src/message/libmessage.a
src_message_libmessage_a_SOURCES = \
	include/message/address.h include/message/decode.h include/message/header.h include/message/message.h \
	src/message/internal.h \
	src/message/charset.c \
	src/message/content.c \
	src/message/decode.c \
	src/message/defect.c \
	src/message/encoded_word.c \
	src/message/header.c \
	src/message/header_block.c \
	src/message/parameter.c \
	src/message/part.c \
	src/message/scan.c \
	src/message/structured.c \
	src/message/transfer.c

check_PROGRAMS += test_message
TESTS += test_message
test_message_SOURCES = tests/unit/test_message.c
test_message_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_message_LDADD = src/message/libmessage.a src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS) -letpan
