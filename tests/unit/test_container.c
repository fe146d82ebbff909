/* test_container.c - packed files of every kind, and those made to hurt.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "document/document.h"
#include "packing.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct packed papers[] = {
	{ "papers/minutes.txt", BYTES("Minutes of the meeting\n") },
	{ "papers/photo.png", BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0") },
	{ "papers/notes.html", BYTES("<html><p>Notes</p></html>") },
	{ "papers/mail.bin", BYTES("From: a@b.example\nTo: c@d.example\nMessage-ID: <x>\n\nHi") },
};

static struct documents read_whole(struct arena *arena, struct bytes content)
{
	struct documents documents = documents_begin(arena);
	assert_true(document_read(&documents, "", content, "x", NULL));
	return documents;
}

static void expect_trouble(const struct documents *documents, const char *place, const char *why)
{
	for (size_t i = 0; i < documents->trouble_count; i++)
		if (strcmp(documents->troubles[i].place, place) == 0 && strcmp(documents->troubles[i].why, why) == 0)
			return;
	for (size_t i = 0; i < documents->trouble_count; i++)
		fprintf(stderr, "trouble: \"%s\": %s\n", documents->troubles[i].place, documents->troubles[i].why);
	fail_msg("no trouble \"%s\": %s", place, why);
}

static void test_every_format(void **state)
{
	static const struct packing ways[] = {
		{ archive_write_set_format_zip, NULL, NULL },
		{ archive_write_set_format_7zip, NULL, NULL },
		{ archive_write_set_format_ustar, NULL, NULL },
		{ archive_write_set_format_pax, archive_write_add_filter_gzip, NULL },
		{ archive_write_set_format_gnutar, archive_write_add_filter_bzip2, NULL },
		{ archive_write_set_format_ustar, archive_write_add_filter_xz, NULL },
		{ archive_write_set_format_ustar, archive_write_add_filter_zstd, NULL },
		{ archive_write_set_format_ustar, archive_write_add_filter_lz4, NULL },
		{ archive_write_set_format_ustar, archive_write_add_filter_compress, NULL },
	};
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct arena *arena = arena_new();
		struct documents documents = read_whole(arena, pack(arena, &ways[i], papers, COUNT(papers)));
		assert_int_equal(documents.trouble_count, 0);
		assert_int_equal(documents.text_count, 2);
		assert_string_equal(documents.texts[0].place, "papers/minutes.txt");
		assert_string_equal(arena_string_of(arena, documents.texts[0].utf8), "Minutes of the meeting\n");
		assert_true(documents.texts[1].html);
		assert_int_equal(documents.letter_count, 1);
		assert_string_equal(documents.letters[0].place, "papers/mail.bin");
		arena_free(&arena);
	}
}

static void test_one_compressed_file(void **state)
{
	static const struct packing gzip = { archive_write_set_format_raw, archive_write_add_filter_gzip, NULL };
	struct arena *arena = arena_new();
	struct documents documents = read_whole(arena, pack(arena, &gzip, papers, 1));
	assert_int_equal(documents.trouble_count, 0);
	assert_string_equal(documents.texts[0].place, "");
	assert_string_equal(arena_string_of(arena, documents.texts[0].utf8), "Minutes of the meeting\n");
	arena_free(&arena);
}

static void test_compressed_office_file(void **state)
{
	static const struct packed parts[] = {
		{ "[Content_Types].xml", BYTES("<Types/>") },
		{ "word/document.xml", BYTES("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r>"
					     "<w:t>CONFIDENTIAL</w:t></w:r></w:p></w:body></w:document>") },
	};
	static const struct packing ways[] = {
		{ archive_write_set_format_raw, archive_write_add_filter_gzip, NULL },
		{ archive_write_set_format_raw, archive_write_add_filter_xz, NULL },
	};
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct arena *arena = arena_new();
		struct bytes docx = pack_zip(arena, parts, COUNT(parts));
		struct documents documents = read_whole(arena, pack(arena, &ways[i], &(struct packed){ "pay.docx", docx }, 1));
		assert_int_equal(documents.trouble_count, 0);
		assert_int_equal(documents.text_count, 1);
		assert_string_equal(arena_string_of(arena, bytes_trim(documents.texts[0].utf8)), "CONFIDENTIAL");
		arena_free(&arena);
	}
}

static void test_zip_in_zip(void **state)
{
	struct arena *arena = arena_new();
	struct bytes inner = pack_zip(arena, papers, 1);
	struct bytes outer = pack_zip(arena, &(struct packed){ "inner.zip", inner }, 1);
	struct documents documents = read_whole(arena, outer);
	assert_string_equal(documents.texts[0].place, "inner.zip, papers/minutes.txt");
	for (int i = 0; i < 6; i++)
		outer = pack_zip(arena, &(struct packed){ "z", outer }, 1);
	documents = read_whole(arena, outer);
	assert_int_equal(documents.text_count, 0);
	expect_trouble(&documents, "z, z, z, z, z", "files packed in files too deeply to examine");
	assert_int_equal(documents.left.depth, DOCUMENT_LIMITS_DEFAULT.depth);
	arena_free(&arena);
}

static void test_locked(void **state)
{
	static const struct packing locked = { archive_write_set_format_zip, NULL, "secret" };
	struct arena *arena = arena_new();
	struct documents documents = read_whole(arena, pack(arena, &locked, papers, 2));
	assert_int_equal(documents.text_count, 0);
	expect_trouble(&documents, "papers/minutes.txt", "locked with a password");
	arena_free(&arena);
}

static void test_names_are_shown_clean(void **state)
{
	static const struct packed odd[] = {
		{ "../../etc/a.txt", BYTES("one") }, { "/b\x07.txt", BYTES("two") }, { "c\\d.txt", BYTES("three") }, { "caf\x82.txt", BYTES("four") },
		{ "Si\xC3\xA2n.txt", BYTES("five") },
	};
	static const char *const shown[] = { "etc/a.txt", "b.txt", "c/d.txt", "caf\xC3\xA9.txt", "Si\xC3\xA2n.txt" };
	struct arena *arena = arena_new();
	struct documents documents = read_whole(arena, pack_zip(arena, odd, COUNT(odd)));
	assert_int_equal(documents.text_count, COUNT(odd));
	for (size_t i = 0; i < COUNT(odd); i++)
		assert_string_equal(documents.texts[i].place, shown[i]);
	arena_free(&arena);
}

static void test_damaged(void **state)
{
	struct arena *arena = arena_new();
	struct bytes zip = pack_zip(arena, papers, 1);
	for (size_t length = 4; length < zip.length; length++) {
		struct documents documents = read_whole(arena, bytes_slice(zip, 0, length));
		assert_true(documents.trouble_count > 0 || documents.text_count > 0);
	}
	char *changed = arena_string_of(arena, zip);
	memset(changed + 60, 'x', 12); /* among the compressed octets */
	struct documents documents = read_whole(arena, (struct bytes){ changed, zip.length });
	expect_trouble(&documents, "papers/minutes.txt", "damaged");
	documents = read_whole(arena, BYTES("\x1F\x8B\x08\0nothing of the kind"));
	expect_trouble(&documents, "", "damaged");
	documents = read_whole(arena, BYTES("7z\xBC\xAF\x27\x1C nothing of the kind at all, not a bit of it"));
	expect_trouble(&documents, "", "damaged");
	arena_free(&arena);
}

static void test_bombs(void **state)
{
	struct arena *arena = arena_new();
	char *zeros = calloc(1, (size_t)24 << 20);
	struct bytes bomb = pack_zip(arena, &(struct packed){ "a", { zeros, (size_t)24 << 20 } }, 1);
	free(zeros);
	struct documents documents = read_whole(arena, bomb);
	expect_trouble(&documents, "a", "unpacks to more than 200 times its size");
	struct packed many[40];
	for (size_t i = 0; i < COUNT(many); i++)
		many[i] = (struct packed){ arena_printf(arena, "b%zu.zip", i), bomb };
	/* Each stops at its ratio; together they meet the limit of the message. */
	documents = read_whole(arena, pack_zip(arena, many, COUNT(many)));
	expect_trouble(&documents, "b0.zip, a", "unpacks to more than 200 times its size");
	assert_true(documents.unpack_told);
	arena_free(&arena);
}

static void test_many_files(void **state)
{
	struct arena *arena = arena_new();
	struct packed *many = arena_array(arena, 30000, sizeof *many);
	for (size_t i = 0; i < 30000; i++)
		many[i] = (struct packed){ arena_printf(arena, "%zu.txt", i), BYTES("x") };
	struct documents documents = read_whole(arena, pack_zip(arena, many, 600));
	assert_int_equal(documents.text_count, DOCUMENT_LIMITS_DEFAULT.files - 1);
	assert_true(documents.files_told);
	documents = read_whole(arena, pack_zip(arena, many, 30000));
	expect_trouble(&documents, "", "holds more than 20000 files");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_format), cmocka_unit_test(test_one_compressed_file),
		cmocka_unit_test(test_compressed_office_file), cmocka_unit_test(test_zip_in_zip),
		cmocka_unit_test(test_locked), cmocka_unit_test(test_names_are_shown_clean), cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_bombs), cmocka_unit_test(test_many_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
