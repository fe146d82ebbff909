/* tend.h - what is due by the clock: decisions taken some minutes ago, escalation, expiry, reminders of
 * replies, and once a day disposal by schedule.
 *
 * Everything is done by compare and set, so several processes may tend one store. What waits for a decision is never deleted. */
#ifndef COPYHOLD_REVIEW_TEND_H
#define COPYHOLD_REVIEW_TEND_H

#include "review/decide.h"

struct tended {
	size_t carried_out, failed, put_off; /* decisions */
	size_t escalated, expired;           /* messages */
	size_t reminded;                     /* officers, of what is due */
	bool disposed;                       /* retention_tend ran */
};
/* Does what is due at `now`. False on trouble with the store (ERROR_RETRY); what was done before stays done and is counted. */
bool tend_run(struct desk *desk, int64_t now, struct tended *out, struct error *err) MUST_CHECK;

struct deadlines {
	int64_t escalate_at, expire_at; /* 0: never */
};
/* When a message of this age is passed on, and when it expires; from the terms alone. */
struct deadlines tend_deadlines(const struct review_terms *terms, int64_t at);

/* What a waiting message is told to wait for: to be passed on, unless it was, then its expiry; 0 when neither lies ahead. */
struct next_deadline {
	int64_t at;
	bool passes_on; /* otherwise its time ends */
	bool overdue;   /* a deadline has passed */
};
struct next_deadline tend_next_deadline(const struct review_terms *terms, const struct held *held, int64_t now);

#endif
