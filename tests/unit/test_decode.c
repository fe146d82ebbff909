/* test_decode.c - transfer encodings, charsets, encoded words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "message/decode.h"
#include "message/header.h"

struct decoding {
	const char *encoded, *decoded;
	bool clean;
};

static void check(struct bytes (*decode)(struct arena *, struct bytes, bool *), const struct decoding *cases, size_t count)
{
	struct arena *arena = arena_new();
	for (size_t i = 0; i < count; i++) {
		bool clean;
		struct bytes decoded = decode(arena, bytes_of(cases[i].encoded), &clean);
		assert_string_equal(arena_string_of(arena, decoded), cases[i].decoded);
		assert_int_equal(decoded.length, strlen(cases[i].decoded));
		if (clean != cases[i].clean)
			fail_msg("%s: clean is %d", cases[i].encoded, clean);
	}
	arena_free(&arena);
}

static void test_base64(void **state)
{
	static const struct decoding cases[] = {
		{ "", "", true },
		{ "QUJD", "ABC", true },
		{ "QUI=", "AB", true },
		{ "QQ==", "A", true },
		{ "QQ=\r\n=\r\n", "A", true },
		{ "QUJD\r\nREVG\r\n", "ABCDEF", true },
		{ "QUJD \r\nREVG", "ABCDEF", true },
		{ "QUI", "AB", false },
		{ "QUJDR", "ABC", false },
		{ "QU JD", "ABC", false },
		{ "QU*JD", "ABC", false },
		{ "QQ==QUJD", "AABC", false },
		{ "QQ===", "A", false },
		{ "QQ=", "A", false },
		{ "=", "", false },
	};
	check(base64_to_bytes, cases, sizeof cases / sizeof cases[0]);
}

static void test_quoted_printable(void **state)
{
	static const struct decoding cases[] = {
		{ "", "", true },
		{ "caf=C3=A9=E2=82=AC", "caf\xC3\xA9\xE2\x82\xAC", true },
		{ "caf=c3=a9=e2=82=ac", "caf\xC3\xA9\xE2\x82\xAC", true },
		{ "caf=C3=A9=e2=82=ac", "caf\xC3\xA9\xE2\x82\xAC", false }, /* some decoders pass over small letters */
		{ "one=\r\ntwo=\nthree", "onetwothree", true },
		{ "blanks  \r\nend \t", "blanks\r\nend \t", true },
		{ "kept=20\r\n", "kept \r\n", true },
		{ "end=", "end", true },
		{ "one= \r\ntwo", "onetwo", false },
		{ "a=4", "a=4", false },
		{ "a=ZZb", "a=ZZb", false },
		{ "1 = 2", "1 = 2", false },
	};
	check(quoted_printable_to_bytes, cases, sizeof cases / sizeof cases[0]);
}

static void test_charsets(void **state)
{
	static const struct {
		const char *charset, *bytes, *utf8;
		bool clean;
	} cases[] = {
		{ NULL, "plain", "plain", true },
		{ NULL, "si\xC3\xA2n", "si\xC3\xA2n", true },
		{ NULL, "\x80 5", "\xE2\x82\xAC 5", false },
		{ "utf-8", "a\xFF", "a\xEF\xBF\xBD", false },
		{ "us-ascii", "caf\xE9", "caf\xC3\xA9", false },
		{ "ISO-8859-1", "caf\xE9 \x80", "caf\xC3\xA9 \xE2\x82\xAC", true },
		{ "'iso-8859-1'", "caf\xE9", "caf\xC3\xA9", true },
		{ "iso-8859-14", "\xF0", "\xC5\xB5", true }, /* Welsh w with circumflex */
		{ "windows-1252", "\x81", "\xEF\xBF\xBD", false },
		{ "utf-7", "+AEM-onfidential", "Confidential", true },
		{ "shift_jis", "\x93\xFA\x96", "\xE6\x97\xA5\xEF\xBF\xBD", false },
		{ "cp037", "\xC1\xC2", "\xC3\x81\xC3\x82", false },
		{ "x-unheard-of", "plain", "plain", false },
	};
	struct arena *arena = arena_new();
	bool clean;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct bytes utf8 = charset_to_utf8(arena, bytes_of(cases[i].bytes), cases[i].charset, &clean);
		assert_string_equal(arena_string_of(arena, utf8), cases[i].utf8);
		if (clean != cases[i].clean)
			fail_msg("%s %s: clean is %d", cases[i].charset, cases[i].bytes, clean);
	}
	static const struct bytes orders[] = { { "S\0E\0", 4 }, { "\0S\0E", 4 }, { "\xFF\xFES\0E\0", 6 } };
	for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++)
		assert_true(bytes_equal(charset_to_utf8(arena, orders[i], "utf-16", &clean), BYTES("SE")));
	assert_null(charset_canonical("cp037"));
	assert_null(charset_canonical("utf-8//IGNORE"));
	assert_null(charset_canonical(""));
	assert_null(charset_canonical("../evil"));
	assert_string_equal(charset_canonical(" Latin1 "), "ISO-8859-1");

	struct bytes out;
	assert_true(charset_from_utf8(arena, BYTES("\xC5\xB5"), "iso-8859-14", &out));
	assert_true(bytes_equal(out, BYTES("\xF0")));
	assert_false(charset_from_utf8(arena, BYTES("\xE2\x82\xAC"), "iso-8859-1", &out));
	assert_false(charset_from_utf8(arena, BYTES("\xC3\xA9"), NULL, &out));
	assert_false(charset_from_utf8(arena, BYTES("x"), "x-unheard-of", &out));
	arena_free(&arena);
}

static void test_words(void **state)
{
	static const struct {
		const char *value, *text;
		bool damaged;
	} cases[] = {
		{ "plain", "plain", false },
		{ "=?utf-8?q?a_b=C3=A9_?=c", "a b\xC3\xA9 c", false },
		{ "x =?utf-8?q?a?= =?utf-8?q?b?= y", "x ab y", false },
		{ "=?utf-8?q?a?=\tplain =?utf-8?q?b?=", "a plain b", false },
		/* A character divided between two words. */
		{ "=?utf-8?b?w6k=?= =?utf-8?b?w6?= =?utf-8?b?qQ==?=", "\xC3\xA9\xC3\xA9", false },
		{ "=?iso-8859-1*en?Q?caf=E9?=", "caf\xC3\xA9", false },
		{ "=?utf-8?B?U0VDUkVU?=", "SECRET", false },
		{ "=?utf-16?B?UwBFAEMAUgBFAFQA?=", "SECRET", false },
		{ "caf\xE9", "caf\xC3\xA9", false },
		{ "caf\xC3\xA9", "caf\xC3\xA9", false },
		{ "=?utf-8?x?a?= =?utf-8?q?SECRET?=", "=?utf-8?x?a?=SECRET", true },
		{ "=?cp037?q?a?=", "=?cp037?q?a?=", true },
		{ "=?utf-8?q?a b?=", "a b", true },
		{ "=?utf-8?q?a=ZZ?=", "a=ZZ", true },
		{ "=?utf-8?q?SEC=00RET?=", "SECRET", true },
		{ "=?utf-8?q?a=0D=0Ab?=", "a  b", false },
		{ "=?utf-8?q?open", "=?utf-8?q?open", false },
		{ "a =? b ?= c", "a =? b ?= c", false },
		{ "=?=?utf-8?q?x?=", "=?x", false },
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		bool damaged = false;
		assert_string_equal(header_decode_words(arena, bytes_of(cases[i].value), &damaged), cases[i].text);
		if (damaged != cases[i].damaged)
			fail_msg("%s: damaged is %d", cases[i].value, damaged);
	}
	arena_free(&arena);
}

static void test_budget(void **state)
{
	struct arena *arena = arena_new();
	struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
	limits.decoded_bytes = 10;
	const char *raw = "Content-Transfer-Encoding: quoted-printable\r\n\r\ntwelve bytes";
	struct message *message = message_scan(arena, bytes_of(raw), &limits);
	struct bytes out;
	assert_false(part_text(arena, message->root, &out));
	assert_true(message_has_defect(message, DEFECT_SIZE));
	limits.decoded_bytes = 12;
	message = message_scan(arena, bytes_of(raw), &limits);
	assert_true(part_text(arena, message->root, &out));
	assert_true(part_text(arena, message->root, &out)); /* paid for once */
	assert_false(message_has_defect(message, DEFECT_SIZE));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_base64), cmocka_unit_test(test_quoted_printable), cmocka_unit_test(test_charsets),
		cmocka_unit_test(test_words),  cmocka_unit_test(test_budget),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
