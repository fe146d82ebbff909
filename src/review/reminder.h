/* reminder.h - one reminder in the making. Private to src/review: due_remind.c has those of replies, due_tell.c those of other duties. */
#ifndef COPYHOLD_REVIEW_REMINDER_H
#define COPYHOLD_REVIEW_REMINDER_H

#include "base/text.h"
#include "review/duties_due.h"

struct reminder {
	struct desk *desk;
	struct arena *arena;
	const struct duty *duty; /* and those behind it that the same message laid on by the same rule */
	size_t count;
	const struct rule *rule;
	const struct held *held;
	enum duty_part part;
	const char *to;
	int64_t due, now;
};

/* A text marked N_(), in that language. */
const char *reminder_say(const struct reminder *reminder, bool welsh, const char *text);
/* Of the message; NULL when it is not to be repeated. */
const char *reminder_subject(const struct reminder *reminder);
/* The clause and the reference. */
void reminder_close(const struct reminder *reminder, bool welsh, struct text *body);
/* The whole letter, in the Council's languages: `add` writes one of them. `title` has the slot %{about}. */
struct notice reminder_make(const struct reminder *reminder, const char *title, void (*add)(const struct reminder *, bool welsh, struct text *));
/* An officer or a mailbox of officers, as the directory is now. */
bool reminder_owner_is_known(const struct reminder *reminder);
/* Not done yet, and not so late that the report has it anyway. */
bool reminder_has_come(int64_t reminder, int64_t due, int64_t done_at, int64_t now);

/* Tells the owner of a duty that is no reply, or reminds them: one letter, whoever waits. */
bool due_tell(struct reminder *reminder, size_t *made, struct error *err) MUST_CHECK;

#endif
