/* digest.h - the mail that tells a reviewer what waits for them: one on a working day at a set time, and none when there is nothing to say,
 * but for a sign of life once a week.
 *
 * Each reviewer gets their own: what they may not see is only counted, what was passed on stands in the second reviewer's, and the second
 * reviewer hears of nothing else. Each message that waits has one link to its page, for that reader. It leaves by the outbox, with the
 * null sender. Which were made is in the store, so several processes make one, and times that were missed are made up for once. */
#ifndef COPYHOLD_REVIEW_DIGEST_H
#define COPYHOLD_REVIEW_DIGEST_H

#include "review/queue.h"

#define DIGEST_NEVER (-1)

struct digest_settings {
	int at;        /* minutes after midnight in Europe/London; DIGEST_NEVER: no digests */
	unsigned days; /* 1 << weekday, Monday 0; 0: the office's. Never on a day the office is closed for a holiday */
	int heartbeat; /* weekday of the sign of life, or DIGEST_NEVER */
};
#define DIGEST_SETTINGS_DEFAULT ((struct digest_settings){ 8 * 60, 0, 0 })

struct digest_job { /* all borrowed */
	struct desk *desk;
	struct digest_settings settings;
	const char *store_directory;  /* for the keys of links */
	const char *console_address;  /* no slash at the end; NULL: no links, the commands are told instead */
	const char *mode;             /* "advise" or "as each rule says" */
	int report_days;              /* the first one looks so far back */
};

/* Makes what is due at `now`. *made_out: mails that went into the outbox, and are ours. False on trouble (ERROR_RETRY, ERROR_SETTINGS); what
 * was made before stays made. */
bool digest_run(const struct digest_job *job, int64_t now, size_t *made_out, struct error *err) MUST_CHECK;

/* When the newest digest by now was due; 0: never. */
int64_t digest_slot(const struct digest_settings *settings, const struct office_hours *office, int64_t now);

#endif
