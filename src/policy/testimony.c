/* testimony.c - see testimony.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/testimony.h"

#include <string.h>

#include "base/text.h"
#include "policy/ruleset.h"

/* ---- the ground --------------------------------------------------------------------------------------------- */

static const char *filled_sentence(struct arena *arena, const struct term *term, const char *families_out[PREDICATE_SLOTS])
{
	struct text out = TEXT_INIT;
	size_t slot = 0;
	for (const char *at = term->predicate->sentence; *at != '\0';) {
		size_t plain = strcspn(at, "{");
		text_add_bytes(&out, (struct bytes){ at, plain });
		at += plain;
		if (*at == '\0' || slot == PREDICATE_SLOTS)
			continue;
		const char *word = term->arguments[slot++].word;
		text_add(&out, word == NULL ? "" : word);
		if (strncmp(at, "{family}", sizeof "{family}" - 1) == 0)
			families_out[slot - 1] = word;
		at += strcspn(at, "}") + 1;
	}
	return text_to_arena(&out, arena).data;
}

/* Who sends and who gets it is known without a look at the text. */
bool predicate_reads_text(const struct predicate *predicate)
{
	for (const struct predicate *row = predicates_recipients; row->sentence != NULL; row++)
		if (row == predicate)
			return false;
	struct bytes sentence = bytes_of(predicate->sentence);
	return !bytes_starts_with(sentence, BYTES("sender ")) && !bytes_starts_with(sentence, BYTES("mail is "));
}

struct gathering {
	struct arena *arena;
	struct ground *items;
	size_t count;
};

static void add_term(struct gathering *all, const struct term *term)
{
	const char *families[PREDICATE_SLOTS] = { NULL }, *sentence = filled_sentence(all->arena, term, families);
	for (size_t i = 0; i < all->count; i++)
		if (strcmp(all->items[i].sentence, sentence) == 0)
			return;
	struct ground *ground = ARENA_PUSH(all->arena, all->items, all->count);
	*ground = (struct ground){
		.sentence = sentence,
		.per_recipient = term->predicate->per_recipient,
		.reads = predicate_reads_text(term->predicate),
		.term = *term,
	};
	memcpy(ground->families, families, sizeof families);
}

static void add_conditions(struct gathering *all, const struct condition *const *conditions)
{
	for (; conditions != NULL && *conditions != NULL; conditions++)
		for (size_t i = 0; i < (*conditions)->count; i++)
			for (size_t k = 0; k < (*conditions)->alternatives[i].count; k++)
				add_term(all, &(*conditions)->alternatives[i].terms[k]);
}

void policy_find_ground(struct policy *policy)
{
	struct gathering all = { .arena = policy->arena };
	for (size_t i = 0; i < policy->count; i++) {
		const struct rule *rule = &policy->rules[i];
		if (rule->mode == MODE_OFF || rule->kept == KEPT_NOTHING)
			continue;
		add_conditions(&all, rule->when);
		add_conditions(&all, rule->unless);
		add_conditions(&all, rule->provided);
		add_conditions(&all, rule->otherwise_provided);
		add_conditions(&all, rule->also_provided);
	}
	for (size_t i = 0; i < REMEMBER_COUNT; i++)
		add_conditions(&all, policy->remember[i]);
	policy->ground = all.items;
	policy->ground_count = all.count;
}

const struct ground *policy_ground(const struct policy *policy, size_t *count_out)
{
	*count_out = policy->ground_count;
	return policy->ground;
}

/* ---- writing it down ---------------------------------------------------------------------------------------- */

static char letter_of(const struct said *said)
{
	if (said == NULL || !said->asked)
		return '-';
	return said->answer == YES ? 'Y' : said->answer == UNKNOWN ? 'U' : said->exempt != NULL ? 'X' : 'N';
}

static const char *letters_of(struct arena *arena, const struct policy *policy, const struct verdict *verdict, bool per_recipient, size_t recipient)
{
	char *letters = arena_array(arena, policy->ground_count + 1, 1);
	size_t count = 0;
	for (size_t i = 0; i < policy->ground_count; i++) {
		const struct ground *ground = &policy->ground[i];
		if (ground->per_recipient != per_recipient)
			continue;
		const struct memo *memo = memo_find(verdict->memos, &ground->term);
		letters[count++] = letter_of(memo == NULL ? NULL : &memo->said[per_recipient ? recipient : 0]);
	}
	return letters;
}

struct testimony testimony_of(struct arena *arena, const struct policy *policy, const struct verdict *verdict, size_t recipient_count)
{
	const char **recipients = arena_array(arena, recipient_count + 1, sizeof *recipients);
	for (size_t i = 0; i < recipient_count; i++)
		recipients[i] = letters_of(arena, policy, verdict, true, i);
	return (struct testimony){ letters_of(arena, policy, verdict, false, 0), recipients, recipient_count };
}

/* ---- hearing it again --------------------------------------------------------------------------------------- */

static struct said said_by(char letter)
{
	struct said said = { .asked = true };
	switch (letter) {
	case 'Y':
		said.answer = YES;
		return said;
	case 'U':
		said.answer = UNKNOWN;
		return said;
	case 'X':
		said.exempt = "";
		/* fall through */
	case 'N':
		said.answer = NO;
		return said;
	default:
		return (struct said){ .asked = false };
	}
}

static char letter_at(const char *letters, size_t place)
{
	return place == NO_PLACE ? '-' : letters[place];
}

struct memo_list testimony_memos(struct arena *arena, const struct policy *policy, const size_t *places, const struct testimony *testimony)
{
	struct memo_list memos = { .closed = true };
	memos.items = arena_array(arena, policy->ground_count + 1, sizeof *memos.items);
	for (size_t i = 0; i < policy->ground_count; i++) {
		const struct ground *ground = &policy->ground[i];
		size_t count = ground->per_recipient ? testimony->recipient_count : 1;
		struct said *said = arena_array(arena, count, sizeof *said);
		for (size_t k = 0; k < count; k++)
			said[k] = said_by(letter_at(ground->per_recipient ? testimony->recipients[k] : testimony->message, places[i]));
		memos.items[memos.count++] = (struct memo){ ground->term.predicate, { ground->term.arguments[0], ground->term.arguments[1] }, said };
	}
	return memos;
}
