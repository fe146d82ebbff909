# Property tests of footers over generated mail, over mail as common programs write it, over the structures and mistakes that
# broke other gateways' footers, and over real mail where COPYHOLD_CORPUS is set.
check_PROGRAMS += footer_tool
footer_tool_SOURCES = tests/footers/footer_tool.c tests/json_tool.h
footer_tool_LDADD = $(action_test_libs)
TESTS += tests/footers/generated tests/footers/places tests/footers/lessons tests/footers/structures tests/footers/corpus
dist_check_SCRIPTS += tests/footers/generated tests/footers/places tests/footers/lessons tests/footers/structures tests/footers/corpus
EXTRA_DIST += tests/footers/properties.py tests/footers/messages.py tests/footers/email_mime tests/footers/clients

# libgmime-3.0-dev; without it, or without libemail-mime-perl, the properties are asked of the parsers that are there.
if GMIME
check_PROGRAMS += gmime_tool
gmime_tool_SOURCES = tests/footers/gmime_tool.c
gmime_tool_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS)
gmime_tool_LDADD = $(GMIME_LIBS) $(DEPS_LIBS)
endif
