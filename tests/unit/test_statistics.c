/* test_statistics.c - counts over a period against a slow recount of what the test itself did; the same from the journal alone,
 * and the same after a purge.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_case.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "store/decision.h"
#include "store/statistics.h"

#define HOUR ((int64_t)3600)
#define DAY (24 * HOUR)
#define SUMMER_BEGINS ((int64_t)1774746000) /* 2026-03-29T01:00:00Z */
#define SUMMER_ENDS ((int64_t)1792890000)   /* 2026-10-25T01:00:00Z */
#define MESSAGES 160
#define COPIES 3

/* --- what the test does, and remembers --- */

static const struct finding_record kinds[] = {
	{ "silent-copy", "Correspondence, paragraph 1", "footer", "enforce", "Amir Khan could not be seen.", "[]" },
	{ "confidential", "Correspondence, paragraph 3", "hold", "enforce", "It is marked.", "[]" },
	{ "confidential", "Correspondence, paragraph 3, as amended", "hold", "enforce", "It is marked.", "[]" },
	{ "obligation", "Correspondence, paragraph 2", "hold", "enforce", "It binds.", "[]" },
	{ "obligation", "Correspondence, paragraph 2", "hold", "observe", "It binds.", "[]" },
	{ "unreadable", "Operation", "report", "enforce", "It is dark.", NULL },
};
#define KINDS (sizeof kinds / sizeof kinds[0])

struct deed_done {
	char id[24];
	int64_t at;
	bool kinds[KINDS], void_now;
	enum outcome outcomes[COPIES];
	const char *states[COPIES];
	int64_t changed[COPIES];
	bool exempt;
	int64_t decided_at; /* by a decision that was carried out, or 0 */
	const char *wrong; /* the rule a reviewer called wrong */
};

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void record_it(struct fixture *fixture, struct deed_done *done, int number)
{
	static const char *const addresses[COPIES] = { "amir.khan@marlbrook.example", "o'neill@elsewhere.example", "sian@elsewhere.example" };
	static const struct exception exempt = { "silent-copy", "hidden recipient is exempt", "auditor" };
	struct envelope envelope = { .from = "ruth@marlbrook.example", .recipients = addresses, .recipient_count = COPIES, .at = done->at };
	struct finding_record findings[KINDS];
	size_t count = 0;
	const char *id = NULL, *outcome = "deliver";
	bool duplicate = true;
	for (size_t i = 0; i < KINDS; i++)
		if (done->kinds[i])
			findings[count++] = kinds[i];
	for (int i = 0; i < COPIES; i++)
		if (done->outcomes[i] >= OUTCOME_HOLD && strcmp(outcome, "return") != 0)
			outcome = outcome_name(done->outcomes[i]);
	struct record record = {
		.id = done->id, .content_key = arena_printf(fixture->arena, "key-%d", number), .at = done->at, .envelope = &envelope,
		.sender_name = "Ruth Ames", .direction = "outgoing", .outcome = outcome, .raw = BYTES("From: x\r\n\r\nbody\r\n"),
		.recipient_outcomes = done->outcomes, .findings = findings, .finding_count = count, .exceptions = &exempt,
		.exception_count = done->exempt, .policy_digest = "p", .directory_digest = "d",
	};
	if (!store_record(fixture->store, fixture->arena, &record, 30, &duplicate, &id, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
	assert_false(duplicate);
	assert_string_equal(id, done->id);
}

static void move(struct fixture *fixture, struct deed_done *done, int copy, enum hold_state from, enum hold_state to, int64_t at)
{
	static const char *const addresses[COPIES] = { "amir.khan@marlbrook.example", "o'neill@elsewhere.example", "sian@elsewhere.example" };
	struct deed deed = { "clerk@marlbrook.example", "Mr Lowe agreed", at };
	bool moved = false;
	assert_true(store_move(fixture->store, done->id, addresses[copy], from, to, &deed, "250 2.0.0 Ok for o'neill", &moved, &fixture->err));
	assert_true(moved);
	done->states[copy] = hold_state_name(to);
	done->changed[copy] = at;
}

/* A decision that is confirmed, taken back, put off, fails or is done. What it does to the copies is done by the caller. */
static void decide_formally(struct fixture *fixture, struct deed_done *done, int64_t at, unsigned *seed)
{
	static const char *const all[COPIES] = { "amir.khan@marlbrook.example", "o'neill@elsewhere.example", "sian@elsewhere.example" };
	const char *recipients[COPIES];
	const struct decision *made = NULL, *earlier = NULL;
	struct decision wish = { .id = done->id, .deed = next_random(seed) % 4 ? DEED_RELEASE : DEED_PASS, .recipients = recipients,
				 .by = "clerk@marlbrook.example", .reason = "agreed", .at = at, .due_at = at + 300, .state = DECISION_WAITING };
	struct deed second = { "mo@principal.example", "seen", at + 1000 };
	bool moved = false;
	for (int i = 0; i < COPIES; i++)
		if (done->outcomes[i] == OUTCOME_HOLD)
			recipients[wish.recipient_count++] = all[i];
	if (wish.deed == DEED_PASS)
		wish.state = DECISION_DONE;
	else if (next_random(seed) % 3 == 0)
		wish.state = DECISION_CONFIRMING;
	assert_true(store_decision_make(fixture->store, fixture->arena, &wish, NULL, 0, &moved, &made, &earlier, &fixture->err));
	assert_true(moved);
	if (wish.state == DECISION_DONE)
		return;
	if (wish.state == DECISION_CONFIRMING)
		assert_true(store_decision_confirm(fixture->store, made->number, &second, at + 1300, &moved, &fixture->err) && moved);
	unsigned end = next_random(seed) % 6;
	if (end == 0) {
		assert_true(store_decision_undo(fixture->store, made->number, &second, &moved, &fixture->err) && moved);
		return;
	}
	assert_true(store_decision_claim(fixture->store, fixture->arena, made->number, at + 1400, 600, &moved, &made, &fixture->err) && moved);
	struct decision_end ending = { .to = end == 1 ? DECISION_FAILED : end == 2 ? DECISION_WAITING : DECISION_DONE, .text = "as it went",
				       .due_at = end == 2 ? at + 2000 : 0, .at = at + 1402 };
	assert_true(store_decision_finish(fixture->store, made, &ending, &moved, &fixture->err) && moved);
	if (end > 2)
		done->decided_at = wish.state == DECISION_CONFIRMING ? at + 1000 : at;
}

static void decide(struct fixture *fixture, struct deed_done *done, unsigned *seed)
{
	int64_t at = done->at + next_random(seed) % (5 * DAY);
	if (done->outcomes[0] == OUTCOME_HOLD && next_random(seed) % 2)
		decide_formally(fixture, done, at, seed);
	for (int i = 0; i < COPIES; i++) {
		if (done->outcomes[i] != OUTCOME_HOLD)
			continue;
		unsigned chance = next_random(seed) % 6;
		if (chance == 0)
			continue;
		move(fixture, done, i, HOLD_HELD, HOLD_RELEASING, at);
		if (chance == 1)
			continue;
		move(fixture, done, i, HOLD_RELEASING, chance == 2 ? HOLD_HELD : chance == 3 ? HOLD_IN_DOUBT : HOLD_RELEASED, at + 61);
		at += next_random(seed) % HOUR;
	}
}

static void give_back(struct fixture *fixture, struct deed_done *done, int64_t at)
{
	struct notice notice = { .kind = NOTICE_RETURNED, .to = "ruth@marlbrook.example", .message = BYTES("Subject: x\r\n\r\nx\r\n") };
	struct deed deed = { "clerk@marlbrook.example", "not like this", at };
	size_t moved = 0;
	assert_true(store_return(fixture->store, done->id, &deed, &notice, &moved, &fixture->err));
	for (int i = 0; i < COPIES; i++) {
		if (done->states[i] == NULL || (strcmp(done->states[i], "held") != 0 && strcmp(done->states[i], "in-doubt") != 0))
			continue;
		done->states[i] = "returned";
		done->changed[i] = at;
	}
}

/* Calls a finding wrong, or takes it back, or right. */
static void judge(struct fixture *fixture, struct deed_done *done, unsigned *seed)
{
	struct deed deed = { "clerk@marlbrook.example", "Amir Khan was named in the text", done->at + 9 };
	size_t kind = next_random(seed) % KINDS;
	unsigned then = next_random(seed) % 3;
	if (!done->kinds[kind])
		return;
	assert_true(store_mark(fixture->store, done->id, kinds[kind].rule, JUDGED_WRONG, &deed, &fixture->err));
	done->wrong = kinds[kind].rule;
	if (then == 0)
		return;
	assert_true(store_mark(fixture->store, done->id, kinds[kind].rule, then == 1 ? JUDGED_NONE : JUDGED_RIGHT, &deed, &fixture->err));
	done->wrong = NULL;
}

/* A message of a random kind and fate. */
static void do_one(struct fixture *fixture, struct deed_done *done, int number, int64_t begin, unsigned *seed)
{
	*done = (struct deed_done){ .at = begin + next_random(seed) % (70 * DAY) };
	snprintf(done->id, sizeof done->id, "CH-%04d", number);
	for (size_t i = 0; i < KINDS; i++)
		done->kinds[i] = next_random(seed) % 3 == 0;
	done->kinds[1] = done->kinds[1] && !done->kinds[2]; /* one rule has one clause at a time */
	done->kinds[3] = done->kinds[3] && !done->kinds[4];
	done->exempt = next_random(seed) % 4 == 0;
	unsigned kept = next_random(seed) % 4;
	for (int i = 0; i < COPIES; i++) {
		done->outcomes[i] = kept == 0 ? OUTCOME_DELIVER : kept == 1 ? OUTCOME_RETURN : next_random(seed) % 3 ? OUTCOME_HOLD : OUTCOME_ANNOTATE;
		done->states[i] = done->outcomes[i] == OUTCOME_HOLD ? "held" : done->outcomes[i] == OUTCOME_RETURN ? "returned" : NULL;
	}
	record_it(fixture, done, number);
	unsigned fate = next_random(seed) % 8;
	if (fate == 0 || fate == 1) {
		assert_true(store_void(fixture->store, done->id, done->at + 2, &fixture->err));
		done->void_now = fate == 0;
		done->at += fate * 600;
		if (fate == 1)
			record_it(fixture, done, number);
	}
	if (fate >= 3)
		decide(fixture, done, seed);
	if (fate % 2 == 0)
		judge(fixture, done, seed);
	if (fate >= 6)
		give_back(fixture, done, done->at + 6 * DAY + 29);
}

/* --- the slow recount --- */

static int64_t london(int64_t at)
{
	return at + (at >= SUMMER_BEGINS && at < SUMMER_ENDS ? HOUR : 0);
}

/* 1970-01-05 was a Monday. */
static int64_t week_number(int64_t at)
{
	return (london(at) - 4 * DAY) / (7 * DAY);
}

static int quarter_number(int64_t at)
{
	time_t local = (time_t)london(at);
	struct tm parts;
	gmtime_r(&local, &parts);
	return (parts.tm_year + 1900) * 10 + parts.tm_mon / 3 + 1;
}

/* Does the finding of this kind hold the message, given what else was found? */
static bool holds(const struct deed_done *done, size_t kind)
{
	bool holding = done->kinds[1] || done->kinds[2] || done->kinds[3];
	bool enforced = holding || done->kinds[0] || done->kinds[5];
	if (holding)
		return kind >= 1 && kind <= 3;
	return enforced ? kind != 4 : true;
}

static bool is_held(const struct deed_done *done)
{
	for (int i = 0; i < COPIES; i++)
		if (done->outcomes[i] == OUTCOME_HOLD)
			return true;
	return false;
}

/* 'w'aiting, 'r'eleased, 'b'ack to the sender; and how long it took. */
static char fate_of(const struct deed_done *done, int64_t *took)
{
	char fate = 'b';
	int64_t last = 0;
	for (int i = 0; i < COPIES; i++) {
		if (done->outcomes[i] != OUTCOME_HOLD)
			continue;
		if (strcmp(done->states[i], "released") != 0 && strcmp(done->states[i], "returned") != 0)
			return 'w';
		if (strcmp(done->states[i], "released") == 0)
			fate = 'r';
		if (done->changed[i] > last)
			last = done->changed[i];
	}
	*took = (done->decided_at != 0 ? done->decided_at : last) - done->at;
	return fate;
}

static bool is_in_doubt(const struct deed_done *done)
{
	for (int i = 0; i < COPIES; i++)
		if (done->outcomes[i] == OUTCOME_HOLD && strcmp(done->states[i], "in-doubt") == 0)
			return true;
	return false;
}

typedef bool (*wanted)(const struct deed_done *done, const char *rule, const char *clause);

static bool held_at_all(const struct deed_done *done, const char *rule, const char *clause)
{
	return is_held(done);
}

static bool held_by(const struct deed_done *done, const char *rule, const char *clause)
{
	for (size_t i = 0; is_held(done) && i < KINDS; i++)
		if (done->kinds[i] && holds(done, i) && strcmp(kinds[i].rule, rule) == 0 &&
		    (*clause == '\0' || strcmp(kinds[i].clause, clause) == 0))
			return true;
	return false;
}

/* The middle of the times by counting how many are smaller, for each. */
static int64_t median_of(const int64_t *times, size_t count)
{
	int64_t low = 0, high = 0;
	for (size_t i = 0; i < count; i++) {
		size_t before = 0;
		for (size_t k = 0; k < count; k++)
			before += times[k] < times[i] || (times[k] == times[i] && k < i);
		if (before == (count - 1) / 2)
			low = times[i];
		if (before == count / 2)
			high = times[i];
	}
	return count == 0 ? STATISTICS_NONE : ((low + high) / 2 + 30) / 60;
}

static struct fates recount(const struct deed_done *all, int64_t from, int64_t to, wanted want, const char *rule, const char *clause)
{
	struct fates fates = { 0 };
	int64_t times[MESSAGES];
	size_t count = 0;
	for (int i = 0; i < MESSAGES; i++) {
		int64_t took = 0;
		if (all[i].void_now || all[i].at < from || all[i].at >= to || !want(&all[i], rule, clause))
			continue;
		char fate = fate_of(&all[i], &took);
		fates.held++;
		fates.waiting += fate == 'w';
		fates.released += fate == 'r';
		fates.returned += fate == 'b';
		fates.in_doubt += is_in_doubt(&all[i]);
		if (fate != 'w')
			times[count++] = took;
	}
	fates.median_minutes = median_of(times, count);
	return fates;
}

static void same_fates(struct fates counted, struct fates expected)
{
	assert_int_equal(counted.held, expected.held);
	assert_int_equal(counted.released, expected.released);
	assert_int_equal(counted.returned, expected.returned);
	assert_int_equal(counted.waiting, expected.waiting);
	assert_int_equal(counted.in_doubt, expected.in_doubt);
	assert_int_equal(counted.median_minutes, expected.median_minutes);
	assert_int_equal(counted.held, counted.released + counted.returned + counted.waiting);
}

static void check_rules(const struct statistics *counted, const struct deed_done *all, bool marks)
{
	int64_t findings = 0, wrong_in_all = 0;
	for (size_t i = 0; i < counted->rule_count; i++) {
		const struct statistics_rule *rule = &counted->rules[i];
		int64_t here = 0, weekly = 0, weekly_held = 0, wrong = 0;
		for (int m = 0; m < MESSAGES; m++)
			for (size_t k = 0; k < KINDS; k++)
				wrong += !all[m].void_now && all[m].at >= counted->from && all[m].at < counted->to && all[m].kinds[k] &&
					 all[m].wrong != NULL && strcmp(all[m].wrong, kinds[k].rule) == 0 && strcmp(kinds[k].rule, rule->rule) == 0 && strcmp(kinds[k].clause, rule->clause) == 0;
		assert_int_equal(rule->wrong, marks ? wrong : STATISTICS_NONE);
		wrong_in_all += wrong;
		for (int m = 0; m < MESSAGES; m++)
			for (size_t k = 0; k < KINDS; k++)
				here += !all[m].void_now && all[m].at >= counted->from && all[m].at < counted->to && all[m].kinds[k] &&
					strcmp(kinds[k].rule, rule->rule) == 0 &&
					(*rule->clause == '\0' || strcmp(kinds[k].clause, rule->clause) == 0);
		assert_int_equal(rule->findings, here);
		same_fates(rule->fates, recount(all, counted->from, counted->to, held_by, rule->rule, rule->clause));
		for (size_t w = 0; w < counted->week_count; w++) {
			weekly += rule->weekly_findings[w];
			weekly_held += rule->weekly_held[w];
		}
		assert_int_equal(weekly, rule->findings);
		assert_int_equal(weekly_held, rule->fates.held);
		findings += here;
		if (i > 0)
			assert_true(strcmp(counted->rules[i - 1].rule, rule->rule) <= 0);
	}
	assert_int_equal(findings, counted->findings);
	assert_int_equal(counted->wrong, marks ? wrong_in_all : STATISTICS_NONE);
}

static void check_weeks(const struct statistics *counted, const struct deed_done *all)
{
	int64_t held = 0, findings = 0;
	for (size_t w = 0; w < counted->week_count; w++) {
		int64_t number = week_number(counted->weeks[w].start), here = 0, found = 0;
		assert_int_equal((london(counted->weeks[w].start) - 4 * DAY) % (7 * DAY), 0);
		for (int i = 0; i < MESSAGES; i++) {
			if (all[i].void_now || all[i].at < counted->from || all[i].at >= counted->to || week_number(all[i].at) != number)
				continue;
			here += is_held(&all[i]);
			for (size_t k = 0; k < KINDS; k++)
				found += all[i].kinds[k];
		}
		assert_int_equal(counted->weeks[w].held, here);
		assert_int_equal(counted->weeks[w].findings, found);
		held += here;
		findings += found;
	}
	assert_int_equal(held, counted->fates.held);
	assert_int_equal(findings, counted->findings);
}

static void check_exceptions(const struct statistics *counted, const struct deed_done *all)
{
	int64_t sum = 0, expected = 0;
	for (size_t i = 0; i < counted->exception_count; i++) {
		const struct statistics_exception *exception = &counted->exceptions[i];
		int64_t here = 0;
		for (int m = 0; m < MESSAGES; m++)
			here += !all[m].void_now && all[m].at >= counted->from && all[m].at < counted->to && all[m].exempt &&
				quarter_number(all[m].at) == exception->year * 10 + exception->quarter;
		assert_int_equal(exception->count, here);
		assert_string_equal(exception->rule, "silent-copy");
		assert_string_equal(exception->sentence, "hidden recipient is exempt");
		sum += exception->count;
	}
	for (int m = 0; m < MESSAGES; m++)
		expected += !all[m].void_now && all[m].at >= counted->from && all[m].at < counted->to && all[m].exempt;
	assert_int_equal(sum, expected);
}

static void check_store(struct fixture *fixture, const struct deed_done *all, int64_t from, int64_t to)
{
	struct statistics counted, replayed;
	if (!store_statistics(fixture->store, fixture->arena, from, to, &counted, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
	same_fates(counted.fates, recount(all, from, to, held_at_all, NULL, NULL));
	check_rules(&counted, all, true);
	check_weeks(&counted, all);
	check_exceptions(&counted, all);
	int64_t decided = counted.fates.released + counted.fates.returned;
	if (decided == 0)
		assert_int_equal(counted.share_released, STATISTICS_NONE);
	else
		assert_true(llabs(counted.share_released * decided - 1000 * counted.fates.released) <= decided / 2 + 1);
	assert_true(store_statistics_replay(fixture->store, fixture->arena, from, to, counted.journal.number, &replayed, &fixture->err));
	same_fates(replayed.fates, counted.fates);
	check_rules(&replayed, all, false);
	check_weeks(&replayed, all);
}

/* --- tests --- */

static void purge(struct fixture *fixture, const struct deed_done *all, unsigned *seed)
{
	static const char *const tables[] = { "recipient", "finding", "exemption" };
	sqlite3 *raw = NULL;
	assert_int_equal(sqlite3_open(arena_printf(fixture->arena, "%s/store.db", fixture->directory), &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, "PRAGMA foreign_keys = ON", NULL, NULL, NULL), SQLITE_OK);
	for (int i = 0; i < MESSAGES; i++) {
		if (next_random(seed) % 2)
			continue;
		bool whole = next_random(seed) % 2;
		for (size_t t = 0; t < 3; t++)
			if (whole || next_random(seed) % 2)
				assert_int_equal(sqlite3_exec(raw, arena_printf(fixture->arena, "DELETE FROM %s WHERE message = '%s'", tables[t],
										all[i].id), NULL, NULL, NULL), SQLITE_OK);
		if (whole)
			assert_int_equal(sqlite3_exec(raw, arena_printf(fixture->arena, "DELETE FROM raw WHERE message = '%s';"
									"DELETE FROM message WHERE id = '%s'", all[i].id, all[i].id),
						      NULL, NULL, NULL), SQLITE_OK);
	}
	sqlite3_close(raw);
}

static void counts_are_those_of_a_recount(void **state)
{
	struct fixture *fixture = *state;
	static struct deed_done all[MESSAGES];
	unsigned seed = 20260329;
	int64_t begin = SUMMER_BEGINS - 35 * DAY;
	for (int i = 0; i < MESSAGES; i++)
		do_one(fixture, &all[i], i, begin, &seed);
	const int64_t periods[][2] = {
		{ begin, begin + 80 * DAY }, { begin + 3 * DAY + 7777, SUMMER_BEGINS + 1 }, { SUMMER_BEGINS - HOUR, SUMMER_BEGINS + 9 * DAY },
		{ 0, begin }, { begin + 90 * DAY, begin + 91 * DAY }, { begin + 5 * DAY, begin + 5 * DAY },
		{ SUMMER_BEGINS - DAY, SUMMER_BEGINS + 30 * DAY },
	};
	for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
		int64_t from = periods[i][0] == 0 ? begin - 100 * DAY : periods[i][0];
		check_store(fixture, all, from, periods[i][1]);
	}
	purge(fixture, all, &seed);
	for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++)
		check_store(fixture, all, periods[i][0] == 0 ? begin - 100 * DAY : periods[i][0], periods[i][1]);
}

/* What is deleted, and then comes again under the same id, is one message. */
static void what_comes_again_after_a_purge_counts_once(void **state)
{
	struct fixture *fixture = *state;
	struct deed_done done = { .at = SUMMER_BEGINS, .kinds = { false, true }, .outcomes = { OUTCOME_HOLD, OUTCOME_HOLD, OUTCOME_DELIVER },
				  .id = "CH-AGAIN" };
	struct statistics counted;
	record_it(fixture, &done, 1);
	sqlite3 *raw = NULL;
	assert_int_equal(sqlite3_open(arena_printf(fixture->arena, "%s/store.db", fixture->directory), &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, "DELETE FROM finding; DELETE FROM recipient; DELETE FROM raw; DELETE FROM message", NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(raw);
	assert_true(store_statistics(fixture->store, fixture->arena, SUMMER_BEGINS, SUMMER_BEGINS + 1, &counted, &fixture->err));
	assert_int_equal(counted.fates.held, 1);
	assert_int_equal(counted.findings, 1);
	record_it(fixture, &done, 1);
	assert_true(store_statistics(fixture->store, fixture->arena, SUMMER_BEGINS, SUMMER_BEGINS + 1, &counted, &fixture->err));
	assert_int_equal(counted.fates.held, 1);
	assert_int_equal(counted.findings, 1);
	assert_int_equal(counted.rules[0].fates.waiting, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(counts_are_those_of_a_recount, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(what_comes_again_after_a_purge_counts_once, store_case_set_up, store_case_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
