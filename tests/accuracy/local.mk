# How often ordinary mail is judged wrongly, and what the rules find in sentences that others labelled (PUBLIC says what that shows). By name only:
# it needs real mail, which is not ours to ship.
EXTRA_DIST += tests/accuracy/corpus.py tests/accuracy/deal.py tests/accuracy/oracle.py tests/accuracy/READ tests/accuracy/public.py tests/accuracy/PUBLIC
.PHONY: accuracy
accuracy: copyhold$(EXEEXT) copyhold-reader$(EXEEXT)
	COPYHOLD_PACKS=$(top_srcdir)/conf/packs $(top_srcdir)/tests/accuracy/corpus.py ./copyhold$(EXEEXT) || test $$? = 77
	COPYHOLD_PACKS=$(top_srcdir)/conf/packs $(top_srcdir)/tests/accuracy/public.py ./copyhold$(EXEEXT) || test $$? = 77

# How well a letter's words are known again: real mail, remembered as if it were marked, and what people make of it. Prints a table; LINEAGE is
# what it printed last.
check_PROGRAMS += lineage_tool
lineage_tool_SOURCES = tests/accuracy/lineage_tool.c tests/json_tool.h tests/pack_files.h
lineage_tool_LDADD = $(action_test_libs)
EXTRA_DIST += tests/accuracy/lineage.py tests/accuracy/LINEAGE
.PHONY: lineage-table
lineage-table: lineage_tool$(EXEEXT)
	@$(top_srcdir)/tests/accuracy/lineage.py $(top_srcdir)/conf/packs/dunstable.conf ./lineage_tool$(EXEEXT) || test $$? = 77

# What each rule gets right in the labelled cases; "make check" holds TABLE against its own run over them (tests/cases/run.py).
EXTRA_DIST += tests/accuracy/TABLE tests/accuracy/FIRST
.PHONY: accuracy-table accuracy-table-new
accuracy-table: copyhold$(EXEEXT) copyhold-reader$(EXEEXT)
	@COPYHOLD_PACKS=$(top_srcdir)/conf/packs $(top_srcdir)/tests/cases/run.py -q ./copyhold$(EXEEXT)
accuracy-table-new: copyhold$(EXEEXT) copyhold-reader$(EXEEXT)
	@COPYHOLD_PACKS=$(top_srcdir)/conf/packs $(top_srcdir)/tests/cases/run.py -q -w ./copyhold$(EXEEXT)
