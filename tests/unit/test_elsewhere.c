/* test_elsewhere.c - the other envelopes of a message, made by hand: who is hidden in them, who is still awaited, what is a retry, what waits.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "case.h"

#define MOSS "cllr.moss@marlbrook.example"
#define KHAN "cllr.khan@marlbrook.example"
#define LOWE "cllr.lowe@marlbrook.example"
#define NOW INT64_C(1772442000)
#define TEXT "\nDear Carl,\n\nThe fees are unchanged this year.\n\nRuth Ames\n"
#define HEAD "From: Ruth Ames <clerk@marlbrook.example>\nMessage-ID: <1@marlbrook.example>\n"
#define TO_MOSS HEAD "To: Carl Moss <" MOSS ">\n"

/* A sibling: an address, with "-" before it when it was not passed on. */
static const struct recall *recall_of(struct arena *arena, const char *siblings)
{
	struct recall *recall = arena_alloc(arena, sizeof *recall);
	struct sibling *items = NULL;
	recall->first_at = NOW - 100;
	for (const char *at = siblings; *at != '\0';) {
		size_t length = strcspn(at, " ");
		bool kept = *at == '-';
		struct sibling sibling = { .id = "CH-1", .at = NOW - 100, .delivered = !kept };
		sibling.recipient = arena_string_of(arena, (struct bytes){ at + kept, length - kept });
		*ARENA_PUSH(arena, items, recall->sibling_count) = sibling;
		at += length + strspn(at + length, " ");
	}
	recall->siblings = items;
	return recall;
}

static const struct facts *facts_with(struct fixture *fixture, const struct case_of *one, const struct recall *recall)
{
	/* What facts_of makes of it, gathered once more with what was seen before. */
	const struct facts *alone = facts_of(fixture, one);
	return facts_gather(fixture->arena, alone->envelope, alone->reading, recall, fixture->people.directory, &case_council, fixture->lexicon,
			    fixture->scratch);
}

static const struct {
	const char *rcpt, *siblings, *message, *hidden;
	size_t elsewhere, awaited, before;
	bool retried;
} cases[] = {
	{ KHAN, "", TO_MOSS TEXT, "Amir Khan", 0, 1, 0, false },
	{ KHAN, MOSS, TO_MOSS TEXT, "Amir Khan", 1, 0, 0, false },
	{ MOSS, KHAN, TO_MOSS TEXT, "Amir Khan*", 1, 0, 1, false },
	{ MOSS, "-" KHAN, TO_MOSS TEXT, "Amir Khan*", 1, 0, 1, false },
	{ MOSS, MOSS, TO_MOSS TEXT, "", 0, 0, 0, true },
	{ MOSS, "-" MOSS, TO_MOSS TEXT, "", 0, 0, 0, false },
	{ MOSS, "-" MOSS " " MOSS, TO_MOSS TEXT, "", 0, 0, 0, true },
	{ "CLLR.MOSS+x@marlbrook.example", MOSS " " KHAN, TO_MOSS TEXT, "Amir Khan*", 1, 0, 0, true },
	{ MOSS " " KHAN, MOSS, TO_MOSS TEXT, "Amir Khan", 0, 0, 0, false },
	{ MOSS, "-" KHAN " " KHAN " amir@home.example", TO_MOSS TEXT, "Amir Khan*", 2, 0, 1, false },
	/* the same people at other addresses, officers, outsiders */
	{ KHAN, "carl.moss77@gmail.com", TO_MOSS TEXT, "Amir Khan", 1, 0, 0, false },
	{ MOSS, "lena.fox@marlbrook.example ruth.ames@marlbrook.example archive@marlbrook.example stranger@post.example", TO_MOSS TEXT, "Lena Fox*", 4, 0, 1,
	  false },
	{ MOSS, KHAN, TO_MOSS "Cc: " LOWE ", clerk@marlbrook.example, stranger@post.example\n" TEXT, "Amir Khan*", 1, 1, 2, false },
	/* lists, whole and taken apart */
	{ KHAN, LOWE, HEAD "To: planning@marlbrook.example\n" TEXT, "Amir Khan", 1, 1, 1, false },
	{ KHAN, "planning@marlbrook.example", HEAD "To: planning@marlbrook.example\n" TEXT, "Amir Khan", 1, 0, 0, false },
	{ LOWE, "cllr.price@marlbrook.example sam.cole@marlbrook.example", HEAD "To: planning@marlbrook.example\n" TEXT, "", 2, 0, 1, false },
	{ MOSS, "blue@marlbrook.example", TO_MOSS TEXT, "Amir Khan*, Gareth Price*", 1, 0, 1, false },
	/* Bcc fields */
	{ MOSS, "", TO_MOSS "Bcc: " KHAN "\n" TEXT, "Amir Khan!", 0, 0, 0, false },
	{ MOSS " " KHAN, "", TO_MOSS "Bcc: amir@home.example\n" TEXT, "Amir Khan!", 0, 0, 0, false },
	{ MOSS, KHAN, TO_MOSS "Bcc: " KHAN ", " LOWE "\n" TEXT, "Amir Khan*!, Frances Lowe!", 1, 0, 1, false },
	{ MOSS, "", TO_MOSS "Bcc: carl.moss77@gmail.com, clerk@marlbrook.example, stranger@post.example\n" TEXT, "", 0, 0, 0, false },
	{ MOSS, "", TO_MOSS "Bcc:\n" TEXT, "", 0, 0, 0, false },
};

/* "*": another envelope reaches them; "!": a Bcc field names them. */
static const char *hidden_names(struct arena *arena, const struct facts *facts)
{
	const char *names = "";
	for (size_t i = 0; i < facts->hidden_count; i++)
		names = arena_printf(arena, "%s%s%s%s%s", names, i > 0 ? ", " : "", facts->hidden[i].person->name, facts->hidden[i].elsewhere ? "*" : "",
				     facts->hidden[i].in_bcc ? "!" : "");
	return names;
}

static void test_cases(void **state)
{
	struct fixture fixture = fixture_new();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct case_of of = { "clerk@marlbrook.example", "", NULL, cases[i].rcpt, cases[i].message };
		const struct facts *facts = facts_with(&fixture, &of, recall_of(fixture.arena, cases[i].siblings));
		const char *names = hidden_names(fixture.arena, facts);
		if (strcmp(names, cases[i].hidden) != 0 || facts->elsewhere_count != cases[i].elsewhere || facts->awaited_count != cases[i].awaited ||
		    facts->awaited_before != cases[i].before || facts->retried != cases[i].retried || facts->put_off)
			fail_msg("case %zu: \"%s\", elsewhere %zu, awaited %zu, before %zu, retried %d, put off %d", i, names, facts->elsewhere_count,
				 facts->awaited_count, facts->awaited_before, facts->retried, facts->put_off);
	}
	fixture_free(&fixture);
}

/* Whatever a stranger's Bcc field says. */
static void test_strangers(void **state)
{
	struct fixture fixture = fixture_new();
	const struct case_of of = { NULL, "joan@post.example", NULL, MOSS, "From: joan@post.example\nTo: " MOSS "\nBcc: " KHAN "\n" TEXT };
	assert_int_equal(facts_with(&fixture, &of, recall_of(fixture.arena, ""))->hidden_count, 0);
	fixture_free(&fixture);
}

/* An address that was kept back and then sent was sent. */
static void test_sent_counts(void **state)
{
	struct fixture fixture = fixture_new();
	const struct case_of of = { "clerk@marlbrook.example", "", NULL, KHAN, TO_MOSS TEXT };
	const struct facts *facts = facts_with(&fixture, &of, recall_of(fixture.arena, "-" MOSS " CLLR.Moss@marlbrook.example"));
	assert_int_equal(facts->elsewhere_count, 1);
	assert_true(facts->elsewhere[0].visible);
	assert_true(facts->elsewhere[0].sibling->delivered);
	fixture_free(&fixture);
}

/* case_council's second relay waits for ten minutes. */
static void test_waiting(void **state)
{
	struct fixture fixture = fixture_new();
	struct case_of of = { NULL, "clerk@marlbrook.example", "198.51.100.7", KHAN, TO_MOSS TEXT };
	struct recall recall = *recall_of(fixture.arena, "");
	assert_true(facts_with(&fixture, &of, &recall)->put_off);
	recall.first_at = NOW - 599;
	assert_true(facts_with(&fixture, &of, &recall)->put_off);
	recall.first_at = NOW - 600;
	assert_false(facts_with(&fixture, &of, &recall)->put_off);
	recall.first_at = NOW;
	assert_false(facts_with(&fixture, &of, NULL)->put_off); /* nothing would be known when it comes again */
	assert_false(facts_with(&fixture, &of, recall_of(fixture.arena, MOSS))->put_off);
	of.client = "192.0.2.9"; /* this one does not */
	assert_false(facts_with(&fixture, &of, &recall)->put_off);
	of = (struct case_of){ "clerk@marlbrook.example", "clerk@marlbrook.example", "198.51.100.7", KHAN, TO_MOSS TEXT };
	assert_false(facts_with(&fixture, &of, &recall)->put_off);
	of = (struct case_of){ NULL, "clerk@marlbrook.example", "198.51.100.7", KHAN, "From: clerk@marlbrook.example\nTo: " MOSS "\n" TEXT };
	assert_false(facts_with(&fixture, &of, &recall)->put_off);
	of.message = "From: joan@post.example\nMessage-ID: <2@x>\nTo: " MOSS "\n" TEXT;
	assert_false(facts_with(&fixture, &of, &recall)->put_off);
	fixture_free(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_strangers),
		cmocka_unit_test(test_sent_counts),
		cmocka_unit_test(test_waiting),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
