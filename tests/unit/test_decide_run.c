/* test_decide_run.c - decisions carried out: what the mail server says, who died in between, and who was first.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review_fixture.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "review/tend.h"
#include "smtp_server.h"

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
	assert_true(fixture_decide(fixture, "CH-1", DEED_RELEASE, "ruth", NOW, &answer));
	for (int64_t now = NOW; fixture_decision(fixture, 1)->state == DECISION_WAITING; now += 60, tries++)
		fixture_tend(fixture, now, 0);
	assert_in_range(fixture_decision(fixture, 1)->tries, 40, 60);
	assert_int_equal(fixture_decision(fixture, 1)->state, DECISION_FAILED);
	assert_int_equal(fixture_state(fixture, "CH-1", 0), HOLD_HELD);
	assert_int_equal(fixture_letters(fixture, "review", "ruth@marlbrook.example"), 1);
	/* and it can be decided anew */
	fixture->desk.service = NULL;
	assert_true(fixture_decide(fixture, "CH-1", DEED_RELEASE, "dewi", NOW + 3 * DAY, &answer));
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
		assert_true(fixture_decide(fixture, id, DEED_RELEASE, "ruth", NOW, &answer));
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
		assert_false(fixture_decide(fixture, id, DEED_RELEASE, "dewi", NOW + 2000, &answer));
		assert_said(fixture, "may have reached");
		size_t doubted = cases[i].recipients[0] == HOLD_IN_DOUBT ? 0 : 1;
		struct wish named = { .id = id, .deed = DEED_RELEASE, .recipients = &fixture_to[doubted], .recipient_count = 1,
				      .why = { "dewi", "x", NOW + 2001 }, .at_once = true };
		/* and not by a page that showed it as held */
		static const enum decision_deed deeds[] = { DEED_RELEASE, DEED_RETURN, DEED_PASS };
		for (size_t k = 0; k < sizeof deeds / sizeof *deeds; k++) {
			struct wish stale = named;
			stale.deed = deeds[k];
			stale.undoubted = true;
			stale.recipient_count = deeds[k] == DEED_RELEASE ? 1 : 0;
			assert_false(decide_make(&fixture->desk, fixture->arena, &stale, &answer, &fixture->err));
			assert_true(answer.conflict);
			assert_int_equal(answer.at, NOW + 300 + 960);
			assert_said(fixture, "may have reached");
			assert_int_equal(fixture_state(fixture, id, doubted), HOLD_IN_DOUBT);
		}
		struct offers offers;
		assert_true(decide_offers(&fixture->desk, fixture->arena, fixture_look(fixture, id), "dewi", NOW + 2001, &offers, &fixture->err));
		assert_string_equal(offers.items[0].label, "Send it again");
		assert_null(offers.items[0].refused);
		assert_non_null(strstr(offers.items[0].will, "It may have arrived already"));
		assert_true(decide_make(&fixture->desk, fixture->arena, &named, &answer, &fixture->err));
		assert_int_equal(fixture_state(fixture, id, doubted), HOLD_RELEASED);
	}
}

static void a_return_that_was_left_is_known_as_done(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	struct deed deed = { "ruth", "because", NOW + 300 };
	struct notice notice = { .kind = NOTICE_RETURNED, .to = "amir.khan@marlbrook.example", .message = BYTES("Subject: x\r\n\r\ny\r\n") };
	bool found;
	size_t moved;
	const struct decision *claimed;
	fixture_hold(fixture, "CH-1", "plain", NOW);
	assert_true(fixture_decide(fixture, "CH-1", DEED_RETURN, "ruth", NOW, &answer));
	assert_true(store_decision_claim(fixture->store, fixture->arena, 1, NOW + 300, 960, &found, &claimed, &fixture->err));
	assert_true(store_return(fixture->store, "CH-1", &deed, &notice, &moved, &fixture->err));
	fixture_tend(fixture, NOW + 1260, 1);
	assert_int_equal(fixture_decision(fixture, 1)->state, DECISION_DONE);
	assert_int_equal(fixture_letters(fixture, "returned", NULL), 1);
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
	assert_true(fixture_decide(fixture, "CH-1", DEED_RELEASE, "ruth", NOW, &answer));
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
		TEST(mail_server_may_refuse),
		TEST(what_was_put_off_is_tried_again_and_given_up),
		TEST(a_claim_that_was_left_is_taken_up),
		TEST(a_return_that_was_left_is_known_as_done),
		TEST(only_one_process_wins),
		TEST(undone_or_done_but_never_both),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
