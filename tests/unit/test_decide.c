/* test_decide.c - decisions on held mail: made once, taken back in time, confirmed by a second person, carried out when due.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review_fixture.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "review/tend.h"
#include "smtp_server.h"

static bool make(struct fixture *fixture, const char *id, enum decision_deed deed, const char *by, int64_t at, struct decision_answer *out)
{
	struct wish wish = { .id = id, .deed = deed, .why = { by, "because", at } };
	return decide_make(&fixture->desk, fixture->arena, &wish, out, &fixture->err);
}

static void tend(struct fixture *fixture, int64_t now, size_t carried_out)
{
	struct tended tended;
	if (!tend_run(&fixture->desk, now, &tended, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
	assert_int_equal(tended.carried_out, carried_out);
}

#define assert_said(fixture, words) \
	do { \
		if (strstr(error_text(&(fixture)->err), (words)) == NULL) \
			fail_msg("\"%s\" is not in \"%s\"", (words), error_text(&(fixture)->err)); \
	} while (0)

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
	assert_true(make(fixture, "CH-1", DEED_RELEASE, "ruth", NOW + 60, &answer));
	assert_int_equal(answer.decision->state, DECISION_WAITING);
	assert_int_equal(answer.decision->due_at, NOW + 360);
	assert_int_equal(answer.decision->recipient_count, 2);
	assert_int_equal(fixture_state(fixture, "CH-1", 0), HOLD_HELD);
	tend(fixture, NOW + 359, 0);
	assert_int_equal(fixture_state(fixture, "CH-1", 0), HOLD_HELD);
	tend(fixture, NOW + 360, 1);
	assert_int_equal(fixture_state(fixture, "CH-1", 0), HOLD_RELEASED);
	assert_int_equal(fixture_state(fixture, "CH-1", 1), HOLD_RELEASED);
	assert_string_equal(fixture_look(fixture, "CH-1")->recipients[0].changed_by, "ruth");
	assert_int_equal(fixture_decision(fixture, 1)->state, DECISION_DONE);
	assert_int_equal(fixture_letters(fixture, "released", "amir.khan@marlbrook.example"), 1);
	tend(fixture, NOW + 900, 0);
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
	assert_true(make(fixture, "CH-1", DEED_RELEASE, "ruth", NOW + 60, &answer));
	for (int i = 0; i < 2; i++) { /* waiting, then done */
		assert_true(make(fixture, "CH-1", DEED_RELEASE, i == 0 ? "ruth" : "dewi", NOW + 70 + i * 400, &answer));
		assert_true(answer.already);
		assert_int_equal(answer.decision->number, 1);
		assert_string_equal(answer.decision->by, "ruth");
		assert_int_equal(answer.decision->at, NOW + 60);
		assert_false(make(fixture, "CH-1", DEED_RETURN, "dewi", NOW + 71 + i * 400, &answer));
		assert_int_equal(fixture->err.kind, ERROR_REFUSED);
		assert_true(answer.conflict);
		assert_string_equal(answer.by, "ruth");
		assert_said(fixture, "ruth");
		assert_false(make(fixture, "CH-1", DEED_RELEASE_OPEN, "dewi", NOW + 72 + i * 400, &answer));
		assert_true(answer.conflict);
		if (i == 0)
			tend(fixture, NOW + 400, 1);
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
	assert_true(make(fixture, "CH-1", DEED_RETURN, "ruth", NOW + 60, &answer));
	assert_false(decide_undo(&fixture->desk, fixture->arena, 1, &stranger, &answer, &fixture->err));
	assert_true(decide_undo(&fixture->desk, fixture->arena, 1, &dewi, &answer, &fixture->err));
	assert_int_equal(answer.decision->state, DECISION_UNDONE);
	assert_string_equal(answer.decision->undone_by, "dewi");
	assert_false(answer.already);
	assert_true(decide_undo(&fixture->desk, fixture->arena, 1, &ruth, &answer, &fixture->err));
	assert_true(answer.already);
	tend(fixture, NOW + 600, 0);
	assert_int_equal(fixture_state(fixture, "CH-1", 0), HOLD_HELD);
	assert_int_equal(fixture_journalled(fixture, "decision-undone"), 1);

	/* and decided anew; then it is too late */
	assert_true(make(fixture, "CH-1", DEED_RELEASE, "dewi", NOW + 700, &answer));
	assert_int_equal(answer.decision->number, 2);
	tend(fixture, NOW + 1000, 1);
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
	assert_true(make(fixture, "CH-1", DEED_RETURN, "mo@wexshire.example", NOW, &answer));
	tend(fixture, NOW + 300, 1);
	assert_int_equal(fixture_state(fixture, "CH-1", 0), HOLD_RETURNED);
	assert_int_equal(fixture_state(fixture, "CH-1", 1), HOLD_RETURNED);
	assert_int_equal(fixture_letters(fixture, "returned", "amir.khan@marlbrook.example"), 1);
	assert_true(make(fixture, "CH-1", DEED_RETURN, "ruth", NOW + 400, &answer));
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
	assert_true(make(fixture, "CH-1", DEED_RELEASE, "dewi", NOW + 10, &answer));
	assert_int_equal(answer.decision->number, 2);
	assert_int_equal(answer.decision->recipient_count, 1);
	assert_string_equal(answer.decision->recipients[0], fixture_to[1]);
	/* a return would take it from both */
	assert_false(make(fixture, "CH-1", DEED_RETURN, "dewi", NOW + 11, &answer));
	assert_true(answer.conflict);
	tend(fixture, NOW + 600, 2);
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
	assert_true(make(fixture, "CH-1", DEED_RELEASE, "ruth", NOW, &answer));
	assert_int_equal(answer.decision->state, DECISION_CONFIRMING);
	tend(fixture, NOW + HOUR, 0);
	assert_false(decide_confirm(&fixture->desk, fixture->arena, 1, &same, false, &answer, &fixture->err));
	assert_said(fixture, "another has to confirm");
	assert_false(decide_confirm(&fixture->desk, fixture->arena, 1, &stranger, false, &answer, &fixture->err));
	assert_true(decide_confirm(&fixture->desk, fixture->arena, 1, &second, false, &answer, &fixture->err));
	assert_int_equal(answer.decision->state, DECISION_WAITING);
	assert_int_equal(answer.decision->due_at, NOW + 420);
	assert_true(decide_confirm(&fixture->desk, fixture->arena, 1, &second, false, &answer, &fixture->err));
	assert_true(answer.already);
	tend(fixture, NOW + 420, 1);
	assert_int_equal(fixture_state(fixture, "CH-1", 1), HOLD_RELEASED);
	assert_string_equal(decision_in_words(fixture->arena, fixture_decision(fixture, 1)),
			    "It was released by ruth and dewi on Monday 2 March 2026, 09:07.");
	assert_int_equal(fixture_journalled(fixture, "decision-confirmed"), 1);

	/* one is enough to return; a release that nobody confirmed can be taken back, and needs no second for other rules */
	fixture_hold(fixture, "CH-2", "two", NOW);
	assert_true(make(fixture, "CH-2", DEED_RELEASE, "ruth", NOW, &answer));
	assert_true(decide_undo(&fixture->desk, fixture->arena, answer.decision->number, &same, &answer, &fixture->err));
	assert_false(decide_confirm(&fixture->desk, fixture->arena, answer.decision->number, &second, false, &answer, &fixture->err));
	assert_true(answer.conflict);
	assert_true(make(fixture, "CH-2", DEED_RETURN, "ruth", NOW + 60, &answer));
	assert_int_equal(answer.decision->state, DECISION_WAITING);
	assert_false(decide_confirm(&fixture->desk, fixture->arena, answer.decision->number, &second, false, &answer, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_INPUT);
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
	assert_true(make(fixture, "CH-2", DEED_RETURN, "ruth", NOW, &answer));
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

/* What the mail server says, and what becomes of a decision that waits by itself. */
static void mail_server_may_refuse(void **state)
{
	static const struct {
		enum mood mood;
		enum decision_state state;
		enum hold_state recipient;
	} cases[] = {
		{ WELL, DECISION_DONE, HOLD_RELEASED },         { RCPT_450, DECISION_WAITING, HOLD_HELD },
		{ DATA_452, DECISION_WAITING, HOLD_HELD },      { END_451, DECISION_WAITING, HOLD_HELD },
		{ RCPT_550, DECISION_FAILED, HOLD_HELD },       { END_554, DECISION_FAILED, HOLD_HELD },
		{ END_CLOSES, DECISION_FAILED, HOLD_IN_DOUBT }, { MIDDLE_CLOSES, DECISION_FAILED, HOLD_IN_DOUBT },
	};
	struct fixture *fixture = *state;
	struct server server;
	struct release_service service = { .socket = server.path, .timeout = 10, .helo = "copyhold.localhost" };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct tended tended;
		struct decision_answer answer;
		const char *id = arena_printf(fixture->arena, "CH-%zu", i);
		struct wish wish = { .id = id, .deed = DEED_RELEASE, .recipients = fixture_to, .recipient_count = 1, .why = { "ruth", "x", NOW } };
		fixture_hold(fixture, id, "plain", NOW);
		fixture->desk.service = NULL;
		assert_true(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
		fixture->desk.service = &service;
		server_start(&server, cases[i].mood, true);
		assert_true(tend_run(&fixture->desk, NOW + 300, &tended, &fixture->err));
		server_wait(&server);
		server_free(&server);
		const struct decision *decision = fixture_decision(fixture, answer.decision->number);
		if (decision->state != cases[i].state || fixture_state(fixture, id, 0) != cases[i].recipient)
			fail_msg("mood %d: %s, %s (%s)", cases[i].mood, decision_state_name(decision->state),
				 hold_state_name(fixture_state(fixture, id, 0)), decision->text);
		assert_int_equal(tended.put_off, cases[i].state == DECISION_WAITING);
		/* who decided hours ago and went home is written to */
		assert_int_equal(fixture_letters(fixture, "review", "ruth@marlbrook.example"), cases[i].state == DECISION_FAILED);
		if (cases[i].state != DECISION_WAITING)
			continue;
		assert_true(decision->due_at > NOW + 300);
		struct deed undo = { "ruth", "x", NOW + 310 };
		assert_true(decide_undo(&fixture->desk, fixture->arena, decision->number, &undo, &answer, &fixture->err));
	}
}

static void what_was_put_off_is_tried_again_and_given_up(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	struct release_service nobody = { .socket = "/nonexistent/copyhold.sock", .timeout = 2, .helo = "copyhold.localhost" };
	int tries = 0;
	fixture_hold(fixture, "CH-1", "plain", NOW);
	fixture->desk.service = &nobody;
	fixture->desk.terms.escalate_hours = fixture->desk.terms.expire_days = 0;
	assert_true(make(fixture, "CH-1", DEED_RELEASE, "ruth", NOW, &answer));
	for (int64_t now = NOW; fixture_decision(fixture, 1)->state == DECISION_WAITING; now += 60, tries++)
		tend(fixture, now, 0);
	assert_in_range(fixture_decision(fixture, 1)->tries, 40, 60);
	assert_int_equal(fixture_decision(fixture, 1)->state, DECISION_FAILED);
	assert_int_equal(fixture_state(fixture, "CH-1", 0), HOLD_HELD);
	assert_int_equal(fixture_letters(fixture, "review", "ruth@marlbrook.example"), 1);
	/* and it can be decided anew */
	fixture->desk.service = NULL;
	assert_true(make(fixture, "CH-1", DEED_RELEASE, "dewi", NOW + 3 * DAY, &answer));
	assert_false(answer.already);
	/* at once means that the person hears of it and nobody tries again */
	fixture_hold(fixture, "CH-2", "plain", NOW);
	fixture->desk.service = &nobody;
	struct wish wish = { .id = "CH-2", .deed = DEED_RELEASE, .why = { "ruth", "x", NOW }, .at_once = true };
	assert_false(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_RETRY);
	assert_int_equal(answer.decision->state, DECISION_FAILED);
}

/* Whoever claimed it died: before it sent anything, in the middle of one recipient, or before it could say that it was done. */
static void a_claim_that_was_left_is_taken_up(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	struct deed deed = { "ruth", "x", NOW + 300 };
	bool moved, found;
	const struct decision *claimed;
	static const struct {
		enum hold_state left[2];
		enum decision_state then;
		enum hold_state recipients[2];
	} cases[] = {
		{ { HOLD_HELD, HOLD_HELD }, DECISION_DONE, { HOLD_RELEASED, HOLD_RELEASED } },
		{ { HOLD_RELEASING, HOLD_HELD }, DECISION_FAILED, { HOLD_IN_DOUBT, HOLD_RELEASED } },
		{ { HOLD_RELEASED, HOLD_RELEASING }, DECISION_FAILED, { HOLD_RELEASED, HOLD_IN_DOUBT } },
		{ { HOLD_RELEASED, HOLD_RELEASED }, DECISION_DONE, { HOLD_RELEASED, HOLD_RELEASED } },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *id = arena_printf(fixture->arena, "CH-%zu", i);
		fixture_hold(fixture, id, "plain", NOW);
		assert_true(make(fixture, id, DEED_RELEASE, "ruth", NOW, &answer));
		int64_t number = answer.decision->number;
		assert_true(store_decision_claim(fixture->store, fixture->arena, number, NOW + 300, 960, &found, &claimed, &fixture->err));
		assert_true(found);
		for (size_t k = 0; k < 2; k++) {
			if (cases[i].left[k] != HOLD_HELD)
				assert_true(store_move(fixture->store, id, fixture_to[k], HOLD_HELD, HOLD_RELEASING, &deed, NULL, &moved, &fixture->err));
			if (cases[i].left[k] == HOLD_RELEASED)
				assert_true(store_move(fixture->store, id, fixture_to[k], HOLD_RELEASING, HOLD_RELEASED, &deed, "250 ok", &moved,
						       &fixture->err));
		}
		struct tended tended;
		assert_true(tend_run(&fixture->desk, NOW + 310, &tended, &fixture->err));
		assert_int_equal(fixture_decision(fixture, number)->state, DECISION_DOING); /* somebody may still be at it */
		assert_false(decide_undo(&fixture->desk, fixture->arena, number, &deed, &answer, &fixture->err));
		assert_true(tend_run(&fixture->desk, NOW + 300 + 960, &tended, &fixture->err));
		assert_int_equal(fixture_decision(fixture, number)->state, cases[i].then);
		for (size_t k = 0; k < 2; k++)
			assert_int_equal(fixture_state(fixture, id, k), cases[i].recipients[k]);
		/* the first claim ends too late to say anything */
		struct decision_end end = { .to = DECISION_DONE, .text = "late", .at = NOW + 2000 };
		assert_true(store_decision_finish(fixture->store, claimed, &end, &moved, &fixture->err));
		assert_false(moved);
		if (cases[i].then != DECISION_FAILED)
			continue;
		/* in doubt: again only by somebody who names the recipient */
		assert_false(make(fixture, id, DEED_RELEASE, "dewi", NOW + 2000, &answer));
		assert_said(fixture, "may have reached");
		size_t doubted = cases[i].recipients[0] == HOLD_IN_DOUBT ? 0 : 1;
		struct wish named = { .id = id, .deed = DEED_RELEASE, .recipients = &fixture_to[doubted], .recipient_count = 1,
				      .why = { "dewi", "x", NOW + 2001 }, .at_once = true };
		assert_true(decide_make(&fixture->desk, fixture->arena, &named, &answer, &fixture->err));
		assert_int_equal(fixture_state(fixture, id, doubted), HOLD_RELEASED);
	}
}

static void a_return_that_was_left_is_known_as_done(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	struct deed deed = { "ruth", "because", NOW + 300 };
	struct notice notice = { NOTICE_RETURNED, "amir.khan@marlbrook.example", BYTES("Subject: x\r\n\r\ny\r\n") };
	bool found;
	size_t moved;
	const struct decision *claimed;
	fixture_hold(fixture, "CH-1", "plain", NOW);
	assert_true(make(fixture, "CH-1", DEED_RETURN, "ruth", NOW, &answer));
	assert_true(store_decision_claim(fixture->store, fixture->arena, 1, NOW + 300, 960, &found, &claimed, &fixture->err));
	assert_true(store_return(fixture->store, "CH-1", &deed, &notice, &moved, &fixture->err));
	tend(fixture, NOW + 1260, 1);
	assert_int_equal(fixture_decision(fixture, 1)->state, DECISION_DONE);
	assert_int_equal(fixture_letters(fixture, "returned", NULL), 1);
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
	assert_true(make(fixture, "CH-2", DEED_RETURN, "dewi", NOW, &answer));
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

	assert_true(make(fixture, "CH-1", DEED_PASS, "ruth", NOW, &answer));
	assert_true(make(fixture, "CH-1", DEED_RELEASE, "mo", NOW + 60, &answer));
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
	assert_true(make(fixture, "CH-1", DEED_PASS, "ruth", NOW, &answer));
	assert_int_equal(answer.decision->state, DECISION_DONE);
	assert_true(fixture_look(fixture, "CH-1")->escalated);
	assert_int_equal(fixture_letters(fixture, "review", "mo@wexshire.example"), 1);
	assert_int_equal(fixture_journalled(fixture, "escalated"), 1);
	assert_true(make(fixture, "CH-1", DEED_PASS, "dewi", NOW + 60, &answer));
	assert_true(answer.already);
	assert_string_equal(answer.decision->by, "ruth");
	assert_int_equal(fixture_letters(fixture, "review", NULL), 0);
	fixture->desk.second_reviewer = NULL;
	fixture_hold(fixture, "CH-2", "plain", NOW);
	assert_false(make(fixture, "CH-2", DEED_PASS, "ruth", NOW, &answer));
	assert_false(make(fixture, "CH-2", DEED_RELEASE_ANNOTATED, "ruth", NOW, &answer));
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

#define RACERS 6

/* Each racer is a process of its own; how many came back with 0. */
static int race(struct fixture *fixture, bool (*run)(struct fixture *, struct desk *, int, struct error *))
{
	pid_t racers[RACERS];
	int good = 0;
	for (int i = 0; i < RACERS; i++) {
		racers[i] = fork();
		assert_true(racers[i] >= 0);
		if (racers[i] == 0) {
			struct store *store = NULL;
			struct error err = ERROR_INIT;
			struct desk desk = fixture_desk_again(fixture, &store);
			bool won = run(fixture, &desk, i, &err);
			store_close(&store);
			_exit(won ? 0 : 1);
		}
	}
	for (int i = 0; i < RACERS; i++) {
		int status = 0;
		assert_int_equal(waitpid(racers[i], &status, 0), racers[i]);
		assert_true(WIFEXITED(status));
		good += WEXITSTATUS(status) == 0;
	}
	return good;
}

static bool decides_first(struct fixture *fixture, struct desk *desk, int number, struct error *err)
{
	struct decision_answer answer;
	struct wish wish = { .id = "CH-1", .deed = number % 2 == 0 ? DEED_RELEASE : DEED_RETURN,
			     .why = { number % 3 == 0 ? "ruth" : "dewi", "race", NOW } };
	return decide_make(desk, fixture->arena, &wish, &answer, err) && !answer.already;
}

static bool tends(struct fixture *fixture, struct desk *desk, int number, struct error *err)
{
	struct tended tended;
	(void)fixture;
	(void)number;
	return tend_run(desk, NOW + 300, &tended, err) && tended.carried_out == 1;
}

static bool undoes_or_tends(struct fixture *fixture, struct desk *desk, int number, struct error *err)
{
	struct decision_answer answer;
	struct deed undo = { "ruth", "no", NOW + 300 };
	if (number % 2 == 0)
		return tends(fixture, desk, number, err);
	return decide_undo(desk, fixture->arena, 1, &undo, &answer, err) && !answer.already;
}

static void only_one_process_wins(void **state)
{
	struct fixture *fixture = *state;
	fixture_hold(fixture, "CH-1", "plain", NOW);
	store_close(&fixture->store);
	int decided = race(fixture, decides_first), carried = race(fixture, tends);
	assert_true(store_open(fixture->state, &fixture->store, &fixture->err));
	assert_int_equal(decided, 1);
	assert_int_equal(carried, 1);
	assert_int_equal(fixture_journalled(fixture, "decided"), 1);
	assert_int_equal(fixture_journalled(fixture, "decision-begun"), 1);
	enum hold_state one = fixture_state(fixture, "CH-1", 0);
	assert_true(one == HOLD_RELEASED || one == HOLD_RETURNED);
	assert_int_equal(fixture_letters(fixture, hold_state_name(one), NULL), 1);
}

static void undone_or_done_but_never_both(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	fixture_hold(fixture, "CH-1", "plain", NOW);
	assert_true(make(fixture, "CH-1", DEED_RELEASE, "ruth", NOW, &answer));
	store_close(&fixture->store);
	int winners = race(fixture, undoes_or_tends);
	assert_true(store_open(fixture->state, &fixture->store, &fixture->err));
	assert_int_equal(winners, 1);
	bool undone = fixture_decision(fixture, 1)->state == DECISION_UNDONE;
	assert_int_equal(fixture_state(fixture, "CH-1", 0), undone ? HOLD_HELD : HOLD_RELEASED);
	assert_int_equal(fixture_journalled(fixture, "released"), undone ? 0 : 2);
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
		TEST(at_once_is_at_once),
		TEST(the_copy_is_made_plain),
		TEST(mail_server_may_refuse),
		TEST(what_was_put_off_is_tried_again_and_given_up),
		TEST(a_claim_that_was_left_is_taken_up),
		TEST(a_return_that_was_left_is_known_as_done),
		TEST(many_are_decided_together),
		TEST(findings_are_marked),
		TEST(offers_say_what_will_happen),
		TEST(passing_on_tells_the_second_reviewer),
		TEST(a_sender_opens_only_what_would_pass),
		TEST(only_one_process_wins),
		TEST(undone_or_done_but_never_both),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
