/* statistics.h - counts over a period, by week, rule, clause and quarter, in one look at the store.
 *
 * Nothing here names a person. They outlive the messages: what is purged leaves a row without persons behind. */
#ifndef COPYHOLD_STORE_STATISTICS_H
#define COPYHOLD_STORE_STATISTICS_H

#include "store/store.h"

/* A count that nothing here measures, and a median of nothing. */
#define STATISTICS_NONE ((int64_t)-1)

/* What became of held messages. held = released + returned + waiting; some copies may have been returned and others
 * released, then it was released. In doubt counts as waiting. */
struct fates {
	int64_t held, released, returned, waiting, in_doubt;
	int64_t median_minutes; /* from receipt to the decision on the last copy; STATISTICS_NONE while none was taken */
};

struct statistics_week {
	int64_t start;  /* Monday 00:00 in London, even when the period begins later */
	int64_t examined, findings, held;
};

struct statistics_rule { /* one rule under one clause */
	const char *rule, *clause;
	int64_t findings;
	struct fates fates;  /* of the messages it held */
	int64_t wrong;       /* findings that reviewers marked as wrong, or STATISTICS_NONE */
	const int64_t *weekly_findings, *weekly_held; /* parallel to the weeks */
};

struct statistics_exception { /* of a rule, or a reason a reviewer chose */
	int year, quarter;   /* calendar quarter, 1 to 4 */
	const char *rule, *sentence;
	int64_t count;
};

struct statistics {
	int64_t from, to;
	struct tally tally;
	int64_t findings, returned_at_once;
	struct fates fates;
	int64_t wrong;
	int64_t share_released;   /* per thousand of the decided, or STATISTICS_NONE */
	int64_t first_hour;       /* of any mail counted at all, 0 when there is none */
	const struct statistics_week *weeks;
	size_t week_count;
	const struct statistics_rule *rules; /* by rule, then clause */
	size_t rule_count;
	const struct statistics_rule *plain_rules; /* whatever clause they cited ("") */
	size_t plain_rule_count;
	const struct statistics_exception *exceptions; /* by quarter, rule, sentence */
	size_t exception_count;
	const struct statistics_exception *reasons; /* the clauses' own, for which reviewers released; once a message */
	size_t reason_count;
	struct retention_runs {
		int64_t count, first, last; /* in the period; times are 0 without any */
	} retention;
	struct journal_line journal; /* the head when this was counted */
};

/* For [from, to). At most STATISTICS_WEEKS_MOST weeks: ERROR_INPUT beyond, and when `to` is before `from`. */
#define STATISTICS_WEEKS_MOST 530
bool store_statistics(struct store *store, struct arena *arena, int64_t from, int64_t to, struct statistics *out,
		      struct error *err) MUST_CHECK;
/* The findings, fates and rules of it (clauses are "") from the journal alone, its lines 1 to `last`: what nobody can change
 * unseen once they are outside. Counts of mail and exceptions are not there. */
bool store_statistics_replay(struct store *store, struct arena *arena, int64_t from, int64_t to, int64_t last, struct statistics *out,
			     struct error *err) MUST_CHECK;

#endif
