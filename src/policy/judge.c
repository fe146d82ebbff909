/* judge.c - policy_judge: each rule asked of one message, each answer kept with its evidence.
 *
 * A rule is heard in columns. A condition that speaks of "this recipient" has one reply for each envelope recipient; any
 * other has one reply that stands for all. A rule without such conditions has one column. The rule fires in a column when
 * all of `when` and none of `unless` hold there (Kleene), and on the message when it fires in some column.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "policy/condition.h"
#include "policy/explanation.h"
#include "policy/ruleset.h"
#include "policy/testimony.h"
#include "reading/sifted.h"

struct reply {
	enum answer answer;
	bool by_exemption;
	const char *exempt;
	const struct evidence *evidence;
	size_t evidence_count;
};

/* One condition and its replies. */
struct heard {
	const struct condition *condition;
	enum asked_part part;
	struct reply *replies;
	size_t reply_count; /* 1, or one for each recipient */
};

struct hearing {
	struct arena *arena;
	const struct facts *facts;
	const struct lexicon *lexicon;
	struct pattern_scratch *scratch;
	const struct sifted *sifted;
	struct memo_list memos;
	struct verdict *verdict;
	struct exception *exceptions;
	enum unknown_means unknown;
	/* of the rule being heard */
	const struct rule *rule;
	struct heard *heard;
	size_t heard_count;
	size_t columns;
	bool narrowed; /* `provided` speaks of "this recipient" */
	bool past;     /* the message is not there any more, only what was answered about it */
};

/* ---- asking ------------------------------------------------------------------------------------------------- */

static struct question question_of(const struct hearing *hearing, size_t recipient)
{
	return (struct question){
		.arena = hearing->arena,
		.facts = hearing->facts,
		.lexicon = hearing->lexicon,
		.scratch = hearing->scratch,
		.sifted = hearing->sifted,
		.recipient = recipient,
	};
}

static struct reply hear(struct hearing *hearing, const struct condition *condition, size_t recipient)
{
	struct question question = question_of(hearing, recipient);
	struct reply reply = { 0 };
	reply.answer = condition_ask(condition, &question, &hearing->memos, &reply.by_exemption);
	reply.evidence = question.evidence;
	reply.evidence_count = question.evidence_count;
	reply.exempt = question.exempt;
	return reply;
}

static void hear_conditions(struct hearing *hearing, const struct condition *const *conditions, enum asked_part part)
{
	for (size_t i = 0; conditions != NULL && conditions[i] != NULL; i++) {
		struct heard *heard = ARENA_PUSH(hearing->arena, hearing->heard, hearing->heard_count);
		heard->condition = conditions[i];
		heard->part = part;
		heard->reply_count = conditions[i]->per_recipient ? hearing->facts->recipient_count : 1;
		heard->replies = arena_array(hearing->arena, heard->reply_count + 1, sizeof *heard->replies);
		for (size_t j = 0; j < heard->reply_count; j++)
			heard->replies[j] = hear(hearing, conditions[i], j);
	}
}

static void hear_rule(struct hearing *hearing, const struct rule *rule)
{
	hearing->rule = rule;
	hearing->heard = NULL;
	hearing->heard_count = 0;
	for (enum asked_part part = 0; part < ASKED_PARTS; part++)
		hear_conditions(hearing, rule_conditions(rule, part), part);
	hearing->columns = 1;
	hearing->narrowed = false;
	for (size_t i = 0; i < hearing->heard_count; i++) {
		const struct heard *heard = &hearing->heard[i];
		if (!heard->condition->per_recipient)
			continue;
		hearing->columns = hearing->facts->recipient_count;
		hearing->narrowed |= heard->part == ASKED_PROVIDED;
	}
}

static const struct reply *reply_in(const struct heard *heard, size_t column)
{
	return &heard->replies[heard->reply_count == 1 ? 0 : column];
}

/* All replies of a part in a column. */
static enum answer all_hold(const struct hearing *hearing, enum asked_part part, size_t column)
{
	enum answer all = YES;
	for (size_t i = 0; i < hearing->heard_count; i++)
		if (hearing->heard[i].part == part)
			all = answer_and(all, reply_in(&hearing->heard[i], column)->answer);
	return all;
}

static enum answer any_holds(const struct hearing *hearing, enum asked_part part, size_t column)
{
	enum answer any = NO;
	for (size_t i = 0; i < hearing->heard_count; i++)
		if (hearing->heard[i].part == part)
			any = answer_or(any, reply_in(&hearing->heard[i], column)->answer);
	return any;
}

static enum answer fires_in(const struct hearing *hearing, size_t column)
{
	return answer_and(all_hold(hearing, ASKED_WHEN, column), answer_not(any_holds(hearing, ASKED_UNLESS, column)));
}

/* ---- exceptions --------------------------------------------------------------------------------------------- */

static void add_exception(struct hearing *hearing, const char *sentence, const char *detail)
{
	struct verdict *verdict = hearing->verdict;
	for (size_t i = 0; i < verdict->exception_count; i++) {
		const struct exception *old = &hearing->exceptions[i];
		if (strcmp(old->rule, hearing->rule->id) == 0 && strcmp(old->sentence, sentence) == 0 &&
		    strcmp(old->detail, detail) == 0)
			return;
	}
	*ARENA_PUSH(hearing->arena, hearing->exceptions, verdict->exception_count) =
		(struct exception){ hearing->rule->id, sentence, detail };
}

/* `when` holds, but an exemption stands in `unless`. */
static void list_unless(struct hearing *hearing, size_t column)
{
	if (all_hold(hearing, ASKED_WHEN, column) != YES)
		return;
	for (size_t i = 0; i < hearing->heard_count; i++) {
		const struct reply *reply = reply_in(&hearing->heard[i], column);
		if (hearing->heard[i].part == ASKED_UNLESS && reply->answer == YES && reply->by_exemption)
			add_exception(hearing, hearing->heard[i].condition->sentence,
				      reply->evidence_count > 0 ? reply->evidence[0].text : "");
	}
}

/* All of `when` but one holds, and that one says no only because the directory exempts somebody. */
static void list_exempt(struct hearing *hearing, size_t column)
{
	const struct heard *only = NULL;
	for (size_t i = 0; i < hearing->heard_count; i++) {
		if (hearing->heard[i].part != ASKED_WHEN || reply_in(&hearing->heard[i], column)->answer == YES)
			continue;
		if (only != NULL)
			return;
		only = &hearing->heard[i];
	}
	if (only == NULL || reply_in(only, column)->exempt == NULL || any_holds(hearing, ASKED_UNLESS, column) == YES)
		return;
	add_exception(hearing, only->condition->sentence, reply_in(only, column)->exempt);
}

/* ---- what is done ------------------------------------------------------------------------------------------- */

/* The rule's words by its mode: advise never holds, and what is discreet is no header. What is only observed stays what it
 * would be, so that a council sees what enforcing would do; the plan leaves the deed out. */
static void apply_mode(const struct rule *rule, struct opinion *opinion)
{
	unsigned flag = rule->discreet ? 0 : 1u << ACTION_FLAG;
	if (rule->mode == MODE_ADVISE && opinion->action >= ACTION_HOLD) {
		opinion->action = ACTION_NOTIFY;
		opinion->also |= flag;
	}
}

static bool may_hold(const struct rule *rule)
{
	return rule->mode == MODE_ENFORCE && (rule->action >= ACTION_HOLD || rule->otherwise >= ACTION_HOLD);
}

/* The one place where it is decided what an unanswered rule means: mail is kept back only for a rule that may do so. */
static void note_doubt(struct hearing *hearing)
{
	hearing->verdict->undecided = true;
	if (may_hold(hearing->rule))
		hearing->verdict->unknown = hearing->unknown;
}

/* Down the ladder. `concerns` says whom the rule fired for; where `provided` speaks of them it is narrowed to those for
 * whom the action was reached. */
static void choose_action(struct hearing *hearing, struct opinion *opinion, bool *concerns)
{
	const struct rule *rule = hearing->rule;
	size_t count = hearing->facts->recipient_count;
	bool *reached = arena_array(hearing->arena, count + 1, sizeof *reached);
	bool milder = false, besides = false, doubtful = false;
	size_t columns = hearing->columns;
	for (size_t i = 0; i < (columns == 1 ? 1 : count); i++) {
		if (columns > 1 && !concerns[i])
			continue;
		enum answer provided = all_hold(hearing, ASKED_PROVIDED, i);
		reached[i] = provided == YES;
		opinion->provided |= reached[i];
		enum answer mild = all_hold(hearing, ASKED_OTHERWISE, i);
		milder |= mild == YES;
		enum answer also = all_hold(hearing, ASKED_ALSO, i);
		besides |= also == YES;
		opinion->unheard |= provided == UNHEARD || (provided != YES && mild == UNHEARD) || also == UNHEARD;
		if (provided != UNKNOWN)
			continue;
		doubtful = true;
		note_doubt(hearing);
	}
	opinion->action = opinion->provided ? rule->action : milder ? rule->otherwise : ACTION_REPORT;
	opinion->also = besides ? rule->also : 0;
	opinion->counted = !opinion->provided && !doubtful && rule->otherwise_counted;
	if (opinion->provided && hearing->narrowed && columns > 1)
		memcpy(concerns, reached, count * sizeof *concerns);
	apply_mode(rule, opinion);
}

/* ---- the opinion -------------------------------------------------------------------------------------------- */

static void add_evidence(struct arena *arena, struct evidence **all, size_t *count, const struct reply *reply)
{
	for (size_t i = 0; i < reply->evidence_count; i++) {
		bool known = *count == 4 * EVIDENCE_MOST;
		for (size_t j = 0; j < *count && !known; j++)
			known = strcmp((*all)[j].where, reply->evidence[i].where) == 0 &&
				strcmp((*all)[j].text, reply->evidence[i].text) == 0;
		if (!known)
			*ARENA_PUSH(arena, *all, *count) = reply->evidence[i];
	}
}

/* What one condition said over all columns: the plainest answer, and the evidence of every yes. */
static struct asked asked_of(struct arena *arena, const struct heard *heard)
{
	struct asked asked = { .sentence = heard->condition->sentence, .part = heard->part, .answer = NO };
	struct evidence *evidence = NULL;
	for (size_t i = 0; i < heard->reply_count; i++) {
		asked.answer = answer_or(asked.answer, heard->replies[i].answer);
		if (heard->replies[i].answer == YES)
			add_evidence(arena, &evidence, &asked.evidence_count, &heard->replies[i]);
	}
	asked.evidence = evidence;
	return asked;
}

static void write_asked(struct hearing *hearing, struct opinion *opinion)
{
	struct asked *asked = arena_array(hearing->arena, hearing->heard_count + 1, sizeof *asked);
	for (size_t i = 0; i < hearing->heard_count; i++)
		asked[i] = asked_of(hearing->arena, &hearing->heard[i]);
	opinion->asked = asked;
	opinion->asked_count = hearing->heard_count;
}

/* The evidence of `when`, of the recipients concerned. */
static void write_evidence(struct hearing *hearing, struct opinion *opinion)
{
	struct evidence *evidence = NULL;
	for (size_t i = 0; i < hearing->heard_count; i++) {
		const struct heard *heard = &hearing->heard[i];
		for (size_t j = 0; heard->part == ASKED_WHEN && j < heard->reply_count; j++)
			if (!heard->condition->per_recipient || opinion->concerns[j])
				add_evidence(hearing->arena, &evidence, &opinion->evidence_count, &heard->replies[j]);
	}
	opinion->evidence = evidence;
}

static void write_words(struct hearing *hearing, struct opinion *opinion)
{
	const struct rule *rule = hearing->rule;
	struct explanation_of of = { hearing->facts, opinion->concerns, opinion->evidence, opinion->evidence_count, false, rule };
	opinion->explanation = explanation_fill(hearing->arena, rule->says_en, &of);
	opinion->remedy = explanation_fill(hearing->arena, rule->remedy_en, &of);
	of.welsh = true;
	opinion->explanation_cy = explanation_fill(hearing->arena, rule->says_cy, &of);
	opinion->remedy_cy = explanation_fill(hearing->arena, rule->remedy_cy, &of);
}

static struct opinion judge_rule(struct hearing *hearing, const struct rule *rule)
{
	struct opinion opinion = { .rule = rule, .fires = NO, .action = ACTION_REPORT, .meets = NO, .meets_at_large = NO };
	size_t count = hearing->facts->recipient_count;
	bool *concerns = arena_array(hearing->arena, count + 1, sizeof *concerns);
	hear_rule(hearing, rule);
	bool doubt = false;
	for (size_t i = 0; i < hearing->columns; i++) {
		enum answer fires = fires_in(hearing, i);
		opinion.fires = answer_or(opinion.fires, fires);
		doubt |= fires == UNKNOWN;
		opinion.unheard |= fires == UNHEARD;
		concerns[i] = fires == YES;
		list_unless(hearing, i);
		list_exempt(hearing, i);
	}
	if (hearing->columns == 1)
		for (size_t i = 0; i < count; i++)
			concerns[i] = opinion.fires == YES;
	opinion.concerns = concerns;
	if (opinion.fires == YES)
		choose_action(hearing, &opinion, concerns);
	if (doubt)
		note_doubt(hearing);
	if (rule->duty != NULL) { /* what a duty is met by is not among what is kept */
		const struct question about = question_of(hearing, 0);
		opinion.meets = hearing->past ? UNHEARD : conditions_hold(rule->duty->met_when, &about, &hearing->memos);
		opinion.meets_at_large = hearing->past ? UNHEARD : conditions_hold(rule->duty->at_large_when, &about, &hearing->memos);
	}
	write_asked(hearing, &opinion);
	if (opinion.fires == YES && !hearing->past) {
		write_evidence(hearing, &opinion);
		write_words(hearing, &opinion);
	}
	return opinion;
}

static const struct sifted *sift_sentences(const struct hearing *hearing)
{
	const struct reading *reading = hearing->facts->reading;
	size_t count = reading == NULL ? 0 : reading->sentence_count;
	struct bytes *texts = arena_array(hearing->arena, count + 1, sizeof *texts);
	for (size_t i = 0; i < count; i++)
		texts[i] = reading->sentences[i].plain;
	return sifted_make(hearing->arena, hearing->lexicon, hearing->scratch, texts, count);
}

static struct verdict *judge_rules(struct hearing *hearing, const struct policy *policy)
{
	struct verdict *verdict = arena_alloc(hearing->arena, sizeof *verdict);
	struct opinion *opinions = arena_array(hearing->arena, policy->count + 1, sizeof *opinions);
	hearing->verdict = verdict;
	hearing->unknown = policy->unknown;
	verdict->unknown = UNKNOWN_REPORTS;
	for (size_t i = 0; i < policy->count; i++)
		if (policy->rules[i].mode != MODE_OFF && !(hearing->past && policy->rules[i].kept == KEPT_NOTHING))
			opinions[verdict->opinion_count++] = judge_rule(hearing, &policy->rules[i]);
	verdict->opinions = opinions;
	verdict->exceptions = hearing->exceptions;
	return verdict;
}

const struct verdict *policy_judge(struct arena *arena, const struct policy *policy, const struct facts *facts,
				   const struct lexicon *lexicon, struct pattern_scratch *scratch)
{
	struct hearing hearing = { .arena = arena, .facts = facts, .lexicon = lexicon, .scratch = scratch };
	hearing.sifted = sift_sentences(&hearing);
	struct verdict *verdict = judge_rules(&hearing, policy);
	const struct question about = question_of(&hearing, 0);
	verdict->remember = remember_kinds_of(policy, &about, &hearing.memos);
	struct memo_list *memos = arena_alloc(arena, sizeof *memos);
	*memos = hearing.memos;
	verdict->memos = memos;
	return verdict;
}

const struct verdict *policy_judge_again(struct arena *arena, const struct policy *policy, const size_t *places, const struct testimony *testimony)
{
	const struct facts facts = { .recipient_count = testimony->recipient_count };
	struct hearing hearing = { .arena = arena, .facts = &facts, .past = true };
	hearing.memos = testimony_memos(arena, policy, places, testimony);
	return judge_rules(&hearing, policy);
}
