/* schedule.c - the retention schedule: its classes, what is usual, and what is allowed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "review/retention.h"

static const struct retention_rule rules[RETENTION_CLASS_COUNT] = {
	[RETENTION_BODIES] = { "bodies", "30 days", "1 day", "12 months", "the text of held messages, from the decision on them" },
	[RETENTION_NOTICES] = { "notices", "30 days", "1 day", "12 months", "to whom Copyhold's own notices went, from their sending" },
	[RETENTION_OBSERVATIONS] = { "observations", "6 months", "1 month", "24 months",
				     "names, addresses, subjects and evidence of an entry, from the message or the decision on it" },
	[RETENTION_MEMORY] = { "memory", "12 months", "1 month", "36 months", "fingerprints by which the same content is known again" },
	[RETENTION_JOURNAL] = { "journal", "24 months", "12 months", "84 months",
				"what the journal's lines say; their time, kind and hash stay" },
	[RETENTION_COUNTS] = { "counts", "6 years", "12 months", "10 years", "hourly counts of all mail, which name nobody" },
};

const struct retention_rule *retention_rule_of(enum retention_class class)
{
	return &rules[class];
}

/* Of our own table. */
static struct period period_of(const char *text)
{
	struct period period;
	if (!period_parse(text, &period, NULL))
		abort();
	return period;
}

struct retention_schedule retention_usual(void)
{
	struct retention_schedule schedule;
	for (size_t i = 0; i < RETENTION_CLASS_COUNT; i++)
		schedule.keep[i] = period_of(rules[i].usual);
	return schedule;
}

/* What stands on the left must not be kept longer than what stands on the right. */
static const struct {
	enum retention_class shorter, longer;
	const char *why;
} orders[] = {
	{ RETENTION_BODIES, RETENTION_OBSERVATIONS, "a message cannot stay when nothing says any more whose it is" },
	{ RETENTION_OBSERVATIONS, RETENTION_JOURNAL, "the journal is the proof of what was done and must not go first" },
	{ RETENTION_MEMORY, RETENTION_JOURNAL, "what is left of an entry goes with the journal" },
	{ RETENTION_NOTICES, RETENTION_JOURNAL, "the journal is the proof of what was sent and must not go first" },
};

bool retention_check(const struct retention_schedule *schedule, enum retention_class *class_out, struct error *err)
{
	for (size_t i = 0; i < RETENTION_CLASS_COUNT; i++) {
		*class_out = (enum retention_class)i;
		if (period_compare(schedule->keep[i], period_of(rules[i].least)) < 0)
			return error_set(err, ERROR_SETTINGS, "shorter than %s, the least that can be set", rules[i].least);
		if (period_compare(schedule->keep[i], period_of(rules[i].most)) > 0)
			return error_set(err, ERROR_SETTINGS, "longer than %s, the most that can be set", rules[i].most);
	}
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		*class_out = orders[i].shorter;
		if (period_compare(schedule->keep[orders[i].shorter], schedule->keep[orders[i].longer]) > 0)
			return error_set(err, ERROR_SETTINGS, "longer than \"%s\": %s", rules[orders[i].longer].name, orders[i].why);
	}
	return true;
}

int64_t retention_until(const struct retention_schedule *schedule, const struct held *held)
{
	int64_t last = held->at;
	for (size_t i = 0; i < held->recipient_count; i++) {
		enum hold_state state = held->recipients[i].state;
		if (state == HOLD_HELD || state == HOLD_RELEASING || state == HOLD_IN_DOUBT)
			return 0;
		if (held->recipients[i].changed_at > last)
			last = held->recipients[i].changed_at;
	}
	return period_after(schedule->keep[RETENTION_OBSERVATIONS], last);
}
