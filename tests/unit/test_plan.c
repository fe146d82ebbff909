/* test_plan.c - from a verdict to outcomes, edits and the notice; facts and opinions are made by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "action/plan.h"
#include "message/decode.h"

#define RAW \
	"X-Copyhold-Id: forged\r\nFrom: clerk@x.example\r\nx-copyhold-FINDING: forged\r\nX-Copyholder: not ours\r\n" \
	"X-COPYHOLD-Id: forged too\r\n\r\nDear Carl\r\n"
#define STRIPPED "From: clerk@x.example\r\nX-Copyholder: not ours\r\n\r\n"
#define ID "CH-20260302-3F7KQ2"

static const struct person clerk = {
	.name = "Ruth Calder", .addresses = (const char *const[]){ "clerk@x.example", "ruth@x.example" }, .address_count = 2,
};
static const struct person khan = { .name = "Amir Khan" }, sian = { .name = "Si\xc3\xa2n O'Neill" }, lowe = { .name = "Ann\r\n Lowe" };
static const struct person manager = { .name = "Line Manager" }, everybody = { .name = "All councillors", .is_list = true };
static const char *const recipients[] = { "moss@x.example", "joan@resident.example" };

/* Everything a plan is made from; a test changes what it is about. */
struct world {
	struct arena *arena;
	struct message *message;
	struct reading reading;
	struct letter outer;
	struct foot foot;
	struct envelope envelope;
	struct council council;
	struct recall recall;
	struct facts facts;
	struct recipient parties[2];
	struct hidden hidden[5];
	struct copy_line copy_line;
	struct rule rules[3];
	bool concerns[3][2];
	struct opinion opinions[3];
	struct verdict verdict;
	struct plan_options options;
};

static struct world *world_new(void)
{
	struct arena *arena = arena_new();
	struct world *w = arena_alloc(arena, sizeof *w);
	w->arena = arena;
	w->message = message_scan(arena, BYTES(RAW), &MESSAGE_LIMITS_DEFAULT);
	w->outer.subject = "Allotment fees";
	w->foot = (struct foot){ .part = w->message->root, .at = 11, .at_end = true };
	w->reading = (struct reading){ .outer = &w->outer, .feet = &w->foot, .foot_count = 1, .message_id = "<1@x.example>" };
	w->envelope = (struct envelope){ .from = "clerk@x.example", .recipients = recipients, .recipient_count = 2, .auth = "clerk@x.example" };
	w->facts = (struct facts){
		.envelope = &w->envelope, .reading = &w->reading, .council = &w->council, .recall = &w->recall, .sender_known = true,
		.sender_by = "authentication", .sender = { .address = "clerk@x.example", .person = &clerk, .role = ROLE_OFFICER },
		.hidden = w->hidden, .copy_lines = &w->copy_line, .recipients = w->parties, .recipient_count = 2,
	};
	w->verdict = (struct verdict){ .opinions = w->opinions };
	w->options = (struct plan_options){
		.id = ID, .council_name = "Town Council", .notice_from = "help@x.example", .footer_format = "CC councillor %s",
		.footer_all = "CC all councillors", .at = 1772442000,
	};
	return w;
}

static void world_free(struct world *w)
{
	struct arena *arena = w->arena;
	arena_free(&arena);
}

static struct opinion *add_rule(struct world *w, const char *id, enum action action, unsigned also)
{
	size_t i = w->verdict.opinion_count++;
	w->rules[i] = (struct rule){ .id = id, .clause = "paragraph 1", .action = action, .mode = MODE_ENFORCE, .says_en = id };
	w->concerns[i][0] = w->concerns[i][1] = true;
	w->opinions[i] = (struct opinion){ .rule = &w->rules[i], .fires = YES, .concerns = w->concerns[i], .action = action, .also = also };
	return &w->opinions[i];
}

static void add_hidden(struct world *w, const struct person *person, enum role role)
{
	w->hidden[w->facts.hidden_count++] = (struct hidden){ .person = person, .role = role, .recipient = "h@x.example" };
}

static const struct plan *plan_of(struct world *w)
{
	return plan_make(w->arena, &w->verdict, &w->facts, w->message, &w->options);
}

static void assert_message(struct world *w, const struct plan *plan, const char *expected)
{
	assert_string_equal(arena_string_of(w->arena, edits_apply(w->arena, w->message->raw, &plan->edits)), expected);
}

static void test_nothing_fires(void **state)
{
	struct world *w = world_new();
	const struct plan *plan = plan_of(w);
	assert_int_equal(plan->outcome, OUTCOME_DELIVER);
	assert_int_equal(plan->notice_count + plan->footer_count + plan->finding_count, 0);
	assert_message(w, plan, STRIPPED "Dear Carl\r\n");
	assert_int_equal(plan->edits.count, 3);
	assert_int_equal(plan->edits.items[2].kind, EDIT_HEADER_REMOVE);
	assert_int_equal(plan->edits.items[2].occurrence, 2);
	world_free(w);
}

/* action as resolved, also, mode, what comes of it */
static void test_outcomes(void **state)
{
	static const struct {
		enum action action;
		unsigned also;
		enum mode mode;
		bool whole;
		enum outcome first, second; /* the rule concerns the second recipient */
		int notice;                 /* kind or -1 */
	} cases[] = {
		{ ACTION_REPORT, 0, MODE_ENFORCE, false, OUTCOME_DELIVER, OUTCOME_DELIVER, -1 },
		{ ACTION_FLAG, 0, MODE_ENFORCE, false, OUTCOME_DELIVER, OUTCOME_DELIVER, -1 },
		{ ACTION_NOTIFY, 0, MODE_ADVISE, false, OUTCOME_DELIVER, OUTCOME_DELIVER, NOTICE_ADVICE },
		{ ACTION_REPORT, 1 << ACTION_NOTIFY, MODE_ENFORCE, false, OUTCOME_DELIVER, OUTCOME_DELIVER, NOTICE_ADVICE },
		{ ACTION_HOLD, 0, MODE_ENFORCE, false, OUTCOME_DELIVER, OUTCOME_HOLD, NOTICE_HELD },
		{ ACTION_HOLD, 1 << ACTION_NOTIFY, MODE_ENFORCE, true, OUTCOME_HOLD, OUTCOME_HOLD, NOTICE_HELD },
		{ ACTION_RETURN, 0, MODE_ENFORCE, true, OUTCOME_RETURN, OUTCOME_RETURN, NOTICE_RETURNED },
		/* observe does nothing, even if a verdict should say otherwise */
		{ ACTION_HOLD, 1 << ACTION_NOTIFY, MODE_OBSERVE, true, OUTCOME_DELIVER, OUTCOME_DELIVER, -1 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct world *w = world_new();
		struct opinion *opinion = add_rule(w, "some-rule", cases[i].action, cases[i].also);
		w->rules[0].mode = cases[i].mode;
		w->rules[0].whole_message = cases[i].whole;
		w->concerns[0][0] = false;
		const struct plan *plan = plan_of(w);
		assert_int_equal(plan->recipients[0], cases[i].first);
		assert_int_equal(plan->recipients[1], cases[i].second);
		assert_int_equal(plan->outcome, cases[i].second);
		assert_int_equal(plan->hold_rule_count, cases[i].second == OUTCOME_HOLD);
		assert_int_equal(plan->finding_count, 1);
		assert_ptr_equal(plan->findings[0], opinion);
		assert_int_equal(plan->notice_count, cases[i].notice >= 0);
		if (cases[i].notice >= 0)
			assert_int_equal(plan->notices[0].kind, cases[i].notice);
		world_free(w);
	}
}

/* A hold that names nobody keeps the message from all. */
static void test_hold_without_recipient(void **state)
{
	struct world *w = world_new();
	add_rule(w, "some-rule", ACTION_HOLD, 0);
	w->concerns[0][0] = w->concerns[0][1] = false;
	assert_int_equal(plan_of(w)->recipients[0], OUTCOME_HOLD);
	world_free(w);
}

static void test_undecided(void **state)
{
	struct world *w = world_new();
	add_rule(w, "some-rule", ACTION_HOLD, 0)->fires = UNKNOWN;
	w->verdict.undecided = true;
	w->verdict.unknown = UNKNOWN_REPORTS;
	assert_int_equal(plan_of(w)->outcome, OUTCOME_DELIVER);
	w->verdict.unknown = UNKNOWN_HOLDS;
	const struct plan *plan = plan_of(w);
	assert_int_equal(plan->outcome, OUTCOME_HOLD);
	assert_string_equal(plan->hold_rules[0], "some-rule");
	assert_int_equal(plan->finding_count, 0);
	assert_int_equal(plan->notices[0].kind, NOTICE_HELD);
	w->verdict.unknown = UNKNOWN_RETRIES;
	plan = plan_of(w);
	assert_int_equal(plan->outcome, OUTCOME_RETRY);
	assert_int_equal(plan->notice_count, 0);
	world_free(w);
}

static void test_footer(void **state)
{
	struct world *w = world_new();
	add_rule(w, "silent-copy", ACTION_FOOTER, 1 << ACTION_NOTIFY);
	add_rule(w, "copy-footer", ACTION_FOOTER, 0);
	add_hidden(w, &khan, ROLE_COUNCILLOR);
	add_hidden(w, &manager, ROLE_OFFICER);
	add_hidden(w, &sian, ROLE_COUNCILLOR);
	add_hidden(w, &khan, ROLE_COUNCILLOR); /* reached twice */
	add_hidden(w, &lowe, ROLE_COUNCILLOR);
	w->hidden[2].in_foot = true;
	const struct plan *plan = plan_of(w);
	assert_int_equal(plan->outcome, OUTCOME_ANNOTATE);
	assert_int_equal(plan->recipients[1], OUTCOME_ANNOTATE);
	assert_true(plan->footer_added);
	assert_int_equal(plan->footer_count, 2);
	assert_string_equal(plan->footers[0], "CC councillor Amir Khan");
	assert_string_equal(plan->footers[1], "CC councillor Ann   Lowe");
	assert_message(w, plan, STRIPPED "Dear Carl\r\n\r\nCC councillor Amir Khan\r\nCC councillor Ann   Lowe\r\n");
	assert_int_equal(plan->notice_count, 1);
	assert_int_equal(plan->notices[0].kind, NOTICE_ANNOTATED);
	assert_true(bytes_find(plan->notices[0].message, BYTES("CC councillor Amir Khan"), 0) != (size_t)-1);
	world_free(w);
}

/* Only a resolved footer adds one: a rule that fell back to notify names nobody. */
static void test_no_footer_without_action(void **state)
{
	struct world *w = world_new();
	struct opinion *opinion = add_rule(w, "silent-copy", ACTION_FOOTER, 0);
	opinion->action = ACTION_NOTIFY;
	add_hidden(w, &khan, ROLE_COUNCILLOR);
	const struct plan *plan = plan_of(w);
	assert_int_equal(plan->outcome, OUTCOME_DELIVER);
	assert_int_equal(plan->footer_count, 0);
	assert_int_equal(plan->notices[0].kind, NOTICE_ADVICE);
	/* all named already: nothing to add, nothing to excuse */
	opinion->action = ACTION_FOOTER;
	w->hidden[0].in_foot = true;
	plan = plan_of(w);
	assert_int_equal(plan->outcome, OUTCOME_DELIVER);
	assert_int_equal(plan->untouched, TOUCHED);
	assert_int_equal(plan->notice_count, 0);
	world_free(w);
}

static void test_footer_for_all(void **state)
{
	struct world *w = world_new();
	add_rule(w, "silent-copy", ACTION_FOOTER, 0);
	add_hidden(w, &khan, ROLE_COUNCILLOR);
	add_hidden(w, &sian, ROLE_COUNCILLOR);
	w->facts.hidden_all_list = &everybody;
	const struct plan *plan = plan_of(w);
	assert_int_equal(plan->footer_count, 1);
	assert_string_equal(plan->footers[0], "CC all councillors");
	w->copy_line.all_councillors = true;
	w->facts.copy_line_count = 1;
	assert_int_equal(plan_of(w)->footer_count, 0);
	world_free(w);
}

static void test_untouched(void **state)
{
	struct world *w = world_new();
	add_rule(w, "silent-copy", ACTION_FOOTER, 0);
	add_hidden(w, &khan, ROLE_COUNCILLOR);
	w->reading.foot_count = 0;
	const struct plan *plan = plan_of(w);
	assert_int_equal(plan->outcome, OUTCOME_DELIVER);
	assert_int_equal(plan->untouched, UNTOUCHED_NO_TEXT);
	assert_int_equal(plan->footer_count, 1);
	assert_false(plan->footer_added);
	assert_message(w, plan, "X-Copyhold-Id: " ID "; reason=no-text\r\n" STRIPPED "Dear Carl\r\n");
	assert_int_equal(plan->notices[0].kind, NOTICE_ADVICE);
	world_free(w);
}

/* Whatever a rule says of the message, what goes to or comes from these is not kept back. */
static void test_protected(void **state)
{
	static const struct person somebody = { .name = "Somebody" };
	(void)state;
	for (enum role role = ROLE_NONE; role < ROLE_COUNT; role++)
		for (int whole = 0; whole < 2; whole++)
			for (enum action action = ACTION_HOLD; action <= ACTION_RETURN; action++) {
				enum outcome kept = action == ACTION_HOLD ? OUTCOME_HOLD : OUTCOME_RETURN;
				bool guarded = role == ROLE_OVERSIGHT || role == ROLE_AUDITOR || role == ROLE_PROTECTED;
				struct world *w = world_new();
				add_rule(w, "a", action, 0);
				w->rules[0].whole_message = whole != 0;
				w->parties[0].party = (struct party){ .person = &somebody, .role = role };
				assert_int_equal(plan_of(w)->recipients[0], guarded ? OUTCOME_DELIVER : kept);
				assert_int_equal(plan_of(w)->recipients[1], kept);
				w->facts.sender.role = role;
				assert_int_equal(plan_of(w)->recipients[1], guarded ? OUTCOME_DELIVER : kept);
				world_free(w);
			}
}

/* A world in which the line cannot be added, and everybody may be told. The recipients are councillor Moss and Joan Hart. */
static struct world *untouchable_world(void)
{
	static const struct person moss = { .name = "Carl Moss" }, joan = { .name = "Joan Hart" };
	struct world *w = world_new();
	add_rule(w, "silent-copy", ACTION_FOOTER, 0);
	w->rules[0].fallback = FALLBACK_COMPANION;
	add_hidden(w, &khan, ROLE_COUNCILLOR);
	add_hidden(w, &sian, ROLE_COUNCILLOR);
	w->reading.foot_count = 0;
	w->outer.subject = "Re: Allotment fees";
	w->outer.bare_subject = "Allotment fees";
	w->parties[0] = (struct recipient){ .party = { .person = &moss, .role = ROLE_COUNCILLOR }, .visible = true };
	w->parties[1] = (struct recipient){ .party = { .person = &joan, .role = ROLE_OFFICER }, .visible = true };
	w->facts.recipients = w->parties;
	w->facts.recipient_count = 2;
	w->facts.visible_all_council = true;
	return w;
}

static size_t companions_of(const struct plan *plan)
{
	size_t count = 0;
	for (size_t i = 0; i < plan->notice_count; i++)
		count += plan->notices[i].kind == NOTICE_COMPANION;
	return count;
}

static bool says(struct bytes message, const char *words)
{
	return bytes_find(message, bytes_of(words), 0) != (size_t)-1;
}

static void test_companion(void **state)
{
	struct world *w = untouchable_world();
	const struct plan *plan = plan_of(w);
	assert_int_equal(plan->outcome, OUTCOME_ANNOTATE);
	assert_true(plan->companion_sent);
	assert_false(plan->footer_added);
	assert_int_equal(plan->notice_count, 3);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(plan->notices[i].kind, NOTICE_COMPANION);
		assert_string_equal(plan->notices[i].to, recipients[i]);
		assert_int_equal(plan->recipients[i], OUTCOME_ANNOTATE);
		assert_true(says(plan->notices[i].message, "Subject: Re: Allotment fees\r\n"));
		assert_true(says(plan->notices[i].message, "In-Reply-To: <1@x.example>\r\n"));
		assert_true(says(plan->notices[i].message, "\r\nCC councillor Amir Khan\r\nCC councillor Si=C3=A2n O'Neill\r\n"));
		assert_true(says(plan->notices[i].message, "paragraph 1"));
	}
	assert_int_equal(plan->notices[2].kind, NOTICE_ADVICE);
	assert_true(says(plan->notices[2].message, "Subject: Recipients told: Re: Allotment fees\r\n"));
	assert_string_equal(plan->notices[2].to, "clerk@x.example");
	assert_message(w, plan, "X-Copyhold-Id: " ID "; reason=no-text\r\n" STRIPPED "Dear Carl\r\n");
	world_free(w);
}

/* Each way in which somebody would learn too much keeps the notices back, all or one; the sender is told in any case. */
static void test_companion_withheld(void **state)
{
	enum { OUTSIDE, PROTECTED, STRANGER, NO_NOTICES, FALLBACK, OBSERVED, HIDDEN, NO_ROLE, UNLISTED, SENDER, TWICE, HELD, CASES };
	for (int i = 0; i < CASES; i++) {
		struct world *w = untouchable_world();
		size_t companions = i < HIDDEN ? 0 : 1;
		switch (i) {
		case OUTSIDE: w->facts.visible_all_council = false; break;
		case PROTECTED: add_hidden(w, &lowe, ROLE_PROTECTED); break;
		case STRANGER: w->facts.sender_known = false; break;
		case NO_NOTICES: w->options.notice_from = NULL; break;
		case FALLBACK: w->rules[0].fallback = FALLBACK_NOTIFY; break;
		case OBSERVED: w->rules[0].mode = MODE_OBSERVE; break;
		case HIDDEN: w->parties[0].visible = false; break;
		case NO_ROLE: w->parties[0].party.role = ROLE_NONE; break;
		case UNLISTED: w->parties[0].party.person = NULL; break;
		case SENDER: w->parties[0].party.person = &clerk; break;
		case TWICE: w->parties[0].party.person = w->parties[1].party.person; break;
		case HELD:
			add_rule(w, "confidential-third-party", ACTION_HOLD, 0);
			w->concerns[1][1] = false;
			break;
		}
		const struct plan *plan = plan_of(w);
		if (companions_of(plan) != companions || plan->companion_sent != (companions > 0))
			fail_msg("case %d: %zu", i, companions_of(plan));
		if (companions == 0)
			assert_int_equal(plan->outcome, OUTCOME_DELIVER);
		else
			assert_string_equal(plan->notices[0].to, i == TWICE ? recipients[0] : recipients[1]);
		if (i != STRANGER && i != NO_NOTICES && i != OBSERVED)
			assert_int_equal(plan->notice_count, companions + 1);
		else
			assert_int_equal(plan->notice_count, 0);
		world_free(w);
	}
}

/* Of two rules the fallback that does most; holding needs enforce. */
static void test_fallback(void **state)
{
	struct world *w = untouchable_world();
	w->rules[0].fallback = FALLBACK_NOTIFY;
	add_rule(w, "copy-footer", ACTION_FOOTER, 0);
	w->rules[1].fallback = FALLBACK_COMPANION;
	assert_int_equal(companions_of(plan_of(w)), 2);
	w->rules[1].fallback = FALLBACK_HOLD;
	w->rules[1].mode = MODE_ADVISE;
	assert_int_equal(plan_of(w)->outcome, OUTCOME_DELIVER);
	w->rules[1].mode = MODE_ENFORCE;
	const struct plan *plan = plan_of(w);
	assert_int_equal(plan->recipients[0], OUTCOME_HOLD);
	assert_int_equal(plan->recipients[1], OUTCOME_HOLD);
	assert_int_equal(plan->hold_rule_count, 1);
	assert_string_equal(plan->hold_rules[0], "copy-footer");
	assert_int_equal(plan->notice_count, 1);
	assert_int_equal(plan->notices[0].kind, NOTICE_HELD);
	assert_true(says(plan->notices[0].message, "silent-copy"));
	/* a false foot is told of before a missing line, not before what else keeps it back */
	w->copy_line.not_copied = (const char *const[]){ "Nia Rees" };
	w->copy_line.not_copied_count = w->facts.copy_line_count = 1;
	w->rules[1].says_en = "It names %{foot}.";
	assert_true(says(plan_of(w)->notices[0].message, "It names Nia Rees."));
	w->opinions[0].action = ACTION_HOLD;
	w->concerns[0][0] = false;
	assert_false(says(plan_of(w)->notices[0].message, "It names"));
	w->opinions[0].action = ACTION_FOOTER;
	/* nothing is to be done where the line was added */
	w->reading.foot_count = 1;
	assert_int_equal(plan_of(w)->outcome, OUTCOME_ANNOTATE);
	world_free(w);
}

static void test_flags(void **state)
{
	struct world *w = world_new();
	add_rule(w, "first", ACTION_FLAG, 0);
	add_rule(w, "second", ACTION_NOTIFY, 1 << ACTION_FLAG);
	add_rule(w, "third", ACTION_FLAG, 1 << ACTION_FLAG);
	w->rules[2].discreet = true;
	assert_message(w, plan_of(w), "X-Copyhold-Finding: first; id=" ID "\r\nX-Copyhold-Finding: second; id=" ID "\r\n" STRIPPED "Dear Carl\r\n");
	w->rules[0].mode = w->rules[1].mode = MODE_OBSERVE;
	assert_message(w, plan_of(w), STRIPPED "Dear Carl\r\n");
	world_free(w);
}

/* Held for one, a line added for the other; the notice tells which. */
static void test_hold_and_footer(void **state)
{
	struct world *w = world_new();
	add_rule(w, "silent-copy", ACTION_FOOTER, 0);
	add_rule(w, "confidential-third-party", ACTION_HOLD, 0);
	w->concerns[1][0] = false;
	add_hidden(w, &khan, ROLE_COUNCILLOR);
	const struct plan *plan = plan_of(w);
	assert_int_equal(plan->recipients[0], OUTCOME_ANNOTATE);
	assert_int_equal(plan->recipients[1], OUTCOME_HOLD);
	assert_int_equal(plan->outcome, OUTCOME_HOLD);
	assert_int_equal(plan->notice_count, 1);
	assert_int_equal(plan->notices[0].kind, NOTICE_HELD);
	assert_true(bytes_find(plan->notices[0].message, BYTES("joan@resident.example"), 0) != (size_t)-1);
	assert_true(bytes_find(plan->notices[0].message, BYTES("moss@x.example"), 0) == (size_t)-1);
	/* nobody gets it: nothing is added */
	w->rules[1].whole_message = true;
	plan = plan_of(w);
	assert_false(plan->footer_added);
	assert_message(w, plan, STRIPPED "Dear Carl\r\n");
	world_free(w);
}

static void test_whom_to_tell(void **state)
{
	struct world *w = world_new();
	add_rule(w, "some-rule", ACTION_HOLD, 0);
	assert_string_equal(plan_of(w)->notices[0].to, "clerk@x.example");
	w->envelope.auth = "RUTH@x.example"; /* another of her addresses: still the first */
	assert_string_equal(plan_of(w)->notices[0].to, "clerk@x.example");
	w->envelope.auth = "rcalder";
	assert_string_equal(plan_of(w)->notices[0].to, "clerk@x.example");
	w->envelope.auth = NULL; /* a trusted relay vouched */
	w->facts.sender.address = "ruth@x.example";
	assert_string_equal(plan_of(w)->notices[0].to, "clerk@x.example");
	w->facts.sender_known = false;
	assert_int_equal(plan_of(w)->notice_count, 0);
	w->facts.sender_known = true;
	w->facts.sender.person = &everybody;
	assert_int_equal(plan_of(w)->notice_count, 0);
	w->facts.sender.person = NULL;
	assert_int_equal(plan_of(w)->notice_count, 0);
	world_free(w);
}

/* Neither the subject of a marked letter nor words found in it come back in a notice. */
static void test_no_quotation(void **state)
{
	static const struct evidence evidence = { "part 1, line 1", "we accept your tender" };
	static const struct marking marking = { .place = MARKING_IN_SUBJECT, .strength = MARKING_EXPLICIT };
	struct world *w = world_new();
	struct opinion *opinion = add_rule(w, "some-rule", ACTION_HOLD, 0);
	w->rules[0].says_en = "It commits the Council: \"%{act}\".";
	opinion->explanation = "It commits the Council: we accept your tender.";
	opinion->evidence = &evidence;
	opinion->evidence_count = 1;
	const struct plan *plan = plan_of(w);
	assert_true(bytes_find(plan->notices[0].message, BYTES("It commits the Council: \"...\"."), 0) != (size_t)-1);
	assert_true(bytes_find(plan->notices[0].message, BYTES("tender"), 0) == (size_t)-1);
	assert_true(bytes_find(plan->notices[0].message, BYTES("Allotment"), 0) != (size_t)-1);
	w->outer.markings = &marking;
	w->outer.marking_count = 1;
	plan = plan_of(w);
	assert_true(bytes_find(plan->notices[0].message, BYTES("Allotment"), 0) == (size_t)-1);
	assert_true(bytes_find(plan->notices[0].message, BYTES("Subject: Held: " ID), 0) != (size_t)-1);
	world_free(w);
}

/* RFC 3834: programs are not answered, but told when something was kept back; our own mail, come back, never. */
static void test_programs(void **state)
{
	static const struct {
		const char *field, *from;
		enum action action;
		size_t notices;
	} rows[] = {
		{ "", "clerk@x.example", ACTION_NOTIFY, 1 },
		{ "Auto-Submitted: no\r\n", "clerk@x.example", ACTION_NOTIFY, 1 },
		{ "Auto-Submitted: NO (by hand)\r\n", "clerk@x.example", ACTION_NOTIFY, 1 },
		{ "Auto-Submitted: auto-replied\r\n", "clerk@x.example", ACTION_NOTIFY, 0 },
		{ "auto-submitted: auto-generated; owner=x\r\n", "clerk@x.example", ACTION_NOTIFY, 0 },
		{ "Auto-Submitted: auto-replied\r\n", "clerk@x.example", ACTION_HOLD, 1 },
		{ "Auto-Submitted: auto-generated\r\n", "Help@x.example", ACTION_HOLD, 0 },
		{ "", "help@x.example", ACTION_HOLD, 1 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct world *w = world_new();
		const char *raw = arena_printf(w->arena, "From: %s\r\n%s\r\nDear Carl\r\n", rows[i].from, rows[i].field);
		w->message = message_scan(w->arena, bytes_of(raw), &MESSAGE_LIMITS_DEFAULT);
		w->facts.header_from.address = rows[i].from;
		add_rule(w, "a-rule", rows[i].action, 0);
		const struct plan *plan = plan_of(w);
		if (plan->notice_count != rows[i].notices)
			fail_msg("row %zu: %zu notices", i, plan->notice_count);
		if (plan->notice_count > 0 && rows[i].action == ACTION_NOTIFY)
			assert_string_equal(plan->notices[0].rule, "a-rule");
		world_free(w);
	}
}

/* What the sender is offered: what all rules that hold it offer, and the message lets be done. */
static void test_own_deeds(void **state)
{
	enum { OPEN = 1 << REMEDY_OPEN_COPY, DROP = 1 << REMEDY_DROP_HIDDEN, BACK = 1 << REMEDY_WITHDRAW, WHY = 1 << REMEDY_REASON };
	static const struct {
		unsigned first, second; /* of two rules that hold; 0: one rule only */
		bool two_persons, council, link;
		enum action action;
		unsigned deeds;
	} rows[] = {
		{ OPEN | DROP | BACK | WHY, 0, false, true, true, ACTION_HOLD, OPEN | DROP | BACK | WHY },
		{ OPEN | DROP | BACK | WHY, BACK, false, true, true, ACTION_HOLD, BACK | WHY },
		{ OPEN | DROP | WHY, OPEN | BACK, false, true, true, ACTION_HOLD, OPEN | BACK | WHY },
		{ OPEN | DROP | BACK | WHY, 0, true, true, true, ACTION_HOLD, BACK | WHY },
		{ OPEN | DROP | BACK | WHY, 0, false, false, true, ACTION_HOLD, DROP | BACK | WHY }, /* somebody outside would learn of it */
		{ OPEN | DROP | BACK | WHY, 0, false, true, false, ACTION_HOLD, 0 },
		{ OPEN | DROP | BACK | WHY, 0, false, true, true, ACTION_NOTIFY, OPEN | WHY },
		{ BACK, 0, false, true, true, ACTION_NOTIFY, 0 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct world *w = world_new();
		for (size_t k = 0; k < (rows[i].second == 0 ? 1 : 2); k++) {
			add_rule(w, k == 0 ? "first" : "second", rows[i].action, 0);
			w->rules[k].remedies = k == 0 ? rows[i].first : rows[i].second;
			w->rules[k].two_persons = rows[i].two_persons;
		}
		add_hidden(w, &khan, ROLE_COUNCILLOR);
		w->facts.visible_all_council = rows[i].council;
		w->facts.recipients = w->parties;
		w->facts.recipient_count = 2;
		w->parties[0] = (struct recipient){ .party = { .person = &sian, .role = ROLE_COUNCILLOR }, .visible = true };
		w->parties[1] = (struct recipient){ .party = { .person = &khan, .role = ROLE_COUNCILLOR } };
		w->options.own_link = rows[i].link ? "https://desk.x.example/own/TOKEN" : NULL;
		const struct plan *plan = plan_of(w);
		if (plan->own_deeds != rows[i].deeds)
			fail_msg("row %zu: %#x", i, plan->own_deeds);
		bool shown = bytes_find(plan->notices[0].message, BYTES("/own/TOKEN"), 0) != (size_t)-1;
		assert_int_equal(shown, plan->own_deeds != 0);
		world_free(w);
	}
}

static void test_names(void **state)
{
	assert_string_equal(outcome_name(OUTCOME_ANNOTATE), "annotate");
	assert_string_equal(outcome_name(OUTCOME_RETRY), "retry");
	assert_string_equal(notice_kind_name(NOTICE_HELD), "held");
	assert_string_equal(notice_kind_name(NOTICE_RELEASED), "released");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_fires), cmocka_unit_test(test_outcomes),
		cmocka_unit_test(test_hold_without_recipient),
		cmocka_unit_test(test_undecided), cmocka_unit_test(test_protected),
		cmocka_unit_test(test_footer),
		cmocka_unit_test(test_no_footer_without_action),
		cmocka_unit_test(test_footer_for_all), cmocka_unit_test(test_untouched),
		cmocka_unit_test(test_companion), cmocka_unit_test(test_companion_withheld),
		cmocka_unit_test(test_fallback), cmocka_unit_test(test_flags),
		cmocka_unit_test(test_hold_and_footer),
		cmocka_unit_test(test_whom_to_tell),
		cmocka_unit_test(test_no_quotation),
		cmocka_unit_test(test_programs),
		cmocka_unit_test(test_own_deeds),
		cmocka_unit_test(test_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
