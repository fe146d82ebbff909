noinst_LIBRARIES += src/directory/libdirectory.a
src_directory_libdirectory_a_SOURCES = include/directory/directory.h src/directory/internal.h \
	include/directory/post.h src/directory/post.c \
	include/directory/permission.h src/directory/permission.c \
	include/directory/group.h src/directory/group.c \
	include/directory/shared.h src/directory/shared.c \
	include/directory/import.h src/directory/record.h src/directory/merging.h \
	src/directory/compare.c src/directory/import.c src/directory/import_date.c src/directory/import_ldif.c src/directory/import_m365.c \
	src/directory/import_sheet.c src/directory/import_vcard.c src/directory/merge.c src/directory/merge_accounts.c \
	src/directory/merge_rows.c src/directory/part.c src/directory/record.c src/directory/sheet.c src/directory/table_write.c \
	src/directory/check.c src/directory/check_offices.c src/directory/index.c src/directory/list.c src/directory/load.c \
	src/directory/name.c src/directory/person.c src/directory/rows.c src/directory/table.c src/directory/tenure.c src/directory/word.c

check_PROGRAMS += test_directory
TESTS += test_directory
test_directory_SOURCES = tests/unit/test_directory.c
test_directory_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_directory_LDADD = src/directory/libdirectory.a src/message/libmessage.a src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS) -letpan -lcsv

check_PROGRAMS += test_person_names
TESTS += test_person_names
test_person_names_SOURCES = tests/unit/test_person_names.c
test_person_names_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_person_names_LDADD = src/directory/libdirectory.a src/message/libmessage.a src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS) -letpan -lcsv
