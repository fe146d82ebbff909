/* rule_cap.c - the strongest action that a rule may be given (`most`), whatever later files say and in whatever mode.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/rule.h"

/* Of all that it could do to somebody's mail. */
static enum action strongest(const struct rule *rule)
{
	bool ladder = conditions_count(rule->provided) > 0;
	enum action most = ladder && rule->otherwise > rule->action ? rule->otherwise : rule->action;
	for (enum action action = ACTION_REPORT; action < ACTION_COUNT; action++)
		if ((rule->also & 1u << action) != 0 && action > most)
			most = action;
	bool adds_line = rule->action == ACTION_FOOTER || (ladder && rule->otherwise == ACTION_FOOTER) || (rule->also & 1u << ACTION_FOOTER) != 0;
	return adds_line && rule->fallback == FALLBACK_HOLD && most < ACTION_HOLD ? ACTION_HOLD : most;
}

static enum action at_most(enum action action, enum action most)
{
	return action > most ? most : action;
}

void rule_cap(struct rule *rule)
{
	rule->wanted = strongest(rule);
	rule->action = at_most(rule->action, rule->most);
	rule->otherwise = at_most(rule->otherwise, rule->most);
	rule->also &= (2u << rule->most) - 1;
	if (rule->fallback == FALLBACK_HOLD && rule->most < ACTION_HOLD)
		rule->fallback = FALLBACK_COMPANION;
}
