/* test_message.c - the part map: offsets, types, encodings, defects, limits.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "message/decode.h"
#include "message/header.h"
#include "message/message.h"

static struct message *scan(struct arena *arena, const char *raw)
{
	return message_scan(arena, bytes_of(raw), &MESSAGE_LIMITS_DEFAULT);
}

static const struct part *part_numbered(const struct message *message, const char *number)
{
	for (size_t i = 0; i < message->part_count; i++) {
		const struct part *part = message->parts[i];
		if (strcmp(part->number, number) == 0)
			return part;
		const struct part *below = part->enclosed == NULL ? NULL : part_numbered(part->enclosed, number);
		if (below != NULL)
			return below;
	}
	return NULL;
}

static const char *body_of(struct arena *arena, const struct part *part)
{
	return arena_string_of(arena, bytes_slice(part->message->raw, part->body_start, part->body_end));
}

static void test_single_part(void **state)
{
	struct arena *arena = arena_new();
	const char *raw = "From: a@b.example\r\nSubject: one\r\n two\r\n\r\nHello\r\n";
	struct message *message = scan(arena, raw);
	const struct part *root = message->root;
	assert_int_equal(message->part_count, 1);
	assert_int_equal(message->defect_count, 0);
	assert_int_equal(root->header_count, 2);
	assert_string_equal(root->number, "");
	assert_string_equal(body_of(arena, root), "Hello\r\n");
	assert_true(root->exact);
	assert_true(part_is(root, "text", "plain"));
	assert_false(root->type_declared);
	assert_string_equal(header_text_of(arena, root, "subject"), "one two");
	const struct header *subject = header_find(root, "SUBJECT", 0);
	assert_memory_equal(raw + subject->start, "Subject: one\r\n two\r\n", subject->end - subject->start);
	assert_null(header_find(root, "Subject", 1));
	arena_free(&arena);
}

static const char nested[] =
	"Content-Type: multipart/mixed; boundary=\"out er\"\r\n\r\npreamble\r\n"
	"--out er\r\nContent-Type: multipart/alternative; boundary=in\r\n\r\n"
	"--in\r\n\r\nplain\r\n\r\n"
	"--in  \r\nContent-Type: text/html; charset=\"UTF-8\"\r\n\r\n<p>html\r\n"
	"--in--\r\n\r\n"
	"--out er\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\nContent-Type: multipart/mixed; boundary=i3\r\n\r\n"
	"--i3\r\n\r\ninner text\r\n--i3--\r\n"
	"--out er\r\nContent-Type: application/pdf; name*0=a; name*1=.pdf\r\nContent-Transfer-Encoding: base64\r\n"
	"Content-Disposition: attachment; filename*=utf-8''a%C3%A9.pdf\r\n\r\nQUJD\r\n"
	"--out er--\r\nepilogue\r\n";

static void test_nested(void **state)
{
	struct arena *arena = arena_new();
	struct message *message = scan(arena, nested);
	static const struct {
		const char *number, *type, *subtype, *body;
	} cases[] = {
		{ "1.1", "text", "plain", "plain\r\n" },
		{ "1.2", "text", "html", "<p>html" },
		{ "2.1", "text", "plain", "inner text" },
		{ "3", "application", "pdf", "QUJD" },
	};
	assert_int_equal(message->part_count, 6);
	assert_int_equal(message->defect_count, 0);
	assert_false(message->ambiguous);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct part *part = part_numbered(message, cases[i].number);
		assert_non_null(part);
		assert_true(part_is(part, cases[i].type, cases[i].subtype));
		assert_string_equal(body_of(arena, part), cases[i].body);
		assert_true(part->exact);
	}
	const struct part *pdf = part_numbered(message, "3"), *inner = part_numbered(message, "2");
	assert_string_equal(pdf->file_name, "a\xC3\xA9.pdf");
	assert_string_equal(part_parameter(pdf, "name"), "a.pdf");
	assert_false(part_is_shown_text(pdf));
	assert_string_equal(header_text_of(arena, inner->enclosed->root, "Subject"), "inner");
	assert_ptr_equal(inner->enclosed->raw.data, nested + inner->body_start);
	assert_int_equal(part_numbered(message, "2.1")->depth, 3);
	struct bytes decoded;
	assert_true(part_decode(arena, pdf, &decoded));
	assert_true(bytes_equal(decoded, BYTES("ABC")));
	arena_free(&arena);
}

#define TWO_PARTS "--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--\r\n"
#define MIXED "Content-Type: multipart/mixed; boundary=b\r\n\r\n"

/* Each row: what is there, the one defect it must have, and where. NO_DEFECT marks the near misses. */
#define NO_DEFECT ((enum defect_kind)-1)

static const struct {
	const char *raw;
	enum defect_kind kind;
	const char *part;
} defect_cases[] = {
	{ "Subject: x\r\njunk\r\nTo: y\r\n\r\n", DEFECT_HEADER_JUNK, "" },
	{ "Subject: x\r\n \r\nTo: y\r\n\r\n", DEFECT_HEADER_JUNK, "" },
	{ "Subject: x\r\n y\r\nTo: y\r\n\r\n", NO_DEFECT, NULL },
	{ "Subject: x\r\nSUBJECT: y\r\n\r\n", DEFECT_HEADER_DUPLICATE, "" },
	{ "Received: x\r\nReceived: y\r\nMIME-Version: 1.0\r\nMIME-Version: 1.0\r\n\r\n", NO_DEFECT, NULL },
	{ MIXED "--b\r\nContent-ID: <a>\r\nContent-Type: text/plain\r\ncontent-type: text/html\r\n\r\none\r\n--b--\r\n",
	  DEFECT_HEADER_DUPLICATE, "1" },
	{ "Subject: a\rb\r\n\r\n", DEFECT_HEADER_CONTROL, "" },
	{ "Subject: caf\xC3\xA9\r\n\r\n", DEFECT_HEADER_8BIT, "" },
	{ "Subject : x\r\n\r\n", DEFECT_HEADER_SPACE_COLON, "" },
	{ MIXED "--b\r\nContent-Type: text/plain\r\n--b--\r\n", DEFECT_NO_BLANK_LINE, "1" },
	{ "Content-Type: text\r\n\r\n", DEFECT_CONTENT_TYPE, "" },
	{ "Content-Type: text/plain (comment)\r\n\r\n", DEFECT_CONTENT_TYPE, "" },
	{ "Content-Type: text/plain; name=a b.txt\r\n\r\n", DEFECT_CONTENT_TYPE, "" },
	{ "Content-Type: text/plain; charset=utf-8; charset=utf-7\r\n\r\n", DEFECT_CONTENT_TYPE, "" },
	{ "Content-Type: text/plain; charset=utf-8; charset=utf-8\r\n\r\n", NO_DEFECT, NULL },
	{ "Content-Type: Text/Plain ;\r\n\tcharset = \"utf-8\" ; name=\"a b (c).txt\";\r\n\r\n", NO_DEFECT, NULL },
	{ "Content-Type: multipart/mixed\r\n\r\n", DEFECT_BOUNDARY_PARAMETER, "" },
	{ "Content-Type: multipart/mixed; boundary=\"\\b\"\r\n\r\n" TWO_PARTS, DEFECT_BOUNDARY_PARAMETER, "" },
	{ "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n" TWO_PARTS, NO_DEFECT, NULL },
	{ "Content-Transfer-Encoding: uuencode\r\n\r\n", DEFECT_ENCODING_UNKNOWN, "" },
	{ "Content-Transfer-Encoding:\r\n 7bit\r\n\r\n", DEFECT_ENCODING_UNKNOWN, "" },
	{ "Content-Transfer-Encoding:   BASE64  \r\n\r\n", NO_DEFECT, NULL },
	{ "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nQQ==", DEFECT_ENCODING_COMPOSITE, "" },
	{ "Content-Type: message/global\r\nContent-Transfer-Encoding: base64\r\n\r\nYTogYg0KDQo=", NO_DEFECT, NULL },
	{ MIXED "no delimiter", DEFECT_BOUNDARY_ABSENT, "" },
	{ MIXED "--b--\r\n", DEFECT_BOUNDARY_ABSENT, "" },
	{ MIXED "--b\r\n\r\none", DEFECT_BOUNDARY_UNCLOSED, "" },
	{ MIXED TWO_PARTS "--b\r\n\r\nthree\r\n--b--\r\n", DEFECT_BOUNDARY_AFTER_CLOSE, "" },
	{ MIXED TWO_PARTS "epilogue -b--\r\n", NO_DEFECT, NULL },
	{ MIXED "--b\r\n\r\n--bad\r\n--b--\r\n", DEFECT_BOUNDARY_GARBAGE, "" },
	{ MIXED "--b \t\r\n\r\n -- b\r\n--a\r\n--b-- \r\n", NO_DEFECT, NULL },
	{ MIXED "--b\r\nContent-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n\r\nx\r\n--bb--\r\n--b--\r\n",
	  DEFECT_BOUNDARY_PREFIX, "1" },
	{ MIXED "--b\r\n--b--\r\n", DEFECT_PART_EMPTY, "1" },
	{ MIXED "--b\r\n\r\nContent-Type: text/html\r\n\r\nx\r\n--b--\r\n", DEFECT_BODY_LIKE_HEADER, "1" },
	{ MIXED "--b\r\n\r\nNote: a text\r\n--b--\r\n", NO_DEFECT, NULL },
	{ "Subject: x\r\n\r\nbegin 644 a.exe\r\n", DEFECT_UUENCODE, "" },
	{ "Subject: x\r\n\r\nbegin 1234567 a\r\nbegin with 644 words\r\n", NO_DEFECT, NULL },
	{ "Subject: x\r\n\r\na\rb\r\n", DEFECT_BARE_CR, "" },
	{ "Content-Type: message/partial; id=x\r\n\r\n", DEFECT_PARTIAL, "" },
};

static void test_defects(void **state)
{
	for (size_t i = 0; i < sizeof defect_cases / sizeof defect_cases[0]; i++) {
		struct arena *arena = arena_new();
		struct message *message = scan(arena, defect_cases[i].raw);
		bool wanted = defect_cases[i].kind == NO_DEFECT;
		for (size_t d = 0; d < message->defect_count; d++) {
			const struct defect *defect = &message->defects[d];
			if (defect_cases[i].kind == NO_DEFECT)
				fail_msg("%s: %s", defect_cases[i].raw, defect_name(defect->kind));
			else if (defect->kind == defect_cases[i].kind)
				wanted |= strcmp(defect->part, defect_cases[i].part) == 0;
		}
		if (!wanted)
			fail_msg("%s: no %s", defect_cases[i].raw, defect_name(defect_cases[i].kind));
		arena_free(&arena);
	}
}

static void test_every_defect_is_explained(void **state)
{
	for (int kind = 0; kind <= DEFECT_LINE_LONG; kind++) {
		assert_non_null(defect_name((enum defect_kind)kind));
		assert_non_null(defect_explanation((enum defect_kind)kind));
	}
}

static void test_long_line(void **state)
{
	struct arena *arena = arena_new();
	struct text raw = TEXT_INIT;
	text_add(&raw, "Subject: x\r\n\r\n");
	for (size_t i = 0; i < 998; i++)
		text_add_char(&raw, 'x');
	text_add(&raw, "\r\n");
	assert_int_equal(message_scan(arena, text_bytes(&raw), &MESSAGE_LIMITS_DEFAULT)->defect_count, 0);
	text_truncate(&raw, raw.length - 2);
	text_add(&raw, "y\r\n");
	struct message *message = message_scan(arena, text_bytes(&raw), &MESSAGE_LIMITS_DEFAULT);
	assert_true(message_has_defect(message, DEFECT_LINE_LONG));
	assert_false(message->ambiguous);
	text_release(&raw);
	arena_free(&arena);
}

/* Where a footer may be spliced, and where it may not. */
static void test_exactness(void **state)
{
	static const struct {
		const char *raw, *part;
		bool exact;
	} cases[] = {
		{ MIXED TWO_PARTS, "1", true },
		{ MIXED TWO_PARTS, "2", true },
		{ MIXED "--b\r\n\r\none\r\n--b\r\n\r\ntwo", "1", true },
		{ MIXED "--b\r\n\r\none\r\n--b\r\n\r\ntwo", "2", false },  /* unclosed */
		{ MIXED "--b\n\none\n--b--\n", "1", false },             /* not the line ends of mail */
		{ MIXED "--b\r\n\r\n--b--\r\n", "1", false },            /* no room of its own */
		{ MIXED TWO_PARTS "--b\r\n", "1", false },               /* the multipart is ambiguous */
		{ MIXED "--b\r\nContent-Type: text/plain; x\r\n\r\none\r\n--b--\r\n", "1", false },
		{ "Subject: x\r\n\r\none", "", true },
		{ "Subject: x", "", false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena *arena = arena_new();
		const struct part *part = part_numbered(scan(arena, cases[i].raw), cases[i].part);
		assert_non_null(part);
		if (part->exact != cases[i].exact)
			fail_msg("%s: exact is %d", cases[i].raw, part->exact);
		arena_free(&arena);
	}
}

static void test_later_defect_withdraws_exactness(void **state)
{
	struct arena *arena = arena_new();
	struct message *message = scan(arena, nested);
	const struct part *inner = part_numbered(message, "2.1"), *html = part_numbered(message, "1.2");
	message_note(arena, html, DEFECT_LINE_LONG);
	assert_true(html->exact);
	message_note(arena, part_numbered(message, "2"), DEFECT_BASE64);
	message_note(arena, part_numbered(message, "2"), DEFECT_BASE64);
	assert_int_equal(message->defect_count, 2);
	assert_false(inner->exact);
	assert_false(inner->ambiguous);
	assert_true(html->exact);
	assert_true(message->ambiguous);
	assert_false(inner->message->ambiguous);
	arena_free(&arena);
}

static void test_kinds_of_part(void **state)
{
	static const struct {
		const char *fields;
		bool shown, protected;
	} cases[] = {
		{ "Subject: x\r\n", true, false },
		{ "Content-Type: text/html\r\n", true, false },
		{ "Content-Type: text/html\r\nContent-Disposition: inline\r\n", true, false },
		{ "Content-Type: text/x-other\r\n", true, false },
		{ "Content-Disposition: ATTACHMENT\r\n", false, false },
		{ "Content-Disposition: attachment; filename=a.txt\r\n", false, false },
		{ "Content-Disposition: inline; filename=a.txt\r\n", true, false }, /* the only part there is */
		{ "Content-Type: text/plain; name=\"=?utf-8?q?a.txt?=\"\r\n", true, false },
		{ "Content-Type: image/png\r\n", false, false },
		{ "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n", false, true },
		{ "Content-Type: application/x-microsoft-rpmsg-message\r\n", false, true },
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct part *part = scan(arena, arena_printf(arena, "%s\r\nHello\r\n", cases[i].fields))->root;
		assert_int_equal(part_is_shown_text(part), cases[i].shown);
		assert_int_equal(part_is_protected(part), cases[i].protected);
	}
	const char *named = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello\r\n"
			    "--b\r\nContent-Type: text/plain; name=a.txt\r\n\r\nHello\r\n--b--\r\n";
	assert_true(part_is_shown_text(part_numbered(scan(arena, named), "1")));
	assert_false(part_is_shown_text(part_numbered(scan(arena, named), "2")));
	const char *signed_forward = "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
				     "Subject: x\r\n\r\nHello\r\n--b--\r\n";
	assert_true(part_is_protected(part_numbered(scan(arena, signed_forward), "1.1")));
	arena_free(&arena);
}

static void test_crlf(void **state)
{
	struct arena *arena = arena_new();
	struct bytes mixed = BYTES("a\nb\r\nc\rd\n\n");
	assert_true(bytes_equal(message_to_crlf(arena, mixed), BYTES("a\r\nb\r\nc\rd\r\n\r\n")));
	struct bytes same = BYTES("a\r\nb\rc");
	assert_ptr_equal(message_to_crlf(arena, same).data, same.data);
	assert_int_equal(message_to_crlf(arena, BYTES_EMPTY).length, 0);
	arena_free(&arena);
}

static void test_nothing(void **state)
{
	struct arena *arena = arena_new();
	static const char *const little[] = { "", "\r\n", "\n", "x", ":", "Subject:", "\r", " " };
	for (size_t i = 0; i < sizeof little / sizeof little[0]; i++) {
		struct message *message = scan(arena, little[i]);
		struct other_readings others;
		assert_non_null(message->root);
		assert_int_equal(message->part_count, 1);
		assert_int_equal(message->root->body_end, strlen(little[i]));
		message_second_opinion(arena, message);
		message_other_readings(arena, message, &others);
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_single_part),
		cmocka_unit_test(test_nested),
		cmocka_unit_test(test_defects),
		cmocka_unit_test(test_every_defect_is_explained),
		cmocka_unit_test(test_long_line),
		cmocka_unit_test(test_exactness),
		cmocka_unit_test(test_later_defect_withdraws_exactness),
		cmocka_unit_test(test_kinds_of_part),
		cmocka_unit_test(test_crlf),
		cmocka_unit_test(test_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
