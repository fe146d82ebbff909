/* test_catalogue.c - compiled catalogues: found texts, either order of octets, and any damage refused.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/text.h"

static const char *const pairs[][2] = { { "", "Language: cy\n" }, { "Held", "Wedi'i dal" }, { "None", "" }, { "Returned", "Wedi'i dychwelyd" } };
#define PAIRS (sizeof pairs / sizeof pairs[0])

static void add_number(struct text *out, uint32_t number, bool big)
{
	for (int i = 0; i < 4; i++)
		text_add_char(out, (char)(number >> 8 * (big ? 3 - i : i)));
}

static struct bytes compiled(struct arena *arena, bool big)
{
	struct text out = TEXT_INIT, strings = TEXT_INIT;
	uint32_t tables = 28, data = tables + 16 * PAIRS;
	const uint32_t head[] = { 0x950412de, 0, PAIRS, tables, tables + 8 * PAIRS, 0, 0 };
	for (size_t i = 0; i < 7; i++)
		add_number(&out, head[i], big);
	for (int side = 0; side < 2; side++) {
		for (size_t i = 0; i < PAIRS; i++) {
			add_number(&out, (uint32_t)strlen(pairs[i][side]), big);
			add_number(&out, data + (uint32_t)strings.length, big);
			text_add_bytes(&strings, (struct bytes){ pairs[i][side], strlen(pairs[i][side]) + 1 });
		}
	}
	text_add_bytes(&out, text_bytes(&strings));
	text_release(&strings);
	return text_to_arena(&out, arena);
}

static void texts_are_found(void **state)
{
	for (int big = 0; big < 2; big++) {
		struct arena *arena = arena_new();
		const struct catalogue *catalogue;
		struct error err = ERROR_INIT;
		assert_true(catalogue_open("x", compiled(arena, big), arena, &catalogue, &err));
		assert_string_equal(catalogue_text(catalogue, "Held"), "Wedi'i dal");
		assert_string_equal(catalogue_text(catalogue, "Returned"), "Wedi'i dychwelyd");
		assert_null(catalogue_text(catalogue, "None"));
		assert_null(catalogue_text(catalogue, "Hel"));
		assert_null(catalogue_text(catalogue, "Zebra"));
		arena_free(&arena);
	}
}

/* Cut anywhere, or with any octet changed: refused, or read without stepping outside (the sanitizers watch). */
static void damage_is_met(void **state)
{
	struct arena *arena = arena_new();
	struct bytes good = compiled(arena, false);
	for (size_t length = 0; length < good.length; length++) {
		const struct catalogue *catalogue;
		struct error err = ERROR_INIT;
		struct bytes cut = arena_bytes(arena, bytes_slice(good, 0, length));
		assert_false(catalogue_open("cut", cut, arena, &catalogue, &err));
		assert_int_equal(err.kind, ERROR_SETTINGS);
		error_release(&err);
	}
	for (size_t i = 0; i < good.length; i++) {
		for (int value = 0; value < 256; value += 51) {
			struct arena *own = arena_new();
			const struct catalogue *catalogue;
			char *copy = arena_string_of(own, good);
			copy[i] = (char)value;
			if (catalogue_open("changed", (struct bytes){ copy, good.length }, own, &catalogue, NULL))
				for (size_t k = 0; k < PAIRS; k++)
					catalogue_text(catalogue, pairs[k][0]);
			arena_free(&own);
		}
	}
	arena_free(&arena);
}

static void a_missing_file_is_told(void **state)
{
	struct arena *arena = arena_new();
	const struct catalogue *catalogue;
	struct error err = ERROR_INIT;
	assert_false(catalogue_read("/nonexistent/cy.mo", arena, &catalogue, &err));
	assert_int_equal(err.kind, ERROR_SETTINGS);
	assert_non_null(strstr(error_text(&err), "/nonexistent/cy.mo"));
	error_release(&err);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_found),
		cmocka_unit_test(damage_is_met),
		cmocka_unit_test(a_missing_file_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
