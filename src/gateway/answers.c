/* answers.c - see answers.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/answers.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/text.h"
#include "policy/condition.h"

static void add_questions(json_t *list, const char *part, const struct condition *const *conditions)
{
	for (; conditions != NULL && *conditions != NULL; conditions++)
		json_array_append_new(list, json_pack("{s:s,s:s}", "part", part, "sentence", (*conditions)->sentence));
}

static json_t *rule_json(const struct rule *rule)
{
	json_t *questions = json_array();
	add_questions(questions, "when", rule->when);
	add_questions(questions, "unless", rule->unless);
	add_questions(questions, "provided", rule->provided);
	add_questions(questions, "otherwise", rule->otherwise_provided);
	return json_pack("{s:s,s:s,s:s,s:s,s:o}", "id", rule->id, "clause", rule->clause, "action", action_name(rule->action), "mode",
			 mode_name(rule->mode), "questions", questions);
}

const char *answers_rulebook(struct arena *arena, const struct policy *policy)
{
	json_t *rules = json_array();
	for (size_t i = 0; i < policy_count(policy); i++)
		if (policy_at(policy, i)->mode != MODE_OFF)
			json_array_append_new(rules, rule_json(policy_at(policy, i)));
	char *dump = json_dumps(rules, JSON_COMPACT);
	const char *kept = arena_string(arena, dump == NULL ? "[]" : dump);
	free(dump);
	json_decref(rules);
	return kept;
}

static char letter(enum answer answer)
{
	return answer == YES ? 'Y' : answer == NO ? 'N' : 'U';
}

/* Where nothing is to be kept of what a rule found, not even that. */
static enum answer answer_kept(const struct opinion *opinion, enum answer answer)
{
	return opinion->rule->kept == KEPT_NOTHING ? UNKNOWN : answer;
}

const char *answers_of(struct arena *arena, const struct verdict *verdict)
{
	struct text out = TEXT_INIT;
	for (size_t i = 0; i < verdict->opinion_count; i++) {
		const struct opinion *opinion = &verdict->opinions[i];
		if (i > 0)
			text_add_char(&out, ' ');
		text_add_char(&out, letter(answer_kept(opinion, opinion->fires)));
		for (size_t k = 0; k < opinion->asked_count; k++)
			text_add_char(&out, letter(answer_kept(opinion, opinion->asked[k].answer)));
	}
	return text_to_arena(&out, arena).data;
}
