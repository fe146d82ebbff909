/* test_retention.c - the schedule, when a run is due, what it does of its own accord, and whose entries a hold keeps.
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

#include "base/clock.h"
#include "base/text.h"
#include "council_folder.h"
#include "review/retention.h"
#include "store/browse.h"

#define NOW ((int64_t)1772442000) /* 2026-03-02T09:00:00Z */
#define DAY ((int64_t)86400)

static const char people[] =
	"name,role,offices,group,addresses,members\n"
	"Ruth Ames,officer,clerk,,ruth@marlbrook.example;clerk@marlbrook.example,\n"
	"Amir Khan,councillor,,,amir.khan@marlbrook.example,\n"
	"Siân O'Neill,councillor,,,sian@marlbrook.example,\n"
	"All councillors,list,,councillors,allcouncillors@marlbrook.example,\n";

struct fixture {
	struct arena *arena;
	const char *base;
	struct directory *directory;
	struct store *store;
	struct error err;
};

static int set_up(void **state)
{
	static const char *const names[] = { "marlbrook.example" };
	static const struct string_list domains = { names, 1, NULL };
	struct fixture *fixture = calloc(1, sizeof *fixture);
	fixture->arena = arena_new();
	fixture->base = folder_new(fixture->arena, "retention");
	const char *path = folder_put(fixture->arena, fixture->base, "people.csv", people);
	if (!directory_load(path, &domains, &fixture->directory, fixture->arena, NULL, NULL, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
	assert_true(store_open(folder_path(fixture->arena, fixture->base, "state"), &fixture->store, &fixture->err));
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	store_close(&fixture->store);
	directory_free(&fixture->directory);
	folder_remove(fixture->arena, fixture->base);
	error_release(&fixture->err);
	arena_free(&fixture->arena);
	free(fixture);
	return 0;
}

static void must(struct fixture *fixture, bool good)
{
	if (!good)
		fail_msg("%s", error_text(&fixture->err));
}

static void keep(struct fixture *fixture, const char *id, const char *auth, const char *to, const char *explanation)
{
	enum outcome outcome = OUTCOME_DELIVER;
	struct envelope envelope = { .from = "bounce@elsewhere.example", .recipients = &to, .recipient_count = 1, .auth = auth, .at = NOW };
	struct finding_record finding = { "silent-copy", "paragraph 1", "report", "advise", explanation, "[]" };
	struct record record = { .id = id, .content_key = id, .at = NOW, .envelope = &envelope, .direction = "outgoing", .outcome = "deliver",
				 .subject = "Allotments", .recipient_outcomes = &outcome, .findings = &finding, .finding_count = 1 };
	bool duplicate;
	const char *kept;
	must(fixture, store_record(fixture->store, fixture->arena, &record, 5, &duplicate, &kept, &fixture->err));
}

static struct retention_result run(struct fixture *fixture, int64_t now)
{
	struct retention_schedule schedule = retention_usual();
	struct retention_result result;
	must(fixture, retention_run(fixture->store, fixture->directory, &schedule, "copyhold", now, false, &result, &fixture->err));
	return result;
}

static void the_usual_schedule_is_allowed(void **state)
{
	struct retention_schedule schedule = retention_usual();
	enum retention_class class;
	(void)state;
	assert_true(retention_check(&schedule, &class, NULL));
	for (size_t i = 0; i < RETENTION_CLASS_COUNT; i++) {
		const struct retention_rule *rule = retention_rule_of((enum retention_class)i);
		struct period usual, least, most;
		assert_true(period_parse(rule->usual, &usual, NULL) && period_parse(rule->least, &least, NULL) && period_parse(rule->most, &most, NULL));
		assert_true(period_compare(least, usual) <= 0 && period_compare(usual, most) <= 0);
	}
	schedule.keep[RETENTION_MEMORY] = (struct period){ 36, 0 };
	struct error err = ERROR_INIT;
	assert_false(retention_check(&schedule, &class, &err));
	assert_int_equal(class, RETENTION_MEMORY);
	error_release(&err);
}

static void until_is_when_it_goes(void **state)
{
	struct fixture *fixture = *state;
	struct retention_schedule schedule = retention_usual();
	struct held_recipient recipient = { .state = HOLD_RELEASED, .changed_at = NOW + DAY };
	struct held held = { .at = NOW, .recipients = &recipient, .recipient_count = 1 };
	assert_string_equal(clock_format_rfc3339(fixture->arena, retention_until(&schedule, &held)), "2026-09-03T08:00:00Z");
	for (enum hold_state waits = HOLD_HELD; waits <= HOLD_VOID; waits++) {
		recipient.state = waits;
		bool decided = waits == HOLD_RELEASED || waits == HOLD_RETURNED || waits == HOLD_VOID;
		assert_int_equal(retention_until(&schedule, &held) != 0, decided);
	}
	held.recipient_count = 0;
	keep(fixture, "CH-1", "ruth", "o@elsewhere.example", "x");
	int64_t until = retention_until(&schedule, &held);
	assert_int_equal(run(fixture, until - 1).removed[RETENTION_OBSERVATIONS], 0);
	assert_int_equal(run(fixture, until + 1).removed[RETENTION_OBSERVATIONS], 1);
}

static bool tended(struct fixture *fixture, const char *at)
{
	struct retention_schedule schedule = retention_usual();
	int64_t now = 0;
	bool ran = false;
	assert_true(clock_parse_rfc3339(at, &now, NULL));
	must(fixture, retention_tend(fixture->store, fixture->directory, &schedule, now, &ran, &fixture->err));
	return ran;
}

static void once_a_night(void **state)
{
	struct fixture *fixture = *state;
	assert_true(tended(fixture, "2026-03-02T16:00:00Z")); /* never before: at once */
	assert_false(tended(fixture, "2026-03-02T16:00:05Z"));
	assert_false(tended(fixture, "2026-03-03T02:59:59Z"));
	assert_true(tended(fixture, "2026-03-03T03:00:00Z"));
	assert_false(tended(fixture, "2026-03-03T03:00:00Z"));
	assert_false(tended(fixture, "2026-03-04T02:59:59Z"));
	assert_true(tended(fixture, "2026-03-09T12:00:00Z")); /* it was switched off for days */
	assert_false(tended(fixture, "2026-03-09T23:00:00Z"));
	assert_true(tended(fixture, "2026-03-09T11:00:00Z")); /* the clock was put back */
	struct retention_last last;
	must(fixture, retention_last_run(fixture->store, &last, &fixture->err));
	assert_string_equal(clock_format_rfc3339(fixture->arena, last.at), "2026-03-09T11:00:00Z");
	assert_string_equal(clock_format_rfc3339(fixture->arena, last.next_at), "2026-03-10T03:00:00Z");
}

static void a_run_is_journalled_with_its_numbers(void **state)
{
	struct fixture *fixture = *state;
	struct journal_line line;
	keep(fixture, "CH-1", "ruth", "o@elsewhere.example", "x");
	run(fixture, NOW + 200 * DAY);
	must(fixture, store_journal_last(fixture->store, fixture->arena, "retention-run", &line, &fixture->err));
	assert_string_equal(line.detail, "{\"removed\":{\"bodies\":0,\"notices\":0,\"observations\":1,\"memory\":0,\"journal\":0,\"counts\":0},"
					 "\"kept_by_hold\":0}");
}

/* Whose entries a hold on Amir Khan keeps. */
static void a_person_is_found_wherever_they_stand(void **state)
{
	static const struct {
		const char *id, *auth, *to, *explanation;
		bool kept;
	} entries[] = {
		{ "CH-sent", "amir.khan", "o@elsewhere.example", "x", true },
		{ "CH-got", "ruth", "Amir.Khan+plots@marlbrook.example", "x", true },
		{ "CH-list", "ruth", "allcouncillors@marlbrook.example", "x", true },
		{ "CH-named", "ruth", "o@elsewhere.example", "It was also sent to Amir Khan.", true },
		{ "CH-title", "ruth", "o@elsewhere.example", "It was also sent to Cllr Khan.", true },
		{ "CH-other", "ruth", "sian@marlbrook.example", "It was also sent to Siân O'Neill.", false },
		{ "CH-near", "ruth", "amir.khanum@marlbrook.example", "It was also sent to Amir Khanum.", false },
		{ "CH-surname", "ruth", "o@elsewhere.example", "It was also sent to Khan Builders.", false },
	};
	struct fixture *fixture = *state;
	int64_t number = 0, kept = 0;
	for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
		keep(fixture, entries[i].id, entries[i].auth, entries[i].to, entries[i].explanation);
		kept += entries[i].kept;
	}
	struct keep_order order = { KEEP_PERSON, "Amir Khan", "ruth", "claim", NOW, DATE_NONE };
	must(fixture, retention_keep(fixture->store, fixture->directory, fixture->arena, &order, &number, &fixture->err));
	struct retention_result result = run(fixture, NOW + 1000 * DAY);
	assert_int_equal(result.kept_by_hold, kept);
	for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
		const struct held *const *found = NULL;
		const struct legal_hold *hold = NULL;
		must(fixture, store_messages(fixture->store, fixture->arena, &entries[i].id, 1, &found, &fixture->err));
		if ((found[0] != NULL && found[0]->subject != NULL) != entries[i].kept)
			fail_msg("%s", entries[i].id);
		if (!entries[i].kept)
			continue;
		must(fixture, retention_hold_on(fixture->store, fixture->directory, fixture->arena, found[0], &hold, &fixture->err));
		assert_int_equal(hold->number, number);
		assert_string_equal(hold->what, "Amir Khan");
	}
	/* and their lines of the journal */
	const struct journal_line *lines = NULL;
	size_t count = 0, whole = 0;
	must(fixture, store_journal_list(fixture->store, fixture->arena, 0, INT64_MAX, &lines, &count, &fixture->err));
	for (size_t i = 0; i < count; i++)
		whole += strcmp(lines[i].what, "recorded") == 0 && lines[i].id != NULL;
	assert_int_equal(whole, kept);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_usual_schedule_is_allowed),
		cmocka_unit_test_setup_teardown(until_is_when_it_goes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(once_a_night, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_run_is_journalled_with_its_numbers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_person_is_found_wherever_they_stand, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
