/* duties_due.h - replies and other duties that are due: the days, who is late, and the reminder.
 *
 * Contact is due when the office closes on the so-manieth open day after the day of the message, whatever its hour: of a message of Friday
 * evening the third is Wednesday. An answer is due at the hour the office closes, so many days of the calendar after the day of the
 * message, or on the day that a holding reply names. Other duties are due by either count. Office hours, closures and bank holidays are
 * those of office_hours.h. */
#ifndef COPYHOLD_REVIEW_DUTIES_DUE_H
#define COPYHOLD_REVIEW_DUTIES_DUE_H

#include "policy/policy.h"
#include "review/queue.h"
#include "store/duty.h"

struct due_times {
	int64_t contact_due, due;
	int64_t contact_reminder, reminder; /* 0: none */
	int64_t deputy_reminder;            /* when the deputy is told; 0: never */
	int64_t lapses;                     /* 0: never */
};
struct due_times due_times_of(const struct rule_clock *clock, const struct office_hours *office, int64_t at);
/* Nothing is due before it; contact_reminder is when its owner is told, at once. */
struct due_times duty_times_of(const struct rule_duty *duty, const struct office_hours *office, int64_t at);
/* The same of a day that was promised at `at`: when the office closes on it, and, where the rule reminds at all, when it opens on the last
 * open day before; 0 when there is none left. */
int64_t promise_due(const struct office_hours *office, calendar_date promised);
int64_t promise_reminder(const struct rule_clock *clock, const struct office_hours *office, int64_t at, calendar_date promised);

enum due_standing { DUE_RUNNING, DUE_SOON, DUE_OVERDUE };
struct due_duty {
	const struct duty *duty;
	bool reply;            /* somebody waits for an answer; else something else is to be done */
	enum duty_part part;   /* of a reply: what its sender waits for */
	int64_t due;
	enum due_standing standing; /* soon: the time of its reminder has come, or without one before it is due the last day
	                             * has begun */
	const char *service;   /* whose it is, not who: the mailbox, group or offices of the directory; or "(no office in the directory)" */
	const char *from;      /* who waits: the name in the directory, else the address; a group; or NULL */
};
struct due_count {
	size_t replies, others;
};
struct due_duties { /* overdue ones first, each by service, then by what is due first */
	const struct due_duty *items;
	size_t count;
	struct due_count overdue, soon;
};
/* Those overdue or due soon at `now`. Protected correspondents are never among them. */
bool duties_due_list(struct store *store, const struct directory *directory, struct arena *arena, int64_t now, struct due_duties *out,
		     struct error *err) MUST_CHECK;

/* Puts reminders into the outbox whose time has come, each once, for rules in advise or enforce: to whose duty it is, and of what is late to the
 * deputies. *made_out: how many. What was missed is made up for within three days of the day it is due, or of its own where that is later; after
 * that the report has it. */
bool due_remind(struct desk *desk, int64_t now, size_t *made_out, struct error *err) MUST_CHECK;

/* It was done another way: a telephone call, a meeting. By a reviewer who may decide on the message, or whoever answers for the officer whose
 * duty it is; ERROR_INPUT when nothing is due of it. */
bool due_mark(struct desk *desk, struct arena *arena, const char *id, const struct deed *deed, struct error *err) MUST_CHECK;

#endif
