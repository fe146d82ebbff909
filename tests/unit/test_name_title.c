/* test_name_title.c - words before a name: known in any case and with their full stop, taken off for a councillor only.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/name_title.h"

static void words_before_a_name(void **state)
{
	static const struct {
		const char *word;
		int kind; /* -1: none */
	} rows[] = {
		{ "Cllr", NAME_TITLE_COUNCILLOR }, { "CLLR.", NAME_TITLE_COUNCILLOR }, { "Cllrs", NAME_TITLE_COUNCILLORS }, { "y cynghorydd", NAME_TITLE_COUNCILLOR },
		{ "Maer", NAME_TITLE_MAYOR },      { "mrs.", NAME_TITLE_HONORIFIC },   { "Clerk", -1 },                      { "Cllr..", -1 },
		{ ".", -1 },                       { "", -1 },                         { "Cllr Khan", -1 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct name_title *title = name_title_of(bytes_of(rows[i].word));
		assert_int_equal(title == NULL ? -1 : (int)title->kind, rows[i].kind);
	}
}

static void what_stands_behind_a_councillors_title(void **state)
{
	static const char *const rows[][2] = {
		{ "Cllr. Amir Khan", "Amir Khan" }, { "councillor  Khan ", "Khan" }, { "Y Cyng. Siân Rees", "Siân Rees" }, { "Gynghorydd Rees", "Rees" },
		{ "Cllr", "Cllr" },                 { "Mrs Khan", "Mrs Khan" },      { "Councillors Khan", "Councillors Khan" }, { "Cyngor Tref", "Cyngor Tref" },
		{ "", "" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_true(bytes_equal(name_behind_councillor(bytes_of(rows[i][0])), bytes_of(rows[i][1])));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_before_a_name),
		cmocka_unit_test(what_stands_behind_a_councillors_title),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
