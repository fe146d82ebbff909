/* test_purge.c - disposal: what goes and when, what stays, the proof, and that what went is in no file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "purge_fixture.h"

#include "store/answers.h"

/* --- what goes, and when --- */

static void bodies_go_after_the_decision_only(void **state)
{
	struct fixture *fixture = *state;
	struct bytes raw;
	keep(fixture, "CH-1", NOW, OUTCOME_HOLD, "waits");
	keep(fixture, "CH-2", NOW, OUTCOME_HOLD, "decided");
	decide(fixture, "CH-2", "decided", NOW + 10 * DAY);
	assert_int_equal(purge(fixture, PURGE_BODIES, NOW + 10 * DAY), 0); /* the message is older than that, its decision is not */
	assert_int_equal(purge(fixture, PURGE_BODIES, NOW + 10 * DAY + 1), 1);
	assert_int_equal(purge(fixture, PURGE_BODIES, NOW + 399 * DAY), 0);
	assert_true(store_read_raw(fixture->store, fixture->arena, "CH-1", &raw, NULL));
	assert_false(store_read_raw(fixture->store, fixture->arena, "CH-2", &raw, NULL));
	/* what is in doubt is not decided either */
	assert_int_equal(force(fixture, "UPDATE recipient SET state = 'in-doubt' WHERE message = 'CH-1'"), SQLITE_OK);
	assert_int_equal(purge(fixture, PURGE_BODIES, NOW + 399 * DAY), 0);
	assert_int_equal(force(fixture, "UPDATE recipient SET state = 'releasing' WHERE message = 'CH-1'"), SQLITE_OK);
	assert_int_equal(purge(fixture, PURGE_BODIES, NOW + 399 * DAY), 0);
}

/* A retry of the same content revives what was taken back: its octets must be there for as long as that can be. */
static void bodies_taken_back_stay_for_the_retry(void **state)
{
	struct fixture *fixture = *state;
	keep(fixture, "CH-1", NOW, OUTCOME_HOLD, "void");
	must(fixture, store_void(fixture->store, "CH-1", NOW + 1, &fixture->err));
	assert_int_equal(purge_with(fixture, PURGE_BODIES, NOW + 10 * DAY, NOW + 20 * DAY, false).removed, 0);
	assert_int_equal(purge_with(fixture, PURGE_OBSERVATIONS, NOW + 10 * DAY, NOW + 20 * DAY, false).removed, 0);
	assert_int_equal(purge_with(fixture, PURGE_BODIES, NOW + 10 * DAY, NOW + 32 * DAY, false).removed, 1);
}

static void observations_leave_counts(void **state)
{
	struct fixture *fixture = *state;
	struct summary summary;
	struct held_list list;
	const struct held *held = NULL;
	keep(fixture, "CH-1", NOW, OUTCOME_HOLD, "waits");
	keep(fixture, "CH-2", NOW, OUTCOME_DELIVER, "gone");
	keep(fixture, "CH-3", NOW + DAY, OUTCOME_DELIVER, "later");
	assert_int_equal(purge(fixture, PURGE_OBSERVATIONS, NOW + DAY), 1);
	assert_int_equal(purge(fixture, PURGE_OBSERVATIONS, NOW + DAY), 0);
	must(fixture, store_summary(fixture->store, fixture->arena, NOW - DAY, NOW + 9 * DAY, 10, &summary, &fixture->err));
	assert_int_equal(summary.rules[0].count, 3);
	assert_int_equal(summary.exceptions[0].count, 3);
	assert_int_equal(summary.finding_count, 2); /* an entry that names nobody is none to show */
	must(fixture, store_list_held(fixture->store, fixture->arena, true, &list, &fixture->err));
	assert_int_equal(list.count, 1);
	must(fixture, store_find_held(fixture->store, fixture->arena, "CH-2", &held, &fixture->err));
	assert_null(held);
}

static void classes_follow_each_other(void **state)
{
	struct fixture *fixture = *state;
	keep(fixture, "CH-1", NOW, OUTCOME_DELIVER, "one");
	must(fixture, store_tally_add(fixture->store, NOW, &(struct tally){ .examined = 1 }, &fixture->err));
	assert_int_equal(purge(fixture, PURGE_REMAINS, NOW + 9 * DAY), 0);
	assert_int_equal(purge(fixture, PURGE_OBSERVATIONS, NOW + 9 * DAY), 1);
	assert_int_equal(purge(fixture, PURGE_REMAINS, NOW + 9 * DAY), 0); /* its fingerprint is kept longer */
	assert_int_equal(purge(fixture, PURGE_MEMORY, NOW + 9 * DAY), 1);
	assert_int_equal(purge(fixture, PURGE_REMAINS, NOW), 0);
	assert_int_equal(purge(fixture, PURGE_REMAINS, NOW + 9 * DAY), 1);
	assert_int_equal(number(fixture, "SELECT (SELECT count(*) FROM message) + (SELECT count(*) FROM recipient)"
					 " + (SELECT count(*) FROM finding) + (SELECT count(*) FROM exemption)"), 0);
	assert_int_equal(number(fixture, "SELECT count(*) FROM past_finding"), 1);
	assert_int_equal(purge(fixture, PURGE_PAST, NOW), 0);
	assert_int_equal(purge(fixture, PURGE_PAST, NOW + DAY), 1);
	assert_int_equal(number(fixture, "SELECT (SELECT count(*) FROM past_message) + (SELECT count(*) FROM past_recipient)"
					 " + (SELECT count(*) FROM past_finding) + (SELECT count(*) FROM past_exemption)"), 0);
	assert_int_equal(purge(fixture, PURGE_COUNTS, NOW - DAY), 0);
	assert_int_equal(purge(fixture, PURGE_COUNTS, NOW + DAY), 1);
	assert_int_equal(broken_at(fixture), 0);
}

static void notices_go_when_sent(void **state)
{
	struct fixture *fixture = *state;
	keep(fixture, "CH-1", NOW, OUTCOME_DELIVER, "sent");
	send_notices(fixture, NOW + DAY);
	keep(fixture, "CH-2", NOW, OUTCOME_DELIVER, "waits");
	assert_int_equal(purge(fixture, PURGE_NOTICES, NOW + DAY), 0);
	assert_int_equal(purge(fixture, PURGE_NOTICES, NOW + 300 * DAY), 1);
	assert_int_equal(number(fixture, "SELECT count(*) FROM outbox WHERE state = 'waiting'"), 1);
	/* what waits to be sent goes with its entry, not before */
	assert_int_equal(purge(fixture, PURGE_OBSERVATIONS, NOW + 300 * DAY), 2);
	assert_int_equal(number(fixture, "SELECT count(*) FROM outbox"), 0);
}

static void keep_plain(struct fixture *fixture, int64_t at, const char *rulebook)
{
	struct plain_facts plain = { .day = plain_day(at), .rulebook_digest = rulebook, .rulebook = "[]", .facts = "x", .count = 1 };
	must(fixture, store_plain_add(fixture->store, &plain, 1, &fixture->err));
}

/* And with the last of them the rules that were asked, unless an entry was answered by the same. */
static void facts_go_by_the_day(void **state)
{
	struct fixture *fixture = *state;
	keep_plain(fixture, NOW, "first");
	keep_plain(fixture, NOW, "second");
	keep_plain(fixture, NOW + DAY, "second");
	keep_plain(fixture, NOW + DAY, "second");
	assert_int_equal(purge(fixture, PURGE_FACTS, plain_day(NOW)), 0);
	assert_int_equal(purge(fixture, PURGE_FACTS, NOW), 1); /* days */
	assert_int_equal(number(fixture, "SELECT sum(count) FROM plain_facts"), 2);
	assert_int_equal(number(fixture, "SELECT count(*) FROM rulebook WHERE digest = 'second'"), 1);
	assert_int_equal(number(fixture, "SELECT count(*) FROM rulebook"), 1);
	assert_int_equal(purge(fixture, PURGE_FACTS, NOW + DAY), 1);
	assert_int_equal(number(fixture, "SELECT (SELECT count(*) FROM plain_facts) + (SELECT count(*) FROM rulebook)"), 0);
}

static void many_go_in_batches_with_others_between(void **state)
{
	struct fixture *fixture = *state;
	for (int i = 0; i < 3 * PURGE_MOST + 7; i++)
		keep(fixture, arena_printf(fixture->arena, "CH-%04d", i), NOW + i / 10, OUTCOME_DELIVER, arena_printf(fixture->arena, "n%d", i));
	struct counts dry = purge_with(fixture, PURGE_OBSERVATIONS, NOW + DAY, NOW + 300 * DAY, true);
	assert_int_equal(dry.removed, 3 * PURGE_MOST + 7);
	assert_int_equal(number(fixture, "SELECT count(*) FROM message WHERE disposed = 1"), 0);
	assert_int_equal(number(fixture, "SELECT count(*) FROM journal WHERE what = 'disposed'"), 0);
	assert_int_equal(purge(fixture, PURGE_OBSERVATIONS, NOW + DAY), 3 * PURGE_MOST + 7);
	assert_int_equal(number(fixture, "SELECT count(*) FROM journal WHERE what = 'disposed'"), 4);
	assert_int_equal(number(fixture, "SELECT sum(json_extract(detail, '$.count')) FROM journal WHERE what = 'disposed'"), 3 * PURGE_MOST + 7);
}

static void proof_is_a_digest_of_references(void **state)
{
	struct fixture *fixture = *state;
	struct journal_line line;
	struct digest digest;
	keep(fixture, "CH-2", NOW, OUTCOME_DELIVER, "b");
	keep(fixture, "CH-1", NOW + 1, OUTCOME_DELIVER, "a");
	assert_int_equal(purge(fixture, PURGE_OBSERVATIONS, NOW + DAY), 2);
	must(fixture, store_journal_last(fixture->store, fixture->arena, "disposed", &line, &fixture->err));
	digest_begin(&digest);
	digest_add_field(&digest, BYTES("CH-2"));
	digest_add_field(&digest, BYTES("CH-1"));
	assert_string_equal(line.detail, arena_printf(fixture->arena,
						      "{\"class\":\"observations\",\"count\":\"2\",\"before\":\"2026-03-03T09:00:00Z\",\"ids\":\"%s\"}",
						      digest_end(&digest, fixture->arena)));
	assert_null(line.id);
	assert_string_equal(line.by, "copyhold");
}

/* --- legal holds --- */

static void a_hold_stops_disposal_until_it_is_lifted(void **state)
{
	struct fixture *fixture = *state;
	int64_t first = 0, second = 0;
	bool lifted = false;
	struct deed deed = { "clerk", "the claim is settled", NOW + DAY };
	keep(fixture, "CH-1", NOW, OUTCOME_DELIVER, "kept");
	keep(fixture, "CH-2", NOW, OUTCOME_DELIVER, "free");
	struct legal_hold hold = { .scope = "message", .what = "CH-1", .by = "clerk", .reason = "claim", .at = NOW };
	must(fixture, store_legal_hold_add(fixture->store, &hold, &first, &fixture->err));
	must(fixture, store_legal_hold_add(fixture->store, &hold, &second, &fixture->err));
	struct counts counts = purge_with(fixture, PURGE_OBSERVATIONS, NOW + DAY, NOW + 300 * DAY, false);
	assert_int_equal(counts.removed, 1);
	assert_int_equal(counts.spared, 1);
	must(fixture, store_legal_hold_lift(fixture->store, first, &deed, &lifted, &fixture->err));
	assert_true(lifted);
	must(fixture, store_legal_hold_lift(fixture->store, first, &deed, &lifted, &fixture->err));
	assert_false(lifted);
	assert_int_equal(purge(fixture, PURGE_OBSERVATIONS, NOW + DAY), 0); /* the other one stands */
	must(fixture, store_legal_hold_lift(fixture->store, second, &deed, &lifted, &fixture->err));
	assert_int_equal(purge(fixture, PURGE_OBSERVATIONS, NOW + DAY), 1);
	assert_int_equal(number(fixture, "SELECT count(*) FROM journal WHERE what = 'legal-hold' AND id = 'CH-1'"), 2);
	assert_int_equal(number(fixture, "SELECT count(*) FROM journal WHERE what = 'legal-hold-lifted' AND id = 'CH-1'"), 2);
	assert_int_equal(purge(fixture, PURGE_HOLDS, NOW + DAY), 0);
	assert_int_equal(purge(fixture, PURGE_HOLDS, NOW + 2 * DAY), 2);
}

static void a_hold_on_everything_holds_everything(void **state)
{
	struct fixture *fixture = *state;
	int64_t hold = 0;
	keep(fixture, "CH-1", NOW, OUTCOME_HOLD, "one");
	decide(fixture, "CH-1", "one", NOW);
	send_notices(fixture, NOW + 10);
	must(fixture, store_tally_add(fixture->store, NOW, &(struct tally){ .examined = 1 }, &fixture->err));
	keep_plain(fixture, NOW, "rules");
	must(fixture, store_legal_hold_add(fixture->store, &(struct legal_hold){ .scope = "all", .by = "clerk", .reason = "inquiry", .at = NOW }, &hold, &fixture->err));
	for (int class = 0; class < PURGE_CLASS_COUNT; class++)
		assert_int_equal(purge(fixture, (enum purge_class)class, NOW + 300 * DAY), 0);
	assert_int_equal(purge_journal(fixture, NOW + 300 * DAY, NOW + 400 * DAY).removed, 0);
}

static void a_hold_needs_its_message(void **state)
{
	struct fixture *fixture = *state;
	int64_t hold = 0;
	keep(fixture, "CH-20260302-AAAA", NOW, OUTCOME_DELIVER, "one");
	keep(fixture, "CH-20260302-AABB", NOW, OUTCOME_DELIVER, "two");
	struct legal_hold order = { .scope = "message", .what = "CH-9", .by = "clerk", .reason = "claim", .at = NOW };
	assert_false(store_legal_hold_add(fixture->store, &order, &hold, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_INPUT);
	order.what = "CH-20260302-AA";
	assert_false(store_legal_hold_add(fixture->store, &order, &hold, &fixture->err));
	assert_non_null(strstr(error_text(&fixture->err), "several"));
	order.what = "CH-20260302-AAB";
	assert_true(store_legal_hold_add(fixture->store, &order, &hold, &fixture->err));
	const struct legal_hold *holds = NULL;
	size_t count = 0;
	must(fixture, store_legal_holds(fixture->store, fixture->arena, &holds, &count, &fixture->err));
	assert_int_equal(count, 1);
	assert_string_equal(holds[0].what, "CH-20260302-AABB");
}

/* --- no trace --- */

static void what_went_is_in_no_file(void **state)
{
	struct fixture *fixture = *state;
	struct arena *arena = fixture->arena;
	char *big = arena_alloc(arena, 300001);
	for (size_t i = 0; i < 300000; i++)
		big[i] = (char)('a' + i * 7 % 23);
	for (int i = 0; i < 240; i++) {
		const char *id = arena_printf(arena, "CH-%05d", i * 7919 % 100000); /* anywhere in the trees */
		const char *secret = arena_printf(arena, "%s-%d-%.*s", i % 3 == 0 ? "STAYS" : "VANISH", i, i % 40 == 1 ? 60000 : i % 90, big);
		keep(fixture, id, i % 3 == 0 ? NOW + 100 * DAY : NOW + i, i % 2 == 0 ? OUTCOME_DELIVER : OUTCOME_HOLD, secret);
		if (i % 2 == 1 && i % 3 != 0)
			decide(fixture, id, arena_printf(arena, "%s", secret), NOW + i);
	}
	send_notices(fixture, NOW + 101 * DAY);
	assert_true(traces(fixture, "VANISH") > 500);
	assert_int_equal(purge(fixture, PURGE_BODIES, NOW + DAY), 80);
	assert_int_equal(purge(fixture, PURGE_OBSERVATIONS, NOW + DAY), 160);
	assert_int_equal(purge(fixture, PURGE_MEMORY, NOW + DAY), 160);
	assert_true(purge(fixture, PURGE_NOTICES, NOW + 102 * DAY) > 0);
	assert_true(purge_journal(fixture, NOW + DAY, NOW + 400 * DAY).removed > 160);
	purge_journal(fixture, NOW + 102 * DAY, NOW + 400 * DAY); /* "notice-sent" names whom it went to */
	must(fixture, store_tidy(fixture->store, &fixture->err));
	assert_int_equal(traces(fixture, "VANISH"), 0);
	assert_true(traces(fixture, "STAYS") > 80);
	assert_int_equal(broken_at(fixture), 0);
	must(fixture, store_tidy(fixture->store, &fixture->err));
}

/* The desk or the daemon may be reading: then the run says so, and the next one does it. */
static void a_reader_only_puts_tidying_off(void **state)
{
	struct fixture *fixture = *state;
	sqlite3 *database = NULL;
	keep(fixture, "CH-1", NOW, OUTCOME_DELIVER, "VANISH");
	assert_int_equal(sqlite3_open(arena_printf(fixture->arena, "%s/store.db", fixture->directory), &database), SQLITE_OK);
	assert_int_equal(sqlite3_exec(database, "BEGIN; SELECT count(*) FROM message", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(purge(fixture, PURGE_OBSERVATIONS, NOW + DAY), 1);
	assert_false(store_tidy(fixture->store, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_RETRY);
	assert_int_equal(sqlite3_exec(database, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(database);
	assert_int_equal(purge(fixture, PURGE_NOTICES, NOW + DAY), 0);
	must(fixture, store_tidy(fixture->store, &fixture->err));
	assert_int_equal(traces(fixture, "from-VANISH"), 0);
}

/* --- the run as a whole --- */

struct claimant {
	const char *directory;
	bool claimed;
};

static void *claim(void *argument)
{
	struct claimant *claimant = argument;
	struct store *store = NULL;
	if (!store_open(claimant->directory, &store, NULL) || !store_purge_claim(store, NOW, NOW + 10, &claimant->claimed, NULL))
		abort();
	store_close(&store);
	return NULL;
}

static void one_of_many_claims_the_run(void **state)
{
	struct fixture *fixture = *state;
	struct claimant claimants[8];
	pthread_t threads[8];
	int count = 0;
	bool claimed = false;
	for (int i = 0; i < 8; i++) {
		claimants[i] = (struct claimant){ fixture->directory, false };
		assert_int_equal(pthread_create(&threads[i], NULL, claim, &claimants[i]), 0);
	}
	for (int i = 0; i < 8; i++) {
		pthread_join(threads[i], NULL);
		count += claimants[i].claimed;
	}
	assert_int_equal(count, 1);
	must(fixture, store_purge_claim(fixture->store, NOW, NOW + 20, &claimed, &fixture->err));
	assert_false(claimed);
	/* whoever had it died */
	must(fixture, store_purge_claim(fixture->store, NOW, NOW + 3700, &claimed, &fixture->err));
	assert_true(claimed);
	must(fixture, store_purge_done(fixture->store, "copyhold", "{}", 3, NOW + 3800, &fixture->err));
	must(fixture, store_purge_claim(fixture->store, NOW, NOW + 3900, &claimed, &fixture->err));
	assert_false(claimed);
	must(fixture, store_purge_claim(fixture->store, NOW + DAY, NOW + DAY + 10, &claimed, &fixture->err));
	assert_true(claimed);
	must(fixture, store_purge_done(fixture->store, "copyhold", "{}", 0, NOW + 900 * DAY, &fixture->err)); /* a clock that was wrong */
	must(fixture, store_purge_claim(fixture->store, NOW + DAY, NOW + 2 * DAY, &claimed, &fixture->err));
	assert_true(claimed);
	struct purge_last last;
	must(fixture, store_purge_last(fixture->store, &last, &fixture->err));
	assert_int_equal(last.at, NOW + 900 * DAY);
}

/* A table or column that the rows of purge.c do not know would be kept for ever. Whoever adds one that names people or messages
 * adds it to the step of its class first, and then here. */
static void every_column_has_a_class(void **state)
{
	static const char *const known[] = {
		/* purged with their class */
		"message.*", "raw.*", "recipient.*", "finding.*", "exemption.*", "journal.*", "outbox.*", "tally.*", "legal_hold.*",
		"exemption_tally.*", "reason_tally.*", "past_message.*", "past_recipient.*", "past_finding.*", "past_exemption.*", "past_mark.*", "decision.*", "decision_recipient.*", "finding_mark.*",
		"own_link.*", "sender_reply.*", "late_notice.*", "duty.*", "answer.*", "rulebook.*", "plain_facts.*",
		/* of reviewers; kept a year (digest_slot.c) */
		"digest_slot.*",
		/* a login for a minute and a half, or until the next one by code (used_code.c) */
		"used_code.*",
		/* name nobody */
		"disposal.*", "sqlite_sequence.*", "tended.*",
	};
	static const char *const columns[] = {
		"message id content_key at envelope_from auth client sender_name sender_address header_from direction outcome message_id subject"
		" footers policy_digest directory_digest size escalated void marked thread concerned traces line disposed",
		"recipient message position address outcome state last_reply changed_by changed_at open",
		"finding message position rule clause action mode explanation evidence",
		"decision number message deed by at due_at reason note lines state second_by second_at undone_by undone_at tries lease_until text done_at rule",
		"decision_recipient decision position address",
		"finding_mark message rule judged by at reason",
		"own_link hash message person deeds made_at expires_at used_at used_for",
		"sender_reply number message at by words",
		"late_notice number message after_message after_recipient kind recipient octets",
		"digest_slot reader slot at outcome",
		"duty message rule waiting owner message_id key thread topic matter started contact_due due contact_reminder reminder lapses contacted_at"
		" contacted_by promised_at promised promised_by met_at met_by contact_reminded_at reminded_at void"
		" earlier_promised_at earlier_promised earlier_promised_by earlier_reminder earlier_reminded_at"
		" deputy_reminder deputy_reminded_at",
		"outbox number message kind recipient octets state made_at not_before tries last_reply done_at topic",
	};
	struct fixture *fixture = *state;
	struct text list = TEXT_INIT;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		text_printf(&list, "%s'%.*s'", i == 0 ? "" : ",", (int)strcspn(known[i], "."), known[i]);
	assert_int_equal(number(fixture, arena_printf(fixture->arena, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT IN (%s)",
						      text_string(&list))), 0);
	text_release(&list);
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		assert_int_equal(number(fixture, arena_printf(fixture->arena, "SELECT count(*) FROM pragma_table_info('%.*s') WHERE ' %s ' NOT LIKE '%% ' || name || ' %%'",
							      (int)strcspn(columns[i], " "), columns[i], columns[i])), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(bodies_go_after_the_decision_only, set_up, tear_down),
		cmocka_unit_test_setup_teardown(bodies_taken_back_stay_for_the_retry, set_up, tear_down),
		cmocka_unit_test_setup_teardown(observations_leave_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(classes_follow_each_other, set_up, tear_down),
		cmocka_unit_test_setup_teardown(notices_go_when_sent, set_up, tear_down),
		cmocka_unit_test_setup_teardown(facts_go_by_the_day, set_up, tear_down),
		cmocka_unit_test_setup_teardown(many_go_in_batches_with_others_between, set_up, tear_down),
		cmocka_unit_test_setup_teardown(proof_is_a_digest_of_references, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_hold_stops_disposal_until_it_is_lifted, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_hold_on_everything_holds_everything, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_hold_needs_its_message, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_went_is_in_no_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_reader_only_puts_tidying_off, set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_of_many_claims_the_run, set_up, tear_down),
		cmocka_unit_test_setup_teardown(every_column_has_a_class, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
