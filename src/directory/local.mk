noinst_LIBRARIES += src/directory/libdirectory.a
src_directory_libdirectory_a_SOURCES = include/directory/directory.h src/directory/internal.h \
	src/directory/check.c src/directory/index.c src/directory/list.c src/directory/load.c \
	src/directory/name.c src/directory/person.c src/directory/table.c src/directory/word.c
