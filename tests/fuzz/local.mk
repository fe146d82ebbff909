# Fuzz targets (libFuzzer), for --enable-fuzz with clang: every tests/fuzz/fuzz_*.c is one and links all layers but the faces.
# tests/fuzz/run builds them by `make fuzz-target TARGET=fuzz_splice` and runs them.
if FUZZ
# What programs alone have, and no layer.
noinst_LIBRARIES += tests/fuzz/libprograms.a
tests_fuzz_libprograms_a_SOURCES = src/reader/exchange.c src/cli/exchange.c src/cli/exchange_draft.c
fuzz_archives = tests/fuzz/libprograms.a src/desk/libdesk.a src/desk/libdeskclient.a src/console/libconsole.a src/gateway/libgateway.a src/review/libreview.a src/store/libstore.a src/action/libaction.a \
	src/policy/libpolicy.a src/facts/libfacts.a src/memory/libmemory.a src/directory/libdirectory.a src/reader/libreader.a src/reading/libreading.a \
	src/document/libdocument.a src/message/libmessage.a src/base/libbase.a

fuzz-target: $(fuzz_archives) $(wire_made) src/reader/form/libform.a
	$(AM_V_CCLD)$(CC) $(DEFS) $(DEFAULT_INCLUDES) $(AM_CPPFLAGS) $(CPPFLAGS) $(AM_CFLAGS) $(CFLAGS) -fsanitize=fuzzer \
		-o $(TARGET) $(top_srcdir)/tests/fuzz/$(TARGET).c $(AM_LDFLAGS) $(LDFLAGS) $(fuzz_archives) $(reader_libraries) $(DOCUMENT_LIBS) $(ACCOUNT_LIBS) $(DEPS_LIBS) -letpan -lcsv -lm
endif

EXTRA_DIST += tests/fuzz
