# Property tests of footers over generated mail, over mail as common programs write it, and over real mail where COPYHOLD_CORPUS
# is set.
check_PROGRAMS += footer_tool
footer_tool_SOURCES = tests/footers/footer_tool.c
footer_tool_LDADD = $(action_test_libs)
TESTS += tests/footers/generated tests/footers/places tests/footers/corpus
dist_check_SCRIPTS += tests/footers/generated tests/footers/places tests/footers/corpus
EXTRA_DIST += tests/footers/properties.py tests/footers/clients
