/* test_period.c - lengths of time: how they are written, and the calendar they are counted in.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/clock.h"
#include "base/period.h"

static void test_written(void **state)
{
	static const struct {
		const char *text;
		int months, days; /* both 0: refused */
	} written[] = {
		{ "30 days", 0, 30 },   { "1 day", 0, 1 },      { "2 weeks", 0, 14 },    { "1 week", 0, 7 },     { "6 months", 6, 0 },
		{ "1 month", 1, 0 },    { "2 years", 24, 0 },   { "1 year", 12, 0 },     { "9999 days", 0, 9999 },
		{ "", 0, 0 },           { "30", 0, 0 },         { "days", 0, 0 },        { " 30 days", 0, 0 },   { "30 days ", 0, 0 },
		{ "30  days", 0, 0 },   { "30days", 0, 0 },     { "30\tdays", 0, 0 },    { "-30 days", 0, 0 },   { "+30 days", 0, 0 },
		{ "0 days", 0, 0 },     { "030 days", 0, 0 },   { "30.5 days", 0, 0 },   { "30 Days", 0, 0 },    { "30 d", 0, 0 },
		{ "6 mo", 0, 0 },       { "10000 days", 0, 0 }, { "99999999999999999999 days", 0, 0 },           { "six months", 0, 0 },
		{ "6 months 2 days", 0, 0 }, { "6 hours", 0, 0 }, { "0x10 days", 0, 0 }, { "6 months\n", 0, 0 }, { "forever", 0, 0 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
		struct period period = { 0, 0 };
		struct error err = ERROR_INIT;
		bool good = period_parse(written[i].text, &period, &err);
		if (good != (written[i].months + written[i].days > 0) || period.months != written[i].months || period.days != written[i].days)
			fail_msg("\"%s\": %d months %d days", written[i].text, period.months, period.days);
		if (!good)
			assert_non_null(strstr(error_text(&err), "\"30 days\""));
		error_release(&err);
	}
}

static int64_t at(const char *text)
{
	int64_t instant = 0;
	assert_true(clock_parse_rfc3339(text, &instant, NULL));
	return instant;
}

static void test_before(void **state)
{
	static const struct {
		struct period period;
		const char *from, *to;
	} cases[] = {
		{ { 6, 0 }, "2026-08-31T10:00:00Z", "2026-02-28T11:00:00Z" }, /* summer time to winter time: the same hour on the wall */
		{ { 6, 0 }, "2024-08-31T10:00:00Z", "2024-02-29T11:00:00Z" },
		{ { 1, 0 }, "2026-03-31T12:00:00+01:00", "2026-02-28T12:00:00Z" },
		{ { 12, 0 }, "2024-02-29T09:00:00Z", "2023-02-28T09:00:00Z" },
		{ { 24, 0 }, "2026-01-01T00:00:00Z", "2024-01-01T00:00:00Z" },
		{ { 0, 30 }, "2026-04-10T08:00:00Z", "2026-03-11T09:00:00Z" },
		{ { 0, 1 }, "2026-03-30T00:30:00+01:00", "2026-03-29T00:30:00Z" },
		{ { 0, 7 }, "2026-01-03T23:59:59Z", "2025-12-27T23:59:59Z" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(period_before(cases[i].period, at(cases[i].from)), at(cases[i].to));
}

static void test_after(void **state)
{
	(void)state;
	assert_int_equal(period_after((struct period){ 6, 0 }, at("2025-08-31T10:00:00Z")), at("2026-03-01T00:00:00Z"));
	assert_int_equal(period_after((struct period){ 6, 0 }, at("2025-09-15T10:00:00Z")), at("2026-03-15T11:00:00Z"));
	assert_int_equal(period_after((struct period){ 12, 0 }, at("2024-02-29T09:00:00Z")), at("2025-03-01T00:00:00Z"));
	assert_int_equal(period_after((struct period){ 0, 30 }, at("2026-01-31T09:00:00Z")), at("2026-03-02T09:00:00Z"));
}

/* What is told to people is when it goes: not before, and no more than the clocks' hour later. */
static void test_after_and_before_agree(void **state)
{
	static const struct period periods[] = { { 0, 1 }, { 0, 30 }, { 1, 0 }, { 6, 0 }, { 12, 0 }, { 24, 0 } };
	(void)state;
	for (int64_t instant = at("2023-12-30T00:17:00Z"); instant < at("2025-01-02T00:00:00Z"); instant += 5 * 3600 + 1)
		for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
			int64_t after = period_after(periods[i], instant);
			assert_true(period_before(periods[i], after) >= instant);
			assert_true(period_before(periods[i], after - 2 * 3600) < instant);
		}
}

static void test_order_and_form(void **state)
{
	struct arena *arena = arena_new();
	(void)state;
	assert_true(period_compare((struct period){ 1, 0 }, (struct period){ 0, 30 }) > 0);
	assert_true(period_compare((struct period){ 1, 0 }, (struct period){ 0, 31 }) < 0);
	assert_true(period_compare((struct period){ 12, 0 }, (struct period){ 0, 365 }) > 0);
	assert_int_equal(period_compare((struct period){ 6, 0 }, (struct period){ 6, 0 }), 0);
	assert_string_equal(period_format(arena, (struct period){ 6, 0 }), "6 months");
	assert_string_equal(period_format(arena, (struct period){ 1, 0 }), "1 month");
	assert_string_equal(period_format(arena, (struct period){ 0, 1 }), "1 day");
	assert_string_equal(period_format(arena, (struct period){ 0, 30 }), "30 days");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_written), cmocka_unit_test(test_before), cmocka_unit_test(test_after),
		cmocka_unit_test(test_after_and_before_agree), cmocka_unit_test(test_order_and_form),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
