/* lint_pairs.c - rules held against each other: one that another makes useless, and two that want what cannot both be done.
 *
 * That one rule fires wherever another does is shown condition by condition: where it fires, no condition of the other may be able to fail
 * and no exception to hold. Most pairs have no sentence in common, which some bits tell before anything is tried: of a thousand rules there
 * are a million pairs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <string.h>

#include "lint_parts.h"

/* ---- a quick no --------------------------------------------------------------------------------------------- */

#define BIT_WORDS 8

/* A bit for each sentence, so that what has none in common has none of its sentences in common. */
struct bits {
	uint64_t words[BIT_WORDS];
};

static void bits_add(struct bits *bits, const char *text)
{
	uint64_t hash = bytes_hash(0, bytes_of(text));
	bits->words[hash >> 61] |= (uint64_t)1 << (hash >> 55 & 63);
}

static bool bits_meet(const struct bits *a, const struct bits *b)
{
	uint64_t both = 0;
	for (size_t i = 0; i < BIT_WORDS; i++)
		both |= a->words[i] & b->words[i];
	return both != 0;
}

/* A sentence of a relation with a word in its slot. */
static const char *filled(struct arena *arena, const char *sentence, const char *word)
{
	const char *slot = strchr(sentence, '{');
	if (slot == NULL || word == NULL)
		return sentence;
	return arena_printf(arena, "%.*s%s%s", (int)(slot - sentence), sentence, word, strchr(slot, '}') + 1);
}

struct mask {
	struct arena *arena;
	struct bits bits;
};

/* What a rule says, for others to find. */
static void add_own(void *context, const struct condition *condition, const struct term *term)
{
	struct mask *mask = context;
	bits_add(&mask->bits, term->predicate->sentence);
	bits_add(&mask->bits, term_sentence(mask->arena, term));
}

/* What another rule would have to say for this to follow: the same sentence, or one that decides it. */
static void add_sought(void *context, const struct condition *condition, const struct term *term)
{
	struct mask *mask = context;
	bits_add(&mask->bits, term_sentence(mask->arena, term));
	for (const struct logic_relation *relation = logic_relations; relation->one != NULL; relation++) {
		bool both = strchr(relation->one, '{') != NULL && strchr(relation->other, '{') != NULL;
		const char *word = both ? term->arguments[0].word : NULL;
		if (term_reads(mask->arena, term, relation->other))
			bits_add(&mask->bits, filled(mask->arena, relation->one, word));
		if (relation->excludes && term_reads(mask->arena, term, relation->one))
			bits_add(&mask->bits, filled(mask->arena, relation->other, word));
	}
}

struct outline {
	struct bits says;    /* every sentence of `when` and `unless` */
	struct bits *sought; /* per condition of `when`, then of `unless` */
	size_t count;
};

static struct outline outline_of(struct arena *arena, const struct rule *rule)
{
	struct outline outline = { 0 };
	struct mask own = { .arena = arena };
	for (enum asked_part part = ASKED_WHEN; part <= ASKED_UNLESS; part++) {
		conditions_each_term(rule_conditions(rule, part), add_own, &own);
		for (const struct condition *const *at = rule_conditions(rule, part); at != NULL && *at != NULL; at++) {
			const struct condition *const alone[] = { *at, NULL };
			struct mask sought = { .arena = arena };
			conditions_each_term(alone, add_sought, &sought);
			*ARENA_PUSH(arena, outline.sought, outline.count) = sought.bits;
		}
	}
	outline.says = own.bits;
	return outline;
}

static bool may_follow(const struct outline *from, const struct outline *what)
{
	for (size_t i = 0; i < what->count; i++)
		if (!bits_meet(&from->says, &what->sought[i]))
			return false;
	return true;
}

/* ---- whether it does ---------------------------------------------------------------------------------------- */

static bool forces(const struct rule *rule, const struct condition *condition, bool holds)
{
	struct claims claims = { .arena = arena_new() };
	lint_claim_fires(&claims, rule);
	claim_add(&claims, condition, !holds);
	bool possible = claims_possible(&claims);
	arena_free(&claims.arena);
	return !possible;
}

static bool forces_all(const struct rule *rule, const struct condition *const *list, bool holds)
{
	for (; list != NULL && *list != NULL; list++)
		if (!forces(rule, *list, holds))
			return false;
	return true;
}

/* Wherever `rule` fires, `other` does. */
static bool follows(const struct rule *rule, const struct rule *other)
{
	return forces_all(rule, other->when, true) && forces_all(rule, other->unless, false);
}

/* ---- what both do ------------------------------------------------------------------------------------------- */

static bool same_conditions(const struct condition *const *a, const struct condition *const *b)
{
	for (; a != NULL && *a != NULL && b != NULL && *b != NULL; a++, b++)
		if (!bytes_equal_nocase(bytes_of((*a)->sentence), bytes_of((*b)->sentence)))
			return false;
	return (a == NULL || *a == NULL) && (b == NULL || *b == NULL);
}

/* What is done in any case. */
static enum action least_action(const struct rule *rule)
{
	if (conditions_count(rule->provided) == 0)
		return rule->action;
	if (conditions_count(rule->otherwise_provided) > 0)
		return ACTION_REPORT;
	return rule->otherwise < rule->action ? rule->otherwise : rule->action;
}

static enum action most_action(const struct rule *rule)
{
	return conditions_count(rule->provided) > 0 && rule->otherwise > rule->action ? rule->otherwise : rule->action;
}

static bool does_no_more(const struct rule *rule, const struct rule *other)
{
	bool same_ladder = same_conditions(rule->provided, other->provided) && same_conditions(rule->otherwise_provided, other->otherwise_provided);
	bool weaker = same_ladder ? rule->action <= other->action && rule->otherwise <= other->otherwise : most_action(rule) <= least_action(other);
	return weaker && rule->mode <= other->mode && (rule->also & ~(other->also | 1u << other->action)) == 0 && rule->clock == NULL &&
	       (rule->remedies & ~other->remedies) == 0 && rule->whole_message <= other->whole_message && rule->two_persons <= other->two_persons &&
	       rule->discreet == other->discreet;
}

static bool same_clause(const struct rule *a, const struct rule *b)
{
	return a->clause != NULL && b->clause != NULL && bytes_equal_nocase(bytes_of(a->clause), bytes_of(b->clause));
}

static const char *expiry_name(const struct rule *rule)
{
	return on_expiry_words[rule->on_expiry];
}

/* A stronger deed on fewer messages is none: only one that is never left to be done, or left open, is. */
static void tell_contradiction(const struct policy_linting *linting, const struct rule *rule, const struct rule *other, bool both_ways)
{
	enum action one = most_action(rule), two = most_action(other);
	if ((one == ACTION_HOLD && two == ACTION_RETURN) || (both_ways && one == ACTION_RETURN && two == ACTION_HOLD))
		findings_add(linting->findings, &policy_classes[POLICY_RULES_CONTRADICT], rule->file, rule->line,
			     "rule \"%s\" wants to %s every message that rule \"%s\" (%s:%d) wants to %s", rule->id, action_name(one), other->id, other->file,
			     other->line, action_name(two));
	else if (one == ACTION_HOLD && two == ACTION_HOLD && rule->on_expiry != other->on_expiry)
		findings_add(linting->findings, &policy_classes[POLICY_RULES_CONTRADICT], rule->file, rule->line,
			     "rule \"%s\" and rule \"%s\" (%s:%d) hold the same messages, and when nobody decides one says %s and the other %s", rule->id,
			     other->id, other->file, other->line, expiry_name(rule), expiry_name(other));
}

static void check_pair(const struct policy_linting *linting, const struct rule *rule, const struct rule *other, bool both_ways)
{
	if (does_no_more(rule, other) && same_clause(rule, other))
		findings_add(linting->findings, &policy_classes[POLICY_SHADOWED], rule->file, rule->line,
			     "rule \"%s\" fires only where rule \"%s\" (%s:%d) does, for the same clause, and does no more", rule->id, other->id, other->file,
			     other->line);
	else
		tell_contradiction(linting, rule, other, both_ways);
}

void lint_pairs(const struct policy_linting *linting, const bool *alive)
{
	struct arena *arena = arena_new();
	size_t count = policy_count(linting->policy);
	struct outline *outlines = arena_array(arena, count + 1, sizeof *outlines);
	for (size_t i = 0; i < count; i++)
		if (alive[i])
			outlines[i] = outline_of(arena, policy_at(linting->policy, i));
	/* Of two that fire on the same messages the later one is told of. */
	for (size_t i = count; i-- > 0;)
		for (size_t k = 0; alive[i] && k < count; k++) {
			const struct rule *rule = policy_at(linting->policy, i), *other = policy_at(linting->policy, k);
			if (k == i || !alive[k] || !may_follow(&outlines[i], &outlines[k]) || !follows(rule, other))
				continue;
			bool both_ways = may_follow(&outlines[k], &outlines[i]) && follows(other, rule);
			if (!both_ways || i > k)
				check_pair(linting, rule, other, both_ways);
		}
	arena_free(&arena);
}
