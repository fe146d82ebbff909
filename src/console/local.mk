# The console: pages and requests (pure, in the library), and the program around them.
console_made = src/console/made/console_css.h
BUILT_SOURCES += $(console_made)
CLEANFILES += $(console_made)
EXTRA_DIST += src/console/console.css
src/console/made/console_css.h: $(srcdir)/src/console/console.css $(srcdir)/src/console/local.mk
	$(AM_V_GEN)$(MKDIR_P) src/console/made && { echo '/* made of console.css */'; echo 'static const char console_css[] ='; \
		sed -e 's|[\\"]|\\&|g' -e 's|^|"|' -e 's|$$|\\n"|' $(srcdir)/src/console/console.css; echo ';'; } > $@.tmp && mv $@.tmp $@

noinst_LIBRARIES += src/console/libconsole.a
src_console_libconsole_a_CPPFLAGS = $(AM_CPPFLAGS) -Isrc/console/made
src_console_libconsole_a_SOURCES = \
	src/console/answer.c include/console/answer.h \
	src/console/arguments.c \
	src/console/console.c include/console/console.h \
	src/console/cookie.c include/console/cookie.h \
	src/console/exchange.c include/console/exchange.h \
	src/console/form.c include/console/form.h \
	src/console/form_markup.c \
	src/console/login.c \
	src/console/page.c include/console/page.h \
	src/console/page_console.c include/console/pages.h \
	src/console/page_content.c \
	src/console/page_decision.c \
	src/console/page_desk.c \
	src/console/page_entry.c \
	src/console/page_finding.c \
	src/console/page_help.c \
	src/console/page_journal.c \
	src/console/page_link.c \
	src/console/page_message.c \
	src/console/page_parts.c src/console/page_parts.h \
	src/console/page_search.c \
	src/console/page_statistics.c \
	src/console/page_status.c \
	src/console/page_style.c \
	src/console/request.c include/console/request.h \
	src/console/route.c include/console/route.h \
	src/console/server.c include/console/server.h \
	src/console/style.c \
	src/console/token.c include/console/token.h
# A target that is asked for by itself needs the made header too.
src/console/libconsole_a-style.$(OBJEXT): $(console_made)
src_console_libconsole_a_CFLAGS = $(AM_CFLAGS) $(MICROHTTPD_CFLAGS)

sbin_PROGRAMS += copyhold-console
copyhold_console_SOURCES = src/console/main.c
copyhold_console_LDADD = src/console/libconsole.a src/desk/libdeskclient.a src/base/libbase.a $(MICROHTTPD_LIBS) $(DEPS_LIBS) -lm

check_PROGRAMS += test_pages
TESTS += test_pages
test_pages_SOURCES = tests/unit/test_pages.c tests/unit/page_oracle.h tests/unit/page_seed.h
test_pages_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_pages_LDADD = src/console/libconsole.a src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)

console_libraries = src/console/libconsole.a src/base/libbase.a $(DEPS_LIBS) -lm
check_PROGRAMS += test_request
TESTS += test_request
test_request_SOURCES = tests/unit/test_request.c
test_request_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_request_LDADD = $(console_libraries) $(CMOCKA_LIBS)
check_PROGRAMS += test_console
TESTS += test_console
test_console_SOURCES = tests/unit/test_console.c tests/unit/console_scene.h
test_console_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_console_LDADD = $(console_libraries) $(CMOCKA_LIBS)
check_PROGRAMS += test_console_login
TESTS += test_console_login
test_console_login_SOURCES = tests/unit/test_console_login.c tests/unit/console_scene.h
test_console_login_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_console_login_LDADD = $(console_libraries) $(CMOCKA_LIBS)
check_PROGRAMS += test_server
TESTS += test_server
test_server_SOURCES = tests/unit/test_server.c tests/unit/console_scene.h
test_server_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_server_LDADD = $(console_libraries) $(MICROHTTPD_LIBS) $(CMOCKA_LIBS)
