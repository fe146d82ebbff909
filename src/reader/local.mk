# What is said between gateway and reader is generated, and compiled apart from our own code and its warnings.
noinst_LIBRARIES += src/reader/form/libform.a
nodist_src_reader_form_libform_a_SOURCES = src/reader/form/reading.pb-c.c src/reader/form/reading.pb-c.h
src_reader_form_libform_a_CPPFLAGS = -Isrc/reader/form
src_reader_form_libform_a_CFLAGS = $(HARDEN_CFLAGS) $(PROTOBUF_CFLAGS)
wire_made = src/reader/form/reading.pb-c.c src/reader/form/reading.pb-c.h
BUILT_SOURCES += $(wire_made)
CLEANFILES += $(wire_made)
EXTRA_DIST += src/reader/reading.proto
src/reader/form/reading.pb-c.c: $(srcdir)/src/reader/reading.proto
	$(AM_V_GEN)$(MKDIR_P) src/reader/form && $(PROTOC_C) --proto_path=$(srcdir)/src/reader --c_out=src/reader/form $(srcdir)/src/reader/reading.proto
src/reader/form/reading.pb-c.h: src/reader/form/reading.pb-c.c
	@test -f $@ || { rm -f $<; $(MAKE) $(AM_MAKEFLAGS) $<; }

# The gateway's side, and reading without a process for tests.
noinst_LIBRARIES += src/reader/libreader.a
src_reader_libreader_a_SOURCES = \
	include/reader/pool.h include/reader/reader.h include/reader/wire.h include/reader/wording.h \
	src/reader/channel.c src/reader/channel.h \
	src/reader/here.c \
	src/reader/link.c src/reader/link.h \
	src/reader/pool.c \
	src/reader/program.c \
	src/reader/reader.c \
	src/reader/wire.c src/reader/wire.h \
	src/reader/wire_budget.c \
	src/reader/wire_columns.c \
	src/reader/wire_letter.c \
	src/reader/wire_view.c \
	src/reader/wording.c
src_reader_libreader_a_CPPFLAGS = $(AM_CPPFLAGS) -Isrc/reader/form -DREADERDIR='"$(pkglibexecdir)"'
src_reader_libreader_a_CFLAGS = $(AM_CFLAGS) $(PROTOBUF_CFLAGS)
# What links the gateway's side needs behind the layers.
reader_libraries = src/reader/form/libform.a $(PROTOBUF_LIBS)

pkglibexec_PROGRAMS += copyhold-reader
copyhold_reader_SOURCES = \
	src/reader/cage.c src/reader/cage.h \
	src/reader/exchange.c src/reader/exchange.h src/reader/exchange_run.c \
	src/reader/main.c \
	src/reader/nursery.c src/reader/nursery.h \
	src/reader/self_test.c src/reader/self_test.h \
	src/reader/worker.c src/reader/worker.h
copyhold_reader_CFLAGS = $(AM_CFLAGS) $(SECCOMP_CFLAGS)
copyhold_reader_LDADD = src/reader/libreader.a src/reading/libreading.a $(document_libraries) $(reader_libraries) $(SECCOMP_LIBS)
# For "make PROGRAM", which makes no BUILT_SOURCES first.
$(src_reader_libreader_a_OBJECTS) $(src_reader_form_libform_a_OBJECTS): src/reader/form/reading.pb-c.h

check_PROGRAMS += test_wire test_pool
TESTS += test_wire test_pool
test_wire_SOURCES = tests/unit/test_wire.c tests/unit/reading_case.h tests/unit/reading_dump.h
test_wire_CPPFLAGS = $(AM_CPPFLAGS) -Isrc/reader/form
test_wire_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS) $(PROTOBUF_CFLAGS)
test_wire_LDADD = src/reader/libreader.a src/reading/libreading.a src/message/libmessage.a src/base/libbase.a $(reader_libraries) \
	$(DEPS_LIBS) $(CMOCKA_LIBS) -letpan
test_pool_SOURCES = tests/unit/test_pool.c tests/unit/reading_case.h
test_pool_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/src
test_pool_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_pool_LDADD = src/reader/libreader.a src/reading/libreading.a src/message/libmessage.a src/base/libbase.a $(reader_libraries) \
	$(DEPS_LIBS) $(CMOCKA_LIBS) -letpan
$(test_wire_OBJECTS): src/reader/form/reading.pb-c.h
