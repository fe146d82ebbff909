/* decide.h - a reviewer's decision on a held message: made, taken back, confirmed, carried out when it is due.
 *
 * Releases and returns take effect after terms.undo_minutes and can be undone until then. Where a rule asks for two persons a release
 * waits until a second one confirms. Who may: queue_may_review (recusal), asked at each step. The same deed again answers with
 * the first decision; a different one is a conflict that says who did what and when. Everything is journalled. */
#ifndef COPYHOLD_REVIEW_DECIDE_H
#define COPYHOLD_REVIEW_DECIDE_H

#include "review/queue.h"
#include "store/decision.h"

struct wish {
	const char *id;
	enum decision_deed deed;           /* release, release-open, return or pass */
	const char *const *recipients;     /* releases: only to these; none: to all that are held */
	size_t recipient_count;
	struct deed why;                   /* by, reason, at: all needed; the key of an offered reason stands for its words */
	const char *note;                  /* free text besides the reason, or NULL; for the reason "other" it is the reason */
	bool undoubted;                    /* a conflict when anybody it would concern is in doubt; otherwise naming them sends again */
	bool at_once;                      /* no time to undo, and no second try by itself: the command line */
};

struct decision_answer {
	const struct decision *decision;   /* as it stands now; NULL when refused */
	bool already;                      /* it was made before: by whom and when says the decision */
	bool conflict;                     /* with false: somebody decided otherwise first, or it is too late */
	const char *by;                    /* of the conflict: who and when; by may be NULL */
	int64_t at;
	const struct queue_result *results; /* when it was carried out in this call: per recipient */
	size_t result_count;
};

/* False: ERROR_REFUSED (not allowed; with answer.conflict: too late), ERROR_INPUT (no such message or recipient), ERROR_RETRY. With at_once
 * (or undo_minutes = 0) also when the release service said no: the answer's decision then says what became of it. */
bool decide_make(struct desk *desk, struct arena *arena, const struct wish *wish, struct decision_answer *out, struct error *err) MUST_CHECK;
/* Release-open by the sender, who has proved who they are by a token of the caller's: no reviewer is asked, so it is refused unless the
 * gate would let the opened letter through. At once; tried again by itself. */
bool decide_open_copy(struct desk *desk, struct arena *arena, const char *id, const struct deed *why, struct decision_answer *out,
		      struct error *err) MUST_CHECK;
/* By who made it or another entitled reviewer; the same person undoing again is told so (already). */
bool decide_undo(struct desk *desk, struct arena *arena, int64_t number, const struct deed *why, struct decision_answer *out,
		 struct error *err) MUST_CHECK;
/* By a second, different person. `at_once` as in a wish. */
bool decide_confirm(struct desk *desk, struct arena *arena, int64_t number, const struct deed *why, bool at_once, struct decision_answer *out,
		    struct error *err) MUST_CHECK;

struct bulk_result {
	const char *id;
	bool good;
	const char *text;                  /* one sentence */
	struct decision_answer answer;
};
/* The same deed on a fixed selection; `expected` must be the number of ids, none of them twice (ERROR_INPUT and nothing done). One
 * that fails does not stop the others. */
bool decide_bulk(struct desk *desk, struct arena *arena, const char *const *ids, size_t id_count, size_t expected, const struct wish *wish,
		 const struct bulk_result **results_out, struct error *err) MUST_CHECK;

/* A reviewer says whether a finding was right. Only by who may decide on the message. */
bool decide_mark(struct desk *desk, struct arena *arena, const char *id, const char *rule, enum judged judged, const struct deed *why,
		 struct error *err) MUST_CHECK;

/* What a reviewer can do with a message now. */
struct offer {
	enum decision_deed deed;
	const char *label;                 /* on the button */
	const char *will;                  /* one sentence: what happens when it is pressed */
	bool prominent;                    /* at most three are */
	const char *refused;               /* why it is not open, or NULL */
};
struct reason {
	const char *key;                   /* "silent-copy.2": rule and number; "other" */
	const char *text;
};
struct offers {
	const struct offer *items;
	size_t count;
	const struct reason *reasons;      /* the clauses' own exceptions, in the order of the findings; "other" last */
	size_t reason_count;
	bool two_persons;
};
bool decide_offers(struct desk *desk, struct arena *arena, const struct held *held, const char *by, int64_t at, struct offers *out,
		   struct error *err) MUST_CHECK;
/* Does a rule that holds this message ask for two persons? */
bool decide_needs_two(const struct desk *desk, const struct held *held);
/* One sentence on where a decision stands, for people: "Released by ruth on Monday 2 March 2026, 09:05." */
const char *decision_in_words(struct arena *arena, const struct decision *decision);

#endif
