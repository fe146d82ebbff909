# What the console links: frames and the client, over base and jansson only.
noinst_LIBRARIES += src/desk/libdeskclient.a
src_desk_libdeskclient_a_SOURCES = \
	src/desk/client.c include/desk/client.h \
	src/desk/protocol.c include/desk/protocol.h

noinst_LIBRARIES += src/desk/libdesk.a
src_desk_libdesk_a_SOURCES = \
	src/desk/accounts.c include/desk/accounts.h \
	src/desk/arguments.c include/desk/arguments.h \
	src/desk/call_content.c \
	src/desk/call_decide.c src/desk/decision.h \
	src/desk/call_figures.c \
	src/desk/call_law.c \
	src/desk/call_links.c \
	src/desk/call_lists.c \
	src/desk/call_login.c \
	src/desk/call_message.c \
	src/desk/call_status.c \
	src/desk/call_table.c \
	src/desk/calls.c include/desk/call.h src/desk/handlers.h \
	src/desk/entry.c \
	src/desk/house.c include/desk/house.h \
	src/desk/confidence.c src/desk/confidence.h \
	src/desk/context.c src/desk/context.h \
	src/desk/document.c \
	src/desk/edition.c include/desk/edition.h \
	src/desk/password.c include/desk/password.h \
	src/desk/recusals.c include/desk/recusals.h \
	src/desk/service.c include/desk/service.h \
	src/desk/sessions.c include/desk/sessions.h \
	src/desk/throttle.c include/desk/throttle.h \
	src/desk/totp.c include/desk/totp.h \
	src/desk/view.c src/desk/view.h
src_desk_libdesk_a_CFLAGS = $(AM_CFLAGS) $(ACCOUNT_CFLAGS)

check_PROGRAMS += test_accounts
TESTS += test_accounts
test_accounts_SOURCES = tests/unit/test_accounts.c
test_accounts_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_accounts_LDADD = src/desk/libdesk.a $(all_layers) $(ACCOUNT_LIBS) $(DEPS_LIBS) -letpan -lcsv $(CMOCKA_LIBS)

check_PROGRAMS += test_context
TESTS += test_context
test_context_SOURCES = tests/unit/test_context.c
test_context_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/src/desk
test_context_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_context_LDADD = src/desk/libdesk.a $(all_layers) $(ACCOUNT_LIBS) $(DEPS_LIBS) -letpan -lcsv $(CMOCKA_LIBS)

sbin_PROGRAMS += copyhold-desk
copyhold_desk_SOURCES = src/desk/main.c
copyhold_desk_LDADD = src/desk/libdesk.a src/desk/libdeskclient.a $(all_layers) $(ACCOUNT_LIBS) $(DEPS_LIBS) -letpan -lcsv

check_PROGRAMS += test_arguments
TESTS += test_arguments
test_arguments_SOURCES = tests/unit/test_arguments.c
test_arguments_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_arguments_LDADD = src/desk/libdesk.a src/desk/libdeskclient.a $(all_layers) $(ACCOUNT_LIBS) $(DEPS_LIBS) -letpan -lcsv $(CMOCKA_LIBS)
