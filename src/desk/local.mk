# What the console links: frames and the client, over base and jansson only.
noinst_LIBRARIES += src/desk/libdeskclient.a
src_desk_libdeskclient_a_SOURCES = \
	src/desk/client.c include/desk/client.h \
	src/desk/protocol.c include/desk/protocol.h

noinst_LIBRARIES += src/desk/libdesk.a
src_desk_libdesk_a_SOURCES = \
	src/desk/accounts.c include/desk/accounts.h \
	src/desk/password.c include/desk/password.h \
	src/desk/sessions.c include/desk/sessions.h \
	src/desk/throttle.c include/desk/throttle.h \
	src/desk/totp.c include/desk/totp.h
src_desk_libdesk_a_CFLAGS = $(AM_CFLAGS) $(ACCOUNT_CFLAGS)

check_PROGRAMS += test_login
TESTS += test_login
test_login_SOURCES = tests/unit/test_login.c
test_login_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_login_LDADD = src/desk/libdesk.a $(all_layers) $(ACCOUNT_LIBS) $(DEPS_LIBS) -letpan -lcsv $(CMOCKA_LIBS)
