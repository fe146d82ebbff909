/* notice.h - what a sender is told about their message (DOMAIN 5.4), and what its recipients are when it could not be altered.
 *
 * In each language under NOTICE_MAX_WORDS words: delivered or not, what was noticed, the clause, one step, how to say that
 * this is wrong, the reference. Never a word of the message but its subject, and that only where the caller gives it.
 * A companion notice names every line, whatever their number. */
#ifndef COPYHOLD_ACTION_NOTICE_H
#define COPYHOLD_ACTION_NOTICE_H

#include "action/plan.h"

#define NOTICE_MAX_WORDS 120

struct telling {
	enum notice_kind kind;
	unsigned number;               /* of a companion notice, among those of one message */
	const char *to;                /* mailbox */
	const char *sender;            /* of a companion notice: whose message it is about */
	const char *subject;           /* NULL: not to be quoted */
	const char *message_id;        /* of the message it is about, or NULL */
	const char *const *held;       /* recipients not sent to; NULL: all or none, as the kind says */
	size_t held_count;
	const char *noticed_en, *noticed_cy; /* one or a few sentences, or NULL */
	const char *clause, *quote;    /* or NULL */
	const char *remedy_en, *remedy_cy;   /* or NULL: the usual step of the kind */
	const char *const *lines;      /* at the foot */
	size_t line_count;
	bool lines_added, companion_sent;
	enum untouched untouched;      /* why they were not */
};

struct notice notice_make(struct arena *arena, const struct telling *telling, const struct plan_options *options);

/* The words of one language; "%s" marks are filled in order by line_fill (foot_text.h). */
struct notice_words {
	const char *subject[NOTICE_RELEASED + 1]; /* per kind: subject or reference */
	const char *subject_apart;     /* of one that tells of companion notices: subject or reference */
	const char *opening[NOTICE_RELEASED + 1]; /* per kind: title; of a companion notice: title, sender */
	const char *held_for_some;     /* title, addresses */
	const char *title;             /* subject */
	const char *others;            /* how many more */
	const char *added;             /* lines */
	const char *not_added;         /* reason, lines */
	const char *told_apart;        /* reason, lines */
	const char *stands_here;       /* of a companion notice: reason; the lines follow */
	const char *undecided;         /* what was noticed when a rule could not be answered */
	const char *clause;            /* clause */
	const char *clause_quoted;     /* clause, words */
	const char *step[NOTICE_RELEASED + 1];    /* per kind */
	const char *wrong;
	const char *thanks;            /* reference */
};
extern const struct notice_words notice_words_en, notice_words_cy;

#endif
