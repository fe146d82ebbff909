/* test_letters.c - what people are told of a message that several rules found, or that only some of its recipients have: the rule that
 * kept it back, and who has it and who has not.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review_fixture.h"

#include <string.h>

#include "action/notice.h"
#include "base/text.h"
#include "review/finding.h"
#include "review/tend.h"

#define LATE (NOW + 8 * HOUR)
#define EXPIRED (NOW + 7 * DAY + 8 * HOUR)
#define SENDER "amir.khan@marlbrook.example"

static const struct finding_record
	observed_hold = { "line", "Correspondence, paragraph 9", "hold", "observe", "It is only observed.", "[]" },
	silent = { "silent", "Correspondence, paragraph 1", "notify", "advise", "A copy is not visible.", "[]" },
	holding = { "plain", "Correspondence, paragraph 3", "hold", "enforce", "It is marked.", "[]" },
	returning = { "back", "Correspondence, paragraph 3", "hold", "enforce", "It is marked.", "[]" };

/* To a clerk and two outside, held for those whose outcome says so. */
static const char *const recipients[] = { "carl@marlbrook.example", "ivy.webb@post.example", "ed.poole@press.example" };
#define HOLD_FOR_ALL (const enum outcome[]){ OUTCOME_HOLD, OUTCOME_HOLD, OUTCOME_HOLD }
#define HOLD_FOR_LAST (const enum outcome[]){ OUTCOME_DELIVER, OUTCOME_HOLD, OUTCOME_HOLD }

static void keep(struct fixture *fixture, const char *id, const struct finding_record *findings, size_t count, const enum outcome *outcomes)
{
	struct envelope envelope = { .from = SENDER, .recipients = recipients, .recipient_count = 3, .auth = "akhan", .client = "192.0.2.7", .at = NOW };
	struct record record = {
		.id = id, .content_key = id, .at = NOW, .envelope = &envelope, .sender_name = "Amir Khan", .sender_address = SENDER,
		.direction = "outgoing", .outcome = "hold", .message_id = "<t1@marlbrook.example>", .subject = "Tender",
		.raw = BYTES("From: " SENDER "\r\nSubject: Tender\r\n\r\nWe accept.\r\n"), .recipient_outcomes = outcomes,
		.findings = findings, .finding_count = count,
	};
	bool duplicate;
	const char *kept;
	assert_true(store_record(fixture->store, fixture->arena, &record, 5, &duplicate, &kept, &fixture->err));
}

/* The text of the next letter of this kind to this address, on one line; those before it are taken as sent. */
static const char *letter_to(struct fixture *fixture, const char *kind, const char *to)
{
	for (;;) {
		struct outgoing out;
		bool found = false;
		assert_true(store_outbox_take(fixture->store, fixture->arena, NOW + 400 * DAY, 400 * DAY, &found, &out, &fixture->err));
		if (!found)
			fail_msg("no letter of kind %s to %s", kind, to);
		if (strcmp(out.kind, kind) != 0 || strcmp(out.to, to) != 0)
			continue;
		struct text text = TEXT_INIT;
		bool blank = false;
		for (size_t i = 0; i < out.message.length; i++) {
			if (!ascii_is_space(out.message.data[i]))
				text_add_char(&text, out.message.data[i]);
			else if (!blank)
				text_add_char(&text, ' ');
			blank = ascii_is_space(out.message.data[i]);
		}
		return arena_string_of(fixture->arena, text_to_arena(&text, fixture->arena));
	}
}

static void says(const char *letter, const char *words)
{
	if (strstr(letter, words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, letter);
}

static void says_not(const char *letter, const char *words)
{
	if (strstr(letter, words) != NULL)
		fail_msg("\"%s\" is in: %s", words, letter);
}

static void names_the_rule_that_held(const char *letter)
{
	says(letter, "paragraph 3");
	says_not(letter, "paragraph 1");
	says_not(letter, "paragraph 9");
}

static void the_finding_that_held_is_named(void **state)
{
	struct fixture *fixture = *state;
	const struct finding_record findings[] = { observed_hold, silent, returning };
	keep(fixture, "CH-1", findings, 3, HOLD_FOR_ALL);
	const struct held *held = fixture_look(fixture, "CH-1");
	assert_string_equal(finding_that_held(held)->clause, "Correspondence, paragraph 3");
	assert_string_equal(finding_leading(held)->clause, "Correspondence, paragraph 3");
	assert_true(tend_run(&fixture->desk, LATE, &(struct tended){ 0 }, &fixture->err));
	names_the_rule_that_held(letter_to(fixture, "review", "mo@wexshire.example"));
	assert_true(tend_run(&fixture->desk, EXPIRED, &(struct tended){ 0 }, &fixture->err));
	names_the_rule_that_held(letter_to(fixture, "expired", SENDER));
}

static void a_returned_message_names_it(void **state)
{
	struct fixture *fixture = *state;
	const struct finding_record findings[] = { silent, observed_hold, holding };
	const struct deed deed = { "ruth", "Please leave the annex out.", NOW + 60 };
	keep(fixture, "CH-1", findings, 3, HOLD_FOR_ALL);
	assert_true(queue_return(&fixture->desk, fixture->arena, "CH-1", &deed, &fixture->err));
	names_the_rule_that_held(letter_to(fixture, "returned", SENDER));
}

/* Held for another cause than a rule's, as when one could not be answered: then no rule is blamed, least of all one that only observes. */
static void no_rule_is_blamed_that_did_not_hold(void **state)
{
	struct fixture *fixture = *state;
	const struct finding_record findings[] = { silent, observed_hold };
	const struct deed deed = { "ruth", "Please leave the annex out.", NOW + 60 };
	keep(fixture, "CH-1", findings, 2, HOLD_FOR_ALL);
	assert_null(finding_that_held(fixture_look(fixture, "CH-1")));
	assert_string_equal(finding_leading(fixture_look(fixture, "CH-1"))->rule, "silent");
	assert_true(queue_return(&fixture->desk, fixture->arena, "CH-1", &deed, &fixture->err));
	says_not(letter_to(fixture, "returned", SENDER), "paragraph");
}

static void the_leading_one_is_the_strictest(void **state)
{
	struct finding_record findings[] = { { .rule = "a", .action = "report", .mode = "observe" }, { .rule = "b", .action = "hold", .mode = "observe" } };
	struct held held = { .findings = findings, .finding_count = 2 };
	(void)state;
	assert_string_equal(finding_leading(&held)->rule, "b");
	findings[0].mode = "enforce";
	assert_string_equal(finding_leading(&held)->rule, "a");
	assert_null(finding_that_held(&held));
	findings[0].action = "footer"; /* delivered with its line: nothing was held */
	assert_null(finding_that_held(&held));
	held.recipient_count = 1;
	assert_string_equal(finding_that_held(&held)->rule, "a");
	findings[0].mode = findings[1].mode = findings[0].action = findings[1].action = NULL;
	assert_string_equal(finding_leading(&held)->rule, "a");
	held.finding_count = 0;
	assert_null(finding_leading(&held));
}

/* --- some have it --- */

#define OTHERS "ivy.webb@post.example, ed.poole@press.example"
#define THE_REST_HAVE_IT "The other recipients have it."

static void returned_from_some(void **state)
{
	struct fixture *fixture = *state;
	const struct deed deed = { "ruth", "Please leave the annex out.", NOW + 60 };
	keep(fixture, "CH-1", &holding, 1, HOLD_FOR_LAST);
	assert_true(queue_return(&fixture->desk, fixture->arena, "CH-1", &deed, &fixture->err));
	says(letter_to(fixture, "returned", SENDER), "Your message \"Tender\" has not been sent to " OTHERS ". " THE_REST_HAVE_IT);
}

/* Held for all, and let through to one of them: the others are told as not sent to. */
static void returned_after_a_release_to_one(void **state)
{
	struct fixture *fixture = *state;
	const struct deed deed = { "ruth", "Please leave the annex out.", NOW + 60 };
	const struct queue_result *results;
	size_t count;
	keep(fixture, "CH-1", &holding, 1, HOLD_FOR_ALL);
	assert_true(queue_release(&fixture->desk, fixture->arena, "CH-1", recipients, 1, &deed, &results, &count, &fixture->err));
	says(letter_to(fixture, "released", SENDER), "Your message \"Tender\" has now been sent to carl@marlbrook.example. The clause: ");
	assert_true(queue_return(&fixture->desk, fixture->arena, "CH-1", &deed, &fixture->err));
	says(letter_to(fixture, "returned", SENDER), "has not been sent to " OTHERS ". " THE_REST_HAVE_IT);
}

static void returned_from_all(void **state)
{
	struct fixture *fixture = *state;
	const struct deed deed = { "ruth", "Please leave the annex out.", NOW + 60 };
	keep(fixture, "CH-1", &holding, 1, HOLD_FOR_ALL);
	assert_true(queue_return(&fixture->desk, fixture->arena, "CH-1", &deed, &fixture->err));
	const char *letter = letter_to(fixture, "returned", SENDER);
	says(letter, "Your message \"Tender\" has not been sent; it is returned to you.");
	says_not(letter, THE_REST_HAVE_IT);
}

static void the_clock_tells_who_has_it(void **state)
{
	struct fixture *fixture = *state;
	keep(fixture, "CH-1", &holding, 1, HOLD_FOR_LAST);
	assert_true(tend_run(&fixture->desk, LATE, &(struct tended){ 0 }, &fixture->err));
	says(letter_to(fixture, "escalated", SENDER), "still waits for a decision before it goes to " OTHERS ". " THE_REST_HAVE_IT);
	assert_true(tend_run(&fixture->desk, EXPIRED, &(struct tended){ 0 }, &fixture->err));
	says(letter_to(fixture, "review", SENDER), "Your message has not been sent to " OTHERS ": it still waits for a decision");
	keep(fixture, "CH-2", &returning, 1, HOLD_FOR_LAST);
	assert_true(tend_run(&fixture->desk, EXPIRED, &(struct tended){ 0 }, &fixture->err));
	says(letter_to(fixture, "expired", SENDER),
	     "has not been sent to " OTHERS ": nobody decided in time, and it is returned to you. " THE_REST_HAVE_IT);
}

static void the_clock_names_nobody_when_none_has_it(void **state)
{
	struct fixture *fixture = *state;
	keep(fixture, "CH-1", &holding, 1, HOLD_FOR_ALL);
	assert_true(tend_run(&fixture->desk, LATE, &(struct tended){ 0 }, &fixture->err));
	says(letter_to(fixture, "escalated", SENDER), "Your message \"Tender\" still waits for a decision. ");
	assert_true(tend_run(&fixture->desk, EXPIRED, &(struct tended){ 0 }, &fixture->err));
	says(letter_to(fixture, "review", SENDER), "Your message has not been sent: it still waits");
	keep(fixture, "CH-2", &returning, 1, HOLD_FOR_ALL);
	assert_true(tend_run(&fixture->desk, EXPIRED, &(struct tended){ 0 }, &fixture->err));
	says(letter_to(fixture, "expired", SENDER), "Your message \"Tender\" has not been sent: nobody decided in time");
}

static void release(struct fixture *fixture, size_t first, size_t count, int64_t at)
{
	struct decision_answer answer;
	struct wish wish = {
		.id = "CH-1", .deed = DEED_RELEASE, .recipients = recipients + first, .recipient_count = count, .why = { "ruth", "x", at }, .at_once = true,
	};
	assert_true(decide_make(&fixture->desk, fixture->arena, &wish, &answer, &fixture->err));
}

/* Each decision tells of whom it let it through to, and of nobody told of before. */
static void decisions_tell_whom_they_released_to(void **state)
{
	struct fixture *fixture = *state;
	keep(fixture, "CH-1", &holding, 1, HOLD_FOR_ALL);
	release(fixture, 1, 1, NOW + 60);
	const char *first = letter_to(fixture, "released", SENDER);
	says(first, "has now been sent to ivy.webb@post.example. The clause: ");
	release(fixture, 0, 0, NOW + 120);
	const char *second = letter_to(fixture, "released", SENDER);
	says(second, "has now been sent to carl@marlbrook.example, ed.poole@press.example. The clause: ");
	/* two letters, not one that came twice */
	says_not(second, arena_printf(fixture->arena, "%.40s", strstr(first, "Message-ID: ")));
	keep(fixture, "CH-2", &holding, 1, HOLD_FOR_ALL);
	const struct deed deed = { "ruth", "x", NOW + 60 };
	const struct queue_result *results;
	size_t count;
	assert_true(queue_release(&fixture->desk, fixture->arena, "CH-2", NULL, 0, &deed, &results, &count, &fixture->err));
	says(letter_to(fixture, "released", SENDER), "Your message \"Tender\" has now been sent. ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_finding_that_held_is_named, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(a_returned_message_names_it, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(no_rule_is_blamed_that_did_not_hold, fixture_set_up, fixture_tear_down),
		cmocka_unit_test(the_leading_one_is_the_strictest),
		cmocka_unit_test_setup_teardown(returned_from_some, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(returned_after_a_release_to_one, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(returned_from_all, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(the_clock_tells_who_has_it, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(the_clock_names_nobody_when_none_has_it, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(decisions_tell_whom_they_released_to, fixture_set_up, fixture_tear_down),
	};
	return cmocka_run_group_tests_name("letters", tests, NULL, NULL);
}
