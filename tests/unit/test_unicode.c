/* test_unicode.c - comparable forms of text, names and domains.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/unicode.h"

static void test_utf8(void **state)
{
	static const struct {
		const char *bytes, *repaired;
	} cases[] = {
		{ "", "" },
		{ "plain", "plain" },
		{ "\xC5\xB5\xE2\x82\xAC\xF0\x9F\x93\xA7", "\xC5\xB5\xE2\x82\xAC\xF0\x9F\x93\xA7" },
		{ "a\xC3", "a\xEF\xBF\xBD" },
		{ "\xE2\x82", "\xEF\xBF\xBD\xEF\xBF\xBD" },
		{ "\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD" },             /* overlong */
		{ "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" }, /* surrogate */
		{ "\xF4\x90\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct bytes bytes = bytes_of(cases[i].bytes);
		struct bytes repaired = unicode_repair(arena, bytes);
		assert_true(bytes_equal(repaired, bytes_of(cases[i].repaired)));
		assert_int_equal(unicode_is_utf8(bytes), bytes_equal(repaired, bytes));
		assert_true(unicode_is_utf8(repaired));
	}
	arena_free(&arena);
}

static void test_plain(void **state)
{
	static const struct {
		const char *text, *plain;
	} cases[] = {
		{ "Plain text.\r\n", "Plain text.\r\n" },
		{ "tab\there", "tab here" },
		{ "no\xC2\xA0" "break \xE3\x80\x80wide", "no break  wide" },
		{ "con\xE2\x80\x8B" "fi\xC2\xAD" "den\xEF\xBB\xBFtial", "confidential" },
		{ "\xEF\xBC\xA3\xEF\xBC\xA1\xEF\xBC\xB0", "CAP" },
		{ "\xE2\x80\x98x\xE2\x80\x99 \xE2\x80\x9Cy\xE2\x80\x9D \xE2\x80\x94 z`s\xC2\xB4", "'x' \"y\" - z's'" },
		{ "\xEF\xAC\x81ne", "fine" },
		{ "w\xCC\x82", "\xC5\xB5" },
		{ "bad\xFF", "bad\xEF\xBF\xBD" },
		{ "bell\a and \x7F" "delete", "bell and delete" },
		{ "\xC3\xA9 bell\a", "\xC3\xA9 bell" },
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct bytes plain = unicode_plain(arena, bytes_of(cases[i].text));
		assert_string_equal(arena_string_of(arena, plain), cases[i].plain);
	}
	assert_true(bytes_equal(unicode_plain(arena, (struct bytes){ "n\0ul", 4 }), BYTES("nul")));
	assert_true(bytes_equal(unicode_plain(arena, (struct bytes){ "\xC3\xA9\0x", 4 }), BYTES("\xC3\xA9x")));
	struct bytes same = BYTES("nothing changes");
	assert_ptr_equal(unicode_plain(arena, same).data, same.data);
	arena_free(&arena);
}

/* Longer than one piece: cut points lose and add nothing. */
static void test_long(void **state)
{
	struct arena *arena = arena_new();
	size_t count = 700000;
	char *text = arena_alloc(arena, count * 2 + 1);
	for (size_t i = 0; i < count; i++)
		memcpy(text + i * 2, "\xC3\xA9", 2);
	struct bytes bytes = { text, count * 2 };
	assert_true(bytes_equal(unicode_plain(arena, bytes), bytes));
	arena_free(&arena);
}

static void test_keys(void **state)
{
	struct arena *arena = arena_new();
	assert_string_equal(unicode_key(arena, BYTES("  Amir \t KHAN\r\n")), "amir khan");
	assert_string_equal(unicode_key(arena, BYTES("SI\xC3\x82N \xC3\x9F")), "si\xC3\xA2n ss");
	assert_string_equal(unicode_key(arena, BYTES("S\0\xC3\x82")), "s\xC3\xA2");
	assert_string_equal(unicode_key(arena, BYTES_EMPTY), "");
	assert_string_equal(unicode_domain(arena, BYTES("Council.EXAMPLE")), "council.example");
	assert_string_equal(unicode_domain(arena, BYTES("b\xC3\xBC" "cher.Example")), "xn--bcher-kva.example");
	assert_string_equal(unicode_domain(arena, BYTES("fa\xC3\x9F.example")), "xn--fa-hia.example");
	assert_string_equal(unicode_domain(arena, BYTES("xn--zz..Bad")), "xn--zz..bad");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_keys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
