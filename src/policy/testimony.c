/* testimony.c - see testimony.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/testimony.h"

#include "base/text.h"
#include "policy/ruleset.h"

/* ---- the ground --------------------------------------------------------------------------------------------- */

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
	struct memo_list known;
};

static void add_term(void *context, const struct condition *condition, const struct term *term)
{
	struct gathering *all = context;
	if (memo_find(&all->known, term) != NULL)
		return;
	memo_add(all->arena, &all->known, (struct memo){ *term, NULL });
	struct ground *ground = ARENA_PUSH(all->arena, all->items, all->count);
	*ground = (struct ground){
		.sentence = term_sentence(all->arena, term),
		.per_recipient = term->predicate->per_recipient,
		.reads = predicate_reads_text(term->predicate),
		.term = *term,
	};
	for (size_t i = 0; i < PREDICATE_SLOTS; i++)
		ground->families[i] = term_has_slot(term, i, "{family}") ? term->arguments[i].word : NULL;
}

void policy_find_ground(struct policy *policy)
{
	struct gathering all = { .arena = policy->arena };
	for (size_t i = 0; i < policy->count; i++) {
		const struct rule *rule = &policy->rules[i];
		for (enum asked_part part = 0; part < ASKED_PARTS && rule->mode != MODE_OFF && rule->kept != KEPT_NOTHING; part++)
			conditions_each_term(rule_conditions(rule, part), add_term, &all);
	}
	for (size_t i = 0; i < REMEMBER_COUNT; i++)
		conditions_each_term(policy->remember[i], add_term, &all);
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
	for (size_t i = 0; i < policy->ground_count; i++) {
		const struct ground *ground = &policy->ground[i];
		size_t count = ground->per_recipient ? testimony->recipient_count : 1;
		struct said *said = arena_array(arena, count, sizeof *said);
		for (size_t k = 0; k < count; k++)
			said[k] = said_by(letter_at(ground->per_recipient ? testimony->recipients[k] : testimony->message, places[i]));
		memo_add(arena, &memos, (struct memo){ ground->term, said });
	}
	return memos;
}
