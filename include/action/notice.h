/* notice.h - what a sender is told about their message (DOMAIN 5.4), and what its recipients are when it could not be altered.
 *
 * In each language under NOTICE_MAX_WORDS words: delivered or not, what was noticed, the clause, one step, how to say that
 * this is wrong, the reference. Never a word of the message but its subject, and that only where the caller gives it.
 * A companion notice names every line, whatever their number. */
#ifndef COPYHOLD_ACTION_NOTICE_H
#define COPYHOLD_ACTION_NOTICE_H

#include "action/notice_words.h"
#include "action/plan.h"

#define NOTICE_MAX_WORDS 120
/* What a rule may need of them: what was noticed, and the name of the clause. */
#define NOTICE_RULE_WORDS 46
/* More of a rule's own words is cut, whatever the message. */
#define NOTICE_SAYS_WORDS 46
#define NOTICE_REMEDY_WORDS 32
#define NOTICE_CLAUSE_WORDS 12

/* Copies of the message that had gone out before a hidden one was known. */
enum late_copies {
	LATE_NOBODY,
	LATE_TOLD,   /* their readers are told apart */
	LATE_UNTOLD, /* they are not */
};

struct telling {
	enum notice_kind kind;
	unsigned number;               /* among those of its kind about one message; 0: the only one */
	const char *to;                /* mailbox */
	const char *sender;            /* of a companion notice: whose message it is about */
	const char *subject;           /* NULL: not to be quoted */
	const char *message_id;        /* of the message it is about, or NULL */
	const char *const *held;       /* recipients not sent to, or of a release sent to; NULL: all or none, as the kind says */
	size_t held_count;
	const char *noticed_en, *noticed_cy; /* one or a few sentences, or NULL */
	bool undecided;                /* instead: a rule could not be answered */
	const char *clause, *quote;    /* or NULL */
	const char *remedy_en, *remedy_cy;   /* or NULL: the usual step of the kind */
	const char *link;              /* where the sender can act, or NULL */
	const char *const *lines;      /* at the foot */
	size_t line_count;
	bool lines_added, companion_sent;
	enum late_copies late;         /* of a companion notice: LATE_TOLD, the reader's own copy is one of them */
	bool beside;                   /* a companion notice about what the message seems to be, to an officer who got it */
	bool asked_for;                /* a companion notice that the sender asked for, not one for a line that could not be added */
	enum untouched untouched;      /* why they were not */
};

/* Words of a notice of that kind before any rule says anything: its own texts, filled with as much as they may be. */
size_t notice_fixed_words(const struct notice_words *words, enum notice_kind kind);

/* "a, b, c and 4 more", in the language of these words (NULL: English). */
const char *notice_names(struct arena *arena, const struct notice_words *words, const char *const *items, size_t count);

struct notice notice_make(struct arena *arena, const struct telling *telling, const struct plan_options *options);

#endif
