/* test_service_options.c - the command line of a service: what is taken, what is refused, and what ends there.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/service_options.h"

#define USUAL SYSCONFDIR "/copyhold/copyhold.conf"

static const struct service_command with_f = { "copyhold-desk", "Usage: ...\n", "socket", true };
static const struct service_command without_f = { "copyhold-console", "Usage: ...\n", "user", false };

static void command_lines_are_read(void **state)
{
	static const struct {
		const struct service_command *command;
		const char *line, *conf, *own; /* the line: words with a blank between */
		bool test;
		int exit_code;
	} rows[] = {
		{ &with_f, "x", USUAL, NULL, false, -1 },
		{ &with_f, "x -f -c a --socket b", "a", "b", false, -1 },
		{ &with_f, "x --foreground --config=a -t", "a", NULL, true, -1 },
		{ &without_f, "x --test --user root", USUAL, "root", true, -1 },
		{ &without_f, "x -f", USUAL, NULL, false, EX_USAGE },
		{ &without_f, "x --foreground", USUAL, NULL, false, EX_USAGE },
		{ &without_f, "x --socket b", USUAL, NULL, false, EX_USAGE },
		{ &with_f, "x --user root", USUAL, NULL, false, EX_USAGE },
		{ &with_f, "x -c", USUAL, NULL, false, EX_USAGE },
		{ &with_f, "x -t word", USUAL, NULL, true, EX_USAGE },
		{ &with_f, "x --help word", USUAL, NULL, false, EX_OK },
		{ &without_f, "x --version --nonsense", USUAL, NULL, false, EX_OK },
		{ &without_f, "x --nonsense --version", USUAL, NULL, false, EX_USAGE },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *words[8] = { NULL }, *line = strdup(rows[i].line), *rest = NULL;
		int count = 0;
		for (char *word = strtok_r(line, " ", &rest); word != NULL && count < 7; word = strtok_r(NULL, " ", &rest))
			words[count++] = word;
		optind = 0; /* the C library's reader begins anew */
		struct service_options got = service_options_read(rows[i].command, count, words);
		if (got.exit_code != rows[i].exit_code || got.test != rows[i].test)
			fail_msg("row %zu: exit code %d, test %d", i, got.exit_code, got.test);
		assert_string_equal(got.conf, rows[i].conf);
		assert_int_equal(got.own == NULL, rows[i].own == NULL);
		if (got.own != NULL)
			assert_string_equal(got.own, rows[i].own);
		free(line);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(command_lines_are_read) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
