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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_single_part),
		cmocka_unit_test(test_nested),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
