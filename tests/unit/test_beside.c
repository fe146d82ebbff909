/* test_beside.c - the note beside a message: to officers who get it, with nothing of what it says, and no byte of it changed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "action/plan.h"

static const struct tenure tenure = { .role = ROLE_OFFICER };
static const struct person officer = { .name = "Lena Fox", .tenures = &tenure, .tenure_count = 1 };
static const char *const recipients[] = { "info@x.example", "moss@x.example" };

struct world {
	struct letter outer;
	struct reading reading;
	struct envelope envelope;
	struct council council;
	struct recall recall;
	struct recipient parties[2];
	struct rule rule;
	bool concerns[2];
	struct opinion opinion;
	struct verdict verdict;
	struct facts facts;
	struct plan_options options;
};

/* A stranger's complaint to an officer and somebody else. */
static void world_set(struct world *w)
{
	*w = (struct world){ .outer.subject = "He took money", .concerns = { true, true } };
	w->reading = (struct reading){ .outer = &w->outer, .message_id = "<1@y.example>" };
	w->envelope = (struct envelope){ .from = "ivy@y.example", .recipients = recipients, .recipient_count = 2 };
	w->parties[0].party = (struct party){ .address = recipients[0], .person = &officer, .role = ROLE_OFFICER };
	w->rule = (struct rule){ .id = "code-complaint-routing", .clause = "paragraph 1", .action = ACTION_COMPANION, .mode = MODE_ADVISE };
	w->rule.says_en = "It looks like a complaint.";
	w->opinion = (struct opinion){ .rule = &w->rule, .fires = YES, .concerns = w->concerns, .action = ACTION_COMPANION };
	w->verdict = (struct verdict){ .opinions = &w->opinion, .opinion_count = 1 };
	w->facts = (struct facts){
		.envelope = &w->envelope, .reading = &w->reading, .council = &w->council, .recall = &w->recall,
		.header_from = { .address = "ivy@y.example" }, .recipients = w->parties, .recipient_count = 2,
	};
	w->options = (struct plan_options){ .id = "CH-1", .council_name = "Town Council", .notice_from = "help@x.example", .at = 1772442000 };
}

static const struct plan *plan_of(struct arena *arena, struct world *w)
{
	struct message *message = message_scan(arena, BYTES("From: ivy@y.example\r\n\r\nHe took money\r\n"), &MESSAGE_LIMITS_DEFAULT);
	return plan_make(arena, &w->verdict, &w->facts, message, &w->options);
}

static void test_officer_is_told(void **state)
{
	struct arena *arena = arena_new();
	struct world w;
	world_set(&w);
	const struct plan *plan = plan_of(arena, &w);
	assert_int_equal(plan->outcome, OUTCOME_ANNOTATE);
	assert_int_equal(plan->recipients[0], OUTCOME_ANNOTATE);
	assert_int_equal(plan->recipients[1], OUTCOME_DELIVER);
	assert_int_equal(plan->edits.count, 0);
	assert_int_equal(plan->notice_count, 1);
	assert_string_equal(plan->notices[0].to, recipients[0]);
	assert_int_equal(plan->notices[0].kind, NOTICE_COMPANION);
	assert_string_equal(plan->notices[0].rule, "code-complaint-routing");
	const char *text = arena_string_of(arena, plan->notices[0].message);
	assert_non_null(strstr(text, "A message from ivy@y.example"));
	assert_non_null(strstr(text, "It looks like a complaint."));
	assert_null(strstr(text, "money"));
	arena_free(&arena);
}

static void not_concerned(struct world *w)
{
	w->concerns[0] = false;
}
static void only_observed(struct world *w)
{
	w->rule.mode = MODE_OBSERVE;
}
static void their_own(struct world *w)
{
	w->facts.sender_known = true;
	w->facts.sender.person = &officer;
}
static void no_officer(struct world *w)
{
	w->parties[0].party.person = NULL;
}
static void nobody_answers(struct world *w)
{
	w->options.notice_from = NULL;
}

static void test_nobody_is_told(void **state)
{
	static void (*const changes[])(struct world *) = { not_concerned, only_observed, their_own, no_officer, nobody_answers };
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		struct arena *arena = arena_new();
		struct world w;
		world_set(&w);
		changes[i](&w);
		const struct plan *plan = plan_of(arena, &w);
		assert_int_equal(plan->outcome, OUTCOME_DELIVER);
		assert_int_equal(plan->notice_count, 0);
		arena_free(&arena);
	}
}

/* Twice in one envelope, once told. */
static void test_once_for_each_person(void **state)
{
	struct arena *arena = arena_new();
	struct world w;
	world_set(&w);
	w.parties[1] = w.parties[0];
	const struct plan *plan = plan_of(arena, &w);
	assert_int_equal(plan->notice_count, 1);
	assert_int_equal(plan->recipients[1], OUTCOME_ANNOTATE);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_officer_is_told),
		cmocka_unit_test(test_nobody_is_told),
		cmocka_unit_test(test_once_for_each_person),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
