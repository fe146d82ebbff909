/* test_tend.c - what the clock does to messages nobody decides on: passed on, expired by each rule's way, told about; once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review_fixture.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "action/notice_words.h"
#include "message/decode.h"
#include "review/tend.h"
#include "smtp_server.h"

/* By the usual terms a message of Monday 09:00 is passed on when the office closes that day, and expires on the next Monday. */
#define LATE (NOW + 8 * HOUR)
#define EXPIRED (NOW + 7 * DAY + 8 * HOUR)

static struct tended tend(struct fixture *fixture, int64_t now)
{
	struct tended tended;
	if (!tend_run(&fixture->desk, now, &tended, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
	return tended;
}

static void deadlines_follow_the_terms(void **state)
{
	struct review_terms terms = REVIEW_TERMS_DEFAULT;
	(void)state;
	assert_int_equal(tend_deadlines(&terms, NOW).escalate_at, LATE);
	assert_int_equal(tend_deadlines(&terms, NOW).expire_at, EXPIRED);
	terms.escalate_hours = terms.expire_days = 0;
	assert_int_equal(tend_deadlines(&terms, NOW).escalate_at, 0);
	assert_int_equal(tend_deadlines(&terms, NOW).expire_at, 0);
}

static void the_next_deadline_lies_ahead(void **state)
{
	struct review_terms usual = REVIEW_TERMS_DEFAULT, no_escalation = REVIEW_TERMS_DEFAULT, never = REVIEW_TERMS_DEFAULT;
	no_escalation.escalate_hours = never.escalate_hours = never.expire_days = 0;
	(void)state;
	const struct {
		const struct review_terms *terms;
		bool escalated;
		int64_t now;
		struct next_deadline next;
	} cases[] = {
		{ &usual, false, NOW, { LATE, true, false } },
		{ &usual, true, NOW, { EXPIRED, false, false } },
		{ &usual, false, LATE, { EXPIRED, false, true } },
		{ &usual, true, LATE + 1, { EXPIRED, false, true } },
		{ &usual, true, EXPIRED, { 0, false, true } },
		{ &no_escalation, false, LATE + 1, { EXPIRED, false, false } },
		{ &no_escalation, false, EXPIRED, { 0, false, true } },
		{ &never, false, EXPIRED, { 0, false, false } },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct held held = { .at = NOW, .escalated = cases[i].escalated };
		struct next_deadline next = tend_next_deadline(cases[i].terms, &held, cases[i].now);
		assert_int_equal(next.at, cases[i].next.at);
		assert_int_equal(next.passes_on, cases[i].next.passes_on);
		assert_int_equal(next.overdue, cases[i].next.overdue);
	}
}

static void what_waits_long_is_passed_on(void **state)
{
	struct fixture *fixture = *state;
	fixture_hold(fixture, "CH-1", "plain", NOW);
	fixture_hold(fixture, "CH-2", "plain", NOW + 60);
	assert_int_equal(tend(fixture, LATE - 1).escalated, 0);
	assert_int_equal(tend(fixture, LATE).escalated, 1);
	assert_true(fixture_look(fixture, "CH-1")->escalated);
	assert_false(fixture_look(fixture, "CH-2")->escalated);
	assert_int_equal(tend(fixture, LATE).escalated, 0);
	assert_int_equal(fixture_letters(fixture, "review", "mo@wexshire.example"), 1);
	assert_int_equal(tend(fixture, LATE + 16 * HOUR + 60).escalated, 1); /* the second one's last minute was on the next day */
	assert_int_equal(fixture_letters(fixture, "escalated", "amir.khan@marlbrook.example"), 1);
	assert_int_equal(fixture_journalled(fixture, "escalated"), 2);
	assert_int_equal(fixture_state(fixture, "CH-1", 0), HOLD_HELD);
}

/* Held on Thursday before Easter at four in the afternoon: an hour of that day counts, and then Tuesday's; the summer's clock is an hour on. */
static void a_holiday_weekend_is_no_time_to_decide_in(void **state)
{
	struct fixture *fixture = *state;
	const int64_t thursday = NOW + 31 * DAY + 6 * HOUR, tuesday = thursday + 5 * DAY, next_monday = thursday + 11 * DAY + HOUR;
	fixture_hold(fixture, "CH-1", "back", thursday);
	for (int64_t now = thursday + HOUR; now < tuesday; now += HOUR) {
		struct tended tended = tend(fixture, now);
		assert_int_equal(tended.escalated + tended.expired, 0);
	}
	assert_int_equal(tend(fixture, tuesday).escalated, 1);
	assert_true(fixture_look(fixture, "CH-1")->escalated);
	assert_int_equal(fixture_letters(fixture, "review", "mo@wexshire.example"), 1);
	assert_int_equal(tend(fixture, next_monday - 1).expired, 0);
	assert_int_equal(tend(fixture, next_monday).expired, 1);
	assert_int_equal(fixture_state(fixture, "CH-1", 0), HOLD_RETURNED);
	assert_int_equal(fixture_letters(fixture, "expired", "amir.khan@marlbrook.example"), 1);
	assert_int_equal(fixture_journalled(fixture, "escalated"), 1);
	assert_int_equal(fixture_journalled(fixture, "expired"), 1);
	assert_int_equal(fixture_journalled(fixture, "returned"), 1);
}

static void a_decision_stops_the_clock(void **state)
{
	struct fixture *fixture = *state;
	struct decision_answer answer;
	struct wish wish = { .id = "CH-1", .deed = DEED_RELEASE, .why = { "ruth", "x", LATE - 60 } };
	fixture_hold(fixture, "CH-1", "plain", NOW);
	fixture_hold(fixture, "CH-2", "two", NOW);
	assert_true(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
	wish.id = "CH-2";
	assert_true(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
	/* one person's word alone does not */
	assert_int_equal(tend(fixture, LATE).escalated, 1);
	assert_false(fixture_look(fixture, "CH-1")->escalated);
	assert_true(fixture_look(fixture, "CH-2")->escalated);
	struct tended tended = tend(fixture, LATE + HOUR);
	assert_int_equal(tended.carried_out, 1);
	tended = tend(fixture, EXPIRED + DAY);
	assert_int_equal(tended.expired, 1);
	assert_int_equal(fixture_decision(fixture, answer.decision->number)->state, DECISION_CONFIRMING);
}

static void nobody_waits_for_a_reviewer_who_may_not(void **state)
{
	struct fixture *fixture = *state;
	static const char *const only[] = { "amir.khan@marlbrook.example" };
	fixture->desk.reviewers = only;
	fixture->desk.reviewer_count = 1;
	fixture_hold(fixture, "CH-1", "plain", NOW);
	assert_int_equal(tend(fixture, NOW + 4).escalated, 0); /* the gate may still take it back */
	assert_int_equal(tend(fixture, NOW + 10).escalated, 1);
	assert_int_equal(fixture_letters(fixture, "review", "mo@wexshire.example"), 1);
	assert_int_equal(fixture_letters(fixture, "escalated", NULL), 0);
	assert_int_equal(tend(fixture, LATE + DAY).escalated, 0);
}

/* Why it was passed on, and since when it waits, in each language; the journal keeps the English. */
static void the_letter_speaks_welsh_throughout(void **state)
{
	struct fixture *fixture = *state;
	const struct catalogue *catalogue = NULL;
	struct notice_words *welsh = NULL;
	struct outgoing mail;
	bool found = true;
	assert_true(catalogue_read("po/cy/LC_MESSAGES/copyhold.mo", fixture->arena, &catalogue, &fixture->err));
	assert_true(notice_words_translate(fixture->arena, catalogue, &welsh, &fixture->err));
	fixture->desk.notices.words_cy = welsh;
	fixture->desk.notices.welsh_first = true;
	fixture_hold(fixture, "CH-1", "plain", NOW);
	assert_int_equal(tend(fixture, LATE).escalated, 1);
	do {
		assert_true(store_outbox_take(fixture->store, fixture->arena, LATE + DAY, 60, &found, &mail, &fixture->err));
		assert_true(found);
	} while (strcmp(mail.kind, "review") != 0);
	struct message *message = message_scan(fixture->arena, mail.message, &MESSAGE_LIMITS_DEFAULT);
	struct bytes body;
	assert_true(part_text(fixture->arena, message->root, &body));
	static const char *const parts[] = {
		"Pam: Ni phenderfynodd neb o fewn yr amser a bennwyd (oriau gwaith: 8).", "Daliwyd yn \xc3\xb4l: Dydd Llun 2 Mawrth 2026, 09:00",
		"--------", "Why: Nobody decided within 8 working hours.", "Held since: Monday 2 March 2026, 09:00",
	};
	size_t at = 0;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		size_t next = bytes_find(body, bytes_of(parts[i]), at);
		if (next == (size_t)-1)
			fail_msg("\"%s\" is missing after %zu in:\n%s", parts[i], at, arena_string_of(fixture->arena, body));
		at = next + 1;
	}
}

static void without_a_second_reviewer_nothing_is_passed(void **state)
{
	struct fixture *fixture = *state;
	fixture->desk.second_reviewer = NULL;
	fixture_hold(fixture, "CH-1", "plain", NOW);
	assert_int_equal(tend(fixture, LATE + DAY).escalated, 0);
	assert_int_equal(tend(fixture, EXPIRED).expired, 1);
	assert_int_equal(fixture_letters(fixture, "review", "clerk@marlbrook.example"), 1);
}

static void expiry_usually_only_tells(void **state)
{
	struct fixture *fixture = *state;
	fixture_hold(fixture, "CH-1", "plain", NOW);
	tend(fixture, LATE);
	fixture_letters(fixture, "review", NULL);
	assert_int_equal(tend(fixture, EXPIRED - 1).expired, 0);
	struct tended tended = tend(fixture, EXPIRED);
	assert_int_equal(tended.expired, 1);
	assert_int_equal(tended.carried_out, 0);
	assert_int_equal(fixture_state(fixture, "CH-1", 0), HOLD_HELD);
	/* Ruth, Dewi and the second reviewer; and the sender */
	assert_int_equal(fixture_letters(fixture, "review", NULL), 4);
	assert_int_equal(tend(fixture, EXPIRED + 30 * DAY).expired, 0);
	assert_int_equal(fixture_journalled(fixture, "expired"), 1);
}

static void expiry_may_return(void **state)
{
	struct fixture *fixture = *state;
	fixture_hold(fixture, "CH-1", "back", NOW);
	struct tended tended = tend(fixture, EXPIRED);
	assert_int_equal(tended.expired, 1);
	assert_int_equal(tended.carried_out, 1);
	assert_int_equal(fixture_state(fixture, "CH-1", 0), HOLD_RETURNED);
	assert_int_equal(fixture_state(fixture, "CH-1", 1), HOLD_RETURNED);
	assert_string_equal(fixture_look(fixture, "CH-1")->recipients[0].changed_by, "copyhold");
	assert_int_equal(fixture_letters(fixture, "expired", "amir.khan@marlbrook.example"), 1);
}

static void expiry_may_release_with_a_line(void **state)
{
	struct fixture *fixture = *state;
	struct server server;
	struct bytes raw;
	struct release_service service = { .socket = server.path, .timeout = 10, .helo = "copyhold.localhost" };
	static const enum opening cannot[] = { CANNOT_OPEN, CANNOT_READ };
	for (size_t i = 0; i < 2; i++) { /* then it stays, and nobody is passed over */
		const char *id = arena_printf(fixture->arena, "CH-%zu", i);
		struct tended tended;
		fixture_hold(fixture, id, "line", NOW);
		fixture->opening = cannot[i];
		assert_int_equal(tend_run(&fixture->desk, EXPIRED, &tended, &fixture->err), i == 0);
		assert_int_equal(tended.expired, i == 0);
		assert_int_equal(fixture_state(fixture, id, 0), HOLD_HELD);
	}
	fixture->opening = OPENS;
	const char *const *recipients = fixture_to;
	struct decision_answer answer;
	struct wish wish = { .id = "CH-1", .deed = DEED_RELEASE, .recipients = recipients, .recipient_count = 1, .why = { "ruth", "x", NOW }, .at_once = true };
	assert_true(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err)); /* one of two is left */
	fixture->desk.service = &service;
	server_start(&server, WELL, true);
	struct tended tended = tend(fixture, EXPIRED);
	server_wait(&server);
	assert_int_equal(tended.carried_out, 1);
	assert_int_equal(fixture_state(fixture, "CH-1", 1), HOLD_RELEASED);
	struct bytes sent = text_bytes(&server.data);
	assert_true(store_read_raw(fixture->store, fixture->arena, "CH-1", &raw, &fixture->err));
	size_t at = bytes_find(sent, raw, 0);
	assert_true(at != (size_t)-1);
	assert_true(bytes_find(sent, BYTES("sent on without a decision"), at + raw.length) != (size_t)-1);
	/* no finding of a footer: the clock names nobody who was hidden */
	assert_true(bytes_find(sent, BYTES("CC councillor"), 0) == (size_t)-1);
	server_free(&server);
}

/* The mail server takes nothing at expiry: tried again, and after some days a person hears of it. */
static void the_clocks_own_failures_reach_a_person(void **state)
{
	struct fixture *fixture = *state;
	struct release_service nobody = { .socket = "/nonexistent/copyhold.sock", .timeout = 2, .helo = "copyhold.localhost" };
	fixture_hold(fixture, "CH-1", "line", NOW);
	fixture->desk.terms.escalate_hours = 0;
	fixture->desk.service = &nobody;
	struct tended tended = tend(fixture, EXPIRED);
	assert_int_equal(tended.expired, 1);
	assert_int_equal(tended.put_off, 1);
	assert_false(fixture_look(fixture, "CH-1")->escalated);
	fixture_letters(fixture, "review", NULL);
	for (int64_t now = EXPIRED; !fixture_look(fixture, "CH-1")->escalated; now += 30 * 60) {
		assert_true(now < EXPIRED + 4 * DAY);
		tend(fixture, now);
	}
	assert_int_equal(fixture_decision(fixture, 1)->state, DECISION_FAILED);
	assert_int_equal(fixture_state(fixture, "CH-1", 0), HOLD_HELD);
	assert_int_equal(fixture_letters(fixture, "review", "mo@wexshire.example"), 1);
}

static void one_mail_server_down_does_not_hold_up_the_rest(void **state)
{
	struct fixture *fixture = *state;
	struct release_service nobody = { .socket = "/nonexistent/copyhold.sock", .timeout = 2, .helo = "copyhold.localhost" };
	struct decision_answer answer;
	for (size_t i = 0; i < 8; i++) {
		const char *id = arena_printf(fixture->arena, "CH-%zu", i);
		struct wish wish = { .id = id, .deed = i == 7 ? DEED_RETURN : DEED_RELEASE, .why = { "ruth", "x", NOW + (int64_t)i } };
		fixture_hold(fixture, id, "plain", NOW);
		assert_true(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
	}
	fixture->desk.service = &nobody;
	struct tended tended = tend(fixture, NOW + 400);
	assert_int_equal(tended.put_off, 3);
	tended = tend(fixture, NOW + 401);
	assert_int_equal(tended.put_off, 3);
	tended = tend(fixture, NOW + 402);
	assert_int_equal(tended.put_off, 1);
	assert_int_equal(tended.carried_out, 1);
}

static void processes_tend_once(void **state)
{
	struct fixture *fixture = *state;
	pid_t others[4];
	fixture_hold(fixture, "CH-1", "back", NOW);
	fixture_hold(fixture, "CH-2", "plain", NOW);
	store_close(&fixture->store);
	for (size_t i = 0; i < 4; i++) {
		others[i] = fork();
		assert_true(others[i] >= 0);
		if (others[i] == 0) {
			struct store *store = NULL;
			struct error err = ERROR_INIT;
			struct tended tended;
			struct desk desk = fixture_desk_again(fixture, &store);
			bool good = tend_run(&desk, LATE, &tended, &err) && tend_run(&desk, EXPIRED, &tended, &err);
			store_close(&store);
			_exit(good ? 0 : 1);
		}
	}
	for (size_t i = 0; i < 4; i++) {
		int status = 0;
		assert_int_equal(waitpid(others[i], &status, 0), others[i]);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	assert_true(store_open(fixture->state, &fixture->store, &fixture->err));
	assert_int_equal(fixture_journalled(fixture, "escalated"), 2);
	assert_int_equal(fixture_journalled(fixture, "expired"), 2);
	assert_int_equal(fixture_journalled(fixture, "returned"), 1);
	assert_int_equal(fixture_letters(fixture, "expired", NULL), 1);
}

/* Ten thousand that wait and are not due cost little. */
static void a_full_desk_is_tended_quickly(void **state)
{
	struct fixture *fixture = *state;
	for (size_t i = 0; i < 300; i++)
		fixture_hold(fixture, arena_printf(fixture->arena, "CH-%zu", i), "plain", NOW);
	for (int i = 0; i < 3; i++)
		assert_int_equal(tend(fixture, NOW + 60).escalated, 0);
	size_t escalated = 0;
	for (int i = 0; i < 3; i++)
		escalated += tend(fixture, LATE).escalated;
	assert_int_equal(escalated, 300);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(deadlines_follow_the_terms),
		cmocka_unit_test(the_next_deadline_lies_ahead),
		TEST(what_waits_long_is_passed_on),
		TEST(a_holiday_weekend_is_no_time_to_decide_in),
		TEST(a_decision_stops_the_clock),
		TEST(nobody_waits_for_a_reviewer_who_may_not),
		TEST(the_letter_speaks_welsh_throughout),
		TEST(without_a_second_reviewer_nothing_is_passed),
		TEST(expiry_usually_only_tells),
		TEST(expiry_may_return),
		TEST(expiry_may_release_with_a_line),
		TEST(the_clocks_own_failures_reach_a_person),
		TEST(one_mail_server_down_does_not_hold_up_the_rest),
		TEST(processes_tend_once),
		TEST(a_full_desk_is_tended_quickly),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
