/* test_stated_date.c - days that officers write into holding replies, and what only looks like one. Written on Tuesday 3 March 2026 unless the
 * row says otherwise.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/stated_date.h"

static const struct {
	const char *sentence;
	calendar_date date, on; /* date 0: none; on 0: 2026-03-03 */
} cases[] = {
	{ "I will come back to you by 20 March.", 20260320, 0 },
	{ "I will come back to you by 20th March 2026.", 20260320, 0 },
	{ "You will hear from me by the 20th of March", 20260320, 0 },
	{ "I need until the 20th.", 20260320, 0 },
	{ "I need until the 2nd.", 20260402, 0 },
	{ "a reply before March 20, 2026", 20260320, 0 },
	{ "I shall reply by Friday.", 20260306, 0 },
	{ "I shall reply by Friday 20 March.", 20260320, 0 },
	{ "I shall reply by Friday the 20th", 20260320, 0 },
	{ "I shall see you on Friday 20 March.", 20260320, 0 },
	{ "I shall reply by next Friday.", 20260313, 0 },
	{ "I shall reply on Tuesday.", 20260310, 0 },
	{ "I shall reply next Monday", 20260309, 0 },
	{ "by close of business on Thursday", 20260305, 0 },
	{ "by 20/3", 20260320, 0 },
	{ "by 20/03/26 at the latest", 20260320, 0 },
	{ "by 20.3.2026.", 20260320, 0 },
	{ "by 2026-03-20", 20260320, 0 },
	{ "I will reply tomorrow", 20260304, 0 },
	{ "later today", 20260303, 0 },
	{ "by the end of the week", 20260306, 0 },
	{ "by the end of next week", 20260313, 0 },
	{ "I'll get back to you next week.", 20260313, 0 },
	{ "by the end of the month", 20260331, 0 },
	{ "by the end of April", 20260430, 0 },
	{ "within ten days", 20260313, 0 },
	{ "within 5 working days", 20260310, 0 },
	{ "in a fortnight", 20260317, 0 },
	{ "in two weeks' time", 20260317, 0 },
	{ "erbyn 20 Mawrth", 20260320, 0 },
	{ "erbyn dydd Gwener", 20260306, 0 },
	{ "erbyn dydd Mawrth", 20260310, 0 },
	{ "erbyn diwedd yr wythnos", 20260306, 0 },
	{ "yr wythnos nesaf", 20260313, 0 },
	{ "o fewn pythefnos", 20260317, 0 },
	{ "yfory", 20260304, 0 },
	/* the promise, not the day that is mentioned */
	{ "Thank you for yours of 2 March; I will reply by 13 March.", 20260313, 0 },
	{ "I look at it on Monday and will answer by Thursday", 20260305, 0 },
	{ "After Monday's meeting I will answer by Thursday", 20260305, 0 },
	{ "Item 10 may be ready by Friday.", 20260306, 0 },
	/* around a year's end and a leap day */
	{ "by 8 January", 20270108, 20261228 },
	{ "by the 4th", 20270104, 20261228 },
	{ "by the end of February", 20280229, 20280110 },
	{ "by the 31st", 20260531, 20260430 },
	/* none */
	{ "I will come back to you as soon as I can.", 0, 0 },
	{ "Thank you for your letter of 12 February.", 0, 0 },
	{ "by 31 February", 0, 0 },
	{ "by 20 March 2029", 0, 0 },
	{ "The meeting was at 9.30 in Room 12.", 0, 0 },
	{ "There are 24 of them, 3-4 metres high.", 0, 0 },
	{ "You may ask; mai dyna'r ateb.", 0, 0 },
	{ "", 0, 0 },
	{ "by 99999999999999999999/99999999999999999999", 0, 0 },
};

static void days_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		calendar_date date = DATE_NONE;
		bool read = stated_date(bytes_of(cases[i].sentence), cases[i].on == 0 ? 20260303 : cases[i].on, &date);
		if (read != (cases[i].date != 0) || (read && date != cases[i].date))
			fail_msg("\"%s\": %d, not %d", cases[i].sentence, read ? (int)date : 0, (int)cases[i].date);
	}
}

static void times_are_read(void **state)
{
	static const struct {
		const char *sentence;
		int minutes; /* -1: none */
	} times[] = {
		{ "EMBARGOED UNTIL 10AM ON WEDNESDAY 4 MARCH", 600 },
		{ "Embargo: 00:01 Wednesday 4 March 2026", 1 },
		{ "Not for publication before 10.30 p.m. on Friday", 22 * 60 + 30 },
		{ "until 9.30 on Friday", 570 },
		{ "until 12 am on Friday", 0 },
		{ "until 12pm", 720 },
		{ "until noon on 4 March", 720 },
		{ "until midnight", 1440 },
		{ "until 24:00", 1440 },
		{ "tan 9 y bore ddydd Mercher", 540 },
		{ "tan 7.15 yr hwyr", 19 * 60 + 15 },
		{ "tan hanner nos", 1440 },
		{ "until 4 March 2026", -1 },
		{ "until 4.03.2026", -1 },
		{ "until 04/03/26", -1 },
		{ "a share of 1.306", -1 },
		{ "at 25:10", -1 },
		{ "at 24:10", -1 },
		{ "at 13pm", -1 },
		{ "at 10:75", -1 },
		{ "room 12, amber", -1 },
		{ "noontide", -1 },
		{ "10", -1 },
		{ "10:", -1 },
		{ "", -1 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		int minutes = -1;
		bool read = stated_time(bytes_of(times[i].sentence), &minutes);
		if (read != (times[i].minutes >= 0) || (read && minutes != times[i].minutes))
			fail_msg("\"%s\": %d, not %d", times[i].sentence, read ? minutes : -1, times[i].minutes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(days_are_read), cmocka_unit_test(times_are_read) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
