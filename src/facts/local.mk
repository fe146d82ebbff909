noinst_LIBRARIES += src/facts/libfacts.a
src_facts_libfacts_a_SOURCES = include/facts/facts.h include/facts/conduct.h src/facts/internal.h src/facts/copy_lead.h \
	include/facts/addressed.h src/facts/addressed.c \
	src/facts/group.c src/facts/leader.c src/facts/passed.c \
	src/facts/copy_lead.c src/facts/copy_lines.c src/facts/descent.c src/facts/elsewhere.c src/facts/exchange.c src/facts/from_line.c src/facts/gather.c src/facts/hidden.c src/facts/lineage.c src/facts/marked.c \
	src/facts/mentions.c src/facts/name.c src/facts/network.c src/facts/own_letter.c src/facts/party.c src/facts/private.c src/facts/sender.c src/facts/staff.c src/facts/visible.c

FACTS_LIBS = src/facts/libfacts.a src/memory/libmemory.a src/directory/libdirectory.a src/reading/libreading.a src/message/libmessage.a src/base/libbase.a \
	$(DEPS_LIBS) $(CMOCKA_LIBS) -letpan -lcsv

check_PROGRAMS += test_facts
TESTS += test_facts
test_facts_SOURCES = tests/unit/test_facts.c tests/unit/people.h tests/unit/case.h
test_facts_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_facts_LDADD = $(FACTS_LIBS)

check_PROGRAMS += test_elsewhere
TESTS += test_elsewhere
test_elsewhere_SOURCES = tests/unit/test_elsewhere.c tests/unit/people.h tests/unit/case.h
test_elsewhere_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_elsewhere_LDADD = $(FACTS_LIBS)

check_PROGRAMS += test_copies
TESTS += test_copies
test_copies_SOURCES = tests/unit/test_copies.c tests/unit/people.h tests/unit/case.h
test_copies_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_copies_LDADD = $(FACTS_LIBS)

check_PROGRAMS += test_marked
TESTS += test_marked
test_marked_SOURCES = tests/unit/test_marked.c tests/unit/people.h tests/unit/case.h
test_marked_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_marked_LDADD = $(FACTS_LIBS)

check_PROGRAMS += test_passed
TESTS += test_passed
test_passed_SOURCES = tests/unit/test_passed.c tests/unit/people.h tests/unit/case.h
test_passed_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_passed_LDADD = $(FACTS_LIBS)

check_PROGRAMS += test_exchange
TESTS += test_exchange
test_exchange_SOURCES = tests/unit/test_exchange.c tests/unit/people.h tests/unit/case.h
test_exchange_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_exchange_LDADD = $(FACTS_LIBS)

check_PROGRAMS += test_lineage
TESTS += test_lineage
test_lineage_SOURCES = tests/unit/test_lineage.c tests/unit/people.h tests/unit/case.h
test_lineage_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_lineage_LDADD = $(FACTS_LIBS)

check_PROGRAMS += test_staff
TESTS += test_staff
test_staff_SOURCES = tests/unit/test_staff.c tests/unit/people.h tests/unit/case.h
test_staff_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_staff_LDADD = $(FACTS_LIBS)
