noinst_LIBRARIES += src/memory/libmemory.a
src_memory_libmemory_a_SOURCES = include/memory/memory.h include/memory/trace.h \
	src/memory/memory.c src/memory/trace.c
