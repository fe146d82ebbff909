/* test_browse.c - lists of what the store remembers: what waits, what a search finds and what it does not, a conversation, a history.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_case.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/browse.h"

#define NOW ((int64_t)1772442000)

struct sent {
	const char *id, *from, *to, *subject, *rule, *explanation, *thread;
	enum outcome outcome;
	enum openness openness;
	int64_t at;
};

static void keep(struct fixture *fixture, const struct sent *letter)
{
	struct envelope envelope = { .from = letter->from, .recipients = &letter->to, .recipient_count = 1, .auth = "x", .at = letter->at };
	struct finding_record finding = { letter->rule, "Correspondence, paragraph 1", "hold", "enforce", letter->explanation, "[]" };
	struct record record = {
		.id = letter->id, .content_key = letter->id, .at = letter->at, .envelope = &envelope, .direction = "outgoing",
		.outcome = outcome_name(letter->outcome), .subject = letter->subject, .marked = letter->subject == NULL,
		.thread = letter->thread, .raw = BYTES("Subject: x\r\n\r\nx\r\n"), .recipient_outcomes = &letter->outcome,
		.openness = letter->openness == OPENNESS_UNKNOWN ? NULL : &letter->openness, .findings = &finding, .finding_count = 1,
	};
	bool duplicate;
	const char *id;
	assert_true(store_record(fixture->store, fixture->arena, &record, 5, &duplicate, &id, &fixture->err));
}

static const struct sent letters[] = {
	{ "CH-1", "a@x.example", "r1@y.example", "Allotment fees 100%", "silent-copy", "Cllr O'Neill was hidden.", "<t1@x>", OUTCOME_ANNOTATE, OPENNESS_OPEN, NOW },
	{ "CH-2", "b@x.example", "r2@y.example", "Tender_9", "obligation", "A commitment.", "<t1@x>", OUTCOME_HOLD, OPENNESS_HIDDEN, NOW + 20 },
	{ "CH-3", "a@x.example", "R1@Y.example", NULL, "confidential", "Marked.", NULL, OUTCOME_HOLD, OPENNESS_UNKNOWN, NOW + 10 },
	{ "CH-4", "c@x.example", "r3@y.example", "Tender 1009", "obligation", "Si\xc3\xa2n is named.", "<t1@x>", OUTCOME_RETURN, OPENNESS_OPEN, NOW + 30 },
};

static void keep_all(struct fixture *fixture)
{
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		keep(fixture, &letters[i]);
}

static const char *found(struct fixture *fixture, struct browse browse)
{
	const char *const *ids;
	size_t count;
	bool more;
	struct text text = TEXT_INIT;
	if (browse.most == 0)
		browse.most = 50;
	if (!store_browse(fixture->store, fixture->arena, &browse, &ids, &count, &more, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
	for (size_t i = 0; i < count; i++)
		text_printf(&text, "%s%s", i == 0 ? "" : " ", ids[i]);
	text_add(&text, more ? " ..." : "");
	return text_to_arena(&text, fixture->arena).data;
}

static void searches_find_what_they_ask_for(void **state)
{
	static const char *const r1[] = { "r1@y.example" }, *const a[] = { "A@x.example", "nobody@x.example" };
	static const struct {
		struct browse browse;
		const char *ids;
	} cases[] = {
		{ { .text = NULL }, "CH-4 CH-2 CH-3 CH-1" },
		{ { .most = 2 }, "CH-4 CH-2 ..." },
		{ { .most = 4 }, "CH-4 CH-2 CH-3 CH-1" },
		{ { .state = BROWSE_WAITING }, "CH-2 CH-3" },
		{ { .state = BROWSE_RETURNED }, "CH-4" },
		{ { .state = BROWSE_ANNOTATED }, "CH-1" },
		{ { .state = BROWSE_RELEASED }, "" },
		{ { .text = "tender" }, "CH-4 CH-2" },
		{ { .text = "%" }, "CH-1" },
		{ { .text = "tender_" }, "CH-2" },
		{ { .text = "o'neill" }, "CH-1" },
		{ { .text = "Si\xc3\xa2n" }, "CH-4" },
		{ { .text = "'; DROP TABLE message; --" }, "" },
		{ { .rule = "obligation", .state = BROWSE_WAITING }, "CH-2" },
		{ { .from = NOW + 10, .to = NOW + 30 }, "CH-2 CH-3" },
		{ { .addresses = r1, .address_count = 1 }, "CH-3 CH-1" },
		{ { .addresses = a, .address_count = 2 }, "CH-3 CH-1" },
		{ { .addresses = a, .address_count = 2, .named = "Si\xc3\xa2n" }, "CH-4 CH-3 CH-1" },
	};
	struct fixture *fixture = *state;
	keep_all(fixture);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(found(fixture, cases[i].browse), cases[i].ids);
}

static void what_waits_is_oldest_first(void **state)
{
	struct fixture *fixture = *state;
	const struct waiting_message *waiting;
	size_t count = 7;
	assert_true(store_waiting(fixture->store, fixture->arena, &waiting, &count, &fixture->err));
	assert_int_equal(count, 0);
	keep_all(fixture);
	assert_true(store_escalate(fixture->store, "CH-2", &(struct deed){ "ruth", "holiday", NOW }, &fixture->err));
	assert_true(store_waiting(fixture->store, fixture->arena, &waiting, &count, &fixture->err));
	assert_int_equal(count, 2);
	assert_string_equal(waiting[0].id, "CH-3");
	assert_false(waiting[0].escalated);
	assert_true(waiting[1].escalated);
	assert_int_equal(waiting[1].at, NOW + 20);
}

static void messages_come_as_they_were_judged(void **state)
{
	static const char *const ids[] = { "CH-2", "CH-none", "CH-1", "CH-3" };
	struct fixture *fixture = *state;
	const struct held *const *items;
	keep_all(fixture);
	assert_true(store_messages(fixture->store, fixture->arena, ids, 4, &items, &fixture->err));
	assert_null(items[1]);
	assert_string_equal(items[0]->id, "CH-2");
	assert_int_equal(items[0]->addressed[0].openness, OPENNESS_HIDDEN);
	assert_string_equal(items[0]->addressed[0].outcome, "hold");
	assert_false(items[0]->marked);
	assert_int_equal(items[2]->addressed[0].openness, OPENNESS_OPEN);
	assert_int_equal(items[2]->recipient_count, 0);
	assert_int_equal(items[3]->addressed[0].openness, OPENNESS_UNKNOWN);
	assert_true(items[3]->marked);
}

static void conversations_and_histories(void **state)
{
	static const char *const ids[] = { "CH-2", "CH-3" };
	struct fixture *fixture = *state;
	const struct held *const *items;
	const char *const *others;
	const struct journal_line *lines, *none;
	struct journal_line last;
	struct store_size size;
	size_t count;
	keep_all(fixture);
	assert_true(store_messages(fixture->store, fixture->arena, ids, 2, &items, &fixture->err));
	assert_true(store_thread(fixture->store, fixture->arena, items[0], &others, &count, &fixture->err));
	assert_int_equal(count, 2);
	assert_string_equal(others[0], "CH-1");
	assert_string_equal(others[1], "CH-4");
	assert_true(store_thread(fixture->store, fixture->arena, items[1], &others, &count, &fixture->err));
	assert_int_equal(count, 0);
	assert_true(store_view(fixture->store, "CH-2", &(struct deed){ "ruth", "to see", NOW + 99 }, &fixture->err));
	assert_true(store_history(fixture->store, fixture->arena, "CH-2", &lines, &count, &fixture->err));
	assert_int_equal(count, 2);
	assert_string_equal(lines[0].what, "held");
	assert_string_equal(lines[1].what, "viewed");
	assert_true(store_history(fixture->store, fixture->arena, "CH-", &none, &count, &fixture->err));
	assert_int_equal(count, 0);
	assert_true(store_journal_last(fixture->store, fixture->arena, "viewed", &last, &fixture->err));
	assert_int_equal(last.at, NOW + 99);
	assert_true(store_journal_last(fixture->store, fixture->arena, "retention", &last, &fixture->err));
	assert_int_equal(last.number, 0);
	assert_true(store_measure(fixture->store, &size, &fixture->err));
	assert_int_equal(size.messages, 4);
	assert_int_equal(size.waiting, 2);
	assert_int_equal(size.journal_lines, 5);
	assert_int_equal(size.last_message_at, NOW + 30);
	assert_true(size.octets > 0 && size.free_octets > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(searches_find_what_they_ask_for, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(what_waits_is_oldest_first, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(messages_come_as_they_were_judged, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(conversations_and_histories, store_case_set_up, store_case_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
