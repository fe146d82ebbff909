/* reply_clock.h - who waits for an answer of whom, since when, and what ended it.
 *
 * A clock belongs to the recorded message that started it (a finding of a rule with a `clock`) and leaves the store with what that entry
 * says of people. It is started and ended in the transaction that records the message which did so. Of the subject only a digest is
 * kept. A message starts one clock however often it comes, and none while its sender waits for the same officers in the same conversation. */
#ifndef COPYHOLD_STORE_REPLY_CLOCK_H
#define COPYHOLD_STORE_REPLY_CLOCK_H

#include "store/store.h"

struct clock_start {
	const char *rule;
	const char *message_id;      /* with brackets, or NULL */
	const char *key;             /* the same, or what else tells this message from others */
	const char *thread;          /* what began the conversation, or NULL */
	const char *topic;           /* digest of the subject, or NULL */
	const char *member;          /* an address that stands for who waits */
	const char *officer;         /* the same of whom it was put to */
	const char *const *officers; /* and of all who answer for them, that address included */
	size_t officer_count;
	const char *const *references; /* Message-IDs of the conversation */
	size_t reference_count;
	int64_t contact_due, response_due;
	int64_t contact_reminder, response_reminder; /* when the officer is to be reminded; 0: never */
};

/* A person's reply, as far as the message itself tells. */
struct clock_reply {
	const char *rule;            /* of the clocks it is looked at for */
	const char *const *members;  /* those it reached, as clocks name them */
	size_t member_count;
	const char *const *officers; /* those for whom its writer answers */
	size_t officer_count;
	const char *const *references;
	size_t reference_count;
	const char *topic;
	bool holding;                /* it says that there will be an answer: the clock runs on */
	int64_t promised, promised_reminder; /* by when, if it says so; 0 */
};

/* What one message does to clocks, for record.clocks or alone. */
struct clock_changes {
	const char *id;              /* its reference */
	int64_t at;
	const struct clock_start *starts;
	size_t start_count;
	const struct clock_reply *replies;
	size_t reply_count;
};

/* The replies alone, of a message that has no record. Nothing is written when they end nothing. */
bool store_clock_replies(struct store *store, struct arena *arena, const struct clock_changes *changes, struct error *err) MUST_CHECK;

struct reply_clock { /* as it stands */
	const char *id, *rule, *message_id, *member, *officer;
	const char *from; /* envelope sender of the message */
	int64_t started, contact_due, response_due, contact_reminder, response_reminder;
	int64_t contacted_at, promised_at, promised; /* 0: not */
	int64_t contact_reminded_at, response_reminded_at, answered_at;
};
struct reply_clock_list {
	const struct reply_clock *items;
	size_t count;
};
/* Those that ran at that time, oldest first. What came later is not yet known then. */
bool store_clocks_running(struct store *store, struct arena *arena, int64_t at, struct reply_clock_list *out, struct error *err) MUST_CHECK;

/* All that one message started, ended or not. */
bool store_clocks_of(struct store *store, struct arena *arena, const char *id, struct reply_clock_list *out, struct error *err) MUST_CHECK;

/* Somebody knows of an answer that went another way. *ended_out: how many clocks of that message it ended. */
bool store_clock_mark(struct store *store, const char *id, const struct deed *deed, size_t *ended_out, struct error *err) MUST_CHECK;

enum clock_part { CLOCK_CONTACT, CLOCK_RESPONSE };
/* Puts the reminder into the outbox, once: *done_out is false when it was there before or the clock has ended. `notice` NULL: only notes
 * that it is not to be sent any more. */
bool store_clock_reminded(struct store *store, const struct reply_clock *clock, enum clock_part part, const struct notice *notice, int64_t at,
			  bool *done_out, struct error *err) MUST_CHECK;

#endif
