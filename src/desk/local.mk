# What the console links: frames and the client, over base and jansson only.
noinst_LIBRARIES += src/desk/libdeskclient.a
src_desk_libdeskclient_a_SOURCES = \
	src/desk/client.c include/desk/client.h \
	src/desk/protocol.c include/desk/protocol.h
