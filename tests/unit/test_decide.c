/* test_decide.c - decisions on held mail: made once, taken back in time, confirmed by a second person, carried out when due.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review_fixture.h"
#include "store/statistics.h"

#include <string.h>

#include "review/tend.h"
#include "smtp_server.h"

static void moves_are_a_table(void **state)
{
	static const char *const legal[] = { "confirming waiting", "confirming undone", "waiting doing", "waiting undone", "doing done",
					     "doing failed", "doing waiting" };
	size_t count = 0;
	(void)state;
	for (enum decision_state from = 0; from < DECISION_STATE_COUNT; from++) {
		for (enum decision_state to = 0; to < DECISION_STATE_COUNT; to++) {
			struct arena *arena = arena_new();
			const char *pair = arena_printf(arena, "%s %s", decision_state_name(from), decision_state_name(to));
			bool listed = false;
			for (size_t i = 0; i < sizeof legal / sizeof *legal; i++)
				listed = listed || strcmp(pair, legal[i]) == 0;
			assert_int_equal(decision_move_is_legal(from, to), listed);
			count += listed;
			arena_free(&arena);
		}
	}
	assert_int_equal(count, sizeof legal / sizeof *legal);
}

static void a_release_waits_and_is_done(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	fixture_hold(fixture, "CH-1", "plain", NOW);
	assert_true(fixture_decide(fixture, "CH-1", DEED_RELEASE, "ruth", NOW + 60, &answer));
	assert_int_equal(answer.decision->state, DECISION_WAITING);
	assert_int_equal(answer.decision->due_at, NOW + 360);
	assert_int_equal(answer.decision->recipient_count, 2);
	assert_int_equal(fixture_state(fixture, "CH-1", 0), HOLD_HELD);
	fixture_tend(fixture, NOW + 359, 0);
	assert_int_equal(fixture_state(fixture, "CH-1", 0), HOLD_HELD);
	fixture_tend(fixture, NOW + 360, 1);
	assert_int_equal(fixture_state(fixture, "CH-1", 0), HOLD_RELEASED);
	assert_int_equal(fixture_state(fixture, "CH-1", 1), HOLD_RELEASED);
	assert_string_equal(fixture_look(fixture, "CH-1")->recipients[0].changed_by, "ruth");
	assert_int_equal(fixture_decision(fixture, 1)->state, DECISION_DONE);
	assert_int_equal(fixture_letters(fixture, "released", "amir.khan@marlbrook.example"), 1);
	fixture_tend(fixture, NOW + 900, 0);
	assert_int_equal(fixture_letters(fixture, "released", NULL), 0);
	static const char *const steps[] = { "decided", "decision-begun", "decision-done" };
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		assert_int_equal(fixture_journalled(fixture, steps[i]), 1);
	assert_int_equal(fixture_journalled(fixture, "released"), 2);
}

static void the_same_again_is_answered(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	fixture_hold(fixture, "CH-1", "plain", NOW);
	assert_true(fixture_decide(fixture, "CH-1", DEED_RELEASE, "ruth", NOW + 60, &answer));
	for (int i = 0; i < 2; i++) { /* waiting, then done */
		assert_true(fixture_decide(fixture, "CH-1", DEED_RELEASE, i == 0 ? "ruth" : "dewi", NOW + 70 + i * 400, &answer));
		assert_true(answer.already);
		assert_int_equal(answer.decision->number, 1);
		assert_string_equal(answer.decision->by, "ruth");
		assert_int_equal(answer.decision->at, NOW + 60);
		assert_false(fixture_decide(fixture, "CH-1", DEED_RETURN, "dewi", NOW + 71 + i * 400, &answer));
		assert_int_equal(fixture->err.kind, ERROR_REFUSED);
		assert_true(answer.conflict);
		assert_string_equal(answer.by, "ruth");
		assert_said(fixture, "ruth");
		assert_false(fixture_decide(fixture, "CH-1", DEED_RELEASE_OPEN, "dewi", NOW + 72 + i * 400, &answer));
		assert_true(answer.conflict);
		if (i == 0)
			fixture_tend(fixture, NOW + 400, 1);
	}
	assert_said(fixture, "It was released by ruth on Monday 2 March 2026, 09:06");
	assert_int_equal(fixture_journalled(fixture, "decided"), 1);
}

static void what_waits_can_be_taken_back(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	struct deed ruth = { "ruth", "too quick", NOW + 100 }, dewi = { "dewi", "wait", NOW + 120 }, stranger = { "cmoss", "x", NOW + 90 };
	fixture_hold(fixture, "CH-1", "plain", NOW);
	assert_true(fixture_decide(fixture, "CH-1", DEED_RETURN, "ruth", NOW + 60, &answer));
	assert_false(decide_undo(&fixture->desk, fixture->arena, 1, &stranger, &answer, &fixture->err));
	assert_true(decide_undo(&fixture->desk, fixture->arena, 1, &dewi, &answer, &fixture->err));
	assert_int_equal(answer.decision->state, DECISION_UNDONE);
	assert_string_equal(answer.decision->undone_by, "dewi");
	assert_false(answer.already);
	assert_true(decide_undo(&fixture->desk, fixture->arena, 1, &ruth, &answer, &fixture->err));
	assert_true(answer.already);
	fixture_tend(fixture, NOW + 600, 0);
	assert_int_equal(fixture_state(fixture, "CH-1", 0), HOLD_HELD);
	assert_int_equal(fixture_journalled(fixture, "decision-undone"), 1);

	/* and decided anew; then it is too late */
	assert_true(fixture_decide(fixture, "CH-1", DEED_RELEASE, "dewi", NOW + 700, &answer));
	assert_int_equal(answer.decision->number, 2);
	fixture_tend(fixture, NOW + 1000, 1);
	ruth.at = NOW + 1100;
	assert_false(decide_undo(&fixture->desk, fixture->arena, 2, &ruth, &answer, &fixture->err));
	assert_true(answer.conflict);
	assert_string_equal(answer.by, "dewi");
	assert_int_equal(answer.at, NOW + 1000);
	assert_false(decide_undo(&fixture->desk, fixture->arena, 99, &ruth, &answer, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_INPUT);
}

static void a_return_is_whole(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	struct wish named = { .id = "CH-1", .deed = DEED_RETURN, .recipients = fixture_to, .recipient_count = 1, .why = { "ruth", "x", NOW } };
	fixture_hold(fixture, "CH-1", "plain", NOW);
	assert_false(decide_make(&fixture->desk, fixture->arena, &named, &answer, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_INPUT);
	assert_true(fixture_decide(fixture, "CH-1", DEED_RETURN, "mo@wexshire.example", NOW, &answer));
	fixture_tend(fixture, NOW + 300, 1);
	assert_int_equal(fixture_state(fixture, "CH-1", 0), HOLD_RETURNED);
	assert_int_equal(fixture_state(fixture, "CH-1", 1), HOLD_RETURNED);
	assert_int_equal(fixture_letters(fixture, "returned", "amir.khan@marlbrook.example"), 1);
	assert_true(fixture_decide(fixture, "CH-1", DEED_RETURN, "ruth", NOW + 400, &answer));
	assert_true(answer.already);
}

static void recipients_are_decided_apart(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	const char *loud = "O'NEILL+X@firm.example", *nobody = "nobody@firm.example";
	struct wish one = { .id = "CH-1", .deed = DEED_RELEASE, .recipients = &loud, .recipient_count = 1, .why = { "ruth", "x", NOW } };
	fixture_hold(fixture, "CH-1", "plain", NOW);
	assert_true(decide_make(&fixture->desk, fixture->arena, &one, &answer, &fixture->err));
	assert_int_equal(answer.decision->recipient_count, 1);
	assert_string_equal(answer.decision->recipients[0], fixture_to[0]);
	/* the rest, while the first waits */
	assert_true(fixture_decide(fixture, "CH-1", DEED_RELEASE, "dewi", NOW + 10, &answer));
	assert_int_equal(answer.decision->number, 2);
	assert_int_equal(answer.decision->recipient_count, 1);
	assert_string_equal(answer.decision->recipients[0], fixture_to[1]);
	/* a return would take it from both */
	assert_false(fixture_decide(fixture, "CH-1", DEED_RETURN, "dewi", NOW + 11, &answer));
	assert_true(answer.conflict);
	fixture_tend(fixture, NOW + 600, 2);
	assert_true(decide_make(&fixture->desk, fixture->arena, &one, &answer, &fixture->err));
	assert_true(answer.already);
	one.recipients = &nobody;
	assert_false(decide_make(&fixture->desk, fixture->arena, &one, &answer, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_INPUT);
}

static void some_rules_want_two_persons(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	const struct queue_result *results;
	size_t count;
	struct deed same = { "clerk@marlbrook.example", "me again", NOW + 60 }, second = { "dewi", "so do I", NOW + 120 },
		    stranger = { "cmoss", "x", NOW + 60 };
	fixture_hold(fixture, "CH-1", "two", NOW);
	assert_true(decide_needs_two(&fixture->desk, fixture_look(fixture, "CH-1")));
	assert_false(queue_release(&fixture->desk, fixture->arena, "CH-1", NULL, 0, &second, &results, &count, &fixture->err));
	assert_said(fixture, "two persons");
	assert_true(fixture_decide(fixture, "CH-1", DEED_RELEASE, "ruth", NOW, &answer));
	assert_int_equal(answer.decision->state, DECISION_CONFIRMING);
	fixture_tend(fixture, NOW + HOUR, 0);
	assert_false(decide_confirm(&fixture->desk, fixture->arena, 1, &same, false, &answer, &fixture->err));
	assert_said(fixture, "another has to confirm");
	assert_false(decide_confirm(&fixture->desk, fixture->arena, 1, &stranger, false, &answer, &fixture->err));
	assert_true(decide_confirm(&fixture->desk, fixture->arena, 1, &second, false, &answer, &fixture->err));
	assert_int_equal(answer.decision->state, DECISION_WAITING);
	assert_int_equal(answer.decision->due_at, NOW + 420);
	assert_true(decide_confirm(&fixture->desk, fixture->arena, 1, &second, false, &answer, &fixture->err));
	assert_true(answer.already);
	fixture_tend(fixture, NOW + 420, 1);
	assert_int_equal(fixture_state(fixture, "CH-1", 1), HOLD_RELEASED);
	assert_string_equal(decision_in_words(fixture->arena, fixture_decision(fixture, 1)),
			    "It was released by ruth and dewi on Monday 2 March 2026, 09:07.");
	assert_int_equal(fixture_journalled(fixture, "decision-confirmed"), 1);

	/* one is enough to return; a release that nobody confirmed can be taken back, and needs no second for other rules */
	fixture_hold(fixture, "CH-2", "two", NOW);
	assert_true(fixture_decide(fixture, "CH-2", DEED_RELEASE, "ruth", NOW, &answer));
	assert_true(decide_undo(&fixture->desk, fixture->arena, answer.decision->number, &same, &answer, &fixture->err));
	assert_false(decide_confirm(&fixture->desk, fixture->arena, answer.decision->number, &second, false, &answer, &fixture->err));
	assert_true(answer.conflict);
	assert_true(fixture_decide(fixture, "CH-2", DEED_RETURN, "ruth", NOW + 60, &answer));
	assert_int_equal(answer.decision->state, DECISION_WAITING);
	assert_false(decide_confirm(&fixture->desk, fixture->arena, answer.decision->number, &second, false, &answer, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_INPUT);
}

static void a_reason_may_be_chosen(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	struct wish wish = { .id = "CH-1", .deed = DEED_RETURN, .why = { "ruth", "plain.2", NOW }, .note = "by the way" };
	for (int i = 1; i <= 4; i++)
		fixture_hold(fixture, arena_printf(fixture->arena, "CH-%d", i), i == 2 ? "line" : "plain", NOW);
	assert_true(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
	assert_string_equal(answer.decision->reason, "Second exception");
	assert_string_equal(answer.decision->note, "by the way");
	wish.id = "CH-2"; /* of another rule: words like any */
	assert_true(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
	assert_string_equal(answer.decision->reason, "plain.2");
	wish.id = "CH-3";
	wish.why.reason = "other";
	assert_true(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
	assert_string_equal(answer.decision->reason, "by the way");
	assert_null(answer.decision->note);
	wish.id = "CH-4";
	wish.note = "";
	assert_false(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_INPUT);
}

static int64_t times_chosen(struct fixture *fixture, int64_t from, const char *reason)
{
	struct statistics statistics;
	struct summary summary;
	int64_t times = 0, told = 0;
	assert_true(store_statistics(fixture->store, fixture->arena, from, from + DAY, &statistics, &fixture->err));
	assert_true(store_summary(fixture->store, fixture->arena, from, from + DAY, 10, &summary, &fixture->err));
	for (size_t i = 0; i < statistics.reason_count; i++) {
		assert_string_equal(statistics.reasons[i].rule, "plain");
		assert_int_equal(statistics.reasons[i].year * 10 + statistics.reasons[i].quarter, 20261);
		times += strcmp(statistics.reasons[i].sentence, reason) == 0 ? statistics.reasons[i].count : 0;
	}
	for (size_t i = 0; i < summary.reason_count; i++)
		told += strcmp(summary.reasons[i].sentence, reason) == 0 ? summary.reasons[i].count : 0;
	assert_int_equal(times, told);
	return times;
}

/* When it is carried out, not when it is wished; once a message, though its copies go one by one; releases alone. */
static void chosen_reasons_are_counted(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	struct wish wish = { .deed = DEED_RELEASE, .why = { "ruth", "plain.2", NOW } };
	struct deed undo = { "ruth", "not yet", NOW + 60 };
	for (int i = 1; i <= 6; i++)
		fixture_hold(fixture, arena_printf(fixture->arena, "CH-%d", i), "plain", NOW);
	wish.id = "CH-1";
	wish.recipient_count = 1;
	wish.recipients = &fixture_to[0];
	assert_true(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
	assert_string_equal(answer.decision->rule, "plain");
	wish.recipients = &fixture_to[1];
	assert_true(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
	wish.recipient_count = 0;
	wish.id = "CH-2";
	wish.why.reason = "Second exception"; /* the words themselves */
	assert_true(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
	wish.id = "CH-3";
	wish.why.reason = "plain.2";
	wish.deed = DEED_RETURN;
	assert_true(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
	wish.id = "CH-4";
	wish.deed = DEED_RELEASE;
	assert_true(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
	assert_true(decide_undo(&fixture->desk, fixture->arena, answer.decision->number, &undo, &answer, &fixture->err));
	wish.id = "CH-5";
	wish.why.reason = "the second exception, I think";
	assert_true(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
	assert_null(answer.decision->rule);
	wish.id = "CH-6";
	wish.why.reason = "plain.1";
	assert_true(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
	assert_int_equal(times_chosen(fixture, NOW, "Second exception"), 0);
	fixture_tend(fixture, NOW + 600, 6);
	assert_int_equal(times_chosen(fixture, NOW, "Second exception"), 2);
	assert_int_equal(times_chosen(fixture, NOW, "First exception"), 1);
	assert_int_equal(times_chosen(fixture, NOW - DAY, "Second exception"), 0);
	assert_int_equal(times_chosen(fixture, NOW + HOUR, "Second exception"), 0);
}

/* How often the own letters that wait say it. */
static size_t times_said(struct fixture *fixture, const char *words)
{
	size_t times = 0;
	for (;;) {
		struct outgoing out;
		bool found = false;
		assert_true(store_outbox_take(fixture->store, fixture->arena, NOW + 400 * DAY, 400 * DAY, &found, &out, &fixture->err));
		if (!found)
			return times;
		for (size_t at = bytes_find(out.message, bytes_of(words), 0); at != (size_t)-1; at = bytes_find(out.message, bytes_of(words), at + 1))
			times++;
	}
}

/* But for the message itself, which comes back with its own. */
static void notices_keep_the_subject_of_marked_mail(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	fixture_hold(fixture, "CH-1", "plain", NOW);
	assert_true(fixture_decide(fixture, "CH-1", DEED_RELEASE, "ruth", NOW, &answer));
	fixture_tend(fixture, NOW + 600, 1);
	assert_true(times_said(fixture, "Tender") > 0);
	fixture->marks = true;
	fixture_hold(fixture, "CH-2", "plain", NOW);
	fixture_hold(fixture, "CH-3", "plain", NOW);
	assert_true(fixture_decide(fixture, "CH-2", DEED_RELEASE, "ruth", NOW, &answer));
	fixture_tend(fixture, NOW + 600, 1);
	assert_int_equal(times_said(fixture, "Tender"), 0);
	assert_true(fixture_decide(fixture, "CH-3", DEED_RETURN, "ruth", NOW, &answer));
	fixture_tend(fixture, NOW + 600, 1);
	assert_int_equal(times_said(fixture, "Tender"), 1);
}

static void at_once_is_at_once(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	struct wish wish = { .id = "CH-1", .deed = DEED_RELEASE, .why = { "ruth", "x", NOW }, .at_once = true };
	fixture_hold(fixture, "CH-1", "plain", NOW);
	assert_true(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
	assert_int_equal(answer.decision->state, DECISION_DONE);
	assert_int_equal(answer.result_count, 2);
	fixture->desk.terms.undo_minutes = 0;
	fixture_hold(fixture, "CH-2", "plain", NOW);
	assert_true(fixture_decide(fixture, "CH-2", DEED_RETURN, "ruth", NOW, &answer));
	assert_int_equal(answer.decision->state, DECISION_DONE);
	assert_int_equal(fixture_state(fixture, "CH-2", 0), HOLD_RETURNED);
}

static void the_copy_is_made_plain(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	struct server server;
	struct bytes raw;
	static const char line[] = "CC councillor Carl Moss\r\n";
	struct release_service service = { .socket = server.path, .timeout = 10, .helo = "copyhold.localhost" };
	struct wish wish = { .id = "CH-1", .deed = DEED_RELEASE_OPEN, .recipients = fixture_to, .recipient_count = 1, .why = { "ruth", "x", NOW },
			     .at_once = true };
	static const struct {
		enum opening opening;
		enum error_kind kind;
		const char *says;
	} cases[] = {
		{ CANNOT_OPEN, ERROR_REFUSED, "the message is signed" },
		{ OPENS_NOTHING, ERROR_REFUSED, "hides no copy" },
		{ CANNOT_READ, ERROR_RETRY, "nobody can read" },
	};
	fixture_hold(fixture, "CH-1", "plain", NOW);
	fixture->desk.service = &service;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		fixture->opening = cases[i].opening;
		assert_false(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
		assert_int_equal(fixture->err.kind, cases[i].kind);
		assert_said(fixture, cases[i].says);
		assert_int_equal(fixture_journalled(fixture, "decided"), 0);
	}
	fixture->opening = OPENS;
	server_start(&server, WELL, true);
	assert_true(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
	server_wait(&server);
	assert_string_equal(answer.decision->lines[0], "CC councillor Carl Moss");
	struct bytes sent = text_bytes(&server.data);
	assert_true(store_read_raw(fixture->store, fixture->arena, "CH-1", &raw, &fixture->err));
	assert_true(bytes_ends_with(sent, BYTES(line)));
	assert_true(bytes_ends_with(bytes_slice(sent, 0, sent.length - (sizeof line - 1)), raw));
	assert_true(bytes_find(raw, BYTES("CC councillor"), 0) == (size_t)-1); /* what is stored stays */
	server_free(&server);
}

static void many_are_decided_together(void **state)
{
	struct fixture *fixture = *state;
	const struct bulk_result *results = NULL;
	static const char *const ids[] = { "CH-1", "CH-2", "CH-404", "CH-3" }, *const twice[] = { "CH-1", "CH-1" };
	struct decision_answer answer;
	struct wish wish = { .deed = DEED_RELEASE, .why = { "ruth", "all fine", NOW } };
	for (size_t i = 0; i < 4; i++)
		if (i != 2)
			fixture_hold(fixture, ids[i], "plain", NOW);
	assert_true(fixture_decide(fixture, "CH-2", DEED_RETURN, "dewi", NOW, &answer));
	assert_false(decide_bulk(&fixture->desk, fixture->arena, ids, 4, 3, &wish, &results, &fixture->err));
	assert_false(decide_bulk(&fixture->desk, fixture->arena, ids, 0, 0, &wish, &results, &fixture->err));
	assert_false(decide_bulk(&fixture->desk, fixture->arena, twice, 2, 2, &wish, &results, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_INPUT);
	assert_int_equal(fixture_journalled(fixture, "decided"), 1);
	assert_true(decide_bulk(&fixture->desk, fixture->arena, ids, 4, 4, &wish, &results, &fixture->err));
	assert_true(results[0].good && !results[1].good && !results[2].good && results[3].good);
	assert_true(results[1].answer.conflict);
	assert_non_null(strstr(results[1].text, "dewi"));
	assert_non_null(strstr(results[2].text, "no message"));
	assert_true(decide_bulk(&fixture->desk, fixture->arena, ids, 1, 1, &wish, &results, &fixture->err));
	assert_true(results[0].good && results[0].answer.already);
}

static void findings_are_marked(void **state)
{
	struct fixture *fixture = *state;
	struct deed ruth = { "ruth", "it only quotes", NOW }, stranger = { "cmoss", "x", NOW };
	const struct finding_mark *marks = NULL;
	const struct mark_count *counts = NULL;
	size_t count = 0;
	fixture_hold(fixture, "CH-1", "plain", NOW);
	fixture_hold(fixture, "CH-2", "plain", NOW);
	assert_false(decide_mark(&fixture->desk, fixture->arena, "CH-1", "plain", JUDGED_WRONG, &stranger, &fixture->err));
	assert_false(decide_mark(&fixture->desk, fixture->arena, "CH-1", "other", JUDGED_WRONG, &ruth, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_INPUT);
	assert_true(decide_mark(&fixture->desk, fixture->arena, "CH-1", "plain", JUDGED_WRONG, &ruth, &fixture->err));
	assert_true(decide_mark(&fixture->desk, fixture->arena, "CH-2", "plain", JUDGED_WRONG, &ruth, &fixture->err));
	assert_true(decide_mark(&fixture->desk, fixture->arena, "CH-2", "plain", JUDGED_RIGHT, &ruth, &fixture->err));
	assert_true(store_mark_list(fixture->store, fixture->arena, "CH-1", &marks, &count, &fixture->err));
	assert_int_equal(count, 1);
	assert_int_equal(marks[0].judged, JUDGED_WRONG);
	assert_string_equal(marks[0].reason, "it only quotes");
	assert_true(store_mark_counts(fixture->store, fixture->arena, NOW, NOW + 1, &counts, &count, &fixture->err));
	assert_int_equal(count, 1);
	assert_int_equal(counts[0].wrong, 1);
	assert_int_equal(counts[0].right, 1);
	assert_true(decide_mark(&fixture->desk, fixture->arena, "CH-1", "plain", JUDGED_NONE, &ruth, &fixture->err));
	assert_true(store_mark_list(fixture->store, fixture->arena, "CH-1", &marks, &count, &fixture->err));
	assert_int_equal(count, 0);
	assert_int_equal(fixture_journalled(fixture, "marked"), 4);
}

static const struct offer *offer_of(const struct offers *offers, enum decision_deed deed)
{
	for (size_t i = 0; i < offers->count; i++)
		if (offers->items[i].deed == deed)
			return &offers->items[i];
	return NULL;
}

static size_t prominent(const struct offers *offers)
{
	size_t count = 0;
	for (size_t i = 0; i < offers->count; i++)
		count += offers->items[i].prominent;
	return count;
}

static void offers_say_what_will_happen(void **state)
{
	struct fixture *fixture = *state;
	struct offers offers;
	struct decision_answer answer;
	fixture_hold(fixture, "CH-1", "plain", NOW);
	assert_true(decide_offers(&fixture->desk, fixture->arena, fixture_look(fixture, "CH-1"), "ruth", NOW, &offers, &fixture->err));
	assert_int_equal(prominent(&offers), 3);
	assert_false(offer_of(&offers, DEED_RELEASE)->prominent);
	assert_null(offer_of(&offers, DEED_RELEASE)->refused);
	assert_non_null(strstr(offer_of(&offers, DEED_RELEASE_OPEN)->will, "CC councillor Carl Moss"));
	assert_non_null(strstr(offer_of(&offers, DEED_RELEASE)->will, "o'neill+x@firm.example"));
	assert_non_null(strstr(offer_of(&offers, DEED_RELEASE)->will, "in 5 minutes; until then it can be undone"));
	assert_non_null(strstr(offer_of(&offers, DEED_RETURN)->will, "Amir Khan"));
	assert_int_equal(offers.reason_count, 3);
	assert_string_equal(offers.reasons[0].key, "plain.1");
	assert_string_equal(offers.reasons[1].text, "Second exception");
	assert_string_equal(offers.reasons[2].key, "other");

	fixture->opening = CANNOT_OPEN;
	assert_true(decide_offers(&fixture->desk, fixture->arena, fixture_look(fixture, "CH-1"), "ruth", NOW, &offers, &fixture->err));
	assert_true(offer_of(&offers, DEED_RELEASE)->prominent);
	assert_non_null(strstr(offer_of(&offers, DEED_RELEASE_OPEN)->refused, "signed"));
	assert_int_equal(prominent(&offers), 3);

	/* to whom may not decide nothing of the letter is told; they can pass it on */
	assert_true(decide_offers(&fixture->desk, fixture->arena, fixture_look(fixture, "CH-1"), "cmoss", NOW, &offers, &fixture->err));
	assert_null(offer_of(&offers, DEED_RELEASE_OPEN));
	assert_int_equal(prominent(&offers), 0);
	assert_non_null(offer_of(&offers, DEED_PASS)->refused);

	assert_true(fixture_decide(fixture, "CH-1", DEED_PASS, "ruth", NOW, &answer));
	assert_true(fixture_decide(fixture, "CH-1", DEED_RELEASE, "mo", NOW + 60, &answer));
	assert_true(decide_offers(&fixture->desk, fixture->arena, fixture_look(fixture, "CH-1"), "ruth", NOW + 61, &offers, &fixture->err));
	assert_int_equal(prominent(&offers), 0);
	assert_non_null(strstr(offer_of(&offers, DEED_RELEASE)->refused, "mo decided"));
	fixture_hold(fixture, "CH-2", "two", NOW);
	assert_true(decide_offers(&fixture->desk, fixture->arena, fixture_look(fixture, "CH-2"), "ruth", NOW, &offers, &fixture->err));
	assert_true(offers.two_persons);
	assert_non_null(strstr(offer_of(&offers, DEED_RELEASE)->will, "second person"));
}

static void passing_on_tells_the_second_reviewer(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	fixture_hold(fixture, "CH-1", "plain", NOW);
	assert_true(fixture_decide(fixture, "CH-1", DEED_PASS, "ruth", NOW, &answer));
	assert_int_equal(answer.decision->state, DECISION_DONE);
	assert_true(fixture_look(fixture, "CH-1")->escalated);
	assert_int_equal(fixture_letters(fixture, "review", "mo@wexshire.example"), 1);
	assert_int_equal(fixture_journalled(fixture, "escalated"), 1);
	assert_true(fixture_decide(fixture, "CH-1", DEED_PASS, "dewi", NOW + 60, &answer));
	assert_true(answer.already);
	assert_string_equal(answer.decision->by, "ruth");
	assert_int_equal(fixture_letters(fixture, "review", NULL), 0);
	fixture->desk.second_reviewer = NULL;
	fixture_hold(fixture, "CH-2", "plain", NOW);
	assert_false(fixture_decide(fixture, "CH-2", DEED_PASS, "ruth", NOW, &answer));
	assert_false(fixture_decide(fixture, "CH-2", DEED_RELEASE_ANNOTATED, "ruth", NOW, &answer));
	assert_int_equal(fixture->err.kind, ERROR_INPUT);
}

static void a_sender_opens_only_what_would_pass(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	struct deed sender = { "amir.khan@marlbrook.example", "sender's own wish", NOW };
	fixture_hold(fixture, "CH-1", "plain", NOW);
	assert_false(decide_open_copy(&fixture->desk, fixture->arena, "CH-1", &sender, &answer, &fixture->err));
	assert_said(fixture, "held all the same");
	fixture->lets_through = true;
	assert_true(decide_open_copy(&fixture->desk, fixture->arena, "CH-1", &sender, &answer, &fixture->err));
	assert_int_equal(answer.decision->state, DECISION_DONE);
	assert_int_equal(fixture_state(fixture, "CH-1", 0), HOLD_RELEASED);
	fixture_hold(fixture, "CH-2", "two", NOW);
	assert_false(decide_open_copy(&fixture->desk, fixture->arena, "CH-2", &sender, &answer, &fixture->err));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moves_are_a_table),
		TEST(a_release_waits_and_is_done),
		TEST(the_same_again_is_answered),
		TEST(what_waits_can_be_taken_back),
		TEST(a_return_is_whole),
		TEST(recipients_are_decided_apart),
		TEST(some_rules_want_two_persons),
		TEST(a_reason_may_be_chosen),
		TEST(chosen_reasons_are_counted),
		TEST(notices_keep_the_subject_of_marked_mail),
		TEST(at_once_is_at_once),
		TEST(the_copy_is_made_plain),
		TEST(many_are_decided_together),
		TEST(findings_are_marked),
		TEST(offers_say_what_will_happen),
		TEST(passing_on_tells_the_second_reviewer),
		TEST(a_sender_opens_only_what_would_pass),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
