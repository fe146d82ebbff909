noinst_LIBRARIES += src/base/libbase.a
src_base_libbase_a_SOURCES = \
	src/base/account.c include/base/account.h \
	src/base/arena.c include/base/arena.h \
	src/base/bytes.c include/base/bytes.h \
	src/base/chart.c src/base/chart_svg.c src/base/chart_parts.h include/base/chart.h \
	src/base/catalogue.c include/base/catalogue.h \
	src/base/civic.c include/base/civic.h \
	src/base/clock.c include/base/clock.h \
	src/base/console_settings.c include/base/console_settings.h \
	src/base/digest.c include/base/digest.h \
	src/base/error.c include/base/error.h \
	src/base/file.c include/base/file.h \
	src/base/finding.c include/base/finding.h \
	src/base/harmless.c include/base/harmless.h \
	src/base/listener.c include/base/listener.h \
	src/base/log.c include/base/log.h \
	src/base/markup.c include/base/markup.h \
	src/base/name_title.c include/base/name_title.h \
	src/base/period.c include/base/period.h \
	src/base/process.c src/base/process_filter.c include/base/process.h \
	src/base/service_manager.c include/base/service_manager.h \
	src/base/service_options.c include/base/service_options.h \
	src/base/settings.c include/base/settings.h \
	src/base/settings_scan.c include/base/settings_scan.h \
	src/base/stated_date.c include/base/stated_date.h \
	src/base/suggest.c \
	src/base/text.c include/base/text.h \
	src/base/unicode.c src/base/unicode_alike.c include/base/unicode.h

src_base_libbase_a_SOURCES += \
	src/base/pattern.c include/base/pattern.h \
	src/base/phrase.c include/base/phrase.h \
	src/base/regex_strain.c include/base/regex_strain.h \
	src/base/needles.c src/base/needle_sets.c src/base/needle_sets.h include/base/needles.h \
	src/base/sieve.c include/base/sieve.h \
	src/base/sieve_memory.c include/base/sieve_memory.h

check_PROGRAMS += test_name_title
TESTS += test_name_title
test_name_title_SOURCES = tests/unit/test_name_title.c
test_name_title_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_name_title_LDADD = src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += test_stated_date
TESTS += test_stated_date
test_stated_date_SOURCES = tests/unit/test_stated_date.c
test_stated_date_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_stated_date_LDADD = src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += test_pattern
TESTS += test_pattern
test_pattern_SOURCES = tests/unit/test_pattern.c
test_pattern_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_pattern_LDADD = src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += test_service_options
TESTS += test_service_options
test_service_options_SOURCES = tests/unit/test_service_options.c
test_service_options_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_service_options_LDADD = src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += test_settings
TESTS += test_settings
test_settings_SOURCES = tests/unit/test_settings.c
test_settings_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_settings_LDADD = src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += test_clock
TESTS += test_clock
test_clock_SOURCES = tests/unit/test_clock.c
test_clock_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_clock_LDADD = src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += test_unicode
TESTS += test_unicode
test_unicode_SOURCES = tests/unit/test_unicode.c
test_unicode_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_unicode_LDADD = src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += test_sieve
TESTS += test_sieve
test_sieve_SOURCES = tests/unit/test_sieve.c
test_sieve_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_sieve_LDADD = src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += test_listener
TESTS += test_listener
test_listener_SOURCES = tests/unit/test_listener.c
test_listener_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_listener_LDADD = src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += test_markup
TESTS += test_markup
test_markup_SOURCES = tests/unit/test_markup.c
test_markup_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_markup_LDADD = src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += test_period
TESTS += test_period
test_period_SOURCES = tests/unit/test_period.c
test_period_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_period_LDADD = src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += test_chart
TESTS += test_chart
test_chart_SOURCES = tests/unit/test_chart.c
test_chart_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_chart_LDADD = src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += test_catalogue
TESTS += test_catalogue
test_catalogue_SOURCES = tests/unit/test_catalogue.c
test_catalogue_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_catalogue_LDADD = src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += test_process
TESTS += test_process
test_process_SOURCES = tests/unit/test_process.c
test_process_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_process_LDADD = src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += test_civic
TESTS += test_civic
test_civic_SOURCES = tests/unit/test_civic.c
test_civic_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_civic_LDADD = src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += test_finding test_regex_strain
TESTS += test_finding test_regex_strain
test_finding_SOURCES = tests/unit/test_finding.c
test_finding_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_finding_LDADD = src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)
test_regex_strain_SOURCES = tests/unit/test_regex_strain.c
test_regex_strain_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_regex_strain_LDADD = src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)
