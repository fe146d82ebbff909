/* test_notice.c - notices to senders: complete messages, short, exact, with nothing of the message in them but its subject.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "action/foot_text.h"
#include "action/notice.h"
#include "action/own_mail.h"
#include "base/unicode.h"
#include "message/decode.h"
#include "message/header.h"

static const struct plan_options options = {
	.id = "CH-20260302-3F7KQ2",
	.council_name = "Cyngor Tref Llanf\xc3\xa2n, a long name of a council that must be folded to fit into a line",
	.notice_from = "protocol-help@llanfan.example",
	.second_reviewer = "mo@wexshire.example",
	.footer_format = "CC councillor %s",
	.footer_all = "CC all councillors",
	.at = 1772442000, /* 2 March 2026, 09:00 UTC */
};

static const char *const lines[] = { "CC councillor Amir Khan", "CC councillor Si\xc3\xa2n O'Neill" };
static const char *const two[] = { "joan@resident.example", "press@gazette.example" };

#define MANY "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "

/* As long as a configuration may make them. */
static const struct telling long_telling = {
	.kind = NOTICE_HELD,
	.to = "ruth@llanfan.example",
	.subject = "a b c d e f g h i j k l m n o p q r s t u v w x y z",
	.message_id = "<1@llanfan.example>",
	.held = (const char *const[]){ "a@x.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example" },
	.held_count = 5,
	.noticed_en = MANY MANY MANY MANY, .noticed_cy = MANY MANY MANY MANY,
	.clause = MANY MANY, .quote = MANY MANY MANY,
	.remedy_en = MANY MANY MANY, .remedy_cy = MANY MANY MANY,
	.lines = (const char *const[]){ "CC councillor Ann Bee", "CC councillor Cat Dee", "CC councillor Eve Eff", "CC councillor Gil Aitch" },
	.line_count = 4,
	.untouched = UNTOUCHED_LINES,
};

static struct telling plain_telling(enum notice_kind kind)
{
	return (struct telling){
		.kind = kind,
		.to = "ruth@llanfan.example",
		.subject = "Allotment fees",
		.message_id = "<1@llanfan.example>",
		.noticed_en = "It was also sent to Amir Khan, whose name was not visible to Carl Moss.",
		.clause = "Councillor-Officer Protocol, Correspondence, paragraph 1",
		.quote = "a system of \"silent copies\" should not be employed",
	};
}

struct read_notice {
	struct arena *arena;
	struct notice notice;
	struct message *message;
	char *body;
	char *unwrapped; /* on one line */
};

/* As the build made it; no locale of the system is asked. */
static const struct notice_words *welsh_words(struct arena *arena)
{
	const struct catalogue *catalogue = NULL;
	struct notice_words *words = NULL;
	struct error err = ERROR_INIT;
	if (!catalogue_read("po/cy/LC_MESSAGES/copyhold.mo", arena, &catalogue, &err) ||
	    !notice_words_translate(arena, catalogue, &words, &err))
		fail_msg("%s", error_text(&err));
	return words;
}

static struct read_notice make(const struct telling *telling, bool welsh, bool welsh_first)
{
	struct read_notice read = { .arena = arena_new() };
	struct plan_options wanted = options;
	struct bytes body = BYTES_EMPTY;
	wanted.words_cy = welsh ? welsh_words(read.arena) : NULL;
	wanted.welsh_first = welsh_first;
	read.notice = notice_make(read.arena, telling, &wanted);
	read.message = message_scan(read.arena, read.notice.message, &MESSAGE_LIMITS_DEFAULT);
	assert_true(part_text(read.arena, read.message->root, &body));
	read.body = arena_string_of(read.arena, body);
	read.unwrapped = arena_string_of(read.arena, body);
	char *to = read.unwrapped;
	for (const char *c = read.body; *c != '\0'; c++)
		if (*c != '\r')
			*to++ = *c == '\n' ? ' ' : *c;
	*to = '\0';
	return read;
}

static const char *field(const struct read_notice *read, const char *name)
{
	assert_int_equal(header_occurrences(read->message->root, name), 1);
	return header_text_of(read->arena, read->message->root, name);
}

static size_t words_in(const char *text)
{
	size_t words = 0;
	for (const char *c = text; *c != '\0'; c++)
		words += !ascii_is_space(*c) && (c == text || ascii_is_space(c[-1]));
	return words;
}

static void check_form(const struct read_notice *read)
{
	size_t offset = 0;
	struct bytes line;
	assert_false(read->message->ambiguous);
	assert_int_equal(read->message->defect_count, 0);
	while (bytes_next_line(read->notice.message, &offset, &line)) {
		if (line.length > 76)
			fail_msg("%.*s", (int)line.length, line.data);
		assert_true(bytes_find_char(line, '\r', 0) == (size_t)-1);
		for (size_t i = 0; i < line.length; i++)
			assert_true((unsigned char)line.data[i] < 0x7f);
	}
	assert_true(bytes_ends_with(read->notice.message, BYTES("\r\n")));
}

static void test_fields(void **state)
{
	struct telling telling = plain_telling(NOTICE_ANNOTATED);
	telling.lines = lines;
	telling.line_count = 2;
	telling.lines_added = true;
	struct read_notice read = make(&telling, false, false);
	check_form(&read);
	assert_string_equal(read.notice.to, "ruth@llanfan.example");
	assert_string_equal(field(&read, "From"), "Cyngor Tref Llanf\xc3\xa2n, a long name of a council that must be folded to fit into a line "
			    "<protocol-help@llanfan.example>");
	assert_string_equal(field(&read, "To"), "<ruth@llanfan.example>");
	assert_string_equal(field(&read, "Subject"), "Line added: Allotment fees");
	assert_string_equal(field(&read, "Date"), "Mon, 02 Mar 2026 09:00:00 +0000");
	assert_string_equal(field(&read, "Message-ID"), "<CH-20260302-3F7KQ2.annotated@llanfan.example>");
	assert_string_equal(field(&read, "In-Reply-To"), "<1@llanfan.example>");
	assert_string_equal(field(&read, "References"), "<1@llanfan.example>");
	assert_string_equal(field(&read, "Auto-Submitted"), "auto-generated");
	assert_non_null(strstr(read.body, "Your message \"Allotment fees\" was delivered."));
	assert_non_null(strstr(read.body, "It was also sent to Amir Khan, whose name was not visible to Carl Moss."));
	assert_non_null(strstr(read.body, "Added at its foot: CC councillor Amir Khan, CC councillor Si\xc3\xa2n O'Neill."));
	assert_non_null(strstr(read.unwrapped, "paragraph 1: \"a system of \"silent copies\" should not be employed\""));
	assert_non_null(strstr(read.body, "Reference: CH-20260302-3F7KQ2\r\n"));
	arena_free(&read.arena);
}

/* The longest a notice can get, in both languages and each kind. */
static void test_under_120_words(void **state)
{
	static const enum notice_kind kinds[] = { NOTICE_HELD, NOTICE_ANNOTATED, NOTICE_ADVICE, NOTICE_RETURNED, NOTICE_RELEASED,
						  NOTICE_COMPANION };
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		struct telling telling = long_telling;
		telling.kind = kinds[i];
		telling.companion_sent = telling.kind == NOTICE_ADVICE;
		telling.sender = "Ruth Calder";
		struct read_notice read = make(&telling, true, i % 2 == 0);
		check_form(&read);
		char *second = strstr(read.body, "--------");
		assert_non_null(second);
		*second = '\0';
		assert_in_range(words_in(read.body), 20, 119);
		assert_in_range(words_in(second + 8), 20, 119);
		assert_non_null(strstr(second + 1, options.id));
		assert_non_null(strstr(read.body, options.id));
		arena_free(&read.arena);
	}
}

static void test_held_for_some(void **state)
{
	struct telling telling = plain_telling(NOTICE_HELD);
	telling.held = two;
	telling.held_count = 2;
	struct read_notice read = make(&telling, false, false);
	assert_non_null(strstr(read.unwrapped, "has not been sent to joan@resident.example, press@gazette.example. The other recipients have it."));
	arena_free(&read.arena);
	telling.held_count = 0;
	read = make(&telling, false, false);
	assert_non_null(strstr(read.body, "Your message \"Allotment fees\" has not been sent.\r\n"));
	arena_free(&read.arena);
}

static void test_subject_withheld(void **state)
{
	struct telling telling = plain_telling(NOTICE_HELD);
	telling.subject = NULL;
	struct read_notice read = make(&telling, false, false);
	assert_string_equal(field(&read, "Subject"), "Held: CH-20260302-3F7KQ2");
	assert_non_null(strstr(read.body, "Your message has not been sent."));
	arena_free(&read.arena);
}

static void test_welsh(void **state)
{
	struct telling telling = plain_telling(NOTICE_HELD);
	struct read_notice read = make(&telling, true, true);
	assert_string_equal(field(&read, "Subject"), "Wedi'i dal: Allotment fees");
	assert_string_equal(field(&read, "Content-Language"), "cy, en");
	char *english = strstr(read.body, "Your message");
	assert_non_null(english);
	assert_true(strstr(read.body, "Ni anfonwyd eich neges") < english);
	arena_free(&read.arena);
	/* Welsh alone is not offered: English always. */
	read = make(&telling, false, true);
	assert_string_equal(field(&read, "Subject"), "Held: Allotment fees");
	assert_null(strstr(read.body, "anfonwyd"));
	arena_free(&read.arena);
}

static void test_injection(void **state)
{
	static const char *const bad_ids[] = { "<a@b>\r\nBcc: x@y.example", "a@b", "<a b@c>", "<a@b><c@d>", "<>", "" };
	struct telling telling = plain_telling(NOTICE_HELD);
	telling.subject = "Fees\r\nBcc: spy@x.example\r\n\r\nbody =?utf-8?q?x?=";
	telling.noticed_en = "one\r\n.\r\ntwo";
	telling.to = "ruth@llanfan.example\r\nBcc: spy@x.example";
	for (size_t i = 0; i < sizeof bad_ids / sizeof bad_ids[0]; i++) {
		telling.message_id = bad_ids[i];
		struct read_notice read = make(&telling, false, false);
		assert_int_equal(header_occurrences(read.message->root, "Bcc"), 0);
		assert_int_equal(header_occurrences(read.message->root, "In-Reply-To"), 0);
		assert_int_equal(read.message->root->header_count, 10);
		assert_string_equal(field(&read, "Subject"), "Held: Fees  Bcc: spy@x.example    body =?utf-8?q?x?=");
		assert_null(strstr(read.body, "\r\n.\r\n"));
		arena_free(&read.arena);
	}
}

static void test_not_added(void **state)
{
	struct telling telling = plain_telling(NOTICE_ADVICE);
	telling.lines = lines;
	telling.line_count = 1;
	telling.untouched = UNTOUCHED_SIGNED;
	struct read_notice read = make(&telling, false, false);
	assert_non_null(strstr(read.unwrapped, "could not be added because the message is signed: CC councillor Amir Khan."));
	arena_free(&read.arena);
}

/* To the recipients of a message that could not be altered. */
static void test_companion(void **state)
{
	struct telling telling = plain_telling(NOTICE_COMPANION);
	telling.to = "cllr.moss@llanfan.example";
	telling.sender = "Ruth Calder";
	telling.number = 2;
	telling.noticed_en = NULL;
	telling.lines = lines;
	telling.line_count = 2;
	telling.untouched = UNTOUCHED_SIGNED;
	struct read_notice read = make(&telling, true, false);
	check_form(&read);
	assert_string_equal(field(&read, "Subject"), "Re: Allotment fees");
	assert_string_equal(field(&read, "In-Reply-To"), "<1@llanfan.example>");
	assert_string_equal(field(&read, "References"), "<1@llanfan.example>");
	assert_string_equal(field(&read, "Message-ID"), "<CH-20260302-3F7KQ2.companion-2@llanfan.example>");
	assert_non_null(strstr(read.unwrapped, "The message \"Allotment fees\" from Ruth Calder has a copy that its To and Cc do not show."));
	assert_non_null(strstr(read.unwrapped, "because the message is signed. This stands for the line at its foot:"));
	assert_non_null(strstr(read.body, "\r\nCC councillor Amir Khan\r\nCC councillor Si\xc3\xa2n O'Neill\r\n"));
	assert_non_null(strstr(read.unwrapped, "The clause: Councillor-Officer Protocol, Correspondence, paragraph 1"));
	assert_non_null(strstr(read.unwrapped, "Ni ellid newid y neges (mae'r neges wedi'i llofnodi'n ddigidol)."));
	arena_free(&read.arena);
}

/* Each reason in both languages, to the recipients and to the sender, and short enough. */
static void test_every_reason(void **state)
{
	for (enum untouched why = UNTOUCHED_SIGNED; why <= UNTOUCHED_NOT_SHOWN; why++) {
		for (int companion = 0; companion < 2; companion++) {
			struct telling telling = companion ? long_telling : plain_telling(NOTICE_ADVICE);
			telling.kind = companion ? NOTICE_COMPANION : NOTICE_ADVICE;
			telling.sender = "Ruth Calder";
			telling.lines = lines;
			telling.line_count = 1;
			telling.untouched = why;
			struct read_notice read = make(&telling, true, false);
			if (strstr(read.unwrapped, untouched_sentence(why)) == NULL ||
			    strstr(read.unwrapped, welsh_words(read.arena)->untouched[why]) == NULL)
				fail_msg("%s: %s", untouched_code(why), read.unwrapped);
			char *second = strstr(read.body, "--------");
			assert_non_null(second);
			*second = '\0';
			assert_in_range(words_in(read.body), 20, 119);
			assert_in_range(words_in(second + 8), 20, 119);
			arena_free(&read.arena);
		}
	}
}

static void test_companion_sent(void **state)
{
	struct telling telling = plain_telling(NOTICE_ADVICE);
	telling.lines = lines;
	telling.line_count = 1;
	telling.untouched = UNTOUCHED_ENCRYPTED;
	telling.companion_sent = true;
	struct read_notice read = make(&telling, false, false);
	assert_string_equal(field(&read, "Subject"), "Recipients told: Allotment fees");
	assert_non_null(strstr(read.unwrapped, "because the message is encrypted. The recipients were told in a notice: CC councillor Amir Khan."));
	arena_free(&read.arena);
	/* Held for some: that is what the notice is about. */
	telling.kind = NOTICE_HELD;
	read = make(&telling, false, false);
	assert_string_equal(field(&read, "Subject"), "Held: Allotment fees");
	arena_free(&read.arena);
}

static void test_decision(void **state)
{
	struct arena *arena = arena_new();
	struct decided decided = {
		.kind = NOTICE_RETURNED, .to = "ruth@llanfan.example", .subject = "Fees", .message_id = "<1@llanfan.example>",
		.reason = "Please send it without the annex.", .clause = "Correspondence, paragraph 3",
	};
	struct notice notice = notice_of_decision(arena, &decided, &options);
	assert_int_equal(notice.kind, NOTICE_RETURNED);
	assert_true(bytes_find(notice.message, BYTES("\r\n\r\nYour message \"Fees\" has not been sent; it is returned to you.\r\n"), 0) != (size_t)-1);
	assert_true(bytes_find(notice.message, BYTES("Please send it without the annex."), 0) != (size_t)-1);
	arena_free(&arena);
}

/* Names and subjects in any script come back as they went in, and each encoded word is whole characters. */
static void test_encoded_words(void **state)
{
	static const char *const texts[] = {
		"plain", "Held: the words of a subject that is longer than one line of a header field may be, and so is folded twice at least", "Si\xc3\xa2n", "\xd0\x9a\xd0\xb8\xd1\x97\xd0\xb2 \xd0\x9a\xd0\xb8\xd1\x97\xd0\xb2 \xd0\x9a\xd0\xb8\xd1\x97\xd0\xb2 \xd0\x9a\xd0\xb8\xd1\x97\xd0\xb2",
		"\xf0\x9f\x8c\xb3\xf0\x9f\x8c\xb3\xf0\x9f\x8c\xb3\xf0\x9f\x8c\xb3\xf0\x9f\x8c\xb3\xf0\x9f\x8c\xb3\xf0\x9f\x8c\xb3\xf0\x9f\x8c\xb3\xf0\x9f\x8c\xb3\xf0\x9f\x8c\xb3",
		"=?utf-8?q?fake?=", "a \"b\" \\c",
	};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct arena *arena = arena_new();
		bool damaged = false;
		char *encoded = header_encode_text(arena, texts[i]);
		struct header header = { .name = BYTES("Subject"), .value = bytes_of(encoded) };
		assert_string_equal(header_decode_words(arena, header_unfolded(arena, &header), &damaged), texts[i]);
		assert_false(damaged);
		arena_free(&arena);
	}
	struct arena *arena = arena_new();
	assert_string_equal(header_encode_name(arena, "a \"b\" \\c"), "\"a \\\"b\\\" \\\\c\"");
	arena_free(&arena);
}

static void test_fill(void **state)
{
	struct arena *arena = arena_new();
	const char *const values[] = { "%s%n", "two" };
	assert_string_equal(line_fill(arena, "CC councillor %s", values, 1), "CC councillor %s%n");
	assert_string_equal(line_fill(arena, "%s, %s, %s", values, 2), "%s%n, two, %s");
	assert_string_equal(line_fill(arena, "100% %d", values, 1), "100% %d");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_under_120_words),
		cmocka_unit_test(test_held_for_some),
		cmocka_unit_test(test_subject_withheld),
		cmocka_unit_test(test_welsh),
		cmocka_unit_test(test_injection),
		cmocka_unit_test(test_not_added),
		cmocka_unit_test(test_companion),
		cmocka_unit_test(test_every_reason),
		cmocka_unit_test(test_companion_sent),
		cmocka_unit_test(test_decision),
		cmocka_unit_test(test_encoded_words),
		cmocka_unit_test(test_fill),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
