/* replay.c - `copyhold replay`: goes through a past decision again, by the rules and answers of then, and compares with what was recorded.
 *
 * The ladder is the judge's own. Compared are every answer, the conclusion, the entry, and the journal's line of it. Nothing of the message
 * is needed or shown.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/books.h"
#include "cli/command.h"
#include "gateway/answers.h"
#include "store/browse.h"

#define PAGE ((size_t)200)

struct replay_options {
	bool all;
	const char *days, *at, *state;
};

static const struct option_row replay_rows[] = {
	{ "all", OPTION_FLAG, offsetof(struct replay_options, all), NULL, "every decision that is kept" },
	{ "days", OPTION_VALUE, offsetof(struct replay_options, days), "N", "those of the last N days" },
	{ "at", OPTION_VALUE, offsetof(struct replay_options, at), "TIME", "RFC 3339 time until which --days counts; default: now" },
	{ "state", OPTION_VALUE, offsetof(struct replay_options, state), "DIR", "a folder written by check --state" },
};

struct replaying {
	struct arena *arena; /* of one decision */
	struct books books;
	struct text differs; /* of one decision: a line for each difference */
	long same, different, partly, not_kept;
};

static void differ(struct replaying *replay, const char *what, const char *then, const char *now)
{
	text_printf(&replay->differs, "  %s\n    recorded: %s\n    replayed: %s\n", what, then, now);
}

/* ---- what is compared --------------------------------------------------------------------------------------- */

static struct bytes next_piece(const char **at, const char *end)
{
	struct bytes piece = { *at, strcspn(*at, end) };
	*at += piece.length;
	*at += **at != '\0';
	return piece;
}

/* Letter by letter, but for what cannot be told any more. */
static bool same_letters(struct bytes then, struct bytes now)
{
	if (then.length != now.length)
		return false;
	for (size_t i = 0; i < then.length; i++)
		if (now.data[i] != '?' && now.data[i] != then.data[i])
			return false;
	return true;
}

static void compare_answers(struct replaying *replay, const struct verdict *verdict, const char *then)
{
	const char *now = answers_of(replay->arena, verdict);
	for (size_t i = 0; i < verdict->opinion_count; i++) {
		struct bytes before = next_piece(&then, " "), after = next_piece(&now, " ");
		if (!same_letters(before, after))
			differ(replay, arena_printf(replay->arena, "answers of %s", verdict->opinions[i].rule->id), arena_string_of(replay->arena, before),
			       arena_string_of(replay->arena, after));
	}
	if (*then != '\0')
		differ(replay, "answers of further rules", then, "there are none");
}

static void compare_conclusions(struct replaying *replay, const char *then, const char *now)
{
	while (*then != '\0' || *now != '\0') {
		struct bytes before = next_piece(&then, "\n"), after = next_piece(&now, "\n");
		if (!bytes_equal(before, after))
			differ(replay, "conclusion", before.length == 0 ? "nothing" : arena_string_of(replay->arena, before),
			       after.length == 0 ? "nothing" : arena_string_of(replay->arena, after));
	}
}

static const char *finding_text(struct arena *arena, const char *rule, const char *action, const char *mode)
{
	return arena_printf(arena, "%s (%s, %s)", rule, action, mode);
}

static void compare_entry(struct replaying *replay, const struct plan *plan, const struct held *entry, size_t recipient_count)
{
	struct arena *arena = replay->arena;
	size_t most = plan->finding_count > entry->finding_count ? plan->finding_count : entry->finding_count;
	if (strcmp(entry->outcome, outcome_name(plan->outcome)) != 0)
		differ(replay, "outcome of the entry", entry->outcome, outcome_name(plan->outcome));
	for (size_t i = 0; i < most; i++) {
		const struct opinion *opinion = i < plan->finding_count ? plan->findings[i] : NULL;
		const struct finding_record *record = i < entry->finding_count ? &entry->findings[i] : NULL;
		const char *then = record == NULL ? "no finding" : finding_text(arena, record->rule, record->action, record->mode);
		const char *now = opinion == NULL ? "no finding" : finding_text(arena, opinion->rule->id, past_action(opinion), mode_name(opinion->rule->mode));
		if (strcmp(then, now) != 0)
			differ(replay, "finding of the entry", then, now);
	}
	if (entry->all_recipient_count != recipient_count)
		differ(replay, "recipients of the entry", arena_printf(arena, "%zu", entry->all_recipient_count), arena_printf(arena, "%zu", recipient_count));
	for (size_t i = 0; i < recipient_count && i < entry->all_recipient_count; i++)
		if (strcmp(entry->addressed[i].outcome, outcome_name(plan->recipients[i])) != 0)
			differ(replay, arena_printf(arena, "outcome for recipient %zu", i + 1), entry->addressed[i].outcome, outcome_name(plan->recipients[i]));
}

static const char *rules_of(struct arena *arena, const struct plan *plan)
{
	struct text rules = TEXT_INIT;
	for (size_t i = 0; i < plan->finding_count; i++)
		text_printf(&rules, "%s%s", i == 0 ? "" : " ", plan->findings[i]->rule->id);
	return text_to_arena(&rules, arena).data;
}

static void compare_detail(struct replaying *replay, const json_t *detail, const char *key, const char *now)
{
	const char *then = json_string_value(json_object_get(detail, key));
	if (then != NULL && strcmp(then, now) != 0)
		differ(replay, arena_printf(replay->arena, "%s in the journal", key), then, now);
}

/* Its line is in the chain of hashes: who changes an entry, or what was answered, cannot change that unseen. `plan` NULL: it cannot be told. */
static bool compare_journal(struct replaying *replay, const char *id, const char *seal, const struct plan *plan, struct error *err)
{
	const struct journal_line *lines = NULL;
	size_t count = 0;
	if (!store_history(replay->books.store, replay->arena, id, &lines, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (strcmp(lines[i].what, "recorded") != 0 && strcmp(lines[i].what, "held") != 0)
			continue;
		json_t *detail = json_loads(lines[i].detail, 0, NULL);
		if (plan != NULL) {
			compare_detail(replay, detail, "outcome", outcome_name(plan->outcome));
			compare_detail(replay, detail, "rules", rules_of(replay->arena, plan));
		}
		compare_detail(replay, detail, "answers", seal);
		json_decref(detail);
		return true;
	}
	return true;
}

/* ---- one decision ------------------------------------------------------------------------------------------- */

/* *why_not_out: why it cannot be gone through, or NULL; *partly_out: not all of it can. False only when the store does not answer. */
static bool go_through(struct replaying *replay, const struct held *entry, bool *partly_out, const char **why_not_out, struct error *err)
{
	struct kept_answers kept;
	const struct book *book = NULL;
	struct past past;
	struct error problem = ERROR_INIT;
	*partly_out = false;
	*why_not_out = NULL;
	if (!store_answers(replay->books.store, replay->arena, entry->id, &kept, err))
		return false;
	if (kept.rulebook_digest == NULL)
		*why_not_out = "what each rule was answered is not kept (any more)";
	else if (kept.facts == NULL || kept.conclusion == NULL)
		*why_not_out = "an earlier version recorded it, and did not keep what it takes; `copyhold why` tells what it kept";
	else if (!books_get(&replay->books, kept.rulebook_digest, &book, err))
		return false;
	else
		*why_not_out = book->why_not;
	if (*why_not_out != NULL)
		return true;
	if (!past_read(replay->arena, book->rulebook, kept.facts, &past, &problem)) {
		differ(replay, "facts", "do not fit the rules kept with them", "not possible");
		error_release(&problem);
		return true;
	}
	struct revisited again = past_revisit(replay->arena, book->rulebook->policy, book->places[0], &past);
	compare_answers(replay, again.verdict, kept.answers);
	*partly_out = again.open;
	if (again.open && !past.left_out)
		differ(replay, "facts", "every sentence that mattered was answered", "some were not");
	const char *seal = answers_seal(replay->arena, &kept);
	if (again.open)
		return compare_journal(replay, entry->id, seal, NULL, err);
	compare_conclusions(replay, kept.conclusion, past_conclusion_of(replay->arena, &again, &past));
	compare_entry(replay, again.plan, entry, past.testimony.recipient_count - past.left_out);
	return compare_journal(replay, entry->id, seal, again.plan, err);
}

static bool replay_one(struct replaying *replay, const struct held *entry, bool alone, struct error *err)
{
	bool partly;
	const char *why_not;
	text_truncate(&replay->differs, 0);
	if (!go_through(replay, entry, &partly, &why_not, err))
		return false;
	if (why_not != NULL) {
		replay->not_kept++;
		return !alone || error_set(err, ERROR_INPUT, "%s cannot be gone through again: %s", entry->id, why_not);
	}
	if (replay->differs.length > 0) {
		replay->different++;
		printf("%s: differs\n%s", entry->id, text_string(&replay->differs));
		return true;
	}
	replay->same += !partly;
	replay->partly += partly;
	if (alone && partly)
		printf("%s: the same, as far as it can be gone through: somebody protected had part in it, and is left out of what is kept\n", entry->id);
	else if (alone)
		printf("%s: the same\n", entry->id);
	return true;
}

/* ---- all of them -------------------------------------------------------------------------------------------- */

static bool replay_page(struct replaying *replay, const struct kept_decision *items, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		const struct held *const *entries = NULL;
		bool good = store_messages(replay->books.store, replay->arena, &items[i].id, 1, &entries, err) &&
			    (entries[0] == NULL || replay_one(replay, entries[0], false, err));
		if (!good)
			return false;
	}
	return true;
}

static bool replay_all(struct replaying *replay, int64_t from, struct error *err)
{
	struct kept_cursor cursor = { .plain = false };
	int64_t all = 0;
	size_t done = 0, count = 1;
	if (!store_kept_count(replay->books.store, from, &all, err))
		return false;
	struct arena *last = arena_new();
	bool good = true;
	while (good && count > 0 && !cursor.plain) {
		const struct kept_decision *items = NULL;
		struct arena *page = arena_new();
		replay->arena = page;
		good = store_kept_next(replay->books.store, page, from, &cursor, PAGE, &items, &count, err) &&
		       (cursor.plain || replay_page(replay, items, count, err));
		arena_free(&last);
		last = page; /* the cursor's texts are in it */
		done += cursor.plain ? 0 : count;
		command_progress(done, (size_t)all + 1);
	}
	arena_free(&last);
	command_progress((size_t)all + 1, (size_t)all + 1);
	return good;
}

static bool sum_up(const struct replaying *replay, struct error *err)
{
	printf("%ld the same", replay->same);
	if (replay->partly > 0)
		printf(", %ld as far as they can be gone through", replay->partly);
	if (replay->not_kept > 0)
		printf(", %ld of which not enough is kept (any more)", replay->not_kept);
	printf(", %ld that differ\n", replay->different);
	return replay->different == 0 || error_set(err, ERROR_REFUSED, "%ld recorded decisions are not what their facts and rules come to", replay->different);
}

static bool replay_named(struct replaying *replay, const char *id, struct error *err)
{
	const struct held *const *entries = NULL;
	if (!store_messages(replay->books.store, replay->arena, &id, 1, &entries, err))
		return false;
	if (entries[0] == NULL)
		return error_set(err, ERROR_INPUT, "there is no entry %s, or what it said was disposed of when its time came (copyhold retention show)", id);
	return replay_one(replay, entries[0], true, err) &&
	       (replay->different == 0 || error_set(err, ERROR_REFUSED, "what is recorded of %s is not what its facts and rules come to", id));
}

static bool replay_chosen(struct invocation *invocation, const struct replay_options *options, const char *id, struct error *err)
{
	struct opened opened;
	int64_t now, from = INT64_MIN;
	if (!command_time(options->at, &now, err) || (options->days != NULL && !books_days(options->days, 0, now, &from, err)) ||
	    !command_open(invocation, options->state, &opened, err))
		return false;
	struct replaying replay = { .arena = invocation->arena, .books = { .arena = invocation->arena, .store = opened.store } };
	bool good = id != NULL ? replay_named(&replay, id, err) : replay_all(&replay, from, err) && sum_up(&replay, err);
	text_release(&replay.differs);
	books_close(&replay.books);
	command_close(&opened);
	return good;
}

static bool replay_run(struct invocation *invocation, struct error *err)
{
	struct replay_options options = { 0 };
	const char *const *operands;
	if (!options_parse(invocation->arena, replay_rows, sizeof replay_rows / sizeof *replay_rows, invocation->argc, invocation->argv, &options, &operands,
			   err))
		return false;
	bool many = options.all || options.days != NULL;
	if (options.all && options.days != NULL)
		return error_set(err, ERROR_USAGE, "give --all or --days N, not both");
	if (options.at != NULL && options.days == NULL)
		return error_set(err, ERROR_USAGE, "--at belongs to --days N");
	if (many && operands[0] != NULL)
		return error_set(err, ERROR_USAGE, "give the reference of one message, or --all or --days N");
	if (!many && !command_operands(operands, 1, "the reference of one message: CH-..., or --all or --days N", err))
		return false;
	return replay_chosen(invocation, &options, operands[0], err);
}

const struct command replay_command = {
	.name = "replay",
	.operands = "[ID]",
	.summary = "go through past decisions again and compare with what was recorded",
	.options = replay_rows,
	.option_count = sizeof replay_rows / sizeof *replay_rows,
	.run = replay_run,
};
