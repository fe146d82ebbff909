/* plan.h - from a verdict to what is to be done: data only; the two ends (milter/apply, store) do it.
 *
 * Outcomes, modes and byte rules: DESIGN section 8 ("What fires, what is done", "Bytes"). */
#ifndef COPYHOLD_ACTION_PLAN_H
#define COPYHOLD_ACTION_PLAN_H

#include "action/footer.h"
#include "policy/policy.h"

struct outlook; /* outlook.h */

enum outcome { OUTCOME_DELIVER, OUTCOME_ANNOTATE, OUTCOME_HOLD, OUTCOME_RETURN, OUTCOME_RETRY }; /* mildest first */
const char *outcome_name(enum outcome outcome);

enum notice_kind {
	NOTICE_HELD, NOTICE_ANNOTATED, NOTICE_ADVICE, NOTICE_RETURNED, NOTICE_COMPANION, NOTICE_RELEASED,
	NOTICE_ESCALATED, /* held, and passed to the second reviewer because nobody had decided */
	NOTICE_EXPIRED,   /* returned because nobody had decided */
	NOTICE_TOLD_COUNT, /* those that tell of one message */
	NOTICE_DIGEST = NOTICE_TOLD_COUNT, /* to a reviewer */
	NOTICE_REVIEW,    /* to a reviewer: of one held message (tend_letter.h in review) */
	NOTICE_REMINDER,  /* to an officer: of a reply that is due (duties_due.h in review) */
};
const char *notice_kind_name(enum notice_kind kind);

/* A message of our own to be sent: complete RFC 5322 bytes (CRLF), null envelope sender. */
struct notice {
	enum notice_kind kind;
	const char *to;       /* envelope recipient: the authenticated person's own directory address; of a companion notice, where
	                       * a visible recipient got the message */
	struct bytes message; /* Auto-Submitted, Date from `at`, no quoted content */
	const char *rule;     /* of a notice that need not come twice a day for one conversation: what it is mainly about; else NULL */
	bool private;         /* only rules of which nothing is kept ask for it: of no message, and forgotten when it is sent */
};

/* A notice that waits until somebody's held copy has been released; when that is returned it is not needed. */
struct deferred_notice {
	struct notice notice;
	const char *after_id;        /* the judgement that holds the copy: this one, or an earlier one of the same message */
	const char *after_recipient; /* whose copy */
};

struct plan {
	enum outcome outcome;             /* the strictest of the recipients */
	const enum outcome *recipients;   /* per envelope recipient */
	struct edit_list edits;           /* for those not held */
	const char *const *footers;       /* the lines added, or that would have been added were the message not untouchable */
	size_t footer_count;
	bool footer_added;
	bool companion_sent;              /* the visible recipients are told in notices of their own instead */
	bool told_late;                   /* visible recipients of earlier envelopes are told in such notices too */
	bool late_untold;                 /* they lack the line, and are not told */
	enum untouched untouched;         /* TOUCHED when no footer was wanted or it was added */
	unsigned own_deeds;               /* what the sender is offered by the link in their notice, as 1 << enum remedy bits; 0: no link */
	const struct notice *notices;
	size_t notice_count;
	const struct deferred_notice *deferred;
	size_t deferred_count;
	int sender_notice;                /* enum notice_kind of the one to the sender; -1: there is none */
	const struct outlook *outlook;    /* what of the message it was decided by; NULL in one made again */
	const struct told *told;          /* who knows of whose copy, by the line or by these notices */
	size_t told_count;
	const struct opinion *const *findings; /* the rules that fired, in file order */
	size_t finding_count;
	const char *const *hold_rules;    /* ids of the rules that hold */
	size_t hold_rule_count;
};

struct notice_words;

struct plan_options {
	const char *id;                   /* reference of this judgement: "CH-20260302-3F7KQ2" */
	const char *council_name;
	const char *notice_from;          /* mailbox the sender can answer */
	const char *second_reviewer;
	const char *footer_format;        /* "CC councillor %s" unless the council changed it */
	const char *footer_all;           /* "CC all councillors" */
	/* Texts of notices; NULL: notice_words_en. With words_cy notices are in both languages. */
	const struct notice_words *words_en, *words_cy;
	bool welsh_first;
	const char *own_link;             /* for the notice of this message: where its sender can act; NULL: nowhere */
	int64_t at;
};

const struct plan *plan_make(struct arena *arena, const struct verdict *verdict, const struct facts *facts,
			     const struct message *message, const struct plan_options *options);

/* The lines that are still missing at the foot of the letter: one for each hidden councillor, or one for all of them; none when
 * nothing is hidden. */
const char *const *plan_foot_lines(struct arena *arena, const struct facts *facts, const struct plan_options *options, size_t *count_out);
/* The same for some of the hidden: `wanted` is parallel to facts->hidden. */
const char *const *plan_some_foot_lines(struct arena *arena, const struct facts *facts, const struct plan_options *options, const bool *wanted,
					size_t *count_out);

/* Where a notice to the sender goes: the first of the authenticated (or vouched-for) person's directory addresses, whichever they
 * used, because others may read a shared mailbox and an outside one is not the Council's; NULL for strangers, unknown
 * logins and lists. */
const char *plan_sender_address(const struct facts *facts);

/* The notice a sender gets when a reviewer has decided (returned, released); used by review. */
struct decided {
	enum notice_kind kind;
	const char *to, *subject, *message_id, *reason, *clause;
	const char *const *about; /* the recipients it was decided for; NULL: all of them */
	size_t about_count;
};
struct notice notice_of_decision(struct arena *arena, const struct decided *decided, const struct plan_options *options);

#endif
