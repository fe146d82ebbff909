/* test_session.c - what the mail server tells is put together byte for byte, and within its limits.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "milter/session.h"

static struct snapshot roomy = { .max_message = 1 << 20, .max_in_flight = 1 << 20 };

static struct session *begin(struct budget *budget, struct snapshot *snapshot)
{
	struct session *session = session_new(budget, "192.0.2.1");
	session_begin(session, "<ann@example.org>", "ann", false);
	session->snapshot = snapshot;
	return session;
}

static void assert_message(struct session *session, const char *expected)
{
	struct bytes message = session_message(session);
	assert_int_equal(message.length, strlen(expected));
	assert_memory_equal(message.data, expected, message.length);
}

static void test_paths(void **state)
{
	static const struct {
		const char *argument, *path;
	} rows[] = {
		{ "<ann@example.org>", "ann@example.org" },
		{ "ann@example.org", "ann@example.org" }, /* a local program's mail */
		{ "<>", "" },
		{ "", "" },
		{ "<\"a b\"@example.org>", "\"a b\"@example.org" },
		{ "<ann@example.org", "<ann@example.org" },
		{ ">", ">" },
		{ "<", "<" },
		{ "<sian@t\xc5\xb7.example>", "sian@t\xc5\xb7.example" },
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(path_without_brackets(arena, rows[i].argument), rows[i].path);
	arena_free(&arena);
}

static void test_headers_keep_their_bytes(void **state)
{
	static const struct {
		const char *name, *value, *field;
	} rows[] = {
		{ "Subject", " hello", "Subject: hello\r\n" },
		{ "Subject", "hello", "Subject:hello\r\n" },
		{ "Subject", "  two", "Subject:  two\r\n" },
		{ "Subject", "", "Subject:\r\n" },
		{ "Subject", " ", "Subject: \r\n" },
		{ "X-Fold", " a\n\tb\n  c", "X-Fold: a\r\n\tb\r\n  c\r\n" },
		{ "X-Fold", " a\r\n\tb", "X-Fold: a\r\n\tb\r\n" },
		{ "X-Fold", "\n first line empty", "X-Fold:\r\n first line empty\r\n" },
		{ "X-Raw", " caf\xe9 \xc3\xa9", "X-Raw: caf\xe9 \xc3\xa9\r\n" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct budget budget = { 0 };
		struct session *session = begin(&budget, &roomy);
		session_add_header(session, rows[i].name, rows[i].value);
		struct text expected = TEXT_INIT;
		text_printf(&expected, "%s\r\n", rows[i].field);
		assert_message(session, text_string(&expected));
		text_release(&expected);
		session_free(&session);
	}
}

static void test_body_in_every_split(void **state)
{
	static const char body[] = "one\r\n.\r\n\r\ntwo";
	for (size_t split = 0; split < sizeof body; split++) {
		struct budget budget = { 0 };
		struct session *session = begin(&budget, &roomy);
		session_add_header(session, "To", " b@example.org");
		session_end_headers(session);
		session_add_body(session, (struct bytes){ body, split });
		session_add_body(session, (struct bytes){ body + split, sizeof body - 1 - split });
		assert_message(session, "To: b@example.org\r\n\r\none\r\n.\r\n\r\ntwo");
		session_free(&session);
	}
}

static void test_nul_bytes_are_kept(void **state)
{
	struct budget budget = { 0 };
	struct session *session = begin(&budget, &roomy);
	session_add_body(session, BYTES("a\0b"));
	assert_true(bytes_equal(session_message(session), BYTES("\r\na\0b")));
	session_free(&session);
}

static void test_long_message_is_cut_and_says_so(void **state)
{
	struct snapshot small = { .max_message = 10, .max_in_flight = 1000 };
	struct budget budget = { 0 };
	struct session *session = begin(&budget, &small);
	session_add_header(session, "A", " b");
	session_add_body(session, BYTES("12"));
	assert_false(session->truncated);
	assert_message(session, "A: b\r\n\r\n12");
	session_add_body(session, BYTES("3"));
	assert_true(session->truncated);
	session_add_body(session, BYTES("4"));
	assert_message(session, "A: b\r\n\r\n12");
	assert_false(session->starved);
	session_free(&session);
	assert_int_equal(budget.used, 0);
}

static void test_budget_is_shared_and_given_back(void **state)
{
	struct snapshot narrow = { .max_message = 1000, .max_in_flight = 20 };
	struct budget budget = { 0 };
	struct session *first = begin(&budget, &narrow), *second = begin(&budget, &narrow);
	session_add_body(first, BYTES("0123456789"));
	assert_false(first->starved);
	session_add_body(second, BYTES("0123456789"));
	assert_true(second->starved);
	assert_int_equal(budget.used, first->reserved + second->reserved);
	session_reset(first);
	session_begin(second, "<c@example.org>", NULL, false);
	second->snapshot = &narrow;
	assert_int_equal(budget.used, 0);
	session_add_body(second, BYTES("0123456789"));
	assert_false(second->starved);
	session_free(&first);
	session_free(&second);
	assert_int_equal(budget.used, 0);
}

static void test_recipients_count_against_the_budget(void **state)
{
	struct snapshot narrow = { .max_message = 1000, .max_in_flight = 200 };
	struct budget budget = { 0 };
	struct session *session = begin(&budget, &narrow);
	for (int i = 0; i < 100; i++)
		session_add_recipient(session, "<somebody@example.org>");
	assert_true(session->starved);
	assert_true(session->recipient_count < 100);
	session_free(&session);
	assert_int_equal(budget.used, 0);
}

static void test_nothing_is_left_for_the_next_message(void **state)
{
	struct budget budget = { 0 };
	struct session *session = begin(&budget, &roomy);
	session_add_recipient(session, "<b@example.org>");
	session_add_header(session, "Subject", " one");
	session_add_body(session, BYTES("one"));
	session_begin(session, "<>", NULL, false);
	session->snapshot = &roomy;
	session_add_recipient(session, "<c@example.org>");
	session_add_header(session, "Subject", " two");
	struct envelope envelope = session_envelope(session, 7);
	assert_string_equal(envelope.from, "");
	assert_null(envelope.auth);
	assert_string_equal(envelope.client, "192.0.2.1");
	assert_int_equal(envelope.recipient_count, 1);
	assert_string_equal(envelope.recipients[0], "c@example.org");
	assert_string_equal(session->arguments[0], "<c@example.org>");
	assert_int_equal(envelope.at, 7);
	assert_message(session, "Subject: two\r\n\r\n");
	session_free(&session);
}

static void test_local_mail_has_no_client(void **state)
{
	struct budget budget = { 0 };
	struct session *session = session_new(&budget, "127.0.0.1");
	session_begin(session, "root@example.org", NULL, true);
	session->snapshot = &roomy;
	struct envelope envelope = session_envelope(session, 0);
	assert_null(envelope.client);
	assert_string_equal(envelope.from, "root@example.org");
	session_free(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_headers_keep_their_bytes),
		cmocka_unit_test(test_body_in_every_split),
		cmocka_unit_test(test_nul_bytes_are_kept),
		cmocka_unit_test(test_long_message_is_cut_and_says_so),
		cmocka_unit_test(test_budget_is_shared_and_given_back),
		cmocka_unit_test(test_recipients_count_against_the_budget),
		cmocka_unit_test(test_nothing_is_left_for_the_next_message),
		cmocka_unit_test(test_local_mail_has_no_client),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
