# Property tests of footers over generated mail, over mail as common programs write it, and over real mail where COPYHOLD_CORPUS
# is set.
check_PROGRAMS += footer_tool
footer_tool_SOURCES = tests/footers/footer_tool.c
footer_tool_LDADD = $(action_test_libs)
TESTS += tests/footers/generated tests/footers/places tests/footers/lessons tests/footers/corpus
dist_check_SCRIPTS += tests/footers/generated tests/footers/places tests/footers/lessons tests/footers/corpus
EXTRA_DIST += tests/footers/properties.py tests/footers/clients

# libgmime-3.0-dev; without it the properties are asked of Python's parser alone.
if GMIME
check_PROGRAMS += gmime_tool
gmime_tool_SOURCES = tests/footers/gmime_tool.c
gmime_tool_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS)
gmime_tool_LDADD = $(GMIME_LIBS) $(DEPS_LIBS)
endif
