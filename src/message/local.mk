noinst_LIBRARIES += src/message/libmessage.a
src_message_libmessage_a_SOURCES =
