/* decide_words.c - what the rules of a held message ask of its reviewers, and where a decision stands, in words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "decide_run.h"

const struct rule *rule_of_finding(const struct desk *desk, const struct finding_record *finding)
{
	for (size_t i = 0; desk->policy != NULL && i < policy_count(desk->policy); i++)
		if (strcmp(policy_at(desk->policy, i)->id, finding->rule) == 0)
			return policy_at(desk->policy, i);
	return NULL;
}

const char *reason_key(struct arena *arena, const struct rule *rule, size_t index)
{
	return arena_printf(arena, "%s.%zu", rule->id, index + 1);
}

/* A footer rule holds what cannot take the line. */
bool finding_holds(const struct desk *desk, const struct finding_record *finding)
{
	if (finding->mode == NULL || strcmp(finding->mode, mode_name(MODE_ENFORCE)) != 0 || finding->action == NULL)
		return false;
	const struct rule *rule = rule_of_finding(desk, finding);
	return strcmp(finding->action, action_name(ACTION_HOLD)) == 0 ||
	       (rule != NULL && rule->fallback == FALLBACK_HOLD && strcmp(finding->action, action_name(ACTION_FOOTER)) == 0);
}

bool decide_needs_two(const struct desk *desk, const struct held *held)
{
	for (size_t i = 0; i < held->finding_count; i++) {
		const struct rule *rule = rule_of_finding(desk, &held->findings[i]);
		if (rule != NULL && rule->two_persons && finding_holds(desk, &held->findings[i]))
			return true;
	}
	return false;
}

/* --- in words --- */

static const char *const deeds_done[DEED_COUNT] = {
	[DEED_RELEASE] = "released",
	[DEED_RELEASE_OPEN] = "released with the copy made plain",
	[DEED_RETURN] = "returned to the sender",
	[DEED_PASS] = "passed to the second reviewer",
	[DEED_RELEASE_ANNOTATED] = "released with a line of explanation",
};

static const char *when(struct arena *arena, int64_t at)
{
	return clock_format_local(arena, at);
}

/* Names go when their time is over. */
static const char *somebody(const char *name)
{
	return name == NULL || *name == '\0' ? "somebody" : name;
}

const char *decision_in_words(struct arena *arena, const struct decision *decision)
{
	const char *done = deeds_done[decision->deed], *by = somebody(decision->by);
	switch (decision->state) {
	case DECISION_CONFIRMING:
		return arena_printf(arena, "%s decided on %s that it is to be %s; a second person has to confirm.", by, when(arena, decision->at), done);
	case DECISION_WAITING:
		if (decision->tries > 0 && decision->text != NULL)
			return arena_printf(arena, "%s decided on %s that it is to be %s: %s.", by, when(arena, decision->at), done, decision->text);
		return arena_printf(arena, "%s decided that it is to be %s: on %s, unless it is undone before.", by, done,
				    when(arena, decision->due_at));
	case DECISION_DOING:
		return arena_printf(arena, "%s decided that it is to be %s; that is being done now.", by, done);
	case DECISION_DONE:
		return arena_printf(arena, "It was %s by %s%s%s on %s.", done, by, decision->second_by == NULL ? "" : " and ",
				    decision->second_by == NULL ? "" : decision->second_by, when(arena, decision->done_at));
	case DECISION_UNDONE:
		return arena_printf(arena, "%s decided on %s that it is to be %s; %s took that back on %s.", by, when(arena, decision->at), done,
				    somebody(decision->undone_by), when(arena, decision->undone_at));
	case DECISION_FAILED:
	case DECISION_STATE_COUNT:
		break;
	}
	return arena_printf(arena, "%s decided that it is to be %s; that could not be done%s%s", by, done, decision->text == NULL ? "." : ": ",
			    decision->text == NULL ? "" : decision->text);
}
