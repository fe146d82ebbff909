/* test_document.c - files known by their content, plain ones read, and the limits of one message.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "document/document.h"
#include "document/looks.h"

struct known {
	struct bytes content;
	const char *name, *type;
	const char *text; /* of the first piece; NULL: none */
	bool html;
	size_t letters;
	bool read;
};

static const struct known plain_files[] = {
	{ BYTES("Dear Ruth,\r\nsee below.\r\n"), "letter.txt", NULL, "Dear Ruth,\nsee below.\n", false, 0, true },
	{ BYTES("Dear Ruth"), NULL, "application/octet-stream", "Dear Ruth", false, 0, true },
	{ BYTES("caf\xE9 \x80 5"), "prices.csv", NULL, "caf\xC3\xA9 \xE2\x82\xAC 5", false, 0, true },
	{ BYTES("\xEF\xBB\xBF" "caf\xC3\xA9"), "a.log", NULL, "caf\xC3\xA9", false, 0, true },
	{ BYTES("\xFF\xFEH\0i\0"), NULL, NULL, "Hi", false, 0, true },
	{ BYTES("\xFE\xFF\0H\0i"), NULL, NULL, "Hi", false, 0, true },
	{ BYTES("H\0i\0 \0a\0l\0l\0"), "a.txt", NULL, "Hi all", false, 0, true },
	{ BYTES("  <!DOCTYPE html><p>x"), "a.txt", NULL, "  <!DOCTYPE html><p>x", true, 0, true },
	{ BYTES("<!-- x --><HTML><body>x"), NULL, NULL, "<!-- x --><HTML><body>x", true, 0, true },
	{ BYTES("<html><meta charset='iso-8859-2'><p>\xB3"), NULL, NULL, "<html><meta charset='iso-8859-2'><p>\xC5\x82", true, 0, true },
	{ BYTES("a <b> c"), "a.htm", NULL, "a <b> c", true, 0, true },
	{ BYTES("From: a@b.example\nTo: c@d.example\nMessage-ID: <x>\n\nHi"), "x.bin", "application/octet-stream", NULL, false, 1, true },
	{ BYTES("From a@b Mon Jan  1\nReceived: by x\n\tfor y\nFrom: a@b.example\n\nHi"), NULL, NULL, NULL, false, 1, true },
	{ BYTES("From: a@b.example\nSubject: x\n\nHi"), "x.eml", NULL, NULL, false, 1, true },
	/* A memo is no e-mail. */
	{ BYTES("To: all members\nFrom: the Clerk\nSubject: bins\n\nHi"), "m.txt", NULL, "To: all members\nFrom: the Clerk\nSubject: bins\n\nHi", false, 0, true },
	{ BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "confidential.txt", NULL, NULL, false, 0, false },
	{ BYTES("\xFF\xD8\xFF\xE0\0\x10JFIF\0"), NULL, "image/jpeg", NULL, false, 0, false },
	{ BYTES(""), "a.txt", "text/plain", NULL, false, 0, false },
};

static void test_plain_files(void **state)
{
	for (size_t i = 0; i < sizeof plain_files / sizeof *plain_files; i++) {
		const struct known *known = &plain_files[i];
		struct arena *arena = arena_new();
		struct documents documents = documents_begin(arena);
		if (document_read(&documents, "", known->content, known->name, known->type) != known->read)
			fail_msg("file %zu: read is not %d", i, known->read);
		assert_int_equal(documents.trouble_count, 0);
		assert_int_equal(documents.letter_count, known->letters);
		assert_int_equal(documents.text_count, known->text != NULL);
		if (known->text != NULL) {
			assert_string_equal(arena_string_of(arena, documents.texts[0].utf8), known->text);
			assert_int_equal(documents.texts[0].html, known->html);
			assert_int_equal(documents.texts[0].role, DOCUMENT_BODY);
		}
		arena_free(&arena);
	}
}

static void test_mbox_line_is_not_the_letters(void **state)
{
	struct arena *arena = arena_new();
	struct documents documents = documents_begin(arena);
	assert_true(document_read(&documents, "", BYTES("From x Mon\nFrom: a@b.example\nMessage-ID: <x>\n\nHi"), NULL, NULL));
	assert_true(bytes_starts_with(documents.letters[0].raw, BYTES("From: a@b")));
	arena_free(&arena);
}

struct look {
	bool (*looks)(const struct sample *sample);
	struct bytes content;
};

static void test_signatures(void **state)
{
	char tar[512] = "minutes.txt";
	memcpy(tar + 257, "ustar", 5);
	const struct look looks[] = {
		{ looks_pdf, BYTES("\r\njunk %PDF-1.7") }, { looks_rtf, BYTES(" {\\rtf1 x}") }, { looks_tnef, BYTES("\x78\x9f\x3e\x22\1\0") },
		{ looks_calendar, BYTES("\xEF\xBB\xBF" "begin:vcalendar\r\n") }, { looks_vcard, BYTES("BEGIN:VCARD\r\n") },
		{ looks_zip, BYTES("PK\x03\x04xx") }, { looks_packed, BYTES("7z\xBC\xAF\x27\x1C") }, { looks_packed, BYTES("\x1F\x8B\x08") },
		{ looks_packed, BYTES("BZh91AY&SYxxx") }, { looks_packed, { tar, sizeof tar } }, { looks_xml, BYTES("<?xml version='1.0'?><a/>") },
		{ looks_xml, BYTES("\xFF\xFE<\0?\0x\0m\0l\0 \0") }, { looks_postscript, BYTES("%!PS-Adobe") }, { looks_wordperfect, BYTES("\xFFWPC\0") },
		{ looks_compound, BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") },
	};
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
		struct sample sample = sample_of(looks[i].content, "misleading.png", "image/png");
		if (!looks[i].looks(&sample))
			fail_msg("signature %zu is not known", i);
		struct sample cut = sample_of(bytes_slice(looks[i].content, 0, 2), "x", NULL);
		if (looks[i].content.length > 2 && looks[i].looks(&cut) && looks[i].looks != looks_packed)
			fail_msg("signature %zu is known by half", i);
	}
}

static void test_text_limit_is_told_once(void **state)
{
	struct arena *arena = arena_new();
	struct documents documents = documents_begin(arena);
	documents.left.text = 200;
	for (int i = 0; i < 5; i++)
		documents_add_text(&documents, "a", BYTES("0123456789 caf\xC3\xA9 0123456789 0123456789 0123456789"), false);
	assert_int_equal(documents.trouble_count, 1);
	assert_string_equal(documents.troubles[0].why, "text too long to examine to the end");
	assert_in_range(documents.text_count, 1, 3);
	arena_free(&arena);
}

static void test_file_limit_is_told_once(void **state)
{
	struct arena *arena = arena_new();
	struct documents documents = documents_begin(arena);
	documents.left.files = 2;
	for (int i = 0; i < 5; i++)
		assert_true(document_read(&documents, "a", BYTES("text"), "a.txt", NULL));
	assert_int_equal(documents.text_count, 2);
	assert_int_equal(documents.trouble_count, 1);
	arena_free(&arena);
}

static void test_unpack_limit(void **state)
{
	struct arena *arena = arena_new();
	struct documents documents = documents_begin(arena);
	assert_true(documents_may_unpack(&documents, "a.zip", documents.left.unpacked));
	assert_false(documents_may_unpack(&documents, "a.zip", 1));
	assert_false(documents_may_unpack(&documents, "b.zip", 1));
	assert_int_equal(documents.trouble_count, 1);
	assert_string_equal(documents.troubles[0].why, "unpacks to more than 64 MB");
	arena_free(&arena);
}

static void test_places(void **state)
{
	struct arena *arena = arena_new();
	assert_string_equal(document_place(arena, "", "header"), "header");
	assert_string_equal(document_place(arena, "a.docx", ""), "a.docx");
	assert_string_equal(document_place(arena, "a.docx", "header"), "a.docx, header");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain_files), cmocka_unit_test(test_mbox_line_is_not_the_letters), cmocka_unit_test(test_signatures),
		cmocka_unit_test(test_text_limit_is_told_once), cmocka_unit_test(test_file_limit_is_told_once), cmocka_unit_test(test_unpack_limit),
		cmocka_unit_test(test_places),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
