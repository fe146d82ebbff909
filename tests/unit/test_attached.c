/* test_attached.c - attached files as part of the letters they come with, opened by their readers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "document/document.h"
#include "packing.h"
#include "reading_case.h"

#define W "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TYPES { "[Content_Types].xml", BYTES("<Types/>") }
#define DOCX "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

static struct bytes docx(struct arena *arena, const char *body, const char *header)
{
	const struct packed members[] = {
		TYPES, { "word/document.xml", bytes_of(arena_printf(arena, "<w:document " W ">%s</w:document>", body)) },
		{ "word/header1.xml", bytes_of(arena_printf(arena, "<w:hdr " W ">%s</w:hdr>", header)) },
	};
	return pack_zip(arena, members, 3);
}

static const char *base64(struct arena *arena, struct bytes content)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	struct text text = TEXT_INIT;
	for (size_t i = 0; i < content.length; i += 3) {
		unsigned long group = 0;
		for (size_t k = 0; k < 3; k++)
			group = group << 8 | (i + k < content.length ? (unsigned char)content.data[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			text_add_char(&text, i + k > content.length ? '=' : digits[group >> (18 - 6 * k) & 63]);
		if (i % 57 == 54)
			text_add_char(&text, '\n');
	}
	return text_to_arena(&text, arena).data;
}

/* A letter of two lines with one file, as a part of that type. */
static const char *with_file(struct arena *arena, const char *type, const char *name, struct bytes content)
{
	return arena_printf(arena, "From: Ruth Ames <clerk@marlbrook.example>\nTo: moss@marlbrook.example\nSubject: Papers\nMIME-Version: 1.0\n"
			    "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlease see attached.\n\n--b\n"
			    "Content-Type: %s; name=\"%s\"\nContent-Disposition: attachment; filename=\"%s\"\nContent-Transfer-Encoding: base64\n\n%s\n--b--\n",
			    type, name, name, base64(arena, content));
}

/* The reading of `raw` with files opened, in the place of the one reading_open made. */
static struct reading_case open_files(const char *raw)
{
	struct reading_case c = reading_open("From: x@y.example\n", BYTES("x"));
	struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
	struct message *message = message_scan(c.arena, message_to_crlf(c.arena, arena_bytes(c.arena, bytes_of(raw))), &limits);
	c.reading = reading_make_opening(c.arena, message, c.lexicon, c.scratch, &document_opener);
	return c;
}

static void print(const struct reading *reading)
{
	for (size_t i = 0; i < reading->letter_count; i++)
		for (size_t k = 0; k < reading->letters[i]->marking_count; k++)
			fprintf(stderr, "letter %zu: %d at \"%s\": %s\n", i, reading->letters[i]->markings[k].strength, reading->letters[i]->markings[k].where,
				reading->letters[i]->markings[k].words);
	for (size_t i = 0; i < reading->unreadable_count; i++)
		fprintf(stderr, "part %s: %s\n", reading->unreadable[i].part, reading->unreadable[i].why);
}

static void expect_marking(const struct reading *reading, size_t letter, const char *where, enum marking_strength strength)
{
	for (size_t k = 0; letter < reading->letter_count && k < reading->letters[letter]->marking_count; k++)
		if (strcmp(reading->letters[letter]->markings[k].where, where) == 0 && reading->letters[letter]->markings[k].strength == strength)
			return;
	print(reading);
	fail_msg("no marking of letter %zu at \"%s\"", letter, where);
}

static void expect_unreadable(const struct reading *reading, const char *part, const char *why)
{
	for (size_t i = 0; i < reading->unreadable_count; i++)
		if (strcmp(reading->unreadable[i].part, part) == 0 && strcmp(reading->unreadable[i].why, why) == 0)
			return;
	print(reading);
	fail_msg("not unreadable: part %s: %s", part, why);
}

static void test_markings_name_file_and_place(void **state)
{
	struct arena *arena = arena_new();
	const char *raw = with_file(arena, DOCX, "Minutes.docx", docx(arena, P("Minutes of Monday."), P("OFFICIAL-SENSITIVE")));
	struct reading_case c = open_files(raw);
	expect_marking(c.reading, 0, "Minutes.docx, header (part 2)", MARKING_EXPLICIT);
	assert_int_equal(c.reading->unreadable_count, 0);
	reading_close(&c);
	struct bytes zip = pack_zip(arena, &(struct packed){ "a/Minutes.docx", docx(arena, P("Minutes"), P("In confidence")) }, 1);
	c = open_files(with_file(arena, "application/zip", "papers.zip", zip));
	expect_marking(c.reading, 0, "papers.zip, a/Minutes.docx, header (part 2)", MARKING_EXPLICIT);
	reading_close(&c);
	arena_free(&arena);
}

static void test_content_counts_not_the_name(void **state)
{
	static const char *const types[] = { "application/octet-stream", "image/png", "text/plain", "application/pdf" };
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		struct reading_case c = open_files(with_file(arena, types[i], "x.png", docx(arena, P("Minutes."), P("CONFIDENTIAL"))));
		expect_marking(c.reading, 0, "x.png, header (part 2)", MARKING_EXPLICIT);
		reading_close(&c);
	}
	arena_free(&arena);
}

static void test_running_text_is_weak_and_takes_nothing_off(void **state)
{
	struct arena *arena = arena_new();
	const char *body = P("Apologies were received from two members and the minutes of the last meeting were signed.")
		P("The Clerk reported on the budget.") P("Members were reminded that staff matters are confidential and are not for these minutes.")
		P("The meeting then turned to bins.") P("It closed at nine.") P("Date of the next meeting: 3 May.") P("Present: six members.");
	struct reading_case c = open_files(with_file(arena, DOCX, "m.docx", docx(arena, body, P("Minutes"))));
	for (size_t k = 0; k < c.reading->outer->marking_count; k++)
		assert_int_equal(c.reading->outer->markings[k].strength, MARKING_WEAK);
	reading_close(&c);
	c = open_files(with_file(arena, DOCX, "f.docx", docx(arena, P("This form is not confidential."), P("Form 7"))));
	assert_false(c.reading->outer->unmarked);
	reading_close(&c);
	arena_free(&arena);
}

static void test_what_cannot_be_opened(void **state)
{
	static const struct packing locked = { archive_write_set_format_zip, NULL, "secret" };
	struct arena *arena = arena_new();
	struct bytes file = docx(arena, P("Minutes."), P("x"));
	struct bytes zip = pack(arena, &locked, &(struct packed){ "m.docx", file }, 1);
	struct reading_case c = open_files(with_file(arena, "application/zip", "papers.zip", zip));
	expect_unreadable(c.reading, "2", "papers.zip, m.docx: locked with a password");
	reading_close(&c);
	c = open_files(with_file(arena, DOCX, "m.docx", bytes_slice(file, 0, 40)));
	expect_unreadable(c.reading, "2", "m.docx: damaged");
	reading_close(&c);
	c = open_files(with_file(arena, DOCX, "m.docx", BYTES("\x01\x02\x03\x04\x05\x06")));
	expect_unreadable(c.reading, "2", "m.docx: damaged, or no docx at all");
	reading_close(&c);
	c = open_files(with_file(arena, "image/png", "photo.png", BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")));
	assert_int_equal(c.reading->unreadable_count, 0);
	reading_close(&c);
	arena_free(&arena);
}

#define OLD "From: Dewi Moss <moss@marlbrook.example>\nTo: Ruth Ames <clerk@marlbrook.example>\nSubject: CONFIDENTIAL: the lease\n" \
	"Message-ID: <1@x>\nMIME-Version: 1.0\n"

static void test_letters_in_files(void **state)
{
	struct arena *arena = arena_new();
	struct bytes old = BYTES(OLD "Content-Type: text/plain\n\nPrivate and confidential\n\nThe lease.\n");
	struct reading_case c = open_files(with_file(arena, "application/octet-stream", "old.eml", old));
	assert_int_equal(c.reading->letter_count, 2);
	assert_int_equal(c.reading->letters[1]->kind, LETTER_ENCLOSED);
	assert_ptr_equal(c.reading->letters[1]->parent, c.reading->outer);
	assert_string_equal(c.reading->letters[1]->from.items[0].address, "moss@marlbrook.example");
	expect_marking(c.reading, 1, "subject", MARKING_EXPLICIT);
	expect_marking(c.reading, 1, "part 2 (old.eml), line 1", MARKING_EXPLICIT);
	assert_int_equal(c.reading->outer->marking_count, 0);
	assert_string_equal(c.reading->letters[1]->passages[0].part->number, "2");
	reading_close(&c);
	arena_free(&arena);
}

/* A file in a letter in a file is that letter's. */
static void test_file_in_letter_in_zip(void **state)
{
	struct arena *arena = arena_new();
	const char *inner = with_file(arena, DOCX, "m.docx", docx(arena, P("Minutes."), P("Strictly confidential")));
	const char *letter = arena_printf(arena, "Message-ID: <2@x>\n%s", inner);
	struct bytes zip = pack_zip(arena, &(struct packed){ "mail/fwd.eml", bytes_of(letter) }, 1);
	struct reading_case c = open_files(with_file(arena, "application/zip", "papers.zip", zip));
	assert_int_equal(c.reading->letter_count, 2);
	expect_marking(c.reading, 1, "m.docx, header (part 2 (papers.zip, mail/fwd.eml), 2)", MARKING_EXPLICIT);
	assert_int_equal(c.reading->outer->marking_count, 0);
	reading_close(&c);
	arena_free(&arena);
}

/* The same where the letter is no file but a part. */
static void test_file_of_a_forwarded_message(void **state)
{
	struct arena *arena = arena_new();
	const char *inner = with_file(arena, DOCX, "m.docx", docx(arena, P("Minutes."), P("Strictly confidential")));
	struct reading_case c = open_files(arena_printf(arena, "From: Ruth Ames <clerk@marlbrook.example>\nSubject: Fwd: Papers\nMIME-Version: 1.0\n"
							"Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: text/plain\n\nSee below.\n--o\n"
							"Content-Type: message/rfc822\n\n%s\n--o--\n", inner));
	assert_int_equal(c.reading->letter_count, 2);
	expect_marking(c.reading, 1, "m.docx, header (part 2.2)", MARKING_EXPLICIT);
	assert_int_equal(c.reading->outer->marking_count, 0);
	reading_close(&c);
	arena_free(&arena);
}

/* An invitation and a signature beside the text are no files anybody misses; a text file keeps its declared character set. */
static void test_parts_that_are_no_documents(void **state)
{
	struct arena *arena = arena_new();
	struct reading_case c = open_files(with_file(arena, "application/pkcs7-signature", "smime.p7s", BYTES("\x30\x82\x01\x02\x06\x09\x2a\x86\x48")));
	assert_int_equal(c.reading->unreadable_count, 0);
	reading_close(&c);
	c = open_files(with_file(arena, "text/plain; charset=iso-8859-2", "l.txt", BYTES("CONFIDENTIAL\n\nZa\xbf\xf3\xb3\xe6\n")));
	expect_marking(c.reading, 0, "l.txt (part 2)", MARKING_EXPLICIT);
	const struct passage *passage = &c.reading->outer->passages[c.reading->outer->passage_count - 1];
	assert_true(passage->attachment);
	assert_string_equal(arena_string_of(arena, passage->lines[2].text), "Za\xC5\xBC\xC3\xB3\xC5\x82\xC4\x87");
	reading_close(&c);
	arena_free(&arena);
}

static void test_letters_in_letters_end(void **state)
{
	struct arena *arena = arena_new();
	struct bytes letter = BYTES(OLD "Content-Type: text/plain\n\nInnermost.\n");
	for (int i = 0; i < 8; i++)
		letter = bytes_of(arena_printf(arena, "Message-ID: <2@x>\n%s", with_file(arena, "application/octet-stream", "old.eml", letter)));
	struct reading_case c = open_files(letter.data);
	assert_in_range(c.reading->letter_count, 4, 8);
	assert_true(c.reading->unreadable_count > 0);
	reading_close(&c);
	arena_free(&arena);
}

#define LETTER P("Marlbrook Town Council") P("Town Hall, High Street") P("2 March 2026") P("Dear Mr Pride,") P("Stage hire") \
	P("On behalf of the Council I accept your quotation of 12 February in the sum of 1,250 pounds.") P("Please supply the stage by noon.") \
	P("Yours sincerely") P("Councillor Amir Khan") P("Mayor of Marlbrook")

static void test_document_in_the_form_of_a_letter(void **state)
{
	struct arena *arena = arena_new();
	struct reading_case c = open_files(with_file(arena, DOCX, "Letter.docx", docx(arena, LETTER, P("x"))));
	assert_int_equal(c.reading->letter_count, 2);
	assert_int_equal(c.reading->letters[1]->kind, LETTER_ATTACHED);
	assert_int_equal(c.reading->letters[1]->signature_count, 1);
	assert_string_equal(c.reading->letters[1]->signatures[0].name, "Amir Khan");
	assert_true(c.reading->letters[1]->signatures[0].as_councillor);
	bool accepts = false;
	for (size_t i = 0; i < c.reading->sentence_count; i++) {
		const struct sentence *sentence = &c.reading->sentences[i];
		bool found = bytes_find(sentence->plain, BYTES("I accept your quotation"), 0) != (size_t)-1;
		accepts |= found && sentence->letter == c.reading->letters[1] && strstr(sentence->where, "Letter.docx (part 2), line ") != NULL;
	}
	assert_true(accepts);
	reading_close(&c);
	c = open_files(with_file(arena, "text/html", "Letter.html", BYTES("<html><p>Dear Mr Pride,</p><p>We accept your quotation of May.</p><p>Yours sincerely</p>"
										 "<p>Councillor Amir Khan<br>Mayor</p></html>")));
	assert_int_equal(c.reading->letter_count, 2);
	assert_string_equal(c.reading->letters[1]->signatures[0].name, "Amir Khan");
	reading_close(&c);
	/* Nobody is greeted, or nobody signs. */
	c = open_files(with_file(arena, DOCX, "m.docx", docx(arena, P("Minutes") P("It was resolved to accept the quotation.") P("Amir Khan") P("Mayor"), P("x"))));
	assert_int_equal(c.reading->letter_count, 1);
	reading_close(&c);
	c = open_files(with_file(arena, DOCX, "d.docx", docx(arena, P("Dear Sir,") P("We accept the quotation in the sum that you name in it."), P("x"))));
	assert_int_equal(c.reading->letter_count, 1);
	reading_close(&c);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_markings_name_file_and_place), cmocka_unit_test(test_content_counts_not_the_name),
		cmocka_unit_test(test_running_text_is_weak_and_takes_nothing_off), cmocka_unit_test(test_what_cannot_be_opened),
		cmocka_unit_test(test_letters_in_files), cmocka_unit_test(test_file_in_letter_in_zip), cmocka_unit_test(test_letters_in_letters_end),
		cmocka_unit_test(test_file_of_a_forwarded_message), cmocka_unit_test(test_parts_that_are_no_documents),
		cmocka_unit_test(test_document_in_the_form_of_a_letter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
