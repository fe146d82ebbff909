# Messages that mail clients read differently: real ones where COPYHOLD_CORPUS is set, and generated ones.
check_PROGRAMS += readings_tool
readings_tool_SOURCES = tests/message/readings_tool.c tests/json_tool.h
readings_tool_LDADD = src/message/libmessage.a src/base/libbase.a $(DEPS_LIBS) -letpan
TESTS += tests/message/broken tests/message/ambiguous
dist_check_SCRIPTS += tests/message/broken tests/message/ambiguous
EXTRA_DIST += tests/message/AMBIGUITY tests/message/innocent tests/message/operators.py

# More messages than make check has time for, and what ordinary mail is called ambiguous for.
.PHONY: check-ambiguity
check-ambiguity: all-am readings_tool$(EXEEXT)
	COPYHOLD_PACKS=$(top_srcdir)/conf/packs $(top_srcdir)/tests/message/ambiguous --count 20000 ./copyhold$(EXEEXT)
	$(top_srcdir)/tests/message/innocent ./readings_tool$(EXEEXT) || test $$? = 77
