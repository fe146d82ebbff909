/* test_memory.c - the contract of memory/memory.h, the same cases over each implementation.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory_case.h"

#include <string.h>

static void nothing_is_known_at_first(void **state)
{
	struct lab *lab = *state;
	struct recall recall = lab_recall(lab, lab_trace(lab, "<a@x>", 1, 50), "ruth", NOW);
	assert_int_equal(recall.sibling_count, 0);
	assert_int_equal(recall.told_count, 0);
	assert_int_equal(recall.ancestor_count, 0);
	assert_int_equal(recall.first_at, NOW);
}

static void copies_of_one_message_meet(void **state)
{
	struct lab *lab = *state;
	struct trace *trace = lab_trace(lab, "<a@x>", 1, 50), *other = lab_trace(lab, "<a@x>", 2, 50);
	lab_pass(lab, trace, "ruth", "CH-1", NOW, "amir@marlbrook.example", true);
	struct recall recall = lab_recall(lab, trace, "ruth", NOW + 60);
	assert_int_equal(recall.sibling_count, 1);
	assert_string_equal(recall.siblings[0].recipient, "amir@marlbrook.example");
	assert_string_equal(recall.siblings[0].id, "CH-1");
	assert_true(recall.siblings[0].delivered);
	assert_int_equal(recall.first_at, NOW);
	assert_int_equal(lab_recall(lab, other, "ruth", NOW + 60).sibling_count, 0);
	assert_int_equal(lab_recall(lab, trace, "amir", NOW + 60).sibling_count, 0);
	assert_int_equal(lab_recall(lab, trace, NULL, NOW + 60).sibling_count, 0);
	assert_int_equal(lab_recall(lab, trace, "ruth", NOW + lab->terms.reunion).sibling_count, 1);
	assert_int_equal(lab_recall(lab, trace, "ruth", NOW + lab->terms.reunion + 1).sibling_count, 0);
}

static void strangers_are_not_joined(void **state)
{
	struct lab *lab = *state;
	struct trace *trace = lab_trace(lab, "<a@x>", 1, 50), *nameless = lab_trace(lab, NULL, 1, 50);
	lab_pass(lab, trace, NULL, "CH-1", NOW, "amir@marlbrook.example", true);
	lab_pass(lab, nameless, "ruth", "CH-2", NOW, "amir@marlbrook.example", true);
	assert_int_equal(lab_recall(lab, trace, NULL, NOW).sibling_count, 0);
	assert_int_equal(lab_recall(lab, nameless, "ruth", NOW).sibling_count, 0);
}

/* Put off, tried again and delivered, tried once more: one copy, delivered when it first was. */
static void a_retry_is_no_second_copy(void **state)
{
	struct lab *lab = *state;
	struct trace *trace = lab_trace(lab, "<a@x>", 1, 50);
	lab_pass(lab, trace, "ruth", "CH-1", NOW, "amir@marlbrook.example", false);
	assert_false(lab_recall(lab, trace, "ruth", NOW + 1).siblings[0].delivered);
	lab_pass(lab, trace, "ruth", "CH-2", NOW + 60, "amir@marlbrook.example", true);
	lab_pass(lab, trace, "ruth", "CH-3", NOW + 120, "amir@marlbrook.example", true);
	lab_pass(lab, trace, "ruth", "CH-4", NOW + 180, "amir@marlbrook.example", false);
	lab_pass(lab, trace, "ruth", "CH-5", NOW + 90, "carys@marlbrook.example", true);
	struct recall recall = lab_recall(lab, trace, "ruth", NOW + 200);
	assert_int_equal(recall.sibling_count, 2);
	for (size_t i = 0; i < 2; i++) {
		bool amir = strcmp(recall.siblings[i].recipient, "amir@marlbrook.example") == 0;
		assert_true(recall.siblings[i].delivered);
		assert_string_equal(recall.siblings[i].id, amir ? "CH-2" : "CH-5");
	}
}

/* A relay that tries for days: what is past its time, and not removed yet, is not in the way of the same copy come anew. */
static void the_same_copy_is_known_anew(void **state)
{
	struct lab *lab = *state;
	struct trace *trace = lab_trace(lab, "<a@x>", 1, 50);
	const struct told told[] = { { "amir@marlbrook.example", "carys@marlbrook.example" } };
	int64_t later = NOW + 2 * lab->terms.reunion;
	for (int again = 0; again < 2; again++) {
		int64_t at = again ? later : NOW;
		const struct remembrance remembrance = { .trace = trace, .id = again ? "CH-2" : "CH-1", .at = at, .principal = "ruth", .told = told,
							 .told_count = 1 };
		lab_pass(lab, trace, "ruth", again ? "CH-4" : "CH-3", at, "amir@marlbrook.example", true);
		assert_true(memory_remember(lab->memory, &remembrance, NULL));
	}
	struct recall recall = lab_recall(lab, trace, "ruth", later + 60);
	assert_int_equal(recall.sibling_count, 1);
	assert_int_equal(recall.siblings[0].at, later);
	assert_int_equal(recall.told_count, 1);
}

/* Of a protected correspondent a mark is kept, which today's directory turns into an address again, or nothing. */
static void who_is_listed_nowhere_is_known_by_a_mark(void **state)
{
	struct lab *lab = *state;
	struct trace *trace = lab_trace(lab, "<a@x>", 1, 50);
	const char *recipients[] = { "Somebody+tag@marlbrook.example", "carys@marlbrook.example" };
	const bool delivered[] = { true, true };
	const struct person *unlisted[] = { directory_at(lab->directory, 0), NULL };
	struct remembrance remembrance = { .trace = trace, .id = "CH-1", .at = NOW, .principal = "ruth", .recipients = recipients,
					   .delivered = delivered, .unlisted = unlisted, .recipient_count = 2 };
	assert_true(memory_remember(lab->memory, &remembrance, NULL));
	struct recall recall = lab_recall(lab, trace, "ruth", NOW + 60);
	assert_int_equal(recall.sibling_count, 2);
	for (size_t i = 0; i < 2; i++)
		assert_true(strcmp(recall.siblings[i].recipient, "carys@marlbrook.example") == 0 ||
			    strcmp(recall.siblings[i].recipient, unlisted[0]->addresses[0]) == 0);
}

static void who_was_told_is_known(void **state)
{
	struct lab *lab = *state;
	struct trace *trace = lab_trace(lab, "<a@x>", 1, 50);
	const struct told told[] = { { "amir@marlbrook.example", "carys@marlbrook.example" } };
	const struct remembrance remembrance = { .trace = trace, .id = "CH-1", .at = NOW, .principal = "ruth", .told = told, .told_count = 1 };
	assert_true(memory_remember(lab->memory, &remembrance, NULL));
	assert_true(memory_remember(lab->memory, &remembrance, NULL));
	struct recall recall = lab_recall(lab, trace, "ruth", NOW + 5);
	assert_int_equal(recall.told_count, 1);
	assert_string_equal(recall.told[0].who, "amir@marlbrook.example");
	assert_string_equal(recall.told[0].of, "carys@marlbrook.example");
	assert_int_equal(lab_recall(lab, trace, "ruth", NOW + lab->terms.reunion + 1).told_count, 0);
}

/* Of two envelopes one is taken back: it alone was not sent, and when it comes again it is. */
static void taken_back_was_not_sent(void **state)
{
	struct lab *lab = *state;
	struct trace *trace = lab_trace(lab, "<a@x>", 1, 50);
	const struct told told[] = { { "ruth@marlbrook.example", "carys@marlbrook.example" }, { "ruth@marlbrook.example", "amir@marlbrook.example" } };
	const char *recipients[] = { "amir@marlbrook.example", "carys@marlbrook.example" };
	const bool delivered[] = { true, true };
	struct remembrance first = { .trace = trace, .id = "CH-1", .at = NOW, .principal = "ruth", .recipients = recipients,
				     .delivered = delivered, .recipient_count = 1, .told = told, .told_count = 1 };
	struct remembrance second = first;
	second.id = "CH-2", second.at = NOW + 1, second.recipients++, second.told++;
	assert_true(memory_remember(lab->memory, &first, NULL) && memory_remember(lab->memory, &second, NULL));
	lab_remember(lab, trace, "CH-2", NOW + 1, MEMORY_MARKED);
	assert_true(memory_take_back(lab->memory, "CH-2", NOW + 1, NULL));
	struct recall recall = lab_recall(lab, trace, "ruth", NOW + 60);
	assert_int_equal(recall.sibling_count, 2);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(recall.siblings[i].delivered, strcmp(recall.siblings[i].id, "CH-1") == 0);
	assert_int_equal(recall.told_count, 1);
	assert_string_equal(recall.told[0].of, "carys@marlbrook.example");
	second.id = "CH-3", second.at = NOW + 60;
	assert_true(memory_remember(lab->memory, &second, NULL));
	recall = lab_recall(lab, trace, "ruth", NOW + 120);
	assert_true(recall.siblings[0].delivered && recall.siblings[1].delivered);
	assert_int_equal(recall.told_count, 2);
	/* What it says stays known; and what was never remembered cannot be taken back. */
	struct trace *answer = lab_trace(lab, "<b@x>", 500, 20);
	lab_refer(lab, answer, "<a@x>");
	assert_int_equal(lab_recall(lab, answer, "amir", NOW + 60).ancestor_count, 1);
	assert_true(memory_take_back(lab->memory, "CH-9", NOW, NULL));
}

static void a_reply_goes_back_to_the_letter(void **state)
{
	struct lab *lab = *state;
	struct trace *reply = lab_trace(lab, "<b@x>", 500, 20), *other = lab_trace(lab, "<c@x>", 900, 20);
	lab_remember(lab, lab_trace(lab, "<a@x>", 1, 50), "CH-1", NOW, MEMORY_MARKED | MEMORY_GROUP);
	lab_refer(lab, reply, "<a@x>");
	lab_refer(lab, other, "<A@x>");
	struct recall recall = lab_recall(lab, reply, NULL, NOW + DAY);
	assert_int_equal(recall.ancestor_count, 1);
	const struct ancestor *ancestor = &recall.ancestors[0];
	assert_int_equal(ancestor->how, DESCENT_REFERENCES);
	assert_int_equal(ancestor->hows, 1u << DESCENT_REFERENCES);
	assert_int_equal(ancestor->kinds, MEMORY_MARKED | MEMORY_GROUP);
	assert_string_equal(ancestor->id, "CH-1");
	assert_int_equal(ancestor->at, NOW);
	assert_ptr_equal(ancestor->author, lab_person(lab, "ruth@marlbrook.example"));
	assert_int_equal(ancestor->reader_count, 1);
	assert_ptr_equal(ancestor->readers[0], lab_person(lab, "amir@marlbrook.example"));
	assert_string_equal(ancestor->group, "Orchard");
	assert_false(ancestor->carries);
	assert_null(ancestor->where);
	assert_null(ancestor->via);
	assert_int_equal(lab_recall(lab, other, NULL, NOW + DAY).ancestor_count, 0);
}

/* A message is not its own ancestor, neither tried again nor in another envelope; passed on by somebody else it is. */
static void nothing_descends_from_itself(void **state)
{
	struct lab *lab = *state;
	struct trace *trace = lab_trace(lab, "<a@x>", 1, 50);
	lab_attach(lab, trace, 'f', "minutes.pdf (part 2)");
	lab_remember(lab, trace, "CH-1", NOW, MEMORY_MARKED);
	assert_int_equal(lab_recall(lab, trace, "ruth", NOW + 60).ancestor_count, 0);
	struct recall recall = lab_recall(lab, trace, "amir", NOW + 60);
	assert_int_equal(recall.ancestor_count, 1);
	assert_int_equal(recall.ancestors[0].how, DESCENT_FILE);
	assert_int_equal(recall.ancestors[0].hows, 1u << DESCENT_FILE | 1u << DESCENT_PASSAGES);
}

static void an_answer_to_an_answer_goes_back_through_it(void **state)
{
	struct lab *lab = *state;
	struct trace *second = lab_trace(lab, "<b@x>", 500, 20), *third = lab_trace(lab, "<c@x>", 900, 20), *fourth = lab_trace(lab, "<d@x>", 1300, 20);
	lab_remember(lab, lab_trace(lab, "<a@x>", 1, 50), "CH-1", NOW, MEMORY_MARKED);
	lab_refer(lab, second, "<a@x>");
	lab_remember(lab, second, "CH-2", NOW + HOUR, 0);
	lab_refer(lab, third, "<b@x>");
	lab_remember(lab, third, "CH-3", NOW + 2 * HOUR, 0);
	lab_refer(lab, fourth, "<c@x>");
	struct recall recall = lab_recall(lab, fourth, "amir", NOW + 3 * HOUR);
	assert_int_equal(recall.ancestor_count, 1);
	assert_string_equal(recall.ancestors[0].id, "CH-1");
	assert_int_equal(recall.ancestors[0].how, DESCENT_REFERENCES);
	assert_non_null(recall.ancestors[0].via);
	assert_string_equal(recall.ancestors[0].via->id, "CH-3");
	/* what is not the letter's own words leads nowhere */
	assert_int_equal(lab_recall(lab, lab_trace(lab, "<e@x>", 500, 20), "amir", NOW + 3 * HOUR).ancestor_count, 0);
}

static void threads_and_attached_letters_lead_back(void **state)
{
	struct lab *lab = *state;
	static const char *const enclosed[] = { "<a@x>" };
	struct trace *letter = lab_trace(lab, "<a@x>", 1, 50), *threaded = lab_trace(lab, "<b@x>", 500, 20), *carrier = lab_trace(lab, "<c@x>", 900, 20);
	letter->thread_index = "0011";
	threaded->thread_index = "0011";
	carrier->enclosed = enclosed;
	carrier->enclosed_count = 1;
	lab_remember(lab, letter, "CH-1", NOW, MEMORY_ADVICE);
	struct recall recall = lab_recall(lab, threaded, "amir", NOW + 60);
	assert_int_equal(recall.ancestor_count, 1);
	assert_int_equal(recall.ancestors[0].how, DESCENT_THREAD_INDEX);
	assert_false(recall.ancestors[0].carries);
	recall = lab_recall(lab, carrier, "amir", NOW + 60);
	assert_int_equal(recall.ancestor_count, 1);
	assert_int_equal(recall.ancestors[0].how, DESCENT_ENCLOSED);
	assert_true(recall.ancestors[0].carries);
}

static void the_same_file_is_known_under_another_name(void **state)
{
	struct lab *lab = *state;
	struct trace *letter = lab_trace(lab, "<a@x>", 1, 50), *carrier = lab_trace(lab, "<c@x>", 900, 20), *other = lab_trace(lab, "<d@x>", 900, 20);
	lab_attach(lab, letter, 'f', "minutes.pdf (part 2)");
	lab_attach(lab, carrier, 'f', "holiday.pdf (part 3)");
	lab_attach(lab, other, 'g', "minutes.pdf (part 2)");
	lab_remember(lab, letter, "CH-1", NOW, MEMORY_MARKED);
	struct recall recall = lab_recall(lab, carrier, "amir", NOW + 60);
	assert_int_equal(recall.ancestor_count, 1);
	assert_int_equal(recall.ancestors[0].how, DESCENT_FILE);
	assert_true(recall.ancestors[0].carries);
	assert_string_equal(recall.ancestors[0].where, "holiday.pdf (part 3)");
	assert_int_equal(lab_recall(lab, other, "amir", NOW + 60).ancestor_count, 0);
}

static void repeated_words_are_measured(void **state)
{
	struct lab *lab = *state;
	struct trace *copy = lab_trace(lab, "<b@x>", 500, 20);
	lab_remember(lab, lab_trace(lab, "<a@x>", 1, 50), "CH-1", NOW, MEMORY_MARKED);
	lab_append(lab, copy, lab_trace(lab, "<a@x>", 11, 20), "notes.docx (part 2)");
	struct recall recall = lab_recall(lab, copy, "amir", NOW + 60);
	assert_int_equal(recall.ancestor_count, 1);
	const struct ancestor *ancestor = &recall.ancestors[0];
	assert_int_equal(ancestor->how, DESCENT_PASSAGES);
	assert_int_equal(ancestor->matched, 20);
	for (size_t i = 0; i < ancestor->matched; i++)
		assert_true(ancestor->prints[i] < recall.trace->print_count && (i == 0 || ancestor->prints[i] != ancestor->prints[i - 1]));
	assert_int_equal(ancestor->of, 50);
	for (size_t i = 0; i < 20; i++)
		assert_true(ancestor->prints[i] >= 20 && ancestor->prints[i] < 40);
	assert_true(ancestor->share > 0.499 && ancestor->share < 0.501);
	assert_true(ancestor->carries);
	assert_string_equal(ancestor->where, "notes.docx (part 2)");
}

static void what_was_issued_is_no_secret(void **state)
{
	struct lab *lab = *state;
	struct trace *letter = lab_trace(lab, "<a@x>", 1, 50), *issued = lab_trace(lab, "<i@x>", 1, 30), *copy = lab_trace(lab, "<b@x>", 11, 20);
	lab_attach(lab, letter, 'f', "logo.png (part 2)");
	lab_attach(lab, issued, 'f', "logo.png (part 2)");
	lab_attach(lab, copy, 'f', "logo.png (part 2)");
	lab_remember(lab, letter, "CH-1", NOW, MEMORY_MARKED);
	assert_int_equal(lab_recall(lab, copy, "amir", NOW + 60).ancestor_count, 1);
	lab_remember(lab, issued, "CH-2", NOW + HOUR, MEMORY_ISSUED);
	assert_int_equal(lab_recall(lab, copy, "amir", NOW + 2 * HOUR).ancestor_count, 0);
	/* what else the letter says still is */
	struct trace *more = lab_trace(lab, "<c@x>", 21, 20);
	struct recall recall = lab_recall(lab, more, "amir", NOW + 2 * HOUR);
	assert_int_equal(recall.ancestor_count, 1);
	assert_string_equal(recall.ancestors[0].id, "CH-1");
	assert_int_equal(recall.ancestors[0].matched, 10);
	assert_true(recall.ancestors[0].share > 0.999);
	/* for its time */
	assert_int_equal(lab_recall(lab, copy, "amir", NOW + HOUR + lab->terms.issued + 1).ancestor_count, 1);
}

/* The same paragraph and letterhead below three letters of different matters and days. */
static void boilerplate_does_not_count(void **state)
{
	struct lab *lab = *state;
	static const char *const ids[] = { "<a@x>", "<b@x>", "<c@x>" }, *const references[] = { "CH-1", "CH-2", "CH-3" };
	struct trace *foot = lab_trace(lab, "<f@x>", 5000, 10);
	lab_attach(lab, foot, 'l', "crest.png (part 2)");
	for (uint64_t i = 0; i < 3; i++) {
		struct trace *letter = lab_trace(lab, ids[i], 100 + 100 * i, 50);
		lab_append(lab, letter, foot, "part 1");
		lab_attach(lab, letter, 'l', "crest.png (part 2)");
		assert_int_equal(lab_recall(lab, foot, "amir", NOW + (int64_t)i * DAY).ancestor_count, i);
		lab_remember(lab, letter, references[i], NOW + (int64_t)i * DAY, MEMORY_MARKED);
	}
	assert_int_equal(lab_recall(lab, foot, "amir", NOW + 3 * DAY).ancestor_count, 0);
	struct trace *copy = lab_trace(lab, "<g@x>", 210, 10);
	lab_append(lab, copy, foot, "part 1");
	struct recall recall = lab_recall(lab, copy, "amir", NOW + 3 * DAY);
	assert_int_equal(recall.ancestor_count, 1);
	assert_string_equal(recall.ancestors[0].id, "CH-2");
	assert_true(recall.ancestors[0].share > 0.999);
}

/* One letter to each of many, and a conversation that quotes itself for weeks, are no boilerplate. */
static void one_letter_many_times_is_no_boilerplate(void **state)
{
	struct lab *lab = *state;
	for (int i = 0; i < 40; i++) {
		const char *id = arena_printf(lab->arena, "<m%d@x>", i);
		struct trace *letter = lab_trace(lab, id, 1, 50);
		lab_remember(lab, letter, arena_printf(lab->arena, "CH-%d", 100 + i), NOW + i * DAY / 4, MEMORY_MARKED);
	}
	struct recall recall = lab_recall(lab, lab_trace(lab, "<z@x>", 1, 40), "amir", NOW + 20 * DAY);
	assert_int_equal(recall.ancestor_count, RECALL_ANCESTORS_MOST);
	assert_true(recall.ancestors_cut);
	assert_int_equal(recall.ancestors[0].matched, 40);
}

static void a_long_thread_does_not_hide_what_was_confidential(void **state)
{
	struct lab *lab = *state;
	struct trace *secret = lab_trace(lab, "<secret@x>", 5000, 20), *copy = lab_trace(lab, "<copy@x>", 5000, 20);
	lab_remember(lab, secret, "CH-SECRET", NOW, MEMORY_MARKED);
	const char **references = arena_array(lab->arena, RECALL_ANCESTORS_MOST + 4, sizeof *references);
	for (size_t i = 0; i < RECALL_ANCESTORS_MOST + 4; i++) {
		references[i] = arena_printf(lab->arena, "<letter%zu@x>", i);
		lab_remember(lab, lab_trace(lab, references[i], 10000 + 100 * i, 10), arena_printf(lab->arena, "CH-L%zu", i), NOW + 60 + (int64_t)i,
			     MEMORY_LETTER);
	}
	copy->references = references;
	copy->reference_count = RECALL_ANCESTORS_MOST + 4;
	struct recall recall = lab_recall(lab, copy, "amir", NOW + HOUR);
	assert_true(recall.ancestors_cut);
	assert_int_equal(recall.ancestor_count, RECALL_ANCESTORS_MOST);
	/* the surest first all the same: words come behind threads */
	assert_string_equal(recall.ancestors[RECALL_ANCESTORS_MOST - 1].id, "CH-SECRET");
}

static void the_senders_own_reissue_clears(void **state)
{
	struct lab *lab = *state;
	struct trace *letter = lab_trace(lab, "<a@x>", 1, 50), *again = lab_trace(lab, "<b@x>", 1, 48);
	lab_remember(lab, letter, "CH-1", NOW, MEMORY_MARKED);
	const struct remembrance remembrance = { .trace = again, .id = "CH-2", .at = NOW + DAY, .principal = "ruth", .clears = "CH-1" };
	assert_true(memory_remember(lab->memory, &remembrance, NULL));
	assert_int_equal(lab_recall(lab, lab_trace(lab, "<c@x>", 1, 40), "amir", NOW + DAY - 1).ancestor_count, 1);
	assert_int_equal(lab_recall(lab, lab_trace(lab, "<c@x>", 1, 40), "amir", NOW + DAY).ancestor_count, 0);
}

static void remembered_twice_is_once(void **state)
{
	struct lab *lab = *state;
	struct memory_figures figures;
	struct trace *letter = lab_trace(lab, "<a@x>", 1, 50);
	lab_attach(lab, letter, 'f', "minutes.pdf (part 2)");
	for (int i = 0; i < 3; i++)
		lab_remember(lab, letter, "CH-1", NOW, MEMORY_MARKED);
	assert_true(memory_figures(lab->memory, &figures, NULL));
	assert_int_equal(figures.messages, 1);
	assert_int_equal(figures.prints, 50);
	assert_int_equal(figures.files, 1);
	assert_int_equal(figures.oldest, NOW);
}

/* Two envelopes, two judgements, one letter with the readers of both. */
static void envelopes_of_one_letter_are_one_entry(void **state)
{
	struct lab *lab = *state;
	struct trace *letter = lab_trace(lab, "<a@x>", 1, 50), *reply = lab_trace(lab, "<b@x>", 500, 20);
	const struct person *carys[] = { lab_person(lab, "carys@marlbrook.example") };
	struct remembrance second = {
		.trace = letter, .id = "CH-2", .at = NOW + 5, .principal = "ruth", .kinds = MEMORY_MARKED, .readers = carys, .reader_count = 1,
	};
	bool found = false;
	lab_remember(lab, letter, "CH-1", NOW, 0);
	lab_remember(lab, letter, "CH-1", NOW, MEMORY_MARKED);
	assert_true(memory_remember(lab->memory, &second, NULL));
	lab_refer(lab, reply, "<a@x>");
	struct recall recall = lab_recall(lab, reply, "amir", NOW + HOUR);
	assert_int_equal(recall.ancestor_count, 1);
	assert_int_equal(recall.ancestors[0].reader_count, 2);
	assert_true(memory_declassify(lab->memory, "CH-2", NOW, &found, NULL));
	assert_true(found);
	assert_int_equal(lab_recall(lab, reply, "amir", NOW + HOUR).ancestor_count, 0);
}

/* An envelope that was worth nothing came before the one that is confidential. */
static void the_worthier_envelope_counts(void **state)
{
	struct lab *lab = *state;
	struct trace *letter = lab_trace(lab, "<a@x>", 1, 50);
	lab_remember(lab, letter, "CH-1", NOW, MEMORY_ISSUED);
	lab_remember(lab, letter, "CH-2", NOW + 5, MEMORY_MARKED);
	struct trace *reply = lab_trace(lab, "<b@x>", 500, 20);
	lab_refer(lab, reply, "<a@x>");
	assert_int_equal(lab_recall(lab, reply, "amir", NOW + HOUR).ancestor_count, 1);
}

static void everything_ends(void **state)
{
	struct lab *lab = *state;
	struct memory_figures figures;
	bool more = true;
	struct trace *reply = lab_trace(lab, "<z@x>", 7000, 20);
	for (int i = 0; i < 10; i++) {
		struct trace *letter = lab_trace(lab, arena_printf(lab->arena, "<m%d@x>", i), 100 * (uint64_t)(i + 1), 50);
		lab_remember(lab, letter, arena_printf(lab->arena, "CH-%d", 10 + i), NOW + i, i == 9 ? MEMORY_ISSUED : MEMORY_LETTER);
		lab_pass(lab, letter, "ruth", arena_printf(lab->arena, "CH-%d", 10 + i), NOW + i, "amir@marlbrook.example", true);
	}
	assert_true(memory_figures(lab->memory, &figures, NULL));
	assert_int_equal(figures.messages, 10);
	assert_int_equal(figures.envelopes, 10);
	lab_refer(lab, reply, "<m0@x>");
	assert_int_equal(lab_recall(lab, reply, "amir", NOW + lab->terms.correspondence - 1).ancestor_count, 1);
	assert_int_equal(lab_recall(lab, reply, "amir", NOW + lab->terms.correspondence).ancestor_count, 0);
	assert_true(memory_expire(lab->memory, NOW + lab->terms.reunion + 4, 1000, &more, NULL));
	assert_false(more);
	assert_true(memory_figures(lab->memory, &figures, NULL));
	assert_int_equal(figures.envelopes, 5);
	int steps = 0;
	for (more = true; more; steps++) {
		struct memory_figures before = figures;
		assert_true(memory_expire(lab->memory, NOW + lab->terms.correspondence + 100, 3, &more, NULL));
		assert_true(memory_figures(lab->memory, &figures, NULL));
		assert_true(before.messages - figures.messages <= 3);
		assert_true(steps < 30);
	}
	assert_true(steps > 3);
	assert_int_equal(figures.messages + figures.prints + figures.envelopes, 0);
	assert_int_equal(figures.oldest, 0);
}

static void keys_change_and_old_entries_are_found(void **state)
{
	struct lab *lab = *state;
	bool more;
	struct trace *first = lab_trace(lab, "<a@x>", 1, 50), *copy = lab_trace(lab, "<c@x>", 11, 20), *reply = lab_trace(lab, "<r@x>", 900, 5);
	lab_attach(lab, first, 'f', "minutes.pdf (part 2)");
	lab_attach(lab, copy, 'f', "minutes.pdf (part 2)");
	lab_remember(lab, first, "CH-1", NOW, MEMORY_MARKED);
	lab_remember(lab, lab_trace(lab, "<b@x>", 500, 50), "CH-2", NOW + lab->terms.key + DAY, MEMORY_MARKED);
	struct recall recall = lab_recall(lab, copy, "amir", NOW + lab->terms.key + 2 * DAY);
	assert_int_equal(recall.ancestor_count, 1);
	assert_string_equal(recall.ancestors[0].id, "CH-1");
	assert_int_equal(recall.ancestors[0].matched, 20);
	assert_ptr_equal(recall.ancestors[0].author, lab_person(lab, "ruth@marlbrook.example"));
	/* an envelope of it under the new key is the same letter */
	lab_remember(lab, first, "CH-3", NOW + lab->terms.key + 2 * DAY, MEMORY_MARKED);
	struct memory_figures figures;
	assert_true(memory_figures(lab->memory, &figures, NULL));
	assert_int_equal(figures.messages, 2);
	lab_refer(lab, reply, "<b@x>");
	assert_true(memory_expire(lab->memory, NOW + lab->terms.correspondence + DAY, 100000, &more, NULL));
	assert_int_equal(lab_recall(lab, reply, "amir", NOW + lab->terms.key + 3 * DAY).ancestor_count, 1);
}

/* Copies on both sides of a change of keys meet. */
static void copies_meet_across_keys(void **state)
{
	struct lab *lab = *state;
	struct trace *trace = lab_trace(lab, "<a@x>", 1, 50);
	lab_pass(lab, lab_trace(lab, "<z@x>", 1, 5), "ruth", "CH-0", NOW - lab->terms.key + 30, "amir@marlbrook.example", true);
	lab_pass(lab, trace, "ruth", "CH-1", NOW, "amir@marlbrook.example", true);
	lab_pass(lab, trace, "ruth", "CH-2", NOW + 60, "carys@marlbrook.example", true);
	lab_pass(lab, trace, "ruth", "CH-3", NOW + 90, "carys@marlbrook.example", true);
	assert_int_equal(lab_recall(lab, trace, "ruth", NOW + 120).sibling_count, 2);
}

#define OVER(set_up) \
	cmocka_unit_test_setup_teardown(nothing_is_known_at_first, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(copies_of_one_message_meet, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(strangers_are_not_joined, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(a_retry_is_no_second_copy, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(the_same_copy_is_known_anew, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(who_is_listed_nowhere_is_known_by_a_mark, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(who_was_told_is_known, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(taken_back_was_not_sent, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(a_reply_goes_back_to_the_letter, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(nothing_descends_from_itself, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(an_answer_to_an_answer_goes_back_through_it, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(threads_and_attached_letters_lead_back, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(the_same_file_is_known_under_another_name, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(repeated_words_are_measured, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(what_was_issued_is_no_secret, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(boilerplate_does_not_count, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(one_letter_many_times_is_no_boilerplate, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(a_long_thread_does_not_hide_what_was_confidential, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(the_senders_own_reissue_clears, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(remembered_twice_is_once, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(envelopes_of_one_letter_are_one_entry, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(the_worthier_envelope_counts, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(everything_ends, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(keys_change_and_old_entries_are_found, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(copies_meet_across_keys, set_up, lab_tear_down)

int main(void)
{
	const struct CMUnitTest in_the_process[] = { OVER(lab_set_up_volatile) };
	const struct CMUnitTest on_disk[] = { OVER(lab_set_up_store) };
	int failed = cmocka_run_group_tests(in_the_process, NULL, NULL);
	return failed + cmocka_run_group_tests(on_disk, NULL, NULL);
}
