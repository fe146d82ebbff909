/* diff.c - `copyhold diff OLD NEW`: which of the last days' decisions a change of the configuration would alter.
 *
 * Both configurations go through what each message was answered then; no content is needed. Rules that decide alike in both are not looked
 * at. What a changed rule asks and nobody asked then is said to be unknown, never guessed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/books.h"
#include "cli/command.h"
#include "policy/condition.h"

#define PAGE ((size_t)200)
#define USUAL_DAYS 30
#define NAMED_MOST ((size_t)5)

struct diff_options {
	bool list;
	const char *days, *at, *state;
};

static const struct option_row diff_rows[] = {
	{ "days", OPTION_VALUE, offsetof(struct diff_options, days), "N", "the decisions of the last N days; default: 30" },
	{ "list", OPTION_FLAG, offsetof(struct diff_options, list), NULL, "name every entry concerned, not only the first five" },
	{ "at", OPTION_VALUE, offsetof(struct diff_options, at), "TIME", "RFC 3339 time until which --days counts; default: now" },
	{ "state", OPTION_VALUE, offsetof(struct diff_options, state), "DIR", "a folder written by check --state" },
};

enum effect { NEWLY, NO_MORE, OTHERWISE, NOT_KNOWN, EFFECT_COUNT };
static const char *const effect_words[EFFECT_COUNT] = { "would fire newly", "would fire no more", "would fire with other deeds, or for others", "cannot be known" };

/* Messages with one effect. */
struct tally_of {
	int64_t messages, plain; /* of them, without an entry */
	const char **ids;
	size_t id_count, entries;
};
struct rule_change {
	const char *id;
	const struct rule *rules[BOOK_POLICIES]; /* NULL: not there, or off */
	bool unkept; /* nothing is kept of its findings */
	struct tally_of effects[EFFECT_COUNT];
	const char **doubts; /* what was not asked, and why */
	size_t doubt_count;
};
struct outcome_change {
	enum outcome from, to;
	struct tally_of messages;
};

struct diffing {
	struct arena *arena;        /* of all */
	struct arena *page;         /* of one page */
	const struct snapshot *snapshots[BOOK_POLICIES];
	struct books books;
	bool list;
	struct rule_change *changes;
	size_t change_count;
	struct outcome_change *outcomes;
	size_t outcome_count;
	struct tally_of outcome_not_known;
	int64_t messages, plain, too_little;
};

/* ---- which rules changed ------------------------------------------------------------------------------------ */

static const struct rule *find_rule(const struct policy *policy, const char *id)
{
	for (size_t i = 0; i < policy_count(policy); i++)
		if (policy_at(policy, i)->mode != MODE_OFF && strcmp(policy_at(policy, i)->id, id) == 0)
			return policy_at(policy, i);
	return NULL;
}

static bool decide_alike(struct diffing *diff, const struct rule *old, const struct rule *new)
{
	if (old == NULL || new == NULL)
		return false;
	const char *before = rulebook_rule_digest(diff->arena, old, diff->snapshots[0]->lexicon);
	return strcmp(before, rulebook_rule_digest(diff->arena, new, diff->snapshots[1]->lexicon)) == 0;
}

static void note_change(struct diffing *diff, const char *id)
{
	const struct rule *old = find_rule(diff->snapshots[0]->policy, id), *new = find_rule(diff->snapshots[1]->policy, id);
	for (size_t i = 0; i < diff->change_count; i++)
		if (strcmp(diff->changes[i].id, id) == 0)
			return;
	if ((old == NULL && new == NULL) || decide_alike(diff, old, new))
		return;
	struct rule_change *change = ARENA_PUSH(diff->arena, diff->changes, diff->change_count);
	*change = (struct rule_change){ .id = id, .rules = { old, new } };
	change->unkept = (old != NULL && old->kept == KEPT_NOTHING) || (new != NULL && new->kept == KEPT_NOTHING);
}

static void find_changes(struct diffing *diff)
{
	for (size_t k = 0; k < BOOK_POLICIES; k++)
		for (size_t i = 0; i < policy_count(diff->snapshots[k]->policy); i++)
			note_change(diff, policy_at(diff->snapshots[k]->policy, i)->id);
}

/* ---- one decision ------------------------------------------------------------------------------------------- */

static void count_in(struct diffing *diff, struct tally_of *tally, const struct kept_decision *decision)
{
	tally->messages += decision->count;
	if (decision->id == NULL) {
		tally->plain += decision->count;
		return;
	}
	tally->entries++;
	if (diff->list || tally->id_count < NAMED_MOST)
		*ARENA_PUSH(diff->arena, tally->ids, tally->id_count) = arena_string(diff->arena, decision->id);
}

static const struct opinion *opinion_on(const struct verdict *verdict, const char *id)
{
	for (size_t i = 0; i < verdict->opinion_count; i++)
		if (strcmp(verdict->opinions[i].rule->id, id) == 0)
			return &verdict->opinions[i];
	return NULL;
}

static bool is_unheard(const struct opinion *opinion)
{
	return opinion != NULL && (opinion->unheard || opinion->fires == UNHEARD);
}

static bool fires(const struct opinion *opinion)
{
	return opinion != NULL && opinion->fires == YES;
}

static bool same_deeds(const struct opinion *a, const struct opinion *b, size_t recipient_count)
{
	return a->action == b->action && a->also == b->also && a->rule->mode == b->rule->mode &&
	       memcmp(a->concerns, b->concerns, recipient_count * sizeof *a->concerns) == 0;
}

static void add_doubt(struct diffing *diff, struct rule_change *change, const char *doubt)
{
	for (size_t i = 0; i < change->doubt_count; i++)
		if (strcmp(change->doubts[i], doubt) == 0)
			return;
	*ARENA_PUSH(diff->arena, change->doubts, change->doubt_count) = arena_string(diff->arena, doubt);
}

struct search {
	const struct term *term;
	bool found;
};

static void compare_term(void *context, const struct condition *condition, const struct term *term)
{
	struct search *search = context;
	search->found |= term_is_same(term, search->term);
}

static bool asks(const struct rule *rule, const struct ground *ground)
{
	struct search search = { .term = &ground->term };
	for (enum asked_part part = 0; part < ASKED_PARTS; part++)
		conditions_each_term(rule_conditions(rule, part), compare_term, &search);
	return search.found;
}

/* Which of the rule's sentences have no answer, and why. */
static void note_doubts(struct diffing *diff, struct rule_change *change, const struct book *book, size_t which)
{
	size_t count, before = change->doubt_count;
	const struct ground *ground = policy_ground(diff->snapshots[which]->policy, &count);
	if (change->rules[which] == NULL)
		return;
	for (size_t i = 0; i < count; i++)
		if (book->why[which][i] != HEARD && asks(change->rules[which], &ground[i]))
			add_doubt(diff, change, arena_printf(diff->page, "it asks \"%s\": %s", ground[i].sentence, unheard_sentence(book->why[which][i])));
	if (before == change->doubt_count && change->doubt_count == 0)
		add_doubt(diff, change, "what it asks of the words was asked only where it mattered then");
}

/* Its effect on this decision; EFFECT_COUNT: none. */
static enum effect effect_of(const struct opinion *old, const struct opinion *new, size_t recipient_count)
{
	if (is_unheard(old) || is_unheard(new))
		return NOT_KNOWN;
	if (fires(old) && fires(new))
		return same_deeds(old, new, recipient_count) ? EFFECT_COUNT : OTHERWISE;
	return fires(new) ? NEWLY : fires(old) ? NO_MORE : EFFECT_COUNT;
}

static struct tally_of *outcome_tally(struct diffing *diff, enum outcome from, enum outcome to)
{
	for (size_t i = 0; i < diff->outcome_count; i++)
		if (diff->outcomes[i].from == from && diff->outcomes[i].to == to)
			return &diff->outcomes[i].messages;
	struct outcome_change *change = ARENA_PUSH(diff->arena, diff->outcomes, diff->outcome_count);
	*change = (struct outcome_change){ .from = from, .to = to };
	return &change->messages;
}

/* Recipients of messages without an entry are in no order, but in the same one for both. */
static bool same_fate(const struct plan *a, const struct plan *b, size_t recipient_count)
{
	return a->outcome == b->outcome && memcmp(a->recipients, b->recipients, recipient_count * sizeof *a->recipients) == 0;
}

static void compare(struct diffing *diff, const struct kept_decision *decision, const struct book *book, const struct past *past)
{
	struct revisited revisited[BOOK_POLICIES];
	bool altered = false, doubted = false;
	size_t count = past->testimony.recipient_count;
	for (size_t k = 0; k < BOOK_POLICIES; k++)
		revisited[k] = past_revisit(diff->page, diff->snapshots[k]->policy, book->places[k], past);
	for (size_t i = 0; i < diff->change_count; i++) {
		struct rule_change *change = &diff->changes[i];
		if (change->unkept)
			continue;
		const struct opinion *old = opinion_on(revisited[0].verdict, change->id), *new = opinion_on(revisited[1].verdict, change->id);
		enum effect effect = effect_of(old, new, count);
		if (effect == EFFECT_COUNT)
			continue;
		count_in(diff, &change->effects[effect], decision);
		altered = true;
		doubted |= effect == NOT_KNOWN;
		for (size_t k = 0; effect == NOT_KNOWN && k < BOOK_POLICIES; k++)
			if (is_unheard(k == 0 ? old : new))
				note_doubts(diff, change, book, k);
	}
	if (doubted || (altered && (revisited[0].open || revisited[1].open)))
		count_in(diff, &diff->outcome_not_known, decision);
	else if (!revisited[0].open && !revisited[1].open && !same_fate(revisited[0].plan, revisited[1].plan, count))
		count_in(diff, outcome_tally(diff, revisited[0].plan->outcome, revisited[1].plan->outcome), decision);
}

static bool look_at(struct diffing *diff, const struct kept_decision *decision, struct error *err)
{
	const struct book *book = NULL;
	struct past past;
	struct error problem = ERROR_INIT;
	if (!books_get(&diff->books, decision->rulebook_digest, &book, err))
		return false;
	diff->messages += decision->count;
	diff->plain += decision->id == NULL ? decision->count : 0;
	if (decision->facts != NULL && book->why_not == NULL && past_read(diff->page, book->rulebook, decision->facts, &past, &problem))
		compare(diff, decision, book, &past);
	else
		diff->too_little += decision->count;
	error_release(&problem);
	return true;
}

static bool look_at_all(struct diffing *diff, int64_t from, struct error *err)
{
	struct kept_cursor cursor = { .plain = false };
	int64_t all = 0;
	size_t done = 0, count = 1;
	bool good = store_kept_count(diff->books.store, from, &all, err);
	struct arena *last = arena_new();
	while (good && count > 0) {
		const struct kept_decision *items = NULL;
		diff->page = arena_new();
		good = store_kept_next(diff->books.store, diff->page, from, &cursor, PAGE, &items, &count, err);
		for (size_t i = 0; good && i < count; i++)
			good = look_at(diff, &items[i], err);
		arena_free(&last);
		last = diff->page; /* the cursor's texts are in it */
		done += count;
		command_progress(done, (size_t)all + 1);
	}
	arena_free(&last);
	command_progress((size_t)all + 1, (size_t)all + 1);
	return good;
}

/* ---- the answer --------------------------------------------------------------------------------------------- */

static void print_tally(const char *what, const struct tally_of *tally)
{
	printf("  %-42s %lld", what, (long long)tally->messages);
	for (size_t i = 0; i < tally->id_count; i++)
		printf("%s%s", i == 0 ? ": " : ", ", tally->ids[i]);
	if (tally->entries > tally->id_count)
		printf(" and %zu more", tally->entries - tally->id_count);
	if (tally->plain > 0)
		printf("%s%lld without an entry", tally->entries > 0 ? "; " : ": ", (long long)tally->plain);
	putchar('\n');
}

static const char *what_changed(const struct rule_change *change)
{
	return change->rules[0] == NULL ? "is new, or on" : change->rules[1] == NULL ? "is gone, or off" : "is changed";
}

static bool print_change(const struct rule_change *change)
{
	bool any = false;
	printf("\n%s %s.\n", change->id, what_changed(change));
	for (size_t effect = 0; effect < EFFECT_COUNT; effect++) {
		if (change->effects[effect].messages == 0)
			continue;
		print_tally(effect_words[effect], &change->effects[effect]);
		any = true;
	}
	for (size_t i = 0; i < change->doubt_count; i++)
		printf("    %s\n", change->doubts[i]);
	if (change->unkept)
		printf("  cannot be known: nothing is kept of its findings\n");
	else if (!any)
		printf("  alters nothing\n");
	return any || change->unkept;
}

static void print_head(const struct diffing *diff, long days)
{
	printf("Decisions of the last %ld day%s: %lld messages, %lld of them without an entry.\n", days, days == 1 ? "" : "s", (long long)diff->messages,
	       (long long)diff->plain);
	if (diff->too_little > 0)
		printf("Left out: %lld of which not enough is kept (an earlier version recorded them, or their rules are not kept).\n",
		       (long long)diff->too_little);
	if (strcmp(directory_digest(diff->snapshots[0]->directory), directory_digest(diff->snapshots[1]->directory)) != 0)
		printf("The people differ too: what that alters is not seen here, for messages were answered by the people of then.\n");
}

static bool print_answer(const struct diffing *diff, long days)
{
	bool any = false;
	print_head(diff, days);
	for (size_t i = 0; i < diff->change_count; i++)
		any |= print_change(&diff->changes[i]);
	if (diff->change_count == 0)
		printf("\nNo rule decides otherwise.\n");
	if (diff->outcome_count > 0 || diff->outcome_not_known.messages > 0)
		printf("\nWhat becomes of the messages\n");
	for (size_t i = 0; i < diff->outcome_count; i++) {
		char what[64];
		snprintf(what, sizeof what, "%s instead of %s", outcome_name(diff->outcomes[i].to), outcome_name(diff->outcomes[i].from));
		print_tally(diff->outcomes[i].from == diff->outcomes[i].to ? "otherwise for some recipients" : what, &diff->outcomes[i].messages);
		any = true;
	}
	if (diff->outcome_not_known.messages > 0)
		print_tally("cannot be known", &diff->outcome_not_known);
	return any;
}

static bool load_both(struct diffing *diff, const char *const *paths, struct snapshot **owned, struct error *err)
{
	for (size_t i = 0; i < BOOK_POLICIES; i++) {
		if (!snapshot_load(paths[i], &owned[i], err))
			return false;
		diff->snapshots[i] = owned[i];
		diff->books.policies[i] = owned[i];
	}
	return true;
}

static bool diff_both(struct invocation *invocation, const struct diff_options *options, const char *const *paths, struct error *err)
{
	struct diffing diff = { .arena = invocation->arena, .books.arena = invocation->arena, .list = options->list };
	struct snapshot *owned[BOOK_POLICIES] = { NULL };
	struct store *store = NULL;
	int64_t now, from;
	bool altered = false;
	bool good = command_time(options->at, &now, err) && books_days(options->days, USUAL_DAYS, now, &from, err) &&
		    load_both(&diff, paths, owned, err) && command_store(owned[0], options->state, &store, err);
	diff.books.store = store;
	if (good)
		find_changes(&diff);
	good = good && look_at_all(&diff, from, err);
	if (good)
		altered = print_answer(&diff, (long)((now - from) / (24 * 3600)));
	books_close(&diff.books);
	store_close(&store);
	for (size_t i = 0; i < BOOK_POLICIES; i++)
		snapshot_drop(&owned[i]);
	return good && (!altered || error_set(err, ERROR_REFUSED, "the change would alter decisions, or it cannot be known that it would not"));
}

static bool diff_run(struct invocation *invocation, struct error *err)
{
	struct diff_options options = { 0 };
	const char *const *operands;
	return options_parse(invocation->arena, diff_rows, sizeof diff_rows / sizeof *diff_rows, invocation->argc, invocation->argv, &options, &operands,
			     err) &&
	       command_operands(operands, 2, "two configurations: OLD NEW", err) && diff_both(invocation, &options, operands, err);
}

const struct command diff_command = {
	.name = "diff",
	.operands = "OLD NEW",
	.summary = "show which past decisions a change of the configuration would alter",
	.options = diff_rows,
	.option_count = sizeof diff_rows / sizeof *diff_rows,
	.run = diff_run,
};
