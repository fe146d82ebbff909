/* past.c - see past.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/past.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/store.h"

/* ---- facts -------------------------------------------------------------------------------------------------- */

static char mark(bool set, char letter)
{
	return set ? letter : '-';
}

/* In the order of read_switches. */
#define SWITCHES 8

static void write_switches(struct text *out, const struct outlook *outlook, bool left_out)
{
	text_add_char(out, mark(outlook->put_off, 'p'));
	text_add_char(out, mark(outlook->retried, 'r'));
	text_add_char(out, mark(outlook->companions, 'c'));
	text_add_char(out, mark(outlook->sender_knows, 'k'));
	text_add_char(out, mark(left_out, 'l'));
	text_add_char(out, (char)('0' + outlook->sender));
	text_add_char(out, (char)('0' + outlook->earlier));
	text_add_char(out, outlook->line_missing ? (char)('A' + outlook->untouched) : '-');
}

static const char *column_of(struct arena *arena, const struct outlook *outlook, const struct testimony *testimony, size_t recipient)
{
	const struct prospect *prospect = &outlook->recipients[recipient];
	return arena_printf(arena, "%d%s", prospect->keepable + 2 * prospect->reader + 4 * prospect->officer, testimony->recipients[recipient]);
}

static bool leaves_out(const bool *kept, size_t count)
{
	for (size_t i = 0; kept != NULL && i < count; i++)
		if (!kept[i])
			return true;
	return false;
}

static const char *facts_of(struct arena *arena, const struct outlook *outlook, const struct testimony *testimony, const char *const *columns,
			    size_t count, bool left_out)
{
	struct text out = TEXT_INIT;
	write_switches(&out, outlook, left_out);
	text_printf(&out, " =%s", testimony->message);
	for (size_t i = 0; i < count; i++)
		text_printf(&out, " %s", columns[i]);
	return text_to_arena(&out, arena).data;
}

const char *past_facts(struct arena *arena, const struct policy *policy, const struct verdict *verdict, const struct outlook *outlook, const bool *kept)
{
	struct testimony testimony = testimony_of(arena, policy, verdict, outlook->recipient_count);
	const char **columns = arena_array(arena, testimony.recipient_count + 1, sizeof *columns);
	size_t count = 0;
	for (size_t i = 0; i < testimony.recipient_count; i++)
		if (kept == NULL || kept[i])
			columns[count++] = column_of(arena, outlook, &testimony, i);
	return facts_of(arena, outlook, &testimony, columns, count, leaves_out(kept, testimony.recipient_count));
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *past_plain_facts(struct arena *arena, const struct policy *policy, const struct verdict *verdict, const struct outlook *outlook)
{
	struct testimony testimony = testimony_of(arena, policy, verdict, outlook->recipient_count);
	const char **columns = arena_array(arena, testimony.recipient_count + 1, sizeof *columns);
	size_t count = 0;
	for (size_t i = 0; i < testimony.recipient_count; i++)
		columns[i] = column_of(arena, outlook, &testimony, i);
	qsort(columns, testimony.recipient_count, sizeof *columns, compare_texts);
	for (size_t i = 0; i < testimony.recipient_count; i++)
		if (i == 0 || strcmp(columns[i], columns[i - 1]) != 0)
			columns[count++] = columns[i];
	return facts_of(arena, outlook, &testimony, columns, count, false);
}

/* ---- reading them ------------------------------------------------------------------------------------------- */

static bool read_switches(struct bytes word, struct past *out)
{
	struct outlook *outlook = &out->outlook;
	if (word.length != SWITCHES)
		return false;
	const char *at = word.data;
	outlook->put_off = at[0] == 'p';
	outlook->retried = at[1] == 'r';
	outlook->companions = at[2] == 'c';
	outlook->sender_knows = at[3] == 'k';
	out->left_out = at[4] == 'l';
	outlook->sender = (enum sender_hears)(at[5] - '0');
	outlook->earlier = (enum earlier_copies)(at[6] - '0');
	outlook->line_missing = at[7] != '-';
	outlook->untouched = outlook->line_missing ? (enum untouched)(at[7] - 'A') : TOUCHED;
	return at[5] >= '0' && at[5] <= '2' && at[6] >= '0' && at[6] <= '2' && (at[7] == '-' || (at[7] >= 'A' && at[7] < 'A' + UNTOUCHED_COUNT));
}

static struct bytes next_word(const char **at)
{
	struct bytes word = { *at, strcspn(*at, " ") };
	*at += word.length;
	*at += **at == ' ';
	return word;
}

/* Letters after one octet of something else. */
static const char *read_letters(struct arena *arena, struct bytes word, size_t count)
{
	if (word.length != count + 1)
		return NULL;
	const char *letters = arena_string_of(arena, bytes_slice(word, 1, word.length));
	return strspn(letters, "YNUX-") == count ? letters : NULL;
}

static bool read_columns(struct arena *arena, const struct rulebook *rulebook, const char *at, struct past *out)
{
	const char **columns = NULL;
	struct prospect *prospects = NULL;
	size_t count = 0, prospect_count = 0;
	while (*at != '\0') {
		struct bytes word = next_word(&at);
		const char *letters = read_letters(arena, word, rulebook->each_count);
		if (letters == NULL || word.data[0] < '0' || word.data[0] > '7')
			return false;
		int bits = word.data[0] - '0';
		*ARENA_PUSH(arena, columns, count) = letters;
		*ARENA_PUSH(arena, prospects, prospect_count) = (struct prospect){ (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0 };
	}
	if (out->left_out) {
		char *nothing = arena_array(arena, rulebook->each_count + 1, 1);
		memset(nothing, '-', rulebook->each_count);
		*ARENA_PUSH(arena, columns, count) = nothing;
		*ARENA_PUSH(arena, prospects, prospect_count) = (struct prospect){ false, false, false };
	}
	out->testimony.recipients = columns;
	out->testimony.recipient_count = count;
	out->outlook.recipients = prospects;
	out->outlook.recipient_count = count;
	return true;
}

bool past_read(struct arena *arena, const struct rulebook *rulebook, const char *facts, struct past *out, struct error *err)
{
	const char *at = facts;
	*out = (struct past){ .left_out = false };
	bool good = read_switches(next_word(&at), out);
	struct bytes word = next_word(&at);
	out->testimony.message = word.length > 0 && word.data[0] == '=' ? read_letters(arena, word, rulebook->once_count) : NULL;
	if (good && out->testimony.message != NULL && read_columns(arena, rulebook, at, out))
		return true;
	return error_set(err, ERROR_INPUT, "the facts kept do not fit the rules kept with them");
}

/* ---- the conclusion ----------------------------------------------------------------------------------------- */

const char *past_action(const struct opinion *opinion)
{
	return opinion->counted ? FINDING_COUNTED : action_name(opinion->action);
}

static void write_deeds(struct text *out, const struct opinion *opinion)
{
	text_add(out, action_name(opinion->action));
	for (unsigned action = 0; action < ACTION_COUNT; action++)
		if (opinion->also & 1u << action)
			text_printf(out, "+%s", action_name((enum action)action));
}

static void write_finding(struct text *out, const struct opinion *opinion, size_t recipient_count, const bool *kept)
{
	text_printf(out, "rule %s %s ", opinion->rule->id, mode_name(opinion->rule->mode));
	write_deeds(out, opinion);
	text_add_char(out, ' ');
	for (size_t i = 0; i < recipient_count; i++)
		if (kept == NULL || kept[i])
			text_add_char(out, opinion->concerns[i] ? '1' : '0');
	text_add_char(out, '\n');
}

static bool was_listed(const struct verdict *verdict, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(verdict->exceptions[i].rule, verdict->exceptions[index].rule) == 0 &&
		    strcmp(verdict->exceptions[i].sentence, verdict->exceptions[index].sentence) == 0)
			return true;
	return false;
}

static bool is_unkept(const struct verdict *verdict, const char *rule)
{
	for (size_t i = 0; i < verdict->opinion_count; i++)
		if (strcmp(verdict->opinions[i].rule->id, rule) == 0)
			return verdict->opinions[i].rule->kept == KEPT_NOTHING;
	return false;
}

static const struct verdict *without_unkept(struct arena *arena, const struct verdict *verdict)
{
	struct verdict *out = arena_alloc(arena, sizeof *out);
	struct opinion *opinions = arena_array(arena, verdict->opinion_count + 1, sizeof *opinions);
	struct exception *exceptions = arena_array(arena, verdict->exception_count + 1, sizeof *exceptions);
	*out = *verdict;
	out->opinion_count = out->exception_count = 0;
	for (size_t i = 0; i < verdict->opinion_count; i++)
		if (verdict->opinions[i].rule->kept != KEPT_NOTHING)
			opinions[out->opinion_count++] = verdict->opinions[i];
	for (size_t i = 0; i < verdict->exception_count; i++)
		if (!is_unkept(verdict, verdict->exceptions[i].rule))
			exceptions[out->exception_count++] = verdict->exceptions[i];
	out->opinions = opinions;
	out->exceptions = exceptions;
	return out;
}

struct keepable past_keepable(struct arena *arena, const struct verdict *verdict, const struct plan *plan)
{
	const struct verdict *shown = without_unkept(arena, verdict);
	if (shown->opinion_count == verdict->opinion_count)
		return (struct keepable){ verdict, plan };
	return (struct keepable){ shown, plan_make_again(arena, shown, plan->outlook) };
}

const char *past_conclusion(struct arena *arena, const struct keepable *keepable, size_t recipient_count, const bool *kept)
{
	const struct verdict *verdict = keepable->verdict;
	const struct plan *plan = keepable->plan;
	struct text out = TEXT_INIT;
	text_printf(&out, "outcome %s\nrecipients", outcome_name(plan->outcome));
	for (size_t i = 0; i < recipient_count; i++)
		if (kept == NULL || kept[i])
			text_printf(&out, " %s", outcome_name(plan->recipients[i]));
	text_printf(&out, "\nsender hears %s\n", plan->sender_notice < 0 ? "nothing" : notice_kind_name((enum notice_kind)plan->sender_notice));
	for (size_t i = 0; i < plan->finding_count; i++)
		write_finding(&out, plan->findings[i], recipient_count, kept);
	for (size_t i = 0; i < verdict->exception_count; i++)
		if (!was_listed(verdict, i))
			text_printf(&out, "exempt from %s: %s\n", verdict->exceptions[i].rule, verdict->exceptions[i].sentence);
	return text_to_arena(&out, arena).data;
}

struct revisited past_revisit(struct arena *arena, const struct policy *policy, const size_t *places, const struct past *past)
{
	struct revisited out = { .verdict = policy_judge_again(arena, policy, places, &past->testimony) };
	out.plan = plan_make_again(arena, out.verdict, &past->outlook);
	for (size_t i = 0; i < out.verdict->opinion_count; i++)
		out.open |= out.verdict->opinions[i].unheard;
	return out;
}

const char *past_conclusion_of(struct arena *arena, const struct revisited *revisited, const struct past *past)
{
	size_t count = past->testimony.recipient_count;
	bool *kept = arena_array(arena, count + 1, sizeof *kept);
	for (size_t i = 0; i < count; i++)
		kept[i] = !past->left_out || i + 1 < count;
	return past_conclusion(arena, &(struct keepable){ revisited->verdict, revisited->plan }, count, kept);
}
