/* judgement_json.c - one judgement as the versioned JSON of DESIGN 8, and as lines for people.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/harmless.h"
#include "base/unicode.h"
#include "cli/judge.h"

json_t *json_text(const char *string)
{
	if (string == NULL)
		return json_null();
	json_t *value = json_string(string);
	if (value != NULL)
		return value;
	struct arena *arena = arena_new();
	struct bytes repaired = unicode_repair(arena, bytes_of(string));
	value = json_stringn(repaired.data, repaired.length);
	arena_free(&arena);
	return value == NULL ? json_null() : value;
}

static json_t *evidence_json(const struct opinion *opinion)
{
	json_t *list = json_array();
	for (size_t i = 0; i < opinion->evidence_count; i++)
		json_array_append_new(list, json_pack("{s:o,s:o}", "where", json_text(opinion->evidence[i].where), "text",
						      json_text(opinion->evidence[i].text)));
	return list;
}

static json_t *findings_json(const struct plan *plan)
{
	json_t *list = json_array();
	for (size_t i = 0; i < plan->finding_count; i++) {
		const struct opinion *opinion = plan->findings[i];
		json_array_append_new(list, json_pack("{s:s,s:o,s:s,s:s,s:o,s:o}", "rule", opinion->rule->id, "clause",
						      json_text(opinion->rule->clause), "action", action_name(opinion->action), "mode",
						      mode_name(opinion->rule->mode), "explanation", json_text(opinion->explanation),
						      "evidence", evidence_json(opinion)));
	}
	return list;
}

static json_t *recipients_json(const struct judgement *judgement)
{
	json_t *list = json_array();
	for (size_t i = 0; i < judgement->envelope->recipient_count; i++)
		json_array_append_new(list, json_pack("{s:o,s:s}", "rcpt", json_text(judgement->envelope->recipients[i]), "outcome",
						      outcome_name(judgement->plan->recipients[i])));
	return list;
}

static json_t *footers_json(const struct plan *plan)
{
	json_t *list = json_array();
	for (size_t i = 0; plan->footer_added && i < plan->footer_count; i++)
		json_array_append_new(list, json_text(plan->footers[i]));
	return list;
}

static json_t *notices_json(const struct plan *plan)
{
	json_t *list = json_array();
	for (size_t i = 0; i < plan->notice_count; i++)
		json_array_append_new(list, json_pack("{s:o,s:s}", "to", json_text(plan->notices[i].to), "kind",
						      notice_kind_name(plan->notices[i].kind)));
	return list;
}

static json_t *exceptions_json(const struct verdict *verdict)
{
	json_t *list = json_array();
	for (size_t i = 0; i < verdict->exception_count; i++)
		json_array_append_new(list, json_pack("{s:o,s:o,s:o}", "rule", json_text(verdict->exceptions[i].rule), "exception",
						      json_text(verdict->exceptions[i].sentence), "detail",
						      json_text(verdict->exceptions[i].detail)));
	return list;
}

static json_t *unreadable_json(const struct reading *reading)
{
	json_t *list = json_array();
	for (size_t i = 0; i < reading->unreadable_count; i++)
		json_array_append_new(list, json_pack("{s:o,s:o}", "part", json_text(reading->unreadable[i].part), "why",
						      json_text(reading->unreadable[i].why)));
	return list;
}

/* All of them, weak and hidden ones too: what no rule goes by may still be worth a look. */
static json_t *markings_json(const struct reading *reading)
{
	json_t *list = json_array();
	for (size_t i = 0; i < reading->letter_count; i++)
		for (size_t k = 0; k < reading->letters[i]->marking_count; k++) {
			const struct marking *marking = &reading->letters[i]->markings[k];
			json_array_append_new(list, json_pack("{s:o,s:o,s:s,s:b}", "where", json_text(marking->where), "text", json_text(marking->words),
							      "strength", marking->strength == MARKING_EXPLICIT ? "explicit" : "weak", "own",
							      reading->letters[i]->kind == LETTER_OUTER && !marking->inherited));
		}
	return list;
}

static json_t *defects_json(const struct message *message)
{
	json_t *list = json_array();
	for (size_t i = 0; i < message->defect_count; i++)
		json_array_append_new(list, json_pack("{s:s,s:o,s:b,s:s}", "defect", defect_name(message->defects[i].kind), "part",
						      json_text(message->defects[i].part), "ambiguous",
						      defect_is_ambiguous(message->defects[i].kind), "explanation",
						      defect_explanation(message->defects[i].kind)));
	return list;
}

json_t *judgement_json(const struct judgement *judgement, const char *id)
{
	const struct plan *plan = judgement->plan;
	json_t *object = json_pack("{s:i,s:o,s:s,s:s,s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "v", 1, "id", json_text(id == NULL ? judgement->id : id),
				   "reference", judgement->id, "direction", direction_name(judgement->facts->direction), "outcome",
				   outcome_name(plan->outcome), "recipients", recipients_json(judgement), "findings", findings_json(plan),
				   "footers", footers_json(plan), "notices", notices_json(plan), "exceptions",
				   exceptions_json(judgement->verdict), "unreadable", unreadable_json(judgement->reading), "defects",
				   defects_json(judgement->message));
	json_object_set_new(object, "markings", markings_json(judgement->reading));
	json_object_set_new(object, "undecided", json_boolean(judgement->verdict->undecided));
	if (judgement->facts->from_note != NULL)
		json_object_set_new(object, "from_note", json_text(judgement->facts->from_note));
	if (plan->untouched != TOUCHED)
		json_object_set_new(object, "untouched", json_string(untouched_code(plan->untouched)));
	return object;
}

/* What a message says, on somebody's terminal. */
static const char *shown(struct arena *arena, const char *foreign)
{
	return harmless_line(arena, bytes_of(foreign));
}

static void print_findings(struct arena *arena, const struct plan *plan)
{
	for (size_t i = 0; i < plan->finding_count; i++) {
		const struct opinion *opinion = plan->findings[i];
		printf("\n%s (%s, %s)\n  %s\n  Clause: %s\n", opinion->rule->id, action_name(opinion->action), mode_name(opinion->rule->mode),
		       shown(arena, opinion->explanation), opinion->rule->clause);
		for (size_t n = 0; n < opinion->evidence_count; n++)
			printf("  - %s: %s\n", shown(arena, opinion->evidence[n].where), shown(arena, opinion->evidence[n].text));
	}
}

void judgement_print(struct arena *arena, const struct judgement *judgement)
{
	const struct plan *plan = judgement->plan;
	printf("%s: %s, %s\n", judgement->id, direction_name(judgement->facts->direction), outcome_name(plan->outcome));
	for (size_t i = 0; i < judgement->envelope->recipient_count; i++)
		printf("  %-8s %s\n", outcome_name(plan->recipients[i]), shown(arena, judgement->envelope->recipients[i]));
	print_findings(arena, plan);
	if (plan->finding_count == 0)
		printf("No rule fired.\n");
	for (size_t i = 0; i < plan->footer_count; i++)
		printf("%s: %s\n", plan->footer_added ? "Line added" : "Line not added", plan->footers[i]);
	if (plan->untouched != TOUCHED)
		printf("Not altered: %s\n", untouched_sentence(plan->untouched));
	for (size_t i = 0; i < plan->notice_count; i++)
		printf("Notice (%s) to %s\n", notice_kind_name(plan->notices[i].kind), plan->notices[i].to);
	if (judgement->facts->from_note != NULL)
		printf("Sender: %s\n", shown(arena, judgement->facts->from_note));
	for (size_t i = 0; i < judgement->verdict->exception_count; i++)
		printf("Exemption used (%s): %s: %s\n", judgement->verdict->exceptions[i].rule, judgement->verdict->exceptions[i].sentence,
		       shown(arena, judgement->verdict->exceptions[i].detail));
	for (size_t i = 0; i < judgement->reading->unreadable_count; i++)
		printf("Not examined: %s%s: %s\n", judgement->reading->unreadable[i].part[0] == '\0' ? "the message" : "part ",
		       judgement->reading->unreadable[i].part, judgement->reading->unreadable[i].why);
	for (size_t i = 0; i < judgement->message->defect_count; i++)
		printf("Defect: %s\n", defect_explanation(judgement->message->defects[i].kind));
}
