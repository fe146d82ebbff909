noinst_LIBRARIES += src/base/libbase.a
src_base_libbase_a_SOURCES = \
	src/base/arena.c include/base/arena.h \
	src/base/bytes.c include/base/bytes.h \
	src/base/error.c include/base/error.h \
	src/base/log.c include/base/log.h \
	src/base/text.c include/base/text.h
