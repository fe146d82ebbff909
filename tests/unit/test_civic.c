/* test_civic.c - the civic calendar on the days before, in and after its periods.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/civic.h"

static const struct civic_period periods[] = {
	{ CIVIC_PRE_ELECTION, 20270324, 20270506, "Town Council elections, 6 May 2027", 14, 1 },
	{ CIVIC_PRE_ELECTION, 20270901, 20271001, "By-election, Mill ward", 0, 2 },
};
static const struct civic_calendar calendar = { periods, 2 };

static const struct {
	calendar_date on;
	int in; /* index, or -1 */
	bool ahead;
	const char *note; /* NULL: none */
} days[] = {
	{ 20270309, -1, true, NULL },
	{ 20270310, -1, true, "Town Council elections, 6 May 2027: the pre-election period begins on 24 March 2027 and ends with 6 May 2027." },
	{ 20270323, -1, true, "Town Council elections, 6 May 2027: the pre-election period begins on 24 March 2027 and ends with 6 May 2027." },
	{ 20270324, 0, true, "Town Council elections, 6 May 2027: the pre-election period is on, from 24 March 2027 to 6 May 2027." },
	{ 20270506, 0, true, "Town Council elections, 6 May 2027: the pre-election period is on, from 24 March 2027 to 6 May 2027." },
	{ 20270507, -1, true, "Town Council elections, 6 May 2027: the pre-election period ended with 6 May 2027." },
	{ 20270514, -1, true, NULL },
	{ 20270831, -1, true, NULL },
	{ 20270901, 1, true, "By-election, Mill ward: the pre-election period is on, from 1 September 2027 to 1 October 2027." },
	{ 20271001, 1, true, "By-election, Mill ward: the pre-election period is on, from 1 September 2027 to 1 October 2027." },
	{ 20271002, -1, false, "By-election, Mill ward: the pre-election period ended with 1 October 2027." },
	{ 20271020, -1, false, NULL },
};

static void test_days(void **state)
{
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		struct arena *arena = arena_new();
		const struct civic_period *period = civic_period_on(&calendar, CIVIC_PRE_ELECTION, days[i].on);
		assert_ptr_equal(period, days[i].in < 0 ? NULL : &periods[days[i].in]);
		assert_int_equal(civic_is_ahead(&calendar, CIVIC_PRE_ELECTION, days[i].on), days[i].ahead);
		const char *const *notes = civic_notes(arena, &calendar, days[i].on);
		if (days[i].note == NULL) {
			assert_null(notes[0]);
		} else {
			assert_string_equal(notes[0], days[i].note);
			assert_null(notes[1]);
		}
		arena_free(&arena);
	}
}

static void test_empty(void **state)
{
	static const struct civic_calendar none = { NULL, 0 };
	struct arena *arena = arena_new();
	assert_null(civic_period_on(&none, CIVIC_PRE_ELECTION, 20270324));
	assert_false(civic_is_ahead(&none, CIVIC_PRE_ELECTION, 20270324));
	assert_null(civic_notes(arena, &none, 20270324)[0]);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_days), cmocka_unit_test(test_empty) };
	return cmocka_run_group_tests_name("civic", tests, NULL, NULL);
}
