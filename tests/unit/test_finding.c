/* test_finding.c - where a complaint says that it stands, and in which order findings are told.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/finding.h"

static const struct finding_class early = { "early", "told first", "Do." }, late = { "late", "told last", "Do." };

static const struct {
	const char *sentence, *file;
	int line;
	const char *reason;
} complaints[] = {
	{ "a.conf:12: no such key", "a.conf", 12, "no such key" },
	{ "/etc/x:y/a.conf:7: no such key", "/etc/x:y/a.conf", 7, "no such key" },
	{ "a.conf:12: the phrase \"at 10:30: noon\"", "a.conf", 12, "the phrase \"at 10:30: noon\"" },
	{ "a.conf: cannot be opened", "whole.conf", 0, "a.conf: cannot be opened" },
	{ "a.conf: the phrase \"at 10:30: noon\"", "whole.conf", 0, "a.conf: the phrase \"at 10:30: noon\"" },
	{ "something is wrong", "whole.conf", 0, "something is wrong" },
	{ "", "whole.conf", 0, "" },
};

static void test_places(void **state)
{
	for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++) {
		struct findings findings = { .arena = arena_new() };
		findings_add_error(&findings, &early, "whole.conf", complaints[i].sentence);
		assert_int_equal(findings.count, 1);
		assert_true(findings.items[0].error);
		assert_string_equal(findings.items[0].file, complaints[i].file);
		assert_int_equal(findings.items[0].line, complaints[i].line);
		assert_string_equal(findings.items[0].reason, complaints[i].reason);
		arena_free(&findings.arena);
	}
}

static void test_order(void **state)
{
	struct findings findings = { .arena = arena_new() };
	findings_sort(&findings);
	findings_add(&findings, &late, "b.conf", 3, "%d", 1);
	findings_add(&findings, &early, "b.conf", 3, "%d", 2);
	findings_add(&findings, &early, "b.conf", 2, "%d", 3);
	findings_add(&findings, &early, "a.conf", 0, "%d", 4);
	findings_add_error(&findings, &late, "z.conf", "z.conf:9: 5");
	findings_sort(&findings);
	const char *const order[] = { "5", "4", "3", "2", "1" };
	for (size_t i = 0; i < findings.count; i++)
		assert_string_equal(findings.items[i].reason, order[i]);
	assert_int_equal(findings_errors(&findings), 1);
	assert_string_equal(finding_sentence(findings.arena, &findings.items[0]), "z.conf:9: 5");
	assert_string_equal(finding_sentence(findings.arena, &findings.items[1]), "a.conf: 4");
	arena_free(&findings.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_places), cmocka_unit_test(test_order) };
	return cmocka_run_group_tests_name("finding", tests, NULL, NULL);
}
