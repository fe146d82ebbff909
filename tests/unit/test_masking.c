/* test_masking.c - names and addresses that may not leave the office, in text that people and hostile senders wrote.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../src/review/masking.h"

#define NOW ((int64_t)1772442000)

static const char people[] = "name,role,offices,group,addresses\n"
			     "Ruth Ames,officer,clerk,,clerk@marlbrook.example\n"
			     "Dean Hollis,officer,,,dean@marlbrook.example\n"
			     "Amir Khan,councillor,,,amir.khan@marlbrook.example;amir@home.example\n"
			     "Zara Khan,councillor,,,zara@marlbrook.example\n"
			     "Siân O'Neill,resident,,,sian@village.example\n"
			     "The Green Firm,contractor,,,office@green.example\n"
			     "All councillors,list,,councillors,all@marlbrook.example\n";

static struct directory *load(struct arena *arena)
{
	static const char *const names[] = { "marlbrook.example" };
	static const struct string_list domains = { names, 1, NULL };
	struct directory *directory = NULL;
	char path[] = "/tmp/copyhold-masking-XXXXXX";
	int file = mkstemp(path);
	assert_true(file >= 0 && write(file, people, sizeof people - 1) == (ssize_t)(sizeof people - 1));
	close(file);
	assert_true(directory_load(path, &domains, &directory, arena, NULL, NULL, NULL));
	unlink(path);
	return directory;
}

static void test_text(void **state)
{
	static const struct {
		const char *written, *shown;
	} cases[] = {
		{ "Amir Khan wrote to Zara Khan.", "Amir Khan wrote to a councillor." },
		{ "amir khan and ZARA KHAN", "amir khan and a councillor" },
		{ "Zara said so, and Khan too", "a councillor said so, and a councillor too" },
		{ "Khanum and Zarathustra stay", "Khanum and Zarathustra stay" },
		{ "Siân O'Neill's letter; O'Neill rang", "a third party's letter; a third party rang" },
		{ "The Green Firm has a green van, The green one", "a third party has a green van, The green one" },
		{ "from amir@home.example to Zara@Marlbrook.example.", "from amir@home.example to Z...a@...." },
		{ "<zara+tag@marlbrook.example>, (x@y.example)", "<z...g@...>, (...@...)" },
		{ "unknown.person@farm.example", "u...n@..." },
		{ "mailto:sian@village.example?subject=x", "mailto:s...n@..." }, /* what cannot be told from the address goes with it */
		{ "\xc5\xba\xc3\xb3\xc5\x82w@farm.example", "...@..." },
		{ "a@[192.0.2.1] b", "...@... b" },
		{ "all@marlbrook.example reaches All councillors", "all@marlbrook.example reaches All councillors" },
		{ "@ is no address, nor is a@ or @b", "@ is no address, nor is a@ or @b" },
		{ "", "" },
	};
	struct arena *arena = arena_new();
	struct directory *directory = load(arena);
	struct reviewer self = reviewer_resolve(directory, "amir.khan@marlbrook.example");
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct masking *masking = masking_new(arena, directory, &self, NOW, false);
		const char *shown = masking_text(masking, cases[i].written);
		if (strcmp(shown, cases[i].shown) != 0)
			fail_msg("\"%s\" became \"%s\"", cases[i].written, shown);
	}
	struct masking *masking = masking_new(arena, directory, &self, NOW, false);
	assert_null(masking_text(masking, NULL));
	assert_string_equal(masking_sentence(masking, "It says \"pay \"now\" at once\". Amir Khan"), "It says (words withheld). Amir Khan");
	assert_string_equal(masking_sentence(masking, "It says \"pay now"), "It says (words withheld)");
	assert_int_equal(masking_count(masking), 2);
	directory_free(&directory);
	arena_free(&arena);
}

static void test_public(void **state)
{
	struct arena *arena = arena_new();
	struct directory *directory = load(arena);
	struct reviewer self = reviewer_resolve(directory, "dean@marlbrook.example");
	struct masking *masking = masking_new(arena, directory, &self, NOW, true);
	(void)state;
	assert_string_equal(masking_text(masking, "Dean Hollis told Ruth Ames, Zara Khan and Siân O'Neill"),
			    "an officer told Ruth Ames, Zara Khan and a third party");
	assert_string_equal(masking_who(masking, "dean@marlbrook.example"), "an officer");
	assert_string_equal(masking_who(masking, "clerk"), "Ruth Ames");
	assert_string_equal(masking_address(masking, "dean@marlbrook.example"), "d...n@...");
	assert_string_equal(masking_address(masking, ""), "");
	directory_free(&directory);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_text), cmocka_unit_test(test_public) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
