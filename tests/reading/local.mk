# How well a message is cut into its author's words, signature, boilerplate and the letters quoted or passed on in it; the sets of
# real mail only where COPYHOLD_CORPUS is set.
check_PROGRAMS += reading_tool
reading_tool_SOURCES = tests/reading/reading_tool.c tests/json_tool.h tests/pack_files.h
reading_tool_LDADD = $(action_test_libs)
TESTS += tests/reading/zones.py
dist_check_SCRIPTS += tests/reading/zones.py
EXTRA_DIST += tests/reading/zones.cases tests/reading/zones-heldback.cases tests/reading/corpus.labels tests/reading/RESULTS \
	tests/reading/beside.py

# The same with markings and attached files, in one table.
dist_check_SCRIPTS += tests/reading/table
.PHONY: reading-table
reading-table: copyhold$(EXEEXT) copyhold-reader$(EXEEXT) reading_tool$(EXEEXT) document_tool$(EXEEXT)
	@COPYHOLD_PACKS=$(top_srcdir)/conf/packs $(top_srcdir)/tests/reading/table
