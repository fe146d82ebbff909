noinst_LIBRARIES += src/reading/libreading.a
src_reading_libreading_a_SOURCES = \
	src/reading/attached.c src/reading/attached_letter.c include/reading/attached.h \
	src/reading/attribution.c include/reading/attribution.h \
	src/reading/boilerplate.c include/reading/boilerplate.h \
	src/reading/clause.c include/reading/clause.h \
	src/reading/drafts.c include/reading/drafts.h \
	src/reading/families.c \
	src/reading/foot.c include/reading/foot.h \
	src/reading/greeting.c include/reading/greeting.h \
	src/reading/headers.c include/reading/headers.h \
	src/reading/html.c include/reading/html.h \
	src/reading/html_quote.c include/reading/html_quote.h \
	src/reading/html_guard.c include/reading/html_guard.h \
	src/reading/html_style.c include/reading/html_style.h \
	src/reading/html_tree.c include/reading/html_tree.h \
	src/reading/intro.c include/reading/intro.h \
	src/reading/intro_people.c include/reading/intro_people.h \
	src/reading/intro_words.c include/reading/intro_words.h \
	src/reading/label.c src/reading/label_line.c include/reading/label_line.h src/reading/label_map.c include/reading/label_map.h \
	src/reading/lettering.c include/reading/lettering.h \
	src/reading/known.c include/reading/known.h \
	src/reading/letter.c \
	src/reading/letters.c include/reading/letters.h \
	src/reading/lexicon.c src/reading/lexicon_parts.h src/reading/lexicon_lint.c src/reading/lexicon_say.c include/reading/lexicon.h \
	src/reading/sifted.c include/reading/sifted.h \
	src/reading/marking.c include/reading/marking.h \
	src/reading/other_readings.c include/reading/other_readings.h \
	src/reading/other_marks.c \
	src/reading/phrase_fill.c include/reading/phrase_fill.h \
	src/reading/reading.c include/reading/reading.h \
	src/reading/sentence.c include/reading/sentence.h \
	src/reading/sentences.c \
	src/reading/signatories.c src/reading/signatories.h src/reading/signatory.c src/reading/signature.c include/reading/signature.h \
	src/reading/standing.c include/reading/standing.h \
	src/reading/stock.c include/reading/stock.h \
	src/reading/subject.c include/reading/subject.h \
	src/reading/text_line.c include/reading/text_line.h \
	src/reading/title.c include/reading/title.h \
	src/reading/unread.c include/reading/unread.h \
	src/reading/zone.c

reading_libraries = src/reading/libreading.a src/message/libmessage.a src/base/libbase.a $(DEPS_LIBS) -letpan -lcsv
reading_tests = test_html test_intro test_known test_label test_lettering test_lexicon test_marking test_marking_words test_reading test_signature test_zones

check_PROGRAMS += $(reading_tests)
TESTS += $(reading_tests)
test_html_SOURCES = tests/unit/test_html.c
test_html_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_html_LDADD = $(reading_libraries) $(CMOCKA_LIBS)
test_intro_SOURCES = tests/unit/test_intro.c
test_intro_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_intro_LDADD = $(reading_libraries) $(CMOCKA_LIBS)
test_known_SOURCES = tests/unit/test_known.c tests/unit/reading_case.h
test_known_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_known_LDADD = $(reading_libraries) $(CMOCKA_LIBS)
test_label_SOURCES = tests/unit/test_label.c tests/unit/reading_case.h
test_label_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_label_LDADD = $(reading_libraries) $(CMOCKA_LIBS)
test_lettering_SOURCES = tests/unit/test_lettering.c
test_lettering_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_lettering_LDADD = $(reading_libraries) $(CMOCKA_LIBS)
test_lexicon_SOURCES = tests/unit/test_lexicon.c
test_lexicon_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_lexicon_LDADD = $(reading_libraries) $(CMOCKA_LIBS)
test_marking_SOURCES = tests/unit/test_marking.c tests/unit/reading_case.h
test_marking_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_marking_LDADD = $(reading_libraries) $(CMOCKA_LIBS)
test_marking_words_SOURCES = tests/unit/test_marking_words.c tests/unit/reading_case.h tests/pack_files.h
test_marking_words_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_marking_words_LDADD = $(reading_libraries) $(CMOCKA_LIBS)
test_reading_SOURCES = tests/unit/test_reading.c tests/unit/reading_case.h
test_reading_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_reading_LDADD = $(reading_libraries) $(CMOCKA_LIBS)
test_signature_SOURCES = tests/unit/test_signature.c tests/unit/reading_case.h
test_signature_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_signature_LDADD = $(reading_libraries) $(CMOCKA_LIBS)
test_zones_SOURCES = tests/unit/test_zones.c tests/unit/reading_case.h
test_zones_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_zones_LDADD = $(reading_libraries) $(CMOCKA_LIBS)
