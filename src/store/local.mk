noinst_LIBRARIES += src/store/libstore.a
src_store_libstore_a_SOURCES = include/store/store.h \
	src/store/database.c src/store/database.h \
	src/store/detail.c src/store/detail.h \
	src/store/held.c \
	src/store/journal.c \
	src/store/outbox.c \
	src/store/record.c \
	src/store/schema.c \
	src/store/summary.c
