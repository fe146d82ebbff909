# How often ordinary mail is judged wrongly. By name only: it needs real mail, which is not ours to ship.
EXTRA_DIST += tests/accuracy/corpus.py tests/accuracy/deal.py tests/accuracy/oracle.py tests/accuracy/READ
.PHONY: accuracy
accuracy: copyhold$(EXEEXT)
	COPYHOLD_PACKS=$(top_srcdir)/conf/packs $(top_srcdir)/tests/accuracy/corpus.py ./copyhold$(EXEEXT) || test $$? = 77

# For reading how letters are cut up.
check_PROGRAMS += zones_tool
zones_tool_SOURCES = tests/accuracy/zones_tool.c
zones_tool_LDADD = src/reading/libreading.a src/message/libmessage.a src/base/libbase.a $(DEPS_LIBS) -letpan -lcsv
