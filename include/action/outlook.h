/* outlook.h - what besides its verdict decides what becomes of a message: switches and reasons, never names or words, so that they can be
 * kept and decided on again when the message is gone. */
#ifndef COPYHOLD_ACTION_OUTLOOK_H
#define COPYHOLD_ACTION_OUTLOOK_H

#include "action/footer.h"
#include "policy/policy.h"

struct prospect { /* of one recipient */
	bool keepable;      /* it may be kept back from them, whatever a rule says */
	bool reader;        /* of the council and in To or Cc: may be told of a hidden copy */
	bool officer;       /* an officer, or a mailbox of officers: may get a note beside it */
};
struct outlook {
	bool put_off;       /* more envelopes of it are to come first */
	bool retried;       /* everybody in this envelope was sent it before */
	bool companions;    /* the visible recipients may be told in notices of their own */
	bool sender_knows;  /* of all the hidden copies: they were told before */
	enum sender_hears { HEARS_NOTHING, HEARS_OF_HOLDS, HEARS_ALL } sender; /* by a notice */
	bool line_missing;  /* somebody hidden is not named at the foot */
	enum untouched untouched; /* then: whether the line can be added */
	enum earlier_copies {
		EARLIER_NONE, /* nobody is to be told of it apart */
		EARLIER_TOLD, /* those who had theirs in an earlier envelope are */
		EARLIER_OPEN, /* they would have been asked about, had a rule wanted the line */
	} earlier;
	const struct prospect *recipients;
	size_t recipient_count;
};

struct plan;
/* The decisions of plan_make once more, and nothing that takes the message: outcomes, footer_added, companion_sent, findings, hold_rules,
 * sender_notice. */
const struct plan *plan_make_again(struct arena *arena, const struct verdict *verdict, const struct outlook *outlook);

#endif
