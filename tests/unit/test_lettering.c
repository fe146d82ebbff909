/* test_lettering.c - words that are set so that a search would not find them, and text that must stay as it is.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "base/unicode.h"
#include "reading/lettering.h"

static const struct {
	const char *text, *read; /* NULL: as it is */
} texts[] = {
	{ "C O N F I D E N T I A L - staffing", "CONFIDENTIAL - staffing" },
	{ "P R I V A T E   A N D   C O N F I D E N T I A L", "PRIVATE AND CONFIDENTIAL" },
	{ "P R I V A T E A N D C O N F I D E N T I A L", "PRIVATE AND CONFIDENTIAL" },
	{ "S.T.R.I.C.T.L.Y.C.O.N.F.I.D.E.N.T.I.A.L.", "STRICTLY CONFIDENTIAL." },
	{ "c_o_n_f_i_d_e_n_t_i_a_l", "confidential" },
	{ "F U N   D A Y on Saturday", "FUN DAY on Saturday" },
	{ "R E S T R I C T E D: depot", "RESTRICTED: depot" },
	{ "I n  c o n f i d e n c e", "In confidence" },
	{ "Mr J R R T Smith", NULL },
	{ "grades A, B, C, D, E, F", NULL },
	{ "a x + b y - c", NULL },
	{ "It is 5 - 4 - 3 to us", NULL },
	{ "\xd0\xa1ONFIDENTI\xd0\x90L", "CONFIDENTIAL" },
	{ "\xd0\x95\xd0\xa5\xd0\x95\xd0\x9c\xd0\xa0\xd0\xa2", "EXEMPT" },
	{ "c\xce\xbfnfidenti\xd0\xb0l", "confidential" },
	{ "C\xce\x9fNF\xce\x99" "D\xce\x95NT\xce\x99" "AL", "CONFIDENTIAL" },
	{ "\xe1\xb4\x84\xe1\xb4\x8f\xc9\xb4""f\xc9\xaa\xe1\xb4\x85\xe1\xb4\x87\xc9\xb4\xe1\xb4\x9b\xc9\xaa\xe1\xb4\x80\xca\x9f", "coNfiDENTiAL" },
	{ "C\xcc\xb2O\xcc\xb2N\xcc\xb2""FIDENTIAL", "CONFIDENTIAL" },
	{ "confi- dential papers", "confidential papers" },
	{ "OFFI- CIAL-SENSITIVE", "OFFICIAL-SENSITIVE" },
	{ "very confi- dent", NULL },
	{ "long- and short-term", NULL },
	{ "T\xc5\xb7 Gwyn, Ll\xc5\xb7n, caf\xc3\xa9", NULL },
	{ "", NULL },
};

static void test_texts(void **state)
{
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct arena *arena = arena_new();
		struct bytes text = bytes_of(texts[i].text), read = lettering_read(arena, unicode_plain(arena, text));
		if (!bytes_equal(read, bytes_of(texts[i].read == NULL ? texts[i].text : texts[i].read)))
			fail_msg("%s: %.*s", texts[i].text, (int)read.length, read.data);
		arena_free(&arena);
	}
}

static void test_lines_are_joined(void **state)
{
	static const struct {
		const char *line, *next, *joined;
	} lines[] = {
		{ "STRICTLY CONFI-", "DENTIAL", "STRICTLY CONFIDENTIAL" },
		{ "this is confiden-", "tial and so on", "this is confidential" },
		{ "in the coun-", "cil chamber", "in the coun-" },
		{ "nothing broken", "confidential", "nothing broken" },
		{ "-", "confidential", "-" },
		{ "not confidential-", "", "not confidential-" },
	};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct arena *arena = arena_new();
		struct bytes joined = lettering_join(arena, bytes_of(lines[i].line), bytes_of(lines[i].next));
		assert_true(bytes_equal(joined, bytes_of(lines[i].joined)));
		arena_free(&arena);
	}
}

/* A row of single letters as long as a message must not cost its square. */
static void test_long_rows(void **state)
{
	struct arena *arena = arena_new();
	struct text text = TEXT_INIT;
	for (size_t i = 0; i < 500000; i++)
		text_add(&text, i % 2 == 0 ? "a " : "in- ");
	for (size_t i = 0; i < 500000; i++)
		text_add(&text, "a ");
	struct bytes read = lettering_read(arena, text_bytes(&text));
	assert_true(read.length > 500000);
	text_release(&text);
	arena_free(&arena);
}

static void test_alike_takes_any_bytes(void **state)
{
	struct arena *arena = arena_new();
	struct bytes alike = unicode_alike(arena, BYTES("\xd0\xa1" "\xff\xc3" "ab\xe2\x82"));
	assert_true(unicode_is_utf8(alike));
	assert_true(bytes_starts_with(alike, BYTES("C")));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_lines_are_joined),
		cmocka_unit_test(test_long_rows),
		cmocka_unit_test(test_alike_takes_any_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
